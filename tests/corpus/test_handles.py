"""Handles in text."""

import time

import pytest

from corpus.handles import HANDLE, handles_in


def found(text: str) -> list[str]:
    return [handle for _, _, handle in handles_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Ask @anna_b, or @20bakers!", ["anna_b", "20bakers"]),
        (".@anna said that (@ben) and “@cara” agree", ["anna", "ben", "cara"]),
        ("@anna's page; @ben.", ["anna", "ben"]),
        ("Follow @dora.bsky.social or @erik@mastodon.example today.", ["dora.bsky.social", "erik"]),
        ("#Purge@anna", []),
    ],
)
def test_handles_are_found_as_written(text: str, handles: list[str]) -> None:
    assert found(text) == handles


@pytest.mark.parametrize(
    "text",
    [
        "Write to anna@example.org or first.last+tag@mail.example.",
        "See https://video.example/@anna and www.blog.example/@ben/post.",
        "See blog.example/@cara for more.",
        "Doors open @ 5pm, talk @7pm, and @ noon.",
    ],
)
def test_addresses_and_times_are_no_handles(text: str) -> None:
    assert found(text) == []


def test_places_hold_the_handle_and_its_sign() -> None:
    text = "So @anna told @ben."
    assert [text[start:end] for start, end, _ in handles_in(text, 3, len(text))] == ["@anna", "@ben"]


def test_only_the_span_is_searched() -> None:
    text = "@anna and @ben"
    assert [handle for _, _, handle in handles_in(text, 6, len(text))] == ["ben"]


def test_the_pattern_keeps_the_name_in_group_one() -> None:
    match = HANDLE.match("@anna")
    assert match is not None
    assert match[1] == "anna"


@pytest.mark.parametrize("rubbish", ["@", "@a", "a@", "@a.", "a.", "@a/"])
def test_rubbish_takes_no_time(rubbish: str) -> None:
    began = time.perf_counter()
    text = rubbish * 50_000
    handles_in(text, 0, len(text))
    assert time.perf_counter() - began < 3
