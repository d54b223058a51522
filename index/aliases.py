"""Names of platforms as members type them -> the names that the sources use."""

import re

from corpus.quotes import KNOWN
from index.calendar_words import YEAR

PLATFORM = "|".join(sorted(map(re.escape, KNOWN), key=len, reverse=True))
"""The name of a platform as sources write it, as a part of patterns: the longest name that fits."""
SAME = {
    "fb": "Facebook", "face book": "Facebook", "yt": "YouTube", "you tube": "YouTube", "utube": "YouTube",
    "u tube": "YouTube", "ig": "Instagram", "insta": "Instagram", "linked in": "LinkedIn", "tik tok": "TikTok",
    "whats app": "WhatsApp", "google plus": "Google+", "g+": "Google+", "tumbler": "Tumblr", "x.com": "X",
}  # fmt: skip
"""Never the name of another thing that news on platforms tells of."""
SINCE = {"X": ("Twitter", 2023), "Meta": ("Facebook", 2022)}
"""A new name, the old one, and the first year in which sources use the new one throughout."""

SHORT = re.compile(rf"(?<![\w@#/.-])(?:{'|'.join(map(re.escape, SAME))})(?![\w@/-])", re.IGNORECASE)
NEW = re.compile(r"(?<![\w@#/.'’&+-])(?:X|Meta)(?![\w@/&+-]|\.\w)", re.IGNORECASE)
WORD_BEFORE = re.compile(r"[\w’'.-]+(?= $)")
NEAR_SMALL = frozenset("on by at from to did does has had was is of".split())
"""Words behind which a small `x` or `meta` is the platform."""
NEAR_CAPITAL = NEAR_SMALL | frozenset(
    "do have were will can could would should that when why how and or in for which what who whom the with via since"
    " after before until than but if about against".split()
)
"""Words that may begin with a capital before `X` without making one name with it, as in `Malcolm X`."""


def usual_names(text: str) -> str:
    """Write the names of platforms as sources do, and those that they had in the years that the text names.

    Where it names no year, or later ones, the new name stays and the old one follows in brackets.
    """
    text = SHORT.sub(lambda match: SAME[match[0].lower()], text)
    years = [int(year) for year in YEAR.findall(text)]
    return NEW.sub(lambda match: _at_the_time(match, years), text)


def _at_the_time(match: re.Match[str], years: list[int]) -> str:
    before = WORD_BEFORE.search(match.string[: match.start()])
    if not _is_platform(match[0], before[0] if before else ""):
        return match[0]
    old, since = SINCE[match[0].capitalize()]
    return old if years and max(years) < since else f"{match[0]} ({old})"


def _is_platform(name: str, before: str) -> bool:
    if name[0].islower():
        return before.lower() in NEAR_SMALL
    return before.lower() in NEAR_CAPITAL or before == before.lower() or before.endswith(("'s", "’s"))
