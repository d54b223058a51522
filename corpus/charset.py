"""The bytes of a text -> the text, in the charset that is found for it."""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Sequence

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

GUESS_BYTES = 65_536
"""How much of a text that is not UTF-8 its charset is guessed from: guessing from 3.5 MB takes 40 s."""
GUESSES = ["utf_16", "utf_32", "cp1252"]
"""What a file that is not UTF-8 may be in. More would let "Muñoz" be read as "Muńoz" (cp1250): better to refuse."""
MARKS = {
    codecs.BOM_UTF8: "utf_8_sig",
    codecs.BOM_UTF32_LE: "utf_32",
    codecs.BOM_UTF32_BE: "utf_32",
    codecs.BOM_UTF16_LE: "utf_16",
    codecs.BOM_UTF16_BE: "utf_16",
}
"""Longest first: the mark of UTF-32 begins with that of UTF-16."""
META_BYTES = 4096
META = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""", re.I)
LABELS = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
"""What browsers take for what is named (WHATWG, "Encoding", 4.2)."""
ONE_BYTE = ("cp125", "iso8859", "latin", "mac")
"""Charsets in which any bytes, or nearly, are text: what a server that knows no better names."""
FAULTY_SHARE = 0.001
"""A text in a named charset may hold this share of characters that are none: pages are cut and pasted together."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def normalise(text: str) -> str:
    """Give a text the stored form: newlines as `\\n`, Unicode NFC."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def decode_text(data: bytes, named: str | None = None) -> str | None:
    """Decode a text by its mark, by the charset that a server names, as UTF-8, or as its bytes suggest.

    Returns:
        None where it is not text, or where its charset is doubtful.
    """
    text = _decode(data, [_marked(data), _told(named, data), "utf_8"])
    return text if text is not None else _guess(data, GUESSES)


def decode_page(data: bytes, named: str | None = None) -> str | None:
    """Decode a web page: as a text, but a charset that it names itself comes before UTF-8, and any may be guessed."""
    names = [name for name in (_marked(data), _told(named, data), _declared(data)) if name]
    text = _decode(data, [*names, "utf_8"])
    if text is None:
        text = next(_nearly(data, [*names, "utf_8"]), None)
    if text is None:
        text = _guess(data, GUESSES)
    return text if text is not None else _guess(data, None)


def _decode(data: bytes, names: Sequence[str | None]) -> str | None:
    for name in names:
        try:
            if name is not None:
                return data.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _nearly(data: bytes, names: list[str]) -> Iterator[str]:
    for name in names:
        text = data.decode(name, "replace")
        if text.count(REPLACEMENT) <= FAULTY_SHARE * len(text):
            yield text


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in MARKS.items() if data.startswith(mark)), None)


def _declared(data: bytes) -> str | None:
    found = META.search(data, 0, META_BYTES)
    name = _told((found[1] or found[2]).decode(), data) if found else None
    return "utf_8" if name and name.startswith(("utf_16", "utf_32")) else name  # it was read as ASCII just now


def _told(name: str | None, data: bytes) -> str | None:
    """Give Python's name of a charset that is named for a text, but for one byte a character where it is UTF-8."""
    known = _known(name)
    if known is None or not known.startswith(ONE_BYTE) or data.isascii():
        return known
    return "utf_8" if _decode(data, ["utf_8"]) is not None else known


def _known(name: str | None) -> str | None:
    """Give Python's name of a charset; None for one that it does not know, or that is no charset ("hex")."""
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    python = LABELS.get(found, found).replace("-", "_")
    return python if python in IANA_SUPPORTED and python != "utf_7" else None


def _guess(data: bytes, among: list[str] | None) -> str | None:
    """Decode what is not UTF-8, as the bytes around the first place that shows it suggest."""
    low = max(0, _first_fault(data) - GUESS_BYTES // 2) // 4 * 4  # no code unit is cut
    guess = from_bytes(data[low : low + GUESS_BYTES], cp_isolation=among).best()
    try:
        return data.decode(guess.encoding).removeprefix("\ufeff") if guess else None
    except UnicodeDecodeError:
        return None


def _first_fault(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0
