"""A question -> the measure whose reason it asks the platform for: who took it, whom it hit; None where it asks others.

"Why did Murmur ban Ann Ply?" asks the platform; "why did Ann Ply leave Murmur?" and "why do critics object to the ban?"
do not, and a platform's reason would be no answer to them.
"""

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass

from index.lexical import stem_set, stems
from index.reading import PLATFORMS, platforms_of
from index.returns import asks_for_return

DONE = (
    r"(?:suspended|banned|removed|deleted|terminated|closed|blocked|locked|purged|restricted|limited|disabled|shut"
    r"|deactivated|dropped|expelled|kicked|booted|throttled|demoneti[sz]ed|deplatformed|unpublished|hidden|censored"
    r"|silenced|erased|wiped|culled|targeted|quarantined|cut|evicted|dismantled|taken|pulled|delisted|shadow-?banned"
    r"|frozen|nuked|axed|muted|barred|thrown)"
)
DOES = (
    r"(?:suspend|ban|remove|delete|terminate|close|block|lock|purge|restrict|limit|disable|shut|deactivate|drop|expel"
    r"|kick|boot|throttle|demoneti[sz]e|deplatform|unpublish|hide|censor|silence|erase|wipe|cull|target|quarantine|cut"
    r"|evict|dismantle|take|pull|delist|shadow-?ban|freeze|nuke|axe|mute|bar|throw|crack down|clamp down|get rid of)"
)
MEASURE = re.compile(
    rf"\b(?:{DONE}|{DOES}s?|(?:suspen|remov|delet|terminat|clos|block|lock|purg|restrict|silenc|censor)\w*"
    r"|bans?|banning|took|dropping|shutting|cutting|taking|ending|sweeps?|crackdowns?|clean-?ups?)\b",
    re.IGNORECASE,
)
_WILL = r"(?:(?:\w+ly|just|also|ever|first|then|decided? to|chose to|choose to|have to|had to|want to|keep|kept) )*"
_ING = r"(?:suspend|bann|remov|delet|clos|block|lock|purg|restrict|shutt|tak|cutt|dropp|hid|censor|silenc)ing"
ACTIVE = re.compile(
    rf"\bwhy (?:(?:(?:did|does|do) (?P<did>.{{1,60}}?) {_WILL}(?:{DOES}|{_ING})"
    rf"|(?:is|was|are|were) (?P<was>.{{1,60}}?) {_WILL}{_ING}"
    rf"|(?:(?:has|have|had) )?(?!did|does|do|is|was|are|were)(?P<has>.{{1,60}}?) {_WILL}(?:{DONE}|{DOES}s?|took))\b)"
)
PASSIVE = re.compile(
    rf"\bwhy (?:(?:was|were|is|are) (?P<be>.{{1,80}}?)"
    rf"|(?:did|do|does|have|has|had) (?P<get>.{{1,80}}?) (?:been|be|get|got|getting)"
    rf"|(?!did|do|does|has|have|had|was|were|is|are)(?P<bare>.{{1,80}}?)) (?:(?:\w+ly|being|was|were|got|get) )*"
    rf"{DONE}\b"
)
LOST = re.compile(
    r"\bwhy (?:(?:did|do|does|have|has|had|are|is|were|was) )?(?P<who>.{1,80}?) (?:los[et]|losing|vanish\w*"
    r"|disappear\w*|(?:drop|dropped|fall|fell|fallen|shrink|shrank|decrease\w*|go down|gone)$)"
)
GIVES = (
    r"(?:give|gave|given|giving|offer\w*|state\w*|cite\w*|provide\w*|explain\w*|justif\w+|have|name\w*|say|mention\w*)"
)
GIVEN_BY = re.compile(rf"\b(?:did|do|does|has|have|had|was|were)\s+(?P<who>.{{1,60}}?)\s+{GIVES}\b")
REASON = re.compile(r"\b(?:reasons?|explanations?|justif\w+|explain\w*|on what grounds|what for|how come)\b")
REASON_OF = re.compile(
    r"(?P<who>(?:[\w.&-]+(?:['’]s?)?(?:,| and| or)+ )*[\w.&-]+)['’]s? (?:[\w-]+ ){0,2}"
    r"(?:reasons?|explanations?|justification)\b"
)
AGAIN = re.compile(
    r"(?:(?:and|but|so|ok|okay) )?(?:why|how come|what for|for what reason|what was the reason)"
    r"(?: not| (?:did|do|does) (?:they|it|he|she) do (?:that|it|this|so)| (?:was|is) (?:that|it|this))?[?!. ]*"
)
"""A question that goes on from the one before with next to no words of its own."""
OF_ANOTHER = re.compile(r"\b(?:for|after|over|about|when|before|because|since|if|that)\b")
"""In front of a participle: what was done stands before it, as in "why was Murmur sued for banned accounts"."""
IN_SUBJECT = frozenset(stems(
    "the a an and or both all its their it they this that company platform network site website service app store play"
    " web team staff moderators moderator admins owner owners boss ceo chief chiefs management inc corp safety s social"
))  # fmt: skip
"""What a platform is called by besides its name, and who acts for it."""
ON = re.compile(r"\b(?:on|from|off|by|at|in|inside|within) (?:the )?(?P<name>[\w.]+)")
"""In front of a platform on which a measure was taken, rather than one that it hit."""
CLAUSES = re.compile(r"[.;:!?](?:\s|$)")
TOKEN = re.compile(r"[@#]?\w[\w’'/-]*")
WAS = frozenset("was were is are be been being got get had has have saw".split())
LOST_HERE = frozenset(("lost", "lose", "loses", "losing", "fell"))
NEAR = 8
"""How many words from a measure a name may stand that it hit."""
MOST = 0.5
"""More than this share of a name's words must stand there."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a question asks the reason of.

    `by` are the platforms that it names as those who took it, as `reading.platforms_of` calls them; empty where it
    leaves that open. `hit` are stems of the names of those whom it hit.
    """

    by: frozenset[str]
    hit: frozenset[str]

    def concerns(self, platform: str) -> bool:
        """Say whether a platform may be the one whose reason is asked for."""
        held = stem_set(platform)
        return bool(self.by & platforms_of(held)) if self.by else not held & self.hit

    def is_all_of(self, told: Set[str], known: Set[str]) -> bool:
        """Say whether what is told of some platforms, of those known, is all that is asked for."""
        if self.by:
            return self.by <= platforms_of({stem for platform in told for stem in stem_set(platform)})
        return bool(told) and told == known


