"""Catalog -> engines: which passages of a scope came and went since a revision, and their vectors."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import and_, func, select

from index import schema as t
from index.embed import PassageVectors, Vector, Vectors
from index.snapshot import Snapshot, live, parts


def passages_to_apply(
    snapshot: Snapshot, scope: str, since: int, model: str
) -> tuple[list[int], Iterator[tuple[int, str, Vector | None]]]:
    """Tell an engine what changed in a scope after a revision.

    Returns:
        Ids of passages to take out, and (id, header and text, vector or None) of those to put in.
    """
    inside = t.documents.c.scope == scope
    removed = (
        select(t.passages.c.id).join(t.documents)
        .where(inside, t.documents.c.removed_revision > since)
    )  # fmt: skip
    gone = [row.id for row in snapshot.stream(removed)] if since else []
    return gone, _added(snapshot, and_(inside, t.documents.c.added_revision > since), model)


def passage_vectors(
    snapshot: Snapshot, passage_ids: Sequence[int], model: str, dimension: int
) -> dict[int, PassageVectors]:
    """Read the vectors of some passages; those still to come are left out."""
    found: dict[int, PassageVectors] = {}
    joined = t.passages.join(t.vectors, t.vectors.c.key == t.passages.c.vector_key)
    for part in parts(passage_ids):
        query = select(t.passages.c.id, t.vectors.c.whole, t.vectors.c.parts).select_from(joined)
        for row in snapshot.rows(query.where(t.passages.c.id.in_(part), t.vectors.c.model == model)):
            found[row.id] = PassageVectors(_whole_vector(row.whole), _part_vectors(row.parts, dimension))
    return found


def whole_vectors(snapshot: Snapshot, keys: Sequence[str], model: str, dimension: int) -> Vectors:
    """Read the vectors of whole texts by key, float32 `(n, d)`, in order; those still to come are left out."""
    found: dict[str, Vector] = {}
    for part in parts(keys):
        query = select(t.vectors.c.key, t.vectors.c.whole).where(t.vectors.c.model == model, t.vectors.c.key.in_(part))
        found.update((row.key, _whole_vector(row.whole)) for row in snapshot.stream(query))
    rows = [found[key] for key in keys if key in found]
    return np.array(rows, dtype=np.float32).reshape(len(rows), dimension)


def vector_keys(snapshot: Snapshot, document_row: int) -> tuple[str, ...]:
    """List the keys of the vectors of one version of a document, in the order of its passages."""
    query = select(t.passages.c.vector_key).where(t.passages.c.document_row == document_row)
    return tuple(row.vector_key for row in snapshot.rows(query.order_by(t.passages.c.ordinal)))


def passage_count(snapshot: Snapshot, scope: str) -> int:
    """Count the passages that an engine of a scope should hold."""
    query = select(func.count()).select_from(t.passages.join(t.documents)).where(live([scope]))
    return int(snapshot.rows(query)[0][0])


def _added(snapshot: Snapshot, condition: Any, model: str) -> Iterator[tuple[int, str, Vector | None]]:
    text = func.substr(t.documents.c.text, t.passages.c.start + 1, t.passages.c.end - t.passages.c.start)
    query = (
        select(t.passages.c.id, t.passages.c.header, text.label("text"), t.vectors.c.whole)
        .select_from(
            t.passages.join(t.documents).outerjoin(
                t.vectors, and_(t.vectors.c.key == t.passages.c.vector_key, t.vectors.c.model == model)
            )
        )
        .where(condition, t.documents.c.removed_revision.is_(None))
        .order_by(t.passages.c.id)
    )
    for row in snapshot.stream(query):
        whole = _whole_vector(row.whole) if row.whole is not None else None
        yield row.id, f"{row.header}\n{row.text}", whole


def _whole_vector(blob: bytes) -> Vector:
    return np.frombuffer(blob, dtype=np.float32)


def _part_vectors(blob: bytes, dimension: int) -> Vectors:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(-1, dimension)
