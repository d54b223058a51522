"""Rows of the catalog -> what they stand for."""

from typing import Any

from corpus.document import Kind, Section, Statement, Voice
from corpus.source import Event, ReasonStatus
from index.rulings import Action, Ruling, Target
from index.stored import StoredStatement


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


def statement_of(row: Any) -> StoredStatement:
    """Read a statement with its text and the id of its document."""
    return StoredStatement(
        row=row["row"],
        document_row=row["document_row"],
        document_id=row["document_id"],
        passage_id=row["passage_id"],
        ordinal=row["ordinal"],
        text=row["text"],
        statement=Statement(
            start=row["start"], end=row["end"], block_start=row["block_start"], block_end=row["block_end"],
            kind=Kind(row["kind"]), voice=Voice(row["voice"]), source_ids=tuple(row["source_ids"]),
            speaker=row["speaker"], role=row["role"], handle=row["handle"], date=row["date"], via=row["via"],
            section=Section(row["section"]) if row["section"] else None, compiled=row["compiled"],
        ),
    )  # fmt: skip
