"""A clause -> what it speaks of: who, where, when, what was done. Those that differ in this do not disagree."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.quotes import KNOWN
from index import aliases
from index.calendar_words import MONTHS, WEEKDAYS, YEAR
from index.lexical import stems
from index.synonyms import alike
from index.verbs import forms_of

REMEMBERED = 4096
"""Clauses of documents of which it is kept what they speak of: some ten megabytes."""

CLAUSE = re.compile(r"(?:;|,? (?:while|whereas|but|although|though|however)\b|(?<=[a-z\d”\"][.!?]))\s", re.IGNORECASE)
REPORTING = (
    r"(?:sa(?:id|ys?)|told|tells?|counts?|counted|gives?|gave|puts?|reported|reports?|wrote|writes?|claim(?:s|ed)?|estimat\w+"
    r"|announced?|according|stat(?:es?|ed)|confirm(?:s|ed)|insist\w*|acknowledg\w*|maintain\w*|add(?:s|ed)|believ\w+"
    r"|speaks?|spoke|cit(?:es|ed)|list(?:s|ed)|named?|quot(?:es|ed)|alleg\w+|accus\w+|complain\w*|argu\w+"
    r"|(?:f(?:ou|i)nds?|shows?|showed|discover(?:s|ed))(?= that))"
)
OF_ITSELF = r" (?:(?:an? |its |his |her )?(?:drop|loss|fall|decline|decrease|gain|rise)|losing|having)\b"
"""What follows where somebody reports what befell himself."""
BY = re.compile(
    rf"\b(?:[Tt]he )?(?:[A-Z@][\w’'&.-]*(?: of| the| and)? ?){{1,5}}(?:, [^,]{{3,40}}, )?"
    rf"(?={REPORTING}\b(?!{OF_ITSELF}))"
    rf"|, (?:[A-Z]|her |his |their |its |the |an? )[^,.;]{{2,40}} {REPORTING}\.?$|, {REPORTING} [^,.;]+\.?$"
    r"|\b[Aa]ccording to (?:[^,.;]+)|\b(?:by|in) (?:[A-Z][\w’'&.-]* ?){1,4}[’']s? (?:count|figure|tally|report)\b"
)
"""Who reports, which is no part of what is reported."""
NAME = re.compile(r"(?<![\w@])(?:@\w+|[A-Z][\w’'-]*)")
PLATFORM = re.compile(rf"\b(?:{aliases.PLATFORM})\b")
MONTH, WEEKDAY = (re.compile(rf"\b(?:{'|'.join(names)})\b") for names in (MONTHS, WEEKDAYS))
DATE = re.compile(rf"{YEAR.pattern}|\b(?:\d{{1,2}} )?{MONTH.pattern}|(?<=[a-z] )\d{{1,2}}(?=,)")
DAY = re.compile(rf"\b(\d{{1,2}}) {MONTH.pattern}|{MONTH.pattern} (\d{{1,2}})(?!\d)")
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
    r"|new|at its (?:peak|height)|at the (?:start|end|outset)|when it"
    r"|separately|also|besides|additionally|further|more|another|other|(?:first|second|third|fourth|fifth|last|next)"
    r"|largest|biggest|average|main|largely|mostly|partly|would|will|plans?|planned|may|might|could|hopes?|expects?"
    r"|asked for|requested|more than once|per cent|ris(?:e[ns]?|ing)|rose|gr(?:ew|own|owing)|climb(?:s|ed)|increas\w+"
    r"|(?:ask|urg|order|demand|want|threaten|vow|attempt|fail)\w* (?:\S+ ){0,3}?to|tr(?:y|ies|ied) to)\b",
    re.IGNORECASE,
)
"""What bounds a count in time, says that it grew, or that it was only meant to be."""
COMMON = frozenset(stems(
    "the a an in on at by of to for from with and or as it its they their he she his her this that these those who"
    " which was were is are had has have been be there not no but also than then about around some more most many"
    " several other said says told reported counted according gave puts put count counts figure number total company"
    " platform social network site service firm spokesman spokeswoman spokesperson after before during when while both"
    " all one two three four five six seven eight nine ten eleven twelve dozens hundreds thousands between only nearly"
    " almost least under over up until since every each overnight today yesterday"
))  # fmt: skip
ORDINARY = frozenset(stems("account page user group post people video channel profile platform company site"))
"""What nearly every statement on removals counts or names; to share it says little."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What a clause speaks of; sets of stems.

    `content` are its other words, those of one meaning alike, without who reports it. `acts` is the part of them that
    says what was done: removed, lost, restored. `platforms` is who reports where that is a platform and no other is
    named. `times` are phrases that bound a count in time or say that it grew.
    """

    names: frozenset[str]
    platforms: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    weekdays: frozenset[str]
    times: frozenset[str]
    content: frozenset[str]
    acts: frozenset[str]


CLOSING = dict.fromkeys(stems("close bar"), *stems("ban"))
"""Words for a removal that mean too much else for the search to go by."""


def clause_at(text: str, place: int) -> tuple[int, int]:
    """Find the clause around a place of a text."""
    cuts = [0, *(match.end() for match in CLAUSE.finditer(text)), len(text)]
    return max(cut for cut in cuts if cut <= place), min(cut for cut in cuts if cut > place)


@lru_cache(REMEMBERED)
def read_clause(text: str) -> Clause:
    """Read what a clause of a document speaks of."""
    told = BY.sub(" ", text)
    names = _names_in(told)
    words = {stem for stem in stems(DATE.sub(" ", PLATFORM.sub(" ", told))) if not stem[0].isdigit()}
    content = {_fold(stem) for stem in words - COMMON - names} - CALENDAR
    return Clause(
        names=names,
        platforms=platforms_in(told) or platforms_in(text),
        years=frozenset(YEAR.findall(told)),
        months=frozenset(MONTH.findall(told)),
        days=frozenset(one or other for one, other in DAY.findall(told)),
        weekdays=frozenset(WEEKDAY.findall(told)),
        times=frozenset(match[0].lower() for pattern in (RATE, RUNNING) for match in pattern.finditer(told)),
        content=frozenset(content),
        acts=frozenset(stem for stem in content if alike(stem) and stem not in NO_ACTS),
    )


@lru_cache(REMEMBERED)
def platforms_in(text: str) -> frozenset[str]:
    """Return the platforms that a text names, by one stem each; those of one meaning alike."""
    return frozenset(_fold(stems(name)[0]) for name in PLATFORM.findall(text))


def platforms_among(found: frozenset[str]) -> frozenset[str]:
    """Return the platforms among some stems."""
    return frozenset(_fold(stem) for stem in found & PLATFORM_STEMS)


def _names_in(told: str) -> frozenset[str]:
    words = NAME.findall(PLATFORM.sub(" ", told))
    names = {stem for word in words if word not in MONTHS and word not in WEEKDAYS for stem in stems(word)} - COMMON
    first = NAME.match(told.lstrip())
    if first and first[0] not in words[1:]:  # a capital for no other reason than that it stands first
        names -= set(stems(first[0])) & ORDINARY
    return frozenset(names)


def may_be_the_same(one: Clause, other: Clause, known: frozenset[str]) -> bool:
    """Say whether two clauses may speak of the same people, place and time.

    Args:
        known: stems of names that both are known to be about, such as those of their event's title.
    """
    pairs = (
        (one.platforms, other.platforms), (one.years, other.years), (one.months, other.months), (one.days, other.days),
        (one.weekdays, other.weekdays), (one.names, other.names),
    )  # fmt: skip
    if any(mine and theirs and not (mine <= theirs or theirs <= mine) for mine, theirs in pairs):
        return False
    return one.times == other.times and one.names ^ other.names <= known


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of the shorter of two sets stands in the other, in [0, 1]."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _fold(stem: str) -> str:
    """Bring words that say the same, and the forms of a verb, to one of them."""
    return stem if stem in SPEECH else min({stem} | forms_of(CLOSING.get(stem, stem)))


PLATFORM_STEMS = frozenset(stem for name in KNOWN for stem in stems(name))
SPEECH = alike("said") | {"said"}
CALENDAR = frozenset(_fold(stem) for stem in stems(" ".join([*MONTHS, *WEEKDAYS])))
NO_ACTS = SPEECH | {_fold(stem) for stem in stems("account")}
