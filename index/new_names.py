"""Text -> the names in it that a question does not give, told by their capitals."""

import re
from functools import lru_cache

from index.calendar_words import MONTHS, WEEKDAYS
from index.lexical import OF_DOCUMENTS, stems

CALENDAR = frozenset(stems(" ".join([*MONTHS, *WEEKDAYS])))
"""Written with a capital, but no names."""
FOLLOWED = re.compile(r"\s+[A-Z]")
CAPITAL = re.compile(r"[@#]?\b[A-Z][\w’'-]*|@\w+")


def new_names(text: str, known: frozenset[str]) -> list[set[str]]:
    """Find names in a document's text, as stems, without the words that are known; words side by side are one name."""
    found: list[set[str]] = []
    begins = True
    for held, joined in _capitals(text):
        if held & known:
            begins = True
        elif joined and not begins:
            found[-1] |= held
        else:
            found.append(set(held))
            begins = False
    return found


@lru_cache(OF_DOCUMENTS)
def _capitals(text: str) -> tuple[tuple[frozenset[str], bool], ...]:
    """Find the words of names in a document's text, and whether each stands right behind the one before.

    A first word counts if another capital follows.
    """
    found = []
    last = -1
    for match in CAPITAL.finditer(text):
        held = frozenset(stems(match[0])) - CALENDAR
        before = text[: match.start()].rstrip(" “\"‘'(")
        opens = not before or before[-1] in ".!?\n:—"
        if held and (not opens or match[0][0] in "@#" or FOLLOWED.match(text, match.end())):
            found.append((held, text[last : match.start()] == " "))
            last = match.end()
    return tuple(found)
