"""The local engine follows the catalog, survives damage, and never mixes states. A contract for any engine."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock

from corpus.readers import read_file
from index.catalog import SHARED, Catalog
from index.embed import Embedder
from index.engine import LocalEngine
from index.errors import DataUnwritable
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
    assert len(before.nearest(np.full(64, 1 / 8, np.float32), 100)) > len(
        engine.view().nearest(np.full(64, 1 / 8, np.float32), 100)
    )


@pytest.mark.parametrize("damaged", ["engine.json", "dense/vectors-*", "dense/rows-*", "lexical/meta.json"])
@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"rubbish")], ids=["gone", "rubbish"])
def test_damaged_files_are_built_again_without_embedding(
    open_engine: Callable[[], LocalEngine], tmp_path: Path, embedder: Any, damaged: str,
    damage: Callable[[Path], object],
) -> None:  # fmt: skip
    before = found(open_engine(), "kites")
    embedded = embedder.embedded
    [path] = (tmp_path / "engine").glob(damaged)
    damage(path)
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


@pytest.mark.parametrize("damaged", ["engine", "engine/dense/vectors-*"])
def test_what_is_deleted_while_it_serves_is_built_again_at_the_next_change(
    open_engine: Callable[[], LocalEngine], tmp_path: Path, catalog: Catalog, library: Library, damaged: str
) -> None:
    engine = open_engine()
    [path] = tmp_path.glob(damaged)
    path.unlink() if path.is_file() else shutil.rmtree(path)
    library.undo("test")
    library.reindex([tmp_path / "documents"], "test")
    engine.catch_up(catalog)
    assert found(engine, "kites") == found(open_engine(), "kites") != []


def test_an_older_catalog_put_back_is_followed(
    open_engine: Callable[[], LocalEngine], tmp_path: Path, catalog: Catalog, library: Library
) -> None:
    with sqlite3.connect(tmp_path / "data" / "catalog.sqlite") as now, sqlite3.connect(tmp_path / "copy") as copy:
        now.backup(copy)
    before = found(open_engine(), "kites")
    library.remove("kites", "test")
    engine = open_engine()
    assert found(engine, "kites") == []
    engine.catch_up(Catalog.in_file(tmp_path / "copy"))
    assert found(engine, "kites") == before


def test_a_state_that_does_not_say_when_it_was_is_not_built_again(
    open_engine: Callable[[], LocalEngine], tmp_path: Path
) -> None:
    before = open_engine().view()
    path = tmp_path / "engine" / "engine.json"
    path.write_text(re.sub(', "at": "[^"]*"', "", path.read_text(encoding="utf-8")), encoding="utf-8")
    vectors = sorted(one.stat().st_mtime_ns for one in (tmp_path / "engine" / "dense").iterdir())
    assert open_engine().view().state == before.state
    assert sorted(one.stat().st_mtime_ns for one in (tmp_path / "engine" / "dense").iterdir()) == vectors


def test_an_engine_outlives_that_its_last_line_is_forgotten(
    open_engine: Callable[[], LocalEngine], tmp_path: Path, library: Library
) -> None:
    (tmp_path / "own.txt").write_text("Reddit banned 12 forums about spoons in 2011.", encoding="utf-8")
    library.add(read_file(tmp_path / "own.txt"), "f", "test", "77")
    open_engine()
    vectors = sorted(one.stat().st_mtime_ns for one in (tmp_path / "engine" / "dense").iterdir())
    library.forget_scope("77", "test")
    assert open_engine().view().revision == library.status().revision
    assert sorted(one.stat().st_mtime_ns for one in (tmp_path / "engine" / "dense").iterdir()) == vectors


def test_opening_waits_for_no_process_that_writes(open_engine: Callable[[], LocalEngine], tmp_path: Path) -> None:
    before = found(open_engine(), "kites")
    with FileLock(tmp_path / "engine" / "lock"):
        assert found(open_engine(), "kites") == before


def test_what_cannot_be_written_is_served_as_it_was_and_caught_up_with_later(
    open_engine: Callable[[], LocalEngine], catalog: Catalog, library: Library, caplog: pytest.LogCaptureFixture,
    full_disk: Callable[[], AbstractContextManager[None]],
) -> None:  # fmt: skip
    engine = open_engine()
    before = engine.view()
    library.remove("kites", "test")
    with full_disk():
        engine.catch_up(catalog, wait_s=1)
    assert (engine.view(), "cannot be written" in caplog.text) == (before, True)
    engine.catch_up(catalog)
    assert engine.view() == before  # questions do not try it again at once
    engine.catch_up(catalog, wait_s=1)
    assert found(engine, "kites") == []
    assert engine.view().dense.slots.vectors_file == before.dense.slots.vectors_file


def test_nothing_to_serve_and_no_way_to_write_is_an_error_with_its_remedy(
    tmp_path: Path, catalog: Catalog, embedder: Embedder, full_disk: Callable[[], AbstractContextManager[None]]
) -> None:
    engine = LocalEngine(tmp_path / "engine", SHARED, embedder.digest, embedder.dimension)
    with full_disk(), pytest.raises(DataUnwritable, match=r"cannot be written .* free some space"):
        engine.catch_up(catalog)


def listing(tmp_path: Path, embedder: Embedder) -> LocalEngine:
    """Open an engine that builds lists for a handful of vectors."""
    return LocalEngine(tmp_path / "engine", SHARED, embedder.digest, embedder.dimension, exact_slots=1)


def nearest(engine: LocalEngine) -> list[int]:
    return [row for _, row in engine.view().nearest(np.full(64, 1 / 8, np.float32), 100)]


def test_lists_are_built_in_the_background_while_questions_are_answered(
    tmp_path: Path, catalog: Catalog, embedder: Embedder, open_engine: Callable[[], LocalEngine]
) -> None:
    expected = nearest(open_engine())
    engine = listing(tmp_path, embedder)
    engine.catch_up(catalog)
    before = engine.view()
    assert before.dense.lists is None
    assert nearest(engine) == expected
    engine.close()
    assert engine.view().dense.lists is not None
    assert before.dense.lists is None
    assert nearest(engine) == expected


def test_lists_that_one_engine_built_serve_the_next(tmp_path: Path, catalog: Catalog, embedder: Embedder) -> None:
    first = listing(tmp_path, embedder)
    first.catch_up(catalog)
    first.close()
    second = listing(tmp_path, embedder)
    assert second.view().dense.lists is not None
    second.catch_up(catalog)
    assert second._builder is None
    assert nearest(second) == nearest(first)


def test_what_comes_and_goes_after_the_lists_were_built_is_found_and_not_found(
    tmp_path: Path, catalog: Catalog, embedder: Embedder, library: Library, open_engine: Callable[[], LocalEngine]
) -> None:
    engine = listing(tmp_path, embedder)
    engine.catch_up(catalog)
    engine.close()
    library.remove("kites", "test")
    engine.catch_up(catalog)
    without = nearest(engine)
    library.undo("test")
    engine.catch_up(catalog)
    engine.close()
    assert set(without) < set(nearest(engine))
    assert nearest(engine) == nearest(open_engine())


def test_lists_that_a_crash_left_in_part_are_built_again(
    tmp_path: Path, catalog: Catalog, embedder: Embedder, open_engine: Callable[[], LocalEngine]
) -> None:
    slots = open_engine().view().dense.slots
    name = slots.vectors_file.replace("vectors", "coarse")
    for left in (f"{name}-{len(slots.rows)}.new", f"{name}-{len(slots.rows)}"):
        (slots.folder / left).write_bytes(b"rubbish")
    engine = listing(tmp_path, embedder)
    engine.catch_up(catalog)
    engine.close()
    assert engine.view().dense.lists is not None
    assert nearest(engine) == nearest(open_engine())


def test_lists_that_cannot_be_written_are_done_without(
    tmp_path: Path, catalog: Catalog, embedder: Embedder, open_engine: Callable[[], LocalEngine],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    slots = open_engine().view().dense.slots
    name = slots.vectors_file.replace("vectors", "coarse")
    (slots.folder / f"{name}-{len(slots.rows)}.new").mkdir()
    engine = listing(tmp_path, embedder)
    engine.catch_up(catalog)
    engine.close()
    assert "no lists of vectors could be built" in caplog.text
    assert nearest(engine) == nearest(open_engine())
    engine.catch_up(catalog)
    assert engine._builder is not None
    assert not engine._builder.is_alive()  # it is not tried again at every question
