"""Text -> its numbers, each with the words around it; and does one of them count the things asked for?

A number answers even where nobody can tell exactly what it counts, so words near it will do here. `index/figures.py`
reads its noun phrase and its bounds, for whoever compares two numbers.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.figures import DATE, ONES
from index.lexical import OF_DOCUMENTS, exact_words, stems
from index.synonyms import alike

COUNT = re.compile(
    rf"(?P<date>{DATE.pattern})"
    rf"|(?P<count>[$€£]?\b\d[\d.,]*%?|\b(?:{'|'.join(ONES)}|dozens?|hundreds?|thousands?|(?:m|b)illions?)\b)",
    re.IGNORECASE,
)
"""Dates, which are no counts, and counts."""
SHARE = re.compile(r"[\d.,]+\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
NUMERAL = re.compile(r"[$€£]?\d")
ALONE = re.compile(
    r"\s(?:of (?:them|these|those|us|you|it)\b|others?\b|more\b)|[,.;:)]|$"
    r"|\s(?:to|were|was|are|is|in|on|by|and|or|from|at|who|that|have|had)\b"
)
"""Behind a number that counts what an earlier word names."""
ANYBODY = frozenset(stems("people person persons folk folks guys individuals humans users"))
"""Words with which people are counted, whatever they are."""
PEOPLE = re.compile(
    r"(?!(?:serv|numb|pap|lett|newslett|newspap|ord|off|post|quart|comput|chapt|met|pow|pap)ers\b|(?:err|do|flo|fact)ors\b)"
    r"\w+(?:ists|ers|ors|ians|ees|people|men|women)\b"
)
"""Words that count people, by how most of them end."""
COUNTED_BEHIND, COUNTED_BEFORE = 5, 5
"""How many words from a number the thing that it counts may stand."""
PEOPLE_BEHIND = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its stems, those of the words behind and before it, and how exact it is, in [0, 1].

    `share`: it is a percentage; `alone`: it counts what an earlier word names; `people`: it counts these, whatever they
    are called.
    """

    stems: frozenset[str]
    behind: frozenset[str]
    before: frozenset[str]
    exactness: float
    share: bool
    alone: bool
    people: bool


@lru_cache(OF_DOCUMENTS)
def numbers_in(text: str) -> tuple[Number, ...]:
    """Find the numbers of a document's text, in order, without dates."""
    return tuple(
        Number(
            stems=frozenset(stems(match["count"])),
            behind=_stems_of(exact_words(text[match.end() : match.end() + 70])[:COUNTED_BEHIND]),
            before=_stems_of(exact_words(text[max(0, match.start() - 60) : match.start()])[-COUNTED_BEFORE:]),
            exactness=1.0 if NUMERAL.match(match["count"]) else 0.8,
            share=bool(SHARE.match(text, match.start("count"))),
            alone=bool(ALONE.match(text, match.end())),
            people=any(map(PEOPLE.fullmatch, exact_words(text[match.end() : match.end() + 40])[:PEOPLE_BEHIND])),
        )
        for match in COUNT.finditer(text)
        if match["count"]
    )


def counts_thing(things: frozenset[str], number: Number) -> float:
    """Say how well a number counts things, given by their stems, in [0, 1]."""
    if not things:
        return 0.8 * number.exactness
    like = {other for thing in things for other in alike(thing)}
    steps = (
        (1.0, bool(things & number.behind)), (0.8, bool(like & number.behind)),
        (0.8, number.people and not things.isdisjoint(ANYBODY)), (0.7, bool(things & number.before)),
        (0.6, number.alone), (0.5, bool(like & number.before)),
    )  # fmt: skip
    return number.exactness * next((value for value, holds in steps if holds), 0.3)


def _stems_of(words: list[str]) -> frozenset[str]:
    return frozenset(stems(" ".join(words)))
