"""Reads of the catalog, all of one consistent state."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, and_, func, or_, select

from corpus.document import Document
from corpus.source import Event, Source
from index import queries
from index import schema as t
from index.kept import Keep, Kept
from index.prepared import IN_CLAUSE, Prepared
from index.rows import event_of, ruling_of, statement_of
from index.rulings import Action, Ruling, notes_on
from index.stored import Revision, StoredDocument, StoredPassage, StoredPlace, StoredStatement
from index.visible import live, visible

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
State = tuple[str | None, int, str]
"""What tells states apart: the catalog's identity, the number of its last change, and when that was (UTC, ISO). A copy
that was put back gives the numbers of later changes to others."""
NEW: State = (None, 0, "")
"""Before the first change."""


class Snapshot:
    """Reads of one consistent state. `scopes` are those that the asker may see.

    `as_of` has the revisions at which answers look at scopes whose engines are behind; others are seen as they are.
    """

    def __init__(self, connection: Connection, keep: Keep | None = None) -> None:
        """Read by a connection whose transaction sees one state; `keep` gives what is kept of it in memory."""
        self._db = connection
        self.as_of: Mapping[str, int] = {}
        self._last: State | None = None
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
        return self.state()[1]

    def state(self) -> State:
        """Tell this state from others."""
        if self._last is None:
            found = queries.LAST_CHANGE.rows(self._db, {})
            self._last = (found[0][0], found[0][1], found[0][2]) if found else NEW
        return self._last

    def last_change(self, scopes: Sequence[str]) -> int:
        """Return the number of the last change of some scopes; 0 where there was none."""
        return self.state_of(scopes)[1]

    def state_of(self, scopes: Sequence[str]) -> State:
        """Tell the state of what some scopes hold from others of it."""
        asked = tuple(scopes)
        return self.kept("last change", [asked], lambda _keys: {asked: self._state_of(asked)})[asked]

    def _state_of(self, scopes: Sequence[str]) -> State:
        rows = t.revisions.c
        query = select(rows.revision, rows.at).where(rows.scope.in_(list(scopes)))
        found = self._db.execute(query.order_by(rows.revision.desc()).limit(1)).first()
        return (self.meta("catalog"), found.revision, found.at) if found else NEW

    def at(self, revision: int) -> str | None:
        """Say when a change was; None where there was none, or the log keeps it no more."""
        return self._db.execute(select(t.revisions.c.at).where(t.revisions.c.revision == revision)).scalar()

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
        found = (StoredDocument(*row) for row in self._of(queries.DOCUMENTS_IN, document_rows))
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
        return [StoredDocument(*row) for row in self._db.execute(queries.DOCUMENTS.where(condition))]

    def document_text(self, row: int) -> str:
        """Return the stored text of one version of a document."""
        return self.document_texts([row])[row]

    def document_texts(self, rows: Sequence[int]) -> dict[int, str]:
        """Read the texts of some versions of documents as they are stored at this moment; none is kept in memory."""
        return dict(map(tuple, self._of(queries.TEXTS, rows)))

    def texts_named(self, ids: Sequence[str], scopes: Sequence[str]) -> dict[str, list[str]]:
        """Read the texts of the documents of some ids that some scopes see at this moment; none is kept in memory."""
        found: dict[str, list[str]] = {}
        for document_id, text in self._of(queries.TEXTS_SEEN, ids, scopes):
            found.setdefault(document_id, []).append(text)
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
        found: dict[int, tuple[Source, ...]] = dict.fromkeys(document_rows, ())
        for row, *fields in self._of(queries.SOURCES, document_rows):
            found[row] = (*found[row], Source(*fields))
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
        for row, event_id in self._of(queries.LINKS, document_rows):
            found[row] = (*found[row], event_id)
        return found

    def passages(self, passage_ids: Sequence[int], scopes: Sequence[str]) -> dict[int, StoredPassage]:
        """Read passages by id; those of documents that some scopes do not see, or no more, are left out."""
        return self.read_at(self.places(passage_ids, scopes))

    def places(self, passage_ids: Sequence[int], scopes: Sequence[str]) -> dict[int, StoredPlace]:
        """Say where some passages stand; those of documents that some scopes do not see, or no more, are left out."""

        def read(ids: Sequence[int]) -> dict[int, StoredPlace | None]:
            rows = self._of(self._places_seen(scopes), ids, scopes)
            return {**dict.fromkeys(ids), **{row[0]: StoredPlace(*row) for row in rows}}

        found = self.kept(("places", *scopes, *sorted(self.as_of.items())), passage_ids, read)
        return {passage_id: place for passage_id, place in found.items() if place}

    def _places_seen(self, scopes: Sequence[str]) -> Prepared:
        return queries.places_where(self.seen(scopes)) if self.as_of else queries.PLACES_SEEN

    def read_at(self, places: Mapping[int, StoredPlace]) -> dict[int, StoredPassage]:
        """Read the passages at some places, by id."""

        def read(ids: Sequence[int]) -> dict[int, StoredPassage]:
            return {one: StoredPassage.at(places[one], text) for one, text in self._of(queries.PASSAGES, ids)}

        return self.kept("passages", places, read)

    def statements_of(self, passage_ids: Sequence[int]) -> list[StoredStatement]:
        """Read the statements of some passages, in order of document and place."""
        return self._statements("passage_id", passage_ids)

    def statements_of_documents(self, document_rows: Sequence[int]) -> list[StoredStatement]:
        """Read all statements of some documents, in order of document and place."""
        return self._statements("document_row", document_rows)

    def _statements(self, whose: str, keys: Sequence[int]) -> list[StoredStatement]:
        """Read the statements that have one of some values in a column."""

        def read(missing: Sequence[int]) -> dict[int, list[StoredStatement]]:
            found: dict[int, list[StoredStatement]] = {key: [] for key in missing}
            for stored in self._noted(self._of(queries.STATEMENTS_BY[whose], missing)):
                found[getattr(stored, whose)].append(stored)
            return found

        held = self.kept(("statements", whose), keys, read).values()
        return sorted((one for some in held for one in some), key=lambda one: (one.document_row, one.ordinal))

    def kept(self, kind: Hashable, keys: Iterable[K], read: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """Take things by key from what is kept of this state in memory, and read the others; see `Kept`."""
        if self._kept is None and self._keep:
            self._kept = self._keep(self.state())
        return (self._kept or Kept()).many(kind, keys, read)

    def _of(self, query: Prepared, keys: Sequence[Any], scopes: Sequence[str] | None = None) -> Iterator[Sequence[Any]]:
        """Run a query of `KEYS`, and of `SCOPES` where some are given, for as many keys as there are."""
        seen = {"scopes": list(scopes)} if scopes is not None else {}
        for part in parts(keys):
            yield from self.found(query, {"keys": part, **seen})

    def found(self, query: Prepared, given: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Run one prepared query."""
        return query.rows(self._db, given)

    def rows(self, query: Any, given: dict[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Run one query, with values for its named parameters."""
        return self._db.execute(query, given or {}).all()

    def stream(self, query: Any) -> Iterator[Row[Any]]:
        """Run one query and read its rows one by one."""
        yield from self._db.execute(query)

    def statements_where(self, condition: Any) -> list[StoredStatement]:
        """Read the statements that fulfil a condition on `statements` and `documents`, in order of place."""
        return self._noted(self._db.execute(queries.STATEMENTS.where(condition)))

    def _noted(self, rows: Iterable[Sequence[Any]]) -> list[StoredStatement]:
        notes = self._notes()
        found = (statement_of(row) for row in rows)
        return [_with_notes(stored, scope, notes) if notes else stored for stored, scope in found]

    def noted(self, stored: StoredStatement, scope: str) -> StoredStatement:
        """Put to a statement of a scope's document what was said to it."""
        notes = self._notes()
        return _with_notes(stored, scope, notes) if notes else stored

    def _notes(self) -> list[Ruling]:
        return self.kept("notes", ["all"], lambda _keys: {"all": self._all_notes()})["all"]

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


def _with_notes(stored: StoredStatement, scope: str, notes: Sequence[Ruling]) -> StoredStatement:
    return replace(stored, notes=notes_on(notes, scope, stored.document_id, stored.text, stored.statement))


def parts(values: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut values into lists that one IN clause takes, each value once."""
    unique = list(dict.fromkeys(values))
    for start in range(0, len(unique), IN_CLAUSE):
        yield unique[start : start + IN_CLAUSE]
