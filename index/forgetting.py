"""A scope, or what was removed long ago -> nothing: deletes documents with all that was made of them, for good."""

from collections.abc import Sequence

from sqlalchemy import delete, func, or_, select, update

from index import schema as t
from index.catalog import SHARED, Change
from index.snapshot import Snapshot, parts

FORGOTTEN = "forgotten"
"""The scope under which the log keeps that something was forgotten, without saying whose it was."""
UNDO_DAYS = 30
"""How long what was taken out is kept, so that it can be brought back."""
PARTS = (t.mentions, t.statements, t.passages, t.event_links, t.events, t.sources)
"""What hangs on a document, in an order that breaks no reference."""


def scopes_held(snapshot: Snapshot) -> list[str]:
    """List the servers that have documents, removed ones among them, or lines in the log."""
    held = select(t.documents.c.scope).union(select(t.revisions.c.scope), select(t.rulings.c.scope))
    return sorted({row.scope for row in snapshot.rows(held)} - {SHARED, FORGOTTEN})


def erase(change: Change, scope: str) -> int:
    """Delete every version of a scope's documents, vectors that no other document shares, its rulings, its log.

    Returns:
        How many versions of documents were deleted.
    """
    rows = select(t.documents.c.row).where(t.documents.c.scope == scope).scalar_subquery()
    others = select(t.passages.c.vector_key).where(t.passages.c.document_row.not_in(rows))
    own = select(t.passages.c.vector_key).where(t.passages.c.document_row.in_(rows))
    number = change.rows(select(func.count()).select_from(t.documents).where(t.documents.c.scope == scope))[0][0]
    change.run(delete(t.vectors).where(t.vectors.c.key.in_(own), t.vectors.c.key.not_in(others)))
    for table in PARTS:
        change.run(delete(table).where(table.c.document_row.in_(rows)))
    change.run(delete(t.documents).where(t.documents.c.scope == scope))
    change.run(delete(t.rulings).where(or_(t.rulings.c.scope == scope, t.rulings.c.document_scope == scope)))
    change.run(delete(t.revisions).where(t.revisions.c.scope == scope))
    return int(number)


def versions_removed(snapshot: Snapshot, before: str) -> list[int]:
    """List the rows of versions of documents that a change before a moment (UTC, ISO) took out and that have a text."""
    rows = t.documents.c
    taken_out = t.documents.join(t.revisions, t.revisions.c.revision == rows.removed_revision)
    query = select(rows.row).select_from(taken_out).where(t.revisions.c.at < before, rows.text != "")
    return [row.row for row in snapshot.rows(query)]


def empty(change: Change, document_rows: Sequence[int]) -> None:
    """Take away what removed versions of documents hold, and vectors that nothing else uses; their rows stay."""
    rows = t.documents.c
    for part in parts(document_rows):
        read = [row.original for row in change.rows(select(rows.original).where(rows.row.in_(part))) if row.original]
        keys = [
            row.vector_key
            for some in (part, read)
            for row in change.rows(select(t.passages.c.vector_key).where(t.passages.c.document_row.in_(some)))
        ]
        for table in PARTS:
            for some in (part, read):
                change.run(delete(table).where(table.c.document_row.in_(some)))
        gone = {"text": "", "title": None, "body_start": 0, "body_end": 0, "original": None}
        change.run(update(t.documents).where(rows.row.in_(part)).values(gone))
        change.run(delete(t.documents).where(rows.row.in_(read)))
        _drop_vectors(change, keys)


def _drop_vectors(change: Change, keys: Sequence[str]) -> None:
    used = select(t.passages.c.id).where(t.passages.c.vector_key == t.vectors.c.key)
    for part in parts(keys):
        change.run(delete(t.vectors).where(t.vectors.c.key.in_(part), ~used.exists()))
