"""Two statements -> whether they disagree: other numbers of the same thing, a denial, another reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.document import Voice
from corpus.quotes import KNOWN
from index.denial import denies, gives_other_reason
from index.figures import Figure, figures_in
from index.lexical import stems
from index.scope import REPORTING, Scope, clause_at, may_be_the_same, scope_of, shared
from index.synonyms import GROUPS

ENOUGH = 0.5
"""The share of the words of the shorter clause that two clauses on one thing have in common."""


HAS = re.compile(r"\b(?:had|has|have|having|with) (?:(?:about|around|some|over|more than|at least|nearly|almost) )?$")
HOLDS = re.compile(r"^\W*(?:\w+ ){0,2}?(?:follow(?:ed|s)?|like[ds]?|joined|saw|viewed|were in|subscribed)\b")
OWN = re.compile(r"\b(?:I|he|she|we|my|our|his|her|the account|them)\b", re.IGNORECASE)
"""Whoever is affected tells of himself with these."""
BOUNDS = re.compile(r"\b(?:about|around|some|over|more than|at least|nearly|almost|up to|fewer than|as many as)\s*$")
SHARES = re.compile(r"\b[\d.]+(?:%| per ?cent) of\b")
WHOSE = re.compile(
    r"(?: [\w’'-]+){1,3}? (?:of|belonging to|held by|run by) (?:the |some )?(?P<whose>(?:[\w’'-]+ ?){1,2})"
)
LIMITS = 3
"""Words that only the longer of two clauses may have; more limit what it counts."""
PLATFORMS = frozenset(stem for name in KNOWN for stem in stems(name))
IDLE = frozenset(stem for group in GROUPS for stem in stems(group)) | PLATFORMS
"""Words before a noun that do not tell two things apart: `suspended accounts` are accounts."""


class On(StrEnum):
    """What a disagreement is on."""

    FIGURES = "figures"
    DENIAL = "denial"
    REASONS = "reasons"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as far as it matters for whether others disagree with it.

    `about` are the ids of the events that it is about, or of its document. `header` is the title of what it is about.
    `sources` are the ids of those who published it, `month` is when, ISO, where that is known.
    """

    text: str
    speaker: str | None
    voice: Voice
    sources: frozenset[str]
    about: frozenset[str]
    header: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A statement with its figures, each with what its clause speaks of."""

    said: Said
    figures: tuple[tuple[Figure, Scope], ...]


def read(said: Said) -> Read:
    """Take the figures of a statement, once for all that it is held against."""
    return Read(said, tuple(_scoped(said)))


def disagree(first: Read, second: Read) -> On | None:
    """Say on what two statements disagree; None where nothing tells that they do.

    What is of another scope does not disagree: another event, platform, time, part, rate or thing counted, or a number
    that the other one leaves open.
    """
    one, other = first.said, second.said
    if _same_speaker(one, other) or one.text == other.text:
        return None
    known = frozenset(stems(f"{one.header} {other.header}"))
    if not one.about & other.about and not _on_one_matter(one, other):
        return None
    if _figures_differ(first, second, known):
        return On.FIGURES
    for said, answer in ((one, other), (other, one)):
        if denies(answer.text, said.text, known):
            return On.DENIAL
        sides = said.voice is Voice.PLATFORM and answer.voice in (Voice.AFFECTED, Voice.CRITIC)
        if sides and gives_other_reason(said.text, answer.text, known):
            return On.REASONS
    return None


def contrasts(text: str) -> bool:
    """Say whether one statement by itself sets two figures of one thing against each other."""
    told = [(figure, clause_at(text, figure.start)) for figure in figures_in(text)]
    return any(
        place != other_place and _differ(figure, other) and not figure.part and not other.part
        for n, (figure, place) in enumerate(told)
        for other, other_place in told[n + 1 :]
        if _whereas(text, place, other_place)
    )


def _whereas(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    between = text[min(one[1], other[1]) - 12 : max(one[0], other[0])].lower()
    return any(word in between for word in ("while", "whereas", "but", "though"))


def _same_speaker(one: Said, other: Said) -> bool:
    """Say whether nothing tells two speakers apart."""
    if one.speaker and other.speaker:
        return bool(set(stems(one.speaker)) & set(stems(other.speaker)))
    return one.speaker == other.speaker and bool(one.sources & other.sources)


def _on_one_matter(one: Said, other: Said) -> bool:
    """Say whether statements that no event links are of one month and name the same who or where."""
    if not one.month or one.month != other.month:
        return False
    mine, theirs = scope_of(one.text), scope_of(other.text)
    return bool(mine.names & theirs.names) and mine.platforms == theirs.platforms


def _figures_differ(first: Read, second: Read, known: frozenset[str]) -> bool:
    one, other, mine, theirs = first.said, second.said, first.figures, second.figures
    if any(_agree(figure, figure_there) for figure, _ in mine for figure_there, _ in theirs):
        return False
    return any(
        _differ(figure, figure_there)
        and _held(one.text, figure) == _held(other.text, figure_there)
        and _on_the_same(scope, scope_there, known)
        and _alike(_done(one.text, figure), _done(other.text, figure_there))
        and _alike(_of(one.text, figure), _of(other.text, figure_there))
        and _alike(_named(figure, scope), _named(figure_there, scope_there))
        for figure, scope in mine
        for figure_there, scope_there in theirs
    )


def _scoped(said: Said) -> list[tuple[Figure, Scope]]:
    """Pair figures with what their clauses speak of: of the speaker, where one of those affected says `he lost`."""
    found = []
    for figure in figures_in(said.text):
        start, end = clause_at(said.text, figure.start)
        clause = said.text[start:end]
        scope = scope_of(clause)
        if said.voice is Voice.AFFECTED and said.speaker and OWN.search(said.text[start : figure.start]):
            scope = replace(scope, names=scope.names | set(stems(said.speaker)))
        found.append((replace(figure, part=figure.part or bool(SHARES.search(clause))), scope))
    return found


def _agree(one: Figure, other: Figure) -> bool:
    """Say whether both tell the same number of the same thing."""
    return (
        bool(one.things & other.things) and one.unit == other.unit and one.low <= other.high and other.low <= one.high
    )


def _differ(one: Figure, other: Figure) -> bool:
    """Say whether two figures of the same thing cannot both be true."""
    limits = (one.modifiers ^ other.modifiers) - IDLE
    same = one.things == other.things and not limits and one.unit == other.unit
    whole = not one.part and not other.part
    return same and whole and bool(one.things or one.unit) and (one.high < other.low or other.high < one.low)


def _held(text: str, figure: Figure) -> bool:
    """Say whether a figure counts those who follow or belong, rather than those to whom something was done."""
    return bool(HAS.search(text[: figure.start]) or HOLDS.match(text[figure.end :]))


def _of(text: str, figure: Figure) -> frozenset[str]:
    """Return whose or which the things counted are: `accounts of nurses`."""
    whose = WHOSE.match(text, figure.end)
    return frozenset(stems(whose["whose"])) if whose else frozenset()


def _named(figure: Figure, scope: Scope) -> frozenset[str]:
    """Return the platform that what is counted belongs to, which need not be the one that acts."""
    return (figure.modifiers & PLATFORMS) or frozenset(stem for name in scope.platforms for stem in stems(name))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether two sets share something, or nothing can tell."""
    return not one or not other or bool(one & other)


def _done(text: str, figure: Figure) -> frozenset[str]:
    """Return what is said to have been done to what a figure counts, where the verb stands right before it."""
    before = BOUNDS.sub("", text[: figure.start]).split()
    verb = before[-1].lower() if before and not re.fullmatch(REPORTING, before[-1]) else ""
    told = scope_of(verb)
    return told.content if verb.endswith(("ed", "s")) else told.acts


def _on_the_same(one: Scope, other: Scope, known: frozenset[str]) -> bool:
    if one.acts and other.acts and not one.acts & other.acts:
        return False
    shorter, longer = sorted((one.content, other.content), key=len)
    limited = len(longer - shorter - known) > LIMITS
    return may_be_the_same(one, other, known) and shared(shorter, longer) >= ENOUGH and not limited


def pairs_among(statements: Sequence[Said]) -> list[tuple[int, int, On]]:
    """List the pairs that disagree, by their places."""
    told = [read(one) for one in statements]
    return [
        (n, m, on)
        for n, one in enumerate(told)
        for m, other in enumerate(told[n + 1 :], n + 1)
        if (on := disagree(one, other))
    ]
