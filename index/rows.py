"""Rows of the catalog -> what they stand for."""

from typing import Any

from corpus.source import Event, ReasonStatus
from index.rulings import Action, Ruling, Target


def ruling_of(row: Any) -> Ruling:
    """Put a ruling together, of a row with its change's time and author."""
    return Ruling(**{**row, "action": Action(row["action"]), "target": Target(row["target"])})


def event_of(row: Any) -> Event:
    """Put an event together."""
    return Event(
        id=row["id"], platforms=tuple(row["platforms"]), date=row["date"], title=row["title"],
        date_end=row["date_end"], confidence=row["confidence"],
        reasons=tuple((platform, ReasonStatus(status)) for platform, status in row["reasons"]),
        accounts=row["accounts"], accounts_unit=row["accounts_unit"],
    )  # fmt: skip
