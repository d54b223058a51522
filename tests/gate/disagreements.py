"""Measure how well disagreement is told: `python tests/gate/disagreements.py [dev|test|fresh|second-dev|...] [-v]`.

`disagreements.jsonl` holds pairs of invented statements with what they disagree on, or null. `dev`, `test` and `fresh`
are by the author of the rules; `second-dev` and `second-test` by a second one, who had not read the rules yet, and
`third` by the same, who had (see `HISTORY.md`). All have been looked at since. With `corpus` it lists instead what is
found between statements of each shipped dossier, to be judged by hand.
"""

import json
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus import SHIPPED
from corpus.document import Document, Section, Voice
from corpus.readers import read_file
from index.disagree import On, Said, disagree

PAIRS = Path(__file__).with_name("disagreements.jsonl")
HALVES = ("dev", "test", "fresh", "second-dev", "second-test", "third")


def pairs(split: str) -> list[dict[str, Any]]:
    """Read the labelled pairs of one half."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [pair for line in lines if (pair := json.loads(line))["split"] == split]


def said(side: dict[str, Any], header: str) -> Said:
    """Make a statement of one side of a pair."""
    voice, source, about = Voice(side["voice"]), frozenset({side["source"]}), frozenset({side["about"]})
    return Said(side["text"], side["speaker"], voice, source, about, header)


def found_in(pair: dict[str, Any]) -> On | None:
    """Say what the two statements of a pair are found to disagree on."""
    return disagree(said(pair["one"], pair["header"]), said(pair["other"], pair["header"]))


def figures_of(split: str) -> dict[str, float]:
    """Compute precision and recall on one half; what is found on another subject than labelled counts as wrong."""
    told = [(pair["label"], found_in(pair)) for pair in pairs(split)]
    found = [(label, on) for label, on in told if on]
    right = sum(label == on for label, on in found)
    return {
        "pairs": len(told),
        "disagreements": sum(label is not None for label, _ in told),
        "precision": right / len(found) if found else 1.0,
        "recall": right / sum(label is not None for label, _ in told),
    }


def in_document(document: Document) -> Iterator[tuple[On, Said, Said]]:
    """List what is found between the statements of one dossier, without those that tell of a disagreement."""
    titles = " ".join(event.title for event in document.events) or document.title or ""
    statements = [
        Said(document.text[one.start : one.end], one.speaker, one.voice, frozenset(one.source_ids),
             frozenset({document.id}), titles)
        for one in document.statements
        if one.section is not Section.DISAGREEMENT
    ]  # fmt: skip
    for one, other in combinations(statements, 2):
        if on := disagree(one, other):
            yield on, one, other


def print_corpus(folder: Path) -> None:
    """Print what is found in a folder of documents, one after another."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".md", ".txt"):
            for on, one, other in in_document(read_file(path)):
                print(f"{path.stem} {on}\n  {one.speaker or '-'}: {one.text}\n  {other.speaker or '-'}: {other.text}")


def main() -> None:
    """Print the figures of both halves or of one, and with -v what went wrong."""
    if "corpus" in sys.argv:
        print_corpus(next((Path(word) for word in sys.argv[2:] if not word.startswith("-")), SHIPPED))
        return
    for split in [half for half in HALVES if half in sys.argv] or HALVES:
        print(split, *(f"{name} {value:.3g}" for name, value in figures_of(split).items()))
        for pair in pairs(split) if "-v" in sys.argv else ():
            if found_in(pair) != pair["label"]:
                print(f"  {pair['label']} found {found_in(pair)}: {pair['one']['text']} / {pair['other']['text']}")


if __name__ == "__main__":
    main()
