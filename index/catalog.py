"""The one truth: sources, documents, statements, passages, vectors and the log of changes, in one SQL database."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import URL, Connection, Executable, and_, select, update

from corpus.document import Document, Statement
from corpus.mentions import find_mentions
from index import schema as t
from index.chunk import Passage
from index.counts import tally
from index.embed import PassageVectors
from index.errors import DataUnwritable, NothingToUndo
from index.kept import Memory
from index.opening import Database
from index.rulings import Ruling
from index.snapshot import Snapshot
from index.sqlite import WRITES
from index.stored import StoredDocument
from index.visible import live

SHARED = ""
"""The scope of what everybody may see; any other scope is one server's id."""

NEVER_SEEN = 0
"""The revision that removed what was never there to be seen."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is stored of one document: itself, its passages, and the vectors' keys in the same order.

    `original` is the document as it was read, where a ruling hides something of it.
    """

    document: Document
    passages: tuple[Passage, ...]
    keys: tuple[str, ...]
    fingerprint: str
    origin: str
    scope: str
    original: "Indexed | None" = None


def vector_key(passage: Passage, spans: Iterable[tuple[int, int]]) -> str:
    """Hash what is embedded for a passage: its header, its text and the spans of its parts."""
    embedded = json.dumps([passage.header, passage.text, list(spans)], ensure_ascii=False)
    return hashlib.sha256(embedded.encode()).hexdigest()


class Catalog:
    """Opens the database; reads in consistent snapshots, writes in transactions that raise the revision."""

    def __init__(self, url: str) -> None:
        """Open a catalog, making its tables where there are none.

        Args:
            url: of a database, such as `sqlite:///data/catalog.sqlite`.

        Raises:
            DataUnwritable: the database cannot be created or written.
            CatalogDamaged: it is not a catalog, or is broken.
            CatalogOutdated: another version wrote it.
        """
        self.url = url
        self._memory = Memory()
        self._database = Database(url, self._memory.forget)

    @classmethod
    def in_file(cls, path: Path) -> "Catalog":
        """Open the catalog in an SQLite file, whatever characters its name has."""
        return cls(URL.create("sqlite", database=str(path)).render_as_string())

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def read_meta(self, key: str) -> str | None:
        """Read one fact about the catalog itself."""
        with self.read() as snapshot:
            return snapshot.meta(key)

    def revision(self) -> int:
        """Return the number of the last change."""
        with self.read() as snapshot:
            return snapshot.revision()

    @contextmanager
    def read(self) -> "Iterator[Snapshot]":
        """Read in one consistent state, whatever is written meanwhile."""
        with self._database.guarded(), self._database.connect() as connection:
            yield Snapshot(connection, self._memory.of)

    @contextmanager
    def write(self, actor: str, scope: str, action: str) -> "Iterator[Change]":
        """Write in one transaction that raises the revision by one; an exception undoes all of it.

        Raises:
            DataUnwritable: another file was put in the catalog's place meanwhile, which would not have the change.
        """
        with self._database.guarded(), self._database.connect() as connection:
            connection = connection.execution_options(**WRITES)
            change = Change(connection, actor, scope, action)
            yield change
            change.finish()
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("ANALYZE")  # milliseconds; without it joins read a whole scope for one row
            if not self._database.stands():
                raise DataUnwritable(f"{self.url}: another file was put in the catalog's place; make the change again")
            connection.commit()
        self._memory.forget()

    def keep_vectors(self, model: str, vectors: Iterable[tuple[str, PassageVectors]]) -> None:
        """Keep what was embedded, by key. It is no change of content and raises no revision."""
        rows = [
            {"key": key, "model": model, "whole": found.whole.astype(np.float32).tobytes(),
             "parts": found.parts.astype(np.float16).tobytes()}
            for key, found in vectors
        ]  # fmt: skip
        with self._database.guarded(), self._database.connect() as connection:
            connection = connection.execution_options(**WRITES)
            held = Snapshot(connection).held_keys(model, [str(row["key"]) for row in rows])
            fresh = {row["key"]: row for row in rows if row["key"] not in held}
            if fresh:
                connection.execute(t.vectors.insert(), list(fresh.values()))
            connection.commit()


