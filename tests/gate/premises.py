"""Measure how well a loaded premise is told: `python tests/gate/premises.py [dev|test] [-v]`.

`premises.jsonl` holds invented questions, each with the statements found for it, one a passage, and a piece of each
sentence that should say what no source says; plain questions have none. Written by somebody who had not read the rules;
both halves have been looked at since (see `HISTORY.md`).
"""

import json
import sys
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus.document import Kind, Voice
from index.answer import Claim
from index.premise import unsaid
from index.question import understand
from index.retrieve import Hit
from index.stored import StoredPassage

QUESTIONS = Path(__file__).with_name("premises.jsonl")
HALVES = ("dev", "test")


def questions(split: str) -> list[dict[str, Any]]:
    """Read the labelled questions of one half."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [one for line in lines if (one := json.loads(line))["split"] == split]


def hit_of(text: str) -> Hit:
    """Make what was found of one statement."""
    return Hit(StoredPassage(1, 1, 0, len(text), text, ""), 1.0, 0.5, 1.0, ())


def claim_of(text: str) -> Claim:
    """Make what is answered of one statement."""
    return Claim(
        text=text, kind=Kind.NARRATION, quotation=False, shown=True, voice=Voice.REPORTER, speaker=None, role=None,
        handle=None, via=None, date=None, event_ids=(), document_id="a", source_ids=("a",), start=0, end=len(text),
        score=1.0,
    )  # fmt: skip


def told_of(one: dict[str, Any]) -> tuple[str, ...]:
    """Return the sentences on what a question takes for granted."""
    return unsaid(understand(one["question"]), [*map(hit_of, one["texts"])], [*map(claim_of, one["texts"])])


def figures_of(split: str) -> dict[str, float]:
    """Compute precision and recall of the sentences on one half."""
    told = [(one["unsaid"], told_of(one)) for one in questions(split)]
    right = sum(any(piece in sentence for sentence in sentences) for wanted, sentences in told for piece in wanted)
    found, wanted = sum(len(sentences) for _, sentences in told), sum(len(pieces) for pieces, _ in told)
    return {"questions": len(told), "wanted": wanted, "precision": right / (found or 1), "recall": right / wanted}


def main() -> None:
    """Print the figures of both halves or of one, and with -v what went wrong."""
    for split in [half for half in HALVES if half in sys.argv] or HALVES:
        print(split, *(f"{name} {value:.3g}" for name, value in figures_of(split).items()))
        for one in questions(split) if "-v" in sys.argv else ():
            sentences = told_of(one)
            if len(sentences) != len(one["unsaid"]) or not all(p in " ".join(sentences) for p in one["unsaid"]):
                print(f"  {one['question']} wanted {one['unsaid']}, told {sentences}")


if __name__ == "__main__":
    main()
