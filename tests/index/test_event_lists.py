"""A question for events themselves gets a list of those that fit."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library

DOSSIER = """---
id: {id}
platforms: [{platform}]
date: {date}
title: {platform} suspends {number} accounts of {who}
accounts: {number}
confidence: high
sources:
  gazette: {{publisher: The Gazette, title: "Locked out", date: {date}, url: "https://gazette.example/{id}"}}
---
## What happened
- In a statement {platform} named {who} as those concerned. [gazette]
- {platform} suspended {number} accounts of {who}, The Gazette counted. [gazette]
"""
EVENTS = [
    ("a-2017-02", "2017-02-03", "Twitter", 411, "bell ringers"),
    ("b-2021-05", "2021-05-06", "Twitter", 1730, "beekeepers"),
    ("c-2021-09", "2021-09-08", "YouTube", 52, "bakers"),
    ("d-2016-01", "2016-01-09", "YouTube", 31, "tailors"),
]


@pytest.fixture
def several(open_library: Callable[[], Library], folder: Path) -> Library:
    """Return a library of four purges and the one that is always there, of 2019 on Twitter."""
    for name, date, platform, number, who in EVENTS:
        text = DOSSIER.format(id=name, date=date, platform=platform, number=number, who=who)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    return library


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("list all purges in 2021", ["2021-09-08", "2021-05-06"]),
        ("which purges were there on Twitter?", ["2021-05-06", "2019-03-04", "2017-02-03"]),
        ("which purge hit the most accounts on Twitter?", ["2021-05-06", "2017-02-03"]),
        ("what was the first purge?", ["2016-01-09", "2017-02-03", "2019-03-04"]),
        ("were there any purges on YouTube?", ["2021-09-08", "2016-01-09"]),
        ("what are the most recent purges?", ["2021-09-08", "2021-05-06", "2019-03-04"]),
    ],
)
def test_events_asked_for_are_listed_in_the_order_asked_for(several: Library, question: str, dates: list[str]) -> None:
    answer = several.ask(question)
    assert [told.date for told in answer.by_event] == dates
    assert answer.headline.startswith(f"{len(dates)} events that fit your question")


@pytest.mark.parametrize(
    "question",
    [
        "which purge of beekeepers was there?",
        "why were all purges in 2021?",
        "the ban",
        "which accounts were hit by the purge?",
        "which platform had the most bans?",
    ],
)
def test_a_question_on_one_of_them_is_no_list(several: Library, question: str) -> None:
    assert several.ask(question).by_event == ()


def test_one_event_that_fits_is_told_as_one(several: Library) -> None:
    answer = several.ask("list all purges in 2017")
    assert answer.headline.startswith("1 event that fits your question, with a statement on each (3 Feb 2017, ")
    assert len(answer.by_event) == 1


def test_each_event_is_told_by_its_number(several: Library) -> None:
    answer = several.ask("list all purges in 2021")
    assert ["52" in answer.claims[0].text, "1730" in answer.claims[1].text] == [True, True]


def test_how_a_few_of_many_were_picked_is_said(several: Library) -> None:
    assert several.ask("what was the first purge?").unsaid == (
        "Listed are the earliest of the 5 events here that fit.",
    )
    assert several.ask("list all purges").unsaid == ()
