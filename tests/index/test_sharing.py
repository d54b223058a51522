"""What the operator shares, all see; until then nothing of a server's document reaches another."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.readers import read_file
from index.answer import Answer
from index.errors import UnknownDocument
from index.library import Library
from index.rulings import Target

SPOONS = """Reddit bans spoon forums

Ann Ply
6 May 2021

Reddit banned 12 forums about spoons, and the kites of knitting clubs went too, @spoonfan said.

Spoons are back — Spoon Fan (@spoonfan) May 7, 2021
"""
QUESTIONS = [
    "how many forums about spoons did Reddit ban?", "how many pages of kite makers did Facebook remove?",
    "who banned spons and kitez?", "what did the knitting clubs lose?", "what did @spoonfan say?",
]  # fmt: skip


@pytest.fixture
def spoons(tmp_path: Path) -> Document:
    (tmp_path / "spoons.txt").write_text(SPOONS, encoding="utf-8")
    return read_file(tmp_path / "spoons.txt")


def seen(library: Library, scope: str) -> list[Any]:
    """Return all that a scope is shown, but for times and the number of the last change."""

    def plain(answer: Answer) -> Answer:
        return replace(answer, timings_ms={}, revision=0)

    return [
        *(plain(library.ask(question, scope)) for question in QUESTIONS),
        *([(one.document_id, one.hit) for one in library.search(question, 20, scope)] for question in QUESTIONS),
        *(library.handle(name, scope) for name in ("spoonfan", "spoonfam", "kitekate")),
        library.suggest_handles("", 25, scope), library.timeline(scope), library.documents(scope), library.log(scope),
        replace(library.status(scope), revision=0), library.propose("kites", scope),
    ]  # fmt: skip


def test_nothing_of_a_servers_document_reaches_another(library: Library, spoons: Document) -> None:
    library.ask(QUESTIONS[0], "7")  # what a cache may keep
    library.add(replace(spoons, id="other", path=None), "f", "mod", "8")
    before = {scope: seen(library, scope) for scope in ("", "7", "8")}
    for number in range(3):  # enough to change how rare a word is
        library.add(replace(spoons, path=f"{number}.txt"), "f", "mod", "42")
    library.hide(Target.DOCUMENT, "twitter-knitters-2019-03", "mod", "42")
    assert {scope: seen(library, scope) for scope in before} == before
    assert seen(library, "42") != before["7"]


def test_words_of_one_server_mend_no_spelling_of_another(library: Library, spoons: Document) -> None:
    library.add(spoons, "f", "mod", "42")
    assert library.search("spons", 1, "42")[0].document_id == "spoons"
    assert library.search("spons", 1, "7")[0].hit.bm25 == 0


def test_a_shared_document_is_seen_by_all_and_embeds_nothing(library: Library, spoons: Document, embedder: Any) -> None:
    library.add(spoons, "f", "mod", "42")
    before = embedder.embedded
    assert library.share("spoons", "42", "ops").added == ("spoons",)
    assert embedder.embedded == before
    for scope in ("", "7", "42"):
        assert library.search("spoons", 1, scope)[0].document_id == "spoons"
        assert [stored.scope for stored, _ in library.documents(scope) if stored.id == "spoons"] == [""]
        assert library.ask(QUESTIONS[0], scope).coverage.documents == 3


def test_sharing_is_undone_and_done_again_by_the_operator(library: Library, spoons: Document) -> None:
    library.add(spoons, "f", "mod", "42")
    library.share("spoons", "42", "ops")
    for scope in ("42", ""):
        library.undo("ops")
        assert [stored.scope for stored, _ in library.documents("42") if stored.id == "spoons"] == [scope][:1]
        assert [one.document_id for one in library.search("spoons", 1, "42")] == ["spoons"]
        assert ("spoons" in [stored.id for stored, _ in library.documents("7")]) == (scope == "")


def test_a_shared_id_is_made_free(library: Library, folder: Path, spoons: Document) -> None:
    library.add(spoons, "f", "mod", "42")
    (folder / "spoons.txt").write_text("Myspace banned 9 spoons in 2009, it said.", encoding="utf-8")
    library.reindex([folder], "ops")
    assert library.share("spoons", "42", "ops").added == ("spoons-2",)
    assert library.show("spoons-2", "7").document.sources[0].id == "spoons-2"


def test_a_server_hides_from_all_what_it_hid_for_itself(library: Library, spoons: Document) -> None:
    library.add(spoons, "f", "mod", "42")
    library.hide(Target.HANDLE, "spoonfan", "mod", "42")
    library.share("spoons", "42", "ops")
    assert "spoonfan" not in library.show("spoons").document.text


def test_links_that_not_everybody_can_follow_are_not_shared(
    library: Library, folder: Path, spoons: Document, tmp_path: Path
) -> None:
    shipped = "twitter-knitters-2019-03"
    text = (folder / f"{shipped}.md").read_text(encoding="utf-8").replace(shipped, "own-event")
    (tmp_path / "own-event.md").write_text(text, encoding="utf-8")
    library.add(read_file(tmp_path / "own-event.md"), "f", "mod", "42")
    library.add(spoons, "f", "mod", "42")
    library.link("spoons", ["own-event", shipped], "mod", "42")
    library.share("spoons", "42", "ops")
    assert library.show("spoons").document.event_ids == (shipped,)


@pytest.mark.parametrize(("name", "scope"), [("spoons", "7"), ("kites", "42"), ("nosuch", "42"), ("kites", "")])
def test_only_a_servers_own_document_is_shared(library: Library, spoons: Document, name: str, scope: str) -> None:
    library.add(spoons, "f", "mod", "42")
    revision = library.status().revision
    with pytest.raises(UnknownDocument):
        library.share(name, scope, "ops")
    assert library.status().revision == revision


def test_sharing_outlives_a_reindex(library: Library, spoons: Document, folder: Path) -> None:
    library.add(spoons, "f", "mod", "42")
    library.share("spoons", "42", "ops")
    library.reindex([folder], "ops")
    library.reindex([folder], "ops", full=True)
    assert library.show("spoons", "7").document.title == "Reddit bans spoon forums"


def test_a_server_that_leaves_takes_nothing_shared_along(
    library: Library, spoons: Document, open_library: Callable[[], Library]
) -> None:
    library.add(spoons, "f", "mod", "42")
    library.share("spoons", "42", "ops")
    library.forget_scope("42", "left")
    assert open_library().search("spoons", 1)[0].document_id == "spoons"
    assert library.undo("ops").removed == ("spoons",)
