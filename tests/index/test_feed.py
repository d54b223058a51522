"""What the catalog hands to engines and to questions: changes since a revision, and vectors."""

import numpy as np
import pytest
from sqlalchemy import select

from index import schema as t
from index.catalog import SHARED
from index.embed import Embedder
from index.feed import cosines_to, passage_count, passage_vectors, passages_to_apply, widened
from index.library import Library
from index.snapshot import Snapshot

NOWHERE = 10**6


def ids_of(snapshot: Snapshot) -> list[int]:
    return [row.id for row in snapshot.rows(select(t.passages.c.id).order_by(t.passages.c.id))]


def test_only_what_changed_since_is_handed_on(library: Library, embedder: Embedder) -> None:
    before = library.status()
    library.remove("kites", "test")
    with library._catalog.read() as snapshot:
        gone, come = passages_to_apply(snapshot, SHARED, before.revision, embedder.digest)
        assert (len(gone) + passage_count(snapshot, SHARED), list(come)) == (before.passages, [])
        gone, come = passages_to_apply(snapshot, SHARED, 0, embedder.digest)
        assert (gone, len(list(come))) == ([], passage_count(snapshot, SHARED))
        gone, come = passages_to_apply(snapshot, "7", 0, embedder.digest)
        assert (gone, list(come)) == ([], [])


def test_cosines_are_those_of_each_passage_and_its_parts(library: Library, embedder: Embedder) -> None:
    [vector] = embedder.embed(["kites on a hill"])
    with library._catalog.read() as snapshot:
        ids = ids_of(snapshot)
        whole, parts = cosines_to(vector, snapshot, snapshot.passages([*ids, NOWHERE], [SHARED]), embedder.digest)
        vectors = passage_vectors(snapshot, ids, embedder.digest, embedder.dimension)
    assert whole == pytest.approx({one: float(vectors[one].whole @ vector) for one in ids}, abs=1e-6)
    for one in ids:
        assert np.allclose(parts[one], vectors[one].parts @ vector, atol=1e-6)


def test_passages_whose_vectors_are_still_to_come_have_no_cosines(library: Library, embedder: Embedder) -> None:
    [vector] = embedder.embed(["kites"])
    with library._catalog.read() as snapshot:
        passages = snapshot.passages(ids_of(snapshot), [SHARED])
        assert cosines_to(vector, snapshot, passages, "another model") == ({}, {})
        assert cosines_to(vector, snapshot, {}, embedder.digest) == ({}, {})


def test_half_numbers_are_widened_as_numpy_does() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = halves[np.isfinite(halves)]
    assert np.array_equal(widened(finite.tobytes()).view(np.uint32), finite.astype(np.float32).view(np.uint32))
