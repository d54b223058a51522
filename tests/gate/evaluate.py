"""Measure the answers on the gold questions: `python tests/gate/evaluate.py [dev|test|others] [-v]`.

Prints facts found, words shown, citations, refusals, passages against BM25 and MiniLM alone, and latency, of all
questions and of those on each corpus; draws risk and calibration into build/gate. The seed articles are asked
too where ../shared is there. -v lists what went wrong. Figures of `dev` are kept for `floors.py`; run `test` once for
each change of method and write it down in `HISTORY.md`.
"""

import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.gate.citations import citations
from tests.gate.gold import OURS, SYSTEMS, Result, gold_questions, run
from tests.gate.libraries import CORPORA, KEPT, load_model
from tests.gate.measured import keep
from tests.gate.passages import asked_of_documents, compare, evidence_recall
from tests.gate.pictures import draw
from tests.gate.risk import refusal_figures, separation

SPLITS = ("dev", "test", "others")
PINNED = {
    "dev": {"shipped": "answers", "news": "news"},
    "others": {"shipped": "others-dossiers", "articles": "others-articles"},
}
"""Of some splits the corpora that are there wherever the code is, with the group of floors on their questions."""


def report(results: Sequence[Result]) -> dict[str, float]:
    """Compute the figures of answers and outcomes."""
    answerable = [result for result in results if result.answerable]
    with_facts = [result for result in answerable if result.gold["facts"]]
    near, foreign = [one for one in results if one.near], [one for one in results if one.foreign]
    answered = [result for result in answerable if result.answered]
    shown = [sum(len(claim.text.split()) for claim in one.answer.claims if claim.shown) for one in answered]
    headlines = [len(result.answer.headline.split()) for result in answered]
    cited = [
        bool({claim.document_id for claim in result.answer.claims} & set(result.gold["documents"]))
        for result in answered
    ]
    return {
        "questions": len(results),
        "facts in claims": _share(r.facts_in(c.text for c in r.answer.claims) for r in with_facts),
        "facts shown": _share(r.facts_in(c.text for c in r.answer.claims if c.shown) for r in with_facts),
        "facts in first claim": _share(r.facts_in(c.text for c in r.answer.claims[:1]) for r in with_facts),
        "median words shown": statistics.median(shown) if shown else 0,
        "median words of headlines": statistics.median(headlines) if headlines else 0,
        "right document cited": _share(cited),
        "answerable refused": _share(not r.answered for r in answerable),
        "near misses refused": _share(not r.answered for r in near),
        "foreign refused": _share(not r.answered for r in foreign),
        "right outcome of foreign": _share(r.answer.outcome == r.gold["expect"] for r in foreign),
        "auroc answerable against near misses": separation(answerable, near),
    }


def figures_of(results: Sequence[Result]) -> dict[str, float]:
    """Compute all figures but latency."""
    passages = {
        f"{measure} of documents": row[OURS].mean for measure, row in compare(results).items()
    }  # fmt: skip
    return {
        **report(results),
        "evidence recall": evidence_recall(results),
        **citations(results),
        **refusal_figures(results),
        **passages,
    }


def _share(holds: Iterable[bool]) -> float:
    values = list(holds)
    return sum(values) / len(values) if values else 0.0


def print_figures(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Print the figures of all questions beside those on each corpus; return the latter."""
    parts = {corpus: [one for one in results if one.gold["corpus"] == corpus] for corpus in CORPORA}
    theirs = {corpus: figures_of(part) for corpus, part in parts.items() if part}
    print(f"{'':40} {'all':>8}", *(f"{corpus:>8}" for corpus in theirs))
    for name, value in figures_of(results).items():
        print(f"{name:40} {value:8.3f}", *(f"{figures[name]:8.3f}" for figures in theirs.values()))
    return theirs


def print_passages(results: Sequence[Result]) -> None:
    """Print what is found by ours and by the others, with 95 % intervals."""
    asked = asked_of_documents(results)
    print(f"\ndocuments found, {len(asked)} questions, 95 % intervals by drawing events")
    for measure, row in compare(results).items():
        print(f"{measure:8}", *(f" {system} {row[system]}" for system in SYSTEMS))
        print(f"{'':8}", *(f" {name} {one}" for name, one in row.items() if name not in SYSTEMS))


def print_latency(results: Sequence[Result]) -> None:
    """Print the milliseconds that answers took, model and search together; they depend on the machine and its load."""
    spent = [result.answer.timings_ms["total"] for result in results]
    middle, slow = np.percentile(spent, [50, 95])
    print(f"\nlatency p50 {middle:.1f} ms, p95 {slow:.1f} ms")


def print_faults(results: Sequence[Result]) -> None:
    """Print what went wrong."""
    for result in results:
        gold, answer = result.gold, result.answer
        shown = result.facts_in(claim.text for claim in answer.claims if claim.shown)
        if result.answerable and gold["facts"] and not shown:
            print("MISSED", gold["id"], answer.outcome, gold["question"], gold["facts"])
        elif not result.answerable and result.answered:
            print("ANSWERED", gold["id"], gold["question"], round(answer.confidence, 2))


def main() -> None:
    """Print the figures of one split, and with -v what went wrong."""
    split = next((word for word in sys.argv[1:] if word in SPLITS), SPLITS[0])
    results = run(gold_questions(split), load_model())
    print(split)
    theirs = print_figures(results)
    print_passages(results)
    print_latency(results)
    picture = KEPT / f"refusal-{split}.png"
    draw(results, picture, f"Refusal on the questions of {split}, {len(results)}")
    print(f"risk and calibration are drawn in build/gate/{picture.name}")
    for corpus, group in PINNED.get(split, {}).items():
        keep(group, theirs[corpus])
    if "-v" in sys.argv:
        print_faults(results)


if __name__ == "__main__":
    main()
