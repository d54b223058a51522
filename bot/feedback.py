"""What members said of answers -> pages for moderators, with each answer as it was. Blocks: runs on the pool."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.attribution import Line, count, line_for
from bot.desk import Desk
from bot.errors import UnknownAnswer
from bot.escape import escape, reveal, squeeze
from bot.limits import MENU_UNITS, MESSAGE_UNITS, chunks, clip, units
from bot.listings import Wanted
from bot.pages import Entry, cover, paginate
from bot.remembered import ClaimId, FeedbackEntry, FeedbackPage, Remembered, digest_of
from bot.render import PAGE_UNITS, Reply
from bot.wording import HEADINGS
from index.answer import CitedSource, Outcome
from index.dates import spell_date
from index.recall import Recalled

PER_PAGE = 5
ERASED = "question erased"
LEVELS = ((150, 3, 200), (100, 2, 90), (80, 1, 60), (60, 0, 0))
"""Units of a question, how many reasons and reports, units of each: the first that fits is taken."""
OUTCOMES = {
    Outcome.ANSWERED: "answered",
    Outcome.PARTIAL: "answered in part",
    Outcome.NOT_IN_CORPUS: "refused: not in the sources",
    Outcome.OFF_TOPIC: "refused: no question for me",
    Outcome.UNSUPPORTED_LANGUAGE: "refused: a language that I cannot read",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of feedback: the text, and for the menu each answer's id with its label."""

    reply: Reply
    page: int
    pages: int
    choices: tuple[tuple[str, str], ...]


def overview(desk: Desk, guild_id: int, page: int) -> Overview:
    """Lay out one page, counted from 0, of what a server's members said."""
    found = desk.state.feedback(guild_id, page, PER_PAGE)
    first = found.page * PER_PAGE + 1
    choices = tuple(
        (entry.answer.id, clip(f"{number}. {reveal(squeeze(entry.answer.question or ERASED))}", MENU_UNITS))
        for number, entry in enumerate(found.entries, first)
    )
    reply = Reply(_fitting(found, first, MESSAGE_UNITS), _fitting(found, first, PAGE_UNITS))
    return Overview(reply, found.page, found.pages, choices)


def answer_pages(desk: Desk, guild_id: int, wanted: Wanted) -> list[Reply]:
    """Lay out all that was said of one answer and the answer as it was, with what has changed since.

    Args:
        wanted: `key` is the answer's id.

    Raises:
        UnknownAnswer: the answer is not kept any more, or is another server's.
    """
    entry = desk.state.feedback_on(wanted.key)
    if entry is None or entry.answer.guild_id != guild_id:
        raise UnknownAnswer("the answer is not kept any more")
    held = entry.answer
    found = desk.shelf.recall(held.claims, wanted.scope)
    same = [one if _is_same(one, place) else None for one, place in zip(found.recalled, held.claims, strict=True)]
    gone = sum(one is None for one in found.recalled)
    changed = sum(one is None for one in same) - gone
    entries = [*_said(entry), *_shown(same, held.claims, found.sources)]
    now = desk.shelf.status(wanted.scope).revision
    head = cover(
        held.question or f"({ERASED})",
        _circumstances(entry),
        _since(held, gone, changed),
        foot=f"state of the sources: change {held.revision} then, {now} now",
    )
    return paginate(head, entries, found.sources, embedded=wanted.embedded)


def _is_same(one: Recalled | None, place: ClaimId) -> bool:
    return one is not None and digest_of(one.claim.text) == place.digest


def _shown(
    same: Sequence[Recalled | None], places: Sequence[ClaimId], sources: Sequence[CitedSource]
) -> Iterator[Entry]:
    """Give back an answer's claims in their order, those behind "Show more" under a heading of their own."""
    for shown, heading in ((True, "{}"), (False, "{} (behind “Show more”)")):
        for one, place in zip(same, places, strict=True):
            if one and place.shown is shown:
                yield Entry(heading.format(HEADINGS[one.claim.voice]), line_for(one.claim, sources))


def _said(entry: FeedbackEntry) -> Iterator[Entry]:
    for report in entry.reports:
        text = squeeze(report.text) or "(nothing more was written)"
        yield Entry(
            "What members said", Line(f"Reported as {report.kind}, {spell_date(report.at[:10])}:", text, "", (), 0)
        )
    for reason in entry.reasons:
        yield Entry("What members said", Line("Against it:", squeeze(reason), "", (), 0))


def _circumstances(entry: FeedbackEntry) -> str:
    held = entry.answer
    after = f" · after: {clip(squeeze(held.after), 100)}" if held.after else ""
    return f"{OUTCOMES[Outcome(held.outcome)]}, {spell_date(held.at[:10])} · {_votes(entry)}{after}"


def _since(held: Remembered, gone: int, changed: int) -> str:
    if not held.claims:
        return "It showed no statement."
    if not gone and not changed:
        return (
            f"All {count(len(held.claims), 'statement')} are as they were."
            if len(held.claims) > 1
            else "It is as it was."
        )
    parts = []
    if gone:
        parts.append(f"{gone} {'is' if gone == 1 else 'are'} not there any more")
    if changed:
        parts.append(f"{changed} {'has' if changed == 1 else 'have'} other words now")
    return f"Changed since: of {count(len(held.claims), 'statement')}, {' and '.join(parts)}."


def _votes(entry: FeedbackEntry) -> str:
    reports = f" · 🚩 {len(entry.reports)}" if entry.reports else ""
    return f"👍 {entry.up} · 👎 {entry.down}{reports}"


def _fitting(found: FeedbackPage, first: int, most: int) -> str:
    """Write a page with as much of what was said as fits."""
    texts = ["\n".join(_lines(found, first, *level)) for level in LEVELS]
    fitting = next((text for text in texts if units(text) <= most), None)
    return fitting or next(chunks(texts[-1].split("\n"), most))


def _lines(found: FeedbackPage, first: int, question: int, most: int, said: int) -> Iterator[str]:
    if not found.total:
        yield "**Feedback**\nNobody has voted on an answer or reported one yet."
        return
    totals = f"👍 {found.up} · 👎 {found.down} · 🚩 {count(found.reports, 'report')}"
    yield f"**Feedback on {count(found.total, 'answer')}** · {totals}"
    for number, entry in enumerate(found.entries, first):
        held = entry.answer
        asked = escape(clip(squeeze(held.question), question)) if held.question else f"*{ERASED}*"
        yield f"\n**{number}.** {asked}\n-# {_votes(entry)} · {spell_date(held.at[:10])}{_link(held)}"
        told = [f"🚩 {report.kind}{f': {report.text}' if report.text else ''}" for report in entry.reports]
        told += [f"👎 {reason}" for reason in entry.reasons]
        yield from (f"- {escape(clip(squeeze(one), said))}" for one in told[:most])
        if most and len(told) > most:
            yield f"- and {len(told) - most} more"


def _link(held: Remembered) -> str:
    if held.message_id is None:
        return ""
    return f" · [message](https://discord.com/channels/{held.guild_id}/{held.channel_id}/{held.message_id})"
