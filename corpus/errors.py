"""What can go wrong while reading.

    CorpusError
    ├── Unreadable        a file or folder that is missing, forbidden, too large or not text
    ├── UnknownFormat     a suffix that no reader takes
    └── BadDocument       a text that was read and breaks the rules of its form

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
