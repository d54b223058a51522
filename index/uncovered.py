"""Question + candidates -> the parts of the question that nothing found covers."""

import re
from collections.abc import Callable, Sequence

from index.claims import Candidate
from index.facts import DATED, OF_THE_KIND
from index.lexical import stem_set, stems
from index.question import Question, understand
from index.reading import Grounds, Wants, fit_of, wants_of
from index.retrieve import Hit, Terms
from index.sought import Fact

CLAUSES = re.compile(
    r",?\s+(?:and|or)\s+(?!what\W*$)(?=(?:how (?:many|much|long|often)|why|when|who|what|which|in what|on what)\b)",
    re.IGNORECASE,
)
"""Where a second question begins: `when did it end, and how many ...`, and not `did it end or what`."""
TWO = re.compile(r"(?P<first>(?:[@#]?[\w.’'-]+ ){0,2}[@#]?[\w.’'-]+) and (?P<second>(?:[@#]?[\w.’'-]+ ?){1,3})")
"""Two things that one question names together."""
MATCHING = 0.5
"""The share of a clause's words that a statement must hold to speak of it."""


def not_covered(
    question: Question,
    wants: Wants,
    terms: Terms,
    hits: Sequence[Hit],
    candidates: Sequence[Candidate],
    grounds: Grounds,
) -> tuple[str, ...]:
    """List, in the question's own words, what of it no statement found covers, though others are.

    Args:
        candidates: statements found, with the grounds of their passages.

    Returns:
        Empty where all is covered, or nothing tells.
    """
    clauses = CLAUSES.split(question.text)
    if len(clauses) > 1:
        missed = [clause for clause in clauses if not _answers(clause, terms, hits, candidates, grounds)]
    else:
        missed = _unanswered_names(question, wants, candidates, grounds)
    parts = [part.strip(" ,?.!") for part in missed] if len(missed) < max(len(clauses), 2) else []
    return tuple(parts)


def _answers(clause: str, terms: Terms, hits: Sequence[Hit], candidates: Sequence[Candidate], grounds: Grounds) -> bool:
    """Say whether a statement is of the kind of fact that one of several questions asks for, and speaks of it."""
    asked = understand(clause)
    own = Terms(clause.lower(), {stem: terms.weights.get(stem, 1.0) for stem in stems(clause)})
    wants = wants_of(asked, own, hits)
    speaks = _of_kind(wants, grounds)
    if speaks is None:
        return True
    words = wants.content | wants.sought.things
    return any(
        speaks(one) and own.share(stem_set(one.evidence.block)) >= (MATCHING if words else 0.0) for one in candidates
    )


def _unanswered_names(question: Question, wants: Wants, candidates: Sequence[Candidate], grounds: Grounds) -> list[str]:
    """Of two names in one question, list those of which no statement tells what is asked."""
    speaks = _of_kind(wants, grounds)
    if speaks is None:
        return []
    pair = TWO.search(question.text)
    if pair is None:
        return []
    missed = []
    for side in ("first", "second"):
        words = pair[side].split()
        named = [word for word in words if set(stems(word)) & wants.names]
        if not named:
            return []
        held = {stem for word in named for stem in stems(word)}
        if not any(held <= stem_set(one.evidence.block) and speaks(one) for one in candidates):
            missed.append(" ".join(named))
    return missed


def _of_kind(wants: Wants, grounds: Grounds) -> Callable[[Candidate], bool] | None:
    """Return what tells whether a statement is of the kind of fact asked for; None where nothing does."""
    if wants.sought.fact is Fact.WHEN:
        return lambda one: bool(DATED.search(one.stored.text))
    if wants.sought.fact not in (Fact.HOW_MANY, Fact.SAID):
        return None
    return lambda one: fit_of(wants, one.evidence, grounds[one.stored.passage_id]).kind > OF_THE_KIND
