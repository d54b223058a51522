"""Words for a time in a question -> the days that they span, where they can be told.

A library of dates costs half a second to import and takes `may` for a month; news questions need few forms.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from index.calendar_words import MONTHS, YEAR
from index.lexical import OF_DOCUMENTS

MONTH_STARTS = [name[:3].lower() for name in MONTHS]
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
"""First and last month, in the north; a winter ends in the next year."""
PARTS = {
    "early": (0, 4), "beginning of": (0, 4), "start of": (0, 4), "mid": (4, 8), "middle of": (4, 8), "late": (8, 12),
    "end of": (8, 12), "first half of": (0, 6), "second half of": (6, 12), "h1": (0, 6), "h2": (6, 12),
    "q1": (0, 3), "q2": (3, 6), "q3": (6, 9), "q4": (9, 12), "first quarter of": (0, 3), "second quarter of": (3, 6),
    "third quarter of": (6, 9), "fourth quarter of": (9, 12), "last quarter of": (9, 12),
}  # fmt: skip
"""Which twelfths of a year or month."""
FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_PART = rf"(?:(?:the )?(?P<part>{'|'.join(PARTS)})[ -](?:the )?)?"
_SEASON = rf"(?P<season>{'|'.join(SEASONS)})"
FORMS = tuple(
    re.compile(rf"(?<![\w/.-])(?<!\d,){form}(?![\w/]|-\d)", re.IGNORECASE)
    for form in (
        r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)(?:-(?P<day>\d\d))?",
        r"(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? " + _MONTH + ",? " + _YEAR,
        _MONTH + r" (?P<day>\d\d?)(?:st|nd|rd|th)?,? " + _YEAR,
        _PART + _MONTH + r"(?: of)?,? " + _YEAR,
        r"(?P<m>\d\d?)/" + _YEAR,
        _SEASON + "(?: of|,)? " + _YEAR,
        _PART + _YEAR,
    )
)
BARE_MONTH = re.compile(rf"\b(?:between|from) (?:(?P<day>\d\d?) )?{_MONTH}(?= (?:and|to|until)\b)", re.IGNORECASE)
OPEN = re.compile(
    r"\b(before|until|till|by|after|since)(?: the)?(?: end of| start of| beginning of)?\s*$", re.IGNORECASE
)
RELATIVE = re.compile(
    r"\b(?:(?P<day>today|yesterday)|(?P<which>this|last|past) (?P<unit>week|month|year)"
    r"|(?:in |over |during )?the (?:last|past) (?:(?P<count>\w+) )?(?P<units>days?|weeks?|months?|years?)"
    r"|(?P<ago>\w+) (?P<back>days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:(?:before|after|during|since|until|around|by|ahead of) (?:the |his |her |their )?(?:last |next |us |\d{4} )?"
    r"(?:(?:presidential|general|national|state|local) )?(?:midterms?|mid-terms?|elections?|inauguration|referendum"
    r"|primaries|debates?|convention|pandemic|lockdowns?|war|holidays|christmas|easter|ramadan|olympics|world cup"
    r"|super bowl|riots?|protests?|attacks?|storming|shootings?|coup|insurrection|hearings?|vote|campaign|summit"
    r"|strikes?|trial|scandal)(?: elections?)?|recently|lately|the other day|a while (?:ago|back)|back then"
    r"|some time ago)\b",
    re.IGNORECASE,
)
"""Times that no calendar tells."""

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Times:
    """When something is to have been: first and last day in ISO form, and the words that name no such days.

    `words` are those that `when` was read from.
    """

    when: tuple[str, str] | None
    vague: tuple[str, ...]
    words: tuple[str, ...] = ()


def times_in(text: str, today: date) -> Times:
    """Read the times that a question names; of several, all from the first to the last."""
    vague = tuple(match[0] for match in VAGUE.finditer(text))
    spans = _calendar(text) or [
        (span, match[0]) for match in RELATIVE.finditer(text) if (span := _relative(match, today))
    ]
    if not spans:
        return Times(None, vague)
    when = min(first for (first, _), _ in spans).isoformat(), max(last for (_, last), _ in spans).isoformat()
    return Times(when, vague, tuple(words for _, words in spans))


@lru_cache(OF_DOCUMENTS)
def days_in(text: str) -> tuple[tuple[str, str], ...]:
    """Find the times with a year that a document's text names: first and last ISO day of each.

    `after August 2016` is August 2016, since nobody knows until when.
    """
    if not YEAR.search(text):
        return ()
    return tuple((first.isoformat(), last.isoformat()) for (first, last), _ in _calendar(text, opened=False))


def is_within(dated: str, when: tuple[str, str]) -> bool:
    """Say whether a date, cut to what is known of it, may lie in a span."""
    return dated + "-01-01"[len(dated) - 4 :] <= when[1] and dated + "-12-31"[len(dated) - 4 :] >= when[0]


def _calendar(text: str, *, opened: bool = True) -> list[tuple[Span, str]]:
    """Find the times of a calendar, each with its words."""
    if "19" not in text and "20" not in text:  # with no year, no form fits
        return []
    taken: list[tuple[int, int]] = []
    spans: list[tuple[Span, str]] = []
    for form in FORMS:
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if span := _span(match.groupdict()):
                taken.append(match.span())
                opening = OPEN.search(text[: match.start()]) if opened else None
                words = text[opening.start() if opening else match.start() : match.end()]
                spans.append((_opened(span, opening), words))
    if spans and (bare := BARE_MONTH.search(text)) and not any(s <= bare.start("month") < e for s, e in taken):
        first = _span({**bare.groupdict(), "year": str(max(last for (_, last), _ in spans).year)})
        spans += [(first, bare[0])] if first else []
    return spans


def _span(named: dict[str, str | None]) -> Span | None:
    year = int(named["year"] or 0)
    try:
        if season := named.get("season"):
            first, last = SEASONS[season.lower()]
            return _months(year, first, last)
        month = MONTH_STARTS.index((named.get("month") or "")[:3].lower()) + 1 if named.get("month") else 0
        month = month or int(named.get("m") or 0)
        if named.get("day"):
            day = date(year, month, int(named["day"] or 0))
            return day, day
        return _part(*(_months(year, month, month) if month else _months(year, 1, 12)), named.get("part"))
    except ValueError:  # 31 June
        return None


def _months(year: int, first: int, last: int) -> Span:
    """Span months, those beyond 12 in the next year."""
    ending = year + (last - 1) // 12, (last - 1) % 12 + 1
    return date(year, first, 1), date(*ending, monthrange(*ending)[1])


def _part(first: date, last: date, part: str | None) -> Span:
    if not part:
        return first, last
    begin, end = PARTS[part.lower()]
    if first.month != last.month:
        return _months(first.year, begin + 1, end)
    days = last.day
    return first + timedelta(days * begin // 12), first + timedelta(days * end // 12 - 1)


def _opened(span: Span, word: re.Match[str] | None) -> Span:
    """Open a span at one end where `before` or `since` stands in front."""
    if not word:
        return span
    if word[1].lower() in ("after", "since"):
        return span[0], LAST_DAY
    return FIRST_DAY, span[1]


def _relative(match: re.Match[str], today: date) -> Span | None:
    named = match.groupdict()
    if named["day"]:
        day = today - timedelta(named["day"].lower() == "yesterday")
        return day, day
    if named["which"]:
        return _unit(named["unit"].lower(), today, 0 if named["which"].lower() == "this" else 1)
    count = named["count"] or named["ago"] or "one"
    if named["units"] and not named["count"] and named["units"].endswith("s"):  # the last months: nobody knows how many
        return None
    number = int(count) if count.isdigit() else NUMBERS.get(count.lower())
    if number is None or number > 1000:
        return None
    unit = (named["units"] or named["back"]).lower().rstrip("s")
    if named["back"] and unit in ("month", "year"):
        return _unit(unit, today, number)
    days = {"day": 1, "week": 7, "month": 31, "year": 366}[unit] * number
    begin = date.fromordinal(max(1, today.toordinal() - days))
    return (begin, begin + timedelta(6 if unit == "week" else 0)) if named["back"] else (begin, today)


def _unit(unit: str, today: date, back: int) -> Span:
    """Span the calendar's week, month or year that lies so many before today's."""
    if unit == "week":
        monday = today - timedelta(today.weekday() + 7 * back)
        return monday, monday + timedelta(6)
    if unit == "year":
        return _months(today.year - back, 1, 12)
    month = today.year * 12 + today.month - 1 - back
    return _months(month // 12, month % 12 + 1, month % 12 + 1)
