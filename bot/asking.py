"""A question -> an answer, remembered, ready to be shown. Blocks: runs on the pool."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.desk import Desk, scope_of
from bot.errors import Busy, StateFault, explain
from bot.escape import escape
from bot.listening import Heard
from bot.pending import Pending
from bot.question_log import note_answer, note_arrival, note_refusal
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
BUSY_S = 60
BUSY = "I am answering many questions right now and cannot take yours. Please ask again <t:{until}:R>."
"""In Discord's markup, so that the time shows in the reader's own zone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, who asks it and where; `after` as in `Asks`.

    `parent_id` is that of a thread. `check_place` says that all
    will see the answer, and that nobody has looked yet whether it may stand there; `counted`
    that it counts in the limits already.
    """

    question: str
    guild_id: int | None
    channel_id: int
    asker_id: int
    after: str | None = None
    may_embed: bool = True
    parent_id: int | None = None
    check_place: bool = False
    counted: bool = False


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
    note_arrival(desk.metrics, asked.guild_id, asked.channel_id)
    try:
        return await desk.work.run(answer, desk, asked)
    except Busy:
        note_refusal(desk.metrics, None)
        return Told(Reply(BUSY.format(until=int(time.time()) + BUSY_S)))
    except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
        return Told(Reply(escape(explain(error))))


def answer(desk: Desk, asked: Asked) -> Told:
    """Answer a question and remember the answer.

    Raises:
        BadQuestion: see `clean_question`. Other errors are those of the library.
    """
    question = clean_question(asked.question)
    settings = settings_of(desk, asked.guild_id)
    if asked.check_place and not settings.answers_in(asked.channel_id, asked.parent_id):
        return Told(Reply(elsewhere(settings)))
    wait = None if asked.counted else desk.rates.take(asked.guild_id, asked.asker_id, settings)
    if wait:
        note_refusal(desk.metrics, wait)
        return Told(Reply(wait.sentence))
    found = desk.asks(question, scope_of(asked.guild_id), asked.after)
    note_answer(desk.metrics, found)
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


def settings_of(desk: Desk, guild_id: int | None) -> GuildSettings:
    """Read a server's settings; a fault of the bot's own notes stops no answer."""
    try:
        return desk.state.settings(guild_id)
    except StateFault as error:
        log.error("no settings were read: %s", error)
        return GuildSettings()


def elsewhere(settings: GuildSettings) -> str:
    """Say where a server's moderators let the bot answer."""
    more = " and others" if len(settings.channels) > NAMED else ""
    where = ", ".join(f"<#{one}>" for one in settings.channels[:NAMED])
    return f"In this server I answer in {where}{more}. Ask there, or set `only_me`, and I answer you alone."


def take_in(desk: Desk, asked: Pending, heard: Heard | None = None) -> Pending | None:
    """Keep a question until it is answered; a fault of the bot's own notes stops no answer.

    Args:
        heard: the message that asks it, if one does.

    Returns:
        The question with what the server's settings and earlier answers add to it. None where the moderators let
        the bot not answer it, or it was taken before: some events come twice.
    """
    if heard is not None:
        settings = settings_of(desk, asked.guild_id)
        if not heard.is_welcome(settings):
            return None
        after = earlier(_or_none(partial(_replied_to, desk, heard)))
        asked = replace(asked, after=after, in_thread=settings.in_thread and bool(asked.question))
    return None if _or_none(partial(desk.state.take, asked)) is False else asked


def earlier(held: Remembered | None) -> str | None:
    """Say what a follow-up to an answer goes on from; None where it was erased or never kept.

    A follow-up to a follow-up needs the question before it too, which names the topic.
    """
    if held is None or not held.question:
        return None
    before = (held.after or "").split("\n")[-(EARLIER - 1) :]
    joined = "\n".join([*(part for part in before if part), held.question])
    return joined if len(joined) <= QUESTION_CHARS else held.question


def _replied_to(desk: Desk, heard: Heard) -> Remembered | None:
    held = desk.state.recall_message(heard.replied_to) if heard.replied_to else None
    return held or (desk.state.latest_in(heard.own_thread) if heard.own_thread else None)


def _or_none(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except StateFault as error:
        log.error("the answer does without the bot's notes: %s", error)
        return None


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
