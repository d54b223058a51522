"""Measure what everything takes at every size: `python tests/bench/bench.py [SIZE ...]`; `make bench SIZES="5 70"`.

A size below 1,000 counts shipped dossiers, from there on made-up passages. Writes figures, tables and pictures into
build/bench and prints how far the goals are met. A second run finds what the first has built.
"""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.checks import faults
from tests.bench.child import in_child
from tests.bench.curves import draw_all
from tests.bench.goals import verdicts
from tests.bench.measures import WORDS_UP_TO, Figures
from tests.bench.sizes import SIZES, Place, label
from tests.bench.starts import Command, ask_command, help_command, measure_starts, plain_command
from tests.bench.tables import goals_table, indexing_table, parts_table, profile_table, sizes_table

Measure = Callable[[str, int], Figures]
Commands = Callable[[int], dict[str, Command]]
AT_EACH_SIZE = ("opening", "serving", "plain", "recall", "profile", "adding")
"""`adding` comes last: it changes the library."""
LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "rank-bm25", "sentence-transformers", "tantivy", "torch")
QUIET_LOAD = 0.5
PLAIN_TRIES = {70: 3}
"""How often the plain bot is started, whose start is a goal's measure at one size only; once elsewhere."""


def run(sizes: Sequence[int], place: Place, measure: Measure, commands: Commands) -> Figures:
    """Measure every size, and indexing, once everything is built; `minutes` are those after that."""
    figures: Figures = {"machine": machine(), "failed": [], "sizes": {}}
    for size in sizes:
        with _going_on(f"{size} build_all", figures["failed"]):
            figures["sizes"][str(size)] = {"label": label(size), **_told("build_all", size, measure)}
    begin = time.perf_counter()
    with _going_on("indexing", figures["failed"]):
        figures["indexing"] = _told("indexing", sizes[0], measure)
    for size in [size for size in sizes if str(size) in figures["sizes"]]:
        found = figures["sizes"][str(size)]
        for name in AT_EACH_SIZE:
            with _going_on(f"{size} {name}", figures["failed"]):
                found[name] = _told(name, size, measure)
        with _going_on(f"{size} starts", figures["failed"]):
            starts = measure_starts(commands(size), place.root)
            figures.setdefault("help", asdict(starts.pop("help")))
            found["starts"] = {name: asdict(one) for name, one in starts.items()}
    figures["machine"] |= {"load_at_end": os.getloadavg()[0], "minutes": round((time.perf_counter() - begin) / 60, 1)}
    figures["goals"] = [asdict(one) for one in verdicts(figures)]
    return figures


def write(figures: Figures, folder: Path) -> str:
    """Write bench.json, table.md and the pictures; the tables."""
    (folder / "bench.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    profiles = [
        f"{one['label']}, {one['profile']['ms']} ms under the profiler:\n\n{parts_table(one['profile'])}\n"
        f"{profile_table(one['profile'])}"
        for one in figures["sizes"].values()
        if "profile" in one
    ]
    tables = [sizes_table(figures), indexing_table(figures), goals_table(verdicts(figures))]
    (folder / "table.md").write_text("\n".join(tables), encoding="utf-8")
    (folder / "profiles.md").write_text("\n".join(profiles), encoding="utf-8")
    draw_all(figures, folder)
    return "\n".join(tables)


def machine() -> Figures:
    """Say on what was measured, and when."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
        "load_at_start": os.getloadavg()[0],
    }


def commands_of(place: Place, size: int) -> dict[str, Command]:
    """Return the commands that are started at a size."""
    options = () if size <= WORDS_UP_TO else ("--without-bm25",)
    tries = PLAIN_TRIES.get(size, 1)
    return {
        "help": help_command(),
        "ask": ask_command(place.data(size)),
        "plain": plain_command(place.plain(size), *options, tries=tries),
    }


@contextmanager
def _going_on(name: str, failed: list[str]) -> Iterator[None]:
    """Note a measurement that failed, whose child has said why, and go on with the next."""
    try:
        yield
    except (subprocess.CalledProcessError, RuntimeError) as error:
        print(f"{name} failed: {error}", file=sys.stderr)
        failed.append(name)


def _told(name: str, size: int, measure: Measure) -> Figures:
    begin = time.perf_counter()
    figures = measure(name, size)
    print(f"{size:>9,} {name:<10} {time.perf_counter() - begin:6.1f} s", file=sys.stderr)
    return figures


def main() -> None:
    """Measure the sizes that are named, or all."""
    sizes = sorted({int(word) for word in sys.argv[1:]}) or list(SIZES)
    place = Place()
    place.root.mkdir(parents=True, exist_ok=True)
    figures = run(sizes, place, partial(in_child, place), partial(commands_of, place))
    print(write(figures, place.root))
    wrong = [*(f"{name}: it failed" for name in figures["failed"]), *faults(figures)]
    for fault in wrong:
        print(f"wrong: {fault}", file=sys.stderr)
    if figures["machine"]["load_at_start"] > QUIET_LOAD:
        print("Other work was running: trust ratios and processor time, not the clock.", file=sys.stderr)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
