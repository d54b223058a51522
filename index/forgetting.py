"""A scope -> nothing: deletes a server's documents with all that was made of them, for good."""

from sqlalchemy import delete, func, select

from index import schema as t
from index.catalog import SHARED, Change
from index.snapshot import Snapshot

FORGOTTEN = "forgotten"
"""The scope under which the log keeps that something was forgotten, without saying whose it was."""
PARTS = (t.mentions, t.statements, t.passages, t.event_links, t.events, t.sources)
"""What hangs on a document, in an order that breaks no reference."""


def scopes_held(snapshot: Snapshot) -> list[str]:
    """List the servers that have documents, removed ones among them, or lines in the log."""
    held = select(t.documents.c.scope).union(select(t.revisions.c.scope))
    return sorted({row.scope for row in snapshot.rows(held)} - {SHARED, FORGOTTEN})


def erase(change: Change, scope: str) -> int:
    """Delete every version of a scope's documents, vectors that no other document shares, and its lines of the log.

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
    change.run(delete(t.revisions).where(t.revisions.c.scope == scope))
    return int(number)
