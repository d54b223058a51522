"""Reads of the catalog about handles: who speaks, who is mentioned, which are known."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from corpus.document import Kind, Statement, Voice
from index import schema as t
from index.snapshot import Snapshot
from index.stored import StoredStatement
from index.visible import visible

LAST_CHARACTER = chr(0x10FFFF)
"""Behind every text that goes on after a prefix."""

IN_ITS_WORDS = and_(t.statements.c.start == t.mentions.c.start, t.statements.c.end == t.mentions.c.end)
"""Whether a mention stands in the words of its statement and not only in the block around them."""


def statements_by_handle(snapshot: Snapshot, handle_key: str, scopes: Sequence[str]) -> list[StoredStatement]:
    """Read every statement by a handle."""
    return snapshot.statements_where(and_(t.statements.c.handle_key == handle_key, visible(scopes)))


def statements_mentioning(snapshot: Snapshot, handle_key: str, scopes: Sequence[str]) -> list[StoredStatement]:
    """Read every statement in which a handle stands, and what surrounds it where it stands in none.

    The latter are the publisher's words without a speaker; their `row` is negative.
    """
    joined = t.mentions.join(t.statements, and_(t.statements.c.row == t.mentions.c.statement_row, IN_ITS_WORDS))
    rows = select(t.statements.c.row).select_from(joined).where(t.mentions.c.handle_key == handle_key)
    inside = snapshot.statements_where(and_(t.statements.c.row.in_(rows), visible(scopes)))
    return sorted([*inside, *_beside(snapshot, handle_key, scopes)], key=lambda one: (one.document_row, one.ordinal))


def statements_naming(snapshot: Snapshot, name: str, scopes: Sequence[str]) -> list[StoredStatement]:
    """Read every statement in whose text a name stands, letter by letter, or whose speaker has that name."""
    text = func.substr(t.documents.c.text, t.statements.c.start + 1, t.statements.c.end - t.statements.c.start)
    named = or_(t.statements.c.speaker == name, func.instr(text, name) > 0)
    return snapshot.statements_where(and_(func.instr(t.documents.c.text, name) > 0, named, visible(scopes)))


def handles(snapshot: Snapshot, scopes: Sequence[str]) -> dict[str, str]:
    """List every handle that speaks or is mentioned: lower case -> as written, by its owner if possible."""
    named = select(t.mentions.c.handle_key, t.mentions.c.handle).select_from(t.mentions.join(t.documents))
    spoken = select(t.statements.c.handle_key, t.statements.c.handle).select_from(t.statements.join(t.documents))
    found = {row.handle_key: row.handle for row in snapshot.rows(named.where(visible(scopes)))}
    by_handle = spoken.where(visible(scopes), t.statements.c.handle_key.is_not(None))
    found.update((row.handle_key, row.handle) for row in snapshot.rows(by_handle))
    return found


def handles_with_prefix(snapshot: Snapshot, prefix: str, limit: int, scopes: Sequence[str]) -> list[str]:
    """List the first known handles, as written, whose lower case begins with a prefix, in order."""
    given = {"prefix": prefix, "below": prefix + LAST_CHARACTER, "limit": limit, "scopes": list(scopes)}
    return [str(row.handle) for row in snapshot.rows(_first_with_prefix(), given)]


@cache
def _first_with_prefix() -> Any:
    """Build the query once: building takes ten times as long as running it.

    It goes from key to key along the indexes, so that neither the number of handles nor that of one's mentions counts:
    a plain DISTINCT reads every mention of a handle that stands in ten thousand posts.
    """
    below: Any = bindparam("below")
    walk = select(_least(lambda key: key >= bindparam("prefix"), below).label("key")).cte("walk", recursive=True)
    walk = walk.union_all(select(_least(lambda key: key > walk.c.key, below)).where(walk.c.key.is_not(None)))
    handle = func.coalesce(_spelling(t.statements, walk.c.key), _spelling(t.mentions, walk.c.key))
    known = select(handle.label("handle")).where(walk.c.key.is_not(None), handle.is_not(None))
    return known.limit(bindparam("limit"))


def _least(condition: Callable[[Any], Any], below: Any) -> Any:
    """Find the least key of both tables that fulfils a condition and lies below a limit."""
    spoken, named = (
        select(func.min(table.c.handle_key))
        .where(condition(table.c.handle_key), table.c.handle_key < below)
        .correlate_except(table)
        .scalar_subquery()
        for table in (t.statements, t.mentions)
    )
    return func.min(func.coalesce(spoken, named), func.coalesce(named, spoken))


def _spelling(table: Any, key: Any) -> Any:
    """Find a handle as written in a document that may be seen."""
    seen = visible(bindparam("scopes", expanding=True))
    query = select(table.c.handle).select_from(table.join(t.documents)).where(table.c.handle_key == key, seen)
    return query.order_by(table.c.row).limit(1).scalar_subquery()


def _beside(snapshot: Snapshot, handle_key: str, scopes: Sequence[str]) -> list[StoredStatement]:
    """Read what surrounds a handle that stands in no statement's words."""
    length = t.mentions.c.end - t.mentions.c.start
    query = (
        select(
            t.mentions,
            t.documents.c.id.label("document_id"),
            t.documents.c.scope,
            t.documents.c.is_dossier,
            func.substr(t.documents.c.text, t.mentions.c.start + 1, length).label("text"),
            t.statements.c.source_ids,
            t.statements.c.ordinal,
            t.statements.c.passage_id,
        )
        .select_from(t.mentions.join(t.documents, t.documents.c.row == t.mentions.c.document_row)
                     .outerjoin(t.statements, t.statements.c.row == t.mentions.c.statement_row))
        .where(t.mentions.c.handle_key == handle_key, visible(scopes), or_(t.statements.c.row.is_(None), ~IN_ITS_WORDS))
        .order_by(t.mentions.c.row)
    )  # fmt: skip
    return [_surrounding(snapshot, row._mapping) for row in snapshot.rows(query)]


def _surrounding(snapshot: Snapshot, row: Any) -> StoredStatement:
    sources = row["source_ids"] or list(snapshot.sources([row["document_row"]]))
    statement = Statement(
        start=row["start"], end=row["end"], block_start=row["start"], block_end=row["end"],
        kind=Kind.PARAPHRASE if row["is_dossier"] else Kind.NARRATION, voice=Voice.REPORTER,
        source_ids=tuple(sources),
    )  # fmt: skip
    stored = StoredStatement(
        row=-row["row"], document_row=row["document_row"], document_id=row["document_id"],
        passage_id=row["passage_id"] or 0, ordinal=row["ordinal"] or 0, text=row["text"], statement=statement,
    )  # fmt: skip
    return snapshot.noted(stored, row["scope"])
