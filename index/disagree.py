"""Two statements -> whether they disagree: other numbers of the same thing, a denial, another reason."""

from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Voice
from index.clause import read_clause
from index.denial import denies
from index.differing_figures import OWN, Told, figures_differ, told_in
from index.differing_reasons import gives_other_reason
from index.facts import shows
from index.figures import figures_in
from index.lexical import stem_set


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


def disagree(one: Said, other: Said) -> On | None:
    """Say on what two statements disagree; None where nothing tells that they do.

    What is on something else does not disagree: another event, platform, time, part, rate or thing counted, or a number
    that the other one leaves open.
    """
    if one.about.isdisjoint(other.about) and not _on_one_matter(one, other):  # most pairs: the cheapest look first
        return None
    if one.text == other.text or _same_speaker(one, other):
        return None
    header = f"{one.header} {other.header}"
    figures = _figures_of(one)
    if figures and figures_differ(figures, _figures_of(other), header):
        return On.FIGURES
    if _each_of_himself(one, other):
        return None
    known = stem_set(header)
    for said, answer in ((one, other), (other, one)):
        if denies(answer.text, said.text, known):
            return On.DENIAL
        sides = said.voice is Voice.PLATFORM and answer.voice in (Voice.AFFECTED, Voice.CRITIC)
        if sides and gives_other_reason(
            said.text, answer.text, known, stem_set(answer.speaker or ""), _himself(answer)
        ):
            return On.REASONS
    return None


def _figures_of(said: Said) -> tuple[Told, ...]:
    """Read the figures of a statement; who speaks matters for what platforms and those affected say of themselves."""
    of_himself = said.voice in (Voice.AFFECTED, Voice.PLATFORM)
    return told_in(said.text, said.speaker if of_himself else None, said.voice) if figures_in(said.text) else ()


def _each_of_himself(one: Said, other: Said) -> bool:
    """Say whether two of those affected each speak of what befell them."""
    mine, theirs = _himself(one), _himself(other)
    return bool(mine and theirs) and not (mine & read_clause(other.text).names or theirs & read_clause(one.text).names)


def _himself(said: Said) -> frozenset[str]:
    """Return the stems of a speaker who is affected and says `I` or `he`: he speaks of himself."""
    own = said.voice is Voice.AFFECTED and said.speaker and shows(OWN, said.text)
    return stem_set(said.speaker or "") if own else frozenset()


def _same_speaker(one: Said, other: Said) -> bool:
    """Say whether nothing tells two speakers apart."""
    if one.speaker and other.speaker:
        return bool(stem_set(one.speaker) & stem_set(other.speaker))
    return one.speaker == other.speaker and bool(one.sources & other.sources)


def _on_one_matter(one: Said, other: Said) -> bool:
    """Say whether statements that no event links are of one month and name the same who or where."""
    if not one.month or one.month != other.month:
        return False
    mine, theirs = read_clause(one.text), read_clause(other.text)
    return bool(mine.names & theirs.names) and mine.platforms == theirs.platforms
