"""A clause -> what it speaks of: who, where, when, what was done. Those that differ in this do not disagree."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.quotes import KNOWN
from index.lexical import OF_DOCUMENTS, stems
from index.synonyms import alike

CLAUSE = re.compile(r"(?:;|,? (?:while|whereas|but|although|though|however)\b|(?<=[a-z\d”\"][.!?]))\s", re.IGNORECASE)
REPORTING = (
    r"(?:sa(?:id|ys?)|told|tells?|counts?|counted|gives?|gave|puts?|reported|reports?|wrote|writes?|claim(?:s|ed)?|estimat\w+"
    r"|announced?|according|stat(?:es?|ed)|confirm(?:s|ed)|insist\w*|acknowledg\w*|maintain\w*|add(?:s|ed)|believ\w+"
    r"|speaks?|spoke|cit(?:es|ed)|list(?:s|ed)|named?|quot(?:es|ed)|alleg\w+|accus\w+|complain\w*|argu\w+)"
)
BY = re.compile(
    rf"\b(?:[Tt]he )?(?:[A-Z@][\w’'&.-]*(?: of| the| and)? ?){{1,5}}(?:, [^,]{{3,40}}, )?(?={REPORTING}\b)"
    rf"|, (?:[A-Z]|her |his |their |its |the |an? )[^,.;]{{2,40}} {REPORTING}\.?$|, {REPORTING} [^,.;]+\.?$"
    r"|\b[Aa]ccording to (?:[^,.;]+)|\b(?:by|in) (?:[A-Z][\w’'&.-]* ?){1,4}[’']s? (?:count|figure|tally|report)\b"
)
"""Who reports, which is no part of what is reported."""
NAME = re.compile(r"(?<![\w@])(?:@\w+|[A-Z][\w’'-]*)")
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
DATE = re.compile(
    rf"\b(?:(?:19|20)\d\d|{'|'.join(MONTHS)}|(?:\d{{1,2}} )(?={'|'.join(MONTHS)})|(?<=[a-z] )\d{{1,2}}(?=,))\b"
)
DAY = re.compile(rf"\b(?:(\d{{1,2}}) (?:{'|'.join(MONTHS)})|(?:{'|'.join(MONTHS)}) (\d{{1,2}})(?!\d))\b")
RATE = re.compile(
    r"\b(?:(?:a|per|each|every|single|one|within a|in a|first|last|past) (?:day|week|month|year|hour|minute)"
    r"|daily|weekly|monthly|yearly|annual\w*|overnight|on average|apiece|each"
    r"|(?:first|second|third|fourth|last) quarter|(?:first|second) half"
    r"|in \w+ (?:days|weeks|months|years)|\w+ (?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
RUNNING = re.compile(
    r"\b(?:initially|at first|so far|since|later|earlier|by then|as of|until|still|again|subsequently|eventually|now"
    r"|previous\w*|originally|in all|in total|a total|altogether|combined|together|alone|only|at the time|before|after"
    r"|at its (?:peak|height)|at the (?:start|end|outset)|when it"
    r"|separately|also|besides|additionally|further|more|another|other|(?:first|second|third|fourth|fifth|last|next)"
    r"|largest|biggest|average|main|largely|mostly|partly|would|will|plans?|planned|may|might|could|hopes?|expects?"
    r"|asked for|requested|more than once|per cent)\b",
    re.IGNORECASE,
)
COMMON = frozenset(stems(
    "the a an in on at by of to for from with and or as it its they their he she his her this that these those who"
    " which was were is are had has have been be there not no but also than then about around some more most many"
    " several other said says told reported counted according gave puts put count counts figure number total company"
    " platform social network site service firm spokesman spokeswoman spokesperson after before during when while both"
    " all"
))  # fmt: skip
ORDINARY = frozenset(stems("account page user group post people video channel profile platform company site"))
"""What nearly every statement on removals counts or names; to share it says little."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a clause speaks of; sets of stems, or of platforms' names.

    `content` are its other words, those of one meaning alike, without who reports it. `acts` is the part of them that
    says what was done: removed, lost, restored. `times` are phrases that bound a count in time or say that it grew.
    """

    names: frozenset[str]
    platforms: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    times: frozenset[str]
    content: frozenset[str]
    acts: frozenset[str]


def clause_at(text: str, place: int) -> tuple[int, int]:
    """Find the clause around a place of a text."""
    cuts = [0, *(match.end() for match in CLAUSE.finditer(text)), len(text)]
    return max(cut for cut in cuts if cut <= place), min(cut for cut in cuts if cut > place)


@lru_cache(OF_DOCUMENTS)
def scope_of(clause: str) -> Scope:
    """Read what a clause of a document speaks of."""
    told = BY.sub(" ", clause)
    words = [name for name in NAME.findall(told) if name not in MONTHS and name not in DAYS]
    platforms = {name for name in KNOWN if re.search(rf"\b{name}\b", told)}
    names = {stem for name in words if name not in platforms for stem in stems(name)} - COMMON
    plain = {stem for stem in stems(DATE.sub(" ", told)) if not stem[0].isdigit()} - COMMON
    first = NAME.match(told.lstrip())
    if first and first[0] not in platforms and first[0] not in words[1:]:
        names -= set(stems(first[0])) & ORDINARY
    content = {_fold(stem) for stem in plain - names - {s for name in platforms for s in stems(name)}}
    return Scope(
        names=frozenset(names),
        platforms=frozenset(platforms),
        years=frozenset(re.findall(r"\b(?:19|20)\d\d\b", told)),
        months=frozenset(month for month in MONTHS if re.search(rf"\b{month}\b", told)),
        days=frozenset(one or other for one, other in DAY.findall(told)),
        times=frozenset(match[0].lower() for pattern in (RATE, RUNNING) for match in pattern.finditer(told)),
        content=frozenset(content - DATES),
        acts=frozenset(stem for stem in content if alike(stem) and stem not in NO_ACTS),
    )


def may_be_the_same(one: Scope, other: Scope, known: frozenset[str]) -> bool:
    """Say whether two clauses may speak of the same people, place and time.

    Args:
        known: stems of names that both are known to be about, such as those of their event's title.
    """
    for mine, theirs in ((one.platforms, other.platforms), (one.years, other.years), (one.months, other.months),
                         (one.days, other.days)):  # fmt: skip
        if mine and theirs and not (mine <= theirs or theirs <= mine):
            return False
    if one.names - other.names and other.names - one.names:
        return False
    return one.times == other.times and not (one.names ^ other.names) - known


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the shorter of two sets stands in the other, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _fold(stem: str) -> str:
    """Bring words that say the same to one of them."""
    return stem if stem in SPEECH else min({stem, *alike(stem)})


SPEECH = alike("said") | {"said"}
DATES = frozenset(_fold(stem) for stem in stems(" ".join([*MONTHS, *DAYS])))
NO_ACTS = SPEECH | {_fold(stem) for stem in stems("account")}
