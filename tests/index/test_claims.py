"""Which part of a long statement is shown."""

from index.claims import best_sentences
from index.retrieve import Terms

FILLER = "Nothing of note was said about it on that day by anyone. " * 8


def test_a_part_that_begins_with_a_pronoun_takes_the_sentence_before_it_along() -> None:
    text = f"{FILLER}Ann Ply runs the club. She lost every kite to the airport. {FILLER}".strip()
    start, end = best_sentences(text, Terms("lost kite", {"lost": 1.0, "kite": 1.0}))
    assert text[start:end].startswith(("Ann Ply", "Nothing"))
    assert "She lost every kite" in text[start:end]


def test_a_part_that_stands_alone_begins_where_it_is() -> None:
    long = "The airport at the river keeps every kite that the wind takes from the club in a shed behind the hill. " * 5
    text = f"{long}Ned Loom saw one kite fly off with a goose on the last day of the week. {long}".strip()
    start, _ = best_sentences(text, Terms("goose", {"goos": 1.0}))
    assert not text[start:].startswith(("It ", "He "))
