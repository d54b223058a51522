"""A dossier says how many accounts its event concerned, as its own lines tell it."""

import re
from pathlib import Path

import pytest

from corpus import SHIPPED
from corpus.document import Document
from corpus.dossier import read_dossier
from corpus.errors import BadDocument
from corpus.front_matter import read_front_matter
from corpus.source import Event

SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12}  # fmt: skip
LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion))?")
HEAD = """---
id: twitter-knitters-2019-03
platforms: [Twitter]
date: 2019-03-04
title: Twitter suspends knitting clubs
{keys}
confidence: high
sources:
  blog: {{publisher: Wool Blog, url: "https://wool.example/post"}}
---
## What happened
- Twitter suspended 240 accounts of knitting clubs. [blog]
"""


def read(text: str, path: str = "a.md") -> Document:
    front = read_front_matter(text, path)
    assert front is not None
    return read_dossier(text, front, path)


def event_with(keys: str) -> Event:
    return read(HEAD.format(keys=keys)).events[0]


def numbers_told(text: str) -> set[int]:
    """Read the numbers of a line: in digits, with a word for their size, in words, and a single thing as one."""
    told = {round(float(digits.replace(",", "")) * LARGE.get(word, 1)) for digits, word in NUMBER.findall(text)}
    words = re.findall(r"[a-z]+", text.lower())
    return (
        told
        | {SMALL[word] for word in words if word in SMALL}
        | ({1} if {"account", "channel"} & set(words) else set())
    )


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.md")), ids=lambda path: path.stem)
def test_the_number_of_accounts_is_told_in_a_line(path: Path) -> None:
    document = read(path.read_text(encoding="utf-8"), str(path))
    [event] = document.events
    told = [numbers_told(document.text[one.start : one.end]) for one in document.statements]
    assert event.accounts is None or any(event.accounts in numbers for numbers in told)


def test_most_dossiers_know_their_number() -> None:
    events = [read(path.read_text(encoding="utf-8")).events[0] for path in SHIPPED.glob("*.md")]
    assert sum(event.accounts is not None for event in events) >= 39


def test_accounts_are_counted() -> None:
    assert event_with("accounts: 70000000").accounts == 70_000_000
    assert event_with("accounts: 70000000").accounts_unit is None


def test_another_unit_is_named() -> None:
    event = event_with("accounts: 18\naccounts_unit: other communities")
    assert (event.accounts, event.accounts_unit) == (18, "other communities")


@pytest.mark.parametrize("number", ["70 million", "1,000", "0", "-3", "2.5", "[1]", "many", "''"])
def test_what_is_no_whole_number_is_refused(number: str) -> None:
    with pytest.raises(BadDocument, match=r"a\.md, line 6: 'accounts' .* no whole number; write 70000000"):
        event_with(f"accounts: {number}")


@pytest.mark.parametrize("unit", ["pages and groups", "''", "[pages]", "pages!"])
def test_a_unit_of_other_than_one_word_or_two_is_refused(unit: str) -> None:
    with pytest.raises(BadDocument, match=r"a\.md, line 7: 'accounts_unit' .* one word or two"):
        event_with(f"accounts: 3\naccounts_unit: {unit}")


def test_a_unit_without_a_number_is_refused() -> None:
    with pytest.raises(BadDocument, match=r"a\.md, line 6: 'accounts_unit' stands without 'accounts'"):
        event_with("accounts_unit: pages")
