"""Fit what the reader counts for, and measure what it adds: `python tests/gate/hearing.py`.

Fits the logistic regression of `index/refusal.py` (`OF_SIGNALS`, `OF_READER`, `READER_BIAS`). Then prints, for each set
of questions, how often a statement that holds the fact stands first at each weight of the reader (`HEARD` in
`index/ranking.py`), how well signals, reader and both tell near misses, and what each threshold refuses. The sets are
the development half and others' questions, each by its corpus, and public questions with their texts and with these
taken out, of the half that the signals were not fitted on. The test half is not touched.
"""

import random
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # comes with sentence-transformers

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.claims import SURE
from index.embed import Embedder
from index.errors import BadQuestion
from index.hearing import SUREST
from index.library import HITS, Library
from index.question import understand
from index.ranking import rank
from index.reader import Reader
from index.reading import ground_of, wants_of
from index.refusal import OF_READER, OF_SIGNALS, READER_BIAS, signals_of
from index.sifting import sift
from tests.gate.gold import gold_questions, held_by
from tests.gate.libraries import CORPORA, KEPT, load_model, load_reader, look_up, open_library
from tests.gate.public import CLAPNQ, MULTIHOP, SQUAD, read_public, write_texts
from tests.gate.risk import auroc

SPLITS = ("dev", "others")
PUBLIC = (CLAPNQ, SQUAD, MULTIHOP)
DRAWN = 240
"""Public questions of each origin, each asked with its texts and without."""
OF_PUBLIC = 0.7
"""What a set of public questions counts: a taken-out text is easier to tell than a near miss, and is no article."""
TRIED = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
WRONG = 0.04
"""Share of answerable questions that may be refused."""
PENALTY = 0.002
THRESHOLDS = (0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """A question: the log odds of its statements without the reader, the reader's, and which hold a fact, `(n,)` each.

    `signals` are the log odds that it is answered, without the reader, `first` the reader's of the statement put first,
    `weight` what demands that nothing meets count against an answer.
    """

    of: str
    answerable: bool
    near: bool
    odds: Matrix
    reader: Matrix
    carrying: NDArray[np.bool_]
    signals: float
    first: float
    weight: float

    @property
    def is_told(self) -> bool:
        """Whether it is answerable or a near miss."""
        return self.answerable or self.near


def heard(split: str, embedder: Embedder, reader: Reader) -> Iterator[Heard]:
    """Measure the questions of a split that find anything for the reader to read."""
    for corpus, folder in CORPORA.items():
        asked = [gold for gold in gold_questions(split) if gold["corpus"] == corpus]
        if asked:
            library = open_library(corpus, folder, embedder)
            library.warm_up()
            for gold in asked:
                found = _heard(gold["question"], gold["after"], gold["facts"], library, embedder, reader)
                answerable = gold["expect"] in ("answered", "partial")
                if found:
                    yield replace(found, of=f"{split}, {corpus}", answerable=answerable, near=bool(gold["near_miss"]))
            library.close()


def heard_public(embedder: Embedder, reader: Reader) -> Iterator[Heard]:
    """Measure public questions, with their texts and without; none where the sets are absent."""
    questions, texts = read_public()
    if not questions:
        return
    write_texts(texts, KEPT / "public-texts")
    library, chance = open_library("public", KEPT / "public-texts", embedder), random.Random(0)
    library.warm_up()
    for origin in PUBLIC:
        pool = [one for one in questions if one.origin == origin and one.answerable and not one.is_even]
        for one in chance.sample(pool, min(DRAWN, len(pool))):
            for hidden in (frozenset[str](), one.documents):
                try:
                    found = _heard(one.text, None, [one.answers], library, embedder, reader, hidden)
                except BadQuestion:
                    continue
                if found:
                    yield replace(found, of=origin, answerable=not hidden, near=bool(hidden))
    library.close()


def _heard(
    question: str, after: str | None, facts: Sequence[Sequence[str]], library: Library, embedder: Embedder,
    reader: Reader, hidden: Collection[str] = (),
) -> Heard | None:  # fmt: skip
    asked = understand(question, after)
    with library.state("", 0.0) as state:
        asked, terms, hits = look_up(asked, state, embedder, HITS)
        held = state.snapshot.documents_in([hit.passage.document_row for hit in hits])
    hits = [hit for hit in hits if held[hit.passage.document_row].id not in hidden]
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    plain = {one.stored.row: one.score for one in rank(asked, wants, terms, hits, grounds)}
    ranked = rank(asked, wants, terms, hits, grounds, reader)
    if not ranked or ranked[0].heard is None:
        return None
    return Heard(
        "", False, False,
        SURE * np.array([plain[one.stored.row] for one in ranked]),
        np.array([-SUREST if one.heard is None else one.heard for one in ranked]),
        np.array([any(held_by(forms, [one.stored.text]) for forms in facts) for one in ranked]),
        signals_of(wants, hits, ranked, grounds).log_odds, ranked[0].heard,
        sift(asked, wants, terms, ranked, grounds).weight,
    )  # fmt: skip


def print_order(found: Sequence[Heard]) -> None:
    """Print how often a statement that holds a fact stands first, of those questions where one is found."""
    told = [one for one in found if one.answerable and one.carrying.any()]
    for weight in TRIED if told else ():
        odds = [one.odds + weight * one.reader for one in told]
        first = np.mean([one.carrying[its.argmax()] for one, its in zip(told, odds, strict=True)])
        chances = [np.exp(its - its.max()) / np.exp(its - its.max()).sum() for its in odds]
        loss = -np.mean([np.log(its[one.carrying].sum()) for one, its in zip(told, chances, strict=True)])
        print(f"  {weight:.1f}: first {first:.3f}, minus log chance {loss:.3f}")


def fit(found: Sequence[Heard]) -> Matrix:
    """Fit weights of signals and reader, and the bias; each set counts the same, and so do the answerable in it."""
    rows = np.array([(one.signals, one.first, 1.0) for one in found])
    labels, less = np.array([one.answerable for one in found]), np.array([one.weight for one in found])
    sizes = Counter((one.of, one.answerable) for one in found)
    shares = np.array([(OF_PUBLIC if one.of in PUBLIC else 1.0) / sizes[one.of, one.answerable] for one in found])
    shares /= shares.mean()

    def loss(weights: Matrix) -> float:
        odds = rows @ weights - less
        return float((shares * (np.logaddexp(0, odds) - labels * odds)).mean() + PENALTY * (weights[:2] ** 2).sum())

    weights: Matrix = minimize(loss, np.zeros(3)).x
    return weights


def print_told(name: str, found: Sequence[Heard], scores: Sequence[float]) -> None:
    """Print how well scores tell near misses, and the share of these refused where few answerable questions are."""
    both = [(score, one.answerable) for one, score in zip(found, scores, strict=True)]
    kept = sorted(score for score, answerable in both if answerable)
    near = [score for score, answerable in both if not answerable]
    refused = np.mean([score < kept[int(WRONG * len(kept))] for score in near])
    print(f"  {name:28} AUROC {auroc(*zip(*both, strict=True)):.3f}, refused at {WRONG:.0%} wrong {refused:.3f}")


def print_thresholds(found: Sequence[Heard], weights: Sequence[float]) -> None:
    """Print what share of answerable questions and of near misses each threshold refuses."""
    chances = 1 / (1 + np.exp(-np.array([_odds(one, weights) for one in found])))
    told = np.array([one.answerable for one in found])
    for threshold in THRESHOLDS:
        refused = chances < threshold
        print(f"  below {threshold:.2f}: wrongly {refused[told].mean():.3f}, near misses {refused[~told].mean():.3f}")


def _odds(one: Heard, weights: Sequence[float]) -> float:
    return weights[0] * one.signals + weights[1] * one.first + weights[2] - one.weight


def main() -> None:
    """Fit on all sets, measure on each."""
    embedder, reader = load_model(), load_reader()
    if reader is None:
        sys.exit("the reader cannot be exported")
    found = [one for split in SPLITS for one in heard(split, embedder, reader)]
    found += heard_public(embedder, reader)
    weights = fit([one for one in found if one.is_told])
    print("OF_SIGNALS, OF_READER, READER_BIAS =", ", ".join(f"{one:.2f}" for one in weights))
    for of in dict.fromkeys(one.of for one in found):
        part = [one for one in found if one.of == of]
        print(f"{of}, {len(part)} questions")
        print_order(part)
        part = [one for one in part if one.is_told]
        print_told("signals", part, [one.signals - one.weight for one in part])
        print_told("reader", part, [one.first for one in part])
        print_told("both as in use", part, [_odds(one, (OF_SIGNALS, OF_READER, READER_BIAS)) for one in part])
        print_told("both as fitted", part, [_odds(one, weights) for one in part])
        print_thresholds(part, weights)


if __name__ == "__main__":
    main()
