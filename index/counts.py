"""What some scopes see together, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from corpus.document import Document
from index import schema as t
from index.chunk import Passage
from index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Counts:
    """What a scope sees: documents, sources, span of dates, passages whose vectors are still to come."""

    documents: int
    sources: int
    statements: int
    passages: int
    first: str | None
    last: str | None
    vectors_pending: int


def tally(document: Document, passages: Sequence[Passage]) -> dict[str, Any]:
    """Count what a version of a document holds, as `tallies` keeps it."""
    dates = [source.published for source in document.sources if source.published]
    return {
        "sources": len(document.sources),
        "statements": sum(last - first for first, last in (one.statements for one in passages)),
        "passages": len(passages),
        "first": min(dates, default=None),
        "last": max(dates, default=None),
    }


def count(snapshot: Snapshot, scopes: Sequence[str], model: str | None = None) -> Counts:
    """Count what some scopes see together; vectors of `model` that are still to come, where one is named."""
    seen = snapshot.seen(scopes)
    events, tallies = t.events.c, t.tallies.c
    [total] = snapshot.rows(
        select(
            func.count().label("documents"),
            *(func.coalesce(func.sum(tallies[name]), 0).label(name) for name in ("sources", "statements", "passages")),
            func.min(tallies.first).label("first"), func.max(tallies.last).label("last"),
        ).select_from(t.documents.join(t.tallies)).where(seen)
    )  # fmt: skip
    first_event, last_event = tuple(snapshot.rows(
        select(func.min(events.date), func.max(func.coalesce(events.date_end, events.date)))
        .select_from(t.events.join(t.documents)).where(seen)
    )[0])  # fmt: skip
    return Counts(
        documents=total.documents,
        sources=total.sources,
        statements=total.statements,
        passages=total.passages,
        first=first_event or total.first,
        last=last_event or total.last,
        vectors_pending=_pending(snapshot, seen, model) if model else 0,
    )


def sees_any(snapshot: Snapshot, scopes: Sequence[str]) -> bool:
    """Say whether some scopes see any document."""
    return bool(snapshot.rows(select(t.documents.c.row).where(snapshot.seen(scopes)).limit(1)))


def sources_by_publisher(snapshot: Snapshot, scopes: Sequence[str]) -> list[tuple[str, int]]:
    """Count the sources of each publisher, as it is written, that some scopes see together."""
    name = t.sources.c.publisher
    query = select(name, func.count().label("number")).select_from(t.sources.join(t.documents))
    rows = snapshot.rows(query.where(snapshot.seen(scopes), name.is_not(None)).group_by(name))
    return [(row.publisher, row.number) for row in rows]


def _pending(snapshot: Snapshot, seen: Any, model: str) -> int:
    """Count passages without vectors, in those documents only that had to wait for some."""
    waiting = t.tallies.join(t.documents).join(t.passages).outerjoin(
        t.vectors, and_(t.vectors.c.key == t.passages.c.vector_key, t.vectors.c.model == model)
    )  # fmt: skip
    query = select(func.count()).select_from(waiting)
    condition = and_(seen, t.tallies.c.awaited, t.vectors.c.key.is_(None))
    return int(snapshot.rows(query.where(condition))[0][0])
