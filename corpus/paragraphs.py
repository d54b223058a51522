"""The printed lines of pages -> paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

HYPHEN = "\x02"
"""What stands at the end of a line that was broken at a hyphen."""
EDGE_LINES = 2
"""How many of a page's lines, at its top and at its foot, may be running heads; fewer on a page of fewer than eight."""
OTHER_SIZE = 0.15
WIDER_GAP = 0.35
SMALL_GAP = 0.6
TELLING_GAPS = 8
INDENT = 0.8
SAME_COLUMN = 3.0
"""In heights of a line, but for `TELLING_GAPS`. Calibrated as a set on pages of Chromium and TeX."""
BULLET = re.compile(r"[•‣◦▪●○■□–—*·-]\s|\(?\d{1,2}[.)]\s")
ENDED = re.compile(r"[.!?:…][”’\"')\]]*$")
SPLIT_WORD = re.compile(rf"(\S*?)([^\W\d_]+){HYPHEN} ?([^\W\d_]+)")
KEEP_HYPHEN = {"all", "anti", "co", "cross", "ex", "half", "high", "long", "low", "non", "pro", "self", "short", "well"}


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page, its box in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """The height of its letters."""
        return self.top - self.bottom


def join_lines(pages: Sequence[Sequence[Line]]) -> str:
    """Join the lines of pages to paragraphs, a blank line between them; running heads and feet are left out."""
    paragraphs: list[str] = []
    for page in without_running_heads(pages):
        before: Line | None = None  # the page before ended
        for lines in _paragraphs(page):
            text = " ".join(line.text for line in lines)
            moved_on = before is None or lines[0].bottom > before.top
            if paragraphs and moved_on and _runs_on(paragraphs[-1], text):
                paragraphs[-1] += f" {text}"
            else:
                paragraphs.append(text)
            before = lines[-1]
    return mend_hyphens("\n\n".join(paragraphs))


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out lines at the top or the foot that three pages have in the same place, or half of a few pages.

    Numbers in them may differ.
    """
    counted = Counter(key for page in pages for key in {_place(line) for line in _edges(page)})
    enough = min(3, max(2, (len(pages) + 1) // 2))
    kept = []
    for page in pages:
        running = {id(line) for line in _edges(page) if counted[_place(line)] >= enough}
        kept.append([line for line in page if id(line) not in running])
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.top)
    count = min(EDGE_LINES, len(page) // 4)
    return [*by_height[:count], *by_height[len(page) - count :]]


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.bottom)


def _paragraphs(page: Sequence[Line]) -> Iterator[list[Line]]:
    for block in _blocks(page):
        part = [block[0]]
        for before, after in pairwise(block):
            if _had_room(before, after, _right_edge(before, block, page)) or _is_indented(before, after):
                yield part
                part = []
            part.append(after)
        yield part


def _blocks(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Part lines where the page itself parts them: by a gap, another size, another column, the mark of a list."""
    if not page:
        return
    usual = _usual_gap(page)
    block = [page[0]]
    for before, after in pairwise(page):
        if not _belongs(before, after, usual):
            yield block
            block = []
        block.append(after)
    yield block


def _usual_gap(page: Sequence[Line]) -> float:
    """Estimate the gap between the lines of one paragraph; of few lines, each may be a paragraph of its own."""
    gaps = sorted(before.bottom - after.top for before, after in pairwise(page) if _follows(before, after))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    return usual if len(gaps) >= TELLING_GAPS else min(usual, SMALL_GAP * max(line.size for line in page))


def _belongs(before: Line, after: Line, usual_gap: float) -> bool:
    gap = before.bottom - after.top
    return not BULLET.match(after.text) and _follows(before, after) and gap <= usual_gap + WIDER_GAP * before.size


def _follows(before: Line, after: Line) -> bool:
    """Whether a line stands below another, in letters of the same size."""
    below = after.bottom < before.bottom - before.size / 2
    return below and abs(before.size - after.size) <= OTHER_SIZE * before.size


def _right_edge(line: Line, block: Sequence[Line], page: Sequence[Line]) -> float:
    column: Iterable[Line] = block
    if len(block) < 3:  # too few to tell where their column ends
        column = (one for one in page if abs(one.left - line.left) < SAME_COLUMN * line.size)
    return max((one.right for one in column), default=line.right)


def _had_room(before: Line, after: Line, edge: float) -> bool:
    """Whether the first word of a line would have fitted on the line before: then that one ended on purpose."""
    if before.text.endswith(HYPHEN):
        return False
    first = after.text.split(maxsplit=1)[0]
    width = (after.right - after.left) * len(first) / len(after.text)
    return before.right + 1.1 * width + before.size / 2 < edge


def _is_indented(before: Line, after: Line) -> bool:
    return INDENT * before.size < after.left - before.left < 4 * before.size and ENDED.search(before.text) is not None


def _runs_on(before: str, after: str) -> bool:
    return before.endswith(HYPHEN) or (after[:1].islower() and not ENDED.search(before))


def mend_hyphens(text: str) -> str:
    """Join words that were broken at the end of a line; a hyphen stays where the text itself writes one elsewhere."""
    known = Counter(re.findall(r"\w+(?:-\w+)*", SPLIT_WORD.sub(" ", text).lower()))

    def mend(match: re.Match[str]) -> str:
        before, first, second = match.groups()
        joined, apart = f"{first}{second}", f"{first}-{second}"
        if known[joined.lower()] != known[apart.lower()]:
            keep = known[apart.lower()] > known[joined.lower()]
        else:
            halves_are_words = known[first.lower()] > 0 and known[second.lower()] > 0
            keep = halves_are_words or first.lower() in KEEP_HYPHEN or "-" in before or not second.islower()
        return f"{before}{apart if keep else joined}"

    return SPLIT_WORD.sub(mend, text).replace(f"{HYPHEN} ", "-").replace(HYPHEN, "-")
