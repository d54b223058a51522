"""A change that is stopped, killed or overtaken leaves one whole state, and questions meanwhile get one whole state."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import index
from corpus.document import Document
from corpus.readers import read_file
from index.answer import Outcome
from index.errors import Stopped
from index.library import Library
from index.rulings import Target

ROOT = Path(index.__file__).parents[1]
SPOONS = "Reddit banned 12 forums about spoons in 2011, it said."
SPOON_QUESTION = "how many forums about spoons did Reddit ban?"
KITE_QUESTION = "how many pages of kite makers did Facebook remove?"
KILLED = """
import os, runpy, sys
from pathlib import Path
from corpus.readers import read_file
from index import catalog, manifest
from index.library import Library

def die(*_, **__):
    os.kill(os.getpid(), 9)

words = runpy.run_path(sys.argv[1])["HashedWords"]()
folder, moment, action = Path(sys.argv[3]), sys.argv[4], sys.argv[5]
owner, name = {
    "embedding": (words, "embed_parts"), "storing": (catalog.Change, "finish"),
    "engine": (manifest, "announce"),
}[moment]
library = Library(Path(sys.argv[2]), lambda: words)
library.warm_up()
setattr(owner, name, die)
if action == "add":
    library.add(read_file(folder / "spoons.txt"), "f", "killed")
else:
    library.reindex([folder], "killed", full=action == "full")
"""


@pytest.fixture
def spoons(folder: Path) -> Document:
    (folder / "spoons.txt").write_text(SPOONS, encoding="utf-8")
    return read_file(folder / "spoons.txt")


def answered(library: Library, question: str) -> bool:
    return library.ask(question).outcome is Outcome.ANSWERED


@pytest.mark.parametrize("action", ["add", "reindex", "full"])
@pytest.mark.parametrize("moment", ["embedding", "storing", "engine"])
def test_a_process_killed_in_the_middle_leaves_one_whole_state_and_the_next_goes_on(
    library: Library, folder: Path, spoons: Document, tmp_path: Path, moment: str, action: str,
    open_library: Callable[[], Library],
) -> None:  # fmt: skip
    library.close()
    arguments = [ROOT / "tests" / "conftest.py", tmp_path / "data", folder, moment, action]
    ended = subprocess.run([sys.executable, "-c", KILLED, *map(str, arguments)], check=False, cwd=ROOT)
    assert ended.returncode == -9
    after = open_library()
    is_new = moment == "engine"  # by then it was committed
    assert after.status().documents == (3 if is_new else 2)
    assert after.status().vectors_pending == 0
    assert (answered(after, SPOON_QUESTION), answered(after, KITE_QUESTION)) == (is_new, True)
    after.reindex([folder], "test", full=action == "full")
    assert answered(after, SPOON_QUESTION)
    assert after.status().documents == 3


@pytest.mark.parametrize("step", ["reading", "reading again", "embedding", "storing"])
def test_a_reindex_that_is_stopped_changes_nothing(
    library: Library, folder: Path, spoons: Document, tmp_path: Path, step: str
) -> None:
    library.add(replace(spoons, path=str(tmp_path / "elsewhere.txt")), "f", "mod", "7")
    (folder / "kites.txt").write_text("Facebook removed 77 pages of kite makers, it said.", encoding="utf-8")
    before = library.status(), library.documents("7"), library.search("kites spoons", 9, "7")
    steps = []

    def progress(what: str, _done: int, _total: int) -> None:
        steps.append(what)
        if what == step:
            raise Stopped("stopped by a moderator")

    with pytest.raises(Stopped):
        library.reindex([folder], "mod", full=True, progress=progress)
    assert steps[-1] == step
    assert (library.status(), library.documents("7"), library.search("kites spoons", 9, "7")) == before
    library.reindex([folder], "mod", full=True)
    assert "77 pages" in library.ask(KITE_QUESTION).claims[0].text


def test_a_question_in_the_middle_of_a_reindex_gets_the_old_state(
    library: Library, folder: Path, spoons: Document
) -> None:
    found: list[tuple[str, bool, int]] = []

    def progress(what: str, _done: int, _total: int) -> None:
        answer = library.ask(SPOON_QUESTION)
        found.append((what, answer.outcome is Outcome.ANSWERED, answer.coverage.documents))

    library.reindex([folder], "mod", full=True, progress=progress)
    assert {what for what, *_ in found} >= {"reading", "embedding", "storing"}
    assert {state for _, *state in map(list, found) for state in [tuple(state)]} == {(False, 2)}
    assert answered(library, SPOON_QUESTION)


def test_questions_while_sources_are_added_get_the_old_state_or_the_new_one(library: Library, spoons: Document) -> None:
    faults: list[BaseException] = []
    stop = threading.Event()

    def asker() -> None:
        while not stop.is_set():
            try:
                answer = library.ask(SPOON_QUESTION)
                assert (answer.coverage.documents - 2) == ("spoons" in {claim.document_id for claim in answer.claims})
            except BaseException as fault:  # noqa: BLE001 - reported in the main thread
                faults.append(fault)

    thread = threading.Thread(target=asker)
    thread.start()
    for _ in range(6):
        library.add(spoons, "f", "mod")
        assert answered(library, SPOON_QUESTION)  # findable the moment that it is added
        library.remove("spoons", "mod")
        assert not answered(library, SPOON_QUESTION)
    stop.set()
    thread.join()
    assert faults == []


@contextmanager
def engine_held(data: Path, change: Callable[[], object], done: Callable[[], bool]) -> Iterator[None]:
    """Make a change whose engine waits, as for another process that writes to it, until the block is left."""
    thread = threading.Thread(target=change)
    with FileLock(data / "engine" / "shared" / "hashed-words" / "lock"):
        thread.start()
        while not done():
            time.sleep(0.01)
        yield
    thread.join()


def test_while_the_engine_is_behind_all_answers_come_from_the_old_state(
    library: Library, open_library: Callable[[], Library], folder: Path, spoons: Document, tmp_path: Path
) -> None:
    other = open_library()
    before = [other.ask(question) for question in (SPOON_QUESTION, KITE_QUESTION)]
    reindexed = lambda: library.reindex([folder], "mod", full=True)  # noqa: E731
    with engine_held(tmp_path / "data", reindexed, lambda: library.status().documents == 3):
        for asked in (library, other):
            now = [asked.ask(question) for question in (SPOON_QUESTION, KITE_QUESTION)]
            assert [replace(one, timings_ms={}) for one in now] == [replace(one, timings_ms={}) for one in before]
    for asked in (library, other):
        assert answered(asked, SPOON_QUESTION)
        assert asked.ask(KITE_QUESTION).coverage.documents == 3


def test_what_is_hidden_or_gone_is_shown_no_more_though_the_engine_is_behind(
    library: Library, open_library: Callable[[], Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library.ENGINE_PATIENCE_S", 0.1)
    other, hidden = open_library(), "900 followers"
    question = "how many followers did the knitting club lose?"
    assert hidden in other.ask(question).claims[0].text
    hide = lambda: library.hide(Target.HANDLE, "purlqueen", "ops")  # noqa: E731
    with engine_held(tmp_path / "data", hide, lambda: bool(library.rulings())):
        assert all(hidden not in claim.text for claim in other.ask(question).claims)
    assert all(hidden not in claim.text for claim in other.ask(question).claims)


def test_only_an_added_documents_own_text_is_embedded(library: Library, spoons: Document, embedder: Any) -> None:
    before, passages = embedder.embedded, library.status().passages
    library.add(spoons, "f", "mod")
    assert embedder.embedded - before == library.status().passages - passages == 1
