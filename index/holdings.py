"""What the library tells of itself and of what it holds."""

from dataclasses import dataclass

from corpus.document import Document
from index.retrieve import Hit
from index.stored import Revision, StoredDocument, StoredStatement


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the library for a scope; the model's fields are None until something is indexed."""

    revision: int
    documents: int
    sources: int
    statements: int
    passages: int
    vectors_pending: int
    model: str | None
    model_sha256: str | None
    dimension: int | None
    chunker: str | None
    last_change: Revision | None


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """One document whole, and where it is kept; `statements` are its own, with what was said to them."""

    stored: StoredDocument
    document: Document
    statements: tuple[StoredStatement, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with its document's id and the ids of the sources of its statements."""

    hit: Hit
    document_id: str
    source_ids: tuple[str, ...]
