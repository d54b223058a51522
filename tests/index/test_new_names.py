"""Names that a question does not give are found by their capitals."""

import pytest

from index.new_names import new_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It banned Ann Ply and Ned Loom.", [{"ann", "pli"}, {"ned", "loom"}]),
        ("Ann Ply was banned.", [{"ann", "pli"}]),
        ("Bakers were banned. On Monday they left.", []),
        ("Asked about @annply, it kept silent.", [{"annpli"}]),
    ],
)
def test_capitals_tell_names(text: str, names: list[set[str]]) -> None:
    assert new_names(text, frozenset()) == names


def test_a_known_word_is_no_part_of_a_new_name() -> None:
    assert new_names("It banned Ann Ply.", frozenset({"ann"})) == [{"pli"}]
