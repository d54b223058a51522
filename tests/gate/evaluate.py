"""Measure the answers on the gold questions: `python tests/gate/evaluate.py [dev|test]`.

Prints facts found, words shown, documents cited and refusals. The shipped corpus and, where ../shared is there,
the seed articles are indexed in a folder of their own.
"""

import json
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from corpus import SHIPPED
from index.answer import Answer, Outcome
from index.claims import rank
from index.embed import SentenceTransformerEmbedder, load_embedder
from index.library import HITS, Library
from index.question import understand
from index.refusal import Signals, signals_of
from index.retrieve import retrieve, weigh_terms

HERE = Path(__file__).parent
SHARED = HERE.parents[1].parent / "shared"
CORPORA = {"shipped": SHIPPED, "seeds": SHARED / "seeds"}
ANSWERS = (Outcome.ANSWERED, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Result:
    """One gold question and what came of it."""

    gold: dict[str, Any]
    answer: Answer
    signals: Signals | None

    @property
    def answerable(self) -> bool:
        """Whether the corpus answers it, in part at least."""
        return self.gold["expect"] in ("answered", "partial")

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer.outcome in ANSWERS

    def facts_in(self, texts: Iterable[str]) -> bool:
        """Whether every fact stands in some of the texts."""
        together = " ".join(texts).lower()
        return all(any(form.lower() in together for form in forms) for forms in self.gold["facts"])


def gold_questions(split: str) -> list[dict[str, Any]]:
    """Read the questions of one half."""
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines if line.strip()]
    return [question for question in questions if question["split"] == split and CORPORA[question["corpus"]].is_dir()]


def run(questions: Sequence[dict[str, Any]], embedder: SentenceTransformerEmbedder, data: Path) -> list[Result]:
    """Ask every question of its corpus."""
    results = []
    for corpus, folder in CORPORA.items():
        asked = [question for question in questions if question["corpus"] == corpus]
        if not asked:
            continue
        library = Library(data / corpus, lambda: embedder)
        library.reindex([folder], "evaluation")
        results += [
            Result(gold, library.ask(gold["question"], after=gold["after"]), signals(library, embedder, gold))
            for gold in asked
        ]
        library.close()
    return results


def signals(library: Library, embedder: SentenceTransformerEmbedder, gold: dict[str, Any]) -> Signals | None:
    """Measure the signals that the refusal is decided on."""
    question = understand(gold["question"], gold["after"])
    with library._state("") as state:
        terms = weigh_terms(question, state.views)
        vector = embedder.embed([terms.text])[0]
        hits = retrieve(question, terms, vector, state.views, state.snapshot, embedder, HITS)
        candidates = rank(question, terms, hits)
        return signals_of(terms, hits, candidates) if candidates else None


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the probability that a positive scores above a negative, ties counted half."""
    positive = np.array([s for s, label in zip(scores, labels, strict=True) if label])
    negative = np.array([s for s, label in zip(scores, labels, strict=True) if not label])
    above = (positive[:, None] > negative[None]).mean() + 0.5 * (positive[:, None] == negative[None]).mean()
    return float(above)


def report(results: Sequence[Result]) -> dict[str, float]:
    """Compute the figures."""
    answerable = [result for result in results if result.answerable]
    with_facts = [result for result in answerable if result.gold["facts"]]
    near = [result for result in results if result.gold["near_miss"]]
    foreign = [result for result in results if not result.answerable and not result.gold["near_miss"]]
    answered = [result for result in answerable if result.answered]
    words = [
        sum(len(claim.text.split()) for claim in result.answer.claims if claim.shown) for result in answered
    ]  # fmt: skip
    cited = [
        bool({claim.document_id for claim in result.answer.claims} & set(result.gold["documents"]))
        for result in answered
    ]
    return {
        "questions": len(results),
        "facts in claims": _share(r.facts_in(c.text for c in r.answer.claims) for r in with_facts),
        "facts shown": _share(r.facts_in(c.text for c in r.answer.claims if c.shown) for r in with_facts),
        "facts in first claim": _share(r.facts_in(c.text for c in r.answer.claims[:1]) for r in with_facts),
        "median words shown": statistics.median(words) if words else 0,
        "right document cited": _share(cited),
        "answerable refused": _share(not r.answered for r in answerable),
        "near misses refused": _share(not r.answered for r in near),
        "foreign refused": _share(not r.answered for r in foreign),
        "right outcome of foreign": _share(r.answer.outcome == r.gold["expect"] for r in foreign),
        "auroc answerable against near misses": auroc(
            [r.answer.confidence for r in [*answerable, *near]],
            [True] * len(answerable) + [False] * len(near),
        ),
    }


def _share(holds: Iterable[bool]) -> float:
    values = list(holds)
    return sum(values) / len(values) if values else 0.0


def main() -> None:
    """Print the figures of one half, and with -v what went wrong."""
    split = next((word for word in sys.argv[1:] if word in ("dev", "test")), "dev")
    with tempfile.TemporaryDirectory() as folder:
        results = run(gold_questions(split), load_embedder(), Path(folder))
    for name, value in report(results).items():
        print(f"{name:40} {value:.3f}")
    if "-v" in sys.argv:
        for result in results:
            shown = result.facts_in(claim.text for claim in result.answer.claims if claim.shown)
            if result.answerable and result.gold["facts"] and not shown:
                print(
                    "MISSED",
                    result.gold["id"],
                    result.answer.outcome,
                    result.gold["question"],
                    result.gold["facts"],
                )
            elif not result.answerable and result.answered:
                print("ANSWERED", result.gold["id"], result.gold["question"], round(result.answer.confidence, 2))


if __name__ == "__main__":
    main()
