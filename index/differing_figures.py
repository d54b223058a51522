"""A statement's figures, each with what its clause says of it; two statements -> whether their figures differ."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Voice
from index.clause import (
    PLATFORM_STEMS,
    REMEMBERED,
    REPORTING,
    Clause,
    clause_at,
    may_be_the_same,
    platforms_among,
    platforms_in,
    read_clause,
    shared,
)
from index.figures import Figure, figures_in
from index.lexical import stem_set
from index.synonyms import GROUPS

ENOUGH = 0.5
"""The share of the words of the shorter clause that two clauses on one thing have in common."""
LIMITS = 3
"""Words that only the longer of two clauses may have; more limit what it counts."""

HAS = re.compile(r"\b(?:had|has|have|having|with) (?:(?:about|around|some|over|more than|at least|nearly|almost) )?$")
HOLDS = re.compile(r"^\W*(?:\w+ ){0,2}?(?:follow(?:ed|s)?|like[ds]?|joined|saw|viewed|were in|subscribed)\b")
OWN = re.compile(r"\b(?:I|me|he|him|she|we|us|my|our|his|her|the account|them)\b", re.IGNORECASE)
"""Whoever is affected tells of himself with these."""
BOUNDS = re.compile(r"\b(?:about|around|some|over|more than|at least|nearly|almost|up to|fewer than|as many as)\s*$")
SHARES = re.compile(r"\b[\d.]+(?:%| per ?cent) of\b")
PART_OF = re.compile(
    r"\b(?:one|some|most|many|several|each|few|none|largest|biggest) of (?:the|these|those|its|them|which|whom)\b", re.I
)
"""Before a figure: it is that of a part alone."""
WHOSE = re.compile(
    r"(?: [\w’'-]+){1,3}? (?:of|belonging to|held by|run by) (?:the |some )?(?P<whose>(?:[\w’'-]+ ?){1,2})"
)
IDLE = PLATFORM_STEMS.union(*map(stem_set, GROUPS))
"""Words before a noun that do not tell two things apart: `suspended accounts` are accounts."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with what its clause says of it.

    `followed`: it counts those who follow or belong, rather than those to whom something was done. `done` is what was
    done to what it counts, where the verb stands right before it. `whose` are the things counted: `accounts of nurses`.
    `platforms` are those that the things belong to, which need not be the one that acts.
    """

    figure: Figure
    clause: Clause
    followed: bool
    done: frozenset[str]
    whose: frozenset[str]
    platforms: frozenset[str]


def figures_differ(one: Sequence[Told], other: Sequence[Told], header: str) -> bool:
    """Say whether figures of two statements cannot both be true, and none of them agree.

    Args:
        header: the titles of what both are about.
    """
    pairs = [(mine, theirs) for mine in one for theirs in other]
    if any(_agree(mine.figure, theirs.figure) for mine, theirs in pairs):
        return False
    differing = [(mine, theirs) for mine, theirs in pairs if _differ(mine.figure, theirs.figure)]
    return any(_on_the_same(mine, theirs, header) for mine, theirs in differing)


@lru_cache(REMEMBERED)
def told_in(text: str, speaker: str | None, voice: Voice) -> tuple[Told, ...]:
    """Read the figures of a statement of a document."""
    return tuple(_told(text, figure, speaker, voice) for figure in figures_in(text))


def _told(text: str, figure: Figure, speaker: str | None, voice: Voice) -> Told:
    """Read one figure: of the speaker, where one of those affected says `he lost`, or a platform says what it did."""
    start, end = clause_at(text, figure.start)
    clause = read_clause(text[start:end])
    if speaker and voice is Voice.AFFECTED and OWN.search(text[start : figure.start]):
        clause = replace(clause, names=clause.names | stem_set(speaker))
    if speaker and voice is Voice.PLATFORM and not clause.platforms:
        clause = replace(clause, platforms=platforms_in(speaker))
    whose = WHOSE.match(text, figure.end)
    part = figure.part or bool(SHARES.search(text, start, end) or PART_OF.search(text, start, figure.start))
    return Told(
        figure=replace(figure, part=part),
        clause=clause,
        followed=bool(HAS.search(text[: figure.start]) or HOLDS.match(text[figure.end :])),
        done=_done(text[: figure.start]),
        whose=stem_set(whose["whose"]) if whose else frozenset(),
        platforms=platforms_among(figure.modifiers) or clause.platforms,
    )


def _done(before: str) -> frozenset[str]:
    words = BOUNDS.sub("", before).split()
    verb = words[-1].lower() if words and not re.fullmatch(REPORTING, words[-1]) else ""
    told = read_clause(verb)
    return told.content if verb.endswith(("ed", "s")) else told.acts


def _agree(one: Figure, other: Figure) -> bool:
    """Say whether both tell the same number of the same thing."""
    return bool(one.things & other.things) and one.unit == other.unit and one.may_equal(other)


def _differ(one: Figure, other: Figure) -> bool:
    """Say whether two figures of the same thing cannot both be true."""
    limits = (one.modifiers ^ other.modifiers) - IDLE
    same = one.things == other.things and not limits and one.unit == other.unit
    whole = not one.part and not other.part
    return same and whole and bool(one.things or one.unit) and not one.may_equal(other)


def _on_the_same(one: Told, other: Told, header: str) -> bool:
    """Say whether two figures count the same."""
    known = stem_set(header)
    return (
        _on_one_platform(one, other, header)
        and one.followed == other.followed
        and _alike(one.done, other.done)
        and _of_the_same(one, other, known)
        and _on_one_thing(one.clause, other.clause, known, exactly=bool(one.figure.unit.strip("%")))
    )


def _on_one_platform(one: Told, other: Told, header: str) -> bool:
    """Say whether two figures are of one platform; where an event is on several, both must name it."""
    if len(platforms_in(header)) > 1:
        return bool(one.platforms) and one.platforms == other.platforms
    return _alike(one.platforms, other.platforms)


def _of_the_same(one: Told, other: Told, known: frozenset[str]) -> bool:
    """Say whether things are of the same people; who is named on one side alone must be known of the other."""
    if one.whose and other.whose:
        return bool(one.whose & other.whose)
    said, silent = (one, other) if one.whose else (other, one)
    return not said.whose or bool(said.whose & (known | silent.clause.content | silent.clause.names))


def _on_one_thing(one: Clause, other: Clause, known: frozenset[str], *, exactly: bool) -> bool:
    """Say whether two clauses tell the same of a thing; of a sum of money `exactly`, since anybody may pay one."""
    if one.acts and other.acts and not one.acts & other.acts:
        return False
    shorter, longer = sorted((one.content, other.content), key=len)
    if len(longer - shorter - known) > LIMITS or (exactly and shorter != longer):
        return False
    return may_be_the_same(one, other, known) and shared(shorter, longer) >= ENOUGH


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two sets share something, or nothing can tell."""
    return not one or not other or bool(one & other)
