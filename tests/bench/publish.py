"""Put what `make bench` measured into docs/performance.md, between its two marks, and its pictures beside it."""

import json
from pathlib import Path

from PIL import Image

if __package__ in (None, ""):
    import sys

    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.curves import PICTURES
from tests.bench.goals import Figures, verdicts
from tests.bench.sizes import KEPT, ROOT
from tests.bench.tables import goals_table, indexing_table, parts_table, profile_table, sizes_table

PAGE, SHOWN = ROOT / "docs" / "performance.md", ROOT / "docs" / "pictures"
BEGIN, END = "<!-- measured by make bench -->\n", "<!-- end of what was measured -->\n"
COLOURS = 64
PROFILED = ("70", "1000000")


def published(page: str, figures: Figures) -> str:
    """Return a page with its measured part made anew.

    Raises:
        ValueError: the page has no such part.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE.name} lacks the marks that the figures stand between")
    return f"{before}{begin}{_measured(figures)}{end}{after}"


def _measured(figures: Figures) -> str:
    machine, indexing = figures["machine"], figures["indexing"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    parts = [
        f"\nMeasured on {machine['at'][:10]} on {machine['cores']} cores, Python {machine['python']}, {versions}; load "
        f"{machine['load_at_start']:.1f} before and {machine['load_at_end']:.1f} after it; it took "
        f"{machine['minutes']:g} minutes, the libraries being there.\n",
        goals_table(verdicts(figures)),
        sizes_table(figures),
        *(f"![{words}](pictures/{name}.png)\n" for name, words in PICTURES.items()),
        f"Indexing {indexing['passages']:,} passages of {indexing['tokens']:,} tokens; the model's products run "
        f"at {indexing['gflops']:g} GFLOP/s here:\n",
        indexing_table(figures),
    ]
    for size in PROFILED:
        if "profile" in figures["sizes"].get(size, {}):
            one = figures["sizes"][size]
            parts.append(f"Where a question goes, {one['label']}, {one['profile']['ms']:.1f} ms under the profiler:\n")
            parts += [parts_table(one["profile"]), profile_table(one["profile"])]
    return "\n".join(parts) + "\n"


def _publish_picture(name: str) -> None:
    with Image.open(KEPT / f"{name}.png") as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(SHOWN / f"{name}.png", optimize=True)


def main() -> None:
    """Renew the page and its pictures."""
    figures = json.loads((KEPT / "bench.json").read_text(encoding="utf-8"))
    PAGE.write_text(published(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")
    for name in PICTURES:
        _publish_picture(name)


if __name__ == "__main__":
    main()
