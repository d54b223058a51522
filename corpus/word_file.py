"""The bytes of a Word file -> its text."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from corpus.extract import Extract, Fault, NoText

UNPACKED_BYTES = 200_000_000
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an old .doc begins, and a .docx that is locked with a password (MS-CFB, 2.2)."""
UNSEEN = {qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands beside it
}
AS_TEXT = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_docx(data: bytes) -> Extract:
    """Read the paragraphs of a Word file as they show with all changes accepted, those of tables among them.

    Headers, footers, notes and comments are left out.

    Raises:
        NoText: it is damaged, locked or far larger than it seems.
    """
    if data.startswith(OLE_MARK):
        raise NoText(Fault.LOCKED if "EncryptedPackage".encode("utf-16-le") in data else Fault.BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_BYTES:
                raise NoText(Fault.LARGE)
        document = docx.Document(io.BytesIO(data))
        body: Any = document.element.body
        paragraphs = ["".join(_pieces(element)).strip() for element in _paragraphs(body)]
        about = document.core_properties
        return Extract("\n\n".join(filter(None, paragraphs)), about.title, about.author)
    except (zipfile.BadZipFile, OpcError, LxmlError, KeyError, ValueError, AttributeError, OSError, EOFError,
            NotImplementedError, RuntimeError, TypeError, IndexError):  # fmt: skip
        raise NoText(Fault.BROKEN) from None  # python-docx lets through whatever its parts raise


def _paragraphs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag not in UNSEEN:
            if child.tag == qn("w:p"):
                yield child
            yield from _paragraphs(child)


def _pieces(element: Any) -> Iterator[str]:
    """Give the words below an element, but for those of paragraphs inside it, which stand for themselves."""
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in AS_TEXT:
            yield AS_TEXT[child.tag]
        elif child.tag not in UNSEEN and child.tag != qn("w:p"):
            yield from _pieces(child)
