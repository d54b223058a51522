"""Sources, which answers cite, and events, which they are about."""

import re
from dataclasses import dataclass
from datetime import date as day
from enum import StrEnum

ISO_DATE = re.compile(r"(?:(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?|--(\d{2})-(\d{2}))", re.ASCII)
ADDRESS = re.compile(r"https?://[^\s/]\S*")
LEAP_YEAR = 2000


def is_date(text: str) -> bool:
    """Say whether a text is a date as this project writes dates.

    Returns:
        True for `2018`, `2018-10`, `2018-10-11` and, where the year is not known, `--04-02`, if such a
        day exists.
    """
    match = ISO_DATE.fullmatch(text)
    if not match:
        return False
    year, month, day_of_month, yearless_month, yearless_day = match.groups()
    try:
        day(int(year or LEAP_YEAR), int(month or yearless_month or 1), int(day_of_month or yearless_day or 1))
    except ValueError:
        return False
    return True


def is_address(text: str) -> bool:
    """Say whether a text is an address on the web."""
    return ADDRESS.fullmatch(text) is not None


class ReasonStatus(StrEnum):
    """What is known of a platform's stated reason; dossiers leave a platform with none out."""

    SPECIFIC = "specific"
    GENERAL = "general"
    DENIED_BY_AFFECTED = "denied_by_affected"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was published.

    `id` is unique within a scope. Dates are ISO, cut to what is known. Absent facts are None, never guessed.
    `title_exact` is False where the title was composed by whoever collected the source.
    `url_doubtful` marks an address that may not be canonical; `url_missing` says why there is none.
    """

    id: str
    publisher: str | None = None
    title: str | None = None
    title_exact: bool = True
    author: str | None = None
    published: str | None = None
    url: str | None = None
    archive_url: str | None = None
    url_doubtful: bool = False
    url_missing: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One purge.

    `reasons` pairs a platform with each status of the reason that it gave, in the order of the dossier.
    `accounts` is how many accounts it concerned, None where that is not known; `accounts_unit` says what was
    counted where it was not accounts ("pages"), as it reads after the number.
    """

    id: str
    platforms: tuple[str, ...]
    date: str
    title: str
    date_end: str | None = None
    confidence: str = "high"
    reasons: tuple[tuple[str, ReasonStatus], ...] = ()
    accounts: int | None = None
    accounts_unit: str | None = None
