"""What somebody gives as a source is read alike, whatever way it came, and named so that it is known again."""

from datetime import UTC, datetime

import pytest

from corpus.errors import BadDocument, CorpusError, UnknownFormat, Unreadable
from corpus.fetch import Fetched
from corpus.incoming import FILE_BYTES, check_size, from_page, from_upload, read_incoming, uploaded_name

TEXT = b"Kites come down\n\nJo Field\n6 May 2020\n\nFacebook removed 55 pages, the airport said.\n"
PAGE = (
    b"<html><head><title>Kites</title></head><body><article><p>"
    + b"Facebook removed 55 pages. " * 20
    + b"</p></article>"
)


def page(url="https://news.example/a/kites", data=PAGE):
    return from_page(Fetched(url, "text/html", "utf-8", data, datetime.now(UTC)))


def test_a_file_is_known_again_by_its_name() -> None:
    document, _ = read_incoming(from_upload("kites.txt", TEXT))
    assert document.path == "attachment:kites.txt"
    assert document.id == "kites"
    assert document.sources[0].author == "Jo Field"


def test_a_page_is_known_again_by_its_address() -> None:
    document, _ = read_incoming(page())
    assert document.path == document.sources[0].url == "https://news.example/a/kites"


def test_details_come_before_what_the_text_says_and_empty_ones_say_that_nobody_knows() -> None:
    document, _ = read_incoming(
        from_upload("kites.txt", TEXT), {"date": "2020-05", "author": "", "publisher": "Gazette"}
    )
    source = document.sources[0]
    assert (source.published, source.author, source.publisher) == ("2020-05", None, "Gazette")
    assert source.title == document.title == "Kites come down"
    assert {one.speaker for one in document.statements} & {"Gazette", "airport", "The airport"}


def test_an_unknown_title_is_none() -> None:
    document, _ = read_incoming(from_upload("kites.txt", TEXT), {"title": ""})
    assert document.title is None


def test_the_fingerprint_is_that_of_what_is_stored() -> None:
    same = [read_incoming(from_upload("kites.txt", data))[1] for data in (TEXT, TEXT.replace(b"\n", b"\r\n"))]
    other = read_incoming(from_upload("kites.txt", TEXT), {"date": "2020-05-07"})[1]
    assert same[0] == same[1] != other


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/kites.txt", "kites.txt"),
        ("C:\\a\\kites.txt", "kites.txt"),
        ("kites\u202e\n.txt", "kites .txt"),
        ("KITES.TXT", "KITES.TXT"),
        (f"{'k' * 300}.txt", f"{'k' * 116}.txt"),
    ],
)
def test_a_name_is_plain(given: str, name: str) -> None:
    assert uploaded_name(given) == name


@pytest.mark.parametrize("name", ["kites", "kites.exe", "", ".txt", "..", "kites.txt.gz"])
def test_a_name_without_a_reader_is_refused(name: str) -> None:
    with pytest.raises(UnknownFormat, match="no reader"):
        uploaded_name(name)


def test_a_large_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="more than 20,000,000; split it"):
        check_size("kites.txt", FILE_BYTES + 1)


def test_a_wrong_date_is_told() -> None:
    with pytest.raises(BadDocument, match="is no date"):
        read_incoming(from_upload("kites.txt", TEXT), {"date": "yesterday"})


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\n\n"])
def test_what_holds_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(CorpusError):
        read_incoming(from_upload("kites.txt", data))
