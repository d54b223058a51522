"""Measure `find_statements` on labelled articles of our own writing: `python tests/gate/statements.py`.

`statements.jsonl` holds one invented article a line, about purges that never happened on platforms that do not
exist. Half of them (`dev`) are for tuning, half (`test`) for the final figure: run `--half test` rarely and write
the figures down in `HISTORY.md`.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.document import Kind, Statement
from corpus.quotes import KNOWN, find_statements
from corpus.source import Source
from tests.gate.measured import keep

LABELS = Path(__file__).with_name("statements.jsonl")
HALVES = ("dev", "test")
ARTICLE = re.compile(r"^(?:an?|the|some|one)\s+", re.IGNORECASE)

Label = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled statement and what was found for its span, if anything."""

    label: Label
    found: Statement | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares in [0, 1]. `speaker` and the rest count a statement that was not found as wrong."""

    labelled: int
    found: int
    precision: float
    recall: float
    kind: float
    speaker: float
    quoted_speaker: float
    handle: float
    voice: float


def read_articles(half: str) -> list[dict[str, Any]]:
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    return [article for article in map(json.loads, lines) if article["half"] == half]


def statements_of(article: dict[str, Any]) -> tuple[Statement, ...]:
    source = Source(article["id"], publisher=article["publisher"])
    text = article["text"]
    return find_statements(text, 0, len(text), source=source, platforms=(*KNOWN, *article["platforms"]))


def measure(half: str) -> Figures:
    """Compare what is found with the labels of one half."""
    pairs: list[Pair] = []
    found = 0
    for article in read_articles(half):
        statements = statements_of(article)
        found += len(statements)
        pairs += pair(article, statements)
    hits = [item for item in pairs if item.found]
    spoken = [item for item in pairs if item.label["kind"] != Kind.NARRATION]
    quoted = [item for item in pairs if item.label["kind"] in (Kind.DIRECT, Kind.POST)]
    handles = [item for item in pairs if item.label["handle"]]
    return Figures(
        labelled=len(pairs),
        found=found,
        precision=len(hits) / max(found, 1),
        recall=len(hits) / max(len(pairs), 1),
        kind=_share(pairs, lambda label, statement: statement.kind == label["kind"]),
        speaker=_share(spoken, lambda label, statement: same_name(label["speaker"], statement.speaker)),
        quoted_speaker=_share(quoted, lambda label, statement: same_name(label["speaker"], statement.speaker)),
        handle=_share(handles, lambda label, statement: statement.handle == label["handle"]),
        voice=_share(pairs, lambda label, statement: statement.voice == label["voice"]),
    )


def pair(article: dict[str, Any], statements: Sequence[Statement]) -> list[Pair]:
    """Match labels with statements of the same span; a comma before the closing mark may be in or out."""
    by_span = {_span(article["text"], item.start, item.end): item for item in statements}
    labels = article["statements"]
    return [Pair(label, by_span.get(_span(article["text"], label["start"], label["end"]))) for label in labels]


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    return (start, end - 1) if text[end - 1] == "," else (start, end)


def same_name(label: str | None, found: str | None) -> bool:
    """Compare two speakers without regard to case and articles."""
    return _bare(label) == _bare(found)


def _bare(name: str | None) -> str:
    return ARTICLE.sub("", (name or "").strip()).casefold()


def _share(pairs: Sequence[Pair], right: Any) -> float:
    return sum(1 for item in pairs if item.found and right(item.label, item.found)) / max(len(pairs), 1)


def faults(half: str) -> Iterator[str]:
    """Describe every difference, for tuning."""
    for article in read_articles(half):
        statements = statements_of(article)
        matched = pair(article, statements)
        text = article["text"]
        for label, found in ((item.label, item.found) for item in matched):
            wanted = f"{label['kind']}/{label['voice']}/{label['speaker']}/{label['handle']}"
            if found is None:
                yield f"{article['id']}: missed {wanted}: {label['text'][:90]!r}"
                continue
            got = f"{found.kind}/{found.voice}/{found.speaker}/{found.handle}"
            wrong_handle = label["handle"] and found.handle != label["handle"]
            if (
                (label["kind"], label["voice"]) != (found.kind, found.voice)
                or wrong_handle
                or not same_name(label["speaker"], found.speaker)
            ):
                yield f"{article['id']}: wanted {wanted}, got {got}: {label['text'][:70]!r}"
        taken = {id(item.found) for item in matched}
        for statement in statements:
            if id(statement) not in taken:
                words = text[statement.start : statement.end]
                yield f"{article['id']}: extra {statement.kind}/{statement.speaker}: {words[:90]!r}"


def table(halves: Sequence[str]) -> str:
    """Lay out the figures of some halves, one line each."""
    names = (
        "labelled",
        "found",
        "precision",
        "recall",
        "kind",
        "speaker",
        "quoted_speaker",
        "handle",
        "voice",
    )
    lines = ["half   " + "  ".join(f"{name:>9}" for name in names)]
    for half in halves:
        figures = measure(half)
        values = [getattr(figures, name) for name in names]
        cells = [f"{value:>{max(9, len(name))}.3f}" if isinstance(value, float) else f"{value:>9}"
                 for name, value in zip(names, values, strict=True)]  # fmt: skip
        lines.append(f"{half:<6} " + "  ".join(cells))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES, action="append", help="default: both")
    parser.add_argument("--faults", action="store_true", help="list every difference")
    options = parser.parse_args()
    halves = options.half or HALVES
    if options.faults:
        for half in halves:
            print(*faults(half), sep="\n")
    print(table(halves))
    if "dev" in halves:
        keep("statements", asdict(measure("dev")))


if __name__ == "__main__":
    main()
