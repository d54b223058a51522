"""What the bot itself keeps: answers by the places of their claims, votes, reports, each server's settings.

No message is kept but the question and what members write into the bot's own dialogs. Of a claim its place is kept
and a digest of its words, never the words. Who voted or reported is kept as a keyed hash, which is enough to count
everybody once and to delete what was theirs.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from bot import state_rows as rows
from bot import state_schema as t
from bot.errors import StateFault, UnknownAnswer
from bot.pending import TOO_LATE_S, Pending
from bot.remembered import ClaimId, FeedbackEntry, FeedbackPage, GuildSettings, Remembered, digest_of
from index.answer import Answer
from index.sqlite import WRITES, connect

STATE_FILE = "state.sqlite"
ID_BYTES = 9
"""Nine random bytes are twelve url-safe characters."""
HASH_CHARS = 32


class State:
    """The bot's own database. Safe to use from several threads; every method blocks."""

    def __init__(self, folder: Path) -> None:
        """Open `state.sqlite` in a folder, making both where they are not there.

        Raises:
            StateFault: it cannot be made, read or written, or another version wrote it.
        """
        self._path = folder / STATE_FILE
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StateFault(
                f"{folder}: this folder cannot be made ({error.strerror}); give permission or set PURGEBOT_DATA"
            ) from None
        self._engine = connect(f"sqlite:///{self._path}")
        with self._write() as db:
            t.tables.create_all(db, checkfirst=True)
            held = {row.key: row.value for row in db.execute(select(t.meta))}
            if not held:
                held = {"schema": t.SCHEMA, "key": secrets.token_hex(32)}
                db.execute(insert(t.meta), [{"key": key, "value": value} for key, value in held.items()])
            elif held["schema"] in t.UPGRADED:
                db.execute(update(t.meta).where(t.meta.c.key == "schema").values(value=t.SCHEMA))
                held["schema"] = t.SCHEMA
            if held.get("schema") != t.SCHEMA:
                raise StateFault(f"{self._path}: another version wrote this; move it away, and a new one is made")
        self._key = bytes.fromhex(held["key"])
        self._run = secrets.token_hex(ID_BYTES)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    # ---- questions that wait for their answer

    def take(self, asked: Pending) -> bool:
        """Keep a question until it is settled; False if it was taken before, so that nobody answers it twice."""
        with self._write() as db:
            return rows.take_question(db, asked, self._run)

    def settle(
        self, question_id: int, answer_id: str | None = None, message_id: int | None = None, channel_id: int = 0
    ) -> None:
        """Erase a question that needs no answer any more, and note which message shows its answer, if one does.

        Args:
            channel_id: where that message stands; 0 where it stands as `remember` was told.
        """
        with self._write() as db:
            rows.settle_question(db, question_id)
            if answer_id and message_id:
                rows.attach_message(db, answer_id, message_id, channel_id)

    def release(self, question_id: int) -> None:
        """Leave a question to whoever asks for those left over."""
        with self._write() as db:
            db.execute(update(t.pending).where(t.pending.c.id == question_id).values(run=""))

    def left_over(self, now: float) -> list[Pending]:
        """Take the questions that an earlier run of the program left or this one released, oldest first.

        What was settled is forgotten here once no event can bring it again.
        """
        with self._write() as db:
            return rows.claim_left_over(db, self._run, now - TOO_LATE_S)

    # ---- answers

    def remember(
        self, answer: Answer, *, guild_id: int | None, channel_id: int, asker_id: int, after: str | None = None
    ) -> str:
        """Keep an answer; returns its new id, 12 url-safe characters."""
        answer_id = secrets.token_urlsafe(ID_BYTES)
        events = {place: told.event_id for told in answer.by_event for place in told.claims}
        claims = [
            ClaimId(claim.document_id, claim.start, claim.end, claim.shown, digest_of(claim.text), events.get(place))
            for place, claim in enumerate(answer.claims)
        ]
        row = {
            "id": answer_id, "guild_id": guild_id, "channel_id": channel_id, "asker_id": asker_id,
            "question": answer.question, "after": after, "outcome": str(answer.outcome),
            "revision": answer.revision, "at": _stamp(datetime.now(UTC)), "claims": [asdict(claim) for claim in claims],
        }  # fmt: skip
        with self._write() as db:
            db.execute(insert(t.answers).values(row))
        return answer_id

    def attach(self, answer_id: str, message_id: int, channel_id: int = 0) -> None:
        """Note which message shows an answer, and where, as `settle` does."""
        with self._write() as db:
            rows.attach_message(db, answer_id, message_id, channel_id)

    def recall(self, answer_id: str) -> Remembered | None:
        """Find an answer by its id."""
        with self._read() as db:
            row = db.execute(select(t.answers).where(t.answers.c.id == answer_id)).first()
        return rows.remembered(row) if row else None

    def recall_message(self, message_id: int) -> Remembered | None:
        """Find the answer that a message shows."""
        with self._read() as db:
            row = db.execute(select(t.answers).where(t.answers.c.message_id == message_id)).first()
        return rows.remembered(row) if row else None

    def latest_in(self, channel_id: int) -> Remembered | None:
        """Find the last answer that a message in a channel or thread shows to all."""
        shown = (t.answers.c.channel_id == channel_id, t.answers.c.message_id.is_not(None))
        query = select(t.answers).where(*shown).order_by(t.answers.c.message_id.desc()).limit(1)
        with self._read() as db:
            row = db.execute(query).first()
        return rows.remembered(row) if row else None

    # ---- what members say of them

    def vote(self, answer_id: str, user_id: int, up: bool, reason: str | None = None) -> None:
        """Count a member's vote; pressed twice it counts once, and the last one counts.

        A vote against without a reason keeps the reason of the one before.

        Raises:
            UnknownAnswer: the answer is not kept any more.
        """
        who = self._pseudonym(user_id)
        with self._write() as db:
            self._require(db, answer_id)
            earlier = (t.votes.c.answer_id == answer_id, t.votes.c.who == who)
            if not up and reason is None:
                reason = db.execute(select(t.votes.c.reason).where(*earlier, t.votes.c.up.is_(False))).scalar()
            db.execute(delete(t.votes).where(*earlier))
            row = {"answer_id": answer_id, "who": who, "up": up, "reason": reason, "at": _stamp(datetime.now(UTC))}
            db.execute(insert(t.votes).values(row))

    def report(self, answer_id: str, user_id: int, kind: str, text: str) -> bool:
        """Keep a report for the moderators; False if the same member reported the answer already.

        Args:
            kind: wrong, private or outdated.

        Raises:
            UnknownAnswer: the answer is not kept any more.
        """
        row = {"answer_id": answer_id, "who": self._pseudonym(user_id), "kind": kind, "text": text}
        try:
            with self._write() as db:
                self._require(db, answer_id)
                db.execute(insert(t.reports).values(row | {"at": _stamp(datetime.now(UTC))}))
        except IntegrityError:
            return False
        return True

    def feedback(self, guild_id: int | None, page: int, per_page: int = 5) -> FeedbackPage:
        """Gather what members said of answers in a server, or in direct messages; latest first, `page` from 0."""
        with self._read() as db:
            latest = rows.feedback_ids(db, guild_id)
            pages = max(1, -(-len(latest) // per_page))
            page = min(max(page, 0), pages - 1)
            ids = latest[page * per_page : (page + 1) * per_page]
            entries = rows.feedback_entries(db, ids)
            up, down, reports = rows.feedback_totals(db, guild_id)
        return FeedbackPage(entries, page, pages, len(latest), up, down, reports)

    def feedback_on(self, answer_id: str) -> FeedbackEntry | None:
        """Gather what members said of one answer; None if it is not kept."""
        with self._read() as db:
            if not rows.is_kept(db, answer_id):
                return None
            (entry,) = rows.feedback_entries(db, [answer_id])
            return entry

    # ---- settings

    def settings(self, guild_id: int | None) -> GuildSettings:
        """Return a server's settings, or the defaults for a new one and for direct messages."""
        with self._read() as db:
            return rows.guild_settings(db, guild_id)

    def change_settings(self, guild_id: int, change: Callable[[GuildSettings], GuildSettings]) -> GuildSettings:
        """Change what a server's settings are at this moment, whoever else is changing them; returns what holds then.

        What `change` raises comes through, and leaves them as they were.
        """
        with self._write() as db:
            settings = change(rows.guild_settings(db, guild_id))
            rows.put_settings(db, guild_id, settings)
        return settings

    def guilds(self) -> set[int]:
        """List the servers of which anything is kept."""
        with self._read() as db:
            return rows.guild_ids(db)

    # ---- forgetting

    def forget_user(self, user_id: int) -> int:
        """Erase what a member asked, and delete their votes and reports; returns the rows touched.

        The places of the claims stay, so that the buttons under answers that others read go on working.
        """
        with self._write() as db:
            touched = rows.forget_user(db, user_id, self._pseudonym(user_id))
        self._settle()
        return touched

    def forget_guild(self, guild_id: int) -> int:
        """Delete all that is kept of a server; returns the rows touched."""
        with self._write() as db:
            touched = rows.forget_guild(db, guild_id)
        self._settle()
        return touched

    def expire(self, now: datetime) -> int:
        """Erase questions, askers and what members wrote, where a server's retention is over.

        The places of the claims and the counts of votes stay, so that buttons go on working.

        Returns:
            How many rows were touched.
        """
        with self._read() as db:
            guilds = list(db.execute(select(t.answers.c.guild_id).distinct()).scalars())
        touched = 0
        for guild_id in guilds:
            cutoff = _stamp(now - timedelta(days=self.settings(guild_id).retention_days))
            with self._write() as db:
                touched += rows.expire_guild(db, guild_id, cutoff)
        if touched:
            self._settle()
        return touched

    # ---- inside

    def _pseudonym(self, user_id: int) -> str:
        return hmac.new(self._key, str(user_id).encode(), hashlib.sha256).hexdigest()[:HASH_CHARS]

    def _require(self, db: Connection, answer_id: str) -> None:
        if not rows.is_kept(db, answer_id):
            raise UnknownAnswer("the answer is not kept any more")

    def _settle(self) -> None:
        """Write what was erased into the file proper, so that it stands in no side file either."""
        with self._guard(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._guard(), self._engine.connect() as db:
            yield db

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._guard(), self._engine.connect() as db:
            db = db.execution_options(**WRITES)
            yield db
            db.commit()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise StateFault(
                f"{self._path}: this file cannot be used ({error.orig}); give write permission, set PURGEBOT_DATA, "
                "or move it away, and a new one is made"
            ) from error


def _stamp(moment: datetime) -> str:
    """Write a moment so that later ones sort behind: UTC, ISO, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