class Change(Snapshot):
    """One transaction: what it does is logged with the revision that it makes."""

    def __init__(self, connection: Connection, actor: str, scope: str, action: str) -> None:
        super().__init__(connection)
        self.number = self.revision() + 1
        self.detail: dict[str, Any] = {}
        self._actor, self._scope, self._action = actor, scope, action

    def set_meta(self, key: str, value: str) -> None:
        """Write one fact about the catalog itself."""
        self._db.execute(t.meta.delete().where(t.meta.c.key == key))
        self._db.execute(t.meta.insert(), [{"key": key, "value": value}])

    def add(self, indexed: Indexed) -> None:
        """Store one version of a document with all that belongs to it, and its original where something is hidden."""
        original = self._put(indexed.original, removed_revision=NEVER_SEEN) if indexed.original else None
        self._put(indexed, original=original)

    def _put(self, indexed: Indexed, **columns: int | None) -> int:
        document = indexed.document
        row = self._insert_document(indexed, columns)
        self._insert_many(t.sources, [
            {"document_row": row, "ordinal": ordinal, **asdict(source)}
            for ordinal, source in enumerate(document.sources)
        ])  # fmt: skip
        self._insert_many(t.events, [
            {"document_row": row, **asdict(one), "platforms": list(one.platforms),
             "reasons": [[platform, str(status)] for platform, status in one.reasons]}
            for one in document.events
        ])  # fmt: skip
        self._insert_many(t.event_links, [{"document_row": row, "event_id": one} for one in document.event_ids])
        passage_ids = self._insert_numbered(t.passages, [
            {"document_row": row, "ordinal": ordinal, "start": passage.start, "end": passage.end,
             "header": passage.header, "vector_key": key}
            for ordinal, (passage, key) in enumerate(zip(indexed.passages, indexed.keys, strict=True))
        ])  # fmt: skip
        held = list(_statements_of(indexed, row, passage_ids))
        rows = dict(zip((one["ordinal"] for one in held), self._insert_numbered(t.statements, held), strict=True))
        self._insert_many(t.mentions, [
            {"document_row": row, "statement_row": rows.get(one.statement) if one.statement is not None else None,
             "start": one.start, "end": one.end, "handle_key": one.handle.lower(), "handle": one.handle}
            for one in find_mentions(document)
        ])  # fmt: skip
        counted = tally(document, indexed.passages)
        awaited = not self.have_vectors(indexed.keys)
        self._insert_many(t.tallies, [{"document_row": row, **counted, "awaited": awaited}])
        return row

    def rule(self, ruling: Ruling) -> None:
        """Record a ruling, which gets the next number."""
        fields = {name: getattr(ruling, name) for name in Ruling.__slots__ if name in t.rulings.c}
        del fields["number"]
        self._db.execute(t.rulings.insert(), [{**fields, "added_revision": self.number}])

    def lift(self, number: int) -> None:
        """End a ruling."""
        self._db.execute(update(t.rulings).where(t.rulings.c.number == number).values(removed_revision=self.number))

    def run(self, statement: Executable) -> None:
        """Run one statement that deletes or empties."""
        self._db.execute(statement)

    def remove(self, document_row: int) -> None:
        """Take one version of a document out of sight."""
        self._db.execute(
            update(t.documents).where(t.documents.c.row == document_row).values(removed_revision=self.number)
        )

    def take_back(
        self, revision: int, scopes: Sequence[str], instead: Mapping[int, Indexed]
    ) -> tuple[list[str], list[str]]:
        """Undo what one revision did to the documents of some scopes: remove what it added, restore what it removed.

        Args:
            instead: what is stored in place of a restored version, by row, where a ruling made since hides some of it.

        Returns:
            Ids of the documents removed and restored.

        Raises:
            NothingToUndo: nothing of it is left to take back, or an id was given to another text since.
        """
        rows = t.documents.c
        added = self._live_versions_of(revision, scopes)
        gone = self.documents_removed(scopes, revision)
        if not added and not gone:
            raise NothingToUndo(f"nothing of change {revision} is left to take back; see 'purgebot sources log'")
        for stored in added:
            self.remove(stored.row)
        for stored in gone:
            if self._documents(and_(rows.id == stored.id, live([stored.scope]))):
                raise NothingToUndo(f"'{stored.id}' has been added again since change {revision}; remove that first")
            if stored.row in instead:
                self.add(instead[stored.row])
                continue
            restored = update(t.documents).where(rows.row == stored.row)
            self._db.execute(restored.values(removed_revision=None, added_revision=self.number))
        return [stored.id for stored in added], [stored.id for stored in gone]

    def _live_versions_of(self, revision: int, scopes: Sequence[str]) -> list[StoredDocument]:
        """List what is live of the documents that a revision added to some scopes, even where it was stored anew since,
        because of a ruling or a new chunker.
        """
        made = t.documents.alias()
        rows = t.documents.c
        same = and_(made.c.scope == rows.scope, made.c.id == rows.id, made.c.fingerprint == rows.fingerprint)
        added = select(made.c.row).where(made.c.added_revision == revision, same)
        return self._documents(and_(live(scopes), added.exists()))

    def finish(self) -> None:
        """Write the line of the log."""
        self._db.execute(
            t.revisions.insert().values(
                revision=self.number,
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                actor=self._actor,
                scope=self._scope,
                action=self._action,
                detail=self.detail,
            )
        )

    def _insert_document(self, indexed: Indexed, columns: dict[str, int | None]) -> int:
        document = indexed.document
        fields = {
            "id": document.id, "scope": indexed.scope, "origin": indexed.origin, "is_dossier": document.is_dossier,
            "title": document.title, "path": document.path, "fingerprint": indexed.fingerprint,
            "text": document.text, "body_start": document.body_start, "body_end": document.body_end,
            "added_revision": self.number, **columns,
        }  # fmt: skip
        return self._insert_numbered(t.documents, [fields])[0]

    def _insert_numbered(self, table: Any, rows: list[dict[str, Any]]) -> list[int]:
        """Store rows whose keys the database gives; the keys in the same order."""
        if not rows:
            return []
        [key] = table.primary_key
        return list(self._db.execute(table.insert().returning(key, sort_by_parameter_order=True), rows).scalars())

    def _insert_many(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._db.execute(table.insert(), rows)


def _statements_of(indexed: Indexed, document_row: int, passage_ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Write the statements of a document's passages as rows."""
    for passage, passage_id in zip(indexed.passages, passage_ids, strict=True):
        for ordinal in range(*passage.statements):
            statement = indexed.document.statements[ordinal]
            fields = {name: getattr(statement, name) for name in Statement.__slots__}
            handle_key = statement.handle.lower() if statement.handle else None
            yield {
                **fields, "source_ids": list(statement.source_ids), "document_row": document_row,
                "passage_id": passage_id, "ordinal": ordinal, "handle_key": handle_key,
            }  # fmt: skip
