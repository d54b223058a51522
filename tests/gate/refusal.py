"""Fit the refusal, and measure what each signal adds: `python tests/gate/refusal.py fit|ablate`.

`fit` prints weights and bias as they stand in `index/refusal.py`, fitted on the development half of the gold questions
and on 400 public ones, with figures by five folds in which all questions on one event are together, and how the weights
do on public questions that were not fitted on. `ablate` prints a table: each signal left out, and alone. The test half
of the gold questions is not touched. Needs ../shared/bench; the first run embeds its 1,337 texts, which takes minutes.
"""

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.embed import Embedder
from index.facts import READERS
from index.refusal import BIAS, WEIGHTS
from tests.gate.examples import FREE, SIGNALS, Example, gold_example, public_example
from tests.gate.fitting import Model, Separation, cross_fitted, fit, gain, separation
from tests.gate.gold import gold_questions
from tests.gate.libraries import CORPORA, KEPT, load_model, open_library
from tests.gate.public import CLAPNQ, MULTIHOP, SQUAD, PublicQuestion, read_public, write_texts
from tests.gate.risk import auroc

SAMPLE = (
    (SQUAD, False, 120), (SQUAD, True, 40), (MULTIHOP, False, 80), (MULTIHOP, True, 40), (CLAPNQ, False, 60),
    (CLAPNQ, True, 60),
)  # fmt: skip
"""Of which set, with its own texts taken out or not, how many."""
WRONG = (0.04, 0.08)
"""Shares of answerable questions that may be refused."""
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45)
GROUPS = {
    "cosine of the statement": ("part",),
    "question's words in the statement": ("own", "covered"),
    "names": ("names", "names_near"),
    "year": ("year",),
    "platform": ("platform", "platform_near"),
    "other words in the statement": ("content",),
    "question's words in the passage": ("held",),
    "what is said not to be told": ("told",),
    "all of it in one statement": ("together", "weakest"),
    "kind of fact": tuple(f"kind of {fact}" for fact in READERS),
    "lead of the kind": tuple(f"lead of {fact}" for fact in READERS),
    "kind of question": FREE,
}

Asked = tuple[PublicQuestion, bool]
"""A public question, and whether its own texts are taken out."""


def gold_examples(embedder: Embedder) -> list[Example]:
    """Measure the development half."""
    questions, examples = gold_questions("dev"), []
    for corpus, folder in CORPORA.items():
        asked = [gold for gold in questions if gold["corpus"] == corpus]
        if asked:
            library = open_library(corpus, folder, embedder)
            library.warm_up()
            examples += [gold_example(gold, library, embedder) for gold in asked]
            library.close()
    return [one for one in examples if one]


def public_examples(asked: Iterable[Asked], embedder: Embedder) -> list[Example]:
    """Measure public questions."""
    folder = KEPT / "public-texts"
    write_texts(read_public()[1], folder)
    library = open_library("public", folder, embedder)
    library.warm_up()
    found = [public_example(question, library, embedder, taken_out=out) for question, out in asked]
    library.close()
    return [one for one in found if one]


def sample(questions: Sequence[PublicQuestion]) -> list[Asked]:
    """Draw the public questions to fit on, the same ones every time."""
    drawn, chance = [], random.Random(0)
    for origin, out, count in SAMPLE:
        pool = [one for one in questions if one.is_even and one.origin == origin and (one.answerable or not out)]
        drawn += [(one, out) for one in chance.sample(pool, count)]
    return drawn


def held_out(questions: Sequence[PublicQuestion]) -> list[Asked]:
    """List the public questions that are never fitted on; answerable ones with and without their texts."""
    others = [one for one in questions if not one.is_even]
    return [(one, False) for one in others] + [(one, True) for one in others if one.answerable]


def in_use() -> Model:
    """Return the weights that answers are refused by."""
    return Model(tuple(range(len(SIGNALS))), np.array([WEIGHTS.get(name, 0.0) for name in SIGNALS]), BIAS)


def print_weights(model: Model) -> None:
    """Print weights and bias as `index/refusal.py` has them."""
    weights = {name: float(weight) for name, weight in zip(SIGNALS, model.weights.round(2), strict=True) if weight}
    print("WEIGHTS = {" + ", ".join(f'"{name}": {weight:g}' for name, weight in weights.items() if weight) + "}")
    print(f"BIAS = {model.bias:.2f}")


