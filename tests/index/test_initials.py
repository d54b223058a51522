"""Initials are written out as the passages found do."""

import pytest

from index.initials import written_out

PASSAGE = "The Larch Herald Tribune wrote that the Ministry of Baking and the United Bakers had met. The Who played."


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("what did the LHT write?", "what did the Larch Herald Tribune write?"),
        ("what is the LHT's name?", "what is the Larch Herald Tribune's name?"),
        ("what did the lht write?", "what did the Larch Herald Tribune write?"),
        ("why did the MOB meet?", "why did the Ministry of Baking meet?"),
        ("why did the UB meet?", "why did the UB meet?"),
        ("how hot was it?", "how hot was it?"),
        ("what did @lht and lht.org write?", "what did @lht and lht.org write?"),
        ("what did the LHTX write?", "what did the LHTX write?"),
    ],
)
def test_initials_are_written_out_where_a_passage_has_the_name(question: str, written: str) -> None:
    assert written_out(question, [PASSAGE]) == written


def test_initials_that_a_passage_has_are_left_as_they_are() -> None:
    assert written_out("what did the LHT write?", [PASSAGE, "The LHT is a newspaper."]) == "what did the LHT write?"
