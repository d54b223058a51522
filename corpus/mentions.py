"""Document -> the places where handles are mentioned in it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from corpus.document import Document, Statement
from corpus.handles import handles_in
from corpus.sentences import Span, read_layout, sentences


@dataclass(frozen=True, slots=True)
class Mention:
    """A handle that stands in the body of a document.

    `start:end` is what is shown of it: the statement in whose words it stands, else the block of a statement ("said
    X, who answered @handle"), else its sentence. `statement` is the ordinal of the first or the second; None for a
    handle that stands outside all blocks (menus, credits).
    """

    start: int
    end: int
    statement: int | None
    handle: str


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Find every mention, in order of place, one for each handle and span.

    The handle that attributes a statement ("— Name (@handle)") is its author's signature and no mention.
    """
    found: dict[tuple[int, int, str], Mention] = {}
    blocks = _Blocks(document.statements)
    loose: list[Span] | None = None
    for at, end, handle in handles_in(document.text, document.body_start, document.body_end):
        holder, around = blocks.at(at)
        if holder is not None:
            statement = document.statements[holder]
            mention = Mention(statement.start, statement.end, holder, handle)
        elif around:
            if any(_signs(document.statements[number], handle) for number in around):
                continue
            statement = document.statements[around[0]]
            mention = Mention(statement.block_start, statement.block_end, around[0], handle)
        else:
            loose = _sentences(document) if loose is None else loose
            mention = Mention(*_sentence_at(loose, at, end), None, handle)
        found.setdefault((mention.start, mention.end, handle.lower()), mention)
    return tuple(found.values())


class _Blocks:
    """Finds the statements around a place without looking at all of them."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._starts = [statement.start for statement in statements]
        self._reach = list(accumulate((one.block_end for one in statements), max))
        self._open = list(accumulate((one.block_start for one in reversed(statements)), min))[::-1]

    def at(self, place: int) -> tuple[int | None, list[int]]:
        """Return the ordinal of the statement whose words hold a place, and those of all whose blocks do."""
        low = bisect_right(self._starts, place)
        holder = low - 1 if low and place < self._statements[low - 1].end else None
        first, last = low, low
        while first and self._reach[first - 1] > place:
            first -= 1
        while last < len(self._statements) and self._open[last] <= place:
            last += 1
        around = [
            number
            for number in range(first, last)
            if self._statements[number].block_start <= place < self._statements[number].block_end
        ]
        return holder, around


def _signs(statement: Statement, handle: str) -> bool:
    return statement.handle is not None and statement.handle.lower() == handle.lower()


def _sentences(document: Document) -> list[Span]:
    body = document.text[document.body_start : document.body_end]
    shift = document.body_start
    spans = sentences(body, read_layout(body).paragraphs, ())
    return [(start + shift, end + shift) for paragraph in spans for start, end in paragraph]


def _sentence_at(spans: Sequence[Span], at: int, end: int) -> Span:
    """Find the sentence around a handle; the handle alone where the splitter has none."""
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return spans[number] if number >= 0 and at < spans[number][1] else (at, end)
