"""A listing is laid out on pages: every entry once, every page within its limit."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.attribution import Line
from bot.limits import DESCRIPTION_UNITS, MESSAGE_UNITS, units
from bot.pages import Entry, cover, paginate
from corpus.source import Source
from index.answer import CitedSource

SOURCES = [
    CitedSource(Source(f"s{n}", "WIRED UK", f"Title {n}", url=f"https://wired.example/{n}"), None) for n in range(9)
]


def entry(words, *numbers, heading="Said"):
    return Entry(heading, Line("Ann:", words, "", numbers, 0))


def test_a_page_names_only_the_sources_that_it_cites():
    (page,) = paginate(cover("Head"), [entry("one", 2), entry("two", 5)], SOURCES, embedded=True)
    assert "wired.example/1" in page.description
    assert "wired.example/4" in page.description
    assert "wired.example/0" not in page.description


@pytest.mark.parametrize("embedded", [True, False])
def test_a_heading_from_a_source_is_no_markup_and_has_an_end(embedded):
    heading = "21 Aug 2018 · **@everyone** [x](https://evil.example) <@1> " + "evil " * 2000
    (page,) = paginate(cover("Head"), [entry("one", heading=heading)], SOURCES, embedded=embedded)
    shown = page.description if embedded else page.content
    assert "\\*\\*" in shown
    assert "[x](https://evil.example)" not in shown
    assert "<@1>" not in shown


def test_nothing_makes_one_page_with_its_head():
    (page,) = paginate(cover("Head", "Nothing here."), [], SOURCES, embedded=True)
    assert page.description == "**Head**\n\nNothing here."


def test_the_headline_stands_on_every_page_and_the_rest_on_the_first():
    pages = paginate(cover("Head", "Told once."), [entry("word " * 200) for _ in range(9)], SOURCES, embedded=False)
    assert all(page.content.startswith("**Head**") for page in pages)
    assert sum("Told once" in page.content for page in pages) == 1
    assert f"page {len(pages)} of {len(pages)}" in pages[-1].content


@pytest.mark.parametrize("embedded", [True, False])
def test_an_entry_longer_than_a_page_goes_on(embedded):
    words = [f"w{number}." for number in range(2000)]
    pages = paginate(cover("Head"), [entry(" ".join(words), 1)], SOURCES, embedded=embedded)
    shown = " ".join(page.description if embedded else page.content for page in pages).split()
    assert [word for word in shown if word.startswith("w") and word.endswith(".")] == words


@settings(deadline=None)
@given(st.lists(st.integers(0, 6000), max_size=8), st.sampled_from("ab @*\n"))
def test_every_page_keeps_to_the_limit(sizes, letter):
    entries = [entry((letter + "x" * 9) * (size // 10), size % 9 + 1) for size in sizes]
    for page in paginate(cover("Head"), entries, SOURCES, embedded=False):
        assert units(page.content) <= MESSAGE_UNITS


def test_sources_too_long_for_a_page_are_left_out():
    long = [replace(one, source=replace(one.source, url="https://wired.example/" + "x" * 1990)) for one in SOURCES]
    pages = paginate(cover("Head"), [entry("one", 1, 2), entry("two", 3)], long, embedded=False)
    assert all(units(page.content) <= MESSAGE_UNITS for page in pages)
    assert "one" in pages[0].content


def test_a_source_is_linked_to_the_first_words_that_stand_on_its_page():
    entries = [entry("ours", 1), replace(entry("theirs", 1), passage="Bots went."), replace(entry("x", 1), passage="X")]
    (page,) = paginate(cover("Head"), entries, SOURCES, embedded=True)
    assert "(https://wired.example/0#:~:text=Bots%20went.)" in page.description


@pytest.mark.parametrize("embedded", [True, False])
@pytest.mark.parametrize(
    ("headline", "told", "lead"),
    [("_*" * 1400, "", ""), ("Head", "`" * 4000, ""), ("Head", "", "_*" * 3000), ("x" * 5000, "y " * 3000, "z" * 5000)],
)
def test_what_stands_above_is_clipped_where_it_would_leave_no_room(headline, told, lead, embedded):
    one = Entry("Said", Line(lead, "first and last.", "", (1,), 0))
    pages = paginate(cover(headline, told), [one, entry("second")], SOURCES, embedded=embedded)
    shown = [page.description if embedded else page.content for page in pages]
    assert len(pages) < 5
    assert all(units(text) <= (DESCRIPTION_UNITS if embedded else MESSAGE_UNITS) for text in shown)
    assert "second" in shown[-1]
