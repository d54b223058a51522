"""Question + statement -> how far the statement carries what is asked for: who, where, when, what kind of fact.

Scores of retrieval tell near misses badly: a statement on the same event has the same words. What tells them is whether
one statement has the asked names, platform, dates, figures and kind of fact together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.quotes import KNOWN as PLATFORM_NAMES
from index.calendar_words import MONTHS as MONTH_NAMES
from index.calendar_words import YEAR
from index.facts import UNTOLD, fit_of_kind, names_in_handle, said_by, shows
from index.lexical import exact_words, stem_set, stems
from index.question import OPEN_WORD, REMARKS, SAYS, Question
from index.retrieve import ALIKE_SHARE, NOTHING, Evidence, Hit, Terms
from index.sought import Sought, sought_by
from index.synonyms import alike

OTHER_NAMES = {
    "x": "Twitter",
    "fb": "Facebook",
    "meta": "Facebook",
    "yt": "YouTube",
    "ig": "Instagram",
    "insta": "Instagram",
}
MONTHS = frozenset(stems(" ".join(MONTH_NAMES)))
PLATFORMS = {stems(name)[0]: name for name in PLATFORM_NAMES if name not in ("X Corp", "Truth Social")} | OTHER_NAMES
"""By the first stem of each name, since its others are words of their own: `app` of WhatsApp, `pay`, `live`."""
STEMS_OF = {name: frozenset(stem for stem in PLATFORMS if PLATFORMS[stem] == name) for name in PLATFORMS.values()}
MOSTLY = 3
"""A word is a name if the passages found write it with a capital so many times as often as without."""
FROM_HEADER = 0.8
"""What a date counts for that only the document's own date bears out, not the statement."""
IN_PASSAGE = 0.5

SPEAKER = re.compile(
    rf"\b(?:did|does|do|has|have|had|was|were)\s+(?!there\b)(?P<who>.{{2,60}}?)\s+{SAYS}\b"
    rf"|\b{REMARKS}\s+(?:of|from|by)\s+(?P<by>.{{2,60}})"
    rf"|^(?:what (?:was|is|were) )?(?!(?:{OPEN_WORD.pattern}|there|any|a|the)\b)(?P<whose>.{{2,60}}?)(?:['’]?s)?"
    rf" {REMARKS}\b",
    re.IGNORECASE,
)
PASSAGES_KEPT = 1024
"""Of which is kept how they write each word."""
LETTERS = re.compile(r"[^\W\d_]\w*")
WORD = re.compile(r"[\w@#/’'-]+")
FILLERS = frozenset(stems(
    "happen happened happening thing things get got getting let really actually ever still back guy guys ppl people"
    " person stuff lot lots kind whole entire give given make made anything something everything anyone someone"
))  # fmt: skip
"""Words of questions that no statement need hold."""
_Weighed = tuple[tuple[str, float, Set[str]], ...]
"""Stems, each with its weight and those of words that may stand for it."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What a question names and asks for, in stems."""

    sought: Sought
    weights: Mapping[str, float]
    names: frozenset[str]
    platforms: frozenset[str]
    years: frozenset[str]
    content: frozenset[str]
    _names: _Weighed = field(init=False, repr=False, compare=False)
    _content: _Weighed = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Weigh the words once: shares of them are asked for of some dozens of statements."""
        object.__setattr__(self, "_names", _weighed(self.names, self.weights))
        object.__setattr__(self, "_content", _weighed(self.content, self.weights))

    def names_in(self, held: Set[str], beside: Set[str]) -> float:
        """Return the weighted share of the names that are among two sets, in [0, 1]."""
        return _share(self._names, held, beside) if self.names else 1.0

    def content_in(self, held: Set[str]) -> float:
        """Return the weighted share of the other words that are in a set, in [0, 1]."""
        return _share(self._content, held)


@dataclass(frozen=True, slots=True)
class Fit:
    """How far one statement carries what is wanted, each in [0, 1]; 1 too where the question wants nothing of the sort.

    `own` and `covered` are as `own` and `coverage` in `Evidence`, `part` is its cosine. `names` and `content` are
    idf-weighted shares found in the statement and its attribution, `names` in its header too; `_near` adds the passage
    around it. `held` is as in `Ground`. `kind` is how well it is of the kind of fact sought; 0 for kinds that nothing
    shows. `told` is 0 where the statement says that something is not told.
    """

    part: float
    own: float
    covered: float
    names: float
    names_near: float
    year: float
    platform: float
    platform_near: float
    content: float
    held: float
    kind: float
    told: float


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage as `fit_of` needs it; `held` is the idf-weighted share of the question's stems in it and its header."""

    header: str
    header_stems: frozenset[str]
    stems: frozenset[str]
    held: float


Grounds = Mapping[int, Ground]
"""By the passage's id."""


