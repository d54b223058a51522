"""Text -> the figures in it: which number, of what, how exact, and whether it counts only a part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index import lexical
from index.calendar_words import MONTH
from index.lexical import OF_DOCUMENTS, stems

DATE = re.compile(
    rf"\b\d{{1,2}} {MONTH}\b(?: \d{{4}})?|\b{MONTH} \d{{1,2}}\b(?:, \d{{4}})?|\b(?:19|20)\d\d\b(?! \w+s\b)"
    r"|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b",
    re.IGNORECASE,
)
"""Dates and times of day, which count nothing."""

ONES = "one two three four five six seven eight nine ten eleven twelve".split()
SEVERAL = -1.0
WORDS = {**{word: float(n) for n, word in enumerate(ONES, 1)}, "a": 1.0, "half a": 0.5, "several": SEVERAL}
VAGUE = {
    "tens of thousands": (10_000, 999_999), "hundreds of thousands": (100_000, 9_999_999),
    "tens of millions": (10_000_000, 999_999_999), "hundreds of millions": (100_000_000, 9_999_999_999),
    "dozens": (24, 240), "scores": (40, 400), "hundreds": (150, 4_000), "thousands": (1_000, 200_000),
    "millions": (1_000_000, 200_000_000),
}  # fmt: skip
"""Between which numbers a writer may mean these; wide, since two of them are seldom in conflict."""
SCALES = {**lexical.SCALES, "dozen": 12, "hundred": 100}
NUMBER = re.compile(
    r"(?<![\w@#/.,-])(?P<money>[$€£¥₹]\s?)?"
    rf"(?:(?P<vague>{'|'.join(VAGUE)})\b|(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?P<fraction>\.\d+)?"
    rf"|(?P<word>{'|'.join(ONES)}|a|several|half a)(?=[ -](?:dozen|hundred|thousand|million)\b)"
    rf"|(?P<one>{'|'.join(ONES)})\b)"
    r"(?:[ -]?(?P<scale>hundred|thousand|million|billion|dozen|bn|mn|k|m)\b)?"
    rf"(?:(?<=hundred|housand) and (?P<rest>{'|'.join(ONES)})\b)?(?P<more>\+)?"
    r"(?P<share>\s?(?:%|percent\b|per cent\b|percentage points?\b))?(?![\w@]|[.,:]\d|-[A-Za-z])",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|circa|nearly|almost|close to|estimated|perhaps)\W*$",
    re.IGNORECASE,
)
AT_LEAST = re.compile(
    r"\b(?:more than|over|at least|upwards? of|no (?:fewer|less) than|exceed\w*|above|surpass\w*|a minimum of)\W*"
    r"(?:the )?$",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    r"\b(?:less than|fewer than|under|below|up to|at most|as many as|as much as|no more than|a maximum of)\W*$",
    re.IGNORECASE,
)
OR_MORE = re.compile(r"^ ?(?:\w+ ){0,2}(?:or more|and counting|plus)\b", re.IGNORECASE)
ON_TOP = re.compile(
    r"\b(?:another|other|further|additional|some of|one of|of (?:which|whom|them)|including|among them"
    r"|(?:set|batch|group|wave|list|sample) of)\W*$",
    re.I,
)
OF_OTHERS = re.compile(r"\s*of (?:(?:the|these|those|its|their|them|which|whom)\b ?(?:\d[\d,.]* )?|\d[\d,.]* )")
NUMBER_OF = re.compile(r"\b(?:number|count|total)s? of (?:\S+ ){0,2}?(\w+s)\b")
"""What is counted where it stands in front: `the number of banned accounts is put at 300`."""
RANGE = re.compile(r"^\s?(?:to|and|or|-|–|—)\s?$")
NEARNESS = 0.1
"""How far a number that is told with `about` may be off."""
UNBOUNDED = 1e18
"""The high end of `more than 1,000`."""
TELLING = 20
"""From this number on two events, or two statements, hardly have the same one by chance."""

WORD = re.compile(r"[A-Za-z@#][\w'’-]*|\d[\d.,]*|[^\w\s]")
SKIPPED = frozenset(
    '- “ " of the these those its their his her our my all or so said supposed alleged suspected'.split()
)
OTHERS = frozenset("other others more another additional further extra new remaining first second last next".split())
ENDS = frozenset(
    "a an and as at be been being but by did does for from had has have he her his i if in into is it its nor not of"
    " off on onto or out over per she so than that the then there these they this those through to under until up was"
    " we were what when where whether which while who whom whose why will with would within without could can may might"
    " must shall should since about after again against all also among around because before between during each every"
    " just like only still too via whereas yet said says say told".split()
)
PEOPLE = frozenset("people police staff fans media men women children personnel".split())
NOUNS = 4
"""Words that a noun phrase behind a number has at most."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in a text and what it counts.

    `start:end` is the number as written. It says that the true one lies in `low:high`. `things` are the stems of the
    nouns counted, several where it is one number for them together; `modifiers` what limits them. `unit` is `%`, a
    currency's sign or empty. `part` says that it counts what comes on top of others or is a part of them.
    """

    start: int
    end: int
    low: float
    high: float
    things: frozenset[str]
    modifiers: frozenset[str]
    unit: str
    part: bool

    def may_equal(self, other: "Figure") -> bool:
        """Say whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high


