"""Slots keep every state whole: through changes, replacements, crashes and packing."""

from pathlib import Path

import numpy as np
import pytest

from index import slots
from index.slots import FREE, SlotChange, Slots

DIMENSION = 4


def vector(number: int) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.full(DIMENSION, number, np.float32)


def changed(before: Slots, removed: list[int], added: dict[int, int]) -> Slots:
    change = SlotChange(before)
    change.remove(removed)
    for row, number in added.items():
        change.add(row, vector(number))
    return change.finish()


def held(state: Slots) -> dict[int, float]:
    return {int(row): float(state.vectors[slot, 0]) for slot, row in enumerate(state.rows) if row != FREE}


def test_rows_come_go_and_are_replaced(tmp_path: Path) -> None:
    first = changed(Slots.empty(tmp_path, DIMENSION), [], {1: 10, 2: 20, 3: 30})
    second = changed(first, [1, 77], {2: 21, 4: 40})
    assert held(first) == {1: 10, 2: 20, 3: 30}
    assert held(second) == {2: 21, 3: 30, 4: 40}
    assert len(second) == 3


def test_the_last_of_two_vectors_for_one_row_counts(tmp_path: Path) -> None:
    change = SlotChange(Slots.empty(tmp_path, DIMENSION))
    for number in (10, 11, 12):
        change.add(1, vector(number))
    assert held(change.finish()) == {1: 12}


def test_a_change_of_nothing_writes_nothing(tmp_path: Path) -> None:
    first = changed(Slots.empty(tmp_path, DIMENSION), [], {1: 10})
    assert SlotChange(first).finish() is first


def test_what_was_written_before_a_crash_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "BUFFERED", 2)
    first = changed(Slots.empty(tmp_path, DIMENSION), [], {1: 10})
    crashed = SlotChange(first)
    for number in range(7):
        crashed.add(number, vector(99))  # written in part, never finished
    again = Slots.load(tmp_path, DIMENSION, first.vectors_file, first.rows_file)
    assert held(again) == {1: 10}
    after = changed(again, [], {2: 20, 3: 30, 4: 40})
    assert held(Slots.load(tmp_path, DIMENSION, after.vectors_file, after.rows_file)) == {1: 10, 2: 20, 3: 30, 4: 40}


def test_free_slots_are_given_up_once_they_are_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "SPARSE_SLOTS", 10)
    many = changed(Slots.empty(tmp_path, DIMENSION), [], {n: n for n in range(30)})
    half = changed(many, list(range(15)), {})
    few = changed(half, [15], {40: 40})
    assert (len(half.rows), len(few.rows)) == (30, 15)
    assert held(few) == {n: n for n in (*range(16, 30), 40)}
    few.tidy()
    assert held(many) == {n: n for n in range(30)}
    assert {path.name for path in tmp_path.iterdir()} == {few.vectors_file, few.rows_file}
