"""Many askers: each gets the vectors of its own texts, whatever becomes of the others'."""

import gc
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from index.embed import PassageVectors, Span, Vectors
from index.gather import MOST_TEXTS, Gathered, _Caller
from index.recent import Recent


class Gate:
    """Stands before an embedder and lets passes through one at a time; "poison" is refused."""

    name, digest = "gate", "gate-1"

    def __init__(self, inner: Any) -> None:
        self.inner, self.dimension = inner, inner.dimension
        self.passes: list[list[str]] = []
        self.open = threading.Semaphore(0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.passes.append(list(texts))
        assert self.open.acquire(timeout=10)
        if "poison" in texts:
            raise ValueError("poison")
        return self.inner.embed(texts)  # type: ignore[no-any-return]

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        return self.inner.embed_parts(texts, parts)  # type: ignore[no-any-return]


@pytest.fixture
def gate(embedder: Any) -> Gate:
    return Gate(embedder)


@pytest.fixture
def ask(gate: Gate) -> Iterator[Callable[..., Future[Vectors]]]:
    """Return what asks on a thread of its own; it comes back when the asker embeds or waits."""
    gathered = Gathered(gate, passes=1)
    with ThreadPoolExecutor(64) as threads:

        def on_a_thread(*texts: str) -> Future[Vectors]:
            before = gathered.waiting + len(gate.passes)
            asked = threads.submit(gathered.embed, texts)
            until(lambda: asked.done() or gathered.waiting + len(gate.passes) > before)
            return asked

        yield on_a_thread
        gate.open.release(100)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_the_first_embeds_at_once_and_those_who_come_meanwhile_together(gate: Gate, ask: Any) -> None:
    asked = [ask("one"), ask("two"), ask("three", "four")]
    gate.open.release(2)
    assert [len(one.result(10)) for one in asked] == [1, 1, 2]
    assert gate.passes == [["one"], ["two", "three", "four"]]


def test_each_gets_the_vectors_of_its_own_texts(gate: Gate, ask: Any) -> None:
    texts = [[f"text {number}", f"other {number % 5}"] for number in range(20)]
    asked = [ask(*some) for some in texts]
    gate.open.release(100)
    for some, one in zip(texts, asked, strict=True):
        assert np.array_equal(one.result(10), gate.inner.embed(some))


def test_the_same_text_of_many_is_embedded_once(gate: Gate, ask: Any) -> None:
    asked = [ask("first"), *(ask("same") for _ in range(5))]
    gate.open.release(2)
    assert len({one.result(10).tobytes() for one in asked[1:]}) == 1
    assert gate.passes == [["first"], ["same"]]


def test_an_error_reaches_those_of_its_pass_and_nobody_else(gate: Gate, ask: Any) -> None:
    asked = [ask("good"), ask("poison"), ask("beside it")]
    gate.open.release()
    until(lambda: len(gate.passes) == 2)
    later = ask("later")
    gate.open.release(2)
    for one in asked[1:]:
        with pytest.raises(ValueError, match="poison"):
            one.result(10)
    assert len(asked[0].result(10)) == len(later.result(10)) == 1


def test_a_pass_takes_no_more_texts_than_one_pass_may(gate: Gate, ask: Any) -> None:
    asked = [ask("first"), *(ask(f"text {number}") for number in range(MOST_TEXTS + 3))]
    gate.open.release(3)
    assert all(len(one.result(10)) == 1 for one in asked)
    assert [len(texts) for texts in gate.passes] == [1, MOST_TEXTS, 3]


def test_no_asker_is_lost_where_many_ask_again_and_again(embedder: Any) -> None:
    gathered = Gathered(embedder, passes=2, recent=Recent(most=1))
    texts = [f"asker {asker} asks {number}" for number in range(20) for asker in range(16)]
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda text: gathered.embed([text])[0], texts, timeout=60))
    assert np.array_equal(found, embedder.embed(texts))
    assert gathered.waiting == 0


def test_whoever_is_interrupted_while_waiting_leaves_the_others_their_turn(gate: Gate) -> None:
    """An interrupt reaches the main thread alone, so it is this one that waits."""
    gathered = Gathered(gate, passes=1)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(gathered.embed, ["first"])
        until(lambda: len(gate.passes) == 1)
        threads.submit(interrupt_main_when, lambda: gathered.waiting == 1)
        with pytest.raises(KeyboardInterrupt):
            gathered.embed(["interrupted"])
        last = threads.submit(gathered.embed, ["last"])
        gate.open.release(2)
        assert len(first.result(10)) == len(last.result(10)) == 1
    assert gate.passes == [["first"], ["last"]]


def interrupt_main_when(holds: Callable[[], bool]) -> None:
    until(holds)
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def test_what_was_asked_before_needs_no_pass(gate: Gate) -> None:
    gathered = Gathered(gate)
    gate.open.release(2)
    first = gathered.embed(["again"])
    both = gathered.embed(["again", "new", "again"])
    assert gate.passes == [["again"], ["new"]]
    assert np.array_equal(both, gate.inner.embed(["again", "new", "again"]))
    assert np.array_equal(first, both[:1])


def test_what_a_caller_writes_into_its_vectors_stays_its_own(embedder: Any) -> None:
    gathered = Gathered(embedder)
    gathered.embed(["text"])[0, 0] = 9
    gathered.embed(["text"])[0, 0] = 9
    assert np.array_equal(gathered.embed(["text"]), embedder.embed(["text"]))


def test_nothing_is_asked_of_the_model_for_nothing(gate: Gate) -> None:
    assert Gathered(gate).embed([]).shape == (0, gate.dimension)


def test_no_words_stay_until_they_are_collected(embedder: Any) -> None:
    gc.disable()
    try:
        Gathered(embedder).embed(["words of a member"])
        assert not [one for one in gc.get_objects() if type(one) is _Caller]
    finally:
        gc.enable()
