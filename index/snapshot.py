"""Reads of the catalog, all of one consistent state."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, and_, func, select

from corpus.document import Document, Kind, Section, Statement, Voice
from corpus.source import Event, ReasonStatus, Source
from index import schema as t
from index.embed import PassageVectors, Vector, Vectors

IN_CLAUSE = 500
"""Values in one IN clause: older SQLite takes at most 999 parameters."""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the catalog holds it."""

    id: int
    document_row: int
    start: int
    end: int
    text: str
    header: str


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as the catalog holds it, with its place: `ordinal` in the document, `row` for joins."""

    row: int
    document_row: int
    document_id: str
    passage_id: int
    ordinal: int
    text: str
    statement: Statement


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


@dataclass(frozen=True, slots=True)
class Counts:
    """What a scope sees: documents, sources, span of dates, passages whose vectors are still to come."""

    documents: int
    sources: int
    statements: int
    passages: int
    first: str | None
    last: str | None
    vectors_pending: int


class Snapshot:
    """Reads of one consistent state. `scopes` are those that the asker may see."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def meta(self, key: str) -> str | None:
        """Read one fact about the catalog itself."""
        value = self._db.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()
        return str(value) if value is not None else None

    def revision(self) -> int:
        """Return the number of the last change; 0 for a new catalog."""
        return int(self._db.execute(select(func.max(t.revisions.c.revision))).scalar() or 0)

    def log(self, scope: str, limit: int) -> list[Revision]:
        """List the last changes of a scope, newest first."""
        query = select(t.revisions).where(t.revisions.c.scope == scope)
        rows = self._db.execute(query.order_by(t.revisions.c.revision.desc()).limit(limit))
        return [Revision(**row._mapping) for row in rows]

    def counts(self, scopes: Sequence[str], model: str | None = None) -> Counts:
        """Count what some scopes see together."""
        seen = live(scopes)
        joined = t.documents
        documents = self._db.execute(select(func.count()).select_from(joined).where(seen)).scalar_one()
        sources, first, last = self._db.execute(
            select(func.count(), func.min(t.sources.c.published), func.max(t.sources.c.published))
            .select_from(t.sources.join(joined)).where(seen)
        ).one()  # fmt: skip
        first_event, last_event = self._db.execute(
            select(func.min(t.events.c.date), func.max(func.coalesce(t.events.c.date_end, t.events.c.date)))
            .select_from(t.events.join(joined)).where(seen)
        ).one()  # fmt: skip
        passages = self._db.execute(select(func.count()).select_from(t.passages.join(joined)).where(seen)).scalar_one()
        statements = self._db.execute(
            select(func.count()).select_from(t.statements.join(joined)).where(seen)
        ).scalar_one()
        return Counts(
            documents=documents,
            sources=sources,
            statements=statements,
            passages=passages,
            first=first_event or first,
            last=last_event or last,
            vectors_pending=self._pending(seen, model) if model else 0,
        )

    def _pending(self, live: Any, model: str) -> int:
        with_vectors = t.passages.join(t.documents).outerjoin(
            t.vectors, and_(t.vectors.c.key == t.passages.c.vector_key, t.vectors.c.model == model)
        )
        query = select(func.count()).select_from(with_vectors).where(live, t.vectors.c.key.is_(None))
        return int(self._db.execute(query).scalar_one())

    def documents(self, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents that some scopes see, by id."""
        return self._documents(live(scopes))

    def documents_of_origin(self, origin: str) -> list[StoredDocument]:
        """List the documents of all scopes that came in one way, by id."""
        return self._documents(and_(t.documents.c.origin == origin, t.documents.c.removed_revision.is_(None)))

    def documents_named(self, ids: Sequence[str], scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents of some ids that some scopes see."""
        return [one for part in _parts(ids) for one in self._documents(and_(t.documents.c.id.in_(part), live(scopes)))]

    def documents_citing(self, source_id: str, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents that some scopes see and that have a source of an id."""
        rows = select(t.sources.c.document_row).where(t.sources.c.id == source_id)
        return self._documents(and_(t.documents.c.row.in_(rows), live(scopes)))

    def dismissed(self) -> set[tuple[str, str]]:
        """List the files, as (path, fingerprint), whose document somebody took out of the shared ones."""
        taken_out = t.documents.join(t.revisions, t.revisions.c.revision == t.documents.c.removed_revision)
        query = select(t.documents.c.path, t.documents.c.fingerprint).select_from(taken_out)
        rows = self._db.execute(query.where(t.documents.c.scope == "", t.revisions.c.action == "remove"))
        return {(row.path, row.fingerprint) for row in rows}

    def _documents(self, condition: Any) -> list[StoredDocument]:
        columns = [t.documents.c[name] for name in StoredDocument.__slots__]
        rows = self._db.execute(select(*columns).where(condition).order_by(t.documents.c.id))
        return [StoredDocument(**row._mapping) for row in rows]

    def document_text(self, row: int) -> str:
        """Return the stored text of one version of a document."""
        return str(self._db.execute(select(t.documents.c.text).where(t.documents.c.row == row)).scalar_one())

    def load_document(self, row: int) -> Document:
        """Put one version of a document together again, whole."""
        stored = self._db.execute(select(t.documents).where(t.documents.c.row == row)).one()._mapping
        statements = [stored_one.statement for stored_one in self.statements_where(t.documents.c.row == row)]
        return Document(
            id=stored["id"],
            text=stored["text"],
            body_start=stored["body_start"],
            body_end=stored["body_end"],
            sources=tuple(self.sources([row]).values()),
            statements=tuple(statements),
            title=stored["title"],
            events=tuple(self.events([row])),
            event_ids=tuple(self.event_ids([row]).get(row, ())),
            path=stored["path"],
        )

    def sources_by_document(self, document_rows: Sequence[int]) -> dict[int, tuple[Source, ...]]:
        """Read the sources of some documents, by document."""
        columns = [t.sources.c[name] for name in Source.__slots__]
        found: dict[int, tuple[Source, ...]] = {}
        for part in _parts(document_rows):
            query = select(t.sources.c.document_row, *columns).where(t.sources.c.document_row.in_(part))
            for row in self._db.execute(query.order_by(t.sources.c.document_row, t.sources.c.ordinal)):
                fields = {name: row._mapping[name] for name in Source.__slots__}
                found[row.document_row] = (*found.get(row.document_row, ()), Source(**fields))
        return found

    def sources(self, document_rows: Sequence[int]) -> dict[str, Source]:
        """Read the sources of some documents by id, in their documents' order."""
        columns = [t.sources.c[name] for name in Source.__slots__]
        found: dict[str, Source] = {}
        for part in _parts(document_rows):
            query = select(*columns).where(t.sources.c.document_row.in_(part))
            rows = self._db.execute(query.order_by(t.sources.c.document_row, t.sources.c.ordinal))
            found.update((row.id, Source(**row._mapping)) for row in rows)
        return found

    def events(self, document_rows: Sequence[int]) -> list[Event]:
        """Read the events that some documents define, by date."""
        found = []
        for part in _parts(document_rows):
            rows = self._db.execute(select(t.events).where(t.events.c.document_row.in_(part)))
            found += [_event(row._mapping) for row in rows]
        return sorted(found, key=lambda one: (one.date, one.id))

    def events_seen(self, scopes: Sequence[str]) -> list[Event]:
        """List the events that some scopes see, by date."""
        rows = self._db.execute(select(t.events).select_from(t.events.join(t.documents)).where(live(scopes)))
        return sorted((_event(row._mapping) for row in rows), key=lambda one: (one.date, one.id))

    def event_ids(self, document_rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Read which events some documents are about."""
        found: dict[int, tuple[str, ...]] = {}
        for part in _parts(document_rows):
            query = select(t.event_links).where(t.event_links.c.document_row.in_(part))
            for row in self._db.execute(query.order_by(t.event_links.c.event_id)):
                found[row.document_row] = (*found.get(row.document_row, ()), row.event_id)
        return found

    def passages(self, passage_ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Read passages by id; those of documents that were removed are left out."""
        found: dict[int, StoredPassage] = {}
        for part in _parts(passage_ids):
            text = func.substr(t.documents.c.text, t.passages.c.start + 1, t.passages.c.end - t.passages.c.start)
            query = (
                select(t.passages.c.id, t.passages.c.document_row, t.passages.c.start, t.passages.c.end,
                       text.label("text"), t.passages.c.header)
                .select_from(t.passages.join(t.documents))
                .where(t.passages.c.id.in_(part), t.documents.c.removed_revision.is_(None))
            )  # fmt: skip
            found.update((row.id, StoredPassage(**row._mapping)) for row in self._db.execute(query))
        return found

    def statements_of(self, passage_ids: Sequence[int]) -> list[StoredStatement]:
        """Read the statements of some passages, in order of document and place."""
        return [
            stored
            for part in _parts(passage_ids)
            for stored in self.statements_where(t.statements.c.passage_id.in_(part))
        ]

    def statements_of_documents(self, document_rows: Sequence[int]) -> list[StoredStatement]:
        """Read all statements of some documents, in order of document and place."""
        return [
            stored
            for part in _parts(document_rows)
            for stored in self.statements_where(t.statements.c.document_row.in_(part))
        ]

    def rows(self, query: Any, given: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run one query, with values for its named parameters."""
        return self._db.execute(query, given or {}).all()

    def statements_where(self, condition: Any) -> list[StoredStatement]:
        """Read the statements that fulfil a condition on `statements` and `documents`, in order of place."""
        text = func.substr(t.documents.c.text, t.statements.c.start + 1, t.statements.c.end - t.statements.c.start)
        query = (
            select(t.statements, text.label("text"), t.documents.c.id.label("document_id"))
            .select_from(t.statements.join(t.documents))
            .where(condition)
            .order_by(t.statements.c.document_row, t.statements.c.ordinal)
        )
        return [_statement(row._mapping) for row in self._db.execute(query)]

    def vectors(self, passage_ids: Sequence[int], model: str, dimension: int) -> dict[int, PassageVectors]:
        """Read the vectors of some passages; those still to come are left out."""
        found: dict[int, PassageVectors] = {}
        for part in _parts(passage_ids):
            query = (
                select(t.passages.c.id, t.vectors.c.whole, t.vectors.c.parts)
                .join(t.vectors, t.vectors.c.key == t.passages.c.vector_key)
                .where(t.passages.c.id.in_(part), t.vectors.c.model == model)
            )
            for row in self._db.execute(query):
                found[row.id] = PassageVectors(_whole(row.whole), _part_vectors(row.parts, dimension))
        return found

    def held_keys(self, model: str, keys: Sequence[str]) -> set[str]:
        """Say which of some keys have vectors."""
        held: set[str] = set()
        for part in _parts(keys):
            query = select(t.vectors.c.key).where(t.vectors.c.model == model, t.vectors.c.key.in_(part))
            held.update(self._db.execute(query).scalars())
        return held

    def passages_to_apply(
        self, scope: str, since: int, model: str
    ) -> tuple[list[int], Iterator[tuple[int, str, Vector | None]]]:
        """Tell an engine what changed in a scope after a revision.

        Returns:
            Ids of passages to take out, and (id, header and text, vector or None) of those to put in.
        """
        inside = t.documents.c.scope == scope
        removed = (
            select(t.passages.c.id).join(t.documents)
            .where(inside, t.documents.c.removed_revision > since)
        )  # fmt: skip
        gone = list(self._db.execute(removed).scalars()) if since else []
        return gone, self._added(and_(inside, t.documents.c.added_revision > since), model)

    def _added(self, condition: Any, model: str) -> Iterator[tuple[int, str, Vector | None]]:
        text = func.substr(t.documents.c.text, t.passages.c.start + 1, t.passages.c.end - t.passages.c.start)
        query = (
            select(t.passages.c.id, t.passages.c.header, text.label("text"), t.vectors.c.whole)
            .select_from(
                t.passages.join(t.documents).outerjoin(
                    t.vectors, and_(t.vectors.c.key == t.passages.c.vector_key, t.vectors.c.model == model)
                )
            )
            .where(condition, t.documents.c.removed_revision.is_(None))
            .order_by(t.passages.c.id)
        )
        for row in self._db.execute(query):
            whole = _whole(row.whole) if row.whole is not None else None
            yield row.id, f"{row.header}\n{row.text}", whole

    def passage_count(self, scope: str) -> int:
        """Count the passages that an engine of a scope should hold."""
        query = select(func.count()).select_from(t.passages.join(t.documents)).where(live([scope]))
        return int(self._db.execute(query).scalar_one())


def live(scopes: Sequence[str]) -> Any:
    return and_(t.documents.c.scope.in_(list(scopes)), t.documents.c.removed_revision.is_(None))


def _parts(values: Sequence[Any]) -> Iterator[list[Any]]:
    unique = list(dict.fromkeys(values))
    for start in range(0, len(unique), IN_CLAUSE):
        yield unique[start : start + IN_CLAUSE]


def _statement(row: Any) -> StoredStatement:
    return StoredStatement(
        row=row["row"],
        document_row=row["document_row"],
        document_id=row["document_id"],
        passage_id=row["passage_id"],
        ordinal=row["ordinal"],
        text=row["text"],
        statement=Statement(
            start=row["start"], end=row["end"], block_start=row["block_start"], block_end=row["block_end"],
            kind=Kind(row["kind"]), voice=Voice(row["voice"]), source_ids=tuple(row["source_ids"]),
            speaker=row["speaker"], role=row["role"], handle=row["handle"], date=row["date"], via=row["via"],
            section=Section(row["section"]) if row["section"] else None, compiled=row["compiled"],
        ),
    )  # fmt: skip


def _event(row: Any) -> Event:
    return Event(
        id=row["id"], platforms=tuple(row["platforms"]), date=row["date"], title=row["title"],
        date_end=row["date_end"], confidence=row["confidence"],
        reasons=tuple((platform, ReasonStatus(status)) for platform, status in row["reasons"]),
        accounts=row["accounts"], accounts_unit=row["accounts_unit"],
    )  # fmt: skip


def _whole(blob: bytes) -> Vector:
    return np.frombuffer(blob, dtype=np.float32)


def _part_vectors(blob: bytes, dimension: int) -> Vectors:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(-1, dimension)
