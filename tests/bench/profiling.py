"""Questions -> where their milliseconds go, function by function."""

import cProfile
import io
import pstats
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOP = 40
SHOWN = 12
PARTS = {
    "onnxruntime": "the model (ONNX Runtime)",
    "tokenizers": "the model (ONNX Runtime)",
    "faiss": "FAISS",
    "tantivy": "tantivy",
    "sqlite3": "SQLite",
    "sqlalchemy": "SQLAlchemy",
    "numpy": "numpy",
    "index/": "our own Python: index",
    "corpus/": "our own Python: corpus",
    "thread.lock": "waiting for another thread",
}
"""What stands in a function's file or name -> whose time it is; the first that fits."""
OTHERS = "Python's own functions"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one function takes of a question, in milliseconds: itself, and with all that it calls."""

    function: str
    calls: float
    own: float
    whole: float


@dataclass(frozen=True, slots=True)
class Profile:
    """Of an average question, in milliseconds; Python functions take more here than without the profiler.

    `parts` are the functions' own times, added up by whose they are; `top` are those that take most.
    """

    questions: int
    ms: float
    parts: dict[str, float]
    top: list[Spent]


def measure_profile(ask: Callable[[str], object], questions: Sequence[str], path: Path) -> Profile:
    """Profile questions, and write the functions that take most into a file."""
    profile = cProfile.Profile()
    with profile:
        for question in questions:
            ask(question)
    text = io.StringIO()
    stats: Any = pstats.Stats(profile, stream=text)
    stats.sort_stats("tottime").print_stats(TOP).sort_stats("cumulative").print_stats(TOP)
    path.write_text(f"{len(questions)} questions, all together\n{_without_folders(text.getvalue())}", encoding="utf-8")
    spent = [_spent(place, row, len(questions)) for place, row in stats.stats.items()]
    spent.sort(key=lambda one: -one.own)
    parts = _parts(stats.stats, len(questions))
    return Profile(len(questions), round(1000 * stats.total_tt / len(questions), 3), parts, spent[:SHOWN])


def _parts(stats: dict[tuple[str, int, str], tuple[Any, ...]], questions: int) -> dict[str, float]:
    """Add up own times by whose they are, most first."""
    found: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, _) in stats.items():
        where = f"{Path(file).as_posix()} {name}"
        found[next((part for mark, part in PARTS.items() if mark in where), OTHERS)] += own
    return {part: round(1000 * own / questions, 3) for part, own in found.most_common()}


def _spent(place: tuple[str, int, str], row: tuple[Any, ...], questions: int) -> Spent:
    _, calls, own, whole, _ = row
    file, _, name = place
    where = name if file == "~" else f"{Path(file).parent.name}/{Path(file).name}:{name}"
    return Spent(
        where, round(calls / questions, 1), round(1000 * own / questions, 3), round(1000 * whole / questions, 3)
    )


def _without_folders(text: str) -> str:
    """Name files from the project or from the packages on, whatever the machine."""
    root = f"{Path(__file__).resolve().parents[2]}/"
    packages = f"{Path(io.__file__).resolve().parent}/"
    return text.replace(root, "").replace(packages, "")
