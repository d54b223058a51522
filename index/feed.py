"""Catalog -> engines: which passages of a scope came and went since a revision, and their vectors."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from sqlalchemy import Row, and_, func, select

from index import schema as t
from index.embed import PassageVectors, Vector, Vectors
from index.snapshot import Snapshot, StoredPassage, live, parts

PART_BYTES = 2
"""Of each number of a part's vector."""


def passages_to_apply(
    snapshot: Snapshot, scope: str, since: int, model: str
) -> tuple[list[int], Iterator[tuple[int, str, Vector | None]]]:
    """Tell an engine what changed in a scope after a revision.

    Returns:
        Ids of passages to take out, and (id, header and text, vector or None) of those to put in.
    """
    # joined to nothing, the scope is looked up in no index: that of revisions leads to the few documents that changed
    inside = t.documents.c.scope.concat("") == scope
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
    keys: dict[int, str] = {}
    for part in parts(passage_ids):
        query = select(t.passages.c.id, t.passages.c.vector_key).where(t.passages.c.id.in_(part))
        keys.update((row.id, row.vector_key) for row in snapshot.rows(query))
    return {
        passage_id: PassageVectors(_whole_vector(row.whole), _part_vectors(row.parts, dimension))
        for passage_id, row in _vector_rows(snapshot, keys, model)
    }


def cosines_to(
    vector: Vector, snapshot: Snapshot, passages: Mapping[int, StoredPassage], model: str
) -> tuple[dict[int, float], dict[int, Vector]]:
    """Compare a vector with those of some passages; those still to come are left out.

    Args:
        vector: float32 `(d,)`, unit length.
        passages: by id.

    Returns:
        Cosines by passage: of the whole, and `(m,)` of its parts.
    """
    keys = {passage_id: passage.vector_key for passage_id, passage in passages.items()}
    rows = list(_vector_rows(snapshot, keys, model))
    if not rows:
        return {}, {}
    whole = np.frombuffer(b"".join(row.whole for _, row in rows), np.float32).reshape(len(rows), len(vector))
    parts_held = _part_vectors(b"".join(row.parts for _, row in rows), len(vector))
    ends = accumulate((len(row.parts) // (len(vector) * PART_BYTES) for _, row in rows), initial=0)
    ids = [passage_id for passage_id, _ in rows]
    # vecdot, because matmul wakes threads for more than some dozens of rows, which takes longer than its work
    cosines, of_parts = np.vecdot(whole, vector).tolist(), np.vecdot(parts_held, vector)
    by_part = {passage_id: of_parts[start:end] for passage_id, (start, end) in zip(ids, pairwise(ends), strict=True)}
    return dict(zip(ids, cosines, strict=True)), by_part


def _vector_rows(snapshot: Snapshot, keys: Mapping[int, str], model: str) -> Iterator[tuple[int, Row[Any]]]:
    """Read vectors by key, for each passage; joined to passages, the vectors of a small catalog would all be read."""
    columns = t.vectors.c.key, t.vectors.c.whole, t.vectors.c.parts
    found: dict[str, Row[Any]] = {}
    for part in parts(list(keys.values())):
        query = select(*columns).where(t.vectors.c.model == model, t.vectors.c.key.in_(part))
        found.update((row.key, row) for row in snapshot.rows(query))
    return ((passage_id, found[key]) for passage_id, key in keys.items() if key in found)


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
    held = t.documents.join(t.tallies)
    query = select(func.coalesce(func.sum(t.tallies.c.passages), 0)).select_from(held).where(live([scope]))
    return int(snapshot.rows(query)[0][0])


def holds_any(snapshot: Snapshot, scope: str) -> bool:
    """Say whether a scope has documents of its own."""
    return bool(snapshot.rows(select(t.documents.c.row).where(live([scope])).limit(1)))


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
    )
    for row in snapshot.stream(query):
        whole = _whole_vector(row.whole) if row.whole is not None else None
        yield row.id, f"{row.header}\n{row.text}", whole


def _whole_vector(blob: bytes) -> Vector:
    return np.frombuffer(blob, dtype=np.float32)


def _part_vectors(blob: bytes, dimension: int) -> Vectors:
    return np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(-1, dimension)
