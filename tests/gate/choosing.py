"""Fit which statements are chosen, and measure what each signal adds: `python tests/gate/choosing.py fit|ablate`.

`fit` prints the weights as they stand in `index/ranking.py`, fitted on the answerable questions of the development
half, with figures by five folds in which all questions on one event are together. `ablate` prints a table: each group
of signals left out, and alone. Refusals, headlines and what a "why" takes along are left aside. The test half of the
gold questions is not touched.

The statements found for a question compete: its chance of being chosen is the share that a statement has of the sum of
`exp(weights * signals)`, and the loss is minus the log of the chances of those that hold a fact asked for.
"""

import hashlib
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # comes with sentence-transformers

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.answer import Claim
from index.claims import SURE, Candidate, arrange, choose
from index.embed import Embedder
from index.library import HITS, Library
from index.question import understand
from index.ranking import IN_ORDER, SIGNALS, fitted, named, signals_of
from index.reading import ground_of, wants_of
from index.retrieve import Terms
from tests.gate.gold import event_of, gold_questions, held_by
from tests.gate.libraries import CORPORA, load_model, look_up, open_library

FOLDS = 5
PENALTY = 0.01
"""What the square of a weight costs, times the spread of its signal."""
TINY = 1e-12
GROUPS = {
    "cosine of the statement": ("part",),
    "cosine of those before it": ("part before",),
    "question's words in it": ("words", "new words", "content"),
    "words in those before it": ("words before", "words before, leaning"),
    "names and platform": ("names_near", "platform"),
    "words in the passage": ("held",),
    "document's best passage": ("document",),
    "kind of fact": (*(name for name in SIGNALS if name.startswith("kind of")), "number of amount"),
    "verb asked about": ("deed",),
    "who says it": ("speaker named", "reason of why", "narration of why", "own words of said", "what happened"),
}

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The statements found for a question: a row of `SIGNALS` each, `(n, signals)`, and the facts that each holds.

    `fixed` are log odds that are not fitted, `(n,)`; `carrying` is `(n, facts)`.
    """

    gold: dict[str, Any]
    terms: Terms
    candidates: tuple[Candidate, ...]
    rows: Matrix
    fixed: Matrix
    carrying: NDArray[np.bool_]

    @property
    def fold(self) -> int:
        """The fold of its event, in [0, `FOLDS`)."""
        return int(hashlib.md5(event_of(self.gold).encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


@dataclass(frozen=True, slots=True)
class Chosen:
    """What comes of a question: whether its facts are shown, and in the first claim; words shown; minus log chance."""

    shown: bool
    first: bool
    words: int
    loss: float


def choices(embedder: Embedder) -> list[Choice]:
    """Measure the answerable questions of the development half."""
    found = []
    for corpus, folder in CORPORA.items():
        asked = [gold for gold in gold_questions("dev") if gold["corpus"] == corpus and gold["facts"]]
        if asked:
            library = open_library(corpus, folder, embedder)
            library.warm_up()
            found += [_choice(gold, library, embedder) for gold in asked]
            library.close()
    return [one for one in found if one.candidates]


def _choice(gold: dict[str, Any], library: Library, embedder: Embedder) -> Choice:
    asked = understand(gold["question"], gold["after"])
    with library.state("", 0.0) as state:
        asked, terms, hits = look_up(asked, state, embedder, HITS)
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    found = fitted(wants, hits, grounds)
    return Choice(
        gold, terms, tuple(found), signals_of(asked, wants, terms, hits, found),
        np.array([named(asked, one.evidence) for one in found]),
        np.array([_facts_in(one, gold) for one in found]).reshape(-1, len(gold["facts"])),
    )  # fmt: skip


def _facts_in(one: Candidate, gold: dict[str, Any]) -> list[bool]:
    right = one.stored.document_id in gold["documents"]
    return [right and held_by(forms, [one.stored.text]) for forms in gold["facts"]]


def fit(examples: Sequence[Choice], signals: Sequence[str] = SIGNALS) -> Matrix:
    """Fit weights of some signals; those of the others are 0."""
    columns = [SIGNALS.index(name) for name in signals]
    rows = np.vstack([one.rows for one in examples])[:, columns]
    sizes = [len(one.rows) for one in examples]
    starts = np.cumsum([0, *sizes[:-1]])
    fixed, spread = np.concatenate([one.fixed for one in examples]), rows.std(axis=0) + 1e-6
    facts = [_column(examples, place) for place in range(max(one.carrying.shape[1] for one in examples))]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        chance = _chances(rows @ (weights / spread) + fixed, starts, sizes)
        total, slope = 0.0, np.zeros(len(rows))
        for carrying, share in facts:
            right = np.add.reduceat(chance * carrying, starts)
            total -= float((share * np.log(right + TINY)).sum())
            error = carrying / np.repeat(right + TINY, sizes) - 1
            slope -= np.repeat(share, sizes) * chance * error
        counted = sum(float(share.sum()) for _, share in facts)
        pull = 2 * PENALTY * weights
        return total / counted + PENALTY * float(weights @ weights), rows.T @ slope / spread / counted + pull

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B")
    weights = np.zeros(len(SIGNALS))
    weights[columns] = found.x / spread
    return weights


def _column(examples: Sequence[Choice], place: int) -> tuple[Matrix, Matrix]:
    """Say of each statement whether it holds one of its question's facts, and how much each question counts for it."""
    held = [one.carrying[:, place] if place < one.carrying.shape[1] else np.zeros(len(one.rows)) for one in examples]
    shares = [bool(column.any()) / one.carrying.shape[1] for column, one in zip(held, examples, strict=True)]
    return np.concatenate(held).astype(float), np.array(shares)


