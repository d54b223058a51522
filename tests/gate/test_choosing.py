"""The fit of what is chosen learns what tells the statement that answers."""

import numpy as np
import pytest

from corpus.document import Kind, Statement, Voice
from index.claims import Candidate
from index.ranking import SIGNALS
from index.retrieve import Evidence, Terms
from index.stored import StoredStatement
from tests.gate.choosing import Choice, chosen, cross_fitted, fit


def choice(number: int) -> Choice:
    """Make a question of three statements, whose answer has the most of the first signal; the second one is noise."""
    right = number % 3
    rows = np.zeros((3, len(SIGNALS)))
    rows[:, 0], rows[:, 1] = 0.2, [number % 2, (number + 1) % 2, 0.5]
    rows[right, 0] = 0.9
    texts = ["Kites flew." if place == right else f"Goose {place}{number} hissed." for place in range(3)]
    gold = {"question": "?", "corpus": "news", "documents": [f"d{number}"], "facts": [["kites"]], "note": ""}
    found = tuple(candidate(place, text) for place, text in enumerate(texts))
    return Choice(gold, Terms("", {}), found, rows, np.zeros(3), np.array([[place == right] for place in range(3)]))


def candidate(row: int, text: str) -> Candidate:
    made = Statement(0, len(text), 0, len(text), Kind.NARRATION, Voice.REPORTER, ("d",))
    stored = StoredStatement(row, 1, "d", 1, row, text, made)
    return Candidate(stored, 0.0, Evidence(stored, text, 0.0, 0.0, 0.0))


EXAMPLES = [choice(number) for number in range(30)]


def test_a_signal_that_tells_weighs_more_than_one_that_does_not() -> None:
    weights = fit(EXAMPLES)
    assert weights[0] > 1.0
    assert abs(weights[1]) < 0.1 * weights[0]


def test_a_signal_that_is_left_out_weighs_nothing() -> None:
    assert fit(EXAMPLES, SIGNALS[1:])[0] == 0.0


def test_what_is_fitted_without_a_question_answers_it() -> None:
    assert all(its.first and its.shown for its in cross_fitted(EXAMPLES))


def test_a_question_whose_statements_tell_nothing_costs_an_even_chance() -> None:
    assert chosen(EXAMPLES[0], np.zeros(len(SIGNALS))).loss == pytest.approx(np.log(3))
