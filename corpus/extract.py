"""The bytes of a page, a PDF or a Word file -> its text, or why there is none; for `child.py` to call."""

from dataclasses import dataclass
from enum import StrEnum

CPU_SECONDS = 20
TEXT_CHARS = 5_000_000
REPLY_BYTES = 6 * TEXT_CHARS + 100_000
"""JSON writes a character in no more than six bytes where it is in the basic plane, as nearly all are."""


class Fault(StrEnum):
    """Why there is no text."""

    BROKEN = "broken"
    LOCKED = "locked"
    EMPTY = "empty"
    LARGE = "large"
    GARBLED = "garbled"


class NoText(Exception):
    """A file gives no text, for a reason."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file holds: its text, and what it says of itself, plausible or not."""

    text: str
    title: str | None
    author: str | None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None


def extract(data: bytes, form: str, charset: str | None = None, url: str | None = None) -> Extract:
    """Take out the text of a file; `charset` and `url` are those of a page.

    Raises:
        NoText: there is none to be had.
    """
    found = _read(data, form, charset, url)
    if not found.text.strip():
        raise NoText(Fault.EMPTY)
    if len(found.text) > TEXT_CHARS:
        raise NoText(Fault.LARGE)
    return found


def _read(data: bytes, form: str, charset: str | None, url: str | None) -> Extract:
    """Read with the one parser that is needed; none is loaded before."""
    if form == "html":
        from corpus.page_file import read_html

        return read_html(data, charset, url)
    if form == "pdf":
        from corpus.pdf_file import read_pdf

        return read_pdf(data)
    from corpus.word_file import read_docx

    return read_docx(data)
