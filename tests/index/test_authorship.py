"""Who wrote an article is told where it is asked."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.source import Source
from index.answer import Outcome
from index.authorship import UNTOLD, asks_for_author, author_of
from index.headline import MAY_BE_NONE
from index.library import Library
from index.question import understand

TEXT = """Grocers lose their Murmur pages

{byline}
4 March 2019

Murmur removed 310 pages of grocers on Monday because of spam, it said. Grocers complained about it.
"""
GAZETTE, HERALD = Source("a", "The Gazette", author="Ann Ply"), Source("b", "The Herald", author="Ned Loom")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("who wrote the article on the grocers?", True),
        ("who's the author of the Gazette story?", True),
        ("who wrote that piece about spam", True),
        ("who wrote the post about spam?", False),
        ("why did they write the article?", False),
        ("who removed the story?", False),
    ],
)
def test_an_articles_author_is_asked_for(question: str, asked: bool) -> None:
    assert asks_for_author(understand(question)) is asked


@pytest.mark.parametrize(
    ("question", "sources", "author"),
    [
        ("who wrote the article?", [GAZETTE], "Ann Ply"),
        ("who wrote the article?", [GAZETTE, HERALD], ""),
        ("who wrote the Herald article?", [GAZETTE, HERALD], "Ned Loom"),
        ("who wrote the article?", [Source("c", "The Courier")], ""),
        ("who wrote the article?", [], ""),
    ],
)
def test_only_one_author_is_named(question: str, sources: list[Source], author: str) -> None:
    assert author_of(understand(question), sources) == author


def answering(open_library: Callable[[], Library], folder: Path, byline: str) -> Library:
    (folder / "grocers.txt").write_text(TEXT.format(byline=byline), encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    return library


def test_the_author_stands_on_top(open_library: Callable[[], Library], folder: Path) -> None:
    answer = answering(open_library, folder, "Ann Ply").ask(
        "who wrote the article on the grocers who lost Murmur pages?"
    )
    assert answer.headline.startswith("Written by Ann Ply")
    assert answer.claims[0].document_id == "grocers"


def test_no_author_is_made_up(open_library: Callable[[], Library], folder: Path) -> None:
    answer = answering(open_library, folder, "").ask("who wrote the article on the grocers who lost Murmur pages?")
    assert answer.outcome is Outcome.NOT_IN_CORPUS or answer.headline.startswith(MAY_BE_NONE)
    assert UNTOLD in answer.unsaid
