"""A figure cannot fall, nor its data change, without somebody saying why."""

from pathlib import Path

import pytest

from tests.gate.floors import HELD, HELD_DOWN, Floors, NotAllowed, faults, load, lowered, pinned_anew, raised, save
from tests.gate.measured import keep, kept

SHOWN, REFUSED = "answers/facts shown", "answers/answerable refused"
DATA = {"questions.jsonl": "abc"}
PINNED = Floors({SHOWN: 0.9, REFUSED: 0.05}, DATA)
TODAY = "2026-11-22"


def test_figures_as_pinned_are_right() -> None:
    assert faults(PINNED, {SHOWN: 0.9, REFUSED: 0.05}, DATA) == []


def test_a_figure_may_fall_by_the_tolerance_and_no_more() -> None:
    just = 0.9 - HELD[SHOWN]
    assert faults(PINNED, {SHOWN: just, REFUSED: 0.05}, DATA) == []
    [fault] = faults(PINNED, {SHOWN: just - 0.001, REFUSED: 0.05}, DATA)
    assert fault.startswith(f"{SHOWN} is 0.884, below 0.9")


def test_a_figure_that_is_held_down_may_not_rise() -> None:
    [fault] = faults(PINNED, {SHOWN: 0.9, REFUSED: 0.05 + HELD_DOWN[REFUSED] + 0.001}, DATA)
    assert fault.startswith(f"{REFUSED} is 0.066, above 0.05")


def test_a_floor_without_a_figure_is_a_fault() -> None:
    assert faults(PINNED, {SHOWN: 0.9}, DATA) == [f"{REFUSED} was not measured; run make eval"]


@pytest.mark.parametrize("data", [{"questions.jsonl": "xyz"}, {}, {**DATA, "dossiers": "new"}])
def test_data_that_changed_is_a_fault_however_good_the_figures(data: dict[str, str]) -> None:
    [fault] = faults(PINNED, {SHOWN: 1.0, REFUSED: 0.0}, data)
    assert "changed since the floors were measured" in fault


def test_raising_takes_only_what_is_better() -> None:
    after = raised(PINNED, {SHOWN: 0.95, REFUSED: 0.06}, DATA)
    assert after.floors == {SHOWN: 0.95, REFUSED: 0.05}
    assert after.changes == ()


def test_raising_pins_what_is_new_and_known() -> None:
    after = raised(Floors(), {SHOWN: 0.9, "answers/questions": 262.0}, DATA)
    assert (after.floors, after.digests) == ({SHOWN: 0.9}, DATA)


def test_nothing_is_raised_on_other_data() -> None:
    with pytest.raises(NotAllowed, match="pin it first"):
        raised(PINNED, {SHOWN: 0.95}, {"questions.jsonl": "xyz"})


def test_lowering_keeps_what_was_why_and_when() -> None:
    after = lowered(PINNED, SHOWN, {SHOWN: 0.8}, "shorter answers", TODAY)
    [change] = after.changes
    assert after.floors == {SHOWN: 0.8, REFUSED: 0.05}
    assert (change.name, change.was, change.now) == (SHOWN, 0.9, 0.8)
    assert (change.when, change.because) == (TODAY, "shorter answers")


@pytest.mark.parametrize(
    ("name", "figure", "because", "why"),
    [
        (SHOWN, 0.8, "  ", "say why"),
        (SHOWN, 0.95, "better", "not below its floor"),
        ("answers/no such thing", 0.8, "slip", "has no floor"),
    ],
)
def test_lowering_is_refused(name: str, figure: float, because: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        lowered(PINNED, name, {name: figure}, because, TODAY)


def test_what_is_held_down_is_lowered_by_letting_it_rise() -> None:
    assert lowered(PINNED, REFUSED, {REFUSED: 0.1}, "asked for", TODAY).floors[REFUSED] == 0.1


def test_data_is_pinned_anew_with_a_reason_and_floors_stay() -> None:
    after = pinned_anew(PINNED, {"questions.jsonl": "xyz"}, "four labels mended", TODAY)
    assert (after.floors, after.digests) == (PINNED.floors, {"questions.jsonl": "xyz"})
    assert [(one.was, one.now, one.because) for one in after.changes] == [("abc", "xyz", "four labels mended")]
    with pytest.raises(NotAllowed, match="say why"):
        pinned_anew(PINNED, {"questions.jsonl": "xyz"}, "", TODAY)


def test_what_is_pinned_comes_back_from_its_file(tmp_path: Path) -> None:
    after = lowered(PINNED, SHOWN, {SHOWN: 0.8}, "kürzer", TODAY)
    save(after, tmp_path / "floors.json")
    assert load(tmp_path / "floors.json") == after


def test_figures_are_kept_by_group(tmp_path: Path) -> None:
    keep("answers", {"facts shown": 0.91234567}, tmp_path)
    keep("statements", {"voice": 1}, tmp_path)
    assert kept(tmp_path) == {"answers/facts shown": 0.9123, "statements/voice": 1.0}


def test_the_pinned_file_holds_every_figure_that_is_to_be_held() -> None:
    assert set(load().floors) == {*HELD, *HELD_DOWN}
