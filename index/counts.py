"""What some scopes see together, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from index import schema as t
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


def count(snapshot: Snapshot, scopes: Sequence[str], model: str | None = None) -> Counts:
    """Count what some scopes see together; vectors of `model` that are still to come, where one is named."""
    seen = snapshot.seen(scopes)
    dates = t.sources.c.published
    events = t.events.c
    sources, first, last = tuple(snapshot.rows(
        select(func.count(), func.min(dates), func.max(dates)).select_from(t.sources.join(t.documents)).where(seen)
    )[0])  # fmt: skip
    first_event, last_event = tuple(snapshot.rows(
        select(func.min(events.date), func.max(func.coalesce(events.date_end, events.date)))
        .select_from(t.events.join(t.documents)).where(seen)
    )[0])  # fmt: skip
    return Counts(
        documents=_number(snapshot, t.documents, seen),
        sources=sources,
        statements=_number(snapshot, t.statements.join(t.documents), seen),
        passages=_number(snapshot, t.passages.join(t.documents), seen),
        first=first_event or first,
        last=last_event or last,
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
    with_vectors = t.passages.join(t.documents).outerjoin(
        t.vectors, and_(t.vectors.c.key == t.passages.c.vector_key, t.vectors.c.model == model)
    )
    return _number(snapshot, with_vectors, and_(seen, t.vectors.c.key.is_(None)))


def _number(snapshot: Snapshot, rows: Any, condition: Any) -> int:
    return int(snapshot.rows(select(func.count()).select_from(rows).where(condition))[0][0])
