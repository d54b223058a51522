"""Every shipped dossier keeps the form, keeps the facts it was written from, and copies no sentence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus import SHIPPED
from corpus.document import Document, faults
from corpus.dossier import read_dossier
from corpus.front_matter import read_front_matter

SHARED = Path(__file__).parents[2].parent / "shared"
FILES = sorted(SHIPPED.glob("*.md"))
MERGED = {
    "seed-000-engadget-twitterlockout": "twitter-lockout-2018-02",
    "seed-001-breitbart-twitterlockout": "twitter-lockout-2018-02",
    "twitter-lockout-2018-02-other-coverage": "twitter-lockout-2018-02",
    "seed-002-wireduk-sott-occupy": "twitter-occupy-2018-10",
    "twitter-occupy-anti-media-2018-10-other-coverage": "twitter-occupy-2018-10",
    "seed-003-nyt-isil-10000": "twitter-isil-2015-04",
    "seed-004-wsws-china-200000": "twitter-facebook-youtube-hong-kong-2019-08",
    "twitter-facebook-youtube-hong-kong-2019-08-other-coverage": "twitter-facebook-youtube-hong-kong-2019-08",
}
"""Records that tell of the same purge share one dossier."""
RUN_WORDS = 8
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
CROSS_REFERENCE = re.compile(r"\bseed \d{3}\b")
NO_RECORDS = pytest.param(
    {"id": "none"}, marks=pytest.mark.skip(reason="../shared/facts is absent: there is nothing to compare with")
)
NOT_FACTS = {"id", "seed_file", "source", "key", "confidence", "notes", "verified"}
SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
         "ten": 10, "eleven": 11, "twelve": 12}  # fmt: skip


def read(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    front = read_front_matter(text, str(path))
    assert front is not None
    return read_dossier(text, front, str(path))


def records() -> list[dict[str, Any]]:
    if not (SHARED / "facts").is_dir():
        return []
    return [
        record
        for name in ("seeds.yaml", "events.yaml")
        for record in yaml.load((SHARED / "facts" / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    ]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_FACTS and not key.endswith("_note") and "url" not in key:
                yield from strings(item)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9@#']+", text.lower().replace("’", "'"))


def numbers(text: str) -> set[str]:
    spelled = {str(SMALL[word]) for word in words(text) if word in SMALL}
    return {match.replace(",", "") for match in NUMBER.findall(text)} | spelled


def missing_numbers(record: dict[str, Any], dossier: str) -> set[str]:
    facts = {key: value for key, value in record.items() if key not in {"origin", "sources"}}
    told = numbers(dossier)
    texts = [CROSS_REFERENCE.sub("", text) for text in strings(facts)]
    asked = {match.replace(",", "") for text in texts for match in NUMBER.findall(text)}
    return {number for number in asked if not told & {number, number.lstrip("0"), number.zfill(2)}}


def missing_names(record: dict[str, Any], dossier: str) -> set[str]:
    low = dossier.lower()
    handles = {str(handle).lower() for handle in record.get("handles", [])}
    urls = {source["url"].lower() for source in record.get("sources", []) if source.get("url") not in (None, "null")}
    return {handle for handle in handles if handle not in low} | {url for url in urls if url not in low}


def shared_runs(text: str, seeds: dict[str, list[str]]) -> list[str]:
    outside_quotes = re.sub(r'"[^"\n]{1,90}"', ' "" ', text)
    found = []
    for line in outside_quotes.splitlines():
        w = words(line)
        for i in range(len(w) - RUN_WORDS + 1):
            run = w[i : i + RUN_WORDS]
            if any(" ".join(run) in " ".join(seed) for seed in seeds.values()):
                found.append(" ".join(run))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_dossier_keeps_the_form(path: Path) -> None:
    document = read(path)
    assert document.id == path.stem
    assert faults(document) == []


@pytest.mark.parametrize("record", records() or [NO_RECORDS], ids=lambda record: record["id"])
def test_every_number_handle_and_address_of_the_facts_stands_in_a_dossier(record: dict[str, Any]) -> None:
    dossier = (SHIPPED / f"{MERGED.get(record['id'], record['id'])}.md").read_text(encoding="utf-8")
    assert missing_numbers(record, dossier) == set()
    assert missing_names(record, dossier) == set()


def test_no_dossier_copies_a_sentence_of_a_seed_article() -> None:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("../shared/seeds is absent: there is nothing to compare with")
    seeds = {path.name: words(path.read_text(encoding="utf-8")) for path in (SHARED / "seeds").glob("*.txt")}
    copied = {path.stem: shared_runs(body(path), seeds) for path in FILES}
    assert {name: runs for name, runs in copied.items() if runs} == {}


def body(path: Path) -> str:
    document = read(path)
    return document.text[document.body_start :]
