"""Files -> documents: one reader for each suffix."""

import codecs
import os
import re
import stat
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from corpus.document import Document, Kind, Statement, Voice
from corpus.dossier import is_dossier, read_dossier
from corpus.errors import BadDocument, UnknownFormat, Unreadable, clip
from corpus.front_matter import UNSTORABLE, is_storable, read_front_matter
from corpus.quotes import find_statements
from corpus.sentences import read_layout
from corpus.source import Source, is_address, is_date

FILE_BYTES = 20_000_000
GUESS_BYTES = 65_536
"""How much of a file that is not UTF-8 its encoding is guessed from: guessing from 3.5 MB takes 40 s."""
TITLE_CHARS = 200
HEAD_LINES = 12
ENCODINGS = ["utf_16", "utf_32", "cp1252"]
"""What a file that is not UTF-8 may be in. More would let "Muñoz" be read as "Muńoz" (cp1250): better to refuse."""
METADATA_KEYS = {"title", "title_exact", "publisher", "author", "date", "url", "archive_url"}

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(MONTHS)
DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}}) ({_MONTH}) (\d{{4}})")
MONTH_DAY_YEAR = re.compile(rf"({_MONTH}) (\d{{1,2}}), (\d{{4}})")
DATE_PREFIX = re.compile(r"\s*date[:\s]\s*(\d{4}-\d{2}-\d{2})\s+")
BYLINE = re.compile(r"(?:By )?((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+)")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of running text tell, and where the text proper begins."""

    title: str | None
    author: str | None
    date: str | None
    body_start: int


def read_file(path: Path) -> Document:
    """Read one file by its suffix; metadata in `name.toml` beside it comes before what the text tells.

    Raises:
        Unreadable: the file is missing, forbidden, too large or not text.
        UnknownFormat: no reader takes its suffix.
        BadDocument: its text breaks the rules of its form.
    """
    if UNSTORABLE.search(str(path)):
        raise Unreadable(f"{str(path)!a}: this name holds characters that cannot be stored; rename the file")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnknownFormat(f"{path}: no reader for '{path.suffix}'; use one of {', '.join(sorted(READERS))}")
    document = reader(read_bytes(path), path)
    if not document.statements:
        raise BadDocument(str(path), None, "no sentence was found in it; take it out or put text in")
    return document


def described(document: Document, given: dict[str, str]) -> Document:
    """Copy an article with facts about its source put in place of those that were read.

    Raises:
        BadDocument: it is a dossier, whose facts stand in its head, or a date is none.
    """
    if not given:
        return document
    path = document.path or document.id
    if document.is_dossier:
        raise BadDocument(path, None, "a dossier's title, date and sources stand in its head; change them there")
    given = _metadata(given, Path(path))
    source = replace(
        document.sources[0],
        title=given.get("title", document.sources[0].title),
        publisher=given.get("publisher", document.sources[0].publisher),
        author=given.get("author", document.sources[0].author),
        published=given.get("date", document.sources[0].published),
        url=given.get("url", document.sources[0].url),
    )
    statements = _statements(document.text, document.body_start, source)
    return replace(document, sources=(source,), statements=statements, title=source.title)


def list_files(folder: Path) -> list[Path]:
    """List the files below a folder that some reader takes, in order; hidden ones are left out.

    Raises:
        Unreadable: the folder is missing or forbidden.
    """
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder; mend PURGEBOT_CORPUS or create it")
    found = []
    try:
        for parent, folders, names in os.walk(folder, onerror=_raise):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(parent, name) for name in names if not name.startswith(".")]
        return sorted(path for path in found if path.suffix.lower() in READERS and path.is_file())
    except OSError as error:
        where = error.filename or folder
        raise Unreadable(f"{where}: cannot be listed ({error.strerror}); give read permission") from None


def _raise(error: OSError) -> None:
    raise error


def read_markdown(data: bytes, path: Path) -> Document:
    """Read a dossier, or an article in Markdown with or without front matter."""
    text = decode(data, path)
    front = read_front_matter(text, str(path))
    if front is not None and is_dossier(front):
        return read_dossier(text, front, str(path))
    given = _metadata(front.fields, path) if front is not None else {}
    return _article(text, front.body_start if front else 0, given, path)


def read_text(data: bytes, path: Path) -> Document:
    """Read an article in plain text."""
    return _article(decode(data, path), 0, {}, path)


def read_html(data: bytes, path: Path) -> Document:
    """Read the main text and the metadata of a page."""
    import trafilatura  # heavy, and needed for pages only

    page: Any = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    if page is None or not page.text:
        raise BadDocument(str(path), None, "no main text was found in this page; save its text as .txt instead")
    found = {
        "title": page.title, "author": page.author, "publisher": page.sitename,
        "date": page.date, "url": page.url,
    }  # fmt: skip
    shown = {key: " ".join(UNSTORABLE.sub(" ", value).split()) for key, value in found.items() if value}
    given = {key: value for key, value in shown.items() if value and (key != "url" or is_address(value))}
    return _article(normalise(page.text), 0, given, path)


READERS: dict[str, Callable[[bytes, Path], Document]] = {
    ".md": read_markdown,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
}


def decode(data: bytes, path: Path) -> str:
    """Decode and normalise the bytes of a text file.

    Raises:
        Unreadable: they are not text.
    """
    remedy = "save it as UTF-8 text or take it out of the folder"
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        guessed = _guess(data, error.start)
        if guessed is None:
            raise Unreadable(f"{path}: this is not text; {remedy}") from None
        text = guessed
    if CONTROL.search(text):
        raise Unreadable(f"{path}: this is not text (it holds control characters); {remedy}")
    return normalise(text)


def _guess(data: bytes, place: int) -> str | None:
    """Decode what is not UTF-8, as the bytes around the first place that shows it suggest."""
    low = max(0, place - GUESS_BYTES // 2) // 4 * 4  # no code unit is cut
    guess = from_bytes(data[low : low + GUESS_BYTES], cp_isolation=ENCODINGS).best()
    try:
        return data.decode(guess.encoding).removeprefix("\ufeff") if guess else None
    except UnicodeDecodeError:
        return None


def normalise(text: str) -> str:
    """Give a text the stored form: newlines as `\\n`, Unicode NFC."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_bytes(path: Path) -> bytes:
    """Read a regular file of no more than `FILE_BYTES`.

    Raises:
        Unreadable: it is missing, forbidden, no file or too large.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(f"{path}: this is not a file; name a file")
        if found.st_size > FILE_BYTES:
            raise Unreadable(f"{path}: {found.st_size:,} bytes, more than {FILE_BYTES:,}; split it")
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error.strerror}); check the name and the permission") from None
    if len(data) > FILE_BYTES:  # it grows, or does not tell its size
        raise Unreadable(f"{path}: more than {FILE_BYTES:,} bytes; split it")
    return data


def _article(text: str, start: int, given: dict[str, str], path: Path) -> Document:
    given = given | _sidecar(path)
    head = read_head(text, start)
    source = Source(
        id=path.stem,
        publisher=given.get("publisher"),
        title=given.get("title") or head.title,
        title_exact=given.get("title_exact", "true") == "true",
        author=given.get("author") or head.author,
        published=given.get("date") or head.date,
        url=given.get("url"),
        archive_url=given.get("archive_url"),
    )
    return Document(
        id=path.stem,
        text=text,
        body_start=head.body_start,
        body_end=len(text),
        sources=(source,),
        statements=_statements(text, head.body_start, source),
        title=source.title,
        path=str(path),
    )


def _statements(text: str, start: int, source: Source) -> tuple[Statement, ...]:
    """Find the statements of running text; where there is no sentence, each paragraph is the publisher's words."""
    found = find_statements(text, start, len(text), source=source)
    return found or tuple(
        Statement(low, high, low, high, Kind.NARRATION, Voice.REPORTER, (source.id,), speaker=source.publisher)
        for low, high in ((start + begin, start + end) for begin, end in read_layout(text[start:]).paragraphs)
    )


