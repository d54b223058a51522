"""Catalog -> engines: which passages of a scope came and went since a revision, and their vectors."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from sqlalchemy import and_, bindparam, func, select

from index import schema as t
from index.embed import PassageVectors, Vector, Vectors
from index.prepared import Prepared
from index.queries import KEYS
from index.snapshot import Snapshot, parts
from index.stored import StoredPassage, StoredPlace
from index.visible import live

PART_BYTES = 2
"""Of each number of a part's vector."""
# joined to passages, the vectors of a small catalog would all be read
VECTORS = Prepared(
    select(t.vectors.c.key, t.vectors.c.whole, t.vectors.c.parts)
    .where(t.vectors.c.model == bindparam("model"), t.vectors.c.key.in_(KEYS))
)  # fmt: skip
HALF_BITS = np.int32(-0x70002000)
"""Where the sign, the exponent and the fraction of a float16 come to stand in a float32, shifted by `HALF_SHIFT`."""
HALF_SHIFT = 13
HALF_SCALE = np.float32(2.0**112)
"""What the exponents' offsets differ by: 127 - 15. Source: IEEE 754."""


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
    held = _vectors(snapshot, list(keys.values()), model, dimension)
    return {one: PassageVectors(held[key][0], held[key][1:]) for one, key in keys.items() if key in held}


def cosines_to(
    vector: Vector, snapshot: Snapshot, passages: Mapping[int, StoredPassage | StoredPlace], model: str
) -> tuple[dict[int, float], dict[int, list[float]]]:
    """Compare a vector with those of some passages; those still to come are left out.

    Args:
        vector: float32 `(d,)`, unit length.
        passages: by id.

    Returns:
        Cosines by passage: of the whole, and of its parts in order.
    """
    held = _vectors(snapshot, [passage.vector_key for passage in passages.values()], model, len(vector))
    here = {one: held[passage.vector_key] for one, passage in passages.items() if passage.vector_key in held}
    if not here:
        return {}, {}
    # vecdot, because matmul wakes threads for more than some dozens of rows, which takes longer than its work; of all
    # rows at once, since a call takes longer than to copy them
    scores = np.vecdot(np.concatenate(list(here.values())), vector).tolist()
    ends = [*accumulate(map(len, here.values()), initial=0)]
    spans = list(zip(here, ends, ends[1:], strict=False))
    return {one: scores[start] for one, start, _ in spans}, {one: scores[start + 1 : end] for one, start, end in spans}


def _vectors(snapshot: Snapshot, keys: Sequence[str], model: str, dimension: int) -> dict[str, Vectors]:
    """Take what was embedded by key, from what is kept or the catalog: the whole in the first row, then the parts."""

    def read(missing: Sequence[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        for part in parts(missing):
            found.update(_joined(snapshot.found(VECTORS, {"model": model, "keys": part}), dimension))
        return found

    return snapshot.kept(("vectors", model), keys, read)


def _joined(rows: Sequence[Sequence[Any]], dimension: int) -> Iterator[tuple[str, Vectors]]:
    """Put each whole above its parts, by key."""
    of_parts = widened(b"".join(parts_of for _, _, parts_of in rows)).reshape(-1, dimension)
    start = 0
    for key, whole, parts_of in rows:
        number = len(parts_of) // (dimension * PART_BYTES)
        vectors = np.empty((1 + number, dimension), np.float32)
        vectors[0] = np.frombuffer(whole, np.float32)
        vectors[1:] = of_parts[start : start + number]
        start += number
        yield key, vectors


def widened(halves: bytes) -> Vector:
    """Read finite float16 numbers as float32: the same that NumPy makes of them, in a fifth of its time."""
    bits = np.frombuffer(halves, np.int16).astype(np.int32)
    bits <<= HALF_SHIFT
    bits &= HALF_BITS
    numbers = bits.view(np.float32)
    numbers *= HALF_SCALE
    return numbers


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
    query = select(t.documents.c.row).where(live([scope])).limit(1)
    return snapshot.kept("holds any", [scope], lambda _scope: {scope: bool(snapshot.rows(query))})[scope]


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
