"""Questions -> examples for fitting the refusal: what each statement found carries of what is asked."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder
from index.errors import BadQuestion
from index.facts import READERS, Fact
from index.library import HITS, Library
from index.question import understand
from index.ranking import rank
from index.reading import ground_of, wants_of
from index.refusal import ALL, PLAIN, signals_of_one, whole_of
from tests.gate.gold import event_of, held_by
from tests.gate.libraries import look_up
from tests.gate.public import PublicQuestion

FREE = tuple(f"is {fact}" for fact in Fact if fact is not Fact.OTHER)
"""Signals that a weight below 0 is allowed for: they tell the kind of question, not what a statement carries."""
SIGNALS = (*PLAIN, *ALL, *(f"{what} of {fact}" for fact in READERS for what in ("kind", "lead")), *FREE)
"""Columns, by the names that `index/refusal.py` has for them."""
FOLDS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: a row of `SIGNALS` for each statement found, and which of them carry the answer.

    `taken_out` says that the right documents were hidden, so that what was answerable is not.
    """

    rows: Matrix
    carrying: NDArray[np.bool_]
    answerable: bool
    near: bool
    origin: str
    event: str
    fact: Fact
    taken_out: bool = False

    @property
    def fold(self) -> int:
        """The fold of its event, in [0, `FOLDS`)."""
        return int(hashlib.md5(self.event.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def gold_example(gold: dict[str, Any], library: Library, embedder: Embedder) -> Example | None:
    """Measure what is found for a gold question; None where nothing is."""
    answerable = gold["expect"] in ("answered", "partial")
    fact, found = _found(gold["question"], gold["after"], library, embedder)
    carrying = [
        answerable and document in gold["documents"] and any(held_by(forms, [text]) for forms in gold["facts"])
        for document, text, _ in found
    ]
    return _example(found, carrying, answerable, bool(gold["near_miss"]), gold["corpus"], event_of(gold), fact)


def public_example(
    asked: PublicQuestion, library: Library, embedder: Embedder, *, taken_out: bool = False
) -> Example | None:
    """Measure what is found for a public question, with its own texts or, `taken_out`, without them.

    Returns:
        None where nothing is found, or the question cannot be asked.
    """
    hidden = asked.documents if taken_out else frozenset[str]()
    try:
        fact, found = _found(asked.text, None, library, embedder, hidden)
    except BadQuestion:
        return None
    answerable = asked.answerable and not taken_out
    carrying = [answerable and document in asked.documents and _holds(asked, text) for document, text, _ in found]
    return _example(found, carrying, answerable, not answerable, asked.origin, asked.text, fact, taken_out)


def _holds(asked: PublicQuestion, text: str) -> bool:
    return not asked.answers or held_by(asked.answers, [text])


def _example(
    found: Sequence[tuple[str, str, list[float]]], carrying: Sequence[bool], answerable: bool, near: bool,
    origin: str, event: str, fact: Fact, taken_out: bool = False,
) -> Example | None:  # fmt: skip
    if not found:
        return None
    rows = np.array([row for _, _, row in found])
    return Example(rows, np.array(carrying), answerable, near, origin, event, fact, taken_out)


def _found(
    text: str, earlier: str | None, library: Library, embedder: Embedder, hidden: Collection[str] = ()
) -> tuple[Fact, list[tuple[str, str, list[float]]]]:
    """Find statements as an answer does; return the kind of fact sought, and document, text and signals of each."""
    asked = understand(text, earlier)
    with library.state("", 0.0) as state:
        asked, terms, hits = look_up(asked, state, embedder, HITS)
        held = state.snapshot.documents_in([hit.passage.document_row for hit in hits])
    hits = [hit for hit in hits if held[hit.passage.document_row].id not in hidden]
    wants = wants_of(asked, terms, hits)
    grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
    ranked = rank(asked, wants, terms, hits, grounds)
    found = [(one.stored, one.fit) for one in ranked if one.fit]
    fact = wants.sought.fact
    if not found:
        return fact, []
    whole = whole_of([fit for _, fit in found])
    rows = [signals_of_one(fit, whole, fact) for _, fit in found]
    return fact, [
        (stored.document_id, stored.text, [row.get(name, 0.0) for name in SIGNALS])
        for (stored, _), row in zip(found, rows, strict=True)
    ]
