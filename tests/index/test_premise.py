"""What a question takes for granted is told apart from what sources say."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Voice
from index.answer import Claim, Outcome
from index.library import Library
from index.premise import unsaid
from index.question import understand
from index.retrieve import Hit
from index.stored import StoredPassage

TEXT = "Rivvel suspended accounts of bakers because of spam, it said."
HIT = Hit(StoredPassage(1, 1, 0, len(TEXT), TEXT, "Rivvel suspends bakers"), 1.0, 0.5, 1.0, ())
CLAIM = Claim(
    text=TEXT, kind=Kind.NARRATION, quotation=False, shown=True, voice=Voice.REPORTER, speaker=None, role=None,
    handle=None, via=None, date=None, event_ids=(), document_id="a", source_ids=("a",), start=0, end=len(TEXT),
    score=1.0,
)  # fmt: skip


def told(question: str, text: str = TEXT) -> tuple[str, ...]:
    hit = replace(HIT, passage=replace(HIT.passage, text=text))
    return unsaid(understand(question), [hit], [replace(CLAIM, text=text, end=len(text))])


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("why did Rivvel purge patriots?", "Nothing found here calls those concerned “patriots”."),
        ("was the suspension of bakers legal?", "Nothing found here uses the word “legal”."),
        ("why did Rivvel illegally suspend bakers?", "Nothing found here uses the word “illegally”."),
        (
            "why were bakers suspended for telling the truth?",
            "Nothing found here gives “telling the truth” as the reason.",
        ),
        ("how much was Rivvel fined for it?", "Nothing found here says that Rivvel was fined."),
        ("how long must its chief stay in prison?", "Nothing found here speaks of “prison”."),
        (
            "why were bakers banned for exposing corruption?",
            "Nothing found here gives “exposing corruption” as the reason.",
        ),
        ("why did the heroes of the bakery lose accounts?", "Nothing found here calls those concerned “heroes”."),
    ],
)
def test_what_no_source_says_is_named(question: str, sentence: str) -> None:
    assert told(question) == (sentence,)


@pytest.mark.parametrize(
    "question",
    [
        "why were accounts of bakers suspended?",
        "why did Rivvel suspend bakers for spam?",
        "why did Rivvel suspend teachers?",
        "how many accounts were suspended for being bakers?",
        "what did Rivvel say about “patriots”?",
        "why did Rivvel suspend the Patriots Club?",
        "did Rivvel apologise to conservatives for it?",
        "why were bakers suspended for breaking rules on spam?",
        "how many accounts did Rivvel kill in one day?",
        "what did the bakers say that Rivvel is fine with?",
        "who led the raid on the bakers' server?",
    ],
)
def test_plain_questions_get_no_such_sentence(question: str) -> None:
    assert told(question) == ()


def test_a_word_that_a_source_uses_of_those_concerned_is_left_alone() -> None:
    assert told("why did Rivvel purge patriots?", "Rivvel suspended patriots, the Gazette said.") == ()


def test_a_word_that_a_source_uses_of_others_is_not_theirs() -> None:
    text = "Rivvel suspended bakers. One of them had once praised, in a long speech, all who vote as true patriots."
    hit = replace(HIT, passage=replace(HIT.passage, text=text))
    assert unsaid(understand("why did Rivvel purge patriots?"), [hit], [CLAIM]) != ()


def test_a_word_that_stands_in_what_is_shown_is_not_said_to_be_missing() -> None:
    assert told("why did Rivvel purge patriots?", "Rivvel cited a post that praised all who vote as patriots.") == ()


def test_the_answer_to_a_plain_question_carries_no_such_sentence(library: Library) -> None:
    answer = library.ask("why did Twitter suspend accounts of knitting clubs?")
    assert (answer.outcome, answer.unsaid) == (Outcome.ANSWERED, ())


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("why did Rivvel illegally suspend bakers?", "A court called the ban unlawful."),
        ("why did Rivvel censor bakers?", "Readers spoke of censorship."),
        ("why did Rivvel persecute bakers?", "The guild felt persecuted."),
    ],
)
def test_what_any_passage_found_says_in_other_words_is_not_denied(question: str, other: str) -> None:
    hits = [replace(HIT, passage=replace(HIT.passage, text=text)) for text in (TEXT, other)]
    assert unsaid(understand(question), hits, [CLAIM]) == ()
