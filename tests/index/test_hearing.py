"""What is read are the passages of the best statements, and each statement is told by what stands in its own words."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.hearing import READ, SUREST, hear
from index.library import HITS, Library
from index.question import understand
from index.ranking import fitted, rank
from index.reader import Reading
from index.reading import ground_of, wants_of
from index.retrieve import Hit, weigh_terms


class Finder:
    """A reader that is sure of an answer wherever a word stands."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.texts: list[str] = []

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.texts += texts
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Reading:
        begins = np.arange(len(text))
        sure = [99.0 if text.startswith(self.word, place) else -5.0 for place in begins]
        return Reading(np.array(sure, dtype=np.float32), begins)


def found_by(library: Library, text: str) -> list[Hit]:
    asked = understand(text)
    with library.state("", 0.0) as state:
        terms = weigh_terms(asked, state.views)
        return state.find(asked, terms, library._embedder.embed([terms.text])[0], library._embedder, HITS)


def test_the_statement_that_holds_the_answer_is_told_from_its_neighbours(
    open_library: Callable[[], Library], folder: Path
) -> None:
    library = open_library()
    library.reindex([folder], "test")
    question = "how many followers did kite clubs lose"
    hits = found_by(library, question)
    statements = [one for hit in hits for one in hit.statements]
    word = statements[-1].stored.text.split()[-1]
    asked = understand(question)
    with library.state("", 0.0) as state:
        terms = weigh_terms(asked, state.views)
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    found = fitted(wants, hits, grounds)
    heard = hear(Finder(word), asked, hits, found, np.arange(len(found), dtype=float))
    assert heard[-1] == SUREST
    for one, its in zip(found, heard, strict=True):
        if its is not None:
            assert its == (SUREST if word in one.evidence.block else -5.0)


def test_no_more_passages_are_read_than_are_paid_for_and_the_order_follows(
    open_library: Callable[[], Library], folder: Path
) -> None:
    library = open_library()
    library.reindex([folder], "test")
    question = "how many followers did kite clubs lose"
    hits, asked = found_by(library, question), understand(question)
    with library.state("", 0.0) as state:
        terms = weigh_terms(asked, state.views)
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    plain = rank(asked, wants, terms, hits, grounds)
    assert all(one.heard is None for one in plain)
    second = next(one for one in plain[1:] if one.stored.passage_id == plain[0].stored.passage_id)
    reader = Finder(second.stored.text)
    ranked = rank(asked, wants, terms, hits, grounds, reader)
    assert 1 <= len(reader.texts) <= READ
    [again] = [one for one in ranked if one.stored == second.stored]
    assert again.heard == SUREST
    assert again.score > second.score
    assert {one.heard for one in ranked if one.stored.passage_id != second.stored.passage_id} <= {None, -5.0}


def test_a_question_longer_than_those_it_was_taught_on_is_not_read(
    open_library: Callable[[], Library], folder: Path
) -> None:
    library = open_library()
    library.reindex([folder], "test")
    question = " ".join(["how many followers did the kite clubs lose"] * 3)
    hits, asked = found_by(library, question), understand(question)
    with library.state("", 0.0) as state:
        terms = weigh_terms(asked, state.views)
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    reader = Finder("followers")
    ranked = rank(asked, wants, terms, hits, grounds, reader)
    assert ranked
    assert not reader.texts
    assert all(one.heard is None for one in ranked)
