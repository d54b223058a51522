"""Which articles moderators linked to an event, as each scope sees them."""

from dataclasses import replace

import pytest

from corpus.readers import read_file
from index.rulings import Target

EVENT = "twitter-knitters-2019-03"


@pytest.fixture
def linked(library, folder):
    """Link the shared article, and one of a server's own."""
    library.link("kites", [EVENT], "test")
    library.add(replace(read_file(folder / "kites.txt"), id="own"), "f", "test", "7")
    library.link("own", [EVENT], "test", "7")
    return library


def ids(found):
    return [article.stored.id for article in found]


def test_nothing_is_linked_that_nobody_linked(library):
    assert library.linked(EVENT, "") == []


def test_a_scope_sees_the_shared_articles_and_its_own(linked):
    assert ids(linked.linked(EVENT, "")) == ["kites"]
    assert ids(linked.linked(EVENT, "7")) == ["kites", "own"]
    assert ids(linked.linked(EVENT, "8")) == ["kites"]


def test_an_article_comes_with_its_source_and_its_file(linked, folder):
    (article,) = linked.linked(EVENT, "")
    (cited,) = article.sources
    assert (cited.source.published, cited.path) == ("2020-05-06", str(folder / "kites.txt"))


def test_an_article_that_is_hidden_is_not_listed(linked):
    linked.hide(Target.DOCUMENT, "kites", "test")
    assert ids(linked.linked(EVENT, "7")) == ["own"]


def test_another_event_has_none(linked):
    assert linked.linked("another", "7") == []
