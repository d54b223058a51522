"""Who is the most of all? Which extreme a question asks for, and whether a statement tells it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.lexical import OF_DOCUMENTS, stem_set, stems
from index.synonyms import alike

SENSES = (
    "most biggest largest highest greatest worst hardest heaviest",
    "fewest least smallest lowest",
    "first earliest initial",
    "last latest final",
    "longest",
    "shortest",
    "oldest",
    "youngest newest",
    "fastest quickest",
)
"""Words for one extreme each."""
QUANTITIES = ("most", "fewest", "least")
OF_SIZE = SENSES[0]
WORDS = " ".join(SENSES).split()
ANY = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
ASKED = re.compile(
    r"^(?:.*\b)?(?:(?:who|which|what)(?:['’]?s)?|whose|how (?:big|large|many|much))\b.*?\b(?<!at )(?<!hundred )(?<!\d )"
    rf"(?P<word>{'|'.join(WORDS)})\b(?! of\b| recent| likely|ly\b|-)(?P<behind>(?: [\w’'-]+){{0,5}})",
    re.IGNORECASE,
)
NO_EXTREME = re.compile(
    r"\b(?:first|last) (?:day|night|week|month|quarter|half|year|time|name|amendment|hours?|days|weeks|months|years"
    r"|statement|decision|\d+)\b|\b(?:before|after|since|until|in|on|during) (?:\w+ )?(?:first|last)\b"
    r"|\bat (?:most|least|first|last)\b|\bmost of\b(?! (?:any|all)\b)"
    r"|\b(?:one|some|two|three|four|five|many|several|few|among) (?:of )?(?:the|its|their|his|her|our|my) "
    r"(?:\w+ ){0,2}?(?:\w+est|most|first|last|worst)\b"
    r"|\b(?:second|third|fourth|fifth|\d+(?:st|nd|rd|th))[ -](?:\w+est|most|worst)\b",
    re.IGNORECASE,
)
IN_ORDER = ("first", "last")
LEADS = re.compile(r"(?: \w+)?(?:$| to\b| that\b| and\b)")
"""What follows them where it is asked who was the first, rather than of the first of some events."""
HAVING = re.compile(
    r"\b(?:has|had|have|lose|lost|shed|sen[dt]|sends|g[eo]t|gets|ma[dk]e|makes|receive[ds]?|gain(?:ed|s)?) (?:the )?$",
    re.IGNORECASE,
)
"""In front of `most` where it counts, whatever stands behind it: `had the most removal requests`."""
LOSING = re.compile(r"(?:lose|lost|shed|gain)", re.IGNORECASE)
FOLLOWERS = frozenset(stems("followers subscribers"))
"""What is lost where nothing says what: `who lost most in the purge`."""
OF_QUALITY = re.compile(r" (?:\w*[^s\W]|\w+(?:ou|s)s) ")
"""What follows `most` where it belongs to an adjective: `the most famous groups`."""
AMOUNT = frozenset(stems("loss losses drop drops fall decline number numbers share count counts hit"))
ENDS = frozenset(
    "the a an of in on by at to from for and or was were is are did do does has had have ever it that this during when"
    " who which got get after before with over among lost lose".split()
)
"""Words that end a noun phrase."""
DONE = re.compile(r"..ed$")
"""What was done to it: `the most accounts removed`."""
IDLE = frozenset(stems("one ones thing things"))
OF_ALL = re.compile(r"\b(\w+) (?:of|among) (?:any|all|them|these|those)\b", re.IGNORECASE)
"""Behind a superlative: what it is of stands before it, as in `lost 900 followers, the most of any member`."""
WHICH = re.compile(
    r"\b(?:which|what) (?:[\w’'-]+ ){0,3}?(?P<thing>[\w’'-]+) (?:was|were|is|are) (?:the )?$", re.IGNORECASE
)
"""What an extreme is of that stands before it: `which page was the biggest one`."""
NEAR = 4
"""Words behind a superlative in which what it is of may stand."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """An extreme that a question asks for: its `word`, the stems of all words for it, and of the `things` it is of."""

    word: str
    same: frozenset[str]
    things: frozenset[str]
    of_size: bool


def extreme_asked(question: str) -> Extreme | None:
    """Find the extreme that a question asks for; None where it asks for none."""
    if not ANY.search(question):
        return None
    asked = ASKED.search(NO_EXTREME.sub(" ", question))
    if asked is None:
        return None
    word, behind = asked["word"].lower(), asked["behind"]
    had = HAVING.search(asked[0][: asked.start("word")])
    if word in IN_ORDER and not LEADS.match(behind):
        return None
    if word in QUANTITIES and OF_QUALITY.match(behind) and not had:
        return None
    sense = next(sense for sense in SENSES if word in sense.split())
    before = WHICH.search(asked[0][: asked.start("word")])
    things = _head(behind) or frozenset(stems(before["thing"]) if before else ())
    if not things and had and LOSING.match(had[0]):
        things = FOLLOWERS
    return Extreme(word, frozenset(stems(sense)), things, sense == OF_SIZE)


def is_told_extreme(asked: Extreme, text: str) -> bool:
    """Say whether a statement tells who or what is the extreme, of what is asked."""
    if not asked.same & stem_set(text):
        return False
    wanted = asked.things | AMOUNT | frozenset().union(*map(alike, asked.things))
    told = NO_EXTREME.sub(" ", text)
    if any(asked.same & frozenset(stems(match[1])) for match in OF_ALL.finditer(told)):
        return not asked.things or not wanted.isdisjoint(stem_set(text))
    words = _words_of(told)
    return any(
        word in asked.same and (not asked.things or wanted & set(words[place + 1 : place + 1 + NEAR]))
        for place, word in enumerate(words)
    )


def _head(behind: str) -> frozenset[str]:
    """Take the noun that a superlative is of: the last word before one that begins something else."""
    words = [word.lower() for word in behind.split()]
    end = next((place for place, word in enumerate(words) if word in ENDS or DONE.search(word)), len(words))
    return frozenset(stems(" ".join(words[max(0, end - 1) : end]))) - IDLE


@lru_cache(OF_DOCUMENTS)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(stems(text))
