"""Events -> words: the text form of the timeline, for screen readers and as a picture's alternative text."""

from collections import Counter
from collections.abc import Sequence

from bot.attribution import count
from bot.escape import squeeze
from bot.limits import ALT_CHARS
from corpus.source import Event
from index.dates import spell_date, spell_span

TITLE_CHARS = 160
NAME_CHARS = 40
PLATFORMS = 6
MILLION = 1_000_000


def describe_timeline(events: Sequence[Event]) -> str:
    """Sum up a timeline: how many events, when, on which platforms, which were the largest.

    Returns:
        Plain text of at most 1,024 characters. Numbers in front of titles are those of the picture and the list.
    """
    if not events:
        return "No event fits."
    text = f"{_opening(events)}{_platforms(events)}"
    largest = [number for number in by_size(events) if events[number - 1].accounts is not None]
    if len(events) == 1:
        return f"{text} {_told(1, events[0])}."
    if not largest:
        return f"{text} No number of accounts is known."
    text += f" The number of accounts is known for {len(largest)} of them; the largest:"
    told = 0
    for number in largest:
        longer = f"{text}{';' if told else ''} {_told(number, events[number - 1])}"
        if len(longer) + 1 > ALT_CHARS:
            break
        text, told = longer, told + 1
    return f"{text}."


def by_size(events: Sequence[Event]) -> list[int]:
    """Number events from 1 in the order given, the largest first, then those of unknown size."""
    return sorted(range(1, len(events) + 1), key=lambda number: (-(events[number - 1].accounts or 0), number))


def spell_accounts(event: Event) -> str:
    """Spell how many accounts an event concerned: `80 accounts`, `11.1 million accounts`, `559 pages`."""
    if event.accounts is None:
        return "number not known"
    unit = event.accounts_unit or ("account" if event.accounts == 1 else "accounts")
    return f"{spell_number(event.accounts)} {unit}"


def spell_number(number: int) -> str:
    """Spell a number for a picture: `80`, `62,000`, `11.1 million`."""
    if number < MILLION:
        return f"{number:,}"
    return f"{number / MILLION:,.1f}".removesuffix(".0") + " million"


def period_of(events: Sequence[Event]) -> str:
    """Spell the time from the first event to the end of the last."""
    return spell_span(min(event.date for event in events), max(event.date_end or event.date for event in events))


def platforms_of(events: Sequence[Event]) -> list[tuple[str, int]]:
    """List the platforms with the number of their events, those with most first."""
    found = Counter(platform for event in events for platform in dict.fromkeys(event.platforms))
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


def _opening(events: Sequence[Event]) -> str:
    return f"Timeline of {count(len(events), 'platform purge')}, {period_of(events)}, "


def _platforms(events: Sequence[Event]) -> str:
    found = platforms_of(events)
    if len(found) == 1:
        return f"on {_cut(found[0][0], NAME_CHARS)}."
    named = ", ".join(f"{_cut(name, NAME_CHARS)} ({number})" for name, number in found[:PLATFORMS])
    more = f" and {len(found) - PLATFORMS} more" if len(found) > PLATFORMS else ""
    return f"on {len(found)} platforms: {named}{more}."


def _told(number: int, event: Event) -> str:
    return f"{number}. {_cut(event.title)} ({spell_accounts(event)}, {spell_date(event.date)})"


def _cut(text: str, most: int = TITLE_CHARS) -> str:
    text = squeeze(text)
    return text if len(text) <= most else f"{text[: most - 4].rstrip()} ..."
