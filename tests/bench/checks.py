"""Figures -> what cannot be true of them, whatever the machine: a sign that the bench itself is wrong."""

from collections.abc import Iterator

from tests.bench.goals import Figures

MOST_SHARE = 1.2
"""Of the limit: another library's products may be a little faster than numpy's, not much."""
NEEDED = {"serving", "plain", "recall", "adding"}
SHARES = ("reindex_share", "embed_share", "plain_share")
STAGES = ("embed", "search", "answer")


def faults(figures: Figures) -> list[str]:
    """List what is wrong, by measurement."""
    found = [
        f"indexing: {name} is {figures['indexing'][name]:g}, which is no share"
        for name in SHARES
        if "indexing" in figures and not 0 < figures["indexing"][name] <= MOST_SHARE
    ]
    for size, one in figures["sizes"].items():
        if one.keys() >= NEEDED:
            found += [f"{size} {fault}" for fault in _of_size(one)]
    return found


def _of_size(one: Figures) -> Iterator[str]:
    stages, plain = one["serving"]["stages"], one["plain"]["stages"]
    if not all(0 <= stages[part]["p50"] <= stages["total"]["p95"] for part in STAGES):
        yield "serving: a stage takes longer than the whole"
    if plain["answered"] != plain["questions"] or not 0 <= stages["answered"] <= stages["questions"]:
        yield "serving: questions were left without an answer"
    if not 0 <= one["recall"]["worst"] <= one["recall"]["at_10"] <= 1:
        yield "recall: it is no share"
    if not one["adding"]["found"]:
        yield "adding: what was added is not found"
    if one["plain"]["passages"] != one["passages"]:
        yield "plain: it holds other passages"
