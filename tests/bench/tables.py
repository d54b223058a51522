"""Figures -> Markdown tables: what each size costs, and the goals."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.bench.goals import Figures, Verdict

Cell = Callable[[Figures], Any]
NOT_MEASURED = "–"


def spread_of(*path: str) -> Cell:
    """Return what reads median and p95."""

    def read(figures: Figures) -> str:
        found = _down(figures, path)
        return f"{_short(found['p50'])} / {_short(found['p95'])}"

    return read


def number_of(*path: str) -> Cell:
    """Return what reads a number."""
    return lambda figures: _short(_down(figures, path))


def askers_of(many: int, way: str = "threads") -> Cell:
    """Return what reads the answers a second and the p95 of so many askers."""

    def read(figures: Figures) -> str:
        found = next(one for one in figures["serving"]["askers"][way] if one["askers"] == many)
        return f"{_short(found['per_second'])} / {_short(found['ms']['p95'])}"

    return read


STAGES = ("serving", "stages")
ROWS: tuple[tuple[str, Cell], ...] = (
    ("documents", number_of("documents")),
    ("passages", number_of("passages")),
    ("question, p50 / p95, ms", spread_of(*STAGES, "total")),
    ("of it embedding", spread_of(*STAGES, "embed")),
    ("of it search", spread_of(*STAGES, "search")),
    ("of it reading and composing", spread_of(*STAGES, "answer")),
    ("the rest: opening a state, checking claims again", spread_of(*STAGES, "rest")),
    ("bare embedding call, ms", spread_of(*STAGES, "bare")),
    ("question to bare call, clock", number_of(*STAGES, "to_bare")),
    ("question to bare call, processor time", number_of(*STAGES, "to_bare_cpu")),
    ("plain bot: question, ms", spread_of("plain", "stages", "total")),
    ("plain bot: its embedding call alone, ms", spread_of("plain", "stages", "embed")),
    ("`purgebot ask`, start to answer, s", number_of("starts", "ask", "seconds")),
    ("plain bot: start to answer, s", number_of("starts", "plain", "seconds")),
    ("memory, mapped files apart, MB", number_of("serving", "memory", "own")),
    ("mapped files in memory, MB", number_of("serving", "memory", "mapped")),
    ("memory after 64 askers, mapped included, MB", number_of("serving", "memory_after_askers", "resident")),
    ("plain bot: memory, MB", number_of("plain", "memory", "resident")),
    ("opening, from memory, s", number_of("opening", "from_memory_s")),
    ("opening, from disk, s", number_of("opening", "from_disk_s")),
    ("first question, from memory, ms", number_of("opening", "first_question_from_memory_ms")),
    ("first question, from disk, ms", number_of("opening", "first_question_from_disk_ms")),
    ("plain bot: opening, s", number_of("plain", "open_s")),
    ("adding a source, beyond embedding, s", number_of("adding", "add", "rest")),
    ("embedding it before, in its preview, s", number_of("adding", "preview", "embedding")),
    ("first question after it, ms", lambda figures: _short(1000 * figures["adding"]["first_question"]["total"])),
    ("removing it, s", number_of("adding", "remove", "total")),
    ("plain bot: adding it, beyond embedding, s", number_of("plain", "add_s")),
    ("recall@10 of exact search, mean", number_of("recall", "at_10")),
    ("the same, worst question", number_of("recall", "worst")),
    ("its vector search alone, ms", spread_of("recall", "ms")),
    ("FAISS Flat alone, ms", spread_of("recall", "exact_ms")),
    ("1 asker: answers a second / p95 ms", askers_of(1)),
    ("8 askers", askers_of(8)),
    ("32 askers", askers_of(32)),
    ("64 askers", askers_of(64)),
    ("1 asker by the bot's own threads", askers_of(1, "bot")),
    ("64 askers by the bot's own threads", askers_of(64, "bot")),
    ("the bot's event loop late by at most, ms", number_of("serving", "askers", "loop_ms")),
    ("making the library ready, s", number_of("build_s")),
)
INDEXING: tuple[tuple[str, str], ...] = (
    ("limit by matrix products", "limit"),
    ("reindexing", "reindex"),
    ("of it embedding alone", "embed"),
    ("plain bot's embedding", "plain"),
)


def sizes_table(figures: Figures) -> str:
    """Lay out what each size costs, a column a size."""
    sizes = list(figures["sizes"].values())
    rows = [[name, *(_cell(read, one) for one in sizes)] for name, read in ROWS]
    return _table(["", *(one["label"] for one in sizes)], rows)


def indexing_table(figures: Figures) -> str:
    """Lay out the rates of indexing."""
    found = figures.get("indexing", {})
    rows = [[name, _short(found.get(key)), _percent(found.get(f"{key}_share", 1.0))] for name, key in INDEXING]
    return _table(["", "tokens a second", "share of the limit"], rows)


def goals_table(found: Sequence[Verdict]) -> str:
    """Lay out the goals."""
    words = {True: "met", False: "**not met**", None: "not measured"}
    rows = [[one.what, _short(one.figure), one.goal, words[one.met]] for one in found]
    return _table(["", "figure", "goal", ""], rows)


def parts_table(figures: Figures) -> str:
    """Lay out whose time a question is, of one size."""
    whole = sum(figures["parts"].values())
    rows = [[part, _short(ms), _percent(ms / whole)] for part, ms in figures["parts"].items()]
    return _table(["", "ms", "share"], rows)


def profile_table(figures: Figures) -> str:
    """Lay out the functions that take most of a question, of one size."""
    rows = [[f"`{one['function']}`", one["calls"], one["own"], one["whole"]] for one in figures["top"]]
    return _table(
        ["function", "calls", "own ms", "ms with all it calls"], [[str(cell) for cell in row] for row in rows]
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"


def _cell(read: Cell, figures: Figures) -> str:
    try:
        return str(read(figures))
    except (KeyError, StopIteration):
        return NOT_MEASURED


def _down(found: Any, path: Sequence[str]) -> Any:
    for name in path:
        found = found[name]
    return found


def _short(number: float | None) -> str:
    """Write a number in three digits, or whole."""
    if number is None:
        return NOT_MEASURED
    if number == int(number) or abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.{2 if abs(number) < 10 else 1}f}" if abs(number) >= 0.1 else f"{number:.3f}"


def _percent(share: float) -> str:
    return f"{share:.0%}"
