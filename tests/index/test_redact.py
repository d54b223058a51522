"""What is hidden is taken out of a document; all else keeps its place."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document, faults
from corpus.readers import read_file
from index.redact import ADDRESS_HIDDEN, COVER, HIDDEN, redacted
from index.rulings import Action, Ruling, Target


@pytest.fixture
def article(folder: Path) -> Document:
    return read_file(folder / "kites.txt")


@pytest.fixture
def dossier(folder: Path) -> Document:
    return read_file(folder / "twitter-knitters-2019-03.md")


def hide(target: Target, value: str) -> list[Ruling]:
    return [Ruling(1, "", Action.HIDE, target, value)]


def said(document: Document) -> list[str]:
    return [document.text[one.start : one.end] for one in document.statements]


def test_a_post_by_a_hidden_handle_goes_whole(article: Document) -> None:
    found = redacted(article, hide(Target.HANDLE, "kitekate"))
    assert not any(one.handle == "kitekate" for one in found.statements)
    assert "kitekate" not in found.text.lower()
    assert "Kites are back" not in found.text
    assert HIDDEN in found.text


def test_what_stays_keeps_its_place(article: Document) -> None:
    found = redacted(article, hide(Target.HANDLE, "kitekate"))
    assert len(found.text) == len(article.text)
    assert faults(found) == []
    assert set(said(found)) < set(said(article))
    assert [one for one in article.statements if one.handle != "kitekate"] == list(found.statements)


def test_a_mention_of_a_hidden_handle_is_covered(article: Document) -> None:
    found = redacted(article, hide(Target.HANDLE, "kitefest"))
    assert f"See you on the hill {COVER * 9} #kites" in found.text
    assert "@kitekate" in found.text


def test_a_hidden_person_goes_with_their_last_name_and_statements(dossier: Document) -> None:
    told = replace(dossier, text=dossier.text.replace("careless.", "careless, as Loom is."))
    found = redacted(told, hide(Target.PERSON, "ned loom"))
    assert "Loom" not in found.text
    assert "careless" not in found.text
    assert "Purl Queen" in found.text


def test_a_last_name_alone_stays_where_the_person_is_not_named(article: Document) -> None:
    assert "Jo Field" in redacted(article, hide(Target.PERSON, "Ann Field")).text


def test_hidden_words_go_wherever_they_stand(dossier: Document) -> None:
    words = next(text for text in said(dossier) if "900 followers" in text)
    found = redacted(dossier, hide(Target.STATEMENT, words))
    assert "900 followers" not in found.text
    assert len(found.statements) == len(dossier.statements) - 1


def test_a_name_in_titles_addresses_and_authors_is_covered(article: Document) -> None:
    source = replace(
        article.sources[0], author="Kite Kate", title="Kite Kate speaks", url="https://k.example/kite-kate-speaks"
    )
    found = redacted(replace(article, sources=(source,), title="Kite Kate speaks"), hide(Target.PERSON, "Kite Kate"))
    assert found.title == f"{COVER * 9} speaks"
    assert (found.sources[0].title, found.sources[0].author, found.sources[0].url) == (found.title, COVER * 9, None)
    assert found.sources[0].url_missing


def test_a_short_handle_covers_no_word(article: Document) -> None:
    found = redacted(replace(article, text=article.text.replace("@kitefest", "@kite")), hide(Target.HANDLE, "kite"))
    assert "removed 55 pages of kite makers" in found.text
    assert "@kite " not in found.text


def test_a_document_that_holds_nothing_hidden_is_the_same(article: Document) -> None:
    assert redacted(article, hide(Target.HANDLE, "nobody")) is article
    assert redacted(article, [Ruling(1, "", Action.CORRECTION, Target.HANDLE, "kitekate", text="No.")]) is article


@pytest.mark.parametrize(
    "written",
    ["José O’Brien", "José O'Brien", unicodedata.normalize("NFD", "José O’Brien"), "**José** O’Brien",
     "_José O’Brien_", "José\u200b O’Brien", "JOSÉ O’BRIEN", "https://k.example/josé-o'brien-speaks"],
)  # fmt: skip
def test_a_name_is_covered_however_it_is_typed(article: Document, written: str) -> None:
    told = replace(article, text=article.text.replace("55 pages", f"{written} 55 pages"))
    found = unicodedata.normalize("NFC", redacted(told, hide(Target.PERSON, "José O'Brien")).text).lower()
    assert "brien" not in found
    assert "josé" not in found


def test_an_accent_more_makes_another_name(article: Document) -> None:
    told = replace(article, text=article.text.replace("55 pages", "Jan Møller 55 pages"))
    assert redacted(told, hide(Target.PERSON, "Jan Moller")) is told


@pytest.mark.parametrize("path", ["attachment:kite-kate.txt", "https://k.example/kite-kate-speaks", "/a/Kite Kate.md"])
def test_a_file_that_tells_a_name_is_no_address(article: Document, path: str) -> None:
    source = replace(article.sources[0], url=None)
    found = redacted(replace(article, sources=(source,), path=path), hide(Target.PERSON, "Kite Kate"))
    assert found.sources[0].url_missing == ADDRESS_HIDDEN
    assert found.path == path  # by it the next version is recognised