@lru_cache(OF_DOCUMENTS)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Find the figures of a document's text, in order, without dates, times and ages."""
    dates = [match.span() for match in DATE.finditer(text)]
    found = [
        match
        for match in NUMBER.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in dates)
    ]
    figures = [_figure(text, match) for match in found]
    for n, (one, other) in enumerate(pairwise(figures)):
        if one.end <= other.start and RANGE.match(text[one.end : other.start]) and one.low <= other.high:
            figures[n] = figures[n + 1] = _range(_in_scale(one, found[n], found[n + 1], other.high), other)
    return tuple(dict.fromkeys(figure for figure in figures if figure.things or figure.unit))


@lru_cache(OF_DOCUMENTS)
def counts_in(text: str) -> tuple[Figure, ...]:
    """Find the figures of a document's text that count things, all of them: no parts, shares or sums of money."""
    return tuple(figure for figure in figures_in(text) if not figure.part and not figure.unit)


@lru_cache(OF_DOCUMENTS)
def counted_in(text: str) -> frozenset[str]:
    """Return the stems of all that a document's text counts."""
    return frozenset().union(*(figure.things for figure in counts_in(text)))


def _in_scale(one: Figure, match: re.Match[str], behind: re.Match[str], most: float) -> Figure:
    """Give a number the scale of the one behind it: `2.7 to 3 million`."""
    scale = SCALES.get((behind["scale"] or "").lower(), 1.0)
    if match["scale"] or one.high >= scale or one.low * scale > most:
        return one
    return replace(one, low=one.low * scale, high=one.high * scale)


def _range(one: Figure, other: Figure) -> Figure:
    """Join `50 to 60 accounts`."""
    return Figure(
        one.start, other.end, one.low, max(one.high, other.high), other.things, other.modifiers, other.unit, other.part
    )


def _figure(text: str, match: re.Match[str]) -> Figure:
    things, modifiers, part = _counted(text[match.end() :], bool(match["share"]))
    if not things and (named := NUMBER_OF.findall(text[: match.start()])):
        things = frozenset(stems(named[-1]))
    part = part or bool(ON_TOP.search(text[: match.start()]))
    low, high = _bounds(text, match)
    unit = "%" if match["share"] else (match["money"] or "").strip()
    return Figure(match.start(), match.end(), low, high, things, modifiers, unit, part)


def _bounds(text: str, match: re.Match[str]) -> tuple[float, float]:
    if match["vague"]:
        low, high = map(float, VAGUE[match["vague"].lower()])
    else:
        low, high = _exact(match)
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 40]
    if AT_LEAST.search(before) or OR_MORE.match(after) or match["more"]:
        return low, UNBOUNDED
    if AT_MOST.search(before):
        return 0.0, high
    if ABOUT.search(before):
        return low * (1 - NEARNESS), high * (1 + NEARNESS)
    return low, high


def _exact(match: re.Match[str]) -> tuple[float, float]:
    """Take a number with what rounding may hide: `1,500` stands for 1,450 to 1,550, `1,502` for itself."""
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    if match["digits"]:
        number, step = _rounded(match["digits"].replace(",", ""), match["fraction"] or "", bool(match["scale"]))
    else:
        number, step = WORDS[(match["word"] or match["one"]).lower()], 1.0 if match["scale"] else 0.0
    if match["rest"]:  # two hundred and ten
        exact = number * scale + WORDS[match["rest"].lower()]
        return exact, exact
    if number == SEVERAL:
        return 2 * scale, 12 * scale
    step = min(step, number)
    return min((number - step / 2) * scale, UNBOUNDED), min((number + step / 2) * scale, UNBOUNDED)


def _rounded(digits: str, fraction: str, scaled: bool) -> tuple[float, float]:
    """Read a number in digits, and how far apart numbers lie that would be rounded to it and its neighbour."""
    if fraction:
        return float(digits + fraction), 10.0 ** (1 - len(fraction))
    number = float(digits)
    zeros = len(digits) - len(digits.rstrip("0")) if number >= 20 else 0
    return number, 10.0**zeros if zeros or scaled else 0.0


def _counted(after: str, share: bool) -> tuple[frozenset[str], frozenset[str], bool]:
    """Take the noun phrase behind a number apart: the nouns, what limits them, whether it names a part."""
    of_others = OF_OTHERS.match(after)
    if share and not after.startswith(" of "):  # fell 9 percent the day after
        return frozenset(), frozenset(), False
    start = of_others.end() if of_others else 0
    nouns, modifiers, others = _noun_phrase([word.lower() for word in WORD.findall(after[start : start + 90])])
    return frozenset(stems(" ".join(nouns))), frozenset(stems(" ".join(modifiers))), others or of_others is not None


def _noun_phrase(words: Sequence[str]) -> tuple[list[str], list[str], bool]:
    """Take nouns that are plural, or else the first word, what stands before them, and whether they are `others`."""
    nouns: list[str] = []
    modifiers: list[str] = []
    others = False
    for n, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
        if not nouns and word in OTHERS:
            others = others or word != "new"
            continue
        joined = nouns and word in (",", "and") and _is_plural(following) and following not in ENDS
        if joined or (not nouns and word in SKIPPED):
            continue
        if word in ENDS or not word[0].isalpha() or (nouns and words[n - 1] not in (",", "and")) or n > NOUNS * 2:
            break
        if _is_plural(word) and not _is_plural(following):
            nouns.append(word)
        elif not nouns:
            modifiers.append(word)
    return (nouns, modifiers, others) if nouns else (modifiers[:1], [], others)


def _is_plural(word: str) -> bool:
    return word in PEOPLE or (word.endswith("s") and not word.endswith(("ss", "'s", "’s", "us", "is")))
