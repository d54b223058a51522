"""Running text -> what stands in quotation marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import Span

DOUBLE = re.compile(r"[“”„«»\"]|``|''")
SINGLE_OPEN = re.compile(r"(?<![\w'’‘])['‘](?=[\w\[…])(?!\d0s|[Tt]is\b|[Ee]m\b)")
SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…\]])['’](?![\w'’])")
SHORT_WORDS = 6
"""Longest phrase in single marks that may close after a letter: beyond it that is a possessive."""

OPENS, CLOSES = {"“", "„", "«", "``"}, {"”", "»", "''"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between two marks, or between a mark and the end of its paragraph.

    `open:close` holds the marks as well. `continues`: the words go on from the paragraph before.
    """

    start: int
    end: int
    open: int
    close: int
    paragraph: int
    continues: bool = False


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Pair the quotation marks of each paragraph; in order, none inside another.

    A paragraph that opens marks and does not close them is a quotation to its end where the next one
    opens (or closes) marks at once, as long speeches are printed.
    """
    found: list[Quotation] = []
    carried = False
    for number, (low, high) in enumerate(paragraphs):
        after = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        pairs, left_open = _pair(text, low, high, carried)
        if not pairs and left_open is None:
            pairs = _pair_single(text, low, high)
        was_carried, carried = carried, left_open is not None and _goes_on(text, low, left_open, after)
        if left_open is not None and (carried or _opens_clause(text, low, left_open, high)):
            pairs.append((left_open, high, _mark_chars(text, left_open), 0))
        for first, last, opening_chars, closing_chars in pairs:
            start, end = first + opening_chars, last - closing_chars
            while start < end and text[start].isspace():
                start += 1
            while end > start and text[end - 1].isspace():
                end -= 1
            if start < end:
                found.append(Quotation(start, end, first, last, number, was_carried and first == low))
    return found


Pair = tuple[int, int, int, int]


def _mark_chars(text: str, at: int) -> int:
    return 2 if text[at : at + 2] in ("``", "''") else 1


def _pair(text: str, low: int, high: int, carried: bool) -> tuple[list[Pair], int | None]:
    """Pair double marks; give the place of one that stays open."""
    pairs: list[Pair] = []
    opened: int | None = None
    opened_chars = 1
    for match in DOUBLE.finditer(text, low, high):
        at, mark = match.start(), match[0]
        opens = mark in OPENS or (mark == '"' and _looks_open(text, at, low, high))
        if mark == '"' and opened is not None and opens:
            opens = not _looks_close(text, at, high)
        if mark == "”" and opened is None and _looks_open(text, at, low, high):
            opens = True
        if opens:
            opened, opened_chars = at, len(mark)
        elif opened is not None:
            pairs.append((opened, match.end(), opened_chars, len(mark)))
            opened = None
        elif carried and not pairs:
            pairs.append((low, match.end(), 0, len(mark)))
    return pairs, opened


def _looks_open(text: str, at: int, low: int, high: int) -> bool:
    before = text[at - 1] if at > low else " "
    after = text[at + 1] if at + 1 < high else " "
    return (before.isspace() or before in "([{—–-/:") and not after.isspace()


def _looks_close(text: str, at: int, high: int) -> bool:
    after = text[at + 1] if at + 1 < high else " "
    return after.isspace() or after in ".,;:!?)]—–-"


def _pair_single(text: str, low: int, high: int) -> list[Pair]:
    pairs: list[Pair] = []
    position = low
    while opening := SINGLE_OPEN.search(text, position, high):
        close = None
        for closing in SINGLE_CLOSE.finditer(text, opening.end(), high):
            ended = text[closing.start() - 1] in ".,!?…"
            if ended or text.count(" ", opening.end(), closing.start()) < SHORT_WORDS:
                close = closing
                break
        if close is None:
            break
        pairs.append((opening.start(), close.end(), 1, 1))
        position = close.end()
    return pairs


def _goes_on(text: str, low: int, opened: int, after: Span | None) -> bool:
    if after is None:
        return False
    if text[after[0]] in '“"«„' or text.startswith("``", after[0]):
        return True
    mark = DOUBLE.search(text, *after)
    return bool(mark) and mark is not None and (mark[0] in CLOSES or _closes_first(text, mark.start(), after))


def _closes_first(text: str, at: int, paragraph: Span) -> bool:
    return text[at] == '"' and not _looks_open(text, at, *paragraph) and _looks_close(text, at, paragraph[1])


def _opens_clause(text: str, low: int, opened: int, high: int) -> bool:
    """Whether a mark that nothing closes still opens a speech: at the start, or after a comma or colon."""
    if text[opened] == '"' and opened > low and text[:opened].rstrip()[-1:] not in ",:":
        return False
    lead = text[low:opened].rstrip()[-1:]
    return high - opened > 20 and (not lead or lead in ",:")
