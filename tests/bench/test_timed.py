"""The clock on an embedder counts no second twice."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from index.embed import Vectors
from tests.bench.timed import Timed
from tests.conftest import HashedWords

TOGETHER_S = 0.05


class Meeting(HashedWords):
    """An embedder whose calls wait for each other, and then some more together."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.met = threading.Barrier(calls)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts once all have come."""
        self.met.wait()
        time.sleep(TOGETHER_S)
        return super().embed(texts)


def test_calls_at_the_same_time_count_once() -> None:
    clock, begin = Timed(Meeting(4)), time.perf_counter()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(clock.embed, [["a"], ["b"], ["c"], ["d"]]))
    assert 0 < clock.seconds <= time.perf_counter() - begin


def test_passages_are_counted_and_questions_are_not() -> None:
    clock = Timed(HashedWords())
    clock.embed(["a question"])
    clock.embed_parts(["a passage", "another"], [[(0, 1)], []])
    assert clock.embedded == 2


def test_what_else_the_embedder_holds_shows_through() -> None:
    assert Timed(HashedWords()).embedded == 0
    assert Timed(Meeting(3)).met.parties == 3
