"""Examples -> weights: a logistic regression with weights of at least 0, which picks what it learns from.

A question is answerable if one statement carries the answer, but the labels say which only in part. So the weights and
the choice of statements take turns: of each answerable question the statement that scores highest among those that
carry the answer, of each other one the three that score highest, each with a third of the weight. No weight of what a
statement carries may be negative: it may not count against it, whatever the texts of the sample. In each kind of
question the answerable ones count as much as the others, so that no kind is preferred for being asked well more often.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize  # comes with sentence-transformers

from tests.gate.examples import FOLDS, FREE, SIGNALS, Example, Matrix
from tests.gate.intervals import DRAWS, HIGH, LOW, SEED, Interval
from tests.gate.risk import auroc

PENALTY = 0.005
TURNS = 6
FEW = 3
"""A kind of question of which fewer are answerable, or not, tells little; all its questions count `LITTLE`."""
LITTLE = 0.3
WORST = 3
TINY = 1e-12
"""What keeps logarithms and divisions from 0."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of some columns, `(n,)`, and the bias."""

    columns: tuple[int, ...]
    weights: Matrix
    bias: float

    def scores(self, example: Example) -> Matrix:
        """Score each statement of an example, in log odds."""
        found: Matrix = example.rows[:, self.columns] @ self.weights + self.bias
        return found

    def best(self, example: Example) -> float:
        """Score a question by its best statement, as an answer does."""
        return float(self.scores(example).max())


def fit(examples: Sequence[Example], signals: Sequence[str] = SIGNALS) -> Model:
    """Fit the weights of some signals."""
    columns = tuple(SIGNALS.index(name) for name in signals)
    parts = [one.rows[:, columns] for one in examples]
    together, ends = np.vstack(parts), np.cumsum([len(part) for part in parts])[:-1]
    spread = together.std(axis=0) + 1e-6
    model = Model(columns, np.array([0.0 if name in FREE else 0.5 for name in signals]), 0.0)
    counted = _balanced(examples)
    for _ in range(TURNS):
        scores = np.split(together @ model.weights + model.bias, ends)
        rows, labels, shares = _chosen(examples, parts, scores, counted)
        model = _fitted(model, rows, labels, shares, spread)
    return model


def _balanced(examples: Sequence[Example]) -> list[float]:
    """Say how much each question counts: in each kind, the answerable as much as the others."""
    of_kind = Counter((one.fact, one.answerable) for one in examples)
    return [
        (of_kind[one.fact, True] + of_kind[one.fact, False]) / of_kind[one.fact, one.answerable] / 2
        if of_kind[one.fact, not one.answerable] >= FEW
        else LITTLE
        for one in examples
    ]


def cross_fitted(gold: Sequence[Example], extra: Sequence[Example], signals: Sequence[str] = SIGNALS) -> list[float]:
    """Score each gold question by weights that were fitted without its fold, in which all questions on its event are.

    Args:
        extra: learnt from in every fold.
    """
    scores = [0.0] * len(gold)
    for fold in range(FOLDS):
        model = fit([*(one for one in gold if one.fold != fold), *extra], signals)
        for place, one in enumerate(gold):
            if one.fold == fold:
                scores[place] = model.best(one)
    return scores


@dataclass(frozen=True, slots=True)
class Separation:
    """How well scores tell answerable questions from near misses.

    `refused` are the shares of near misses refused where so many answerable questions are refused as asked for.
    """

    auroc: float
    refused: tuple[float, ...]


def separation(examples: Sequence[Example], scores: Sequence[float], wrong: Sequence[float]) -> Separation:
    """Measure scores; `wrong` are the shares of answerable questions that may be refused."""
    pairs = [(score, one.answerable) for one, score in zip(examples, scores, strict=True) if one.answerable or one.near]
    kept = np.sort([score for score, answerable in pairs if answerable])
    near = np.array([score for score, answerable in pairs if not answerable])
    refused = tuple(float((near < kept[int(share * len(kept))]).mean()) for share in wrong)
    return Separation(auroc([score for score, _ in pairs], [answerable for _, answerable in pairs]), refused)


def gain(examples: Sequence[Example], scores: Sequence[float], others: Sequence[float]) -> Interval:
    """Estimate how much more AUROC scores have than others, drawing whole events anew."""
    told = [place for place, one in enumerate(examples) if one.answerable or one.near]
    labels = np.array([examples[place].answerable for place in told])
    both = [np.array(one)[told] for one in (scores, others)]
    names, event = np.unique([examples[place].event for place in told], return_inverse=True)
    members = [np.flatnonzero(event == number) for number in range(len(names))]
    chance = np.random.default_rng(SEED)
    found = []
    for _ in range(DRAWS):
        drawn = np.concatenate([members[number] for number in chance.integers(0, len(names), len(names))])
        if labels[drawn].any() and not labels[drawn].all():
            first, second = (auroc(one[drawn].tolist(), labels[drawn].tolist()) for one in both)
            found.append(first - second)
    whole = auroc(both[0].tolist(), labels.tolist()) - auroc(both[1].tolist(), labels.tolist())
    low, high = np.percentile(found, [LOW, HIGH])
    return Interval(whole, float(low), float(high))


def _chosen(
    examples: Sequence[Example], parts: Sequence[Matrix], scores: Sequence[Matrix], counted: Sequence[float]
) -> tuple[Matrix, Matrix, Matrix]:
    """Choose the statements to learn from: their signals, labels and shares."""
    rows, labels, shares = [], [], []
    for one, part, score, counts in zip(examples, parts, scores, counted, strict=True):
        if not one.answerable:
            worst = np.argsort(-score)[:WORST]
            rows.append(part[worst])
            labels += [0.0] * len(worst)
            shares += [counts / WORST] * len(worst)
        elif one.carrying.any():
            place = int(np.where(one.carrying, score, -np.inf).argmax())
            rows.append(part[place : place + 1])
            labels.append(1.0)
            shares.append(counts)
    return np.vstack(rows), np.array(labels), np.array(shares)


def _fitted(model: Model, rows: Matrix, labels: Matrix, shares: Matrix, spread: Matrix) -> Model:
    def loss(vector: Matrix) -> tuple[float, Matrix]:
        weights, bias = vector[:-1], vector[-1]
        chance = 1 / (1 + np.exp(-(rows @ weights + bias)))
        likelihood = labels * np.log(chance + TINY) + (1 - labels) * np.log(1 - chance + TINY)
        pull = PENALTY * ((weights * spread) ** 2).sum()
        error = shares * (chance - labels) / shares.sum()
        slope = np.append(rows.T @ error + 2 * PENALTY * weights * spread**2, error.sum())
        return float(-(shares * likelihood).sum() / shares.sum() + pull), slope

    free = [SIGNALS[column] in FREE for column in model.columns]
    bounds = [(None, None) if one else (0.0, None) for one in free] + [(None, None)]
    found = minimize(loss, np.append(model.weights, model.bias), jac=True, method="L-BFGS-B", bounds=bounds)
    return Model(model.columns, found.x[:-1], float(found.x[-1]))
