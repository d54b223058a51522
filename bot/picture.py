"""Events -> a picture: a row a platform, a circle an event, sized by the number of accounts.

Drawn for a phone and Discord's dark theme. Everything is placed in pixels before it is drawn, so that no label
overlaps another; the words for those who cannot see it are in `bot/alt_text.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.alt_text import by_size, period_of, platforms_of, spell_accounts, spell_number
from bot.attribution import count
from bot.errors import NothingToDraw
from bot.escape import squeeze
from bot.placing import Circle, Placed, Wanted, stack
from bot.timescale import Tick, TimeScale, middle_day, scale_of, stretched_scale
from corpus.source import Event
from index.dates import spell_span

if TYPE_CHECKING:
    from bot.canvas import Canvas, Sheet

MARGIN, RIGHT, ROWS_LEFT = 36.0, 1044.0, 218.0
TITLE, TEXT, SMALL = 50.0, 34.0, 31.0
"""Sizes of type in pixels of a picture 1080 wide, which a phone shows at about a third."""
LINE = 1.3
"""Height of a line, in sizes of its type."""
TICK_GAP = 105.0
ROW_PAD, ROWS_REACH, ROW_REACH = 6.0, 600.0, 220.0
"""How far circles may lie from the middle of their rows: shared out among all rows, and in each at least."""
MOST_DRAWN = 120
LEGEND = (1, 100, 10_000, 1_000_000, 100_000_000)


@dataclass(frozen=True, slots=True)
class Style:
    """How large things are, in pixels: type on the rows, the smallest circle, what ten times as many accounts add.

    `named` is how many events are named below the picture, the largest first; `rows` how many rows there may be:
    the platforms with fewest events share the last.
    """

    type: float
    radius: float
    a_decade: float
    row_height: float
    named: int
    rows: int

    def radius_of(self, accounts: int | None) -> float:
        """Say how large the circle of an event is."""
        return self.radius + (self.a_decade * log10(accounts) if accounts else 0)


ROOMY = Style(type=SMALL, radius=26, a_decade=4, row_height=84, named=12, rows=10)
DENSE = Style(type=29, radius=22, a_decade=2, row_height=66, named=3, rows=5)
"""For many events: the 66 shipped ones fill a telephone's screen, some 19.5 to 9, and no more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on one row."""

    number: int
    event: Event
    place: Placed


@dataclass(frozen=True, slots=True)
class Lane:
    """What is drawn on one row: the events of a platform, or of all that share the last row."""

    name: str
    platforms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A lane's share of the picture; `marks` lie at their places in the whole picture."""

    name: tuple[str, ...]
    top: float
    bottom: float
    marks: tuple[Mark, ...]


def draw_timeline(events: Sequence[Event], target: Path | BinaryIO) -> None:
    """Draw events as a PNG, the same bytes for the same events.

    Args:
        events: by date, as `Library.timeline` lists them; their numbers in the picture are their places here.

    Raises:
        NothingToDraw: there is no event that has a place in time.
        OSError: the target cannot be written; nothing is written then.
    """
    drawn = BytesIO()
    paint_timeline(events).savefig(drawn, format="png", metadata={"Software": None})
    if isinstance(target, Path):
        target.write_bytes(drawn.getvalue())
    else:
        target.write(drawn.getvalue())


def paint_timeline(events: Sequence[Event]) -> "Sheet":
    """Draw events, see `draw_timeline`."""
    from bot.canvas import Canvas

    if not any(middle_day(event.date) is not None for event in events):
        raise NothingToDraw("no event fits, so there is nothing to draw; ask for another platform or time")
    style = style_of(len(events))
    scale = _scale(events, style)
    canvas = Canvas()
    top = _paint_title(canvas, events)
    named = by_size(events)[: style.named]
    labels = _labels(canvas, events, named, style)
    ticks = scale.ticks(TICK_GAP)
    above = SMALL * LINE * (2 if any(tick.year for tick in ticks) else 1)
    rows = _rows(canvas, events, scale, style, labels, top + above)
    _paint_time(canvas, ticks, rows)
    _paint_rows(canvas, rows, style)
    bottom = _paint_legend(canvas, events, style, rows[-1].bottom + (above if _is_tall(rows) else 0) + TEXT)
    bottom = _paint_names(canvas, events, named, bottom)
    _paint_note(canvas, _notes(events, rows, named, scale), bottom)
    return canvas.finish(MARGIN)


# ---- places


def _scale(events: Sequence[Event], style: Style) -> TimeScale:
    """Give all events their place in time; where they are many, none is left empty for long."""
    dates = [date for event in events for date in (event.date, event.date_end) if date]
    days = [day for date in dates if (day := middle_day(date)) is not None]
    largest = max(style.radius_of(event.accounts) for event in events)
    make = scale_of if style.named >= len(events) else stretched_scale
    return make(days, ROWS_LEFT + largest, RIGHT - largest)