def measure_asked(asked: str, earlier: str, names: Set[str], speakers: Set[str]) -> Measure | None:
    """Find the measure of which a "why" asks the platform's reason.

    Args:
        asked: the question, and `earlier` the one that it goes on from or nothing; in small letters.
        names: the stems of names in it.
        speakers: stems of those who speak for platforms in what was found, such as their owners.
    """
    if earlier and AGAIN.fullmatch(asked):
        return _of_passive(earlier, "", names) if MEASURE.search(earlier) else None
    if asks_for_return(asked):
        return None
    active = ACTIVE.search(asked)
    who = (active["did"] or active["was"] or active["has"]) if active else ""
    if active and (by := doers(who, speakers)) is not None:
        return _of_active(asked[active.end() :], names - stem_set(who), by)
    suffered = _suffered(asked)
    if suffered:
        return _of_passive(asked, suffered, names)
    return _of_reason(asked, names, speakers) if REASON.search(asked) else None


def doers(who: str, speakers: Set[str]) -> frozenset[str] | None:
    """Return the platforms that a subject names; None where it names anything else."""
    held = stem_set(who)
    platforms = held & PLATFORMS.keys()
    strange = held - platforms - IN_SUBJECT - speakers
    return None if strange else frozenset(platforms_of(held))


def _suffered(asked: str) -> str:
    """Return who is asked about to whom something was done, by whomever; empty where nobody is."""
    passive = PASSIVE.search(asked)
    lost = None if passive else LOST.search(asked.rstrip("?!. "))
    who = (passive["be"] or passive["get"] or passive["bare"]) if passive else lost["who"] if lost else ""
    return "" if OF_ANOTHER.search(who) else who


def _of_active(words: str, names: Set[str], by: frozenset[str]) -> Measure:
    """Take the words behind the verb: a platform among them was hit, unless it is the place."""
    place = _places_in(words)
    hit = {stem for stem in stem_set(words) & PLATFORMS.keys() if PLATFORMS[stem] not in by | place}
    return Measure(by or place, frozenset(names | hit))


def _of_passive(asked: str, whom: str, names: Set[str]) -> Measure:
    """Take a question without a doer: a platform was hit if it stands alone, else it is where that happened."""
    hit = stem_set(whom) & PLATFORMS.keys() if doers(whom, frozenset()) else frozenset()
    place = _places_in(asked) or (frozenset() if hit else frozenset(platforms_of(stem_set(asked))))
    return Measure(place, frozenset(names | hit))


def _places_in(words: str) -> frozenset[str]:
    return frozenset(platforms_of({stem for match in ON.finditer(words) for stem in stems(match["name"])}))


def _of_reason(asked: str, names: Set[str], speakers: Set[str]) -> Measure | None:
    """Find the measure where a question has no "why" but asks for a reason or an explanation."""
    told = GIVEN_BY.search(asked) or REASON_OF.search(asked)
    if told is None:
        found = MEASURE.search(asked) if "why" not in asked.split() else None
        return _of_passive(asked, "", names) if found else None
    by = doers(told["who"], speakers)
    return None if by is None else _of_active(asked[told.end() :], names - stem_set(told["who"]), by)


def has_hit(hit: Set[str], texts: Iterable[str]) -> bool:
    """Say whether one of some texts tells of a measure against those named, or of what they lost by it."""
    return not hit or any(
        _hit_in(hit, clause) for text in texts if hit & stem_set(text) for clause in CLAUSES.split(text)
    )


def _hit_in(hit: Set[str], clause: str) -> bool:
    words = [match[0].lower() for match in TOKEN.finditer(clause)]
    for place, word in enumerate(words):
        lost = word in LOST_HERE
        if not lost and not MEASURE.fullmatch(word):
            continue
        before = words[max(0, place - NEAR) : place]
        near = [*(before if lost or WAS & set(before) else ()), *words[place + 1 : place + 1 + NEAR]]
        if len(hit & stem_set(" ".join(near))) > MOST * len(hit):
            return True
    return False
