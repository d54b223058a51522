"""Files and fetched pages -> documents: one reader for each suffix."""

import os
import re
import stat
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from corpus.charset import decode_text, normalise
from corpus.document import Document, Kind, Statement, Voice
from corpus.dossier import is_dossier, read_dossier
from corpus.errors import BadDocument, UnknownFormat, Unreadable, clip
from corpus.fetch import CONTENT_TYPES, Fetched
from corpus.front_matter import UNSTORABLE, is_storable, read_front_matter
from corpus.head import read_head
from corpus.quotes import find_statements
from corpus.sandbox import take_text
from corpus.sentences import read_layout
from corpus.source import Source, is_address, is_date

FILE_BYTES = 20_000_000
METADATA_KEYS = {"title", "title_exact", "publisher", "author", "date", "url", "archive_url"}

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
WORD = re.compile(r"\w+")
PREFIX = re.compile(r"^(?:www|m|mobile|amp)\.")
STEM_CHARS = 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes come from: a file, or an address on the web.

    `name` is what messages and the stem of which the id of the document is made of. `charset` is what a server
    calls that of the text. `url` is None for a file, `path` for a page.
    """

    name: str
    stem: str
    path: Path | None = None
    url: str | None = None
    charset: str | None = None


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
    return _sound(reader(read_bytes(path), Place(str(path), path.stem, path)), str(path))


def read_fetched(fetched: Fetched) -> Document:
    """Read a page that was fetched; its address is its source's, and its site the publisher if it names no other.

    Raises:
        Unreadable: it is not text.
        BadDocument: it has no text to read, or breaks the rules of its form.
    """
    place = Place(fetched.url, _stem(fetched.url), url=fetched.url, charset=fetched.charset)
    document = READERS[CONTENT_TYPES[fetched.content_type]](fetched.data, place)
    return _sound(document, place.name)


def _sound(document: Document, name: str) -> Document:
    if not document.statements:
        raise BadDocument(name, None, "no sentence was found in it; take it out or put text in")
    return document


def _stem(url: str) -> str:
    """Make an id of an address: the last part of the path, with the site before it where that is no words."""
    parts = urlsplit(url)
    last = PurePosixPath(unquote(parts.path)).stem
    words = "-".join(WORD.findall(last))[:STEM_CHARS].rstrip("-")
    return words if words.count("-") > 1 else f"{site_of(url)}-{words}".rstrip("-")


def site_of(url: str) -> str:
    """Name the site of an address: its host, without what it puts before its name for telephones and the like."""
    return PREFIX.sub("", urlsplit(url).hostname or "")


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
    given = _metadata(given, path)
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
    """List the files below a folder that some reader takes, in order, without hidden ones and Word's notes (`~$`).

    Raises:
        Unreadable: the folder is missing or forbidden.
    """
    if not folder.is_dir():
        raise Unreadable(f"{folder}: no such folder; mend PURGEBOT_CORPUS or create it")
    found = []
    try:
        for parent, folders, names in os.walk(folder, onerror=_raise):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [Path(parent, name) for name in names if not name.startswith((".", "~$"))]
        return sorted(path for path in found if path.suffix.lower() in READERS and path.is_file())
    except OSError as error:
        where = error.filename or folder
        raise Unreadable(f"{where}: cannot be listed ({error.strerror}); give read permission") from None


def _raise(error: OSError) -> None:
    raise error


def read_markdown(data: bytes, place: Place) -> Document:
    """Read a dossier, or an article in Markdown with or without front matter."""
    text = decode(data, place)
    front = read_front_matter(text, place.name)
    if front is not None and is_dossier(front):
        return read_dossier(text, front, place.name)
    given = _metadata(front.fields, place.name) if front is not None else {}
    return _article(text, front.body_start if front else 0, given, place)


def read_text(data: bytes, place: Place) -> Document:
    """Read an article in plain text."""
    return _article(decode(data, place), 0, {}, place)


def read_html(data: bytes, place: Place) -> Document:
    """Read the main text and the metadata of a page."""
    return _taken(data, "html", place)


def read_pdf(data: bytes, place: Place) -> Document:
    """Read the text of a PDF file, and what it plausibly says of itself."""
    return _taken(data, "pdf", place)


def read_docx(data: bytes, place: Place) -> Document:
    """Read the text of a Word file, and what it plausibly says of itself."""
    return _taken(data, "docx", place)


def _taken(data: bytes, form: str, place: Place) -> Document:
    taken = take_text(data, form, place.name, place.charset, place.url)
    found = {
        "title": taken.title, "author": taken.author, "publisher": taken.publisher,
        "date": taken.date, "url": taken.url,
    }  # fmt: skip
    return _article(normalise(taken.text), 0, _shown(found), place)


def _shown(found: dict[str, str | None]) -> dict[str, str]:
    """Keep of what a file says of itself what can be stored, each on one line."""
    shown = {key: " ".join(UNSTORABLE.sub(" ", value).split()) for key, value in found.items() if value}
    return {key: value for key, value in shown.items() if value and (key != "url" or is_address(value))}


READERS: dict[str, Callable[[bytes, Place], Document]] = {
    ".md": read_markdown,
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}


def decode(data: bytes, place: Place) -> str:
    """Decode and normalise the bytes of a text.

    Raises:
        Unreadable: they are not text.
    """
    remedy = (
        "save it as UTF-8 text or take it out of the folder" if place.path else "save it as UTF-8 text and add that"
    )
    text = decode_text(data, place.charset)
    if text is None:
        raise Unreadable(f"{place.name}: this is not text; {remedy}")
    if CONTROL.search(text):
        raise Unreadable(f"{place.name}: this is not text (it holds control characters); {remedy}")
    return normalise(text)


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


def _article(text: str, start: int, given: dict[str, str], place: Place) -> Document:
    given = _published(given, place.url) if place.url else given
    given = given | (_sidecar(place.path) if place.path else {})
    head = read_head(text, start)
    source = Source(
        id=place.stem,
        publisher=given.get("publisher"),
        title=given.get("title") or head.title,
        title_exact=given.get("title_exact", "true") == "true",
        author=given.get("author") or head.author,
        published=given.get("date") or head.date,
        url=given.get("url"),
        archive_url=given.get("archive_url"),
    )
    return Document(
        id=place.stem,
        text=text,
        body_start=head.body_start,
        body_end=len(text),
        sources=(source,),
        statements=_statements(text, head.body_start, source),
        title=source.title,
        path=str(place.path) if place.path else None,
    )


def _published(given: dict[str, str], url: str) -> dict[str, str]:
    """Add where a page was published; another address that it gives itself counts on its own site alone."""
    own = given.get("url")
    known = own if own and site_of(own) == site_of(url) else url
    return {"publisher": site_of(url), **given, "url": known}


def _statements(text: str, start: int, source: Source) -> tuple[Statement, ...]:
    """Find the statements of running text; where there is no sentence, each paragraph is the publisher's words."""
    found = find_statements(text, start, len(text), source=source)
    return found or tuple(
        Statement(low, high, low, high, Kind.NARRATION, Voice.REPORTER, (source.id,), speaker=source.publisher)
        for low, high in ((start + begin, start + end) for begin, end in read_layout(text[start:]).paragraphs)
    )