def _chances(odds: Matrix, starts: Matrix, sizes: Sequence[int]) -> Matrix:
    """Return each statement's chance among those of its question."""
    share: Matrix = np.exp(odds - np.repeat(np.maximum.reduceat(odds, starts), sizes))
    return share / np.repeat(np.add.reduceat(share, starts), sizes)


def cross_fitted(examples: Sequence[Choice], signals: Sequence[str] = SIGNALS) -> list[Chosen]:
    """Choose for each question by weights that were fitted without its fold."""
    found: dict[int, Chosen] = {}
    for fold in range(FOLDS):
        weights = fit([one for one in examples if one.fold != fold], signals)
        found |= {place: chosen(one, weights) for place, one in enumerate(examples) if one.fold == fold}
    return [found[place] for place in range(len(examples))]


def chosen(one: Choice, weights: Matrix) -> Chosen:
    """Make claims of the statements that some weights prefer."""
    odds = one.rows @ weights + one.fixed
    scored = [
        replace(candidate, score=max(0.0, 1 - (odds.max() - its) / SURE))
        for candidate, its in zip(one.candidates, odds, strict=True)
    ]
    ranked = sorted(scored, key=lambda candidate: -candidate.score)
    claims = arrange(choose(ranked), one.terms, lambda _: ())
    shown = [claim for claim in claims if claim.shown]
    chance = np.exp(odds - odds.max()) / np.exp(odds - odds.max()).sum()
    right = [float(chance[column].sum()) for column in one.carrying.T if column.any()]
    loss = -float(np.mean(np.log(right))) if right else 0.0
    return Chosen(_holds(one, shown), _holds(one, claims[:1]), sum(len(claim.text.split()) for claim in shown), loss)


def _holds(one: Choice, claims: Sequence[Claim]) -> bool:
    return all(held_by(forms, [claim.text for claim in claims]) for forms in one.gold["facts"])


def print_figures(name: str, examples: Sequence[Choice], found: Sequence[Chosen]) -> None:
    """Print a row of a table: of each corpus the shares shown and in the first claim and the words; the loss."""
    cells = []
    for corpus in CORPORA:
        part = [its for one, its in zip(examples, found, strict=True) if one.gold["corpus"] == corpus]
        if part:
            shown, first = np.mean([one.shown for one in part]), np.mean([one.first for one in part])
            cells.append(f"{shown:.3f} | {first:.3f} | {statistics.median(one.words for one in part):.0f}")
    print(f"| {name} |", " | ".join(cells), f"| {np.mean([one.loss for one in found]):.3f} |", flush=True)


def main() -> None:
    """Fit or ablate."""
    examples = choices(load_model())
    print("| signals |", " | ".join(f"{corpus}: shown | first | words" for corpus in CORPORA), "| loss |")
    print_figures("all", examples, cross_fitted(examples))
    if sys.argv[1:] == ["ablate"]:
        for name, group in GROUPS.items():
            print_figures(f"without {name}", examples, cross_fitted(examples, [s for s in SIGNALS if s not in group]))
        for name, group in GROUPS.items():
            print_figures(f"{name} alone", examples, cross_fitted(examples, group))
        return
    print_figures("the weights in use", examples, [chosen(one, IN_ORDER) for one in examples])
    print({name: round(float(weight), 2) for name, weight in zip(SIGNALS, fit(examples), strict=True)})


if __name__ == "__main__":
    main()