def print_thresholds(gold: Sequence[Example], scores: Sequence[float]) -> None:
    """Print what each threshold refuses."""
    chances = 1 / (1 + np.exp(-np.array(scores)))
    print("threshold  answerable refused  near misses refused  foreign refused")
    for threshold in THRESHOLDS:
        refused = chances < threshold
        shares = [
            np.mean([no for no, one in zip(refused, gold, strict=True) if kind(one)] or [np.nan])
            for kind in (_answerable, _near, _foreign)
        ]
        print(f"{threshold:9.2f}  {shares[0]:18.3f}  {shares[1]:19.3f}  {shares[2]:15.3f}")


def print_held_out(model: Model, examples: Sequence[Example]) -> None:
    """Print how the weights tell public questions apart that were not fitted on."""
    print("public questions not fitted on: AUROC of answerable ones against unanswerable, and against taken out")
    for origin in (SQUAD, CLAPNQ, MULTIHOP):
        own = [one for one in examples if one.origin == origin]
        right = [model.best(one) for one in own if one.answerable]
        figures = []
        for out in (False, True):
            wrong = [model.best(one) for one in own if not one.answerable and one.taken_out is out]
            figures.append(auroc([*right, *wrong], [True] * len(right) + [False] * len(wrong)))
        print(f"{origin:10} {figures[0]:.3f} {figures[1]:.3f}")


def print_row(name: str, one: Separation, beside: str = "") -> None:
    """Print one row of the table."""
    print(
        f"| {name} | {one.auroc:.3f} | {beside} | {' | '.join(f'{share:.3f}' for share in one.refused)} |", flush=True
    )


def ablate(gold: Sequence[Example], extra: Sequence[Example]) -> None:
    """Print the table: all signals, each group left out, each alone."""
    print(f"| signals | AUROC | all is better by | {' | '.join(f'refused at {share:.0%} wrong' for share in WRONG)} |")
    print("|---" * (3 + len(WRONG)) + "|")
    whole = cross_fitted(gold, extra)
    print_row("all", separation(gold, whole, WRONG))
    print_corpora(gold, whole)
    rows = {f"without {name}": tuple(one for one in SIGNALS if one not in group) for name, group in GROUPS.items()}
    rows |= {f"{name} alone": group for name, group in GROUPS.items()}
    for name, signals in rows.items():
        scores = cross_fitted(gold, extra, signals)
        print_row(name, separation(gold, scores, WRONG), str(gain(gold, whole, scores)))
    plain = cross_fitted(gold, [])
    print_row("all, fitted on gold questions only", separation(gold, plain, WRONG), str(gain(gold, whole, plain)))
    own = [in_use().best(one) for one in gold]
    print_row("the weights in use, on what they were set by", separation(gold, own, WRONG))


def print_corpora(gold: Sequence[Example], scores: Sequence[float]) -> None:
    """Print the figures of each corpus, and what each threshold refuses."""
    for corpus in dict.fromkeys(one.origin for one in gold):
        places = [place for place, one in enumerate(gold) if one.origin == corpus]
        own, theirs = [gold[place] for place in places], [scores[place] for place in places]
        print_row(f"{corpus}, {len(own)} questions", separation(own, theirs, WRONG))
        print_thresholds(own, theirs)


def _answerable(one: Example) -> bool:
    return one.answerable


def _near(one: Example) -> bool:
    return one.near


def _foreign(one: Example) -> bool:
    return not one.answerable and not one.near


def main() -> None:
    """Do what the first argument says."""
    word = next((word for word in sys.argv[1:] if word in ("fit", "ablate")), "fit")
    questions, _ = read_public()
    if not questions:
        sys.exit("../shared/bench is not there; the refusal is fitted on it too")
    embedder = load_model()
    gold, extra = gold_examples(embedder), public_examples(sample(questions), embedder)
    print(f"{len(gold)} gold questions, {len(extra)} public ones")
    if word == "ablate":
        ablate(gold, extra)
        return
    model = fit([*gold, *extra])
    print_weights(model)
    scores = cross_fitted(gold, extra)
    print_row("five folds", separation(gold, scores, WRONG))
    print_corpora(gold, scores)
    others = public_examples(held_out(questions), embedder)
    print_held_out(model, others)
    print("the weights in use:")
    print_held_out(in_use(), others)


if __name__ == "__main__":
    main()
