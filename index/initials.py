"""Initials in a question -> the names that passages found write out: `NYT` where they have `New York Times`."""

import re
from collections.abc import Iterator, Sequence

from index.lexical import exact_words
from index.spelling import is_right

WORD = re.compile(r"(?<![\w@#'’.-])[A-Za-z]{3,6}(?![\w-]|['’](?!s\b)|\.\w)")
"""From three letters on; what two stand for is chance as often."""
NAME = re.compile(r"[A-Z][\w’'&-]*(?: (?:(?:of|the|and|for|to|on|in|de) ){0,2}[A-Z][\w’'&-]*)+")


def written_out(text: str, passages: Sequence[str]) -> str:
    """Write out what a text gives by initials, as far as no passage has these and one has a name with them.

    A common English word is none, unless it stands in capitals: `who`, and `WHO`.
    """
    words = {match[0] for match in WORD.finditer(text) if _may_be_initials(match[0])}
    if not words:
        return text
    held = {word for passage in passages for word in exact_words(passage)}
    sought = {word.lower() for word in words} - held
    names: dict[str, str] = {}
    for name in (name for passage in passages for name in NAME.findall(passage)) if sought else ():
        for initials, full in _initials(name):
            if initials in sought:
                names.setdefault(initials, full)
    return WORD.sub(lambda match: names.get(match[0].lower(), match[0]), text) if names else text


def _may_be_initials(word: str) -> bool:
    return word.isupper() or not is_right(word.lower())


def _initials(name: str) -> Iterator[tuple[str, str]]:
    """Give the initials of a name and of its parts, with its small words and without; the longest first."""
    words = name.split()
    for size in range(len(words), 2, -1):
        for first in range(len(words) - size + 1):
            part = words[first : first + size]
            if part[0][0].isupper() and part[-1][0].isupper():
                yield "".join(word[0] for word in part).lower(), " ".join(part)
                yield "".join(word[0] for word in part if word[0].isupper()).lower(), " ".join(part)
