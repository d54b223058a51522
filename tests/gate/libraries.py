"""Folders of texts -> libraries, kept in build/gate so that a text is embedded once."""

import hashlib
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus import SHIPPED
from index.embed import Embedder, load_embedder
from index.errors import CatalogDamaged, CatalogOutdated
from index.library import Library, State
from index.onnx_reader import load_packaged_reader
from index.question import Question
from index.reader import Reader
from index.retrieve import Hit, Terms

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "gate"
SHARED = ROOT.parent / "shared"
CORPORA = {
    "shipped": SHIPPED,
    **{name: Path(__file__).with_name(name) for name in ("news", "articles")},
    "seeds": SHARED / "seeds",
}
"""`news` and `articles` are made up for these questions, of invented people and events; the latter are others' work."""


def load_model() -> Embedder:
    """Load the packaged model as the program does, exported into build/models once."""
    return load_embedder(exports=KEPT.parent / "models")


@cache
def load_reader() -> Reader | None:
    """Load the packaged reader likewise."""
    return load_packaged_reader(KEPT.parent / "models")


def look_up(asked: Question, state: State, embedder: Embedder, k: int) -> tuple[Question, Terms, list[Hit]]:
    """Find passages for a question as the program does; see `State.look_up`."""
    return state.look_up(asked, lambda text: embedder.embed([text])[0], embedder, k)


def open_library(name: str, folder: Path, embedder: Embedder, kept: Path = KEPT) -> Library:
    """Open the library of a folder of texts, in step with it and with the code that reads and cuts them.

    Args:
        name: of the folder below `kept` in which it lies.
    """
    place = kept / name
    code, written = digest_of(sorted(path for part in ("corpus", "index") for path in (ROOT / part).glob("*.py"))), ""
    stamp = place / "code.sha256"
    if stamp.is_file():
        written = stamp.read_text(encoding="ascii")
    try:
        library = _in_step(place, folder, embedder, full=code != written)
    except (CatalogDamaged, CatalogOutdated):
        shutil.rmtree(place)
        library = _in_step(place, folder, embedder, full=True)
    stamp.write_text(code, encoding="ascii")
    return library


def copy_library(name: str, folder: Path, embedder: Embedder, to: Path) -> Library:
    """Open a copy of a kept library, to be written to."""
    open_library(name, folder, embedder).close()
    shutil.copytree(KEPT / name, to)
    return Library(to, lambda: embedder, load_reader=load_reader)


def digest_of(paths: Iterable[Path]) -> str:
    """Return the sha256 of files, names and contents, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _in_step(place: Path, folder: Path, embedder: Embedder, *, full: bool) -> Library:
    library = Library(place, lambda: embedder, load_reader=load_reader)
    library.reindex([folder], "evaluation", full=full)
    return library
