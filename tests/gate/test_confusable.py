"""What the reader learns from beside its lessons: passages of other texts that look as if they answered."""

import random
from pathlib import Path

import pytest

from tests.conftest import HashedWords
from tests.gate import confusable as made
from tests.gate import lessons as drawing
from tests.gate.confusable import confusable
from tests.gate.lessons import Lesson, Task, examples

WHEN, HOW_MANY = "when did Perch ban the beekeeper Orla Finch", "how many tell of kites"


def a_lesson(title: str, *sentences: str, asked: str = "who sings", answer: str = "Nobody") -> Lesson:
    told = dict(enumerate((*sentences, "Nobody sings."), 1))
    [place] = [number for number, text in told.items() if answer in text]
    return Lesson(f"{title} · Echo · 2020-01-02", told, (Task(asked, (place,), answer),), held_out=False)


OWN = a_lesson(
    "Orla Finch is out",
    "On Friday, when all slept, Perch banned the beekeeper Orla Finch.",
    asked=WHEN,
    answer="Friday",
)
LIKE = a_lesson("Florist is out", "Perch banned the florist Ada Moss on Monday.")
SAME = a_lesson("Orla Finch speaks", f"Perch did ban the beekeeper Orla Finch, she says{', and much more' * 9}.")
VAGUE = a_lesson("A count", "Some 900 are told of.", asked=HOW_MANY, answer="900")
KITES = [a_lesson(f"Kites {number}", f"How many kites tell of number {number}?") for number in range(9)]


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, embedder: HashedWords) -> dict[str, tuple[str, ...]]:
    monkeypatch.setattr(made, "ASKED", 1.0)
    return {
        key: tuple(texts) for key, texts in confusable([OWN, LIKE, SAME, VAGUE, *KITES], embedder, tmp_path).items()
    }


def test_passages_of_other_texts_are_taken_but_for_those_that_hold_the_question(
    found: dict[str, tuple[str, ...]],
) -> None:
    texts = found[OWN.key_of(WHEN)]
    assert any("Ada Moss" in text for text in texts)
    assert not any("Orla Finch" in text for text in texts)


def test_a_question_that_does_not_find_its_own_text_first_is_left_out(found: dict[str, tuple[str, ...]]) -> None:
    assert VAGUE.key_of(HOW_MANY) not in found


def test_they_are_kept_until_the_lessons_change(
    found: dict[str, tuple[str, ...]], tmp_path: Path, embedder: HashedWords
) -> None:
    again = confusable([], embedder, tmp_path)
    assert {key: tuple(texts) for key, texts in again.items()} == found


def test_they_are_asked_as_what_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, tuple[str, ...]]
) -> None:
    monkeypatch.setattr(drawing, "CONFUSED", 1.0)
    texts = found[OWN.key_of(WHEN)]
    drawn = [one for one in examples([OWN, LIKE], random.Random(1), found) if one[0] == WHEN and one[1] in texts]
    assert [span for _, _, span in drawn] == [None]
