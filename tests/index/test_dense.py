"""The dense index finds the nearest rows, in a fixed order, and refuses wrong shapes."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import DamagedDense, DenseIndex, WrongShape

AXES = np.eye(4, dtype=np.float32)


def filled() -> DenseIndex:
    return DenseIndex.empty(4).changed(np.array([], np.int64), np.array([10, 20, 30], np.int64), AXES[:3])


def test_the_nearest_row_comes_first_with_its_cosine() -> None:
    scores, rows = filled().nearest(AXES[1], 2)
    assert rows[0] == 20
    assert scores[0] == pytest.approx(1.0)


def test_fewer_rows_than_asked_come_back_without_padding() -> None:
    _, rows = filled().nearest(AXES[0], 100)
    assert sorted(rows) == [10, 20, 30]


def test_ties_are_in_order_of_rows() -> None:
    tied = DenseIndex.empty(4).changed(np.array([], np.int64), np.array([9, 3, 7], np.int64), AXES[[0, 0, 0]])
    assert list(tied.nearest(AXES[0], 3)[1]) == [3, 7, 9]


def test_an_empty_index_finds_nothing() -> None:
    scores, rows = DenseIndex.empty(4).nearest(AXES[0], 5)
    assert len(scores) == len(rows) == 0


def test_a_change_leaves_the_old_index_as_it_was() -> None:
    before = filled()
    after = before.changed(np.array([10], np.int64), np.array([20], np.int64), AXES[3:])
    assert (len(before), len(after)) == (3, 2)
    assert after.nearest(AXES[3], 1)[1][0] == 20


def test_a_wrong_shape_is_named() -> None:
    with pytest.raises(WrongShape, match=r"\(3,\)"):
        filled().nearest(np.ones(3, np.float32), 1)


def test_a_saved_index_finds_the_same(tmp_path: Path) -> None:
    filled().save(tmp_path / "dense")
    assert list(DenseIndex.load(tmp_path / "dense").nearest(AXES[2], 1)[1]) == [30]


def test_rubbish_is_reported_as_damaged(tmp_path: Path) -> None:
    (tmp_path / "dense").write_bytes(b"rubbish")
    with pytest.raises(DamagedDense):
        DenseIndex.load(tmp_path / "dense")