def read_head(text: str, start: int) -> Head:
    """Read title, byline and date from the first lines; whatever is not plainly one of them is body."""
    prefix = DATE_PREFIX.match(text, start)
    if prefix and is_date(prefix[1]):
        return Head(None, None, prefix[1], prefix.end())
    title = author = date = None
    body_start = start
    for line_start, line in _first_lines(text, start):
        stripped = line.strip()
        if date is None and _as_date(stripped):
            date = _as_date(stripped)
        elif title is None and author is None and _is_title(stripped):
            title = stripped.lstrip("# ")
        elif title is not None and author is None and BYLINE.fullmatch(stripped):
            author = BYLINE.fullmatch(stripped)[1]  # type: ignore[index]
        elif stripped:
            break
        body_start = line_start + len(line)
    if not text[body_start:].strip():  # a text of one line is no title without a text
        return Head(None, None, date, start)
    return Head(title, author, date, body_start)


def _first_lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for _ in range(HEAD_LINES):
        end = text.find("\n", start) + 1 or len(text)
        if start == end:
            return
        yield start, text[start:end]
        start = end


def _is_title(line: str) -> bool:
    plain = line.rstrip("”’\"'")
    return bool(line) and len(line) <= TITLE_CHARS and not plain.endswith((".", ":", ";", ",")) and "(@" not in line


