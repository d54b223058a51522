"""The local engine follows the catalog, survives damage, and never mixes states. A contract for any engine."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.catalog import SHARED, Catalog
from index.embed import Embedder
from index.engine import LocalEngine
from index.library import Library


@pytest.fixture
def catalog(library: Library) -> Catalog:
    return library._catalog


@pytest.fixture
def open_engine(tmp_path: Path, catalog: Catalog, embedder: Embedder) -> Callable[[], LocalEngine]:
    def opener() -> LocalEngine:
        engine = LocalEngine(tmp_path / "engine", SHARED, embedder.digest, embedder.dimension)
        engine.catch_up(catalog)
        return engine

    return opener


def found(engine: LocalEngine, word: str) -> list[int]:
    return [i for _, i in engine.view().matching(word, 10)]


def test_it_catches_up_with_what_was_added_and_removed(
    open_engine: Callable[[], LocalEngine], catalog: Catalog, library: Library
) -> None:
    engine = open_engine()
    assert found(engine, "kites")
    library.remove("kites", "test")
    engine.catch_up(catalog)
    assert found(engine, "kites") == []
    assert engine.view().revision == catalog.revision()


def test_a_view_stays_as_it_was(open_engine: Callable[[], LocalEngine], catalog: Catalog, library: Library) -> None:
    engine = open_engine()
    before = engine.view()
    library.remove("kites", "test")
    engine.catch_up(catalog)
    assert before.matching("kites", 5)
    assert len(before.nearest(np.ones(64, np.float32) / 8, 100)) > len(
        engine.view().nearest(np.ones(64, np.float32) / 8, 100)
    )


@pytest.mark.parametrize("damaged", ["engine.json", "dense.faiss", "lexical/meta.json"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"rubbish")], ids=["gone", "rubbish"])
def test_damaged_files_are_built_again_without_embedding(
    open_engine: Callable[[], LocalEngine], tmp_path: Path, embedder: Any, damaged: str,
    damage: Callable[[Path], object],
) -> None:  # fmt: skip
    before = found(open_engine(), "kites")
    embedded = embedder.embedded
    damage(tmp_path / "engine" / damaged)
    assert found(open_engine(), "kites") == before
    assert embedder.embedded == embedded


def test_a_folder_that_is_gone_is_built_again(open_engine: Callable[[], LocalEngine], tmp_path: Path) -> None:
    before = found(open_engine(), "kites")
    shutil.rmtree(tmp_path / "engine")
    assert found(open_engine(), "kites") == before


def test_applying_a_change_twice_gives_what_applying_it_once_gives(
    open_engine: Callable[[], LocalEngine], tmp_path: Path, catalog: Catalog, library: Library
) -> None:
    manifest = tmp_path / "engine" / "engine.json"
    engine = open_engine()
    stale = manifest.read_text(encoding="utf-8")
    library.remove("kites", "test")
    library.undo("test")
    engine.catch_up(catalog)
    after = found(engine, "kites")
    manifest.write_text(stale, encoding="utf-8")  # as if killed before the last file was written
    assert found(open_engine(), "kites") == after


def test_two_engines_on_one_folder_see_each_others_work(
    open_engine: Callable[[], LocalEngine], catalog: Catalog, library: Library
) -> None:
    first, second = open_engine(), open_engine()
    library.remove("kites", "test")
    first.catch_up(catalog)
    second.catch_up(catalog)
    assert found(first, "kites") == found(second, "kites") == []
