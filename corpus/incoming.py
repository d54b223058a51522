"""What somebody gives as a source, as it came -> a document that knows where it came from, and its fingerprint."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from corpus.document import Document
from corpus.errors import BadDocument, UnknownFormat, Unreadable
from corpus.fetch import Fetched
from corpus.front_matter import UNSTORABLE
from corpus.readers import FILE_BYTES, READERS, Place, described, read_fetched

UPLOADED = "attachment:"
NAME_CHARS = 120
STEM_CHARS = 80
DETAILS = {"title": "title", "publisher": "publisher", "author": "author", "date": "published", "url": "url"}
"""What may be said of a source, and the field of `Source` that holds it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A page or a file, unread.

    `name` is what sentences call it: the address or the file's name. `url` and `content_type` are None for a file;
    `charset` is what a server calls that of the text, unchecked.
    """

    data: bytes = field(repr=False)
    name: str
    url: str | None = None
    content_type: str | None = None
    charset: str | None = None

    @property
    def identity(self) -> str:
        """What a later version of the same is recognised by; it becomes `Document.path`."""
        return self.url or f"{UPLOADED}{self.name}"


def from_page(page: Fetched) -> Incoming:
    """Take in a page that was fetched."""
    return Incoming(page.data, page.url, page.url, page.content_type, page.charset)


def from_upload(filename: str, data: bytes) -> Incoming:
    """Take in a file that was sent, by its name alone: folders in it and what cannot be stored are dropped.

    Raises:
        Unreadable: it is too large.
        UnknownFormat: no reader takes its suffix.
    """
    name = uploaded_name(filename)
    check_size(name, len(data))
    return Incoming(data, name)


def uploaded_name(filename: str) -> str:
    """Name a file that is to be sent.

    Raises:
        UnknownFormat: no reader takes its suffix.
    """
    plain = " ".join(UNSTORABLE.sub(" ", filename).replace("\\", "/").split("/")[-1].split())
    path = PurePosixPath(plain)
    if path.suffix.lower() not in READERS:
        raise UnknownFormat(
            f"{plain[:NAME_CHARS]}: no reader for '{path.suffix[:NAME_CHARS]}'; use one of {', '.join(sorted(READERS))}"
        )
    return f"{path.stem[: NAME_CHARS - len(path.suffix)]}{path.suffix}"


def check_size(name: str, size: int) -> None:
    """Refuse a file that is too large.

    Raises:
        Unreadable: it is.
    """
    if size > FILE_BYTES:
        raise Unreadable(f"{name}: {size:,} bytes, more than {FILE_BYTES:,}; split it")


def read_incoming(incoming: Incoming, details: Mapping[str, str] | None = None) -> tuple[Document, str]:
    """Read what came, with what is said of its source put in place of what it says itself.

    Args:
        details: keys of `DETAILS`; an empty value says that nobody knows.

    Returns:
        The document, and a fingerprint of all that would be stored of it.

    Raises:
        Unreadable, BadDocument: it cannot be read as what it claims to be, or a detail cannot be what it should.
    """
    document = _read_page(incoming) if incoming.url is not None else _read_upload(incoming)
    document = replace(_detailed(document, details or {}), path=incoming.identity)
    return document, fingerprint_of(document)


def fingerprint_of(document: Document) -> str:
    """Hash what is stored of a document: its text, and what is said of its sources."""
    said = [[getattr(source, name) for name in DETAILS.values()] for source in document.sources]
    return hashlib.sha256(json.dumps([document.text, said], ensure_ascii=False).encode()).hexdigest()


def _read_page(incoming: Incoming) -> Document:
    url, kind = incoming.url or "", incoming.content_type or ""
    return read_fetched(Fetched(url, kind, incoming.charset, incoming.data, datetime.now(UTC)))


def _read_upload(incoming: Incoming) -> Document:
    path = PurePosixPath(incoming.name)
    document = READERS[path.suffix.lower()](incoming.data, Place(incoming.name, path.stem[:STEM_CHARS]))
    if not document.statements:
        raise BadDocument(incoming.name, None, "no sentence was found in it; put text in")
    return document


def _detailed(document: Document, details: Mapping[str, str]) -> Document:
    given = {name: value for name, value in details.items() if value}
    unknown = {DETAILS[name]: None for name, value in details.items() if not value}
    if unknown and not document.is_dossier:
        source = replace(document.sources[0], **unknown)  # type: ignore[arg-type]
        document = replace(document, sources=(source,), title=source.title)
        given = {"title_exact": "true", **given}  # changes nothing, but statements are then found anew
    return described(document, given)
