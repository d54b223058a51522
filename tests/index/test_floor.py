"""One question thinks at a time, and none keeps the others from it for longer than it thinks."""

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from index.answer import Outcome
from index.embed import Vectors
from index.floor import Floor
from index.library import Library

ASKED = "why did Twitter suspend accounts of knitting clubs?"
OTHER = "how many pages of kite makers did Facebook remove?"


class Gate:
    """A reranker that lets whoever thinks through one at a time; "poison" is refused."""

    def __init__(self) -> None:
        self.inside = self.most = 0
        self.open = threading.Semaphore(0)

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if "poison" in question:
            raise ValueError("poison")
        self.inside += 1
        self.most = max(self.most, self.inside)
        assert self.open.acquire(timeout=10)
        self.inside -= 1
        return [float(len(text)) for text in texts]


class Slow:
    """An embedder that lets the texts of one question wait; "poison" is refused."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.name, self.digest, self.dimension = inner.name, inner.digest, inner.dimension
        self.embed_parts = inner.embed_parts
        self.reached, self.open = threading.Event(), threading.Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if any("poison" in text for text in texts):
            raise ValueError("poison")
        if any("knitting" in text for text in texts):
            self.reached.set()
            assert self.open.wait(10)
        return self.inner.embed(texts)  # type: ignore[no-any-return]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def gated(library: Library, tmp_path: Path, embedder: Any, gate: Gate) -> Iterator[Library]:
    """Return the library with a gate that whoever thinks comes to."""
    opened = Library(tmp_path / "data", lambda: embedder, lambda: gate)
    yield opened
    gate.open.release(100)
    opened.close()


@pytest.fixture
def slow(library: Library, tmp_path: Path, embedder: Any) -> Iterator[tuple[Library, Slow]]:
    """Return the library with an embedder that lets one question wait."""
    inner = Slow(embedder)
    opened = Library(tmp_path / "data", lambda: inner)
    opened.ask(OTHER)  # its vector is kept, so that it needs no pass: there may be one core only
    yield opened, inner
    inner.open.set()
    opened.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_no_two_questions_think_at_the_same_time(gated: Library, gate: Gate, threads: ThreadPoolExecutor) -> None:
    first = threads.submit(gated.ask, ASKED)
    until(lambda: gate.inside == 1)
    second, searched = threads.submit(gated.ask, OTHER), threads.submit(gated.search, OTHER, 3)
    until(lambda: gated.floor.waiting + gate.inside == 3)
    gate.open.release(3)
    assert first.result(10).outcome is second.result(10).outcome is Outcome.ANSWERED
    assert searched.result(10)
    assert gate.most == 1


def test_others_think_while_one_is_embedded(slow: tuple[Library, Slow], threads: ThreadPoolExecutor) -> None:
    library, embedder = slow
    first = threads.submit(library.ask, ASKED)
    assert embedder.reached.wait(10)
    assert threads.submit(library.ask, OTHER).result(10).outcome is Outcome.ANSWERED
    assert not first.done()
    embedder.open.set()
    assert first.result(10).outcome is Outcome.ANSWERED


def test_a_question_that_fails_while_it_thinks_lets_others_think(
    gated: Library, gate: Gate, threads: ThreadPoolExecutor
) -> None:
    gate.open.release()
    with pytest.raises(ValueError, match="poison"):
        threads.submit(gated.ask, f"poison: {ASKED}").result(10)
    assert threads.submit(gated.ask, ASKED).result(10).outcome is Outcome.ANSWERED


def test_a_question_that_cannot_be_embedded_lets_others_think(
    slow: tuple[Library, Slow], threads: ThreadPoolExecutor
) -> None:
    library, _ = slow
    with pytest.raises(ValueError, match="poison"):
        threads.submit(library.ask, f"poison {OTHER}").result(10)
    assert threads.submit(library.ask, OTHER).result(10).outcome is Outcome.ANSWERED


def test_a_change_waits_for_no_question_that_thinks(
    gated: Library, gate: Gate, folder: Path, threads: ThreadPoolExecutor
) -> None:
    asked = threads.submit(gated.ask, ASKED)
    until(lambda: gate.inside == 1)
    assert threads.submit(gated.remove, "kites", "test").result(10).removed == ("kites",)
    gate.open.release(100)
    assert asked.result(10).outcome is Outcome.ANSWERED


@pytest.fixture
def floor() -> Floor:
    return Floor()


def coming(floor: Floor, threads: ThreadPoolExecutor, work: Callable[[], object]) -> Future[None]:
    """Let a thread come for the floor, and come back when it waits for it."""

    def on_it() -> None:
        with floor.taken():
            work()

    before = floor.waiting
    come = threads.submit(on_it)
    until(lambda: floor.waiting == before + 1)
    return come


def test_who_comes_first_is_served_first(floor: Floor, threads: ThreadPoolExecutor) -> None:
    order: list[int] = []
    with floor.taken():
        waiting = [coming(floor, threads, partial(order.append, number)) for number in range(8)]
    for one in waiting:
        one.result(10)
    assert order == list(range(8))


def test_who_leaves_the_floor_comes_back_behind_those_who_wait(floor: Floor, threads: ThreadPoolExecutor) -> None:
    order: list[str] = []
    with floor.taken():
        waiting = coming(floor, threads, lambda: order.append("waited"))
        with floor.left():
            until(waiting.done)
        order.append("came back")
    assert order == ["waited", "came back"]


def test_who_does_not_have_the_floor_has_nothing_to_leave(floor: Floor, threads: ThreadPoolExecutor) -> None:
    order: list[str] = []
    with floor.taken():
        waiting = coming(floor, threads, lambda: order.append("waited"))
        threads.submit(leave, floor).result(10)
        order.append("had it all the time")
    waiting.result(10)
    assert order == ["had it all the time", "waited"]


def leave(floor: Floor) -> None:
    with floor.left():
        pass


def test_whoever_is_interrupted_while_waiting_leaves_the_others_their_turn(
    floor: Floor, threads: ThreadPoolExecutor
) -> None:
    """An interrupt reaches the main thread alone, so it is this one that waits."""
    has, done = threading.Event(), threading.Event()

    def have() -> None:
        with floor.taken():
            has.set()
            assert done.wait(10)

    first = threads.submit(have)
    assert has.wait(10)
    threads.submit(interrupt_main_when, lambda: floor.waiting == 1)
    with pytest.raises(KeyboardInterrupt), floor.taken():
        pass
    done.set()
    first.result(10)
    threads.submit(leave_taken, floor).result(10)


def test_whoever_is_interrupted_while_coming_back_takes_it_from_nobody(
    floor: Floor, threads: ThreadPoolExecutor
) -> None:
    done = threading.Event()
    others: list[Future[None]] = []

    def leave_for_two() -> None:
        with floor.taken():
            others.extend(coming(floor, threads, partial(done.wait, 10)) for _ in range(2))
            with floor.left():
                until(lambda: floor.waiting == 1)
                threads.submit(interrupt_main_when, lambda: floor.waiting == 2)

    with pytest.raises(KeyboardInterrupt):
        leave_for_two()
    assert floor.waiting == 1
    done.set()
    assert [one.result(10) for one in others] == [None, None]


def leave_taken(floor: Floor) -> None:
    with floor.taken():
        pass


def interrupt_main_when(holds: Callable[[], bool]) -> None:
    until(holds)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
