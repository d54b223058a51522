"""An engine that is killed at any step of a change is whole at once afterwards, before the change or after it."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import index
from corpus.readers import read_file
from index.catalog import SHARED, Catalog
from index.engine import LocalEngine
from index.library import Library
from tests.conftest import HashedWords

ROOT = Path(index.__file__).parents[1]
LINE = "Facebook removed {number} pages of kite makers on Tuesday, said club {number} of the {kind} makers. " * 5
CHILD = """
import os, sys
from pathlib import Path
from index import dense, lexical, manifest, slots
from index.catalog import Catalog
from index.engine import LocalEngine

owner, name, calls_first = {
    "vectors are written": (slots.SlotChange, "_write", True),
    "rows are written": (slots, "_write_rows", True),
    "it is announced": (manifest, "announce", True),
    "the words are committed": (lexical.LexicalIndex, "view", False),
    "files are deleted": (dense.DenseIndex, "tidy", False),
}[sys.argv[1]]
engine = LocalEngine(Path(sys.argv[3]), "", "hashed-words-1", 64)
step = getattr(owner, name)

def die(*args):
    calls_first and step(*args)
    os.kill(os.getpid(), 9)

setattr(owner, name, die)
engine.catch_up(Catalog.in_file(Path(sys.argv[2])))
"""
STEPS = [
    "vectors are written", "rows are written", "it is announced", "the words are committed", "files are deleted",
]  # fmt: skip
Found = tuple[int, list[int], list[tuple[float, int]]]


@dataclass(frozen=True)
class Built:
    """A catalog, the folder of an engine that lacks its last changes, and what is found before and after them."""

    catalog: Path
    engine: Path
    before: Found
    after: Found


def article(folder: Path, kind: str, lines: int) -> Path:
    path = folder / f"{kind}.txt"
    path.write_text("\n\n".join(LINE.format(number=number, kind=kind) for number in range(lines)), encoding="utf-8")
    return path


def open_engine(folder: Path) -> LocalEngine:
    return LocalEngine(folder, SHARED, HashedWords.digest, HashedWords.dimension)


def found(engine: LocalEngine) -> Found:
    view = engine.view()
    near = view.nearest(np.full(64, 1 / 8, np.float32), 1000)
    return view.revision, sorted(row for _, row in near), view.matching("kites of paper and of silk", 1000)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("killed")
    library = Library(place / "data", HashedWords)
    for kind in ("paper", "silk"):
        library.add(read_file(article(place, kind, 120)), "f", "test")
    engine = open_engine(place / "engine")
    engine.catch_up(library._catalog)
    before = found(engine)
    library.remove("paper", "test")
    library.add(read_file(article(place, "bamboo", 90)), "f", "test")
    shutil.copytree(place / "engine", place / "caught up")
    engine = open_engine(place / "caught up")
    engine.catch_up(library._catalog)
    library.close()
    assert len(before[1]) > 150
    return Built(place / "data" / "catalog.sqlite", place / "engine", before, found(engine))


def kill(step: str, catalog: Path, folder: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", CHILD, step, str(catalog), str(folder)], check=False, cwd=ROOT)
    assert ended.returncode == -9


@pytest.mark.parametrize("step", STEPS)
def test_one_whole_state_is_there_without_building_it_again(built: Built, tmp_path: Path, step: str) -> None:
    folder = Path(shutil.copytree(built.engine, tmp_path / "engine"))
    [vectors] = folder.glob("dense/vectors-*")
    kill(step, built.catalog, folder)
    engine = open_engine(folder)
    is_made = STEPS.index(step) >= STEPS.index("the words are committed")
    assert found(engine) == (built.after if is_made else built.before)
    engine.catch_up(Catalog.in_file(built.catalog))
    assert found(engine) == built.after
    assert list(folder.glob("dense/vectors-*")) == [vectors]  # another name if it had been built again


def test_what_was_built_for_the_first_time_is_there_after_its_commit(built: Built, tmp_path: Path) -> None:
    kill("files are deleted", built.catalog, tmp_path / "engine")
    engine = open_engine(tmp_path / "engine")
    assert (found(engine)[0], len(found(engine)[1])) == (built.after[0], len(built.after[1]))


@pytest.mark.parametrize("step", ["it is announced", "files are deleted"])
def test_a_process_that_looks_on_keeps_its_state_and_then_takes_over(built: Built, tmp_path: Path, step: str) -> None:
    folder = Path(shutil.copytree(built.engine, tmp_path / "engine"))
    [vectors] = folder.glob("dense/vectors-*")
    other = open_engine(folder)
    kill(step, built.catalog, folder)
    assert found(other) == built.before
    other.catch_up(Catalog.in_file(built.catalog))
    assert (found(other), vectors.exists()) == (built.after, True)