def style_of(number: int) -> Style:
    """Choose how large things are drawn for so many events; the smallest circle holds the longest number."""
    style = ROOMY if number <= ROOMY.named else DENSE
    return replace(style, radius=max(style.radius, style.type * 0.35 * len(str(number)) + 5))


def _labels(canvas: "Canvas", events: Sequence[Event], named: Sequence[int], style: Style) -> dict[int, float]:
    """Measure the labels that tell how many accounts, by the number of the event."""
    known = {number: events[number - 1].accounts for number in named}
    return {number: canvas.width_of(spell_number(found), style.type) for number, found in known.items() if found}


def _lanes(events: Sequence[Event], most: int) -> list[Lane]:
    """Give each platform a row, those with most events first; where they are too many, the rest share the last."""
    names = [name for name, _ in platforms_of(events)]
    alone = names if len(names) <= most else names[: most - 1]
    lanes = [Lane(name, frozenset((name,))) for name in alone]
    rest = frozenset(names[len(alone) :])
    return [*lanes, Lane(f"{len(rest)} others", rest)] if rest else lanes


def _rows(
    canvas: "Canvas", events: Sequence[Event], scale: TimeScale, style: Style, labels: dict[int, float], top: float
) -> list[Row]:
    """Stack the rows, each as high as its circles and its name need."""
    dated = [number for number in by_size(events) if middle_day(events[number - 1].date) is not None]
    drawn = dated[:MOST_DRAWN]
    lanes = _lanes([events[number - 1] for number in drawn], style.rows)
    reach = max(ROW_REACH, ROWS_REACH / len(lanes))
    rows: list[Row] = []
    for lane in lanes:
        mine = [(number, events[number - 1]) for number in drawn if lane.platforms & set(events[number - 1].platforms)]
        wanted = [
            Wanted(_x(event, scale), style.radius_of(event.accounts), _length(event, scale),
                   labels.get(number, 0.0) if event.platforms[0] in lane.platforms else 0.0)
            for number, event in mine
        ]  # fmt: skip
        places = stack(wanted, style.type * LINE, (ROWS_LEFT, RIGHT + MARGIN / 2), reach)
        marks = [Mark(number, event, place) for (number, event), place in zip(mine, places, strict=True) if place]
        name = tuple(canvas.wrap(lane.name, ROWS_LEFT - MARGIN, style.type, 2))
        rows.append(_row(name, rows[-1].bottom if rows else top, marks, style))
    return rows


def _row(name: tuple[str, ...], top: float, marks: Sequence[Mark], style: Style) -> Row:
    high, low = min(mark.place.top for mark in marks), max(mark.place.bottom for mark in marks)
    height = max(style.row_height, low - high + 2 * ROW_PAD, len(name) * style.type * LINE + ROW_PAD)
    shift = top + height / 2 - (high + low) / 2
    moved = [replace(mark, place=mark.place.lowered(shift)) for mark in marks]
    return Row(name, top, top + height, tuple(moved))


def _x(event: Event, scale: TimeScale) -> float:
    return scale.x(middle_day(event.date) or 0)


def _length(event: Event, scale: TimeScale) -> float:
    end = middle_day(event.date_end) if event.date_end else None
    return max(0.0, scale.x(end) - _x(event, scale)) if end else 0.0


def _is_tall(rows: Sequence[Row]) -> bool:
    return rows[-1].bottom - rows[0].top > 700


# ---- paint


def _paint_title(canvas: "Canvas", events: Sequence[Event]) -> float:
    canvas.write(MARGIN, MARGIN, "Platform purges", TITLE, bold=True)
    top = MARGIN + TITLE * LINE
    platforms = platforms_of(events)
    on = platforms[0][0] if len(platforms) == 1 else f"{len(platforms)} platforms"
    for line in canvas.wrap(f"{count(len(events), 'event')} on {on}, {period_of(events)}", RIGHT - MARGIN, TEXT, 2):
        canvas.write(MARGIN, top, line, TEXT, muted=True)
        top += TEXT * LINE
    return top + TEXT / 2


def _paint_time(canvas: "Canvas", ticks: Sequence[Tick], rows: Sequence[Row]) -> None:
    first, last = rows[0].top, rows[-1].bottom
    for tick in ticks:
        canvas.rule(tick.x, first, tick.x, last)
        canvas.write(tick.x, first - 2 * SMALL * LINE, tick.year, SMALL, muted=True, align="center")
        canvas.write(tick.x, first - SMALL * LINE, tick.label, SMALL, muted=True, align="center")
        if _is_tall(rows):
            canvas.write(tick.x, last + SMALL * 0.3, tick.label, SMALL, muted=True, align="center")
            canvas.write(tick.x, last + SMALL * (LINE + 0.3), tick.year, SMALL, muted=True, align="center")


