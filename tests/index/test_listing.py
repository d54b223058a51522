"""A question that fits several events gets the figure of each, apart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library

DOSSIER = """---
id: {id}
platforms: [Twitter]
date: {date}
title: Twitter suspends {number} accounts of {who}
accounts: {number}
confidence: high
sources:
  gazette: {{publisher: The Gazette, title: "Locked out", date: {date}, url: "https://gazette.example/{id}"}}
---
## What happened
- Twitter suspended {number} accounts of {who}, The Gazette counted. [gazette]
- Many {who} lost another 12 accounts that Twitter suspended later. [gazette]
"""
EVENTS = [("a-2017-02", "2017-02-03", 411, "bell ringers"), ("b-2021-05", "2021-05-06", 1730, "beekeepers")]


@pytest.fixture
def several(open_library: Callable[[], Library], folder: Path) -> Library:
    """Return a library of three suspensions."""
    for name, date, number, who in EVENTS:
        text = DOSSIER.format(id=name, date=date, number=number, who=who)
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    return library


def test_each_event_has_its_own_figure_newest_first(several: Library) -> None:
    answer = several.ask("how many accounts did Twitter suspend?")
    assert [told.date for told in answer.by_event] == ["2021-05-06", "2019-03-04", "2017-02-03"]
    claims = [answer.claims[told.claims[0]].text for told in answer.by_event]
    assert all(number in text for number, text in zip(("1730", "240", "411"), claims, strict=True))


def test_figures_of_different_events_are_no_disagreement(several: Library) -> None:
    answer = several.ask("how many accounts did Twitter suspend?")
    assert answer.disagreements == ()
    assert "each figure below is of one of them" in answer.headline
    assert "3 events" in answer.headline


@pytest.mark.parametrize(
    "question",
    [
        "how many accounts of beekeepers did Twitter suspend?",
        "how many accounts did Twitter suspend in 2021?",
        "why did Twitter suspend accounts?",
    ],
)
def test_a_question_for_one_event_is_no_list(several: Library, question: str) -> None:
    assert several.ask(question).by_event == ()


def test_what_one_dossier_tells_of_another_event_is_no_figure_of_its_own(several: Library, folder: Path) -> None:
    text = DOSSIER.format(id="c-2022-01", date="2022-01-02", number=411, who="bell ringers in another report")
    (folder / "c-2022-01.md").write_text(text, encoding="utf-8")
    several.reindex([folder], "test")
    answer = several.ask("how many accounts did Twitter suspend?")
    assert sum("411" in claim.text for claim in answer.claims) == 1


def test_events_of_other_platforms_are_left_out(several: Library) -> None:
    assert several.ask("how many pages did Facebook remove?").by_event == ()


def test_what_is_counted_of_another_platform_is_no_figure_of_the_one_asked_about(
    several: Library, folder: Path
) -> None:
    text = DOSSIER.format(id="d-2023-01", date="2023-01-02", number=56, who="cellists")
    (folder / "d-2023-01.md").write_text(
        text.replace("suspended 56 accounts of cellists, The", "suspended 56 Instagram accounts of cellists, The"),
        encoding="utf-8",
    )
    several.reindex([folder], "test")
    answer = several.ask("how many accounts did Twitter suspend?")
    assert not any("Instagram accounts" in claim.text for claim in answer.claims)
