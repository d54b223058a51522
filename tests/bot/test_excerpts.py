"""A passage is shown as it stands, what was cited marked; nothing is lost or added."""

from dataclasses import replace

import pytest

from bot.escape import unescape
from bot.excerpts import excerpt_pages, runs_of
from bot.limits import MESSAGE_UNITS, units
from corpus.source import Source
from index.recall import Excerpts, Recalled
from index.stored import StoredPassage


@pytest.fixture
def make_excerpts(make_claim, make_answer):
    """Return a function that makes excerpts of one passage, of which some spans were cited."""

    def make(text, *spans, offset=100):
        passage = StoredPassage(7, 1, offset, offset + len(text), text, "")
        claims = [make_claim(text[start:end]) for start, end in spans]
        sources = make_answer(*claims).sources
        placed = [replace(one, start=offset + a, end=offset + b) for one, (a, b) in zip(claims, spans, strict=True)]
        return Excerpts(tuple(Recalled(one, passage, "Title") for one in placed), tuple(sources))

    return make


def body(page):
    return page.content.split("\n\n", 1)[1]


def test_runs_together_are_the_passage():
    passage = StoredPassage(1, 1, 50, 61, "one two six", "")
    runs = runs_of(passage, [(54, 57)])
    assert [(run.text, run.cited) for run in runs] == [("one ", False), ("two", True), (" six", False)]


def test_what_was_cited_is_bold(make_excerpts):
    (page,) = excerpt_pages(make_excerpts("Before. The claim. After.", (8, 18)), embedded=False)
    assert body(page) == "Before. **The claim.** After."
    assert page.content.startswith("**Title**")


def test_two_claims_of_one_passage_share_a_page(make_excerpts):
    (page,) = excerpt_pages(make_excerpts("One. Two. Six.", (0, 4), (10, 14)), embedded=True)
    assert page.description.endswith("**One.** Two. **Six.**")


def test_hostile_text_is_harmless_and_whole(make_excerpts):
    text = "@everyone **x** [a](https://evil.example)\n# big\n- point <@1>"
    (page,) = excerpt_pages(make_excerpts(text, (0, 9)), embedded=False)
    assert unescape(body(page).replace("**\\@everyone**", "\\@everyone")) == text
    assert "[a]" not in page.content


@pytest.mark.parametrize("embedded", [True, False])
def test_a_long_passage_goes_on_and_loses_no_word(make_excerpts, embedded):
    words = [f"word{number}" for number in range(900)]
    text = " ".join(words)
    pages = excerpt_pages(make_excerpts(text, (text.index("word100 "), text.index("word800 "))), embedded=embedded)
    shown = " ".join(page.description if embedded else page.content for page in pages).replace("**", " ").split()
    assert [word for word in shown if word.startswith("word")] == words
    assert all(units(page.content) <= MESSAGE_UNITS or embedded for page in pages)


def test_a_word_longer_than_a_page_is_broken(make_excerpts):
    pages = excerpt_pages(make_excerpts("x" * 5000, (0, 5000)), embedded=False)
    assert sum(body(page).count("x") for page in pages) == 5000
    assert all(units(page.content) <= MESSAGE_UNITS for page in pages)


def test_what_is_gone_is_said_under_the_page(make_excerpts):
    (page,) = excerpt_pages(make_excerpts("One.", (0, 4)), embedded=False, gone="Removed since.")
    assert page.content.endswith("-# Removed since.")


def test_nothing_makes_no_page():
    assert excerpt_pages(Excerpts((None,), ()), embedded=True) == []


SOURCES = (Source("occupy/wired", "WIRED UK"), Source("occupy/blog", "Wool Blog"))
LINES = "Twitter: The claim. [wired]\n- Ned: Another. [blog; wired]\n## Critics\n- No @key. [gone]"


def test_a_dossier_shows_no_raw_key_and_keeps_its_words(make_excerpts):
    found = make_excerpts(LINES, (9, 19))
    (page,) = excerpt_pages(found, embedded=False, dossiers={"occupy": SOURCES})
    assert body(page) == (
        "- Twitter: **The claim.** \\[WIRED UK\\]\n- Ned: Another. \\[Wool Blog\\] \\[WIRED UK\\]\n"
        "__Critics__\n- No \\@key. \\[gone\\]"
    )


def test_an_articles_brackets_and_dashes_are_its_own(make_excerpts):
    (page,) = excerpt_pages(make_excerpts(LINES, (9, 19)), embedded=False, dossiers={"another": SOURCES})
    assert unescape(body(page)).replace("**", "") == LINES


def test_what_was_cited_is_never_shown_otherwise():
    passage = StoredPassage(1, 1, 0, 20, "- One. [wired]\n- Two", "")
    runs = runs_of(passage, [(0, 14)], {(0, 2): "•", (7, 14): "x", (15, 17): "• "})
    assert [(run.text, run.shown) for run in runs if run.cited] == [("- One. [wired]", None)]
    assert "".join(run.text for run in runs) == passage.text
    assert ("- ", "• ") in [(run.text, run.shown) for run in runs]
