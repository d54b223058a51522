"""Fit what the reader counts for, and measure what it adds: `python tests/gate/hearing.py`.

Prints, for the development half and for others' questions, how often a statement that holds the fact stands first at
each weight of the reader (`HEARD` in `index/ranking.py`); then, at the weight in use, the logistic regression of
`index/refusal.py` (`OF_SIGNALS`, `OF_READER`, `READER_BIAS`), fitted on the development half, and how well signals,
reader and both tell near misses. The test half is not touched.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # comes with sentence-transformers

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.claims import SURE
from index.embed import Embedder
from index.hearing import SUREST
from index.library import HITS, Library
from index.question import understand
from index.ranking import rank
from index.reader import Reader
from index.reading import ground_of, wants_of
from index.refusal import OF_READER, OF_SIGNALS, READER_BIAS, signals_of
from index.retrieve import weigh_terms
from index.sifting import sift
from tests.gate.gold import gold_questions, held_by
from tests.gate.libraries import CORPORA, load_model, load_reader, open_library
from tests.gate.risk import auroc

SPLITS = ("dev", "others")
TRIED = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
WRONG = 0.04
"""Share of answerable questions that may be refused."""
PENALTY = 0.01

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """A question: the log odds of its statements without the reader, the reader's, and which hold a fact, `(n,)` each.

    `signals` are the log odds that it is answered, without the reader, `first` the reader's of the statement put first.
    """

    gold: dict[str, Any]
    odds: Matrix
    reader: Matrix
    carrying: NDArray[np.bool_]
    signals: float
    first: float

    @property
    def answerable(self) -> bool:
        """Whether the corpus holds the answer."""
        return self.gold["expect"] in ("answered", "partial")


def heard(split: str, embedder: Embedder, reader: Reader) -> list[Heard]:
    """Measure the questions of a split that find anything."""
    found: list[Heard | None] = []
    for corpus, folder in CORPORA.items():
        asked = [gold for gold in gold_questions(split) if gold["corpus"] == corpus]
        if asked:
            library = open_library(corpus, folder, embedder)
            library.warm_up()
            found += [_heard(gold, library, embedder, reader) for gold in asked]
            library.close()
    return [one for one in found if one]


def _heard(gold: dict[str, Any], library: Library, embedder: Embedder, reader: Reader) -> Heard | None:
    asked = understand(gold["question"], gold["after"])
    with library.state("", 0.0) as state:
        terms = weigh_terms(asked, state.views)
        hits = state.find(asked, terms, embedder.embed([terms.text])[0], embedder, HITS)
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    plain = {one.stored.row: one.score for one in rank(asked, wants, terms, hits, grounds)}
    ranked = rank(asked, wants, terms, hits, grounds, reader)
    if not ranked:
        return None
    weight = sift(asked, wants, terms, ranked, grounds).weight
    return Heard(
        gold, SURE * np.array([plain[one.stored.row] for one in ranked]),
        np.array([-SUREST if one.heard is None else one.heard for one in ranked]),
        np.array([any(held_by(forms, [one.stored.text]) for forms in gold["facts"]) for one in ranked]),
        signals_of(wants, hits, ranked, grounds).log_odds - weight, ranked[0].heard or 0.0,
    )  # fmt: skip


def print_order(found: Sequence[Heard]) -> None:
    """Print how often a statement that holds a fact stands first, of those questions where one is found."""
    told = [one for one in found if one.answerable and one.carrying.any()]
    for weight in TRIED:
        odds = [one.odds + weight * one.reader for one in told]
        first = np.mean([one.carrying[its.argmax()] for one, its in zip(told, odds, strict=True)])
        chances = [np.exp(its - its.max()) / np.exp(its - its.max()).sum() for its in odds]
        loss = -np.mean([np.log(its[one.carrying].sum()) for one, its in zip(told, chances, strict=True)])
        print(f"  {weight:.1f}: first {first:.3f}, minus log chance {loss:.3f}")


def fit(found: Sequence[Heard]) -> Matrix:
    """Fit weights of signals and reader, and the bias; answerable questions and others count the same in all."""
    rows = np.array([(one.signals, one.first, 1.0) for one in found])
    labels = np.array([one.answerable for one in found])
    shares = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))

    def loss(weights: Matrix) -> float:
        odds = rows @ weights
        return float((shares * (np.logaddexp(0, odds) - labels * odds)).mean() + PENALTY * (weights[:2] ** 2).sum())

    weights: Matrix = minimize(loss, np.zeros(3)).x
    return weights


def print_told(name: str, found: Sequence[Heard], scores: Sequence[float]) -> None:
    """Print how well scores tell near misses, and the share of these refused where few answerable questions are."""
    both = [(score, one.answerable) for one, score in zip(found, scores, strict=True) if _is_told(one)]
    kept = sorted(score for score, answerable in both if answerable)
    near = [score for score, answerable in both if not answerable]
    refused = np.mean([score < kept[int(WRONG * len(kept))] for score in near])
    print(f"  {name:28} AUROC {auroc(*zip(*both, strict=True)):.3f}, refused at {WRONG:.0%} wrong {refused:.3f}")


def _is_told(one: Heard) -> bool:
    return one.answerable or bool(one.gold["near_miss"])


def main() -> None:
    """Fit on one split, measure on all."""
    embedder, reader = load_model(), load_reader()
    if reader is None:
        sys.exit("the reader cannot be exported")
    measured = {split: heard(split, embedder, reader) for split in SPLITS}
    weights = fit([one for one in measured["dev"] if _is_told(one)])
    print("OF_SIGNALS, OF_READER, READER_BIAS =", ", ".join(f"{one:.2f}" for one in weights))
    for split, found in measured.items():
        print(f"{split}, {len(found)} questions")
        print_order(found)
        for corpus in (*dict.fromkeys(one.gold["corpus"] for one in found), "all"):
            part = [one for one in found if corpus in ("all", one.gold["corpus"])]
            print_told(f"{corpus}, signals", part, [one.signals for one in part])
            print_told(f"{corpus}, reader", part, [one.first for one in part])
            used = [OF_SIGNALS * one.signals + OF_READER * one.first + READER_BIAS for one in part]
            print_told(f"{corpus}, both as in use", part, used)
            print_told(
                f"{corpus}, both as fitted", part, [np.dot((one.signals, one.first, 1), weights) for one in part]
            )


if __name__ == "__main__":
    main()
