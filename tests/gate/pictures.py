"""Results -> a picture: risk against coverage, and confidence against what holds."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from index.refusal import ANSWERED_CONFIDENCE
from tests.gate.gold import Result
from tests.gate.risk import calibration_error, is_right, reliability, risk_coverage

INK, LINE, FAINT, MARK = "#222222", "#3b5bdb", "#adb5bd", "#e8590c"
WIDTH_INCHES, HEIGHT_INCHES, DPI = 11, 4.6, 110


def draw(results: Sequence[Result], path: Path, title: str) -> None:
    """Draw both curves of some questions into a PNG file."""
    figure = Figure(figsize=(WIDTH_INCHES, HEIGHT_INCHES), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    figure.suptitle(title)
    draw_risk(left, results)
    draw_reliability(right, results)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def draw_risk(axes: Axes, results: Sequence[Result]) -> None:
    """Draw the share of wrong answers at every share of questions answered, and where the threshold stands."""
    curve = risk_coverage([one.answer.confidence for one in results], [is_right(one) for one in results])
    axes.step(curve.coverage, curve.risk, where="post", color=LINE)
    place = sum(one >= ANSWERED_CONFIDENCE for one in curve.threshold) - 1
    if place >= 0:
        x, y = curve.coverage[place], curve.risk[place]
        axes.plot([x], [y], "o", color=MARK)
        note = f"threshold {ANSWERED_CONFIDENCE}: {y:.0%} wrong\nof {x:.0%} answered"
        axes.annotate(note, (x, y), xytext=(-12, 14), textcoords="offset points", ha="right", color=INK)
    best = sum(is_right(one) for one in results) / len(results)
    axes.axvline(best, color=FAINT, linestyle=":")
    axes.annotate(
        "all that can be\nanswered rightly", (best, 0.02), xytext=(5, 0), textcoords="offset points", color=INK
    )
    axes.set(xlabel="share of questions answered", ylabel="share of these wrong", xlim=(0, 1), ylim=(0, None))
    axes.set_title(f"Risk and coverage, area {curve.area:.3f}")


def draw_reliability(axes: Axes, results: Sequence[Result]) -> None:
    """Draw the share that the corpus answers against the confidence, in ten bins, with how many are in each."""
    bins = reliability([one.answer.confidence for one in results], [one.answerable for one in results])
    axes.plot([0, 1], [0, 1], color=FAINT, linestyle=":")
    axes.plot([one.confidence for one in bins], [one.answerable for one in bins], "o-", color=LINE)
    for one in bins:
        axes.annotate(
            str(one.count), (one.confidence, one.answerable), xytext=(6, -12), textcoords="offset points", color=INK
        )
    axes.set(xlabel="confidence", ylabel="share that the corpus answers", xlim=(0, 1), ylim=(-0.05, 1.05))
    axes.set_title(f"Calibration, mean error {calibration_error(bins):.3f}")
