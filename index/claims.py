"""Candidates -> claims: which statements are made, how much of each, and in what order they are shown."""

import math
import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace

from corpus.sentences import sentences
from index.answer import Claim
from index.figures import figures_in
from index.lexical import stem_set
from index.reading import Fit
from index.retrieve import Evidence, Terms
from index.stored import StoredStatement

CLAIMS = 10
HEDGED_CLAIMS = 4
"""Of these where they may be no answer."""
SHOWN_WORDS = 180
"""Words of claims on the first screen at most; half of the answers need fewer than 100, since little is kept."""
CLAIM_WORDS = 60
"""A longer statement is cut to whole sentences."""
KEPT = 0.63
"""Statements that score less are left out."""
SURE = 10.0
"""How much less likely than the best a statement is that scores 0, as log odds."""
FEW_WORDS = 5
"""A statement of fewer words takes as much room, with the line that says who speaks."""
MARKS = " .,;:!?…“”\"'"
SAME_SHARE = 0.75
"""Statements of one speaker that share this much of the shorter one's stems say the same."""
RETOLD_SHARE, RETOLD_STEMS = 0.8, 6
"""The same for what somebody said and a reporter tells again, and how many stems the shorter one must have."""

LEANING = re.compile(
    r"[“\"‘']?(?:(?:but|and|so|yet|still|however|instead|then|also|meanwhile),? )?"
    r"(?:he|she|it|they|this|that|these|those|his|her"
    r"|its|their|both|such|one of them|the (?:company|latter|two|move|pair))\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement with its score for the question: 1 is the best one's, 1 / `SURE` less each unit of log odds.

    `fit` is how it was read, if it was found by the question.
    """

    stored: StoredStatement
    score: float
    evidence: Evidence
    fit: Fit | None = None


def choose(
    candidates: Sequence[Candidate], needed: Iterable[Candidate] = (), most: int = CLAIMS, own: Set[int] = frozenset()
) -> list[Candidate]:
    """Take the statements that may answer, without those that say the same again.

    Args:
        candidates: best first.
        needed: statements that have to be among them, such as the platform's reason to a "why".
        own: rows of the documents that the asker's server added itself: of two statements that say the same, theirs
            stays.

    Returns:
        The best one, those needed, then the others, those first that are likeliest for the room that they take.
    """
    others = sorted((one for one in candidates[1:] if one.score >= KEPT), key=lambda one: -_worth(one))
    ordered = [*candidates[:1], *needed, *others]
    chosen: list[Candidate] = []
    for one in _with_own(ordered, own) if own else ordered:
        if len(chosen) < most and not any(_say_the_same(one, other) for other in chosen):
            chosen.append(one)
    return chosen if candidates else []


def _with_own(ordered: Sequence[Candidate], own: Set[int]) -> list[Candidate]:
    """Put a server's own statements in the place of others that say no more."""
    theirs = [one for one in ordered if one.stored.document_row in own]

    def instead(one: Candidate) -> Candidate:
        if one.stored.document_row in own:
            return one
        found = next((other for other in theirs if _stands_for(other, one)), one)
        return replace(found, score=max(found.score, one.score))

    return [instead(one) for one in ordered]


def _stands_for(one: Candidate, other: Candidate) -> bool:
    """Say whether a statement says the same as another, all of it, with its numbers and in the same voice."""
    if one.stored.statement.voice is not other.stored.statement.voice or not _say_the_same(one, other):
        return False
    held, told = stem_set(one.stored.text), stem_set(other.stored.text)
    return len(held & told) >= SAME_SHARE * len(told) and _figures(other) <= _figures(one)


def _figures(one: Candidate) -> set[tuple[float, float]]:
    return {(figure.low, figure.high) for figure in figures_in(one.stored.text)}


def _worth(one: Candidate) -> float:
    """Weigh how likely a statement answers against the words that it takes, as a log."""
    words = min(len(one.stored.text.split()), CLAIM_WORDS)
    return SURE * one.score - 0.5 * math.log(max(words, FEW_WORDS))


def arrange(
    chosen: Sequence[Candidate], terms: Terms, event_ids: Callable[[StoredStatement], tuple[str, ...]]
) -> tuple[Claim, ...]:
    """Turn chosen statements into claims: those of one voice together, the voice of the best one first."""
    claims = cut_to_size(chosen, terms, event_ids)
    voices = list(dict.fromkeys(claim.voice for claim in claims))
    return tuple(sorted(claims, key=lambda claim: (not claim.shown, voices.index(claim.voice))))


def cut_to_size(
    chosen: Sequence[Candidate], terms: Terms, event_ids: Callable[[StoredStatement], tuple[str, ...]]
) -> list[Claim]:
    """Turn chosen statements into claims, in their order; `SHOWN_WORDS` of them, from the first, are shown."""
    claims, words = [], 0
    for number, one in enumerate(chosen):
        claim = _claim(one, terms, event_ids(one.stored))
        size = len(claim.text.split())
        shown = number == 0 or words + size <= SHOWN_WORDS
        words += size if shown else 0
        claims.append(replace(claim, shown=shown))
    return claims


def _say_the_same(one: Candidate, other: Candidate) -> bool:
    if one.stored.row == other.stored.row:
        return True
    if _repeats(one.stored.text, other.stored.text):
        return True
    first, second = stem_set(one.stored.text), stem_set(other.stored.text)
    smaller = min(len(first), len(second))
    speakers = {one.stored.statement.speaker, other.stored.statement.speaker}
    retold = None in speakers and smaller >= RETOLD_STEMS
    share = len(first & second) / smaller if smaller else 0.0
    return share >= SAME_SHARE if len(speakers) == 1 else retold and share >= RETOLD_SHARE


def _repeats(one: str, other: str) -> bool:
    """Say whether the shorter of two texts stands in the other word for word."""
    shorter, longer = sorted((one.strip(MARKS), other), key=len)
    return len(shorter.split()) >= FEW_WORDS and shorter in longer


def _claim(one: Candidate, terms: Terms, event_ids: tuple[str, ...]) -> Claim:
    statement, text = one.stored.statement, one.stored.text
    start, end = best_sentences(text, terms)
    return Claim(
        text=text[start:end],
        kind=statement.kind,
        quotation=statement.kind.is_quotation,
        shown=True,
        voice=statement.voice,
        speaker=statement.speaker,
        role=statement.role,
        handle=statement.handle,
        via=statement.via,
        date=statement.date,
        event_ids=event_ids,
        document_id=one.stored.document_id,
        source_ids=statement.source_ids,
        start=statement.start + start,
        end=statement.start + end,
        score=round(one.score, 4),
        cut_before=start > 0,
        cut_after=end < len(text),
        compiled=statement.compiled,
        section=statement.section,
        notes=one.stored.notes,
    )


def best_sentences(text: str, terms: Terms) -> tuple[int, int]:
    """Find the run of whole sentences, of at most `CLAIM_WORDS`, that holds most of the question's terms.

    Returns:
        Start and end in `text`; all of it where it is short enough; one sentence at least.
    """
    if len(text.split()) <= CLAIM_WORDS:
        return 0, len(text)
    spans = [span for part in sentences(text, [(0, len(text))], []) for span in part]
    best = (0.0, 0, 0, len(text))
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            start, end = spans[first][0], spans[last][1]
            if last > first and len(text[start:end].split()) > CLAIM_WORDS:
                break
            key = (terms.coverage(text[start:end]), -first)
            if key > (best[0], best[1]):
                best = (key[0], key[1], start, end)
    return _understood(text, best[2], spans), best[3]


def _understood(text: str, start: int, spans: Sequence[tuple[int, int]]) -> int:
    """Begin earlier where a run would begin with "he" or "but", so that it tells who or what is meant."""
    while start > spans[0][0] and LEANING.match(text, start):
        start = max(first for first, _ in spans if first < start)
    return start
