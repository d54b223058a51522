"""Figures -> pictures: what a question costs by size, by stage and by askers; memory by size."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from tests.bench.goals import Figures

OURS, BARE, PLAIN, FAINT = "#3b5bdb", "#222222", "#e8590c", "#adb5bd"
STAGE_COLOURS = {"embed": "#91a7ff", "search": "#3b5bdb", "answer": "#1c2b6b", "rest": "#adb5bd"}
WIDTH_INCHES, HEIGHT_INCHES, DPI = 11, 4.6, 100
LEGEND_ROOM = 1.4
PLAIN_NUMBERS = FuncFormatter(lambda value, _place: f"{value:,g}" if value < 1e6 else f"{value:,.0f}")
PICTURES = {
    "bench-cost": "Two charts by the number of passages: milliseconds of a question, memory while serving",
    "bench-askers": "Two charts: the stages of a question at each size; answers a second by the number of askers",
}


def draw_all(figures: Figures, folder: Path) -> list[Path]:
    """Draw every picture into a folder; their files."""
    sizes = [one for one in figures["sizes"].values() if "serving" in one]
    return [
        _drawn(folder / "bench-cost.png", [lambda axes: _cost(axes, sizes), lambda axes: _memory(axes, sizes)]),
        _drawn(folder / "bench-askers.png", [lambda axes: _stages(axes, sizes), lambda axes: _askers(axes, sizes)]),
    ]


def _drawn(path: Path, panels: Sequence[Callable[[Axes], None]]) -> Path:
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    for axes, draw in zip(figure.subplots(1, len(panels)), panels, strict=True):
        draw(axes)
        axes.grid(color=FAINT, alpha=0.4)
        axes.set_axisbelow(True)
        if axes.get_legend_handles_labels()[1]:
            axes.legend(frameon=False, loc="upper left")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    return path


def _cost(axes: Axes, sizes: Sequence[Figures]) -> None:
    """Draw milliseconds of a question against passages."""
    _line(axes, sizes, ("serving", "stages", "total", "p50"), OURS, "question, median")
    _line(axes, sizes, ("serving", "stages", "total", "p95"), OURS, "question, p95", ":")
    _line(axes, sizes, ("serving", "stages", "bare", "p50"), BARE, "bare embedding call")
    _line(axes, sizes, ("plain", "stages", "total", "p50"), PLAIN, "plain bot's question")
    _line(axes, sizes, ("plain", "stages", "embed", "p50"), PLAIN, "plain bot's embedding call", ":")
    _on_logarithms(axes)
    axes.set(xlabel="passages", ylabel="ms", title="What a question costs")


def _memory(axes: Axes, sizes: Sequence[Figures]) -> None:
    """Draw memory against passages."""
    _line(axes, sizes, ("serving", "memory", "own"), OURS, "Purgebot, mapped files apart")
    _line(axes, sizes, ("serving", "memory", "resident"), OURS, "Purgebot, mapped files included", ":")
    _line(axes, sizes, ("plain", "memory", "resident"), PLAIN, "plain bot")
    _on_logarithms(axes)
    axes.set(xlabel="passages", ylabel="MB", title="Memory while serving")


def _stages(axes: Axes, sizes: Sequence[Figures]) -> None:
    """Draw the median of each stage, one on the other, a bar a size."""
    bottoms = [0.0] * len(sizes)
    for stage, colour in STAGE_COLOURS.items():
        heights = [one["serving"]["stages"][stage]["p50"] for one in sizes]
        axes.bar([one["label"] for one in sizes], heights, 0.6, bottoms, color=colour, label=stage)
        bottoms = [low + height for low, height in zip(bottoms, heights, strict=True)]
    axes.set(ylabel="ms", title="Stages of a question, medians", ylim=(0, LEGEND_ROOM * max(bottoms)))
    axes.tick_params(axis="x", labelrotation=20)


def _askers(axes: Axes, sizes: Sequence[Figures]) -> None:
    """Draw answers a second against askers, a line a size."""
    for place, one in enumerate(sizes):
        levels = one["serving"]["askers"]["threads"]
        strength = 0.3 + 0.7 * (place + 1) / len(sizes)
        axes.plot(
            [level["askers"] for level in levels], [level["per_second"] for level in levels], "o-",
            color=OURS, alpha=strength, label=one["label"],
        )  # fmt: skip
    axes.set_xscale("log", base=2)
    axes.xaxis.set_major_formatter(PLAIN_NUMBERS)
    most = max(level["per_second"] for one in sizes for level in one["serving"]["askers"]["threads"])
    axes.set(xlabel="askers at once", ylabel="answers a second", title="Many askers", ylim=(0, LEGEND_ROOM * most))


def _on_logarithms(axes: Axes) -> None:
    """Use logarithmic scales with whole numbers, and leave room for the legend."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    axes.set_ylim(low, high * (high / low) ** (LEGEND_ROOM - 1))
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PLAIN_NUMBERS)
        axis.set_minor_formatter(NullFormatter())


def _line(
    axes: Axes, sizes: Sequence[Figures], path: tuple[str, ...], colour: str, name: str, style: str = "-"
) -> None:
    """Draw one figure against passages, where it was measured."""
    points = [(one["passages"], value) for one in sizes if (value := _down(one, path)) is not None]
    if points:
        axes.plot(*zip(*points, strict=True), f"o{style}", color=colour, label=name)


def _down(found: Any, path: Sequence[str]) -> Any:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found
