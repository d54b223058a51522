"""Rows of the bot's own database -> what it keeps; the statements that erase and delete."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update, case, delete, func, insert, or_, select, update

from bot import state_schema as t
from bot.pending import Pending
from bot.remembered import ClaimId, FeedbackEntry, GuildSettings, Remembered, Report


def remembered(row: Any) -> Remembered:
    """Put an answer together from its row."""
    values = dict(row._mapping)
    values["claims"] = tuple(ClaimId(**claim) for claim in values["claims"])
    return Remembered(**values)


def is_kept(db: Connection, answer_id: str) -> bool:
    """Say whether an answer is kept."""
    return db.execute(select(t.answers.c.id).where(t.answers.c.id == answer_id)).first() is not None


def attach_message(db: Connection, answer_id: str, message_id: int, channel_id: int) -> None:
    """Note which message shows an answer, and in which channel or thread it came to stand, unless that is 0."""
    moved = {"channel_id": channel_id} if channel_id else {}
    db.execute(update(t.answers).where(t.answers.c.id == answer_id).values(message_id=message_id, **moved))


def feedback_ids(db: Connection, guild_id: int | None) -> list[str]:
    """List the answers of a server that have a vote or a report, the one spoken of last first."""
    said = select(t.votes.c.answer_id, t.votes.c.at).union_all(select(t.reports.c.answer_id, t.reports.c.at)).subquery()
    query = (
        select(said.c.answer_id)
        .join(t.answers, t.answers.c.id == said.c.answer_id)
        .where(t.answers.c.guild_id == guild_id)
        .group_by(said.c.answer_id)
        .order_by(func.max(said.c.at).desc(), said.c.answer_id)
    )
    return list(db.execute(query).scalars())


def feedback_entries(db: Connection, ids: Sequence[str]) -> tuple[FeedbackEntry, ...]:
    """Gather what was said of some answers, in the order given."""
    rows = db.execute(select(t.answers).where(t.answers.c.id.in_(ids)))
    answers = {row.id: remembered(row) for row in rows}
    votes = db.execute(select(t.votes).where(t.votes.c.answer_id.in_(ids)).order_by(t.votes.c.at)).all()
    reports = db.execute(select(t.reports).where(t.reports.c.answer_id.in_(ids)).order_by(t.reports.c.at)).all()
    return tuple(
        FeedbackEntry(
            answer=answers[one],
            up=sum(vote.answer_id == one and vote.up for vote in votes),
            down=sum(vote.answer_id == one and not vote.up for vote in votes),
            reasons=tuple(vote.reason for vote in votes if vote.answer_id == one and vote.reason),
            reports=tuple(Report(row.kind, row.text, row.at) for row in reports if row.answer_id == one),
        )
        for one in ids
    )


def feedback_totals(db: Connection, guild_id: int | None) -> tuple[int, int, int]:
    """Count a server's votes for and against, and its reports."""
    inside = _answers_of(guild_id)
    ups = func.coalesce(func.sum(case((t.votes.c.up, 1), else_=0)), 0)
    up, votes = db.execute(select(ups, func.count()).where(t.votes.c.answer_id.in_(inside))).one()
    reports = db.execute(select(func.count()).select_from(t.reports).where(t.reports.c.answer_id.in_(inside)))
    return int(up), int(votes - up), int(reports.scalar_one())


def guild_settings(db: Connection, guild_id: int | None) -> GuildSettings:
    """Read a server's settings, or the defaults; what another version kept and this one does not know is left out."""
    held = db.execute(select(t.guilds.c.settings).where(t.guilds.c.id == guild_id)).scalar() or {}
    known = {field.name for field in fields(GuildSettings)} & held.keys()
    values: dict[str, Any] = {name: tuple(held[name]) if isinstance(held[name], list) else held[name] for name in known}
    return GuildSettings(**values)


def put_settings(db: Connection, guild_id: int, settings: GuildSettings) -> None:
    """Keep a server's settings in place of those it had."""
    db.execute(delete(t.guilds).where(t.guilds.c.id == guild_id))
    db.execute(insert(t.guilds).values(id=guild_id, settings=asdict(settings)))


