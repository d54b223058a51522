"""Which of the statements found is the likeliest to answer."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from corpus.document import Kind, Section, Statement, Voice
from index.claims import Candidate
from index.lexical import stems
from index.question import understand
from index.ranking import IN_ORDER, SIGNALS, WEIGHTS, fitted, rank, signals_of
from index.reading import ground_of, wants_of
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement


def hit_of(texts: Sequence[str], document: int = 1, score: float = 1.0, **told: object) -> Hit:
    """Make a passage of some sentences, all as near to the question."""
    found = []
    for place, text in enumerate(texts):
        made = Statement(0, len(text), 0, len(text), Kind.NARRATION, Voice.REPORTER, ("gazette",))
        made = replace(made, **told)  # type: ignore[arg-type]
        stored = StoredStatement(100 * document + place, document, f"d{document}", document, place, text, made)
        found.append(Evidence(stored, text, 0.5, 0.0, 0.0))
    return Hit(StoredPassage(document, document, 0, 0, " ".join(texts), "The Gazette"), score, 0.5, 1.0, tuple(found))


def ranked(question: str, *hits: Hit, after: str | None = None) -> list[Candidate]:
    """Rank what the passages say for a question."""
    asked = understand(question, after)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
    return rank(asked, wants_of(asked, terms, hits), terms, hits, grounds)


CLUB = "The knitting club met at the harbour."
LOST = "It lost 240 members that day."
WEATHER = "Rain fell."


def test_nothing_found_is_nothing_ranked() -> None:
    assert ranked("how many members did the club lose?") == []


def test_a_question_of_stop_words_alone_is_ranked_too() -> None:
    assert len(ranked("why so?", hit_of([CLUB, WEATHER]))) == 2


def test_the_best_scores_one_and_the_others_less() -> None:
    scores = [one.score for one in ranked("how many members did the knitting club lose?", hit_of([CLUB, LOST]))]
    assert scores[0] == 1.0
    assert all(0.0 <= score < 1.0 for score in scores[1:])


def test_a_number_of_what_is_counted_comes_first() -> None:
    texts = ["The club lost many members.", "The club lost 240 members."]
    assert ranked("how many members did the club lose?", hit_of(texts))[0].stored.text == texts[1]


def test_a_sentence_after_the_questions_words_beats_one_elsewhere() -> None:
    after, apart = "Its door was painted green.", "A door was painted red."
    order = [one.stored.text for one in ranked("what about the knitting club?", hit_of([apart, WEATHER, CLUB, after]))]
    assert order.index(after) < order.index(apart)


def test_the_lines_of_a_dossier_stand_alone() -> None:
    question, lines = "what about the knitting club?", [CLUB, WEATHER]
    running = {one.stored.text: one.score for one in ranked(question, hit_of(lines))}
    dossier = {one.stored.text: one.score for one in ranked(question, hit_of(lines, section=Section.AFTER))}
    assert dossier[WEATHER] < running[WEATHER]


def test_a_word_that_few_statements_hold_counts_most() -> None:
    texts = ["The club knits.", "The club sings.", "The club swims.", "A goose hissed."]
    assert ranked("the club and the goose", hit_of(texts, section=Section.AFTER))[0].stored.text == "A goose hissed."


def test_a_document_with_a_better_passage_comes_first() -> None:
    order = ranked("when was the knitting club founded?", hit_of([CLUB], 1, 0.4), hit_of([CLUB], 2, 1.0))
    assert [one.stored.document_row for one in order] == [2, 1]


def test_a_second_question_is_answered_by_its_own_words() -> None:
    texts = ["Rosa lost 300 members.", "Pia sang."]
    assert ranked("and pia?", hit_of(texts), after="how many members did Rosa lose?")[0].stored.text == texts[1]


@pytest.mark.parametrize(("question", "row"), [("words of @purlqueen", 200), ("who said “a flock of geese”?", 100)])
def test_a_handle_and_a_quotation_are_found(question: str, row: int) -> None:
    hits = hit_of(["It was a flock of geese."]), hit_of(["It was the wind."], 2, 0.9, handle="PurlQueen")
    assert ranked(question, *hits)[0].stored.row == row


def test_a_platforms_reason_answers_why() -> None:
    lines = (
        hit_of(["It was spam."], 1, 1.0, section=Section.AFTER),
        hit_of(["It was spam."], 2, 1.0, section=Section.REASON),
    )
    assert ranked("why were the clubs suspended?", *lines)[0].stored.statement.section is Section.REASON


def test_a_cause_in_so_many_words_answers_why_before_a_loose_conjunction() -> None:
    texts = ["The club lost its hall when he left.", "The club lost its hall because of rent."]
    assert ranked("why did the club lose its hall?", hit_of(texts))[0].stored.text == texts[1]


def test_a_platforms_reason_that_says_so_comes_before_what_it_says_beside() -> None:
    texts = ["Said that the club keeps its wool.", "Cited its rules on the wool of the club."]
    lines = hit_of(texts, section=Section.REASON)
    assert ranked("why was the wool of the club lost?", lines)[0].stored.text == texts[1]


def test_what_tells_of_the_verb_asked_about_comes_first() -> None:
    texts = ["The club sang a song.", "The club withdrew a song."]
    assert ranked("when did the club withdraw the song?", hit_of(texts))[0].stored.text == texts[1]


def test_a_number_answers_a_question_for_an_amount() -> None:
    texts = ["The club's petition had signatures.", "The club's petition had 300 signatures."]
    assert ranked("signatures of the club's petition", hit_of(texts[::-1]))[0].stored.text == texts[1]


def test_signals_stand_in_the_order_of_their_names() -> None:
    hits = [hit_of([CLUB, LOST])]
    asked = understand("how many members did the club lose?")
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    wants, grounds = wants_of(asked, terms, hits), {1: ground_of(hits[0], terms)}
    found = fitted(wants, hits, grounds)
    rows = signals_of(asked, wants, terms, hits, found)
    assert rows.shape == (len(found), len(SIGNALS))
    assert [one.fit.kind for one in found if one.fit] == list(rows[:, SIGNALS.index("kind of how_many")])
    assert np.all(rows[:, SIGNALS.index("document")] == 1.0)


def test_every_weight_is_one_of_a_signal() -> None:
    assert WEIGHTS.keys() <= set(SIGNALS)
    assert np.count_nonzero(IN_ORDER) == len(WEIGHTS)
