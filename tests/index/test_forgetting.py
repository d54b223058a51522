"""A server that leaves takes its documents along, and nobody else's."""

import sqlite3

import pytest

from corpus.readers import read_file

GUILD, OTHER = "111", "222"
SECRET = "Pigeon fanciers lose their pages\n\nFacebook removed 31 pages of zebrafinch fanciers, the club said.\n"


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "pigeons.txt"
    path.write_text(SECRET, encoding="utf-8")
    return read_file(path)


def test_a_forgotten_server_finds_its_document_no_more(library, secret):
    library.add(secret, "f", "mod", GUILD)
    assert library.search("zebrafinch", 3, GUILD)[0].document_id == "pigeons"
    assert library.forget_scope(GUILD, "left") == 1
    assert "pigeons" not in {found.document_id for found in library.search("zebrafinch", 9, GUILD)}
    assert [stored.id for stored, _ in library.documents(GUILD)] == ["kites", "twitter-knitters-2019-03"]


def test_nothing_of_it_is_left_on_the_disk(library, secret, tmp_path):
    library.add(secret, "f", "mod-77", GUILD)
    library.remove("pigeons", "mod-77", GUILD)
    library.search("zebrafinch", 3, GUILD)
    library.forget_scope(GUILD, "left")
    connection = sqlite3.connect(tmp_path / "data" / "catalog.sqlite")
    dump = "\n".join(connection.iterdump())
    connection.close()
    assert "zebrafinch" not in dump
    assert "mod-77" not in dump
    assert GUILD not in [path.name.removeprefix("server-") for path in (tmp_path / "data" / "engine").iterdir()]


def test_the_same_document_of_another_server_stays_whole(library, secret, embedder):
    library.add(secret, "f", "mod", GUILD)
    library.add(secret, "f", "mod", OTHER)
    library.forget_scope(GUILD, "left")
    embedded = embedder.embedded
    assert library.search("zebrafinch", 3, OTHER)[0].document_id == "pigeons"
    assert library.show("pigeons", OTHER).document.text.startswith("Pigeon")
    library.add(secret, "f", "mod", GUILD)
    assert embedder.embedded == embedded  # the vectors are still the other server's


def test_vectors_that_nobody_shares_are_deleted(library, secret, embedder):
    library.add(secret, "f", "mod", GUILD)
    library.forget_scope(GUILD, "left")
    embedded = embedder.embedded
    library.add(secret, "f", "mod", OTHER)
    assert embedder.embedded > embedded


def test_the_log_says_that_something_was_forgotten_and_not_whose(library, secret):
    library.add(secret, "f", "mod", GUILD)
    before = library.status().revision
    library.forget_scope(GUILD, "left")
    assert library.status().revision == before + 1
    assert library.status(GUILD).last_change is None
    assert library.scopes() == []


def test_shared_changes_can_still_be_undone_afterwards(library, secret):
    library.add(secret, "f", "mod", GUILD)
    library.remove("kites", "operator")
    library.forget_scope(GUILD, "left")
    assert library.undo("operator").added == ("kites",)


def test_forgetting_a_server_without_documents_changes_nothing(library):
    before = library.status().revision
    assert library.forget_scope(GUILD, "left") == 0
    assert library.status().revision == before


def test_what_all_may_see_is_never_forgotten(library):
    with pytest.raises(ValueError, match="shared"):
        library.forget_scope("", "left")


def test_a_server_that_comes_back_starts_anew(library, secret):
    library.add(secret, "f", "mod", GUILD)
    library.forget_scope(GUILD, "left")
    library.add(secret, "f", "mod", GUILD)
    assert library.search("zebrafinch", 3, GUILD)[0].document_id == "pigeons"
    assert library.scopes() == [GUILD]
