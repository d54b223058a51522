"""Many passages: batches of like length, embedded side by side, each stored when it is ready."""

import threading
import time
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from index.bulk import BATCH_CHARS, BATCH_CHARS_LEAST, BATCHES_EACH, Waiting, embedding, in_batches
from index.embed import PassageVectors, Span, cores


def waiting(count: int, chars: int = 2000) -> list[Waiting]:
    return [Waiting(f"key {n}", f"{n} word " * (chars // 8 - n % 40), ((0, 4),)) for n in range(count)]


class Watched:
    """An embedder that notes how many threads are in it, and refuses a text."""

    name, digest = "watched", "watched-1"

    def __init__(self, inner: Any, refused: str | None = None) -> None:
        self.inner, self.refused, self.dimension = inner, refused, inner.dimension
        self.meeting = threading.Barrier(2)
        self.calls = 0
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Any:
        return self.inner.embed(texts)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        with self._lock:
            self.calls += 1
        if self.refused in texts:
            raise ValueError("refused")
        return self.inner.embed_parts(texts, parts)  # type: ignore[no-any-return]


def test_batches_hold_each_passage_once_and_none_is_too_large() -> None:
    many = waiting(100)
    batches = in_batches(many)
    assert sorted(one.key for batch in batches for one in batch) == sorted(one.key for one in many)
    assert all(sum(len(one.text) for one in batch) <= BATCH_CHARS for batch in batches)


def test_there_are_enough_batches_for_all_cores_to_end_together() -> None:
    few, many = in_batches(waiting(120)), in_batches(waiting(3 * BATCHES_EACH * cores(), chars=BATCH_CHARS // 2))
    assert len(few) >= min(BATCHES_EACH * cores(), 120 * 1900 // BATCH_CHARS_LEAST)
    assert all(len(batch) > 1 for batch in many[:-1])  # no smaller than they need to be


def test_a_batch_holds_passages_of_like_length() -> None:
    spans = sorted((min(len(one.text) for one in b), max(len(one.text) for one in b)) for b in in_batches(waiting(100)))
    assert all(longest <= shortest for (_, longest), (shortest, _) in pairwise(spans))


def test_a_passage_longer_than_a_batch_stands_alone() -> None:
    assert [len(batch) for batch in in_batches(waiting(2, chars=2 * BATCH_CHARS))] == [1, 1]


def test_nothing_becomes_nothing(embedder: Any) -> None:
    with embedding(in_batches([]), embedder) as batches:
        assert list(batches) == []


def test_each_key_gets_the_vectors_of_its_own_text(embedder: Any) -> None:
    many = waiting(100)
    with embedding(in_batches(many), embedder, threads=3) as batches:
        found = dict(one for batch in batches for one in batch)
    assert found.keys() == {one.key for one in many}
    for one in many[::9]:
        assert found[one.key].whole == pytest.approx(embedder.embed([one.text])[0], abs=1e-6)


def test_two_batches_are_embedded_at_a_time(embedder: Any) -> None:
    class Meeting(Watched):
        def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
            self.meeting.wait(10)  # is broken where nobody else comes
            return super().embed_parts(texts, parts)

    two = in_batches(waiting(2, chars=BATCH_CHARS))
    with embedding(two, Meeting(embedder), threads=2) as batches:
        assert len(list(batches)) == 2


def test_whoever_stops_waits_for_no_batch_that_has_not_begun(embedder: Any) -> None:
    watched = Watched(embedder)
    with embedding(in_batches(waiting(200)), watched, threads=1) as batches:
        next(batches)
    begun = watched.calls
    time.sleep(0.05)
    assert watched.calls == begun < len(in_batches(waiting(200)))


def test_an_error_of_the_model_reaches_whoever_stores(embedder: Any) -> None:
    many = waiting(100)
    watched = Watched(embedder, refused=many[50].text)
    with pytest.raises(ValueError, match="refused"), embedding(in_batches(many), watched, threads=2) as batches:
        list(batches)
