"""What a question wants, and how far a statement carries it."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Statement, Voice
from index.lexical import stems
from index.question import Asks, understand
from index.reading import Fit, fit_of, ground_of, speaker_in, wants_of
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement

TEXT = "On 4 March 2019 Twitter suspended 240 accounts of knitting clubs, The Gazette counted."
HEADER = "Twitter suspends accounts of knitting clubs · Twitter · 2019-03-04"


def statement(text: str, **told: str | None) -> StoredStatement:
    made = Statement(0, len(text), 0, len(text), Kind.PARAPHRASE, Voice.REPORTER, ("gazette",))
    return StoredStatement(1, 1, "knitters", 1, 0, text, replace(made, **told))  # type: ignore[arg-type]


def fit(question: str, text: str = TEXT, after: str | None = None, **told: str | None) -> Fit:
    """Measure one statement, alone in its passage, for a question."""
    asked = understand(question, after)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    stored = statement(text, **told)
    evidence = Evidence(stored, text, 0.5, 0.5, 0.5)
    hit = Hit(StoredPassage(1, 1, 0, len(text), text, HEADER), 1.0, 0.5, 1.0, (evidence,))
    wants = wants_of(asked, terms, [hit])
    return fit_of(wants, evidence, ground_of(hit, terms))


def test_a_name_that_nothing_here_holds_is_missed() -> None:
    assert fit("How many accounts of Ann Ply did Twitter suspend?").names == 0.0
    assert fit("How many accounts of knitting clubs did Twitter suspend?").names == 1.0


def test_the_platform_must_be_the_one_asked_about() -> None:
    assert fit("how many accounts did facebook suspend").platform_near == 0.0
    assert fit("how many accounts did twitter suspend").platform == 1.0


@pytest.mark.parametrize(("year", "expected"), [("2019", 1.0), ("2018", 0.0)])
def test_the_year_must_be_the_one_asked_about(year: str, expected: float) -> None:
    assert fit(f"how many accounts did twitter suspend in {year}").year == expected


def test_a_year_that_only_the_header_bears_out_counts_less() -> None:
    assert 0.0 < fit("how many accounts were suspended in 2019", "Twitter suspended 240 accounts.").year < 1.0


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("how many accounts did twitter suspend", TEXT, 1.0),
        ("how many followers did the clubs lose", TEXT, 0.3),
        ("how many followers did the clubs lose", "There were 300 of them.", 0.6),
        ("how many followers did the clubs lose", "Three followers left.", 0.8),
        ("how many followers did the clubs lose", "The clubs lost followers on 4 March 2019.", 0.0),
        ("how much money did the clubs lose", TEXT, 0.0),
        ("how much did the clubs pay", "They paid $40 for wool.", 1.0),
    ],
)
def test_a_count_is_one_of_what_is_counted(question: str, text: str, expected: float) -> None:
    assert fit(question, text).kind == pytest.approx(expected)


@pytest.mark.parametrize(
    ("speaker", "text", "expected"),
    [
        ("Ann Ply", "Said that it was unfair.", 1.0),
        ("Ann Other", "Said that it was unfair.", 0.5),
        ("Ned Loom", "Said that it was unfair.", 0.0),
        (None, "Ann Ply said that it was unfair.", 0.5),
        (None, "Ann Ply knits.", 0.0),
    ],
)
def test_words_must_be_those_of_whoever_is_asked_about(speaker: str | None, text: str, expected: float) -> None:
    assert fit("What did Ann Ply say?", text, speaker=speaker).kind == pytest.approx(expected)


def test_words_on_something_else_count_less() -> None:
    question = "What did Ann Ply say about the wool?"
    on_wool, on_tea = (
        fit(question, f"Said that the {thing} was dear.", speaker="Ann Ply") for thing in ("wool", "tea")
    )
    assert on_wool.kind == 1.0
    assert on_tea.kind == pytest.approx(0.4)


@pytest.mark.parametrize(("voice", "expected"), [(Voice.AFFECTED, 1.0), (Voice.REPORTER, 0.0)])
def test_a_side_may_be_asked_about_without_a_name(voice: Voice, expected: float) -> None:
    earlier = "why did Twitter suspend accounts of knitting clubs?"
    found = fit(
        "and what did those affected say?", "Said that it was unfair.", after=earlier, voice=voice, speaker="Ann"
    )
    assert found.kind == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("who counted the accounts", TEXT, 0.8),
        ("who counted the accounts", "Somebody counted the accounts.", 0.0),
        ("who counted the accounts", "On Sunday somebody counted the accounts.", 0.0),
        ("which countries ran the accounts", "They were run from three countries, Ann Ply said.", 1.0),
        (
            "which countries ran the accounts",
            "They were run from three countries that nobody would ever name to Ann Ply.",
            0.0,
        ),
        ("which states sued", "The states of Oregon and Utah sued.", 1.0),
        ("who is the woman that lost her job", "In June a woman lost her job over a like.", 0.0),
    ],
)
def test_whoever_is_asked_for_must_be_named(question: str, text: str, expected: float) -> None:
    assert fit(question, text).kind == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("when did the clubs return", "They came back on 9 March.", 1.0),
        ("when did the clubs return", "They came back two days later.", 1.0),
        ("when did the clubs return", "They came back.", 0.0),
        ("how long were the clubs away", "They were away for nine days.", 1.0),
        ("how long were the clubs away", "They were away.", 0.0),
        ("where did the clubs meet", "They met in Leeds.", 1.0),
        ("where did the clubs meet", "They met again.", 0.0),
        ("why did twitter suspend the clubs", "It suspended them because they knitted.", 1.0),
        ("why did twitter suspend the clubs", "It suspended them after a storm.", 0.4),
        ("why did twitter suspend the clubs", "It suspended as many as 2,000 of them.", 0.0),
        ("why did twitter suspend the clubs", "It suspended them.", 0.0),
    ],
)
def test_dates_lengths_places_and_causes_must_be_told(question: str, text: str, expected: float) -> None:
    assert fit(question, text).kind == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twitter held a poll on the suspended knitters; Gazette and Courier report.", 0.8),
        ("The Courier: the suspended knitters may come back.", 0.8),
        ("Twitter suspended three knitters: Ann Ply and two more.", 1.0),
    ],
)
def test_a_name_in_another_clause_is_not_that_of_what_is_to_be_named(text: str, expected: float) -> None:
    assert fit("which knitters did twitter suspend", text).kind == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "expected"), [("the petition's signatures", True), ("the petition", False), ("why the drop?", False)]
)
def test_an_amount_may_be_asked_for_in_key_words(question: str, expected: bool) -> None:
    asked = understand(question)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    assert wants_of(asked, terms, []).sought.amount is expected


def test_a_statement_may_say_that_it_is_not_told() -> None:
    assert fit("how many accounts did twitter suspend", "Twitter declined to say how many accounts it was.").told == 0.0
    assert (
        fit("how many accounts did twitter suspend", "They could recover, he added, without naming a date.").told == 0.0
    )
    assert fit("how many accounts did twitter suspend").told == 1.0


def test_a_kind_that_nothing_tells_speaks_neither_way() -> None:
    assert understand("the knitting clubs").asks is Asks.OTHER
    assert fit("the knitting clubs").kind == 0.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twitter restored the accounts.", 1.0),
        ("The accounts came back.", 1.0),
        ("The clubs asked Twitter to restore the accounts.", 0.5),
        ("Twitter suspended the accounts.", 0.0),
    ],
)
def test_what_is_asked_about_must_be_told_as_done(text: str, expected: float) -> None:
    assert fit("did twitter restore the accounts", text).kind == expected


def test_without_a_verb_every_statement_may_tell_whether() -> None:
    assert fit("was it twitter?").kind == pytest.approx(0.8)


def test_a_number_that_the_question_gives_is_no_answer() -> None:
    assert fit("how many of the 240 accounts came back").kind == 0.0
    assert fit("how many of the 240 accounts came back", "Some 90 of the 240 accounts came back.").kind == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clubs Purl, Stitch and Wool Room were closed.", 1.0),
        ("The club Purl was closed.", 1 / 3),
        ("Three clubs were closed.", 0.0),
    ],
)
def test_as_many_names_as_are_asked_for_must_be_given(text: str, expected: float) -> None:
    assert fit("which three clubs were closed", text).kind == pytest.approx(expected)


def test_whoever_tells_of_something_does_not_name_it() -> None:
    asked, text = "what is the name of the florist", "It was set up by a florist, researcher Ann Ply said."
    assert fit(asked, text, speaker="Ann Ply").kind == 0.0
    assert fit(asked, "It was set up by a florist, Ned Loom.", speaker="Ann Ply").kind == 1.0


def test_a_word_that_is_part_of_a_platforms_name_names_no_platform() -> None:
    assert fit("who took the app down?", "Twitter took it down.").platform == 1.0


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did Ann Ply reply to the guild?", "Ann Ply"),
        ("Is there a response from Rivvel?", "Rivvel?"),
        ("Was there any reply?", None),
        ("Ann Ply's statement", "Ann Ply"),
    ],
)
def test_whose_words_are_asked_for(question: str, who: str | None) -> None:
    found = speaker_in(question)
    assert (found[0] if found else None) == who


@pytest.mark.parametrize(("handle", "share"), [("annplymouth", 1.0), ("annply", 0.0), (None, 0.0)])
def test_a_name_that_a_handle_runs_together_with_others_is_one(handle: str | None, share: float) -> None:
    told = fit("why were the accounts of Plymouth suspended?", "They lost them.", handle=handle)
    assert (told.names > 0) is bool(share)
