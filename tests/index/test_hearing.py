"""What is read are the passages of the best statements, and each statement is told by what stands in its own words.

Where passages alone are asked for, the first ones are read.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Kind, Statement, Voice
from index.claims import Candidate
from index.hearing import READ, READING_WEIGHT, REREAD, SUREST, hear, reread
from index.library import HITS, Library
from index.question import Question, understand
from index.ranking import fitted, rank
from index.reader import Reader, Reading
from index.reading import Grounds, Wants, ground_of, wants_of
from index.rerank import Reranker
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement


class Finder:
    """A reader that is sure of an answer wherever a word stands."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked = ""
        self.texts: list[str] = []

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.asked = question
        self.texts += texts
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Reading:
        begins = np.arange(len(text))
        sure = [99.0 if text.startswith(self.word, place) else -5.0 for place in begins]
        return Reading(np.array(sure, dtype=np.float32), begins, begins + len(self.word))


class Unmoved:
    """A reranker that leaves the order as it is."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [0.0] * len(texts)


@dataclass
class Asked:
    """A question with what is found for it."""

    question: Question
    terms: Terms
    hits: list[Hit]
    wants: Wants
    grounds: Grounds

    def ranked(self, reader: Reader | None = None) -> list[Candidate]:
        return rank(self.question, self.wants, self.terms, self.hits, self.grounds, reader)


@pytest.fixture
def ask(open_library: Callable[[], Library], folder: Path) -> Callable[[str], Asked]:
    """Return a function that finds what there is for a question."""
    library = open_library()
    library.reindex([folder], "test")

    def asker(text: str) -> Asked:
        asked = understand(text)
        with library.state("", 0.0) as state:
            embedder = library._embedder
            asked, terms, hits = state.look_up(asked, lambda text: embedder.embed([text])[0], embedder, HITS)
        grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
        return Asked(asked, terms, hits, wants_of(asked, terms, hits), grounds)

    return asker


QUESTION = "how many followers did kite clubs lose"


def test_the_statement_that_holds_the_answer_is_told_from_its_neighbours(ask: Callable[[str], Asked]) -> None:
    asked = ask(QUESTION)
    found = fitted(asked.wants, asked.hits, asked.grounds)
    word = found[-1].stored.text.split()[-1]
    heard = hear(Finder(word), asked.question, asked.hits, found, np.arange(len(found), dtype=float))
    assert heard[-1] == SUREST
    for one, its in zip(found, heard, strict=True):
        if its is not None:
            assert its == (SUREST if word in one.evidence.block else -5.0)


def test_no_more_passages_are_read_than_are_paid_for_and_the_order_follows(ask: Callable[[str], Asked]) -> None:
    asked = ask(QUESTION)
    plain = asked.ranked()
    assert all(one.heard is None for one in plain)
    second = next(one for one in plain[1:] if one.stored.passage_id == plain[0].stored.passage_id)
    reader = Finder(second.stored.text)
    ranked = asked.ranked(reader)
    assert 1 <= len(reader.texts) <= 2 * READ  # each passage, and as many posts
    [again] = [one for one in ranked if one.stored == second.stored]
    assert again.heard == SUREST
    assert again.score > second.score
    assert {one.heard for one in ranked if one.stored.passage_id != second.stored.passage_id} <= {None, -5.0}


def test_a_question_longer_than_those_it_was_taught_on_is_not_read(ask: Callable[[str], Asked]) -> None:
    reader = Finder("followers")
    ranked = ask(" ".join([QUESTION] * 3)).ranked(reader)
    assert ranked
    assert not reader.texts
    assert all(one.heard is None for one in ranked)


def a_hit(number: int, text: str, score: float) -> Hit:
    return Hit(StoredPassage(number, number, 0, len(text), text, "header"), score, 0.5, 1.0, ())


def test_passages_alone_are_put_in_order_by_what_a_reader_makes_of_them() -> None:
    hits = [a_hit(1, "kites", 0.9), a_hit(2, "clubs", 0.8), a_hit(3, "gliders", 0.1)]
    found = reread(Finder("clubs"), understand("who was banned?"), hits)
    assert [one.passage.id for one in found] == [2, 1, 3]
    added = [one.score - hit.score for one, hit in zip(found, (hits[1], hits[0], hits[2]), strict=True)]
    surest, unsure = READING_WEIGHT * 2 * SUREST, READING_WEIGHT * (SUREST - 5)
    assert added == pytest.approx([surest, unsure, unsure])


@pytest.mark.parametrize(
    "question",
    ["who said “the rules were broken”?", " ".join(["why"] * 21), "They banned my club " + "over kites " * 4],
)
def test_passages_for_what_is_quoted_long_or_a_post_are_not_read(question: str) -> None:
    hits, reader = [a_hit(1, "kites", 0.9), a_hit(2, "clubs", 0.8)], Finder("clubs")
    assert reread(reader, understand(question), hits) == hits
    assert not reader.texts


def test_only_the_first_passages_are_read_for_their_order() -> None:
    many, reader = [a_hit(number, "kites", 1 - number / 100) for number in range(REREAD + 5)], Finder("clubs")
    assert [one.passage.id for one in reread(reader, understand("who?"), many)] == list(range(REREAD + 5))
    assert len(reader.texts) == REREAD


def test_a_search_reads_unless_a_reranker_is_set(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path
) -> None:
    plain = open_library()
    plain.reindex([folder], "test")
    last = plain.search(QUESTION, REREAD)[-1].hit.passage.text

    def scores(name: str, reranker: Callable[[], Reranker] | None) -> dict[str, float]:
        data = tmp_path / name
        shutil.copytree(tmp_path / "data", data)
        library = Library(data, lambda: plain._embedder, reranker, lambda: Finder(last))
        found = {one.hit.passage.text: one.hit.score for one in library.search(QUESTION, REREAD)}
        library.close()
        return found

    read, reranked = scores("read", None), scores("reranked", Unmoved)
    assert read[last] - reranked[last] == pytest.approx(READING_WEIGHT * 2 * SUREST)
    others = [read[text] - reranked[text] for text in read if text != last]
    assert others == pytest.approx([READING_WEIGHT * (SUREST - 5)] * len(others))


class Titled:
    """A reader that finds an answer in what stands first alone."""

    def __init__(self, answer: str) -> None:
        self.answer = answer

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Reading:
        begins = np.arange(len(text))
        scores = np.full(len(text), -9.0, dtype=np.float32)
        scores[0] = 6.0
        return Reading(scores, begins, begins + len(self.answer))


@pytest.mark.parametrize(
    ("title", "answer", "heard"),
    [
        ("412 bakers banned", "412", [6.0, -9.0]),
        ("412 bakers banned", "412 bakers", [6.0, -9.0]),
        ("bakers of Rye gone", "bakers of Rye", [-9.0, 6.0]),
        ("900 bakers banned", "900 bakers", [-9.0, -9.0]),
    ],
)
def test_an_answer_in_a_title_counts_for_the_statement_that_has_it(title: str, answer: str, heard: list[float]) -> None:
    hit, found = told_of("It banned 412 people in May. ", "In Rye the bakers wept.", header=title)
    assert hear(Titled(answer), understand("how many?"), [hit], found, np.zeros(2)) == heard


def told_of(
    *texts: str, header: str, speaker: str | None = None, handle: str | None = None
) -> tuple[Hit, list[Candidate]]:
    """Make a passage of statements, all of one speaker."""
    evidence, start = [], 0
    for row, text in enumerate(texts):
        end = start + len(text)
        made = Statement(start, end, start, end, Kind.NARRATION, Voice.REPORTER, ("a",), speaker=speaker, handle=handle)
        evidence.append(Evidence(StoredStatement(row, 1, "a", 1, row, text, made), text, 0.5, 0.5, 0.5))
        start = end
    passage = StoredPassage(1, 1, 0, start, "".join(texts), header)
    return Hit(passage, 1.0, 0.5, 1.0, tuple(evidence)), [Candidate(one.stored, 1.0, one, None) for one in evidence]


@pytest.mark.parametrize(
    ("speaker", "handle", "author"),
    [("Ann Ply", "plybakes", "Ann Ply (@plybakes)"), (None, "plybakes", "(@plybakes)"), ("Ann Ply", None, "Ann Ply")],
)
def test_what_one_says_of_oneself_is_read_behind_ones_name(
    speaker: str | None, handle: str | None, author: str
) -> None:
    hit, found = told_of("I lost 900 followers.", header="Bakers", speaker=speaker, handle=handle)
    reader = Finder("900")
    assert hear(reader, understand("how many?"), [hit], found, np.zeros(1)) == [SUREST]
    assert reader.texts == ["Bakers\nI lost 900 followers.", f"Bakers\n{author} said: I lost 900 followers."]


@pytest.mark.parametrize(("text", "speaker"), [("It lost 900 followers.", "Ann Ply"), ("I lost 900 followers.", None)])
def test_what_is_said_of_others_or_by_nobody_is_read_in_its_passage_alone(text: str, speaker: str | None) -> None:
    hit, found = told_of(text, header="Bakers", speaker=speaker)
    reader = Finder("900")
    hear(reader, understand("how many?"), [hit], found, np.zeros(1))
    assert len(reader.texts) == 1


@pytest.mark.parametrize(
    ("question", "handle", "author"),
    [
        ("What did Peter Plybak Jr want?", "pplybakJR", "Peter Plybak Jr"),
        ("what did plybak complain of?", "pplybakJR", "plybak"),
        ("What did Peter Plybak's son want?", "pplybakJR", "Peter Plybak's son"),
        ("What did Peter Plybak's son want?", "pplybak", "Peter Plybak"),
        ("which cakes does peter plybak plug?", "peterplybak", "peter plybak"),
        ("What did Ann Plybak want?", "pplybakJR", "Plybak"),
        ("What did PLY want?", "pplybakJR", "PPLYBAKJR"),
    ],
)
def test_a_post_is_read_behind_the_name_that_the_question_gives_its_author(
    question: str, handle: str, author: str
) -> None:
    hit, found = told_of("I lost 900 followers.", header="Bakers", speaker="PPLYBAKJR", handle=handle)
    reader = Finder("900")
    hear(reader, understand(question), [hit], found, np.zeros(1))
    assert reader.texts[1] == f"Bakers\n{author} (@{handle}) said: I lost 900 followers."


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("how much did Gulls remove over the strike", "what did Gulls remove over the strike"),
        ("How much was deleted?", "what was deleted?"),
        ("how much did Gulls lose", "how much did Gulls lose"),
        ("how much of the archive was deleted", "how much of the archive was deleted"),
        ("how many posts did Gulls remove", "how many posts did Gulls remove"),
    ],
)
def test_how_much_was_removed_is_asked_as_what_was(question: str, read: str) -> None:
    hit, found = told_of("Gulls removed five lists and three rooms.", header="Bakers")
    reader = Finder("five")
    hear(reader, understand(question), [hit], found, np.zeros(1))
    assert reader.asked == read
