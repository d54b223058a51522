"""The catalog writes whole changes or none, and says what is wrong with a broken database."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import SHARED, Catalog
from index.errors import CatalogDamaged, CatalogOutdated, DataUnwritable
from index.library import Library
from index.rulings import Target


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_failed_change_leaves_nothing_behind(library: Library) -> None:
    catalog = library._catalog
    before = catalog.revision()

    def failing() -> None:
        with catalog.write("test", SHARED, "remove") as change:
            change.remove(change.documents([SHARED])[0].row)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert catalog.revision() == before
    assert library.status().documents == 2


def test_every_change_raises_the_revision_by_one(library: Library) -> None:
    before = library._catalog.revision()
    library.remove("kites", "test")
    assert library._catalog.revision() == before + 1


def test_a_document_comes_back_as_it_was_stored(library: Library, folder: Path) -> None:
    from corpus.readers import read_file

    for name in ("kites.txt", "twitter-knitters-2019-03.md"):
        document = read_file(folder / name)
        assert library.show(document.id).document == document


def test_a_reader_is_not_kept_waiting_by_a_writer(library: Library) -> None:
    catalog = library._catalog
    with catalog.write("test", SHARED, "remove") as change:
        change.remove(change.documents([SHARED])[0].row)
        assert library.status().documents == 2


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(CatalogDamaged, match="left as it is"):
        Catalog(url(path))
    assert path.read_bytes() == b"this is no database" * 100


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("create table notes (text)")
    other.close()
    with pytest.raises(CatalogDamaged, match="not a catalog"):
        Catalog(url(tmp_path / "other.sqlite"))


def test_a_catalog_of_another_version_is_named(tmp_path: Path) -> None:
    Catalog(url(tmp_path / "c.sqlite")).close()
    with sqlite3.connect(tmp_path / "c.sqlite") as database:
        database.execute("update meta set value = '0' where key = 'schema'")
    database.close()
    with pytest.raises(CatalogOutdated, match="form 0"):
        Catalog(url(tmp_path / "c.sqlite"))


def test_pages_overwritten_with_rubbish_are_reported(library: Library, tmp_path: Path) -> None:
    library.close()
    path = tmp_path / "data" / "catalog.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))
    with pytest.raises(CatalogDamaged, match="damaged"):
        library.documents()


def test_a_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(DataUnwritable, match="cannot be used"):
        Catalog(url(Path("/proc/catalog.sqlite")))


def test_a_writer_killed_in_the_middle_loses_only_its_own_change(library: Library, tmp_path: Path) -> None:
    program = f"""
import os
from index.catalog import Catalog
catalog = Catalog({url(tmp_path / "data" / "catalog.sqlite")!r})
with catalog.write("test", "", "remove") as change:
    change.remove(change.documents([""])[0].row)
    os.kill(os.getpid(), 9)
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False)
    assert ended.returncode == -9
    assert library.status().documents == 2
    library.remove("kites", "test")
    assert library.status().documents == 1


FORMER_COLUMNS = (
    "row, id, scope, origin, is_dossier, title, path, fingerprint, text, body_start, body_end, added_revision,"
    " removed_revision"
)


def test_a_catalog_of_the_form_before_is_brought_up_to_date(
    library: Library, open_library: Callable[[], Library], tmp_path: Path
) -> None:
    before, status = library.show("kites").document, library.status()
    library.close()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.sqlite")) as database:
        [(present,)] = database.execute("SELECT sql FROM sqlite_master WHERE name = 'documents'")
        former = re.sub(r"(?s),\s*original INTEGER.*", ")", present)
        assert "original" not in former
        database.executescript(
            "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; DROP TABLE rulings; DROP TABLE tallies;"
            "ALTER TABLE documents RENAME TO present;"
            f"{former}; INSERT INTO documents SELECT {FORMER_COLUMNS} FROM present; DROP TABLE present"
        )
        database.execute("UPDATE meta SET value = '2' WHERE key = 'schema'")
        database.commit()
    again = open_library()
    assert (again.show("kites").document, again.status()) == (before, status)
    again.hide(Target.HANDLE, "kitekate", "test")
    assert not again.handle("kitekate").known
