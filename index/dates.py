"""ISO dates, cut to what is known, in words."""

from index import calendar_words

MONTHS = [name[:3] for name in calendar_words.MONTHS]


def spell_date(date: str | None) -> str:
    """Spell a date: `21 Feb 2018`, `Oct 2018`, `2 Apr (year not recorded)`; None is `date not recorded`."""
    if date is None:
        return "date not recorded"
    if date.startswith("--"):
        return f"{int(date[5:7])} {MONTHS[int(date[2:4]) - 1]} (year not recorded)"
    year, *rest = date.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def spell_span(first: str | None, last: str | None) -> str:
    """Spell the time from one date to another, or the one where they are the same."""
    if last is None or last == first:
        return spell_date(first)
    if first is not None and first.startswith(last):  # 2018-10-11 to 2018-10: no more is known than the month
        return spell_date(last)
    return f"{spell_date(first)} to {spell_date(last)}"
