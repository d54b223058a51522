"""Running text -> paragraphs and sentences, as character spans."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sentencex

Span = tuple[int, int]

WRAPPED_LINE = range(50, 101)
"""Length of the lines of text that was broken by hand or by a mail program, in characters."""

BREAK = re.compile(r"\n\s*")
ENDED = re.compile(r"[.!?:;…][\"'”’»)\]*_]*$")
OPENS_LOWER = re.compile(r"[a-z]")
CLOSERS = "\"'”’»)]*_"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set: its paragraphs, and the usual number of newlines between them."""

    paragraphs: tuple[Span, ...]
    usual_gap: int


def read_layout(text: str) -> Layout:
    """Find the paragraphs of a text.

    A newline parts paragraphs, except inside text that is wrapped by hand and where a sentence plainly runs on.
    """
    breaks = [match for match in BREAK.finditer(text) if match.end() < len(text)]
    wrapped = _is_wrapped(text)
    paragraphs: list[Span] = []
    gaps: Counter[int] = Counter()
    begin = len(text) - len(text.lstrip())
    for match in breaks:
        if match.start() <= begin:
            continue
        newlines = match[0].count("\n")
        if _runs_on(text, begin, match, newlines, wrapped):
            continue
        gaps[newlines] += 1
        paragraphs.append(_trim(text, begin, match.start()))
        begin = match.end()
    if begin < len(text):
        paragraphs.append(_trim(text, begin, len(text)))
    usual = max(gaps, key=lambda gap: (gaps[gap], -gap), default=2)
    return Layout(tuple(paragraphs), usual)


def _is_wrapped(text: str) -> bool:
    lines = text.split("\n")
    if max(map(len, lines)) > WRAPPED_LINE.stop + 10:
        return False
    inner = [line for line, after in pairwise(lines) if line.strip() and after.strip()]
    full = sum(len(line) in WRAPPED_LINE for line in inner)
    ended = sum(ENDED.search(line.rstrip()) is not None for line in inner)
    return len(inner) >= 3 and full > 0.7 * len(inner) and ended < 0.5 * len(inner)


def _runs_on(text: str, begin: int, match: re.Match[str], newlines: int, wrapped: bool) -> bool:
    if newlines == 1 and wrapped:
        return True
    tail = text[max(begin, match.start() - 8) : match.start()]
    return bool(
        OPENS_LOWER.match(text, match.end())
        and not ENDED.search(tail)
        and match.start() - text.rfind("\n", 0, match.start()) > 30
    )


def sentences(text: str, paragraphs: Sequence[Span], unbroken: Sequence[Span]) -> Iterator[list[Span]]:
    """Part each paragraph into sentences.

    Args:
        unbroken: spans in order (quotations) inside which no sentence ends.

    Returns:
        For each paragraph the spans of its sentences, without surrounding white space.
    """
    may = (match.end() for match in MAY.finditer(text))
    ends = sorted({*_sentence_ends(text, paragraphs), *_quotation_ends(text, unbroken), *may})
    quoted = iter(unbroken)
    current = next(quoted, None)
    position = 0
    for low, high in paragraphs:
        spans: list[Span] = []
        begin = low
        while position < len(ends) and ends[position] < high:
            cut = ends[position]
            position += 1
            if cut <= begin:
                continue
            while current and current[1] <= cut:
                current = next(quoted, None)
            if (current and current[0] < cut < current[1]) or not _is_end(text, begin, cut, high):
                continue
            spans.append(_trim(text, begin, cut))
            begin = cut
        spans.append(_trim(text, begin, high))
        yield [span for span in spans if span[0] < span[1]]


def _sentence_ends(text: str, paragraphs: Sequence[Span]) -> Iterator[int]:
    """Give the ends that the library finds in each paragraph: below a list it would find no more in a whole text."""
    for low, high in paragraphs:
        for boundary in sentencex.get_sentence_boundaries("en", text[low:high]):
            yield low + boundary["end_index"]


MAY = re.compile(r"\bMay\.\s+(?=[A-Z][a-z])")
"""The library takes the month, which nobody abbreviates, for an abbreviation."""

AFTER_QUOTATION = re.compile(r"[*_)\]]{0,2}\s+(?=[A-Z0-9À-Þ“\"‘«#@])")


def _quotation_ends(text: str, unbroken: Sequence[Span]) -> Iterator[int]:
    """Give the ends of quotations that end in a full stop, which the library overlooks in long ones."""
    for low, high in unbroken:
        if high - low > 3 and text[low:high].rstrip("\"'”’» ")[-1:] in ".!?…":
            after = AFTER_QUOTATION.match(text, high)
            if after:
                yield after.end()


ZONE = re.compile(r"\s*(?:E[SD]?T|P[SD]?T|C[SD]?T|M[SD]?T|GMT|UTC|BST|local|Eastern|Pacific|[A-Z]\w+ time)\b")
CLOCK_OR_STATE = re.compile(
    r"(?:\b[ap]\.m\.|\([DRI]-\w+\.|\b(?:[A-Z]\.){1,3}|\b(?:Rep|Sen|Gov|Gen|Lt|Sgt|Col|Capt|Rev|Hon|Mr|Mrs|Ms|Dr|Prof"
    r"|St|vs|No|Reps|Sens|Cmdr|Maj|Adm|Supt|Det|Jr|Sr|Calif|Tex|Fla|Mass|Conn|Wash|Ore|Va|Ga|Pa|Ill|Mich|Minn|Tenn"
    r"|Ariz|Colo|Inc|Corp|Co|Ltd|U\.S|U\.K|U\.N|D\.C)\.)\s*$"
)
LOWER_OR_ZONE = re.compile(r"\s*[a-z,;)]")
ABBREVIATED_TITLE = re.compile(
    r"\b(?:Rep|Sen|Gov|Gen|Lt|Sgt|Col|Capt|Rev|Hon|Mr|Mrs|Ms|Dr|Prof|St|vs|Reps|Sens|Cmdr|Maj|Adm|Supt|Det|Cllr|Insp"
    r"|Govs|Drs|Profs|Messrs|Fr|Amb|Asst|Atty|Cpl|Pvt|Lt\. Gov|Ald|Del|Dist|Pres|Sec|Treas)\.\s*$"
)


def _is_end(text: str, begin: int, cut: int, high: int) -> bool:
    """Whether a boundary that the library gives is one: it stops at "5 p.m. ET" and "Sens. A and B"."""
    if cut < high and text[cut].isalnum() and not text[cut - 1].isspace():
        return False  # "R-S.|C."
    tail = text[max(begin, cut - 14) : cut]
    if not ENDED.search(tail.rstrip()):
        return False  # a line ends there, no sentence
    if LOWER_OR_ZONE.match(text, cut, min(high, cut + 4)) and not tail.rstrip().endswith("..."):
        return False
    if ABBREVIATED_TITLE.search(tail):
        return False
    return not (CLOCK_OR_STATE.search(tail) and ZONE.match(text, cut, min(high, cut + 24)))


def _trim(text: str, low: int, high: int) -> Span:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
