"""Figures -> how far each goal is met."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]
Read = Callable[[Figures], float]
SMALL, LARGE = "70", "1000000"
"""The sizes that the goals speak of."""
MANY, ONE = 32, 1


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit for one figure: at most `limit`, or at least where `at_least` says so."""

    what: str
    read: Read
    limit: float
    unit: str
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A goal and what was measured; `figure` is None where it was not."""

    what: str
    figure: float | None
    goal: str
    met: bool | None


def of_size(size: str, *path: str) -> Read:
    """Return what reads a figure of one size."""
    return lambda figures: float(_down(figures["sizes"][size], path))


def overall(*path: str) -> Read:
    """Return what reads a figure that belongs to no size."""
    return lambda figures: float(_down(figures, path))


def _down(found: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        found = found[name]
    return found


def gain_of_many(size: str) -> Read:
    """Return what reads how many times the answers of one asker many askers get."""

    def read(figures: Figures) -> float:
        levels = {one["askers"]: one["per_second"] for one in figures["sizes"][size]["serving"]["askers"]["threads"]}
        return float(levels[MANY] / levels[ONE])

    return read


def times_faster(size: str) -> Read:
    """Return what reads how many times sooner `purgebot ask` has its answer than the plain bot."""

    def read(figures: Figures) -> float:
        starts = figures["sizes"][size]["starts"]
        return float(starts["plain"]["seconds"] / starts["ask"]["seconds"])

    return read


STAGES = ("serving", "stages")
LOOP = ("serving", "askers", "loop_ms")
GOALS = (
    Goal("question to bare embedding call, 70 documents", of_size(SMALL, *STAGES, "to_bare"), 2, "×"),
    Goal("question to bare embedding call, 10⁶ passages", of_size(LARGE, *STAGES, "to_bare"), 3, "×"),
    Goal("p95 to p50 of a question, 70 documents", of_size(SMALL, *STAGES, "p95_to_p50"), 2, "×"),
    Goal("p95 to p50 of a question, 10⁶ passages", of_size(LARGE, *STAGES, "p95_to_p50"), 2, "×"),
    Goal("recall@10 of exact search, 10⁶ passages", of_size(LARGE, "recall", "at_10"), 0.98, "", at_least=True),
    Goal("`purgebot ask`, start to answer, 70 documents", of_size(SMALL, "starts", "ask", "seconds"), 2.5, "s"),
    Goal("the same, times faster than the plain bot", times_faster(SMALL), 4, "×", at_least=True),
    Goal("`purgebot --help`", overall("help", "seconds"), 0.4, "s"),
    Goal("serving memory, 70 documents", of_size(SMALL, "serving", "memory", "own"), 350, "MB"),
    Goal("serving memory, 10⁶ passages", of_size(LARGE, "serving", "memory", "own"), 1500, "MB"),
    Goal("opening 10⁶ passages", of_size(LARGE, "opening", "from_memory_s"), 3, "s"),
    Goal("adding a source beyond embedding, 10⁶ passages", of_size(LARGE, "adding", "add", "rest"), 2, "s"),
    Goal("answers to 32 askers to those to one, 70 documents", gain_of_many(SMALL), 3, "×", at_least=True),
    Goal("answers to 32 askers to those to one, 10⁶ passages", gain_of_many(LARGE), 3, "×", at_least=True),
    Goal("the bot's event loop late by at most, 70 documents", of_size(SMALL, *LOOP), 20, "ms"),
    Goal("the bot's event loop late by at most, 10⁶ passages", of_size(LARGE, *LOOP), 20, "ms"),
    Goal("bulk indexing, share of the matmul limit", overall("indexing", "reindex_share"), 0.8, "", at_least=True),
    Goal("embedding in bulk, share of the matmul limit", overall("indexing", "embed_share"), 0.8, "", at_least=True),
)


def verdicts(figures: Figures) -> list[Verdict]:
    """Compare every goal with what was measured."""
    return [_verdict(goal, figures) for goal in GOALS]


def _verdict(goal: Goal, figures: Figures) -> Verdict:
    asked = f"{'≥' if goal.at_least else '≤'} {goal.limit:g} {goal.unit}".rstrip()
    try:
        figure = goal.read(figures)
    except KeyError:
        return Verdict(goal.what, None, asked, None)
    met = figure >= goal.limit if goal.at_least else figure <= goal.limit
    return Verdict(goal.what, round(figure, 3), asked, met)
