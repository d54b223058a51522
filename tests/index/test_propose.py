"""Events are proposed for articles, and linked only when somebody says so."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.document import Document
from corpus.readers import read_file
from corpus.source import Event
from index.errors import UnknownEvent
from index.library import Library
from index.propose import THRESHOLD, Article, Candidate, figures, propose

EVENT = "twitter-knitters-2019-03"
TEXT = """Twitter locks out knitting clubs

5 March 2019

Purl Queen lost 900 followers when Twitter suspended 240 accounts of knitting clubs, The Gazette and Wool Blog wrote.
"""


@pytest.fixture
def article(tmp_path: Path) -> Document:
    (tmp_path / "wool.txt").write_text(TEXT, encoding="utf-8")
    return read_file(tmp_path / "wool.txt")


def candidate(event_id: str, platform: str, date: str, text: str) -> Candidate:
    return Candidate(Event(event_id, (platform,), date, "title"), text, np.eye(3, dtype=np.float32)[:1])


CANDIDATES = [
    candidate("a", "Twitter", "2019-03-04", "Ned Loom lost 240 accounts on Twitter."),
    candidate("b", "Twitter", "2018-03-04", "Ann Spindle lost 77 accounts on Twitter."),
    candidate("c", "Reddit", "2019-03-04", "Bob Spool lost 300 forums on Reddit."),
]


def test_names_figures_platform_and_date_put_the_right_event_first() -> None:
    article = Article(
        "On Monday Twitter took 240 accounts from Ned Loom.", "2019-03-05", np.eye(3, dtype=np.float32)[:1]
    )
    found = propose(article, CANDIDATES)
    assert found[0].event_id == "a"
    assert found[0].score >= THRESHOLD > found[1].score
    assert all(word in found[0].why for word in ("Twitter", "4 Mar 2019", "loom", "240"))


def test_an_article_older_than_the_event_scores_less() -> None:
    text, vectors = "Twitter took 240 accounts from Ned Loom.", np.empty((0, 3), np.float32)
    scores = [propose(Article(text, date, vectors), CANDIDATES)[0].score for date in ("2019-03-05", None, "2017-01-01")]
    assert scores == sorted(scores, reverse=True)


def test_without_events_or_vectors_nothing_fails() -> None:
    assert propose(Article("Text.", "--04-02", np.empty((0, 3), np.float32)), []) == []
    assert len(propose(Article("", None, np.empty((0, 3), np.float32)), CANDIDATES)) == 3


def test_figures_have_one_spelling_and_years_are_none() -> None:
    assert figures("In 2018 10k of 10,000 accounts, 1.5 million in 12 days, 2,018 more") == {
        "10,000",
        "1,500,000",
        "2,018",
    }


def test_an_article_is_proposed_its_event_and_linked_to_none(library: Library, article: Document) -> None:
    library.add(article, "f", "test")
    assert [proposal.event_id for proposal in library.propose("wool")] == [EVENT]
    assert library.show("wool").document.event_ids == ()


def test_an_article_on_something_else_is_proposed_nothing(library: Library) -> None:
    assert library.propose("kites") == []
    assert library.propose(EVENT) == []


def test_a_link_embeds_nothing_and_answers_name_the_event(library: Library, article: Document, embedder: Any) -> None:
    library.add(article, "f", "test")
    before = embedder.embedded
    library.link("wool", [EVENT, EVENT], "moderator 7")
    assert embedder.embedded == before
    assert library.show("wool").document.event_ids == (EVENT,)
    change = library.status().last_change
    assert change is not None
    assert (change.actor, change.action, change.detail["events"]) == ("moderator 7", "link", [EVENT])
    claims = library.ask("how many followers did Purl Queen lose when Twitter suspended knitting clubs?").claims
    assert {claim.event_ids for claim in claims if claim.document_id == "wool"} == {(EVENT,)}


def test_a_link_can_be_taken_back_and_back_again(library: Library, article: Document) -> None:
    library.add(article, "f", "test")
    library.link("wool", [EVENT], "test")
    for expected in ((), (EVENT,)):
        library.undo("test")
        assert library.show("wool").document.event_ids == expected
    assert library.search("Purl Queen", 1)[0].document_id == "wool"


def test_a_link_to_an_unknown_event_changes_nothing(library: Library, article: Document) -> None:
    library.add(article, "f", "test")
    revision = library.status().revision
    with pytest.raises(UnknownEvent, match="purgebot timeline"):
        library.link("wool", ["nosuch"], "test")
    with pytest.raises(UnknownEvent, match="dossier"):
        library.link(EVENT, ["nosuch"], "test")
    assert (library.status().revision, library.show("wool").document.event_ids) == (revision, ())


def test_links_outlive_a_new_version_and_a_full_reindex(library: Library, article: Document, folder: Path) -> None:
    library.add(article, "f", "test")
    library.link("wool", [EVENT], "test")
    library.link("kites", [EVENT], "test")
    library.add(article, "g", "test")
    (folder / "kites.txt").write_text("Facebook removed 77 pages of kite makers, it said.", encoding="utf-8")
    library.reindex([folder], "test")
    library.reindex([folder], "test", full=True)
    assert [library.show(name).document.event_ids for name in ("wool", "kites")] == [(EVENT,), (EVENT,)]


def test_a_server_links_its_own_articles_only(library: Library, article: Document) -> None:
    library.add(article, "f", "test", "42")
    library.link("wool", [EVENT], "test", "42")
    assert library.show("wool", "42").document.event_ids == (EVENT,)
    with pytest.raises(Exception, match="shared by all"):
        library.link("kites", [EVENT], "test", "42")