def wants_of(question: Question, terms: Terms, hits: Sequence[Hit]) -> Wants:
    """Take a question apart; what is a name shows in how it and the passages found write it."""
    held = set(terms.weights)
    years = {stem for stem in held if YEAR.fullmatch(stem)}
    platforms = {stem for stem in held if stem in PLATFORMS}
    digits = {stem for stem in held if stem[:1].isdigit()}
    named = (_names(question, terms, hits) & held) | set(question.handles)
    names = named - MONTHS - years - digits - platforms - FILLERS
    content = held - names - digits - MONTHS - platforms - FILLERS - {"k", "m"}
    asked = question.text.lower() if question.earlier else terms.text  # the latter has slips of spelling mended
    speaker = speaker_in(asked)
    spoken = set(stems(speaker[0])) if speaker else names | platforms
    return Wants(
        sought=sought_by(question, asked, frozenset(held), frozenset(spoken - FILLERS), frozenset(names)),
        weights=terms.weights,
        names=frozenset(names),
        platforms=frozenset(PLATFORMS[stem] for stem in platforms),
        years=frozenset(years),
        content=frozenset(content),
    )


def speaker_in(asked: str) -> tuple[str, int] | None:
    """Find who is asked about for what he said, as the question writes it, and the place behind the verb."""
    found = SPEAKER.search(asked)
    return (found[found.lastgroup or 0].strip(), found.end()) if found else None


def ground_of(hit: Hit, terms: Terms) -> Ground:
    """Take the stems of a passage and its header, once for all its statements."""
    header, text = stem_set(hit.passage.header), stem_set(hit.passage.text)
    return Ground(hit.passage.header, header, header | text, terms.share(header | text))


def fit_of(wants: Wants, evidence: Evidence, ground: Ground) -> Fit:
    """Measure how far a statement carries what is wanted; `ground` is the passage that it stands in."""
    stored, statement = evidence.stored, evidence.stored.statement
    own, by = stem_set(evidence.block), said_by(stored)
    if by or statement.handle:  # mostly nobody speaks, and the kept set will do
        own = own | by | {(statement.handle or "").lower()} | names_in_handle(stored, wants.names)
    names = wants.names_in(own, ground.header_stems)
    return Fit(
        part=max(evidence.cosine, 0.0),
        own=evidence.own,
        covered=evidence.coverage,
        names=names,
        names_near=1.0 if names == 1.0 else wants.names_in(own, ground.stems),  # the passage holds its header
        year=_year(wants, evidence.block, f"{statement.date or ''} {ground.header}") if wants.years else 1.0,
        platform=_platforms_in(wants, own) if wants.platforms else 1.0,
        platform_near=_platforms_in(wants, own, ground.stems) if wants.platforms else 1.0,
        content=wants.content_in(own),
        held=ground.held,
        kind=fit_of_kind(wants.sought, stored),
        told=0.0 if shows(UNTOLD, stored.text) else 1.0,
    )


def _names(question: Question, terms: Terms, hits: Sequence[Hit]) -> set[str]:
    words = WORD.findall(question.text)
    told = any(word[0].islower() for word in words)  # one who writes no small letters tells nothing by capitals
    written = {
        word.lower().strip("@#'’").removesuffix("'s").removesuffix("’s")
        for word in words[1:]
        if told and word[0].isupper()
    }
    asked = {word: held[0] for word in exact_words(terms.text) if (held := stems(word))}
    ways = [_written(hit.passage.text) for hit in hits]
    return {stem for word, stem in asked.items() if word in written or _is_mostly_capital(word, ways)}


def _is_mostly_capital(word: str, ways: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]) -> bool:
    """Say whether passages, `_written` of each, write a word with a capital inside a sentence, and seldom without."""
    capital = sum(of_capital.get(word, 0) for of_capital, _ in ways)
    return bool(capital) and capital >= MOSTLY * sum(of_small.get(word, 0) for _, of_small in ways)


@lru_cache(PASSAGES_KEPT)
def _written(text: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Count how often a passage writes each word with a capital inside a sentence, and how often without."""
    capital: dict[str, int] = {}
    small: dict[str, int] = {}
    for match in LETTERS.finditer(text):
        written = match[0]
        word = written.lower()
        if written[0].islower():
            small[word] = small.get(word, 0) + 1
            continue
        before = text[max(0, match.start() - 3) : match.start()].rstrip(" “\"‘'(")
        if before and before[-1] not in ".!?\n:-":
            capital[word] = capital.get(word, 0) + 1
    return capital, small


def _weighed(wanted: Iterable[str], weights: Mapping[str, float]) -> _Weighed:
    return tuple((stem, weights.get(stem, 1.0), alike(stem)) for stem in wanted)


def _share(wanted: _Weighed, held: Set[str], beside: Set[str] = NOTHING) -> float:
    total = found = 0.0
    for stem, weight, others in wanted:
        total += weight
        if stem in held or stem in beside:
            found += weight
        elif others and not (others.isdisjoint(held) and others.isdisjoint(beside)):
            found += weight * ALIKE_SHARE
    return found / total if total else 1.0


def platforms_of(held: Set[str]) -> set[str]:
    """Name the platforms among stems."""
    return {PLATFORMS[stem] for stem in held & PLATFORMS.keys()}


def _platforms_in(wants: Wants, held: Set[str], beside: Set[str] = NOTHING) -> float:
    told = (not (STEMS_OF[one].isdisjoint(held) and STEMS_OF[one].isdisjoint(beside)) for one in wants.platforms)
    return sum(told) / len(wants.platforms)


def _year(wants: Wants, block: str, dated: str) -> float:
    said, known = set(YEAR.findall(block)), set(YEAR.findall(dated))
    if wants.years <= said:
        return 1.0
    if wants.years <= known | said:
        return IN_PASSAGE if said else FROM_HEADER
    return 0.0
