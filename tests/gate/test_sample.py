"""Answers of the real model hold their floors on a sample; `make eval` measures the whole development half."""

from pathlib import Path

from index.embed import load_embedder
from tests.gate.floors import Floors, faults, load
from tests.gate.gold import event_of
from tests.gate.sample import GROUP, measure_sample, sampled


def test_the_sample_is_of_whole_events_and_holds_every_sort() -> None:
    questions, names = sampled()
    assert {event_of(gold) for gold in questions} == set(names)
    assert {True, False} == {gold["near_miss"] for gold in questions}


def test_answers_to_the_sample_hold_their_floors(tmp_path: Path) -> None:
    figures = {f"{GROUP}/{name}": value for name, value in measure_sample(load_embedder(), tmp_path).items()}
    floors = {name: floor for name, floor in load().floors.items() if name.startswith(f"{GROUP}/")}
    assert faults(Floors(floors), figures, {}) == []
