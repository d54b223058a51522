"""What is measured of the best evidence is measured of one and the same statement, and decides how a question ends."""

import pytest

from corpus.document import Kind, Statement, Voice
from index.answer import Outcome
from index.lexical import stems
from index.question import understand
from index.ranking import fitted
from index.reading import ground_of, wants_of
from index.refusal import outcome_of, signals_of
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement

QUESTION = "how many knitting clubs did Twitter suspend"


def found(number: int, text: str, cosine: float, speaker: str | None = None, handle: str | None = None) -> Hit:
    """Make a statement, alone in its passage."""
    made = Statement(0, len(text), 0, len(text), Kind.PARAPHRASE, Voice.REPORTER, ("gazette",), speaker, handle=handle)
    evidence = Evidence(StoredStatement(number, number, "knitters", number, 0, text, made), text, cosine, 0.5, 0.5)
    return Hit(StoredPassage(number, number, 0, len(text), text, ""), 1.0, cosine, 1.0, (evidence,))


def test_the_share_of_words_is_that_of_the_passage_that_carries_most() -> None:
    asked = understand(QUESTION)
    terms = Terms(QUESTION.lower(), dict.fromkeys(stems(QUESTION), 1.0))
    hits = [found(1, "Twitter is a company.", 0.2), found(2, "Twitter suspended 240 knitting clubs.", 0.6)]
    grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
    wants = wants_of(asked, terms, hits)
    signals = signals_of(wants, hits, fitted(wants, hits, grounds), grounds)
    assert signals.held == 1.0


@pytest.mark.parametrize(
    ("speaker", "handle", "text", "outcome"),
    [
        ("Orla Penhaligon", "@penhaligon", "Half of my followers are gone.", Outcome.NOT_IN_CORPUS),
        (None, "@OrlaPenhaligon", "Half of my followers are gone.", Outcome.NOT_IN_CORPUS),
        ("Orla", None, "Half of my Penhaligon followers are gone.", Outcome.NOT_IN_CORPUS),
        ("Orla", None, "Half of my followers are gone.", Outcome.OFF_TOPIC),
        (None, None, "Half of the Orla Penhaligon followers are gone.", Outcome.OFF_TOPIC),
    ],
)
def test_what_concerns_a_speaker_of_the_corpus_is_not_off_its_topic(
    speaker: str | None, handle: str | None, text: str, outcome: Outcome
) -> None:
    asked = understand("which two gardens does Orla Penhaligon like best?")
    terms = Terms(asked.text.lower(), dict.fromkeys(stems(asked.text), 1.0))
    hits = [found(1, text, 0.15, speaker, handle)]
    grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
    wants = wants_of(asked, terms, hits)
    told, confidence = outcome_of(asked, signals_of(wants, hits, fitted(wants, hits, grounds), grounds))
    assert told is outcome
    assert confidence < 0.15
