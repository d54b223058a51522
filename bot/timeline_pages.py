"""Events -> a timeline: the picture with its words, and the list in pages. Blocks: runs on the pool."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from bot.alt_text import describe_timeline, spell_accounts
from bot.attribution import count, listed
from bot.desk import Desk
from bot.errors import NothingToDraw, UnknownAnswer
from bot.escape import escape, reveal
from bot.limits import ALT_CHARS, MESSAGE_UNITS, chunks, clip
from bot.listings import Wanted, standing
from bot.render import PAGE_UNITS, Reply
from corpus.source import Event
from index.dates import spell_span

TITLE_UNITS = 160
HEAD_UNITS = 300
SEPARATOR = "|"
PLATFORMS = 3
AROUND = 5
"""Events shown before and after those that an answer concerns."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a timeline as PNG, and its words for those who cannot see it."""

    png: bytes
    described: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Events by date, what they have in common, and the ids of those that an answer concerned."""

    events: tuple[Event, ...]
    title: str
    concerned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Timeline:
    """A way to choose events for a timeline."""

    choose: Callable[[Desk, Wanted], Chosen]

    def picture(self, desk: Desk, wanted: Wanted) -> Picture:
        """Draw the events.

        Raises:
            NothingToDraw: no event fits.
        """
        from bot.picture import draw_timeline

        events = self.choose(desk, wanted).events
        drawn = BytesIO()
        draw_timeline(events, drawn)
        return Picture(drawn.getvalue(), clip(reveal(describe_timeline(events)), ALT_CHARS))

    def pages(self, desk: Desk, wanted: Wanted) -> list[Reply]:
        """List the events by the numbers that they have in the picture.

        Raises:
            NothingToDraw: no event fits.
        """
        chosen = self.choose(desk, wanted)
        if not chosen.events:
            raise NothingToDraw("no event fits")
        most = (PAGE_UNITS if wanted.embedded else MESSAGE_UNITS) - HEAD_UNITS
        lists = list(chunks((_line(number, event, chosen) for number, event in enumerate(chosen.events, 1)), most))
        head = f"**{escape(clip(chosen.title, TITLE_UNITS))}**"
        return [_page(f"{head}\n{text}", number, len(lists)) for number, text in enumerate(lists, 1)]


def key_of(platform: str | None, first: str | None, last: str | None) -> str:
    """Write what a timeline was asked for as a key; dates as `Shelf.timeline` takes them."""
    return SEPARATOR.join((platform or "", first or "", last or ""))


def _asked_for(desk: Desk, wanted: Wanted) -> Chosen:
    """Choose the events that fit a key."""
    platform, first, last = ([part or None for part in wanted.key.split(SEPARATOR)] + [None] * 3)[:3]
    events = desk.shelf.timeline(wanted.scope, platform, first, last)
    where = f" on {platform}" if platform else ""
    return Chosen(tuple(events), f"{count(len(events), 'purge')}{where}")


def _around(desk: Desk, wanted: Wanted) -> Chosen:
    """Choose the events on the platforms that an answer concerned.

    Raises:
        UnknownAnswer: the answer is not kept any more.
    """
    held = desk.state.recall(wanted.key)
    if held is None:
        raise UnknownAnswer("the answer is not kept any more")
    found, _gone = standing(desk, held.claims, wanted.scope)
    concerned = frozenset(event_id for one in found.recalled if one for event_id in one.claim.event_ids)
    events = desk.shelf.timeline(wanted.scope)
    platforms = {name for event in events if event.id in concerned for name in event.platforms}
    near = _nearest([event for event in events if platforms & set(event.platforms)], concerned)
    title = (
        f"What happened on {listed(sorted(platforms), PLATFORMS)} about that time; this answer concerns what is bold"
    )
    return Chosen(near, title, concerned)


def _nearest(events: Sequence[Event], concerned: frozenset[str]) -> tuple[Event, ...]:
    """Keep the events that are concerned, those between them, and some before and after, as far as a page goes."""
    places = [place for place, event in enumerate(events) if event.id in concerned]
    if not places:
        return ()
    if places[-1] - places[0] > AROUND:
        return tuple(events[place] for place in places)
    return tuple(events[max(0, places[0] - AROUND) : places[-1] + AROUND + 1])


def _line(number: int, event: Event, chosen: Chosen) -> str:
    title = escape(clip(event.title, TITLE_UNITS))
    facts = (spell_span(event.date, event.date_end or event.date), ", ".join(event.platforms), spell_accounts(event))
    told = f"**{title}**" if event.id in chosen.concerned else title
    return f"`{number}` {told}\n-# {escape(' · '.join(facts))}"


def _page(text: str, number: int, pages: int) -> Reply:
    foot = f"page {number} of {pages}" if pages > 1 else ""
    return Reply(f"{text}\n-# {foot}" if foot else text, text, foot)


TIMELINES = {"timeline": Timeline(_asked_for), "concerned": Timeline(_around)}
"""By the name that a button's id carries: its key is that of `key_of`, or an answer's id."""
