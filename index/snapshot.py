"""Reads of the catalog, all of one consistent state."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Row, and_, bindparam, func, or_, select

from corpus.document import Document
from corpus.source import Event, Source
from index import schema as t
from index.kept import Keep, Kept
from index.rows import event_of, ruling_of, statement_of
from index.rulings import Action, Ruling, notes_on
from index.stored import Revision, StoredDocument, StoredPassage, StoredStatement
from index.visible import live, visible

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

LAST_CHANGE = (
    select(
        select(t.meta.c.value).where(t.meta.c.key == "catalog").scalar_subquery(), t.revisions.c.revision,
        t.revisions.c.at,
    ).order_by(t.revisions.c.revision.desc()).limit(1)
)  # fmt: skip
TEXTS = select(t.documents.c.row, t.documents.c.text).where(t.documents.c.row.in_(bindparam("rows", expanding=True)))
TEXTS_SEEN = select(t.documents.c.id, t.documents.c.text).where(
    t.documents.c.id.in_(bindparam("ids", expanding=True)), visible(bindparam("scopes", expanding=True))
)
IN_CLAUSE = 500
"""Values in one IN clause: older SQLite takes at most 999 parameters."""


class Snapshot:
    """Reads of one consistent state. `scopes` are those that the asker may see.

    `as_of` has the revisions at which answers look at scopes whose engines are behind; others are seen as they are.
    """

    def __init__(self, connection: Connection, keep: Keep | None = None) -> None:
        """Read by a connection whose transaction sees one state; `keep` gives what is kept of it in memory."""
        self._db = connection
        self.as_of: Mapping[str, int] = {}
        self._last: tuple[str | None, int, str] | None = None
        self._keep = keep
        self._kept: Kept | None = None

    def meta(self, key: str) -> str | None:
        """Read one fact about the catalog itself."""
        return self.kept("meta", [key], lambda _keys: {key: self._meta(key)})[key]

    def _meta(self, key: str) -> str | None:
        value = self._db.execute(select(t.meta.c.value).where(t.meta.c.key == key)).scalar()
        return str(value) if value is not None else None

    def revision(self) -> int:
        """Return the number of the last change; 0 for a new catalog."""
        return self._last_change()[1]

    def _last_change(self) -> tuple[str | None, int, str]:
        """Tell this state from others: the catalog's identity, the number of its last change, and when that was."""
        if self._last is None:
            found = self._db.execute(LAST_CHANGE).one_or_none()
            self._last = (found[0], found[1], found[2]) if found else (None, 0, "")
        return self._last

    def last_change(self, scopes: Sequence[str]) -> int:
        """Return the number of the last change of some scopes; 0 where there was none."""
        query = select(func.max(t.revisions.c.revision)).where(t.revisions.c.scope.in_(list(scopes)))
        asked = tuple(scopes)
        return self.kept("last change", [asked], lambda _keys: {asked: self._db.execute(query).scalar() or 0})[asked]

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
        return self.kept("documents", document_rows, self._documents_in)

    def _documents_in(self, document_rows: Sequence[int]) -> dict[int, StoredDocument]:
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
        return self.document_texts([row])[row]

    def document_texts(self, rows: Sequence[int]) -> dict[int, str]:
        """Read the texts of some versions of documents as they are stored at this moment; none is kept in memory."""
        found = (row for part in parts(rows) for row in self.rows(TEXTS, {"rows": part}))
        return {row.row: row.text for row in found}

    def texts_named(self, ids: Sequence[str], scopes: Sequence[str]) -> dict[str, list[str]]:
        """Read the texts of the documents of some ids that some scopes see at this moment; none is kept in memory."""
        found: dict[str, list[str]] = {}
        for part in parts(ids):
            for row in self.rows(TEXTS_SEEN, {"ids": part, "scopes": list(scopes)}):
                found.setdefault(row.id, []).append(row.text)
        return found

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
        """Read the sources of some documents, by document; those that have none are left out."""
        found = self.kept("sources", document_rows, self._sources_of)
        return {row: sources for row, sources in found.items() if sources}

    def _sources_of(self, document_rows: Sequence[int]) -> dict[int, tuple[Source, ...]]:
        columns = [t.sources.c[name] for name in Source.__slots__]
        found: dict[int, tuple[Source, ...]] = dict.fromkeys(document_rows, ())
        for part in parts(document_rows):
            query = select(t.sources.c.document_row, *columns).where(t.sources.c.document_row.in_(part))
            for row in self._db.execute(query.order_by(t.sources.c.document_row, t.sources.c.ordinal)):
                fields = {name: row._mapping[name] for name in Source.__slots__}
                found[row.document_row] = (*found[row.document_row], Source(**fields))
        return found

    def sources(self, document_rows: Sequence[int]) -> dict[str, Source]:
        """Read the sources of some documents by id, in their documents' order."""
        held = self.sources_by_document(document_rows)
        return {source.id: source for row in sorted(held) for source in held[row]}

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
        """Read which events some documents are about; those that are about none are left out."""
        found = self.kept("links", document_rows, self._event_ids)
        return {row: event_ids for row, event_ids in found.items() if event_ids}

    def _event_ids(self, document_rows: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = dict.fromkeys(document_rows, ())
        for part in parts(document_rows):
            query = select(t.event_links).where(t.event_links.c.document_row.in_(part))
            for row in self._db.execute(query.order_by(t.event_links.c.event_id)):
                found[row.document_row] = (*found[row.document_row], row.event_id)
        return found

    def passages(self, passage_ids: Sequence[int], scopes: Sequence[str]) -> dict[int, StoredPassage]:
        """Read passages by id; those of documents that some scopes do not see, or no more, are left out."""
        found = self.kept("passages", passage_ids, self._passages)
        seen = self._seen_among(passage_ids, scopes)
        return {passage_id: passage for passage_id, passage in found.items() if passage_id in seen}

    def _passages(self, passage_ids: Sequence[int]) -> dict[int, StoredPassage]:
        text = func.substr(t.documents.c.text, t.passages.c.start + 1, t.passages.c.end - t.passages.c.start)
        columns = [t.passages.c[name] for name in ("id", "document_row", "start", "end")]
        query = select(*columns, text, t.passages.c.header, t.passages.c.vector_key)
        query = query.select_from(t.passages.join(t.documents))
        rows = (row for part in parts(passage_ids) for row in self.rows(query.where(t.passages.c.id.in_(part))))
        return {row.id: StoredPassage(*tuple(row)) for row in rows}

    def _seen_among(self, passage_ids: Sequence[int], scopes: Sequence[str]) -> set[int]:
        """Say which of some passages answers to some scopes look at."""
        # by passage: asked for documents by row alone, SQLite reads through the index of a whole scope
        query = select(t.passages.c.id).select_from(t.passages.join(t.documents)).where(self.seen(scopes))

        def read(ids: Sequence[int]) -> dict[int, bool]:
            seen = {row.id for part in parts(ids) for row in self.rows(query.where(t.passages.c.id.in_(part)))}
            return {one: one in seen for one in ids}

        kind = ("seen", *scopes, *sorted(self.as_of.items()))
        return {one for one, seen in self.kept(kind, passage_ids, read).items() if seen}

    def statements_of(self, passage_ids: Sequence[int]) -> list[StoredStatement]:
        """Read the statements of some passages, in order of document and place."""
        return self._statements("statements of passages", t.statements.c.passage_id, passage_ids)

    def statements_of_documents(self, document_rows: Sequence[int]) -> list[StoredStatement]:
        """Read all statements of some documents, in order of document and place."""
        return self._statements("statements of documents", t.statements.c.document_row, document_rows)

    def _statements(self, kind: str, whose: Column[int], keys: Sequence[int]) -> list[StoredStatement]:
        """Read the statements that have one of some values in a column."""

        def read(missing: Sequence[int]) -> dict[int, list[StoredStatement]]:
            found: dict[int, list[StoredStatement]] = {key: [] for key in missing}
            for part in parts(missing):
                for stored in self.statements_where(whose.in_(part)):
                    found[stored.passage_id if whose is t.statements.c.passage_id else stored.document_row].append(
                        stored
                    )
            return found

        held = self.kept(kind, keys, read).values()
        return sorted((one for some in held for one in some), key=lambda one: (one.document_row, one.ordinal))

    def kept(self, kind: Hashable, keys: Sequence[K], read: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """Take things by key from what is kept of this state in memory, and read the others; see `Kept`."""
        if self._kept is None and self._keep:
            self._kept = self._keep(self._last_change())
        return (self._kept or Kept()).many(kind, keys, read)

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
        return [self.noted(statement_of(row._mapping), row.scope) for row in self._db.execute(query)]

    def noted(self, stored: StoredStatement, scope: str) -> StoredStatement:
        """Put to a statement of a scope's document what was said to it."""
        notes = self.kept("notes", ["all"], lambda _keys: {"all": self._all_notes()})["all"]
        if not notes:
            return stored
        return replace(stored, notes=notes_on(notes, scope, stored.document_id, stored.text, stored.statement))

    def _all_notes(self) -> list[Ruling]:
        return [one for one in self.rulings() if one.action is not Action.HIDE]

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


def parts(values: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut values into lists that one IN clause takes, each value once."""
    unique = list(dict.fromkeys(values))
    for start in range(0, len(unique), IN_CLAUSE):
        yield unique[start : start + IN_CLAUSE]
