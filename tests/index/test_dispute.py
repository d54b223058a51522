"""An answer has both sides of a dispute."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library

FIRST = """Rivvel closes clubs

The Gazette, 6 May 2020

Rivvel closed 412 accounts of chess clubs on Tuesday, the company said.

“We count 958 accounts of chess clubs that Rivvel closed on Tuesday,” said Ned Loom of the chess union.

Many clubs play at night.
"""


@pytest.fixture
def disputed(open_library: Callable[[], Library], folder: Path) -> Library:
    """Return a library with an article of two counts."""
    (folder / "chess.txt").write_text(FIRST, encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    return library


def test_two_counts_of_one_thing_stand_as_a_disagreement(disputed: Library) -> None:
    answer = disputed.ask("how many accounts of chess clubs did Rivvel close?")
    told = [{answer.claims[place].text for place in one.claims} for one in answer.disagreements]
    assert any({"412", "958"} == {n for n in ("412", "958") for text in texts if n in text} for texts in told)


def test_a_dossiers_own_line_on_a_figure_comes_with_the_figure(library: Library) -> None:
    answer = library.ask("how many accounts of knitting clubs did Twitter suspend?")
    assert any("counts 300" in claim.text for claim in answer.claims if claim.shown)


def test_one_figure_alone_is_no_disagreement(library: Library) -> None:
    assert library.ask("how many pages of kite makers did Facebook remove?").disagreements == ()
