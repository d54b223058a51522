"""The vectors of the last questions are found again, and no word of the questions is held."""

import gc
import sys

import numpy as np
import pytest

from index.recent import Recent

VECTOR = np.arange(4, dtype=np.float32)


def test_what_was_kept_is_found_and_nothing_else() -> None:
    recent = Recent()
    recent.keep("who was suspended?", VECTOR)
    assert np.array_equal(recent.find("who was suspended?"), VECTOR)  # type: ignore[arg-type]
    assert recent.find("who was suspended") is None


def test_no_more_are_kept_than_it_may_and_the_longest_unused_leave_first() -> None:
    recent = Recent(most=3)
    for text in ("a", "b", "c"):
        recent.keep(text, VECTOR)
    assert recent.find("a") is not None
    recent.keep("d", VECTOR)
    recent.keep("d", VECTOR)
    assert [recent.find(text) is not None for text in ("a", "b", "c", "d")] == [True, False, True, True]
    assert len(recent) == 3


def test_a_kept_vector_is_a_copy_that_cannot_be_changed() -> None:
    recent, vector = Recent(), VECTOR.copy()
    recent.keep("text", vector)
    vector[0] = 9
    found = recent.find("text")
    assert found is not None
    assert found[0] == 0
    with pytest.raises(ValueError, match="read-only"):
        found[0] = 9


def test_it_holds_no_word_of_a_question_and_names_it_otherwise_in_each_process() -> None:
    """Names are keyed hashes: two of one text differ, so that they say nothing to whoever has a list of questions."""
    recent, other = Recent(), Recent()
    for one in (recent, other):
        one.keep("who was suspended?", VECTOR)
    [name], [others] = recent._held, other._held
    assert name != others
    held = gc.get_referents(recent._held)
    assert not any(isinstance(one, str) for one in held)
    assert sys.getsizeof(name) < 64
