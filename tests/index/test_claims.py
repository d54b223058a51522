"""Which statements are made claims, and which part of a long one is shown."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Kind, Statement, Voice
from corpus.readers import read_file
from index.catalog import SHARED
from index.claims import (
    CLAIM_WORDS,
    CLAIMS,
    ENOUGH_WORDS,
    HEDGED_CLAIMS,
    KEPT,
    KEPT_BEYOND,
    SHOWN_WORDS,
    Candidate,
    best_sentences,
    choose,
    choose_few,
    cut_to_size,
)
from index.library import Library
from index.reading import Fit
from index.retrieve import Evidence, Terms
from index.stored import StoredStatement
from tests.conftest import ARTICLE

QUESTION = "how many pages of kite makers did Facebook remove?"
FILLER = "Nothing of note was said about it on that day by anyone. " * 8
TERMS = Terms("kite", {"kite": 1.0})
FIT = Fit(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)


def candidate(row: int, text: str, score: float) -> Candidate:
    made = Statement(0, len(text), 0, len(text), Kind.NARRATION, Voice.REPORTER, ("gazette",))
    stored = StoredStatement(row, 1, "kites", 1, row, text, made)
    return Candidate(stored, score, Evidence(stored, text, 0.5, 0.5, 0.5))


def rows(chosen: list[Candidate]) -> list[int]:
    return [one.stored.row for one in chosen]


def test_what_hardly_answers_is_left_out() -> None:
    texts = ["Kites flew.", "Geese hissed.", "Boats sank."]
    found = [
        candidate(row, text, score)
        for row, (text, score) in enumerate(zip(texts, (1.0, KEPT, KEPT - 0.1), strict=True))
    ]
    assert rows(choose(found)) == [0, 1]
    assert choose([]) == []


def test_what_is_needed_is_taken_along_however_little_it_scores() -> None:
    found, needed = [candidate(0, "Kites flew.", 1.0), candidate(1, "Geese hissed.", 0.9)], candidate(2, "Rope.", 0.0)
    assert rows(choose(found, [needed])) == [0, 2, 1]


def test_of_two_that_are_as_likely_the_short_one_comes_first() -> None:
    long = "The rope of the club was found in the shed behind the hill near the airport by nine men and a dog."
    found = [candidate(0, "Kites flew.", 1.0), candidate(1, long, 0.81), candidate(2, "Geese hissed.", 0.8)]
    assert rows(choose(found)) == [0, 2, 1]


def test_what_was_said_is_not_said_again() -> None:
    found = [candidate(0, "The club lost its kites.", 1.0), candidate(1, "The club lost kites.", 0.9)]
    assert rows(choose(found)) == [0]
    other = replace(found[1].stored.statement, speaker="Ann Ply")
    assert rows(choose([found[0], replace(found[1], stored=replace(found[1].stored, statement=other))])) == [0, 1]


def test_what_somebody_said_is_not_told_again_by_a_reporter() -> None:
    report = candidate(0, "Most of the 240 banned clubs were inactive on 3 May.", 1.0)
    told = candidate(1, "Said that most of the 240 banned clubs were inactive on 3 May.", 0.9)
    stored = replace(told.stored, statement=replace(told.stored.statement, speaker="Rivvel"))
    assert rows(choose([report, replace(told, stored=stored)])) == [0]


def test_a_piece_of_a_longer_quotation_is_not_told_again() -> None:
    post = candidate(0, "Can the club just admit that it hates kites? There are no buts in it.", 1.0)
    piece = candidate(1, "Can the club just admit that it hates kites?", 0.9)
    stored = replace(piece.stored, statement=replace(piece.stored.statement, speaker="one member"))
    assert rows(choose([post, replace(piece, stored=stored)])) == [0]


def of_document(one: Candidate, row: int, **fields: Any) -> Candidate:
    stored = replace(one.stored, document_row=row, statement=replace(one.stored.statement, **fields))
    return replace(one, stored=stored)


def test_of_two_that_say_the_same_the_servers_own_stays_in_the_others_place() -> None:
    theirs = of_document(candidate(1, "The club lost its 9 kites.", 0.8), 7)
    found = [candidate(0, "The club lost its nine kites.", 1.0), candidate(2, "Geese hissed.", 0.9), theirs]
    chosen = choose(found, own={7})
    assert (rows(chosen), chosen[0].score) == ([1, 2], 1.0)
    assert rows(choose(found, own={8})) == rows(choose(found)) == [0, 2]


@pytest.mark.parametrize(
    ("text", "score", "fields"),
    [
        ("The club lost its nine kites.", 0.9, {}),
        ("The club lost kites.", 0.9, {}),
        ("The club lost its 8 kites.", KEPT - 0.1, {}),
        ("The club lost its 8 kites.", 0.9, {"voice": Voice.AFFECTED}),
    ],
    ids=["another number", "says less", "hardly answers", "another voice"],
)
def test_a_servers_own_statement_that_says_something_else_puts_none_out(
    text: str, score: float, fields: dict[str, Any]
) -> None:
    found = [candidate(0, "The club lost its 8 kites.", 1.0), of_document(candidate(1, text, score), 7, **fields)]
    assert rows(choose(found, own={7}))[0] == 0


def test_different_facts_in_the_same_words_are_both_told() -> None:
    texts = (
        "The club banned 106 kites of the Lorn fleet on 3 May.",
        "The club banned 95 kites of the Lorn fleet on 3 May.",
        "The club banned 95 kites of the Tarn fleet on 3 May.",
        "The club never banned 95 kites of the Tarn fleet on 3 May.",
    )
    assert rows(choose([candidate(row, text, 1.0) for row, text in enumerate(texts)])) == [0, 1, 2, 3]


def test_a_longer_statement_that_tells_more_is_told_beside_a_short_one() -> None:
    short = candidate(0, "The bans of kites could not be appealed.", 1.0)
    long = candidate(1, "The bans of kites, which could not be appealed, were to stop crashes at the airport.", 0.9)
    assert rows(choose([short, long])) == [0, 1]
    assert rows(choose([replace(long, score=1.0), replace(short, score=0.9)])) == [1]


def test_a_statement_makes_way_for_one_that_holds_all_of_it() -> None:
    lead = candidate(2, "Geese hissed at the airport.", 1.0)
    short = candidate(0, "The club gave back the kites on 3 May.", 0.9)
    long = candidate(1, "The club gave back the kites on 3 May at a new hill, said Ann Ply.", 0.9)
    assert rows(choose([lead, short, long])) == [2, 1]


def test_the_speaker_and_the_date_of_a_statement_need_not_be_told_again() -> None:
    said = candidate(0, "Said that the club had threatened to burn kites over the bans.", 1.0)
    told = candidate(1, "In 2019 Ann Ply said that the club had threatened to burn kites over the bans.", 0.9)
    by = replace(said.stored.statement, speaker="Ann Ply", date="2019")
    assert rows(choose([replace(said, stored=replace(said.stored, statement=by)), told])) == [0]


def test_beside_a_full_answer_what_is_of_no_such_kind_must_be_likelier() -> None:
    found = [
        candidate(row, text, 1.0 if row == 0 else KEPT + 0.05)
        for row, text in enumerate(("Nine kites flew.", "Geese hissed."))
    ]
    of_kind = [replace(one, fit=FIT) for one in found]
    lacking = [of_kind[0], replace(of_kind[1], fit=replace(FIT, kind=0.0))]
    unnamed = [of_kind[0], replace(of_kind[1], fit=replace(FIT, names_near=0.5))]
    assert [rows(choose(some)) for some in (of_kind, lacking, unnamed)] == [[0, 1], [0], [0]]


def test_beyond_enough_words_only_what_is_likelier_is_told() -> None:
    words = ("kites", "geese", "boats", "dogs", "owls")
    texts = [f"{word} " * (ENOUGH_WORDS // 4) for word in words]
    found = [candidate(row, text, 1.0 if not row else KEPT_BEYOND - 0.01) for row, text in enumerate(texts)]
    assert rows(choose(found)) == [0, 1, 2, 3]
    assert rows(choose([*found[:4], replace(found[4], score=KEPT_BEYOND)])) == [0, 4, 1, 2]
    assert sum(len(one.stored.text.split()) for one in choose_few(found)) <= ENOUGH_WORDS


def test_what_may_be_no_answer_is_short() -> None:
    texts = "Kites flew. Geese hissed. Boats sank. Dogs barked. Owls slept. Cats ran. Hens sat. Rats hid.".split(". ")
    found = [candidate(row, text, 1.0) for row, text in enumerate(texts)]
    assert len(choose_few(found)) == HEDGED_CLAIMS
    assert choose_few([]) == []


def test_no_more_claims_than_fit_and_the_first_is_always_shown() -> None:
    texts = [f"{word} " * 50 + "end." for word in "abc def ghi jkl mno pqr stu vwx yza bcd efg".split()]
    chosen = choose([candidate(row, text, 1.0) for row, text in enumerate(texts)])
    claims = cut_to_size(chosen, TERMS, lambda _: ())
    assert len(claims) == CLAIMS
    assert [claim.shown for claim in claims] == [True] * (SHOWN_WORDS // 51) + [False] * (CLAIMS - SHOWN_WORDS // 51)
    [alone] = cut_to_size([candidate(0, "word " * 400 + "end.", 1.0)], TERMS, lambda _: ())
    assert alone.shown


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


def test_of_what_a_shared_and_a_servers_own_article_both_say_its_own_is_cited(library: Library, tmp_path: Path) -> None:
    told = {claim.text for claim in library.ask(QUESTION, "77").claims}
    (tmp_path / "own.txt").write_text(ARTICLE.replace("on Tuesday,", "Tuesday,"), encoding="utf-8")
    library.add(read_file(tmp_path / "own.txt"), "f", "test", "77")
    answer = library.ask(QUESTION, "77")
    assert {claim.document_id for claim in answer.claims} == {"own"}
    assert {claim.text for claim in answer.claims} == {text.replace("on Tuesday,", "Tuesday,") for text in told}
    for other in (SHARED, "78"):
        assert {claim.document_id for claim in library.ask(QUESTION, other).claims} == {"kites"}


def test_a_part_that_goes_on_from_another_takes_it_along() -> None:
    long = "Nobody at the club has any word for what was lost in the shed on that windy day behind the hill. " * 3
    text = f"{long}Ann Ply hid nine kites. The geese also got one kite of hers. {long}".strip()
    start, end = best_sentences(text, Terms("geese kite", {"gees": 1.0, "kite": 1.0}))
    assert text[start:end].startswith(("Nobody", "Ann Ply hid nine kites. The geese"))
    assert "The geese also got one" in text[start:end]
    assert len(text[start:end].split()) <= CLAIM_WORDS


def test_of_parts_with_the_same_words_the_one_of_the_kind_sought_is_shown() -> None:
    told = f"Every kite was locked up. {FILLER}Some kite broke the rules. {FILLER}".strip()
    start, end = best_sentences(told, TERMS, 20, lambda part: float("rules" in part))
    assert "Some kite broke the rules." in told[start:end]
    first, last = best_sentences(told, TERMS, 20)
    assert "Every kite was locked up." in told[first:last]


def test_the_best_statement_stays_whole_where_others_are_cut() -> None:
    texts = [f"The {word} flew off. " * 24 for word in ("kites", "geese")]
    found = [candidate(row, text.strip(), 1.0) for row, text in enumerate(texts)]
    lead, other = cut_to_size(found, TERMS, lambda _: ())
    assert (lead.cut_before, lead.cut_after) == (False, False)
    assert other.cut_before or other.cut_after
