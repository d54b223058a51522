"""What finds a passage beyond its words and its vector: the time asked about, the words of the new question."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index import retrieve
from index.library import Library
from index.question import understand
from index.retrieve import LEXICAL_WEIGHT, POST_LEXICAL_WEIGHT, weigh_terms

TEXT = "---\ntitle: {title}\npublisher: Echo\ndate: {date}\n---\n{text}\n"
OLD = "The forum closed rooms of bakers, the company said, and gave no further reason for it."
NEW = "The forum closed rooms of bakers, the company said, and gave no further reason for it now."


@pytest.fixture
def library(open_library: Callable[[], Library], tmp_path: Path) -> Library:
    folder = tmp_path / "dated"
    folder.mkdir()
    for name, date, text in (("old", "2015-03-02", OLD), ("new", "2020-10-09", NEW)):
        (folder / f"{name}.md").write_text(TEXT.format(title="Forum", date=date, text=text), encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    return library


@pytest.mark.parametrize(
    ("time", "first"),
    [("in March 2015", "old"), ("in autumn 2020", "new"), ("before 2016", "old"), ("in q4 2020", "new")],
)
def test_a_document_of_the_time_asked_about_comes_first(library: Library, time: str, first: str) -> None:
    assert library.search(f"why did the forum close rooms of bakers {time}", 2)[0].document_id == first


def mended(library: Library, question: str) -> str:
    with library.state("", 0.0) as state:
        return weigh_terms(understand(question), state.views).text


def test_a_name_is_mended_against_the_corpus(library: Library) -> None:
    assert mended(library, "why did the fourm close rooms of baekrs") == "why did the forum close rooms of bakers"


@pytest.mark.parametrize("word", ["clothed", "roofs", "bikers", "reasons", "format"])
def test_a_right_word_that_the_corpus_lacks_is_not_made_another(library: Library, word: str) -> None:
    assert mended(library, f"were {word} removed").split()[1] == word


def test_the_new_question_of_a_conversation_outweighs_the_earlier_one(library: Library) -> None:
    with library.state("", 0.0) as state:
        weights = weigh_terms(understand("which rooms?", "did the forum close?"), state.views).weights
    assert weights["room"] > weights["forum"]


def test_of_two_passages_with_the_same_words_the_one_with_all_in_one_statement_comes_first(
    open_library: Callable[[], Library], tmp_path: Path
) -> None:
    folder = tmp_path / "told"
    folder.mkdir()
    scattered = "The forum has rooms. It was the forum that moved. Some rooms may close. Work is done by hand there."
    together = (
        "Bakers met in June and then moved on. It said that the forum closed some rooms by hand. Nobody knows the rest."
    )
    for name, text in (("scattered", scattered), ("together", together)):
        (folder / f"{name}.md").write_text(TEXT.format(title="Notes", date="2020-01-01", text=text), encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    found = library.search("which rooms did the forum close by hand", 2)
    shares = {one.document_id: max(evidence.own for evidence in one.hit.statements) for one in found}
    assert shares["together"] > shares["scattered"]
    assert [one.document_id for one in found] == ["together", "scattered"]
    long = library.search(" and ".join(["which rooms did the forum close by hand"] * 3), 2)
    assert [one.document_id for one in long] == ["scattered", "together"]


POST = "The Fourm has closed the rooms of all bakers!! My cousin can't even log in #breadgate"


def test_a_post_is_embedded_as_it_stands_and_a_question_with_its_slips_mended(library: Library) -> None:
    with library.state("", 0.0) as state:
        told = weigh_terms(understand(POST), state.views)
        asked = weigh_terms(understand("Why did the Fourm close rooms?"), state.views)
    assert (told.embedded, told.text.split()[1]) == (POST, "forum")
    assert asked.embedded == asked.text == "why did the forum close rooms"


@pytest.mark.parametrize(
    ("text", "weight"), [(POST, POST_LEXICAL_WEIGHT), ("why did the forum close rooms of bakers", LEXICAL_WEIGHT)]
)
def test_words_count_for_less_where_a_post_tells_something_in_its_own(
    library: Library, monkeypatch: pytest.MonkeyPatch, text: str, weight: float
) -> None:
    before = library.search(text, 2)[0].hit
    monkeypatch.setattr(retrieve, "POST_LEXICAL_WEIGHT", 0.0)
    monkeypatch.setattr(retrieve, "LEXICAL_WEIGHT", 0.0)
    after = next(one.hit for one in library.search(text, 2) if one.hit.passage == before.passage)
    assert before.score - after.score == pytest.approx(weight)
