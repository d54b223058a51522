"""An answer has both sides of a dispute."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Kind, Section, Voice
from index.answer import Claim
from index.dispute import disagreements_of, numbers_differ
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


def claim(text: str, source: str) -> Claim:
    return Claim(
        text=text, kind=Kind.NARRATION, quotation=False, shown=True, voice=Voice.REPORTER, speaker=None, role=None,
        handle=None, via=None, date=None, event_ids=(), document_id="a", source_ids=(source,), start=0, end=len(text),
        score=1.0,
    )  # fmt: skip


def test_numbers_that_differ_are_told_apart_from_a_dispute_on_others() -> None:
    told = replace(claim("The Gazette says 412 clubs, the union 958 clubs.", "a"), section=Section.DISAGREEMENT)
    other = replace(told, text="The Gazette says 77 coins, the union 60 coins.")
    lead = claim("Rivvel closed 412 clubs.", "b")
    assert numbers_differ([lead, told], disagreements_of([lead, told], {}))
    assert not numbers_differ([lead, other], disagreements_of([lead, other], {}))
    pair = [lead, claim("Rivvel closed 958 clubs.", "c")]
    assert numbers_differ(pair, disagreements_of(pair, {}))


def test_two_disputes_of_one_kind_stay_apart() -> None:
    clubs = [claim("Rivvel closed 412 clubs.", "a"), claim("Rivvel closed 958 clubs.", "b")]
    coins = [claim("It cost the guild $40,000.", "a"), claim("It cost the guild $9,000.", "b")]
    told = disagreements_of([clubs[0], coins[0], clubs[1], coins[1]], {})
    assert [one.claims for one in told] == [(0, 2), (1, 3)]
