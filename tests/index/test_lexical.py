"""The lexical index finds words and phrases, takes changes, and keeps views apart."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from index import lexical
from index.lexical import (
    DamagedLexical,
    LexicalIndex,
    exact_words,
    forget_texts,
    last_commit,
    spread,
    stem_set,
    stems,
)

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
    assert stems("Why were 10,000 of @d_bongino's accounts hit?") == ["10000", "d_bongino", "account", "hit"]
    assert exact_words("It’s 1.5 million") == ["it", "s", "1.5", "million"]


@pytest.mark.parametrize(("slip", "word"), [("suspnded", "suspended"), ("facebok", "facebook"), ("pagse", "pages")])
def test_a_slip_of_spelling_finds_the_word(index: LexicalIndex, slip: str, word: str) -> None:
    assert index.view().closest(slip) == word


@pytest.mark.parametrize("word", ["zzzzzz", "cat", "1234", ""])
def test_what_is_like_no_word_finds_none(index: LexicalIndex, word: str) -> None:
    assert index.view().closest(word) is None


@pytest.mark.parametrize("question", ["what is it", "how many and how much"])
def test_a_question_of_stop_words_finds_nothing(index: LexicalIndex, question: str) -> None:
    assert index.view().search(question, 5) == []


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


@pytest.mark.parametrize(("spare", "error"), [(1 << 60, OSError), (0, DamagedLexical)], ids=["full", "damaged"])
def test_what_cannot_be_written_leaves_the_last_commit(
    index: LexicalIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spare: int, error: type[Exception],
    full_disk: Callable[[], AbstractContextManager[None]],
) -> None:  # fmt: skip
    monkeypatch.setattr(lexical, "SPARE_BYTES", spare)
    before = last_commit(tmp_path / "lexical")
    with full_disk(), pytest.raises(error):
        index.change([1, 2], [(4, "Reddit banned forums")])
    assert (last_commit(tmp_path / "lexical"), len(index.view())) == (before, 3)
    index.change([1], [(4, "Reddit banned forums")])
    assert index.view().search("reddit", 5)


def test_an_exception_before_the_commit_undoes_a_change(index: LexicalIndex, tmp_path: Path) -> None:
    before = last_commit(tmp_path / "lexical")
    with pytest.raises(KeyError), index.changing([1, 2], [(4, "Reddit banned forums")]):
        raise KeyError
    assert (last_commit(tmp_path / "lexical"), len(index.view())) == (before, 3)
    index.change([1], [])
    assert last_commit(tmp_path / "lexical") > before


def test_files_that_a_killed_writer_left_are_in_nobodys_way(index: LexicalIndex, tmp_path: Path) -> None:
    [held] = (tmp_path / "lexical").glob("*.store")
    names = {held.with_suffix(f".{number}.del") for number in range(last_commit(tmp_path / "lexical"), 99)}
    managed = tmp_path / "lexical" / ".managed.json"
    known = json.loads(managed.read_text(encoding="utf-8"))
    managed.write_text(json.dumps(known + [name.name for name in names]), encoding="utf-8")
    for name in names:
        name.write_bytes(b"half of it")
    index.change([1], [])  # opened before the other was killed
    assert len(index.view()) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Twitter suspended 1,500 accounts, the company’s spokesman said.", "#TwitterLockOut 2nd 10,000.5 x_y a.b 3.a",
        "“I can't”, he wrote — on 5 May…", "café Ünal ½ İstanbul", "a" * 59 + " " + "b" * 60, "1\u00a0000 €5 x·y", "",
    ],
)  # fmt: skip
def test_a_text_is_split_as_the_index_splits_it(text: str) -> None:
    words, split = lexical._analyser(stemmed=False), lexical._analyser(stemmed=True).analyze(lexical._widened(text))
    assert exact_words(text) == words.analyze(text)
    assert stems(text) == split
    assert stem_set(text) == frozenset(split)
    forget_texts()
    assert stems(text) == split


def test_words_of_questions_are_not_kept() -> None:
    stem_set("a known word")
    assert stems("a known wordlet") == ["known", "wordlet"]
    assert {"known", "wordlet"} & lexical._kept_stems.keys() == {"known"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3k", ["3000"]), ("3,000", ["3000"]), ("3 thousand", ["3000"]), ("3000.", ["3000"]), ("$1.5m", ["1500000"]),
        ("1.5 million", ["1500000"]), ("2 bn", ["2000000000"]), ("1.2345k", ["1.2345", "k"]),
        ("3.30 pm", ["3.30", "pm"]), ("10,5", ["10,5"]), ("2019-12-31", ["2019", "12", "31"]),
        ("12 May", ["12", "may"]), ("4chan", ["4", "chan"]),
    ],
)  # fmt: skip
def test_a_number_has_the_same_stem_however_it_is_spelled(text, found):
    assert stems(text) == found


def test_a_number_is_found_however_it_is_spelled(tmp_path):
    index = LexicalIndex(tmp_path)
    index.change(
        [], [(1, "I lost 3000 followers"), (2, "He lost 4,000 followers"), (3, "They lost 1.5 million of them")]
    )
    found = {asked: index.view().search(asked, 1)[0][1] for asked in ("3k", "4 thousand", "1,500,000")}
    assert found == {"3k": 1, "4 thousand": 2, "1,500,000": 3}


def test_what_is_cut_short_finds_the_commonest_word_that_begins_so(index: LexicalIndex) -> None:
    index.change([], [(4, "algorithm alga algorithm"), (5, "algorithms"), (6, "algorithm")])
    assert index.view().closest("algo") == "algorithm"
    assert index.view().closest("alg") is None
