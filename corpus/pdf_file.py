"""The bytes of a PDF file -> its text."""

import re
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from corpus.extract import TEXT_CHARS, Extract, Fault, NoText
from corpus.paragraphs import HYPHEN, Line, join_lines

MAGIC_BYTES = 1024
"""A PDF file may begin with other bytes (ISO 32000-1, Annex H, note 13)."""
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": None})
UNTOLD = re.compile("[\x00-\x01\x03-\x08\x0b\x0e-\x1f\ue000-\uf8ff\ufffd\ufffe]")
"""What stands for a shape of which the file does not say which letter it is."""
UNTOLD_SHARE = 0.1

LINE_ENDS = (ord("\n"), ord(HYPHEN))


def read_pdf(data: bytes) -> Extract:
    """Read the text of a PDF file.

    Raises:
        NoText: it is damaged or locked, or its letters cannot be told.
    """
    if b"%PDF" not in data[:MAGIC_BYTES]:
        raise NoText(Fault.BROKEN)
    try:
        document = pypdfium2.PdfDocument(data)
        pages = list(_pages(document))
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise NoText(Fault.LOCKED if locked else Fault.BROKEN) from None
    text = join_lines(pages)
    if len(UNTOLD.findall(text)) > UNTOLD_SHARE * len(text):
        raise NoText(Fault.GARBLED)
    return Extract(UNTOLD.sub("", text), about.get("Title"), about.get("Author"))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[list[Line]]:
    read = 0
    for page in document:
        lines = list(_lines(page.get_textpage()))
        read += sum(len(line.text) for line in lines)
        if read > TEXT_CHARS:
            raise NoText(Fault.LARGE)
        yield lines


def _lines(page: pypdfium2.PdfTextPage) -> Iterator[Line]:
    """Part the characters of a page into lines; PDFium writes CR LF after a line, or a mark for its last hyphen."""
    codes = [raw.FPDFText_GetUnicode(page, number) for number in range(page.count_chars())]
    start = 0
    for end in [number for number, code in enumerate(codes, 1) if code in LINE_ENDS] + [len(codes)]:
        yield from _line(page, codes, start, end)
        start = end


def _line(page: pypdfium2.PdfTextPage, codes: list[int], start: int, end: int) -> Iterator[Line]:
    units = "".join(map(chr, codes[start:end])).encode("utf-16-le", "surrogatepass")  # halves of pairs come one by one
    text = " ".join(units.decode("utf-16-le", "replace").translate(LIGATURES).split())
    printed = [number for number in range(start, end) if codes[number] > ord(" ")]
    if text and printed:
        left, bottom, _, top = page.get_charbox(printed[0], loose=True)
        _, last_bottom, right, last_top = page.get_charbox(printed[-1], loose=True)
        yield Line(text, left, right, max(top, last_top), min(bottom, last_bottom))