def guild_ids(db: Connection) -> set[int]:
    """List the servers of which anything is kept."""
    return {row[0] for row in db.execute(select(t.answers.c.guild_id).union(select(t.guilds.c.id))) if row[0]}


def forget_answers(db: Connection, ids: "Select[Any]") -> int:
    """Delete answers with their votes and reports."""
    touched = touch(db, delete(t.votes).where(t.votes.c.answer_id.in_(ids)))
    touched += touch(db, delete(t.reports).where(t.reports.c.answer_id.in_(ids)))
    return touched + touch(db, delete(t.answers).where(t.answers.c.id.in_(ids)))


def forget_guild(db: Connection, guild_id: int) -> int:
    """Delete all that is kept of a server."""
    touched = forget_answers(db, _answers_of(guild_id))
    touched += touch(db, delete(t.pending).where(t.pending.c.guild_id == guild_id))
    return touched + touch(db, delete(t.guilds).where(t.guilds.c.id == guild_id))


def forget_user(db: Connection, user_id: int, who: str) -> int:
    """Erase what a member asked, and delete what they said of answers."""
    touched = touch(db, _erasure().where(t.answers.c.asker_id == user_id))
    touched += touch(db, delete(t.votes).where(t.votes.c.who == who))
    touched += touch(db, delete(t.pending).where(t.pending.c.asker_id == user_id))
    return touched + touch(db, delete(t.reports).where(t.reports.c.who == who))


def expire_guild(db: Connection, guild_id: int | None, cutoff: str) -> int:
    """Erase what members wrote before a moment; votes and reports go on counting."""
    inside = _answers_of(guild_id)
    columns = t.answers.c
    held = or_(columns.question.is_not(None), columns.asker_id.is_not(None), columns.after.is_not(None))
    touched = touch(db, _erasure().where(columns.guild_id == guild_id, columns.at < cutoff, held))
    reasons = update(t.votes).where(t.votes.c.answer_id.in_(inside), t.votes.c.at < cutoff, t.votes.c.reason != "")
    touched += touch(db, reasons.values(reason=None))
    texts = update(t.reports).where(t.reports.c.answer_id.in_(inside), t.reports.c.at < cutoff, t.reports.c.text != "")
    return touched + touch(db, texts.values(text=""))


def take_question(db: Connection, asked: Pending, run: str) -> bool:
    """Note a question for one run of the program; False if it was noted before."""
    values = {field.name: getattr(asked, field.name) for field in fields(asked) if field.name != "again"}
    return touch(db, insert(t.pending).prefix_with("OR IGNORE").values(values | {"run": run})) == 1


def settle_question(db: Connection, question_id: int) -> int:
    """Erase a question that needs no answer any more; its id stays for a while."""
    settled = update(t.pending).where(t.pending.c.id == question_id)
    return touch(db, settled.values(asker_id=None, question=None, after=None, token=None, run=""))


def claim_left_over(db: Connection, run: str, cutoff: float) -> list[Pending]:
    """Hand the questions that nobody works on to a run, oldest first, and delete settled ones from before `cutoff`."""
    open_ones = (t.pending.c.question.is_not(None), t.pending.c.run != run)
    found = [_pending(row) for row in db.execute(select(t.pending).where(*open_ones).order_by(t.pending.c.at))]
    touch(db, update(t.pending).where(*open_ones).values(run=run))
    touch(db, delete(t.pending).where(t.pending.c.question.is_(None), t.pending.c.at < cutoff))
    return found


def touch(db: Connection, statement: "Update | Delete | Insert") -> int:
    """Run a statement; returns the rows touched."""
    return db.execute(statement).rowcount


def _pending(row: Any) -> Pending:
    values = dict(row._mapping)
    del values["run"]
    return Pending(**values, again=True)


def _erasure() -> Update:
    return update(t.answers).values(asker_id=None, question=None, after=None)


def _answers_of(guild_id: int | None) -> "Select[Any]":
    return select(t.answers.c.id).where(t.answers.c.guild_id == guild_id)
