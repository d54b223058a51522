"""Claims -> pages: as many lines a page as fit, each page with the sources that it cites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.attribution import Line, source_line
from bot.limits import MESSAGE_UNITS, clip
from bot.render import Reply, page_fits, page_reply
from bot.wording import Group, Wording
from index.answer import CitedSource

GOES_ON = "[...]"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing, and the heading that it stands under.

    `passage` are words that stand on the pages of its sources; empty where we hold only a summary.
    """

    heading: str
    line: Line
    passage: str = ""


def cover(headline: str, *paragraphs: str, reasons: tuple[tuple[str, str], ...] = (), foot: str = "") -> Wording:
    """Word what stands above a listing; only the headline is repeated on every page."""
    told = tuple(paragraph for paragraph in paragraphs if paragraph)
    return Wording(headline, told, reasons, (), "", "", (), foot)


def paginate(head: Wording, entries: Iterable[Entry], sources: Sequence[CitedSource], *, embedded: bool) -> list[Reply]:
    """Lay entries out on pages; at least one page.

    Args:
        head: see `cover`.
        sources: all that the listing cites; a source's number is its place plus one, on every page.
        embedded: whether the pages will be shown as embeds, which hold more.
    """
    waiting = list(entries)
    pages: list[Wording] = []
    while waiting or not pages:
        page_head = head if not pages else replace(head, paragraphs=(), reasons=())
        taken = _fill(page_head, waiting, sources, embedded)
        if taken or not waiting:
            pages.append(_page(page_head, waiting[:taken], sources))
            waiting = waiting[taken:]
            continue
        page_head, waiting[0] = _shortened(page_head, waiting[0], embedded)
        cited = sources if _fits(_page(page_head, [_start(waiting[0], 1)], sources), embedded) else ()
        first, rest = _split(page_head, waiting[0], cited, embedded)
        pages.append(_page(page_head, [first], cited))
        waiting[:1] = [rest] if rest else []
    return [page_reply(_numbered(page, number, len(pages))) for number, page in enumerate(pages, start=1)]


def _fill(head: Wording, waiting: Sequence[Entry], sources: Sequence[CitedSource], embedded: bool) -> int:
    """Count the entries, from the first, that fit on a page; 0 where not even one does."""
    taken = 0
    while taken < len(waiting) and _fits(_page(head, waiting[: taken + 1], sources), embedded):
        taken += 1
    return taken


def _shortened(head: Wording, entry: Entry, embedded: bool) -> tuple[Wording, Entry]:
    """Clip what stands above an entry and whose words it is until some of the words fit, too."""
    most = MESSAGE_UNITS
    while most > 1 and not _fits(_page(head, [_start(entry, 1)], ()), embedded):
        most //= 2
        above = tuple(clip(one, most) for one in head.paragraphs)
        head = replace(head, headline=clip(head.headline, most), paragraphs=above)
        entry = replace(entry, line=replace(entry.line, lead=clip(entry.line.lead, most)))
    return head, entry


def _split(head: Wording, entry: Entry, sources: Sequence[CitedSource], embedded: bool) -> tuple[Entry, Entry | None]:
    """Cut an entry that is longer than a page, at a word's end; None for the rest if it fits but for its sources."""
    if _fits(_page(head, [entry], sources), embedded):
        return entry, None
    words = entry.line.words
    low, high = 1, len(words)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(_page(head, [_start(entry, middle)], sources), embedded) else (low, middle)
    least = len(GOES_ON) + 2  # fewer would be put back again with the next `GOES_ON`, without end
    cut = words.rfind(" ", least - 1, low) if " " in words[least - 1 : low] else max(low, least)
    if cut >= len(words):
        return _start(entry, len(words)), None
    rest = replace(entry.line, words=f"{GOES_ON} {words[cut:].strip()}")
    return _start(entry, cut), replace(entry, line=rest)


def _start(entry: Entry, chars: int) -> Entry:
    return replace(
        entry, line=replace(entry.line, words=f"{entry.line.words[:chars].rstrip()} {GOES_ON}", tail="", notes=())
    )


def _fits(page: Wording, embedded: bool) -> bool:
    return page_fits(_numbered(page, 999, 999), embedded=embedded)


def _page(head: Wording, entries: Sequence[Entry], sources: Sequence[CitedSource]) -> Wording:
    cited = sorted({number for entry in entries for number in entry.line.numbers})
    passages = {number: entry.passage for entry in reversed(entries) if entry.passage for number in entry.line.numbers}
    return replace(
        head,
        groups=tuple(
            Group(heading, "", tuple(entry.line for entry in group))
            for heading, group in groupby(entries, key=lambda entry: entry.heading)
        ),
        sources=tuple(
            source_line(number, sources[number - 1], passages.get(number, ""))
            for number in cited
            if number <= len(sources)
        ),
    )


def _numbered(page: Wording, number: int, pages: int) -> Wording:
    told = f"page {number} of {pages}" if pages > 1 else ""
    return replace(page, foot=" · ".join(part for part in (told, page.foot) if part))
