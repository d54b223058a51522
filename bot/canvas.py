"""A dark sheet, 1080 pixels wide, on which one writes and draws in pixels from its top; as high as it needs to be.

The only user of matplotlib, and only of its parts that keep no global state: pictures may be drawn in any thread.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

from matplotlib import get_data_path
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle as Disc
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from bot.placing import Box, Circle

BACKGROUND, BAND = "#313338", "#2b2d31"
"""Discord's dark theme: behind messages, and behind an embed."""
INK, MUTED, FAINT = "#f2f3f5", "#c4c9ce", "#4a4d55"
KNOWN, UNKNOWN, ON_KNOWN = "#a9b6ff", "#f0b232", "#1e1f22"
POINTS_PER_INCH = 72
"""Resolution at which a point is a pixel."""
LACKING = "□"
Sheet = Figure
"""What has been drawn, ready to be saved."""


class Canvas:
    """Collects what is drawn until `finish` knows how high the sheet is."""

    WIDTH: ClassVar[float] = 1080.0

    def __init__(self) -> None:
        self._artists: list[Artist] = []
        self._bottom = 0.0
        self._flip = Affine2D()
        canvas: Any = FigureCanvasAgg(Figure(dpi=POINTS_PER_INCH))  # its get_renderer has no types
        self._renderer = canvas.get_renderer()

    def finish(self, margin: float) -> Sheet:
        """Make the sheet, with a margin below the lowest thing on it."""
        height = round(self._bottom + margin)
        figure = Figure(figsize=(self.WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH)
        figure.set_facecolor(BACKGROUND)
        FigureCanvasAgg(figure)
        self._flip.scale(1, -1).translate(0, height)
        for artist in self._artists:
            figure.add_artist(artist)
        return figure

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure a line of text."""
        width, _, _ = self._renderer.get_text_width_height_descent(drawable(text), _font(size, bold), False)
        return float(width)

    def wrap(self, text: str, width: float, size: float, most: int) -> list[str]:
        """Break a text into at most so many lines; what goes beyond is cut, marked by three dots."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width_of(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        shown = lines[:most]
        if len(lines) > most:
            shown[-1] += " ..."
        return [self._cut(line, width, size) for line in shown]

    def _cut(self, line: str, width: float, size: float) -> str:
        while self.width_of(line, size) > width:
            line = f"{line.removesuffix('...').rstrip()[:-1]}..."
        return line

    def write(
        self, x: float, top: float, text: str, size: float, *,
        bold: bool = False, muted: bool = False, halo: bool = False, align: Literal["left", "center"] = "left",
    ) -> None:  # fmt: skip
        """Write a line of text, its left end or middle at x; a halo keeps it clear of lines below it."""
        if text:
            written = self._text(x, top + size, text, size, bold, MUTED if muted else INK, align, "baseline")
            written.set_path_effects([withStroke(linewidth=6, foreground=BAND)] if halo else [])
            self._bottom = max(self._bottom, top + size * 1.3)

    def bubble(self, circle: Circle, text: str, size: float, *, known: bool) -> None:
        """Draw an event: filled with its number if its size is known, hollow if not."""
        look = _Look(KNOWN, KNOWN, ON_KNOWN) if known else _Look(BACKGROUND, UNKNOWN, UNKNOWN)
        self._add(Disc((circle.x, circle.y), circle.radius - 1.5, facecolor=look.face, edgecolor=look.edge, linewidth=3,
                       zorder=4))  # fmt: skip
        if text:
            self._text(circle.x, circle.y, text, size, True, look.text, "center", "center_baseline")
        self._bottom = max(self._bottom, circle.y + circle.radius)

    def span(self, box: Box, *, known: bool) -> None:
        """Draw how long an event lasted."""
        if box.right > box.left:
            middle = (box.top + box.bottom) / 2
            self._line(box.left, middle, box.right, middle, KNOWN if known else UNKNOWN, box.bottom - box.top, 3)

    def tie(self, x: float, y: float, end_x: float, end_y: float) -> None:
        """Tie the marks of one event together."""
        self._line(x, y, end_x, end_y, "#80848e", 2, 2)

    def rule(self, x: float, y: float, end_x: float, end_y: float) -> None:
        """Draw a line of the grid."""
        self._line(x, y, end_x, end_y, FAINT, 2, 1)

    def band(self, left: float, top: float, right: float, bottom: float) -> None:
        """Set a row off from its neighbours."""
        self._add(Rectangle((left, top), right - left, bottom - top, facecolor=BAND, linewidth=0, zorder=0))
        self._bottom = max(self._bottom, bottom)

    def _line(self, x: float, y: float, end_x: float, end_y: float, colour: str, width: float, order: int) -> None:
        self._add(Line2D([x, end_x], [y, end_y], color=colour, linewidth=width, zorder=order))

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        bold: bool,
        colour: str,
        align: Literal["left", "center"],
        upright: Literal["baseline", "center_baseline"],
    ) -> Text:
        written = Text(x, y, drawable(text), fontproperties=_font(size, bold), color=colour, parse_math=False,
                       horizontalalignment=align, verticalalignment=upright, zorder=5)  # fmt: skip
        self._add(written)
        return written

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._flip)
        self._artists.append(artist)


@dataclass(frozen=True, slots=True)
class _Look:
    face: str
    edge: str
    text: str


def drawable(text: str) -> str:
    """Put a box for each character that the font lacks; matplotlib would warn of it."""
    lacking = {mark for mark in set(text) if not _face().get_char_index(ord(mark))}
    return "".join(LACKING if mark in lacking else mark for mark in text)


def _font(size: float, bold: bool) -> FontProperties:
    return FontProperties(fname=_file("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size=size)


def _file(name: str) -> str:
    """Find a font that comes with matplotlib: the same letters on every machine."""
    return str(Path(get_data_path()) / "fonts" / "ttf" / name)


@cache
def _face() -> FT2Font:
    return FT2Font(_file("DejaVuSans-Bold.ttf"))
