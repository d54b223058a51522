"""What the catalog holds, as its rows say it: passages, statements, documents, changes."""

from dataclasses import dataclass
from typing import Any

from corpus.document import Statement
from index.rulings import Note


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """Where a passage stands and what its vectors are kept under: a `StoredPassage` whose text is not read yet."""

    id: int
    document_row: int
    start: int
    end: int
    header: str
    vector_key: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the catalog holds it; `vector_key` is what its vectors are kept under."""

    id: int
    document_row: int
    start: int
    end: int
    text: str
    header: str
    vector_key: str = ""

    @property
    def headed(self) -> str:
        """The text behind its header, as models read it."""
        return f"{self.header}\n{self.text}"

    @classmethod
    def at(cls, place: StoredPlace, text: str) -> "StoredPassage":
        """Put a text to its place."""
        return cls(place.id, place.document_row, place.start, place.end, text, place.header, place.vector_key)


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as the catalog holds it, with its place: `ordinal` in the document, `row` for joins.

    `notes` are the corrections and replies that stand by it.
    """

    row: int
    document_row: int
    document_id: str
    passage_id: int
    ordinal: int
    text: str
    statement: Statement
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document's row without its text."""

    row: int
    id: str
    scope: str
    origin: str
    is_dossier: bool
    title: str | None
    path: str | None
    fingerprint: str
    added_revision: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of the log of changes."""

    revision: int
    at: str
    actor: str
    scope: str
    action: str
    detail: dict[str, Any]
