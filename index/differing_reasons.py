"""A statement and one on the same -> whether the second gives another reason for what the first explains."""

import re
from functools import lru_cache

from index.clause import COMMON, ORDINARY, REMEMBERED, REPORTING, Clause, read_clause, shared
from index.reasons import NO_REASON

CAUSE = re.compile(
    r"\b(?:because of|because|due to|on (?:the )?grounds? (?:of|that)|as punishment for|in retaliation for"
    r"|blam(?:es?|ed|ing) [^.;,]{3,60}? on|attribut(?:es?|ed|ing) [^.;,]{3,60}? to"
    r"|cit(?:ed|ing) (?=(?:its|repeated|violat\w*|breach\w*|concern\w*))|(?:as|gave) (?:the|its|a) reason"
    r"|(?<=for )(?=violat|break|spam|post|critici|report|support|speak|tell|being|their|his|her|inauthentic|repeated"
    r"|alleged|hate)|for (?=\w+ing\b)|over (?=(?:his|her|their|its|alleged)\b)"
    r"|(?<=ed )over (?!(?:the |an? )?(?:\w+ )?(?:\d|years?|months?|weeks?|days?|hours?|weekend|time|one|two|three"
    r"|hundreds?|thousands?|millions?|dozens?)\b))\s*(?P<why>[^.;,]{4,})",
    re.IGNORECASE,
)
REPORTED = re.compile(rf"^[^.;]*?\b{REPORTING} that\b")
NOT_NAMED = re.compile(
    r"^[A-Z]\w+ed\b|\b[A-Z][\w’'-]*(?= (?:account|page|user|group|post|people|video|channel|profile)s?\b)"
)
"""Capitals that name nobody: `Cited its rules`, `Palestinian accounts`."""
UNLIKE = 0.25
"""Two reasons that share no more of their words than this are two."""


def gives_other_reason(
    said: str,
    answer: str,
    known: frozenset[str],
    speaker: frozenset[str] = frozenset(),
    himself: frozenset[str] = frozenset(),
) -> bool:
    """Say whether one statement gives another reason for what the first explains, or says that none was given.

    Args:
        speaker: stems of whoever answers; who was given no reason for it need not say what was done.
        himself: the same, where he speaks of what befell him.
    """
    why, other = _reason_in(said), _reason_in(answer)
    if why is None:
        return False
    named = read_clause(NOT_NAMED.sub(" ", said)).names - known
    if himself and named and not himself & named:
        return False
    unexplained = bool(NO_REASON.search(answer))
    if unexplained and not read_clause(answer).acts:
        return bool(speaker & read_clause(said).names)
    if not _may_be_on_one_act(read_clause(said), read_clause(answer)):
        return False
    if unexplained or other is None:
        return unexplained
    return _of_the_same(said, answer, speaker, known) and _unlike(why, other, read_clause(said), known)


def _unlike(why: Clause, other: Clause, said: Clause, known: frozenset[str]) -> bool:
    """Say whether two reasons are two, and the other is not the measure itself, for which somebody was thanked."""
    mine, theirs = _words(why, known), _words(other, known)
    return not other.acts & said.acts and bool(mine and theirs) and shared(mine, theirs) <= UNLIKE


@lru_cache(REMEMBERED)
def _reason_in(text: str) -> Clause | None:
    cause = CAUSE.search(text)
    return read_clause(cause["why"]) if cause else None


def _may_be_on_one_act(one: Clause, other: Clause) -> bool:
    """Say whether two statements may explain the same measure."""
    names = not one.names or not other.names or bool(one.names & other.names)
    platforms = one.platforms <= other.platforms or other.platforms <= one.platforms
    return bool(one.acts & other.acts) and names and platforms


def _of_the_same(said: str, answer: str, speaker: frozenset[str], known: frozenset[str]) -> bool:
    """Say whether a measure may have hit the same in both; `they` are whoever answers, if the event is on more."""
    one, other = _concerned(said), _concerned(answer)
    if one and other:
        return bool(one & other)
    return not (one & known and speaker & known) or bool(one & speaker)


@lru_cache(REMEMBERED)
def _concerned(text: str) -> frozenset[str]:
    """Return the words for who or what was concerned: those before the cause that tell of no deed."""
    cause = CAUSE.search(text)
    clause = read_clause(REPORTED.sub("", text[: cause.start()] if cause else text))
    return clause.content - clause.acts


def _words(reason: Clause, known: frozenset[str]) -> frozenset[str]:
    return (reason.content | reason.names) - ORDINARY - COMMON - known
