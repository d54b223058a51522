"""The texts that the reader learns from are whole and asked of in both ways; what is drawn of them is what they say."""

import random
import re
from pathlib import Path

import pytest

from corpus import SHIPPED
from tests.gate.gold import gold_questions
from tests.gate.lessons import FOLDER, examples, held_out_examples, read_lessons
from tests.gate.libraries import SHARED

LESSONS = read_lessons()
RUN = 15
"""So many words in a row are no chance, nor a row of figures that everybody writes alike."""


def runs(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def words_of(question: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", question.lower()))


def test_each_text_is_asked_what_it_answers_and_what_it_does_not() -> None:
    for lesson in LESSONS:
        answered = sum(task.answer is not None for task in lesson.tasks)
        assert 0 < answered < len(lesson.tasks), lesson.header
        assert all(set(task.places) <= lesson.sentences.keys() for task in lesson.tasks), lesson.header


def test_an_answer_stands_where_an_example_says() -> None:
    drawn = examples(LESSONS[:40], random.Random(3))
    answers = {task.answer for lesson in LESSONS[:40] for task in lesson.tasks}
    told = [text[slice(*span)] for _, text, span in drawn if span]
    assert len(told) > 500
    assert set(told) <= answers
    assert len(drawn) - len(told) > len(told)


def test_what_is_held_out_has_every_question_once() -> None:
    held = [lesson for lesson in LESSONS if lesson.held_out]
    assert len(held) > len(list(FOLDER.glob("*.txt")))
    assert len(held_out_examples(held)) == sum(len(lesson.tasks) for lesson in held)


def test_what_the_gate_asks_is_not_learned() -> None:
    learned = {words_of(task.question) for lesson in LESSONS for task in lesson.tasks}
    asked = {words_of(gold["question"]) for split in ("dev", "test", "others") for gold in gold_questions(split)}
    assert not {question for question in asked & learned if len(question) > 4}


@pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason="../shared/seeds is absent: there is nothing to compare with"
)
def test_no_sentence_of_a_seed_article_is_in_it() -> None:
    held = runs(
        " ".join(path.read_text(encoding="utf-8", errors="replace") for path in (SHARED / "seeds").rglob("*.*"))
    )
    assert held
    assert not held & {run for path in FOLDER.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}


def test_no_sentence_of_a_dossier_or_of_the_gates_articles_is_in_it() -> None:
    gate = Path(__file__).parent
    texts = [path for folder in (SHIPPED, gate / "news", gate / "articles") for path in folder.rglob("*.*")]
    held = {run for path in texts for run in runs(path.read_text(encoding="utf-8"))}
    assert held
    assert not held & {run for path in FOLDER.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
