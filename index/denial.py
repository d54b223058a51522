"""A statement and one on the same -> whether the second denies the first."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.clause import ORDINARY, REMEMBERED, Clause, clause_at, may_be_the_same, read_clause
from index.lexical import stems

STRONG = re.compile(
    r"\b(?:den(?:ies|ied|ying|y(?= that| any| \w+ing))|disput(?:es?|ed|ing)|reject(?:s|ed|ing)?|refut(?:es?|ed)"
    r"|contradict(?:s|ed)|no evidence|(?:not|isn[’']t|wasn[’']t) true|untrue|(?:is|was|were|are|as) false|baseless"
    r"|unfounded|nothing to do with|(?:has|have|had|is|was|are|were) no (?:connection|link|ties)|fabricated"
    r"|no (?:[\w’'-]+ ){1,6}(?:exist(?:s|ed)?|took place|(?:ever )?happened))\b",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:(?:did|do|does|was|were|is|are|had|has|have|had been)(?: not|n[’']t)|never) (?:\w+ly )?(?P<what>\w+)",
    re.IGNORECASE,
)
NONE = re.compile(r"\b(?:no|none|nobody|nothing|neither|nor)\b", re.IGNORECASE)
OPEN = re.compile(
    r"\b(?:if|unless|whether|unclear|(?:did|do|does|has|have|had) not (?:say|said|comment|respond|answer|explain|give)"
    r"|no comment)\b",
    re.IGNORECASE,
)
CUES = frozenset(stems(
    "deny denies denied dispute disputes disputed reject rejects rejected refute refuted contradict evidence true"
    " untrue false baseless unfounded nothing do does did never not connection link ties fabricated accusation claim"
    " allegation charge any ever having accused insisted exist existed exists took place happened"
))  # fmt: skip
ALTERNATIVE = re.compile(r"\b(?:or|nor)\b")
"""What follows is denied as well, and need not have been said by the same."""
DENIED, DENIED_WORDS = 0.6, 0.5
"""The share of what a denial denies, names and all or words alone, that the statement denied must hold."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What a statement says is not so; `undone` is what was not done, None where it denies outright."""

    clause: Clause
    undone: frozenset[str] | None


def denies(answer: str, said: str, known: frozenset[str]) -> bool:
    """Say whether one statement denies another: it says of much the same that it is not so."""
    denial = denial_in(answer)
    if denial is None or not _affirms(said):
        return False
    told = read_clause(said)
    if denial.undone is not None:
        return _holds_but_not(denial.undone, denial.clause, told, known)
    return _is_on(denial.clause, told, known)


@lru_cache(REMEMBERED)
def denial_in(text: str) -> Denial | None:
    """Find what a statement of a document denies."""
    strong = STRONG.search(text)
    cue = strong or NOT.search(text)
    if cue is None or OPEN.search(text):
        return None
    start, end = clause_at(text, cue.start())
    alternative = ALTERNATIVE.search(text, cue.end(), end)
    denied = read_clause(text[start : alternative.start() if alternative else end])
    if strong is None:
        return Denial(denied, read_clause(cue["what"]).content)
    return Denial(denied if len(denied.content - CUES) > 1 else read_clause(text), None)


@lru_cache(REMEMBERED)
def _affirms(text: str) -> bool:
    return not any(pattern.search(text) for pattern in (STRONG, NOT, NONE, OPEN))


def _holds_but_not(undone: frozenset[str], denied: Clause, told: Clause, known: frozenset[str]) -> bool:
    """Say whether one clause says that something was not done, and the other that it was."""
    own = (denied.content | denied.names) - CUES - known
    same = may_be_the_same(denied, told, known) and len(own) > 1
    return bool(undone & told.content) and same and len(own & (told.content | told.names)) / len(own) >= DENIED


def _is_on(denied: Clause, told: Clause, known: frozenset[str]) -> bool:
    """Say whether what is denied is what was told."""
    what, there = (denied.content | denied.names) - CUES, told.content | told.names
    own = what - ORDINARY - known
    said = own - denied.names
    if not own & there - denied.acts or len(what & there) < 2:
        return False
    return len(own & there) / len(own) >= DENIED and (not said or len(said & there) / len(said) >= DENIED_WORDS)