def _sidecar(path: Path) -> dict[str, str]:
    sidecar = path.with_suffix(".toml")
    if not sidecar.exists():
        return {}
    try:
        return _metadata(tomllib.loads(decode(read_bytes(sidecar), Place(str(sidecar), "", sidecar))), str(sidecar))
    except (ValueError, OverflowError) as error:  # of which tomllib's own is one; a number may have too many digits
        raise BadDocument(str(sidecar), None, f"this is not TOML ({clip(error)}); mend it") from None
    except RecursionError:
        raise BadDocument(str(sidecar), None, "this is nested too deeply; write lines of 'key = \"value\"'") from None


def _metadata(fields: dict[str, Any], name: str) -> dict[str, str]:
    for key in fields:
        if key not in METADATA_KEYS:
            raise BadDocument(name, None, f"unknown key '{clip(key)}'; the keys are {', '.join(sorted(METADATA_KEYS))}")
        if isinstance(fields[key], (dict, list)):
            raise BadDocument(name, None, f"'{key}' holds several values; write one text")
    values = {key: str(value).lower() if isinstance(value, bool) else str(value) for key, value in fields.items()}
    values = {key: value.strip() for key, value in values.items() if value.strip()}
    for key, value in values.items():
        if not is_storable(value):
            raise BadDocument(name, None, f"'{key}' holds characters that cannot be stored; take them out")
    if "date" in values and not is_date(values["date"]):
        raise BadDocument(name, None, f"'{clip(values['date'])}' is no date; write 2018-10-11, 2018-10 or 2018")
    if values.get("title_exact", "true") not in ("true", "false"):
        raise BadDocument(name, None, "'title_exact' must be true or false")
    for key in ("url", "archive_url"):
        if key in values and not is_address(values[key]):
            raise BadDocument(name, None, f"'{key}' is '{clip(values[key])}', which is no http address; mend it")
    return values
