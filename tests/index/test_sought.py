"""What is to be named, as a question says it."""

import pytest

from index.lexical import stem_set
from index.question import understand
from index.sought import sought_by

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("question", "heads"),
    [
        ("which clubs were banned?", "clubs"),
        ("who was the paper's anonymous source on the bakers", "source"),
        ("which of Ann Ply's clients were banned?", "clients"),
        ("which paper's source talked of the bakers", "paper"),
        ("which of her lost cakes does Ann miss?", "cakes"),
        ("who was behind those 1,500 accounts?", ""),
        ("what is the name of the club?", "club"),
    ],
)
def test_what_is_to_be_named_is_told(question: str, heads: str) -> None:
    assert sought_by(understand(question), question.lower(), NONE, NONE, NONE).heads == stem_set(heads)
