"""A copy that is put in the catalog's place while it is open is read at the next look, and no log undoes it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.readers import read_file
from index.answer import Outcome
from index.catalog import SHARED, Catalog
from index.errors import CatalogDamaged, DataUnwritable
from index.library import Library

ENDINGS = ("-wal", "-shm")
KITES, SPOONS = "how many pages of kite makers did Facebook remove?", "how many forums about spoons did Reddit ban?"
LATER = "2031-05-06T07:08:09+00:00"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "catalog.sqlite"


@pytest.fixture
def copy(library: Library, path: Path, tmp_path: Path) -> Path:
    """A backup of the library that holds the dossier and the article."""
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(tmp_path / "copy")) as made:
        now.backup(made)
    return tmp_path / "copy"


@pytest.fixture
def spoons(tmp_path: Path) -> Document:
    (tmp_path / "spoons.txt").write_text("Reddit banned 12 forums about spoons in 2011, it said.", encoding="utf-8")
    return read_file(tmp_path / "spoons.txt")


@pytest.fixture
def other(copy: Path, spoons: Document, tmp_path: Path, embedder: Any) -> Path:
    """The backup, after a change of its own, which has the number of a later one of the library's."""
    (tmp_path / "other").mkdir()
    shutil.copy(copy, tmp_path / "other" / "catalog.sqlite")
    library = Library(tmp_path / "other", lambda: embedder)
    library.add(spoons, "f", "test")
    library.close()
    with closing(sqlite3.connect(tmp_path / "other" / "catalog.sqlite")) as made:
        made.execute("UPDATE revisions SET at = ? WHERE revision = (SELECT max(revision) FROM revisions)", [LATER])
        made.commit()
    return tmp_path / "other" / "catalog.sqlite"


def held(path: Path) -> set[str]:
    """List the documents as somebody else finds them in a file."""
    catalog = Catalog.in_file(path)
    with catalog.read() as snapshot:
        found = {stored.id for stored in snapshot.documents([SHARED])}
    catalog.close()
    return found


@pytest.mark.parametrize("logs", ["left", "deleted"])
def test_a_copy_put_in_its_place_is_read_and_answered_from(library: Library, path: Path, copy: Path, logs: str) -> None:
    library.remove("kites", "test")
    assert library.ask(KITES).outcome is Outcome.NOT_IN_CORPUS
    os.replace(copy, path)
    for ending in ENDINGS if logs == "deleted" else ():
        path.with_name(path.name + ending).unlink()
    assert library.ask(KITES).outcome is Outcome.ANSWERED
    library.remove("twitter-knitters-2019-03", "test")
    library.close()
    assert held(path) == {"kites"}


def test_a_copy_that_reached_the_same_number_with_other_contents_is_told_apart(
    library: Library, path: Path, other: Path
) -> None:
    library.remove("kites", "test")
    assert library.ask(SPOONS).outcome is not Outcome.ANSWERED
    before = library.status()
    os.replace(other, path)
    answer = library.ask(SPOONS)
    assert (answer.outcome, answer.coverage.documents) == (Outcome.ANSWERED, 3)
    assert library.status().revision == before.revision


def test_a_link_to_a_copy_is_followed_and_the_file_before_keeps_its_logs(
    library: Library, open_library: Callable[[], Library], path: Path, copy: Path
) -> None:
    library.close()
    real = path.with_name("real.sqlite")
    path.rename(real)
    path.symlink_to(real)
    linked, open_still = open_library(), Catalog.in_file(real)
    link = path.with_name("link")
    link.symlink_to(copy)
    os.replace(link, path)
    linked.remove("kites", "test")
    with open_still.write("test", SHARED, "remove") as change:
        change.remove(change.documents([SHARED])[1].row)
    assert (held(path), held(real)) == ({"twitter-knitters-2019-03"}, {"kites"})
    open_still.close()


def test_what_was_moved_aside_is_whole_without_its_log(library: Library, path: Path, copy: Path) -> None:
    library.remove("kites", "test")
    aside = path.rename(path.with_name("aside.sqlite"))
    os.replace(copy, path)
    assert len(library.documents()) == 2
    assert held(aside) == {"twitter-knitters-2019-03"}


def test_a_file_that_is_gone_is_named_and_no_empty_one_is_made(library: Library, path: Path) -> None:
    aside = path.rename(path.with_name("aside.sqlite"))
    for _ in range(2):
        with pytest.raises(DataUnwritable, match="gone; put it back"):
            library.documents()
    assert not path.exists()
    aside.rename(path)
    assert len(library.documents()) == 2


@pytest.mark.parametrize("content", [b"", b"this is no database" * 100], ids=["empty", "rubbish"])
def test_what_is_no_catalog_is_left_as_it_is_until_one_stands_there(
    library: Library, path: Path, copy: Path, content: bytes
) -> None:
    wrong = path.with_name("wrong")
    wrong.write_bytes(content)
    os.replace(wrong, path)
    for _ in range(2):
        with pytest.raises(CatalogDamaged):
            library.ask(KITES)
    os.replace(copy, path)
    assert library.ask(KITES).outcome is Outcome.ANSWERED


def test_a_change_that_the_copy_would_not_have_is_refused(library: Library, path: Path, copy: Path) -> None:
    def change() -> None:
        with library._catalog.write("test", SHARED, "remove") as change:
            change.remove(change.documents([SHARED])[0].row)
            os.replace(copy, path)

    with pytest.raises(DataUnwritable, match="make the change again"):
        change()
    assert len(library.documents()) == 2


def test_a_change_that_was_planned_for_the_file_before_is_planned_again(
    library: Library, path: Path, folder: Path, other: Path
) -> None:
    forks = folder / "forks.txt"
    forks.write_text("Reddit banned 9 forums about forks in 2012, it said.", encoding="utf-8")
    library.reindex([folder], "test")  # stored where the other catalog has the spoons

    def put_back(stage: str, _done: int, _of: int) -> None:
        if stage == "embedding" and other.exists():
            os.replace(other, path)

    forks.write_text("Reddit banned 10 forums about forks in 2012, it said.", encoding="utf-8")
    library.reindex([folder], "test", progress=put_back)
    assert {stored.id for stored, _ in library.documents()} == {"twitter-knitters-2019-03", "kites", "forks", "spoons"}
