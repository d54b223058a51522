"""Changes hold up when others change things too: races, ids that clash, files that come back, a lock that is held."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from corpus.readers import read_file
from index.answer import Outcome
from index.errors import UnknownDocument
from index.library import Library

COUNT = "how many pages of kite makers did Facebook remove?"


def own_file(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "own").mkdir(exist_ok=True)
    path = tmp_path / "own" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_two_first_runs_at_once_index_everything_once(
    open_library: Callable[[], Library], folder: Path, embedder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    embed, other = embedder.embed_parts, open_library()

    def slow(*args: Any) -> Any:
        monkeypatch.setattr(embedder, "embed_parts", embed)
        other.reindex([folder], "the other process")
        return embed(*args)

    monkeypatch.setattr(embedder, "embed_parts", slow)
    library = open_library()
    assert len(library.reindex([folder], "this process").unchanged) == 2
    assert len(library.documents()) == 2
    assert len(library.timeline()) == 1


def test_a_servers_document_of_a_shared_name_gets_a_name_of_its_own(library: Library, tmp_path: Path) -> None:
    path = own_file(tmp_path, "kites.txt", "Myspace banned 9 kites in 2009, it said.")
    assert library.add(read_file(path), "f", "test", "7").added == ("kites-2",)
    assert library.ask(COUNT, "7").outcome is Outcome.ANSWERED


def test_a_servers_name_shows_in_no_shared_id(library: Library, folder: Path, tmp_path: Path) -> None:
    path = own_file(tmp_path, "plan.txt", "Myspace banned 9 kites in 2009, it said.")
    library.add(read_file(path), "f", "test", "7")
    (folder / "plan.txt").write_text("Reddit banned 12 forums about spoons, it said.", encoding="utf-8")
    assert library.reindex([folder], "test").added == ("plan",)


def test_undo_brings_back_no_other_servers_document(library: Library, folder: Path, tmp_path: Path) -> None:
    path = own_file(tmp_path, "mine.txt", "Myspace banned 9 kites in 2009, it said.")
    library.add(read_file(path), "f", "test", "7")
    library.reindex([folder], "operator", full=True)
    library.remove("mine", "test", "7")
    library.undo("operator")
    with pytest.raises(UnknownDocument):
        library.show("mine", "7")


def test_an_engine_of_another_catalog_is_built_anew(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path
) -> None:
    open_library().reindex([folder], "test")
    for file in (tmp_path / "data").glob("catalog.sqlite*"):
        file.unlink()
    (folder / "kites.txt").write_text("Reddit banned 12 forums about spoons, it said.", encoding="utf-8")
    library = open_library()
    library.reindex([folder], "test")
    assert library.search("spoons", 1)[0].document_id == "kites"


def test_a_file_of_the_corpus_that_is_added_by_hand_stays_one_document(library: Library, folder: Path) -> None:
    library.add(read_file(folder / "kites.txt"), "f", "test")
    library.reindex([folder], "test")
    assert [stored.id for stored, _ in library.documents()] == ["kites", "twitter-knitters-2019-03"]


def test_what_somebody_removed_stays_out_until_its_file_changes(library: Library, folder: Path) -> None:
    library.remove("kites", "test")
    assert library.reindex([folder], "test").kept_out == (str(folder / "kites.txt"),)
    text = (folder / "kites.txt").read_text(encoding="utf-8")
    (folder / "kites.txt").write_text(text + "\nNine more pages followed.\n", encoding="utf-8")
    assert library.reindex([folder], "test").added == ("kites",)


def test_readers_do_not_wait_for_another_process(
    library: Library, open_library: Callable[[], Library], tmp_path: Path
) -> None:
    assert library.ask(COUNT).outcome is Outcome.ANSWERED
    other = open_library()
    other._engine("")
    with FileLock(tmp_path / "data" / "engine" / "shared" / "hashed-words" / "lock"):
        with other._catalog.write("test", "7", "note"):
            pass
        assert library.ask(COUNT).outcome is Outcome.ANSWERED


def test_a_data_folder_may_have_any_name(tmp_path: Path, embedder: Any, folder: Path) -> None:
    library = Library(tmp_path / "a?b%41 #c", lambda: embedder)
    library.reindex([folder], "test")
    assert (tmp_path / "a?b%41 #c" / "catalog.sqlite").is_file()
    library.close()


def test_a_shared_document_is_named_as_such_to_a_server(library: Library) -> None:
    with pytest.raises(UnknownDocument, match="shared by all"):
        library.remove("kites", "test", "7")


def test_what_is_added_again_unchanged_makes_no_change(library: Library, tmp_path: Path) -> None:
    path = own_file(tmp_path, "note.txt", "Myspace banned 9 kites in 2009, it said.")
    library.add(read_file(path), "f", "test", "7")
    revision = library.status().revision
    again = library.add(read_file(path), "f", "test", "7")
    assert (again.unchanged, again.changed, again.revision) == (("note",), (), revision)
    assert library.status().revision == revision
