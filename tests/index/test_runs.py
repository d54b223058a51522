"""What stands in a passage as in the question, word for word, counts; more so if it is quoted."""

import pytest

from index.question import understand
from index.runs import Wording, beyond_free, wording_of, words_of

TEXT = "The company said that it had to act because the airport complained of kites near the runway every day."


def wording(question: str) -> Wording:
    return wording_of(understand(question))


def bonus(question: str, text: str = TEXT) -> float:
    return wording(question).bonus(text)


def test_words_have_no_case_and_no_accents() -> None:
    assert words_of("It’s 10,000 Cafés, @dbongino") == ["it", "s", "10,000", "cafes", "dbongino"]


@pytest.mark.parametrize(
    ("words", "beyond"),
    [("x b c d e y", 1), ("a b c d e", 2), ("a b c x d e", 0), ("e d c b a", 0), ("a b c bb d", 0), ("a", 0), ("", 0)],
)
def test_the_longest_run_of_words_is_found(words: str, beyond: int) -> None:
    assert beyond_free(words.split(), " a b c d e ", {*"abcde"}) == beyond


def test_a_fragment_inside_a_sentence_counts_by_its_length() -> None:
    fragment = "because the airport complained of kites near the runway"
    assert bonus(f"I remember reading that {fragment} somewhere, is that right?") > 0.5
    assert bonus("I remember reading that because the airport complained of it") < 0.3


def test_a_quoted_fragment_survives_a_changed_word_and_counts_more() -> None:
    fragment = "had to act because the airport moaned of kites"
    assert bonus(f"who said “{fragment}”?") > bonus(f"who said {fragment}?") + 1


def test_three_common_words_are_no_run() -> None:
    assert bonus("did they say that it had been closed?") == 0
