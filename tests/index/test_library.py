"""The library answers from what it holds, keeps in step with folders, and keeps scopes apart."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import Unreadable
from corpus.readers import read_file
from index import lexical
from index.answer import Outcome
from index.errors import CatalogOutdated, NothingIndexed, NothingToUndo, UnknownDocument
from index.library import Library

ASKED = "why did Twitter suspend accounts of knitting clubs?"


def test_every_claim_is_its_span_of_the_stored_document(library: Library) -> None:
    answer = library.ask(ASKED)
    assert answer.outcome is Outcome.ANSWERED
    for claim in answer.claims:
        text = library.show(claim.document_id).document.text
        assert claim.text == text[claim.start : claim.end]


def test_every_claim_cites_a_source_that_the_answer_lists(library: Library) -> None:
    answer = library.ask(ASKED)
    listed = {cited.source.id for cited in answer.sources}
    assert listed == {source_id for claim in answer.claims for source_id in claim.source_ids}


def test_what_is_not_held_is_refused_with_the_nearest_event(library: Library) -> None:
    answer = library.ask("how much was the fine that the beekeeper paid to Instagram in court?")
    assert answer.outcome in (Outcome.NOT_IN_CORPUS, Outcome.OFF_TOPIC)
    assert answer.claims == ()
    assert answer.coverage.documents == 2


def test_an_empty_library_says_so(open_library: Callable[[], Library]) -> None:
    with pytest.raises(NothingIndexed, match="reindex"):
        open_library().ask(ASKED)


def test_a_second_reindex_changes_nothing_and_embeds_nothing(library: Library, folder: Path, embedder: Any) -> None:
    before, revision = embedder.embedded, library.status().revision
    summary = library.reindex([folder], "test")
    assert sorted(summary.unchanged) == ["kites", "twitter-knitters-2019-03"]
    assert (embedder.embedded, library.status().revision) == (before, revision)


def test_a_changed_file_is_read_again_and_only_its_text_embedded(library: Library, folder: Path, embedder: Any) -> None:
    text = (folder / "kites.txt").read_text(encoding="utf-8")
    (folder / "kites.txt").write_text(text.replace("55 pages", "77 pages"), encoding="utf-8")
    before = embedder.embedded
    assert library.reindex([folder], "test").changed == ("kites",)
    assert embedder.embedded == before + 1
    assert "77 pages" in library.ask("how many pages of kite makers did Facebook remove?").claims[0].text


def test_a_file_that_is_gone_is_removed_and_undo_restores_it(library: Library, folder: Path) -> None:
    (folder / "kites.txt").unlink()
    assert library.reindex([folder], "test").removed == ("kites",)
    assert library.undo("test").added == ("kites",)
    assert library.ask("how many pages of kite makers did Facebook remove?").outcome is Outcome.ANSWERED


def test_a_restored_document_costs_no_embedding(library: Library, embedder: Any) -> None:
    before = embedder.embedded
    library.remove("kites", "test")
    library.undo("test")
    assert embedder.embedded == before


def test_an_unreadable_file_keeps_the_version_that_is_held(library: Library, folder: Path) -> None:
    (folder / "kites.txt").write_bytes(b"\x00\x01\x02")
    summary = library.reindex([folder], "test")
    assert "not text" in summary.failed[0][1]
    assert library.show("kites").document.text.startswith("Facebook removes pages")


def test_a_missing_folder_changes_nothing(library: Library, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such folder"):
        library.reindex([tmp_path / "nowhere"], "test")
    assert library.status().documents == 2


def test_files_of_one_name_get_ids_of_their_own(library: Library, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / "kites.txt").write_text("Kites were banned from Myspace in 2009, it said.", encoding="utf-8")
    assert library.reindex([folder], "test").added == ("kites-2",)
    assert library.show("kites-2").document.sources[0].id == "kites-2"


def test_a_killed_reindex_leaves_the_old_state(
    open_library: Callable[[], Library],
    library: Library,
    folder: Path,
    embedder: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (folder / "new.txt").write_text("Reddit banned forums about spoons in 2011, it said.", encoding="utf-8")
    monkeypatch.setattr(embedder, "embed_parts", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        library.reindex([folder], "test")
    assert open_library().status().documents == 2


def test_another_model_needs_a_full_reindex(library: Library, folder: Path, embedder: Any) -> None:
    embedder.digest = "another"
    with pytest.raises(CatalogOutdated, match="--full"):
        library.ask(ASKED)
    library._engines.clear()  # as in a process that starts with the other model
    library.reindex([folder], "test", full=True)
    assert library.ask(ASKED).outcome is Outcome.ANSWERED
    assert library.status().model_sha256 == "another"


def test_a_full_reindex_keeps_what_moderators_added(library: Library, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "added.txt").write_text("Reddit banned forums about spoons in 2011, it said.", encoding="utf-8")
    library.add(read_file(tmp_path / "added.txt"), "f", "test", "42")
    library.reindex([folder], "test", full=True)
    assert library.status("42").documents == 3
    assert library.status("").documents == 2


def test_a_servers_document_is_seen_by_no_other(library: Library, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("Reddit banned 12 forums about spoons in 2011, @spoonfan said.", encoding="utf-8")
    library.add(read_file(tmp_path / "own.txt"), "f", "test", "42")
    question = "how many forums about spoons did Reddit ban?"
    assert library.ask(question, "42").outcome is Outcome.ANSWERED
    for other in ("", "43"):
        assert library.ask(question, other).outcome is not Outcome.ANSWERED
        assert library.status(other).documents == 2
        assert not library.handle("spoonfan", other).known
        assert all(found.document_id != "own" for found in library.search("spoons", 10, other))
        with pytest.raises(UnknownDocument):
            library.show("own", other)


def test_a_server_cannot_remove_what_all_share(library: Library) -> None:
    with pytest.raises(UnknownDocument):
        library.remove("kites", "test", "42")


def test_undo_without_a_change_is_refused(open_library: Callable[[], Library]) -> None:
    with pytest.raises(NothingToUndo):
        open_library().undo("test")


def test_undo_can_be_undone(library: Library) -> None:
    library.remove("kites", "test")
    library.undo("test")
    assert library.undo("test").removed == ("kites",)
    assert library.status().documents == 1


def test_another_process_sees_a_change_at_once(library: Library, open_library: Callable[[], Library]) -> None:
    other = open_library()
    assert other.search("kites", 5)[0].document_id == "kites"
    library.remove("kites", "test")
    assert all(found.document_id != "kites" for found in other.search("kites", 5))


def test_questions_during_changes_get_the_old_state_or_the_new_one(library: Library) -> None:
    faults: list[BaseException] = []
    stop = threading.Event()

    def asker() -> None:
        while not stop.is_set():
            try:
                answer = library.ask("how many pages of kite makers did Facebook remove?")
                held = {claim.document_id for claim in answer.claims}
                assert ("kites" in held) == (answer.coverage.documents == 2)
            except BaseException as fault:  # noqa: BLE001 - reported in the main thread
                faults.append(fault)

    threads = [threading.Thread(target=asker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        library.remove("kites", "test")
        library.undo("test")
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_handle_has_its_posts_and_mentions(library: Library) -> None:
    page = library.handle("@KITEKATE")
    assert [stored.text for stored in page.authored] == ["Kites are back!!! See you on the hill @kitefest #kites"]
    assert [stored.statement.handle for stored in library.handle("kitefest").mentioned] == ["kitekate"]


def test_an_unknown_handle_names_the_closest(library: Library) -> None:
    page = library.handle("kitecate")
    assert (page.known, page.closest[0]) == (False, "kitekate")


def test_the_timeline_filters_by_platform_and_date(library: Library) -> None:
    assert [event.id for event in library.timeline(platform="twitter", first="2019", last="2019-03")] == [
        "twitter-knitters-2019-03"
    ]
    assert (
        library.timeline(platform="Reddit") == library.timeline(first="2020") == library.timeline(last="2019-02") == []
    )


def test_the_log_says_who_did_what(library: Library) -> None:
    library.remove("kites", "moderator 7")
    change = library.status().last_change
    assert change is not None
    assert (change.actor, change.action, change.detail) == ("moderator 7", "remove", {"documents": ["kites"]})


def test_as_many_passages_are_found_as_are_asked_for(library: Library, folder: Path) -> None:
    for number in range(150):
        (folder / f"kite{number}.txt").write_text(f"The kite club number {number} flew kites on the hill.\n")
    library.reindex([folder], "test")
    assert len({found.document_id for found in library.search("kite club on the hill", 1000)}) >= 150


def test_the_words_of_a_question_are_not_kept(library: Library) -> None:
    library.ask("how many pages of kite makers did Facebook remove?")
    library.search("kites on a hill", 3)
    assert lexical._stems.cache_info().currsize == lexical._exact_words.cache_info().currsize == 0
