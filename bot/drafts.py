"""Sources that a moderator looks at before adding them: kept for a day, so that a restart loses none.

A file of its own beside the bot's other notes: it holds what members sent, and what is deleted from it is gone.
"""

import json
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

from bot.errors import StateFault
from corpus.incoming import Incoming

DRAFTS_FILE = "drafts.sqlite"
KEPT_S = 24 * 60 * 60
OF_A_SERVER = 10
BYTES_OF_A_SERVER = 60_000_000
BYTES_OF_ALL = 600_000_000
"""Where there is more, the oldest make way."""
BUSY_TIMEOUT_S = 30.0
ID_BYTES = 9
TABLE = """CREATE TABLE IF NOT EXISTS drafts_1 (
    id TEXT PRIMARY KEY, guild_id INTEGER NOT NULL, at REAL NOT NULL, size INTEGER NOT NULL,
    name TEXT NOT NULL, url TEXT, content_type TEXT, charset TEXT, data BLOB NOT NULL,
    found TEXT NOT NULL, details TEXT NOT NULL, event_ids TEXT NOT NULL)"""
"""A change of its columns makes a table of another number."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A source that waits to be added: as it came, with what a moderator said of it and linked it to.

    `found` is what its source says of itself, `details` what a moderator says in its place; both as `read_incoming`
    takes them.
    """

    id: str
    guild_id: int
    incoming: Incoming
    found: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    event_ids: tuple[str, ...] = ()


class Drafts:
    """Keeps drafts in a folder. Safe to use from several threads; every method blocks."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Open `drafts.sqlite` in a folder, making both where they are not there.

        Args:
            clock: gives seconds since 1970.

        Raises:
            StateFault: it cannot be made, read or written.
        """
        self._path, self._clock = folder / DRAFTS_FILE, clock
        self._lent: set[str] = set()  # in memory alone: a process that dies gives everything back
        self._lending = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateFault(
                f"{folder}: this folder cannot be made ({error.strerror}); give permission or set PURGEBOT_DATA"
            ) from None
        with self._open() as db:
            db.execute(TABLE)

    def keep(self, guild_id: int, incoming: Incoming, found: dict[str, str]) -> Draft:
        """Keep what came for a server; older drafts make way where there are too many."""
        draft = Draft(secrets.token_urlsafe(ID_BYTES), guild_id, incoming, found)
        self.put(draft)
        return draft

    def put(self, draft: Draft) -> None:
        """Keep a draft in place of an earlier state of it."""
        one = draft.incoming
        row = (
            draft.id, draft.guild_id, self._clock(), len(one.data), one.name, one.url, one.content_type, one.charset,
            one.data, json.dumps(draft.found), json.dumps(draft.details),
            json.dumps(draft.event_ids),
        )  # fmt: skip
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO drafts_1 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            _make_room(db, draft.guild_id)
            self._expire(db)

    def change(self, draft_id: str, guild_id: int, change: Callable[[Draft], Draft]) -> Draft | None:
        """Change what is said of a draft as it is at this moment; None where it is not kept any more, or is lent."""
        with self._lending, self._open() as db:
            found = None if draft_id in self._lent else self._find(db, draft_id, guild_id)
            if found is None:
                return None
            changed = change(found)
            said = json.dumps(changed.details), json.dumps(changed.event_ids), self._clock()
            db.execute("UPDATE drafts_1 SET details = ?, event_ids = ?, at = ? WHERE id = ?", (*said, draft_id))
            return changed

    def find(self, draft_id: str, guild_id: int) -> Draft | None:
        """Find a server's draft; None if it is not kept (any more), or is lent."""
        with self._lending, self._open() as db:
            return None if draft_id in self._lent else self._find(db, draft_id, guild_id)

    @contextmanager
    def take(self, draft_id: str, guild_id: int) -> Iterator[Draft | None]:
        """Lend a server's draft to one of several who ask for it; the others find none.

        It is deleted when the block has ended. Where the block fails, or the process dies in it, it is kept.
        """
        with self._lending, self._open() as db:
            found = None if draft_id in self._lent else self._find(db, draft_id, guild_id)
            if found:
                self._lent.add(draft_id)
        try:
            yield found
            if found:
                with self._open() as db:
                    db.execute("DELETE FROM drafts_1 WHERE id = ? AND guild_id = ?", (draft_id, guild_id))
        finally:
            if found:
                self._lent.discard(draft_id)

    def guilds(self) -> set[int]:
        """List the servers of which a draft is kept."""
        with self._open() as db:
            return {row[0] for row in db.execute("SELECT DISTINCT guild_id FROM drafts_1")}

    def forget_guild(self, guild_id: int) -> int:
        """Delete a server's drafts; returns how many."""
        with self._open() as db:
            return db.execute("DELETE FROM drafts_1 WHERE guild_id = ?", (guild_id,)).rowcount

    def expire(self) -> int:
        """Delete what is older than a day; returns how many."""
        with self._open() as db:
            return self._expire(db)

    def _find(self, db: sqlite3.Connection, draft_id: str, guild_id: int) -> Draft | None:
        row = db.execute(
            "SELECT id, guild_id, name, url, content_type, charset, data, found, details, event_ids FROM drafts_1"
            " WHERE id = ? AND guild_id = ? AND at > ?",
            (draft_id, guild_id, self._clock() - KEPT_S),
        ).fetchone()
        return _draft(row) if row else None

    def _expire(self, db: sqlite3.Connection) -> int:
        return db.execute("DELETE FROM drafts_1 WHERE at <= ?", (self._clock() - KEPT_S,)).rowcount

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open one transaction that writes."""
        try:
            with closing(sqlite3.connect(self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None)) as db:
                db.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten in the file
                db.execute("BEGIN IMMEDIATE")
                yield db
                db.execute("COMMIT")
        except sqlite3.Error as error:
            raise StateFault(
                f"{self._path}: this file cannot be used ({error}); give write permission, set PURGEBOT_DATA, "
                "or move it away, and a new one is made"
            ) from error


def _draft(row: tuple[Any, ...]) -> Draft:
    draft_id, guild_id, name, url, content_type, charset, data, found, details, event_ids = row
    incoming = Incoming(data, name, url, content_type, charset)
    return Draft(draft_id, guild_id, incoming, json.loads(found), json.loads(details), tuple(json.loads(event_ids)))


def _make_room(db: sqlite3.Connection, guild_id: int) -> None:
    held = db.execute("SELECT id, guild_id, size FROM drafts_1 ORDER BY at DESC, rowid DESC").fetchall()
    own = [(draft_id, size) for draft_id, guild, size in held if guild == guild_id]
    too_old = {draft_id for draft_id, _ in own[OF_A_SERVER:]}
    too_old |= _beyond(own, BYTES_OF_A_SERVER) | _beyond([(one[0], one[2]) for one in held], BYTES_OF_ALL)
    db.executemany("DELETE FROM drafts_1 WHERE id = ?", [(draft_id,) for draft_id in too_old])


def _beyond(held: Sequence[tuple[str, int]], most: int) -> set[str]:
    """List what is too much, newest first, all sizes together; the newest stays."""
    totals = accumulate(size for _, size in held)
    return {draft_id for (draft_id, _), total in list(zip(held, totals, strict=True))[1:] if total > most}
