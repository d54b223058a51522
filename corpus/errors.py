"""What can go wrong while reading.

    CorpusError
    ├── Unreadable        a file or folder that is missing, forbidden, too large or not text
    ├── UnknownFormat     a suffix that no reader takes
    ├── BadDocument       a text that was read and breaks the rules of its form
    └── NotFetched        a page on the web that could not be had
        ├── FetchRefused  it is not asked for, or what comes is not taken: trying again does not help
        └── FetchFailed   it does not answer, or not with a page: trying again later may help

Each message is one sentence or two: the thing, then the remedy.
"""

VALUE_CHARS = 80
"""A message shows this much of a value that it complains of."""


def clip(value: object) -> str:
    """Shorten a value for a message."""
    text = str(value)
    return text if len(text) <= VALUE_CHARS else f"{text[:VALUE_CHARS]}…"


class CorpusError(Exception):
    """Any fault in reading what is written."""


class Unreadable(CorpusError):
    """A file or folder cannot be read as text."""


class UnknownFormat(CorpusError):
    """No reader is known for a file's suffix."""


class BadDocument(CorpusError):
    """A document breaks the rules of its form, at a line where one is known."""

    def __init__(self, path: str, line: int | None, fault: str) -> None:
        where = path if line is None else f"{path}, line {line}"
        super().__init__(f"{where}: {fault}")
        self.path = path
        self.line = line
        self.fault = fault


class NotFetched(CorpusError):
    """A page on the web could not be had; `status` is that of the answer that was none, where one came."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class FetchRefused(NotFetched):
    """An address is not asked, or its answer is not taken."""


class FetchFailed(NotFetched):
    """An address does not answer, or not with a page."""
