"""Results -> how well the right documents are found: ours, BM25 alone and MiniLM alone, in the same run.

A document stands where its best passage does, among the 60 best passages of each system. All three look at the same
passages with the same headers. BM25 and MiniLM get the question as typed (with the earlier one of a conversation before
it); what ours makes of it (spelling, numbers, statements' vectors, phrases) is what is compared.
"""

import math
from collections.abc import Callable, Collection, Sequence

from tests.gate.gold import OURS, SYSTEMS, Result, held_by
from tests.gate.intervals import Interval, bootstrap, difference

DEEP = 10

Measure = Callable[[Sequence[str], Collection[str]], float]


def ndcg(ranked: Sequence[str], right: Collection[str]) -> float:
    """Return nDCG@10 with gains of 0 and 1.

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
    """
    gained = sum(1 / math.log2(place + 2) for place, one in enumerate(ranked[:DEEP]) if one in right)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(DEEP, len(right))))
    return gained / ideal


def reciprocal_rank(ranked: Sequence[str], right: Collection[str]) -> float:
    """Return one over the place of the first right one among ten; 0 if there is none."""
    return next((1 / (place + 1) for place, one in enumerate(ranked[:DEEP]) if one in right), 0.0)


def hits_at(k: int) -> Measure:
    """Return what tells whether one of the first `k` is right."""
    return lambda ranked, right: float(any(one in right for one in ranked[:k]))


MEASURES: dict[str, Measure] = {
    "nDCG@10": ndcg,
    "Hits@1": hits_at(1),
    "Hits@4": hits_at(4),
    "Hits@10": hits_at(10),
    "MRR@10": reciprocal_rank,
}


def asked_of_documents(results: Sequence[Result]) -> list[Result]:
    """Keep the questions that have right documents."""
    return [result for result in results if result.answerable and result.gold["documents"] and result.ranked]


def values_of(results: Sequence[Result], system: str, measure: Measure) -> list[float]:
    """Measure one system on every question."""
    return [measure((result.ranked or {})[system], set(result.gold["documents"])) for result in results]


def compare(results: Sequence[Result]) -> dict[str, dict[str, Interval]]:
    """Compute every measure of every system, and what ours is better by, with intervals.

    Returns:
        By measure, then by system, and `ours - BM25` and the like for paired differences.
    """
    asked = asked_of_documents(results)
    events = [result.event for result in asked]
    table = {}
    for name, measure in MEASURES.items():
        values = {system: values_of(asked, system, measure) for system in SYSTEMS}
        row = {system: bootstrap(one, events) for system, one in values.items()}
        for system in SYSTEMS[1:]:
            row[f"{OURS} - {system}"] = difference(values[OURS], values[system], events)
        table[name] = row
    return table


def evidence_recall(results: Sequence[Result]) -> float:
    """Return the share of expected facts that stand in the passages read, those of right documents only."""
    found = [
        held_by(forms, [text for document, text in result.read if document in result.gold["documents"]])
        for result in results
        if result.answerable
        for forms in result.gold["facts"]
    ]
    return sum(found) / len(found)
