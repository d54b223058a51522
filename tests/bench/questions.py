"""The questions that the bench asks: real ones, from those that the answers are measured on."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parents[1] / "gate" / "questions.jsonl"
COUNT = 120
"""Of different questions, each asked once while times are taken: what was asked before may be kept."""
NEVER_EMBEDDED = "unsupported_language"
LEADS = (
    "So, ",
    "Well, ",
    "And ",
    "Now, ",
    "Then ",
    "Please: ",
    "Again: ",
    "Hello, ",
    "Also, ",
    "Hm, ",
    "Look, ",
    "Next: ",
)
"""Put before a question, they make another text of it with the same work in it."""


@cache
def _gold() -> tuple[dict[str, Any], ...]:
    """Read the questions on shipped dossiers that stand alone and are in English, in an order of no meaning."""
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    asked = [
        one for one in lines if one["corpus"] == "shipped" and not one["after"] and one["expect"] != NEVER_EMBEDDED
    ]
    random.Random(7).shuffle(asked)
    return tuple(asked)


def timed_questions(number: int = COUNT) -> list[str]:
    """Return the questions that times are taken of, all different."""
    return list(dict.fromkeys(one["question"] for one in _gold()))[:number]


def other_questions(first_lead: int = 0) -> Iterator[str]:
    """Return questions without end, none of them among the timed ones, none twice within thousands."""
    for round_number in count(first_lead):
        for one in _gold():
            yield LEADS[round_number % len(LEADS)] + one["question"]


def most_asked_of() -> list[str]:
    """List the ids of dossiers by how many questions are about them, most first."""
    return [name for name, _ in Counter(name for one in _gold() for name in sorted(one["documents"])).most_common()]
