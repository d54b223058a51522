"""The first lines of running text -> title, author and date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corpus.source import is_date

TITLE_CHARS = 200
HEAD_LINES = 12
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(MONTHS)
DAY_MONTH_YEAR = re.compile(rf"(\d{{1,2}}) ({_MONTH}) (\d{{4}})")
MONTH_DAY_YEAR = re.compile(rf"({_MONTH}) (\d{{1,2}}), (\d{{4}})")
DATE_PREFIX = re.compile(r"\s*date[:\s]\s*(\d{4}-\d{2}-\d{2})\s+")
BYLINE = re.compile(r"(?:By )?((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of running text tell, and where the text proper begins."""

    title: str | None
    author: str | None
    date: str | None
    body_start: int


def read_head(text: str, start: int) -> Head:
    """Read title, byline and date from the first lines; whatever is not plainly one of them is body."""
    prefix = DATE_PREFIX.match(text, start)
    if prefix and is_date(prefix[1]):
        return Head(None, None, prefix[1], prefix.end())
    title = author = date = None
    body_start = start
    for line_start, line in _first_lines(text, start):
        stripped = line.strip()
        if date is None and _as_date(stripped):
            date = _as_date(stripped)
        elif title is None and author is None and _is_title(stripped):
            title = stripped.lstrip("# ")
        elif title is not None and author is None and BYLINE.fullmatch(stripped):
            author = BYLINE.fullmatch(stripped)[1]  # type: ignore[index]
        elif stripped:
            break
        body_start = line_start + len(line)
    if not text[body_start:].strip():  # a text of one line is no title without a text
        return Head(None, None, date, start)
    return Head(title, author, date, body_start)


def _first_lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for _ in range(HEAD_LINES):
        end = text.find("\n", start) + 1 or len(text)
        if start == end:
            return
        yield start, text[start:end]
        start = end


def _is_title(line: str) -> bool:
    plain = line.rstrip("”’\"'")
    return bool(line) and len(line) <= TITLE_CHARS and not plain.endswith((".", ":", ";", ",")) and "(@" not in line


def _as_date(line: str) -> str | None:
    for pattern, form in ((DAY_MONTH_YEAR, "%d %B %Y"), (MONTH_DAY_YEAR, "%B %d, %Y")):
        if pattern.fullmatch(line):
            try:
                return datetime.strptime(line, form).date().isoformat()
            except ValueError:
                return None
    return line if is_date(line) and len(line) == len("2018-10-11") else None
