"""The dense index finds the nearest rows, in a fixed order, with lists and without, and refuses wrong shapes."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex
from index.embed import Vectors
from index.slots import DamagedDense, WrongShape

AXES = np.eye(4, dtype=np.float32)
DIMENSION = 16


def changed(index: DenseIndex, removed: Iterable[int], rows: Iterable[int], vectors: Vectors) -> DenseIndex:
    change = index.change()
    change.remove(list(removed))
    for row, vector in zip(rows, vectors, strict=True):
        change.add(row, vector)
    return index.changed(change)


@pytest.fixture
def filled(tmp_path: Path) -> DenseIndex:
    return changed(DenseIndex.empty(tmp_path / "dense", 4), [], [10, 20, 30], AXES[:3])


@pytest.fixture
def listed(tmp_path: Path) -> DenseIndex:
    """Return an index of 3000 rows in clusters, with lists of them."""
    index = changed(DenseIndex.empty(tmp_path / "dense", DIMENSION), [], range(3000), clustered(3000, 1))
    index.build_lists()
    return index.with_lists()


def clustered(count: int, seed: int) -> Vectors:
    draw = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((30, DIMENSION))
    rows = centres[draw.integers(30, size=count)] + 0.3 * draw.standard_normal((count, DIMENSION))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def by_hand(rows: Iterable[int], vectors: Vectors, query: Vectors, k: int) -> list[int]:
    scores = vectors @ query
    return [row for _, row in sorted(zip(-scores, rows, strict=True))][:k]


def test_the_nearest_row_comes_first_with_its_cosine(filled: DenseIndex) -> None:
    scores, rows = filled.nearest(AXES[1], 2)
    assert rows[0] == 20
    assert scores[0] == pytest.approx(1.0)


def test_fewer_rows_than_asked_come_back_without_padding(filled: DenseIndex) -> None:
    _, rows = filled.nearest(AXES[0], 100)
    assert sorted(rows) == [10, 20, 30]


def test_ties_are_in_order_of_rows(filled: DenseIndex) -> None:
    tied = changed(filled, [10, 20, 30], [9, 3, 7], AXES[[0, 0, 0]])
    assert list(tied.nearest(AXES[0], 3)[1]) == [3, 7, 9]
    assert list(tied.nearest(AXES[0], 2)[1]) == [3, 7]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    scores, rows = DenseIndex.empty(tmp_path / "dense", 4).nearest(AXES[0], 5)
    assert len(scores) == len(rows) == 0


def test_a_change_leaves_the_old_index_as_it_was(filled: DenseIndex) -> None:
    after = changed(filled, [10], [20], AXES[3:])
    after.tidy()
    assert (len(filled), len(after)) == (3, 2)
    assert after.nearest(AXES[3], 1)[1][0] == 20
    assert filled.nearest(AXES[0], 1)[1][0] == 10


def test_a_wrong_shape_is_named(filled: DenseIndex) -> None:
    with pytest.raises(WrongShape, match=r"\(3,\)"):
        filled.nearest(np.ones(3, np.float32), 1)
    with pytest.raises(WrongShape, match=r"\(3,\)"):
        filled.change().add(7, np.ones(3, np.float32))


def test_lists_find_what_looking_at_everything_finds(listed: DenseIndex) -> None:
    assert listed.lists is not None
    vectors, queries = clustered(3000, 1), clustered(50, 2)
    same = [set(listed.nearest(one, 10)[1]) & set(by_hand(range(3000), vectors, one, 10)) for one in queries]
    assert sum(map(len, same)) >= 0.98 * 500


def test_scores_of_what_lists_find_are_exact(listed: DenseIndex) -> None:
    [query] = clustered(1, 3)
    scores, rows = listed.nearest(query, 20)
    assert scores == pytest.approx(clustered(3000, 1)[rows] @ query, abs=1e-6)
    assert list(scores) == sorted(scores, reverse=True)


def test_rows_that_come_and_go_after_the_lists_were_built_are_found_and_not_found(listed: DenseIndex) -> None:
    [query] = clustered(1, 4)
    near = [int(row) for row in listed.nearest(query, 6)[1]]
    after = changed(listed, near[:2], [near[2], 9000], np.array([-query, query]))
    assert after.lists is not None
    assert [int(row) for row in after.nearest(query, 4)[1]] == [9000, *near[3:]]
    assert [int(row) for row in listed.nearest(query, 6)[1]] == near


def test_removing_the_whole_neighbourhood_still_finds_as_many_as_wanted(listed: DenseIndex) -> None:
    [query] = clustered(1, 5)
    gone = {int(row) for row in listed.nearest(query, 300)[1]}
    found = [int(row) for row in changed(listed, gone, [], np.empty((0, DIMENSION), np.float32)).nearest(query, 10)[1]]
    assert len(found) == 10
    assert not gone.intersection(found)


def test_whatever_comes_and_goes_the_nearest_are_those_found_by_hand(tmp_path: Path) -> None:
    draw, vectors = np.random.default_rng(3), clustered(4000, 9)
    index, held = DenseIndex.empty(tmp_path / "dense", DIMENSION), dict[int, int]()
    for step in range(40):
        added = {int(row): int(draw.integers(4000)) for row in draw.integers(500, size=60)}
        removed = [int(row) for row in draw.integers(500, size=25) if row not in added]
        index = changed(index, removed, added, vectors[list(added.values())])
        index.tidy()
        held = {row: one for row, one in {**held, **added}.items() if row not in removed}
        if step == 20:
            index.build_lists()
            index = index.with_lists()
        [query] = clustered(1, 100 + step)
        rows = list(held)
        expected = by_hand(rows, vectors[list(held.values())], query, 10)
        assert len(index) == len(held)
        assert len(set(index.nearest(query, 10)[1]) & set(expected)) >= (9 if step >= 20 else 10)


def test_lists_are_wanted_once_there_is_much_to_look_at(listed: DenseIndex) -> None:
    assert not listed.wants_lists(exact_slots=100)
    assert changed(listed, [], range(5000, 5200), clustered(200, 6)).wants_lists(exact_slots=100)
    bare = DenseIndex(listed.slots)
    assert (bare.wants_lists(exact_slots=2999), bare.wants_lists(exact_slots=3000)) == (True, False)


@pytest.mark.parametrize("damage", [b"", b"rubbish", None], ids=["empty", "rubbish", "cut short"])
def test_damaged_lists_are_done_without(listed: DenseIndex, damage: bytes | None) -> None:
    [path] = listed.slots.folder.glob("coarse-*")
    path.write_bytes(path.read_bytes()[:-100] if damage is None else damage)
    again = DenseIndex.load(listed.slots.folder, DIMENSION, listed.slots.vectors_file, listed.slots.rows_file)
    assert again.lists is None
    [query] = clustered(1, 7)
    assert list(again.nearest(query, 5)[1]) == by_hand(range(3000), clustered(3000, 1), query, 5)


def test_a_loaded_index_finds_the_same(listed: DenseIndex) -> None:
    again = DenseIndex.load(listed.slots.folder, DIMENSION, listed.slots.vectors_file, listed.slots.rows_file)
    assert again.lists is not None
    [query] = clustered(1, 8)
    assert list(again.nearest(query, 9)[1]) == list(listed.nearest(query, 9)[1])


@pytest.mark.parametrize("kind", ["vectors_file", "rows_file"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"rubbish")], ids=["gone", "rubbish"])
def test_missing_or_short_files_are_reported(filled: DenseIndex, kind: str, damage: object) -> None:
    assert callable(damage)
    damage(filled.slots.folder / getattr(filled.slots, kind))
    with pytest.raises(DamagedDense):
        DenseIndex.load(filled.slots.folder, 4, filled.slots.vectors_file, filled.slots.rows_file)
