"""A question -> an answer, remembered, ready to be shown. Blocks: runs on the pool."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.desk import Desk, scope_of
from bot.errors import StateFault, explain
from bot.escape import escape
from bot.remembered import GuildSettings, Remembered
from bot.render import Reply, discord_reply, kept_in
from index.answer import Answer, Outcome
from index.question import QUESTION_CHARS, clean_question

log = logging.getLogger(__name__)
T = TypeVar("T")
EARLIER = 2
"""Questions that a follow-up goes on from."""
NAMED = 5
"""Channels that are named to a member who asked in another one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who asks it and where; `after` as in `Asks`.

    `parent_id` is that of a thread. `check_place` says that all
    will see the answer, and that nobody has looked yet whether it may stand there.
    """

    question: str
    guild_id: int | None
    channel_id: int
    asker_id: int
    after: str | None = None
    may_embed: bool = True
    parent_id: int | None = None
    check_place: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown to a question, and which buttons it offers; `answer_id` is None where nothing was remembered.

    `waiting` counts the claims behind "Show more". `nearest` is the event nearest to a question that was refused.
    """

    reply: Reply
    answer_id: str | None = None
    waiting: int = 0
    has_claims: bool = False
    has_events: bool = False
    nearest: str | None = None


async def answer_on(desk: Desk, asked: Asked) -> Told:
    """Answer on the pool; an error becomes what is told of it."""
    try:
        return await desk.work.run(answer, desk, asked)
    except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
        return Told(Reply(escape(explain(error))))


def answer(desk: Desk, asked: Asked) -> Told:
    """Answer a question and remember the answer.

    Raises:
        BadQuestion: see `clean_question`. Other errors are those of the library.
    """
    question = clean_question(asked.question)
    settings = _settings(desk, asked.guild_id)
    if asked.check_place and not settings.answers_in(asked.channel_id, asked.parent_id):
        return Told(Reply(elsewhere(settings)))
    wait = desk.rates.take(asked.guild_id, asked.asker_id, settings)
    if wait:
        return Told(Reply(wait.sentence))
    found = desk.asks(question, scope_of(asked.guild_id), asked.after)
    found = _mark_shown(found, kept_in(found, embedded=asked.may_embed))
    refused = found.outcome not in (Outcome.ANSWERED, Outcome.PARTIAL)
    return Told(
        reply=discord_reply(found),
        answer_id=_remember(desk, asked, found),
        waiting=0 if refused else sum(not claim.shown for claim in found.claims),
        has_claims=bool(found.claims) and not refused,
        has_events=any(claim.event_ids for claim in found.claims) and not refused,
        nearest=found.coverage.nearest_event if found.outcome is Outcome.NOT_IN_CORPUS else None,
    )


def elsewhere(settings: GuildSettings) -> str:
    """Say where a server's moderators let the bot answer."""
    more = " and others" if len(settings.channels) > NAMED else ""
    where = ", ".join(f"<#{one}>" for one in settings.channels[:NAMED])
    return f"In this server I answer in {where}{more}. Ask there, or use `/ask` with `only_me`."


async def note_shown(desk: Desk, told: Told, message_id: int) -> None:
    """Note which message shows an answer; where that fails, a reply to it is no follow-up, and that is all."""
    if told.answer_id:
        await or_else(desk, None, desk.state.attach, told.answer_id, message_id)


async def or_else(desk: Desk, default: T, function: Callable[..., T], *args: object) -> T:
    """Call what an answer can do without on the pool; a fault is logged, and the default stands in for it."""
    try:
        return await desk.work.run(function, *args)
    except Exception:
        log.exception("%s failed; the answer does without it", function.__qualname__)
        return default


def earlier(held: Remembered | None) -> str | None:
    """Say what a follow-up to an answer goes on from; None where it was erased or never kept.

    A follow-up to a follow-up needs the question before it too, which names the topic.
    """
    if held is None or not held.question:
        return None
    before = (held.after or "").split("\n")[-(EARLIER - 1) :]
    joined = "\n".join([*(part for part in before if part), held.question])
    return joined if len(joined) <= QUESTION_CHARS else held.question


def _settings(desk: Desk, guild_id: int | None) -> GuildSettings:
    try:
        return desk.state.settings(guild_id)
    except StateFault as error:
        log.error("no settings were read: %s", error)
        return GuildSettings()


def _mark_shown(found: Answer, kept: int) -> Answer:
    """Mark as waiting what finds no place in the reply, so that "Show more" shows it."""
    claims = tuple(replace(claim, shown=claim.shown and place < kept) for place, claim in enumerate(found.claims))
    return replace(found, claims=claims)


def _remember(desk: Desk, asked: Asked, found: Answer) -> str | None:
    """Remember an answer; one that cannot be remembered is shown without buttons."""
    try:
        return desk.state.remember(
            found,
            guild_id=asked.guild_id,
            channel_id=asked.channel_id,
            asker_id=asked.asker_id,
            after=asked.after,
        )
    except StateFault as error:
        log.error("an answer was not remembered: %s", error)
        return None
