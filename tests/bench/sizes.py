"""A size -> the library that is measured at it, kept in build/bench so that it is made once.

Up to a thousand a size counts shipped dossiers; from there on it counts passages, made up by `made_up.py`, in which the
shipped dossiers lie as well, so that questions have their answers.
"""

import json
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import SHIPPED
from corpus.readers import list_files
from index.chunk import CHUNKER
from index.embed import Embedder
from index.library import Library
from index.schema import SCHEMA
from tests.bench.made_up import make
from tests.bench.questions import most_asked_of
from tests.gate.libraries import digest_of, open_library

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "bench"
PASSAGES_FROM = 1_000
SIZES = (5, 70, 10_000, 100_000, 1_000_000)
STAMP = "bench.json"
ACTOR = "bench"


@dataclass(frozen=True, slots=True)
class Place:
    """Where everything that the bench makes is kept."""

    root: Path = KEPT

    def data(self, size: int) -> Path:
        """Name the folder of a size's library."""
        return self.root / f"data-{size}"

    def plain(self, size: int) -> Path:
        """Name the folder of what the plain bot reads at a size."""
        return self.root / f"plain-{size}"

    @property
    def models(self) -> Path:
        """Name the folder of exported models that all sizes share."""
        return self.root / "models"


def build(size: int, place: Place, embedder: Embedder) -> float:
    """Make the library of a size where it is missing or was made by other code; seconds that it took."""
    begin = time.perf_counter()
    if size >= PASSAGES_FROM:
        _build_made_up(size, place.data(size), embedder)
    else:
        open_library(place.data(size).name, _documents(size, place), embedder, place.root).close()
    models = place.data(size) / "models"
    if place.models.is_dir() and not models.exists():
        models.symlink_to(place.models.resolve(), target_is_directory=True)
    return time.perf_counter() - begin


def label(size: int) -> str:
    """Say what a size is of."""
    if size >= PASSAGES_FROM:
        return f"{size:,} passages"
    return f"{min(size, len(list_files(SHIPPED)))} documents"


def _documents(size: int, place: Place) -> Path:
    """Lay the dossiers of a size, those that most questions are about, into a folder of their own."""
    paths = {path.stem: path for path in list_files(SHIPPED)}
    if size >= len(paths):
        return SHIPPED
    folder = place.root / f"documents-{size}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in [name for name in most_asked_of() if name in paths][:size]:
        shutil.copy(paths[name], folder)
    return folder


def _build_made_up(size: int, data: Path, embedder: Embedder) -> None:
    made_by = json.dumps({"schema": SCHEMA, "chunker": CHUNKER, "model": embedder.digest, "code": _code()})
    stamp = data / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != made_by:
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        make(data, size, embedder)
    # The dossiers as well, so that questions have their answers; a change of these alone is made up for here.
    library = Library(data, lambda: embedder)
    summary = library.reindex([SHIPPED], ACTOR)
    library.warm_up()
    library.close()
    if summary.added or summary.changed or summary.removed:
        stamp.write_text(made_by, encoding="ascii")  # newer now than what was made from the library before


def _code() -> str:
    """Digest what decides how a made-up catalog looks."""
    return digest_of([Path(__file__).with_name("made_up.py")])
