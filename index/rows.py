"""Rows of the catalog -> what they stand for."""

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.document import Kind, Section, Statement, Voice
from corpus.source import Event, ReasonStatus
from index.rulings import Action, Ruling, Target
from index.stored import StoredStatement

KINDS: Mapping[str, Kind] = {str(one): one for one in Kind}
VOICES: Mapping[str, Voice] = {str(one): one for one in Voice}
SECTIONS: Mapping[str | None, Section | None] = {"": None, None: None, **{str(one): one for one in Section}}


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


def statement_of(row: Sequence[Any]) -> tuple[StoredStatement, str]:
    """Read a statement, its columns followed by its text and its document's id and scope; with the last of these."""
    (
        number, document_row, passage_id, ordinal, start, end, block_start, block_end, kind, voice, speaker, role,
        handle, _handle_key, date, via, section, compiled, source_ids, text, document_id, scope,
    ) = row  # fmt: skip
    statement = Statement(
        start=start, end=end, block_start=block_start, block_end=block_end, kind=KINDS[kind], voice=VOICES[voice],
        source_ids=tuple(source_ids), speaker=speaker, role=role, handle=handle, date=date, via=via,
        section=SECTIONS[section], compiled=compiled,
    )  # fmt: skip
    return StoredStatement(number, document_row, document_id, passage_id, ordinal, text, statement), scope
