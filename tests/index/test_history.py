"""What was changed can be taken back; what was taken out long ago is let go of."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import read_file
from index.answer import Outcome
from index.errors import NothingToUndo
from index.library import Library
from index.rulings import Target

COUNT = "how many pages of kite makers did Facebook remove?"
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def switch(library: Library, embedder: Any, digest: str) -> None:
    """Go on as a process that starts with another model."""
    embedder.digest = embedder.name = digest
    library._engines.clear()


def test_an_undo_of_a_full_reindex_brings_the_former_versions_back(library: Library, folder: Path) -> None:
    before = library.show("kites").stored.row
    library.reindex([folder], "test", full=True)
    assert library.show("kites").stored.row != before
    library.undo("test")
    assert library.show("kites").stored.row == before
    assert library.ask(COUNT).outcome is Outcome.ANSWERED


def test_a_switch_of_models_is_taken_back_by_another_switch_without_embedding(
    library: Library, folder: Path, embedder: Any
) -> None:
    switch(library, embedder, "another")
    library.reindex([folder], "test", full=True)
    with pytest.raises(NothingToUndo, match="from the model 'hashed-words' to another; set PURGEBOT_MODEL back"):
        library.undo("test")
    switch(library, embedder, "hashed-words-1")
    before = embedder.embedded
    library.reindex([folder], "test", full=True)
    assert embedder.embedded == before
    assert library.ask(COUNT).outcome is Outcome.ANSWERED


def test_what_comes_back_after_a_switch_of_models_is_embedded_by_the_new_one(
    library: Library, folder: Path, embedder: Any
) -> None:
    library.remove("kites", "test")
    removal = library.status().revision
    switch(library, embedder, "another")
    library.reindex([folder], "test", full=True)
    before, passages = embedder.embedded, library.status().passages
    library.undo("test", number=removal)
    status = library.status()
    assert (embedder.embedded - before, status.vectors_pending) == (status.passages - passages, 0)
    assert library.search("kite makers", 1)[0].hit.cosine > 0


def test_a_chunker_of_today_serves_what_another_cut_but_adds_nothing_to_it(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.keeper.CHUNKER", "another")
    assert library.ask(COUNT).outcome is Outcome.ANSWERED
    with pytest.raises(Exception, match="--full"):
        library.add(read_file(folder / "kites.txt"), "f", "test")
    library.reindex([folder], "test", full=True)
    with pytest.raises(NothingToUndo, match="install the version"):
        library.undo("test")


def test_a_full_reindex_keeps_a_file_that_cannot_be_read_with_vectors_of_its_own_model(
    library: Library, folder: Path, embedder: Any
) -> None:
    (folder / "kites.txt").write_bytes(b"\x00\x01\x02")
    switch(library, embedder, "another")
    assert len(library.reindex([folder], "test", full=True).failed) == 1
    assert (library.status().documents, library.status().vectors_pending) == (2, 0)


def test_the_old_model_serves_while_the_new_one_is_prepared(
    library: Library, open_library: Callable[[], Library], folder: Path, embedder: Any, tmp_path: Path
) -> None:
    other = Library(tmp_path / "data", lambda: type(embedder)())
    asked: list[Outcome] = []
    switch(library, embedder, "another")
    library.reindex([folder], "test", full=True, progress=lambda *_: asked.append(other.ask(COUNT).outcome))
    other.close()
    assert asked
    assert set(asked) == {Outcome.ANSWERED}


def dump(tmp_path: Path) -> str:
    connection = sqlite3.connect(tmp_path / "data" / "catalog.sqlite")
    text = "\n".join(connection.iterdump())
    connection.close()
    return text


def test_what_was_removed_long_ago_is_emptied_and_kept_out_still(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.hide(Target.HANDLE, "kitefest", "ops")
    library.remove("kites", "test")
    removal = library.status().revision
    assert library.empty_removed(TOMORROW) == 2  # the version that was hidden, too
    text = dump(tmp_path)
    assert "complaints by an airport" not in text
    assert "kitekate" not in text
    assert library.reindex([folder], "test").kept_out == (str(folder / "kites.txt"),)
    with pytest.raises(NothingToUndo, match="more than 30 days ago"):
        library.undo("test", number=removal)


def test_vectors_go_with_what_was_emptied_unless_others_use_them(library: Library, folder: Path, embedder: Any) -> None:
    document = read_file(folder / "kites.txt")
    library.add(document, "f", "mod", "7")
    library.remove("kites", "test")
    library.empty_removed(TOMORROW)
    before = embedder.embedded
    library.add(document, "f", "mod", "8")
    assert embedder.embedded == before
    assert library.search("kite makers", 1, "7")[0].hit.cosine > 0
    for server in ("7", "8"):
        [own] = [stored.id for stored, _ in library.documents(server) if stored.scope]
        library.remove(own, "mod", server)
    library.empty_removed(TOMORROW)
    library.add(document, "f", "mod", "9")
    assert embedder.embedded > before


def test_what_was_removed_lately_is_kept(library: Library) -> None:
    library.remove("kites", "test")
    revision = library.status().revision
    assert library.empty_removed(datetime.now(UTC) - timedelta(days=30)) == 0
    assert library.status().revision == revision
    assert library.undo("test").added == ("kites",)
    assert library.empty_removed(TOMORROW) == 0


def test_emptying_stands_in_no_scopes_log_and_the_last_change_can_still_be_undone(
    library: Library, tmp_path: Path
) -> None:
    library.remove("kites", "test")
    library.empty_removed(TOMORROW)
    (tmp_path / "own.txt").write_text("Reddit banned 12 forums about spoons, it said.", encoding="utf-8")
    library.add(read_file(tmp_path / "own.txt"), "f", "test")
    library.empty_removed(TOMORROW)
    assert [line.action for line in library.log()] == ["add", "remove", "reindex"]
    assert library.undo("test").removed == ("own",)
    assert library.scopes() == []


def test_an_engine_that_was_away_meanwhile_forgets_what_was_emptied(
    library: Library, open_library: Callable[[], Library]
) -> None:
    away = open_library()
    away.search("kites", 1)
    library.remove("kites", "test")
    library.empty_removed(TOMORROW)
    assert all(found.document_id != "kites" for found in away.search("kites", 9))


def test_the_engine_of_a_model_that_nobody_uses_any_more_is_let_go_of(
    library: Library, folder: Path, embedder: Any, tmp_path: Path
) -> None:
    switch(library, embedder, "another")
    library.reindex([folder], "test", full=True)
    library.empty_removed(datetime.now(UTC) - timedelta(days=30))
    engines = tmp_path / "data" / "engine" / "shared"
    assert sorted(path.name for path in engines.iterdir()) == ["another", "hashed-words"]
    library.empty_removed(TOMORROW)
    assert [path.name for path in engines.iterdir()] == ["another"]
    assert library.ask(COUNT).outcome is Outcome.ANSWERED
