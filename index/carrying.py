"""A question and the one that it goes on from -> what of the earlier one still holds."""

import re

from index import aliases
from index.calendar_words import MONTH

PLATFORM = re.compile(rf"(?<![\w@#-])(?:(?:on|by|from|at) )?({aliases.PLATFORM})(?![\w-])")
DATE = re.compile(rf"\b(?:in |on |of |by )?(?:\d{{1,2}} )?(?:{MONTH} )?(?:\d{{1,2}},? )?(?:19|20)\d\d\b")


def carried(earlier: str, text: str) -> str:
    """Drop from the earlier question what the new one puts something else in the place of: its platform, its date.

    What happened on another platform had a day of its own, so the date goes with the platform. An earlier question with
    several platforms keeps them all: nothing tells which one is meant.
    """
    new = {match[1] for match in PLATFORM.finditer(text)}
    old = {match[1] for match in PLATFORM.finditer(earlier)}
    elsewhere = len(old) == 1 and bool(new - old)
    if elsewhere:
        earlier = PLATFORM.sub("", earlier)
    if elsewhere or DATE.search(text):
        earlier = DATE.sub("", earlier)
    return re.sub(r"\s+(?=[?!.,])", "", " ".join(earlier.split()))
