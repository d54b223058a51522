"""Statements found -> those that have what a question demands, and plain sentences on what none of them has."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.absence import NEAR_ENOUGH, Absence, absences_of
from index.claims import Candidate
from index.demands import WEIGHT, Demand, demands_of, is_on
from index.facts import shows
from index.figures import counts_in, figures_in
from index.question import Question
from index.reading import Grounds, Wants
from index.retrieve import Terms
from index.superlatives import QUANTITIES, Extreme, extreme_asked, is_told_extreme
from index.uncovered import CLAUSES

OF_ITSELF = re.compile(
    r"^(?:update|correction|editor[’']?s note)\b"
    r"|\bthis (?:post|article|story|piece) (?:has been|was|first|originally)\b",
    re.IGNORECASE,
)
"""What an article says of itself."""
UPDATED = re.compile(r"\b(?:updat|correct|publish|edit|amend)", re.IGNORECASE)
"""What asks for it."""
BEHIND = 0.15
"""How much less likely, as `claims.SURE` has it, a statement is that lacks something."""
OF_WHOLE = re.compile(r" of (?:\w+ ){0,2}$")
"""Between a number and that of which it is a part."""
HIGHEST = 3
"""How many of the highest numbers are shown where nothing tells who is the most."""
SHOWN_INSTEAD = "Nothing found here says {most}; the highest numbers found are shown."
FAR = 0.1
"""What one must score to be looked at."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """Statements, best first, as demands leave them; the sentences on demands that none meets, and other `notes`.

    `weight` is what these count against an answer, as log odds; `unsure`: there are some.
    """

    candidates: tuple[Candidate, ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    weight: float = 0.0
    unsure: bool = False


def sift(question: Question, wants: Wants, terms: Terms, candidates: Sequence[Candidate], grounds: Grounds) -> Sifted:
    """Leave out what lacks something that the question demands, as far as other statements have it.

    Args:
        candidates: best first.
        grounds: their passages by id.
    """
    if len(CLAUSES.split(question.text)) > 1:  # two questions, of which each demands something else
        return Sifted(tuple(candidates))
    looked_at = _looked_at(candidates, UPDATED.search(question.text) is not None)
    left, unmet = _held_against(demands_of(question, wants, terms, grounds), looked_at, grounds)
    if len(unmet) > 1:  # who said nothing at all said nothing on the matter, either
        unmet = [one for one in unmet if not one.of_topic]
    absent = absences_of(question, wants, terms.text, looked_at, grounds)
    lacking: list[Demand | Absence] = [*unmet, *absent]
    missing = tuple(dict.fromkeys(one.missing for one in lacking if one.missing))
    sifted = Sifted(left, missing, (), sum(one.weight for one in lacking), bool(lacking))
    asked = extreme_asked(question.text)
    return _of_extreme(asked, sifted) if asked and left else sifted


def _looked_at(candidates: Sequence[Candidate], of_itself: bool) -> tuple[Candidate, ...]:
    """Take those that may answer at all, without what an article says of itself unless that is asked."""
    near = [one for one in candidates if one.score >= FAR]
    return _raised([one for one in near if of_itself or not shows(OF_ITSELF, one.stored.text)] or near)


def _held_against(
    demands: Sequence[Demand], left: tuple[Candidate, ...], grounds: Grounds
) -> tuple[tuple[Candidate, ...], list[Demand]]:
    """Hold candidates against each demand; return those left and the demands that none meets."""
    unmet = []
    for demand in demands:
        met = [demand.met_by(one, grounds.get(one.stored.passage_id)) for one in left]
        reached = {has for one, has in zip(left, met, strict=True) if one.score >= NEAR_ENOUGH}
        if True in reached:
            left = _preferred(left, met, strict=demand.strict)
        elif None not in reached:
            unmet.append(demand)
    return left, unmet


def _preferred(candidates: Sequence[Candidate], met: Sequence[bool | None], *, strict: bool) -> tuple[Candidate, ...]:
    """Put those that have what is demanded first; the others follow, or are left out."""
    if False not in met:
        return tuple(candidates)
    both = list(zip(candidates, met, strict=True))
    kept = [one for one, has in both if has is not False]
    if not strict:
        behind = [_scored(one, one.score - BEHIND) for one, has in both if has is False]
        kept = sorted([*kept, *behind], key=lambda one: -one.score)
    return _raised(kept)


def _raised(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Let the best of some candidates score 1 again."""
    lift = 1.0 - candidates[0].score if candidates else 0.0
    return tuple(_scored(one, one.score + lift) for one in candidates) if lift else tuple(candidates)


def _scored(one: Candidate, score: float) -> Candidate:
    return replace(one, score=score)


def _of_extreme(asked: Extreme, sifted: Sifted) -> Sifted:
    """Keep what tells who or what is the most of all, or else the highest numbers, and say that nothing tells it."""
    told = [one for one in sifted.candidates if one.score >= NEAR_ENOUGH and is_told_extreme(asked, one.stored.text)]
    if told:
        return replace(sifted, candidates=_raised(told))
    highest = _highest([one for one in sifted.candidates if is_on(one)], asked) if asked.of_size else []
    if len(highest) > 1:
        shown = tuple(_scored(one, 1.0) for one in highest[:HIGHEST])
        return replace(sifted, candidates=shown, notes=(SHOWN_INSTEAD.format(most=_most(asked)),))
    return without(sifted, f"Nothing found here says {_most(asked)}.")


def without(sifted: Sifted, missing: str) -> Sifted:
    """Count one thing more that is asked for and stands in nothing found, and say so."""
    return replace(sifted, missing=(*sifted.missing, missing), weight=sifted.weight + WEIGHT, unsure=True)


def _most(asked: Extreme) -> str:
    return f"who or what had the {asked.word}" if asked.word in QUANTITIES else f"which was the {asked.word}"


def _highest(candidates: Sequence[Candidate], asked: Extreme) -> list[Candidate]:
    """Order the statements that count what is asked for by their numbers, the highest first."""
    told = [(max(counts), one) for one in candidates if (counts := _counts(one.stored.text, asked.things))]
    return [one for _, one in sorted(told, key=lambda pair: -pair[0])]


def _counts(text: str, things: frozenset[str]) -> list[float]:
    """Return how many of some things a text counts: of `400 of 9,000 followers` the 400, since these are told of."""
    figures = figures_in(text)
    parts = {after: one for one, after in pairwise(figures) if one.part and OF_WHOLE.match(text[one.end : after.start])}
    told = [parts.get(one, one) for one in counts_in(text) if one.things & things]
    return [one.low for one in told if not one.unit]