def _as_date(line: str) -> str | None:
    for pattern, form in ((DAY_MONTH_YEAR, "%d %B %Y"), (MONTH_DAY_YEAR, "%B %d, %Y")):
        if pattern.fullmatch(line):
            try:
                return datetime.strptime(line, form).date().isoformat()
            except ValueError:
                return None
    return line if is_date(line) and len(line) == len("2018-10-11") else None


def _sidecar(path: Path) -> dict[str, str]:
    sidecar = path.with_suffix(".toml")
    if not sidecar.exists():
        return {}
    try:
        return _metadata(tomllib.loads(decode(read_bytes(sidecar), sidecar)), sidecar)
    except (ValueError, OverflowError) as error:  # of which tomllib's own is one; a number may have too many digits
        raise BadDocument(str(sidecar), None, f"this is not TOML ({clip(error)}); mend it") from None
    except RecursionError:
        raise BadDocument(str(sidecar), None, "this is nested too deeply; write lines of 'key = \"value\"'") from None


def _metadata(fields: dict[str, Any], path: Path) -> dict[str, str]:
    for key in fields:
        if key not in METADATA_KEYS:
            raise BadDocument(
                str(path), None, f"unknown key '{clip(key)}'; the keys are {', '.join(sorted(METADATA_KEYS))}"
            )
        if isinstance(fields[key], (dict, list)):
            raise BadDocument(str(path), None, f"'{key}' holds several values; write one text")
    values = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in fields.items()}
    values = {key: value.strip() for key, value in values.items() if value.strip()}
    for key, value in values.items():
        if not is_storable(value):
            raise BadDocument(str(path), None, f"'{key}' holds characters that cannot be stored; take them out")
    if "date" in values and not is_date(values["date"]):
        raise BadDocument(str(path), None, f"'{clip(values['date'])}' is no date; write 2018-10-11, 2018-10 or 2018")
    if values.get("title_exact", "true") not in ("true", "false"):
        raise BadDocument(str(path), None, "'title_exact' must be true or false")
    for key in ("url", "archive_url"):
        if key in values and not is_address(values[key]):
            raise BadDocument(str(path), None, f"'{key}' is '{clip(values[key])}', which is no http address; mend it")
    return values
