"""What is said of loaded questions does not get worse: no sentence is false, and none that was found is lost."""

import pytest

from tests.gate.premises import HALVES, figures_of

RECALL = {"dev": 0.7, "test": 0.83}
"""What was measured when the rules were last changed, cut to two places."""


@pytest.mark.parametrize("split", HALVES)
def test_no_sentence_is_false_and_none_that_was_found_is_lost(split: str) -> None:
    figures = figures_of(split)
    assert figures["precision"] == 1.0
    assert figures["recall"] >= RECALL[split]
