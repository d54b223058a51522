"""Hits -> claims: which statements answer, how much of each, and in what order they are shown."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.document import Kind, Section, Voice
from corpus.sentences import sentences
from index.answer import Claim
from index.figures import COUNT as COUNT
from index.figures import figures_in
from index.lexical import stem_set, stems
from index.question import Asks, Question
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredStatement

CLAIMS = 10
SHOWN_WORDS = 120
"""Words on the first screen of a phone, headline and sources aside."""
CLAIM_WORDS = 60
"""A longer statement is cut to whole sentences."""
KEPT_SHARE = 0.6
"""Statements with less than this share of the best one's score are left out."""
SAME_SHARE = 0.75
"""Statements that share this much of the shorter one's stems say the same."""

PART_WEIGHT, OWN_WEIGHT, COVERAGE_WEIGHT, HIT_WEIGHT = 0.4, 0.4, 0.2, 0.2
FITS_KIND = 0.2
COUNTS_IT, WHAT_HAPPENED, REASON_STATED = 0.2, 0.08, 0.15
"""For a number of the very things asked for; for the part of a dossier that an open question, or a "why", is likely to
mean. By five folds they bring the fact into the first claim for .759 of questions rather than .746."""
NAMED_HANDLE = 0.4
QUOTED_WORDS = 0.5

COUNTED = re.compile(r"\b(?:how (?:many|much)|number of|count of|percentage of|share of) ((?:\S+ ?){1,3})")
COUNTED_WORDS = 6
"""How far behind a number the thing that it counts may stand."""
WHEN = re.compile(
    r"\b(?:\d{4}|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|today|yesterday)\b"
)
LEANING = re.compile(
    r"[“\"‘']?(?:(?:but|and|so|yet|still|however|instead|then|also|meanwhile),? )?"
    r"(?:he|she|it|they|this|that|these|those|his|her"
    r"|its|their|both|such|one of them|the (?:company|latter|two|move|pair))\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it."""
NAME = re.compile(r"(?<=[a-z,;:] )[A-Z]\w+|@\w+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement with its score for the question, in some [0, 2]."""

    stored: StoredStatement
    score: float
    evidence: Evidence


def rank(question: Question, terms: Terms, hits: Sequence[Hit]) -> list[Candidate]:
    """Score every statement of the hits, best first, ties by place."""
    best = hits[0].score if hits else 1.0
    counted = COUNTED.search(terms.text)
    things = frozenset(stems(counted[1])[:2]) if counted else frozenset[str]()
    if question.asks is Asks.SAID:
        things = frozenset(terms.weights)  # whoever is named may be the one who said it
    found = [
        Candidate(evidence.stored, _score(question, things, evidence, hit.score / best if best > 0 else 0.0), evidence)
        for hit in hits
        for evidence in hit.statements
    ]
    return sorted(found, key=lambda one: (-one.score, one.stored.document_row, one.stored.ordinal))


def choose(candidates: Sequence[Candidate], needed: Iterable[Candidate] = ()) -> list[Candidate]:
    """Take the statements that answer, best first, without those that say the same again.

    Args:
        candidates: best first.
        needed: statements that have to be among them, such as the platform's reason to a "why".
    """
    if not candidates:
        return []
    floor = candidates[0].score * KEPT_SHARE
    chosen: list[Candidate] = []
    for one in [*candidates[:1], *needed, *(c for c in candidates[1:] if c.score >= floor)]:
        if len(chosen) < CLAIMS and not any(_say_the_same(one, other) for other in chosen):
            chosen.append(one)
    return chosen


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


def _score(question: Question, things: frozenset[str], evidence: Evidence, hit_share: float) -> float:
    score = (
        PART_WEIGHT * max(evidence.cosine, 0.0)
        + OWN_WEIGHT * evidence.own
        + COVERAGE_WEIGHT * evidence.coverage
        + HIT_WEIGHT * hit_share
    )  # fmt: skip
    stored = evidence.stored
    score += FITS_KIND * _fit(question.asks, things, stored) + _bonus(question.asks, things, stored)
    if stored.statement.handle and stored.statement.handle.lower() in question.handles:
        score += NAMED_HANDLE
    if any(phrase.lower() in stored.text.lower() for phrase in question.quoted):
        score += QUOTED_WORDS
    return score


def _bonus(asks: Asks, things: frozenset[str], stored: StoredStatement) -> float:
    bonus, section = 0.0, stored.statement.section
    if asks is Asks.HOW_MANY and any(figure.things & things for figure in figures_in(stored.text)):
        bonus += COUNTS_IT
    if section is Section.HAPPENED and asks in (Asks.OTHER, Asks.WHEN, Asks.HOW_MANY, Asks.WHO):
        bonus += WHAT_HAPPENED
    if section is Section.REASON and asks is Asks.WHY:
        bonus += REASON_STATED
    return bonus


def _fit(asks: Asks, things: frozenset[str], stored: StoredStatement) -> float:
    """Say how well a statement is of the kind of fact asked for, in [0, 1]."""
    statement = stored.statement
    if asks is Asks.HOW_MANY:
        return _fit_count(stored.text, things)
    if asks is Asks.WHY:
        return float(statement.voice is Voice.PLATFORM and statement.kind is not Kind.NARRATION)
    if asks is Asks.WHEN:
        return float(bool(WHEN.search(stored.text)))
    if asks is Asks.WHO:
        return float(bool(NAME.search(stored.text) or statement.handle))
    if asks is Asks.SAID:
        if statement.speaker is None or statement.kind is Kind.NARRATION:
            return 0.0
        return 1.0 if things & set(stems(f"{statement.speaker} {statement.handle or ''}")) else 0.5
    return 0.0


def _fit_count(text: str, things: frozenset[str]) -> float:
    """Return 1 for a number of the things asked for, 1/2 for a number of something, 0 for none but dates."""
    counts = [match.end() for match in COUNT.finditer(text) if match["count"]]
    if not counts:
        return 0.0
    behind = [stems(" ".join(text[end : end + 80].split()[:COUNTED_WORDS])) for end in counts]
    return 1.0 if any(things & set(words) for words in behind) else 0.5


def _say_the_same(one: Candidate, other: Candidate) -> bool:
    if one.stored.row == other.stored.row:
        return True
    first, second = stem_set(one.stored.text), stem_set(other.stored.text)
    smaller = min(len(first), len(second))
    speakers = {one.stored.statement.speaker, other.stored.statement.speaker}
    return bool(smaller) and len(speakers) == 1 and len(first & second) / smaller >= SAME_SHARE


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
