"""Passages hold whole statements and are spans of their document."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, Kind, Statement, Voice
from corpus.readers import read_file
from corpus.source import Source
from index.chunk import PASSAGE_WORDS_MAX, chunk


def document_of(lengths: list[int]) -> Document:
    """Make a document of sentences of so many words, one statement each."""
    text, statements = "", []
    for words in lengths:
        start = len(text)
        text += " ".join(["word"] * words) + ".\n"
        end = len(text) - 1
        statements.append(Statement(start, end, start, end, Kind.NARRATION, Voice.REPORTER, ("s",)))
    return Document("d", text, 0, len(text), (Source("s"),), tuple(statements))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=30))
def test_every_statement_lies_whole_in_exactly_one_passage(lengths: list[int]) -> None:
    document = document_of(lengths)
    passages = chunk(document)
    covered = [n for passage in passages for n in range(*passage.statements)]
    assert covered == list(range(len(lengths)))
    for passage in passages:
        assert passage.text == document.text[passage.start : passage.end]
        for statement in document.statements[slice(*passage.statements)]:
            assert passage.start <= statement.block_start
            assert statement.block_end <= passage.end


@given(st.lists(st.integers(1, 300), min_size=1, max_size=30))
def test_no_passage_is_too_long_unless_one_statement_is(lengths: list[int]) -> None:
    for passage in chunk(document_of(lengths)):
        first, last = passage.statements
        assert len(passage.text.split()) <= PASSAGE_WORDS_MAX or last - first == 1


def test_statements_that_share_their_attribution_stay_together() -> None:
    text = "“" + "one " * 100 + "”, said A, “" + "two " * 100 + "”."
    half = text.index("said")
    first = Statement(1, 400, 0, len(text), Kind.DIRECT, Voice.CRITIC, ("s",))
    second = Statement(half + 10, len(text) - 3, 0, len(text), Kind.DIRECT, Voice.CRITIC, ("s",))
    document = Document("d", text, 0, len(text), (Source("s"),), (first, second))
    assert [passage.statements for passage in chunk(document)] == [(0, 2)]


def test_a_header_says_what_the_text_is_of(folder: Path) -> None:
    dossier = read_file(folder / "twitter-knitters-2019-03.md")
    header = chunk(dossier)[0].header
    assert header == "Twitter suspends accounts of knitting clubs · Twitter · 2019-03-04"
