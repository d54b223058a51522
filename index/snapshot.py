"""Reads of the catalog, all of one consistent state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from corpus.document import Document, Kind, Section, Statement, Voice
from corpus.source import Event, Source
from index import schema as t
from index.rows import event_of, ruling_of
from index.rulings import Action, Note, Ruling, Target, notes_on

SCOPES_KEPT = 256
IN_CLAUSE = 500
"""Values in one IN clause: older SQLite takes at most 999 parameters."""


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


class Snapshot:
    """Reads of one consistent state. `scopes` are those that the asker may see.

    `as_of` has the revisions at which answers look at scopes whose engines are behind; others are seen as they are.
    """

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self.as_of: Mapping[str, int] = {}
        self._notes: list[Ruling] | None = None

    def meta(self, key: str) -> str | None:
        """Read one fact about the catalog itself."""
        value = self._db.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()
        return str(value) if value is not None else None

    def revision(self) -> int:
        """Return the number of the last change; 0 for a new catalog."""
        return int(self._db.execute(select(func.max(t.revisions.c.revision))).scalar() or 0)

    def last_change(self, scopes: Sequence[str]) -> int:
        """Return the number of the last change of some scopes; 0 where there was none."""
        query = select(func.max(t.revisions.c.revision)).where(t.revisions.c.scope.in_(list(scopes)))
        return int(self._db.execute(query).scalar() or 0)

    def log(self, scope: str, limit: int, number: int | None = None) -> list[Revision]:
        """List the last changes of a scope, newest first, or the one of a number."""
        query = select(t.revisions).where(t.revisions.c.scope == scope)
        if number is not None:
            query = query.where(t.revisions.c.revision == number)
        if scope in self.as_of:
            query = query.where(t.revisions.c.revision <= self.as_of[scope])
        rows = self._db.execute(query.order_by(t.revisions.c.revision.desc()).limit(limit))
        return [Revision(**row._mapping) for row in rows]

    def documents(self, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents that some scopes see, by id."""
        return self._documents(visible(scopes))

    def dossiers(self, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the dossiers that some scopes see, by id."""
        return self._documents(and_(t.documents.c.is_dossier.is_(True), visible(scopes)))

    def seen(self, scopes: Sequence[str]) -> Any:
        """Tell, in SQL, what answers to some scopes look at."""
        return visible(scopes, self.as_of)

    def held_documents(self, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents of some scopes, those that are hidden too, by id: for whoever keeps them."""
        return self._documents(live(scopes))

    def documents_of_origin(self, origin: str) -> list[StoredDocument]:
        """List the documents of all scopes that came in one way, by id."""
        return self._documents(and_(t.documents.c.origin == origin, t.documents.c.removed_revision.is_(None)))

    def held_at(self, path: str | None, url: str | None, scope: str) -> list[StoredDocument]:
        """List a scope's documents, hidden or not, that were read from a path; without one, from an address."""
        if path is not None:
            return self._documents(and_(t.documents.c.path == path, live([scope])))
        cited = select(t.sources.c.document_row).where(t.sources.c.url == url)
        own = and_(t.documents.c.path.is_(None), t.documents.c.is_dossier.is_(False), live([scope]))
        return self._documents(and_(own, t.documents.c.row.in_(cited))) if url else []

    def ids_beginning(self, wanted: str, scopes: Sequence[str]) -> set[str]:
        """List the ids that documents of some scopes, hidden or not, have: one, and it with a number."""
        name = t.documents.c.id
        numbered = and_(name > f"{wanted}-", name < f"{wanted}.")  # the full stop comes behind the hyphen
        rows = self._db.execute(select(name).where(or_(name == wanted, numbered), live(scopes)))
        return {row.id for row in rows}

    def documents_where(self, condition: Any, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents of some scopes, hidden or not, that fulfil a condition."""
        return self._documents(and_(condition, live(scopes)))

    def documents_removed(self, scopes: Sequence[str], revision: int) -> list[StoredDocument]:
        """List the versions of some scopes' documents that one revision took out."""
        return self._documents(and_(t.documents.c.scope.in_(scopes), t.documents.c.removed_revision == revision))

    def documents_named(self, ids: Sequence[str], scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents of some ids that some scopes see."""
        return [
            one for part in parts(ids) for one in self._documents(and_(t.documents.c.id.in_(part), visible(scopes)))
        ]

    def documents_in(self, document_rows: Sequence[int]) -> dict[int, StoredDocument]:
        """Read documents by row."""
        found = [one for part in parts(document_rows) for one in self._documents(t.documents.c.row.in_(part))]
        return {stored.row: stored for stored in found}

    def documents_citing(self, source_id: str, scopes: Sequence[str]) -> list[StoredDocument]:
        """List the documents that some scopes see and that have a source of an id."""
        rows = select(t.sources.c.document_row).where(t.sources.c.id == source_id)
        return self._documents(and_(t.documents.c.row.in_(rows), visible(scopes)))

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

    def load_original(self, row: int) -> Document:
        """Put one version of a document together again as it was read, before anything of it was hidden."""
        original = self._db.execute(select(t.documents.c.original).where(t.documents.c.row == row)).scalar()
        return self.load_document(row if original is None else original)

    def rulings(self, added: int | None = None, removed: int | None = None, *, held: bool = True) -> list[Ruling]:
        """List rulings of all scopes, in order: those that hold, unless others are asked for.

        Args:
            added: only those that this revision made.
            removed: those that this revision lifted instead.
            held: False for those that hold no more, too.
        """
        rows = t.rulings.c
        made = t.rulings.join(t.revisions, t.revisions.c.revision == rows.added_revision)
        names = [name for name in Ruling.__slots__ if name in rows]
        query = select(*(rows[name] for name in names), t.revisions.c.at, t.revisions.c.actor).select_from(made)
        if removed is not None:
            query = query.where(rows.removed_revision == removed)
        elif held:
            query = query.where(rows.removed_revision.is_(None))
        if added is not None:
            query = query.where(rows.added_revision == added)
        return [ruling_of(row._mapping) for row in self._db.execute(query.order_by(rows.number))]

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
        for part in parts(document_rows):
            query = select(t.sources.c.document_row, *columns).where(t.sources.c.document_row.in_(part))
            for row in self._db.execute(query.order_by(t.sources.c.document_row, t.sources.c.ordinal)):
                fields = {name: row._mapping[name] for name in Source.__slots__}
                found[row.document_row] = (*found.get(row.document_row, ()), Source(**fields))
        return found

    def sources(self, document_rows: Sequence[int]) -> dict[str, Source]:
        """Read the sources of some documents by id, in their documents' order."""
        columns = [t.sources.c[name] for name in Source.__slots__]
        found: dict[str, Source] = {}
        for part in parts(document_rows):
            query = select(*columns).where(t.sources.c.document_row.in_(part))
            rows = self._db.execute(query.order_by(t.sources.c.document_row, t.sources.c.ordinal))
            found.update((row.id, Source(**row._mapping)) for row in rows)
        return found

    def events(self, document_rows: Sequence[int]) -> list[Event]:
        """Read the events that some documents define, by date."""
        found = []
        for part in parts(document_rows):
            rows = self._db.execute(select(t.events).where(t.events.c.document_row.in_(part)))
            found += [event_of(row._mapping) for row in rows]
        return sorted(found, key=lambda one: (one.date, one.id))

    def events_seen(self, scopes: Sequence[str]) -> list[Event]:
        """List the events that some scopes see, by date."""
        rows = self._db.execute(select(t.events).select_from(t.events.join(t.documents)).where(self.seen(scopes)))
        return sorted((event_of(row._mapping) for row in rows), key=lambda one: (one.date, one.id))

    def event_ids(self, document_rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """Read which events some documents are about."""
        found: dict[int, tuple[str, ...]] = {}
        for part in parts(document_rows):
            query = select(t.event_links).where(t.event_links.c.document_row.in_(part))
            for row in self._db.execute(query.order_by(t.event_links.c.event_id)):
                found[row.document_row] = (*found.get(row.document_row, ()), row.event_id)
        return found

    def passages(self, passage_ids: Sequence[int], scopes: Sequence[str]) -> dict[int, StoredPassage]:
        """Read passages by id; those of documents that some scopes do not see, or no more, are left out."""
        found: dict[int, StoredPassage] = {}
        for part in parts(passage_ids):
            text = func.substr(t.documents.c.text, t.passages.c.start + 1, t.passages.c.end - t.passages.c.start)
            query = (
                select(t.passages.c.id, t.passages.c.document_row, t.passages.c.start, t.passages.c.end,
                       text.label("text"), t.passages.c.header, t.passages.c.vector_key)
                .select_from(t.passages.join(t.documents))
                .where(t.passages.c.id.in_(part), self.seen(scopes))
            )  # fmt: skip
            found.update((row[0], StoredPassage(*row)) for row in self._db.execute(query))
        return found

    def statements_of(self, passage_ids: Sequence[int]) -> list[StoredStatement]:
        """Read the statements of some passages, in order of document and place."""
        return [
            stored
            for part in parts(passage_ids)
            for stored in self.statements_where(t.statements.c.passage_id.in_(part))
        ]

    def statements_of_documents(self, document_rows: Sequence[int]) -> list[StoredStatement]:
        """Read all statements of some documents, in order of document and place."""
        return [
            stored
            for part in parts(document_rows)
            for stored in self.statements_where(t.statements.c.document_row.in_(part))
        ]

    def rows(self, query: Any, given: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run one query, with values for its named parameters."""
        return self._db.execute(query, given or {}).all()

    def stream(self, query: Any) -> Iterator[Row[Any]]:
        """Run one query and read its rows one by one."""
        yield from self._db.execute(query)

    def statements_where(self, condition: Any) -> list[StoredStatement]:
        """Read the statements that fulfil a condition on `statements` and `documents`, in order of place."""
        text = func.substr(t.documents.c.text, t.statements.c.start + 1, t.statements.c.end - t.statements.c.start)
        query = (
            select(t.statements, text.label("text"), t.documents.c.id.label("document_id"), t.documents.c.scope)
            .select_from(t.statements.join(t.documents))
            .where(condition)
            .order_by(t.statements.c.document_row, t.statements.c.ordinal)
        )
        return [self.noted(_statement(row._mapping), row.scope) for row in self._db.execute(query)]

    def noted(self, stored: StoredStatement, scope: str) -> StoredStatement:
        """Put to a statement of a scope's document what was said to it."""
        if self._notes is None:
            self._notes = [one for one in self.rulings() if one.action is not Action.HIDE]
        if not self._notes:
            return stored
        return replace(stored, notes=notes_on(self._notes, scope, stored.document_id, stored.text, stored.statement))

    def held_keys(self, model: str, keys: Sequence[str]) -> set[str]:
        """Say which of some keys have vectors."""
        held: set[str] = set()
        for part in parts(keys):
            query = select(t.vectors.c.key).where(t.vectors.c.model == model, t.vectors.c.key.in_(part))
            held.update(self._db.execute(query).scalars())
        return held

    def have_vectors(self, keys: Sequence[str]) -> bool:
        """Say whether all of some keys have vectors, of whatever model."""
        query = select(func.count(t.vectors.c.key.distinct()))
        held = sum(self._db.execute(query.where(t.vectors.c.key.in_(part))).scalar_one() for part in parts(keys))
        return bool(held == len(set(keys)))


def visible(scopes: Any, as_of: Mapping[str, int] | None = None) -> Any:
    """Tell, in SQL, the documents of some scopes that are live, or were at a revision, and hidden from none of them."""
    return _visible(tuple(scopes)) if isinstance(scopes, list) and not as_of else _seen(scopes, as_of)


@lru_cache(SCOPES_KEPT)
def _visible(scopes: tuple[str, ...]) -> Any:
    return _seen(scopes, None)


def _seen(scopes: Any, as_of: Mapping[str, int] | None) -> Any:
    hides = t.rulings.c
    hidden = select(hides.number).where(
        hides.removed_revision.is_(None), hides.action == Action.HIDE, hides.target == Target.DOCUMENT,
        hides.scope.in_(scopes), hides.value == t.documents.c.id, hides.document_scope == t.documents.c.scope,
    )  # fmt: skip
    return and_(_live_as_of(scopes, as_of) if as_of else live(scopes), ~hidden.exists())


def live(scopes: Any) -> Any:
    """Tell, in SQL, the documents of some scopes that are live, hidden or not."""
    return and_(t.documents.c.scope.in_(scopes), t.documents.c.removed_revision.is_(None))


def _live_as_of(scopes: Sequence[str], as_of: Mapping[str, int]) -> Any:
    rows = t.documents.c
    gone = rows.removed_revision
    then = [
        and_(rows.scope == one, rows.added_revision <= at, or_(gone.is_(None), gone > at)) for one, at in as_of.items()
    ]
    return or_(live([one for one in scopes if one not in as_of]), *then)


def parts(values: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut values into lists that one IN clause takes, each value once."""
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
