"""A question on a measure -> the words that tell whom it hit: `why did Murmur remove baking pages?` asks of bakers.

Whatever a platform says of its rules fits any question on why it removed something; what tells that the sources speak
of another measure is that none of those found speaks of those concerned.
"""

import re

from index.lexical import stems
from index.measures import DOES, DONE, doers
from index.premise import LOADED, PEOPLE
from index.reading import FILLERS, PLATFORMS

_HAS, _WAS = r"(?:did|does|do|has|have|had|didn['’]?t)", r"(?:was|were|is|are|did|have|has|had)"
_LEAD = r"^(?:(?:so|but|and|ok|okay|hey|yo|wait|well),? )*"
_WHEN = (
    r"(?:why|whyd|y|when|wen|how come|is it true(?: that)?|for what(?: reason)?|what (?:time|year|day|date)"
    r"|in (?:what|which) (?:year|month))"
)
_LIKELY = r"(?:(?:\w+ly|just|also|ever|first|then|even|decided? to|choose to|have to|want to|start|keep|go) )*"
_ING = r"(?:suspend|bann|remov|delet|clos|block|lock|purg|restrict|shutt|tak|cutt|dropp|hid|censor|silenc|kick|wip)ing"
_DO = rf"(?:{DOES}|{DONE}|{_ING}|take down|took down|got rid of)(?: (?:out|off|down|up))?"
ASKED = tuple(
    re.compile(_LEAD + pattern)
    for pattern in (
        rf"(?:how many|which|what) (?:of )?(?P<told>(?!(?:{_HAS}|{_WAS}|kind|sort|type)\b)[^?]{{2,50}}?)"
        rf" (?:{_HAS} (?P<who>.{{2,40}}?) {_LIKELY}{_DO}\b"
        rf"|(?:were|was|have been|had been|has been|got|get)(?: \w+ly)? {DONE}\b)",
        rf"what {_HAS} .{{2,30}}? (?:say|said|think) (?:about|on|of) (?P<who>(?:\S+ )??)"
        rf"{_ING}(?: down)? (?P<whom>.{{2,60}})",
        r"what happened to (?P<whom>.{2,60})",
        rf"(?:{_WHEN} )?{_HAS} (?P<who>.{{2,40}}?) {_LIKELY}{_DO} (?P<whom>.{{2,70}})",
        rf"{_WHEN} (?!(?:{_HAS}|{_WAS})\b)(?P<who>\S+(?: \S+)?) {_LIKELY}{_DO} (?P<whom>.{{2,70}})",
        rf"(?:{_WHEN} )?{_WAS} (?P<told>(?!there\b)\S+(?: (?!to\b)\S+){{0,4}}?)"
        rf" (?:(?:get|got|gotten|been|being|all|also|\w+ly) )*{DONE}\b",
    )
)
"""How it is asked about a measure by a platform; `told` is in full whom it hit, `whom` up to `BEHIND`."""
BEHIND = re.compile(
    r"[,.;:?!]|\b(?:for|after|over|about|when|before|because|since|if|that|who|which|in|on|off|from|by|at|during|as|while"
    r"|with|and|without|until|this|last|again|back|down|up|out|of all)\b"
)
ANYBODY = (
    FILLERS | PLATFORMS.keys() | PEOPLE | LOADED
    | frozenset(stems(
        "account accs accts profile user page group people person channel post video tweet handle follower member"
        " community subreddit sub server blog content guy so many much number thousand hundred dozen several other"
        " certain my your his her our us me you him them it its their they he she those these such every any all both"
        " most combined total gonna everybody everyone anyone anybody real big top first entire old new single one two"
        " three four five six seven eight nine ten rest platform site website app company service store like too"
        " aswell own tied linked related say sorry manage biggest largest known supposed alleged actual genuine"
        " over under more less than least"
    ))
)  # fmt: skip
"""Words for those concerned that tell nobody from others, or that `premise` has a sentence on."""

SAME = tuple(frozenset(stems(group)) for group in (
    "jihadi jihadist islamist isis isil daesh terrorist terrorism", "nazi neo fascist supremacist supremacy hitler",
    "racist racism hate hateful supremacist", "kid child children minor teen underage young",
    "porn nsfw adult nude nudity erotic sexual sex", "gay lgbt lgbtq lgbtqi queer homosexual trans",
    "jew jewish antisemitic", "left lefty leftist progressive antifa antifascist", "right rightwing conservative maga",
    "journo journalist reporter press media outlet", "bot fake automated spam inauthentic", "troll provocateur",
    "antivax antivaxx antivaxxer vaccine vax vaxxer", "army military soldier general junta tatmadaw burmese myanmar",
    "russian russia kremlin", "chinese china beijing", "iranian iran", "saudi arabia", "celebrity celeb star famous",
    "dev developer", "activist activism protester dissident campaigner", "militia paramilitary armed",
    "politician president lawmaker senator minister",
))  # fmt: skip
"""Words for the same people in news on purges."""
AROUND = frozenset("the a an any all some these those still even also too ever ones".split())
"""What is left out of the phrase for them."""


def other_words(stem: str) -> frozenset[str]:
    """Return the stems of other words for those concerned."""
    return frozenset().union(*(group for group in SAME if stem in group)) - {stem}


def concerned_in(asked: str) -> tuple[str, frozenset[str]]:
    """Find who was hit by the measure that a question is on.

    Args:
        asked: the question in small letters.

    Returns:
        The phrase for them, and the stems in it that tell them from others; empty where nothing does.
    """
    for pattern in ASKED:
        match = pattern.search(asked)
        held = match.groupdict() if match else {}
        if not held or (held.get("who") and doers(held["who"], frozenset()) is None):
            continue
        phrase = BEHIND.split(held["whom"])[0] if held.get("whom") else held["told"]
        told = " ".join(word for word in phrase.split() if word not in AROUND)
        return told, frozenset(one for one in stems(told) if not one[0].isdigit()) - ANYBODY
    return "", frozenset()
