"""The lexical index finds words and phrases, takes changes, and keeps views apart."""

from pathlib import Path

import pytest

from index.lexical import DamagedLexical, LexicalIndex, exact_words, spread, stems

TEXTS = [
    (1, "Twitter suspended 10,000 accounts of @dbongino's fans"),
    (2, "Facebook removed pages"),
    (3, "Nothing."),
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    index = LexicalIndex(tmp_path / "lexical")
    index.change([], TEXTS)
    return index


def test_words_are_found_by_their_stems(index: LexicalIndex) -> None:
    assert [i for _, i in index.view().search("suspending an account", 5)] == [1]


def test_a_phrase_is_found_only_in_its_order(index: LexicalIndex) -> None:
    assert [i for _, i in index.view().search_phrase("REMOVED pages!", 5)] == [2]
    assert index.view().search_phrase("pages removed", 5) == []


def test_a_removed_passage_is_found_no_more(index: LexicalIndex) -> None:
    index.change([1], [])
    assert index.view().search("suspended", 5) == []
    assert len(index.view()) == 2


def test_a_passage_added_again_replaces_the_old_one(index: LexicalIndex) -> None:
    index.change([], [(2, "Reddit banned forums")])
    assert len(index.view()) == 3
    assert index.view().search("facebook", 5) == []


def test_a_view_does_not_see_later_changes(index: LexicalIndex) -> None:
    before = index.view()
    index.change([1, 2, 3], [])
    assert len(before) == 3
    assert before.search("facebook", 5)


def test_numbers_handles_and_possessives_are_words() -> None:
    assert stems("Why were 10,000 of @d_bongino's accounts hit?") == ["10,000", "d_bongino", "account", "hit"]
    assert exact_words("It’s 1.5 million") == ["it", "s", "1.5", "million"]


@pytest.mark.parametrize(("slip", "word"), [("suspnded", "suspended"), ("facebok", "facebook"), ("pagse", "pages")])
def test_a_slip_of_spelling_finds_the_word(index: LexicalIndex, slip: str, word: str) -> None:
    assert index.view().closest(slip) == word


@pytest.mark.parametrize("word", ["zzzzzz", "cat", "1234", ""])
def test_what_is_like_no_word_finds_none(index: LexicalIndex, word: str) -> None:
    assert index.view().closest(word) is None


def test_a_question_of_stop_words_finds_nothing(index: LexicalIndex) -> None:
    assert index.view().search("what is it", 5) == []


def test_a_damaged_folder_is_reported(tmp_path: Path) -> None:
    LexicalIndex(tmp_path / "lexical").change([], TEXTS)
    (tmp_path / "lexical" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(DamagedLexical):
        LexicalIndex(tmp_path / "lexical").view()


def test_words_that_are_run_together_are_found_apart(index: LexicalIndex) -> None:
    index.change([], [(4, "Locked out again #TwitterLockOut")])
    assert [i for _, i in index.view().search("the lockout", 5)] == [4]
    assert spread("YouTube and #MAGA") == "You Tube YouTube"


def test_a_doubled_letter_is_the_likeliest_slip(index: LexicalIndex) -> None:
    index.change([], [(4, "Alex Alex Alex Allen")])
    assert index.view().closest("alen") == "allen"


def test_letters_in_the_wrong_order_come_before_others(index: LexicalIndex) -> None:
    index.change([], [(4, "trunk trunk trunk trump")])
    assert index.view().closest("trupm") == "trump"


def test_two_edits_are_too_many_for_a_word_of_seven_letters(index: LexicalIndex) -> None:
    index.change([], [(4, "opened altered")])
    assert index.view().closest("opaneed") is None
