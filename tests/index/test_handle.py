"""A handle's page is complete and exact, and suggestions name what is known."""

from pathlib import Path

import pytest

from corpus.mentions import find_mentions
from corpus.readers import read_file
from index.library import Library

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
POST = "The kites are real. Ask @airport! — Kite Kate (@kitekate) May 5, 2020"


def add(library: Library, tmp_path: Path, name: str, text: str, scope: str = "") -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    library.add(read_file(path), "f", "test", scope)


@pytest.mark.parametrize("typed", ["kitekate", "@kitekate", "@KiteKate", " @KITEKATE "])
def test_a_handle_is_found_however_it_is_typed(library: Library, typed: str) -> None:
    page = library.handle(typed)
    assert (page.handle, page.known, len(page.authored)) == ("kitekate", True, 1)


def test_the_same_post_in_two_articles_is_one_entry_with_two_sources(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "one", f"Facebook acted on kites, it said.\n\n{POST}")
    add(library, tmp_path, "two", f"Facebook removed pages, it said.\n\n{POST.replace('Ask', 'Ask ')}")
    posts = [stored for stored in library.handle("kitekate").authored if "real" in stored.text]
    assert [stored.statement.source_ids for stored in posts] == [("one", "two")]


def test_the_same_words_on_two_days_are_two_posts(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "one", f"Facebook acted on kites, it said.\n\n{POST}")
    add(library, tmp_path, "two", f"Facebook removed pages, it said.\n\n{POST.replace('May 5', 'May 6')}")
    dates = [stored.statement.date for stored in library.handle("kitekate").authored if "real" in stored.text]
    assert dates == ["2020-05-05", "2020-05-06"]


def test_a_paraphrase_and_the_post_itself_are_two_entries(library: Library, tmp_path: Path) -> None:
    post = "We lost 900 followers and nobody tells us why! — Purl Queen (@PurlQueen) March 4, 2019"
    add(library, tmp_path, "post", f"Twitter acted on clubs, it said.\n\n{post}")
    assert [stored.statement.kind for stored in library.handle("purlqueen").authored] == ["post", "paraphrase"]


def test_addresses_of_mail_and_web_are_no_handles(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "mail", "Write to kites@hillside.example or see https://medium.com/@notahandle for it all.")
    assert not any(library.handle(name).known for name in ("hillside", "notahandle"))


def test_a_handle_outside_the_words_of_a_statement_is_mentioned(library: Library, tmp_path: Path) -> None:
    quoting = "“We sent it all to them long ago,” Jo Field told @thedesk."
    text = f"Facebook removed pages, it said.\n\nMenu @menuhandle\n\n{quoting}"
    add(library, tmp_path, "loose", text)
    for name, shown in (("menuhandle", "Menu @menuhandle"), ("thedesk", "told @thedesk.")):
        [stored] = library.handle(name).mentioned
        assert shown in stored.text
        assert stored.text == text[stored.statement.start : stored.statement.end]
        assert stored.statement.source_ids == ("loose",)


def test_a_signature_is_no_mention(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"Facebook acted on kites, it said.\n\n{POST}", encoding="utf-8")
    assert [mention.handle for mention in find_mentions(read_file(tmp_path / "one.txt"))] == ["airport"]


def test_a_display_name_is_named_as_a_whole_word_only(library: Library, tmp_path: Path) -> None:
    text = "Kite Katerina lost pages. Later Kite Kate lost a page as well."
    add(library, tmp_path, "names", text)
    assert [stored.text for stored in library.handle("kitekate").named] == ["Later Kite Kate lost a page as well."]


def test_platforms_come_from_the_form_of_a_post_or_from_the_event(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path, "quote", "Facebook acted. “We are out of here for good,” wrote @windy in the evening.")
    assert library.handle("kitekate").platforms == ("Twitter",)
    assert library.handle("purlqueen").platforms == ("Twitter",)
    assert library.handle("windy").platforms == ()
    library.link("quote", ["twitter-knitters-2019-03"], "test")
    assert library.handle("windy").platforms == ("Twitter",)


def test_what_was_removed_is_neither_shown_nor_suggested(library: Library) -> None:
    library.remove("kites", "test")
    assert not library.handle("kitekate").known
    assert library.suggest_handles("kite") == []


@pytest.mark.parametrize("prefix", ["kite", "@KITE", "k"])
def test_suggestions_are_known_handles_in_order(library: Library, prefix: str) -> None:
    assert library.suggest_handles(prefix) == ["kitefest", "kitekate"]


def test_suggestions_keep_to_scope_limit_and_spelling(library: Library, tmp_path: Path) -> None:
    add(
        library, tmp_path, "own", "Facebook acted on kites, it said.\n\nHello there! — Kim (@KiteKim) May 5, 2020", "42"
    )
    assert library.suggest_handles("kitek", 25, "42") == ["kitekate", "KiteKim"]
    assert library.suggest_handles("kitek") == ["kitekate"]
    assert library.suggest_handles("", 2) == ["kitefest", "kitekate"]
    assert library.suggest_handles("%") == library.suggest_handles("nobody") == library.suggest_handles("\udcff%") == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")
def test_a_post_that_both_seed_articles_embed_is_one_entry(library: Library) -> None:
    library.reindex([SEEDS], "test")
    [stored] = library.handle("prisonplanet").authored
    assert len(stored.statement.source_ids) == 2
    assert library.handle("PrisonPlanet").platforms == ("Twitter",)
