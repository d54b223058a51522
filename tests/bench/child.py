"""One measurement in a process of its own, so that none finds the memory of another: `child.py MEASURE SIZE FOLDER`.

Prints its figures as one line of JSON, the last of its standard output.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.made_up import REAL_VECTORS
from tests.bench.measures import MEASURES, Figures, Work
from tests.bench.sizes import Place
from tests.bench.tools import RealTools

SETTINGS = ("PURGEBOT_", "DISCORD_")


def in_child(place: Place, measure: str, size: int) -> Figures:
    """Run a measurement in a child process.

    Raises:
        CalledProcessError: it failed; what it said of it stands above.
    """
    words = [sys.executable, str(Path(__file__)), measure, str(size), str(place.root)]
    given = {name: value for name, value in os.environ.items() if name == REAL_VECTORS or not name.startswith(SETTINGS)}
    ended = subprocess.run(words, env=given, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(ended.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Measure what the command line names."""
    measure, size, folder = sys.argv[1:]
    place = Place(Path(folder))
    print(json.dumps(MEASURES[measure](Work(place, int(size), RealTools(place)))), flush=True)


if __name__ == "__main__":
    main()