def _paint_rows(canvas: "Canvas", rows: Sequence[Row], style: Style) -> None:
    for place, row in enumerate(rows):
        if place % 2 == 0:
            canvas.band(MARGIN / 2, row.top, canvas.WIDTH - MARGIN / 2, row.bottom)
        top = (row.top + row.bottom - len(row.name) * style.type * LINE) / 2
        for number, line in enumerate(row.name):
            canvas.write(MARGIN, top + number * style.type * LINE, line, style.type)
    for one, other in _ties(rows):
        canvas.tie(one.place.circle.x, one.place.circle.y, other.place.circle.x, other.place.circle.y)
    for mark in (mark for row in rows for mark in row.marks):
        known = mark.event.accounts is not None
        canvas.span(mark.place.line, known=known)
        canvas.bubble(mark.place.circle, str(mark.number), style.type, known=known)
        if mark.place.label and mark.event.accounts:
            label = mark.place.label
            canvas.write(label.left, label.top, spell_number(mark.event.accounts), style.type, halo=True)


def _ties(rows: Sequence[Row]) -> list[tuple[Mark, Mark]]:
    """Pair the marks of one event on row after row."""
    places: dict[int, list[Mark]] = {}
    for row in rows:
        for mark in row.marks:
            places.setdefault(mark.number, []).append(mark)
    return [pair for marks in places.values() for pair in pairwise(marks)]


def _paint_legend(canvas: "Canvas", events: Sequence[Event], style: Style, top: float) -> float:
    """Show what the sizes mean."""
    known = [event.accounts for event in events if event.accounts]
    entries: list[tuple[int | None, str]] = [(sample, spell_number(sample)) for sample in _samples(known)]
    if entries:
        canvas.write(MARGIN, top - TEXT / 2, "Accounts concerned (logarithmic)", SMALL, muted=True)
        top += SMALL * LINE
    if len(known) < len(events):
        entries.append((None, "number not known"))
    half = style.radius_of(max((number or 1 for number, _ in entries), default=1))
    x, middle = MARGIN, top + half
    for number, text in entries:
        radius = style.radius_of(number)
        width = 2 * radius + 10 + canvas.width_of(text, SMALL)
        if x + width > RIGHT:
            x, middle = MARGIN, middle + half + style.radius + ROW_PAD
        canvas.bubble(Circle(x + radius, middle, radius), "", SMALL, known=number is not None)
        canvas.write(x + 2 * radius + 10, middle - SMALL * LINE / 2, text, SMALL)
        x += width + 24
    return middle + half + TEXT


def _samples(known: Sequence[int]) -> list[int]:
    """Choose the steps of the legend that lie around the known numbers."""
    if not known:
        return []
    low = max(step for step in LEGEND if step <= min(known))
    high = min((step for step in LEGEND if step >= max(known)), default=LEGEND[-1])
    steps = [step for step in LEGEND if low <= step <= max(high, low)]
    return steps if len(steps) < len(LEGEND) else steps[::2]


def _paint_names(canvas: "Canvas", events: Sequence[Event], named: Sequence[int], top: float) -> float:
    """Name events by their numbers: all, or the largest."""
    if len(named) < len(events):
        known = all(events[number - 1].accounts for number in named)
        canvas.write(MARGIN, top, "The largest" if known else "Some of them", TEXT, bold=True)
        top += TEXT * LINE * 1.2
    indent = MARGIN + canvas.width_of("0" * (len(str(len(events))) + 1), SMALL)
    for number in named if len(named) < len(events) else sorted(named):
        event = events[number - 1]
        canvas.write(MARGIN, top, str(number), SMALL, bold=True)
        canvas.write(indent, top, _facts(canvas, event, RIGHT - indent), SMALL, muted=True)
        top += SMALL * LINE
        for line in canvas.wrap(squeeze(event.title), RIGHT - indent, SMALL, 2):
            canvas.write(indent, top, line, SMALL)
            top += SMALL * LINE
        top += SMALL * 0.5
    return top


def _facts(canvas: "Canvas", event: Event, width: float) -> str:
    return canvas.wrap(f"{spell_span(event.date, event.date_end)} · {spell_accounts(event)}", width, SMALL, 1)[0]


def _notes(events: Sequence[Event], rows: Sequence[Row], named: Sequence[int], scale: TimeScale) -> str:
    """Say how the picture is to be read, and where the rest is to be found."""
    drawn = {mark.number for row in rows for mark in row.marks}
    notes = []
    if len(drawn) < len(events):
        notes.append(f"Too many to draw all: {len(drawn):,} of {len(events):,} events are shown.")
    if not scale.is_even:
        notes.append("Times with many events are drawn wider.")
    if len(named) < len(events):
        notes.append("The other numbers are those of the list beside this picture.")
    return " ".join(notes)


def _paint_note(canvas: "Canvas", notes: str, top: float) -> None:
    for line in canvas.wrap(notes, RIGHT - MARGIN, SMALL, 4):
        canvas.write(MARGIN, top, line, SMALL, muted=True)
        top += SMALL * LINE
