"""Questions that arrive together -> as few forward passes as they need."""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

import numpy as np

from index.embed import Embedder, PassageVectors, Span, Vectors, cores
from index.recent import Recent

MOST_TEXTS = 32
"""Of one pass; more than these wait for the next."""


@dataclass(slots=True, eq=False)
class _Caller:
    """One who asks; `batch` is what it has to embed for all, itself first, when it is woken before its `answer`."""

    texts: list[str]
    answer: Future[Vectors] = field(default_factory=Future)
    woken: threading.Event = field(default_factory=threading.Event)
    batch: "list[_Caller]" = field(default_factory=list)


class Gathered:
    """An embedder that takes many askers at once. Safe to use from several threads.

    Whoever comes while a pass may begin embeds at once, without a thread or a moment in between. Whoever comes while
    as many are under way as may be waits, and when one of them ends, the first of those who wait embeds for all of
    them. Their number has no other end than that of the threads which call; see `bot/work.py`.
    """

    def __init__(self, inner: Embedder, passes: int | None = None, recent: Recent | None = None) -> None:
        """Stand before an embedder.

        Args:
            inner: one that is safe to use from several threads.
            passes: how many may be under way at once; None leaves one of the cores to the question that thinks.
            recent: of what was asked before.
        """
        self.inner = inner
        self._free = passes or max(1, cores() - 1)
        self._recent = recent or Recent()
        self._waiting: deque[_Caller] = deque()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.inner.name

    @property
    def digest(self) -> str:
        """Which weights it has."""
        return self.inner.digest

    @property
    def dimension(self) -> int:
        """How long its vectors are."""
        return self.inner.dimension

    @property
    def waiting(self) -> int:
        """Count the callers that wait for a pass."""
        return len(self._waiting)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts as questions are, together with those of others: float32 `(n, d)`, unit length."""
        known = {text: vector for text in texts if (vector := self._recent.find(text)) is not None}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known |= zip(missing, self._together(missing), strict=True)
        rows = [known[text] for text in texts]
        return np.stack(rows) if rows else np.empty((0, self.dimension), dtype=np.float32)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed passages, which wait for nobody and are not kept."""
        return self.inner.embed_parts(texts, parts)

    def _together(self, texts: list[str]) -> Vectors:
        mine = _Caller(texts)
        if not self._begins(mine):
            self._wait(mine)
        if mine.batch:
            batch, mine.batch = mine.batch, []  # if it held itself, its words would stay until they are collected
            self._serve(batch)
        return mine.answer.result()

    def _begins(self, mine: _Caller) -> bool:
        """Say whether one may embed at once; otherwise it is put in the row."""
        with self._lock:
            if self._free:
                self._free -= 1
                mine.batch = [mine]
            else:
                self._waiting.append(mine)
        return bool(mine.batch)

    def _wait(self, mine: _Caller) -> None:
        try:
            mine.woken.wait()
        except BaseException:  # an interrupt: those whom this one was to serve must not be lost with it
            self._leave(mine)
            raise

    def _leave(self, mine: _Caller) -> None:
        """Go before one's answer is there; whoever was to embed for others lets the next of them do it."""
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
            leads, others = bool(mine.batch), mine.batch[1:]
            mine.batch = []
            for one in others[:1]:
                one.batch = others
        if others:
            others[0].woken.set()
        elif leads:
            self._hand_on()

    def _serve(self, batch: list[_Caller]) -> None:
        """Embed for several callers, and let the next begin, whatever comes of it."""
        try:
            texts = list(dict.fromkeys(text for one in batch for text in one.texts))
            found = dict(zip(texts, self.inner.embed(texts), strict=True))
            for text, vector in found.items():
                self._recent.keep(text, vector)
            for one in batch:
                one.answer.set_result(np.stack([found[text] for text in one.texts]))
        except BaseException as error:  # noqa: BLE001 - each caller raises it
            for one in batch:
                if not one.answer.done():
                    one.answer.set_exception(error)
        finally:
            self._hand_on()
            for one in batch[1:]:
                one.woken.set()

    def _hand_on(self) -> None:
        """Let the first who waits embed for all who wait; where nobody does, a core is free."""
        with self._lock:
            batch: list[_Caller] = []
            while self._waiting and (not batch or _texts([*batch, self._waiting[0]]) <= MOST_TEXTS):
                batch.append(self._waiting.popleft())
            for one in batch[:1]:
                one.batch = batch
            self._free += not batch
        for one in batch[:1]:
            one.woken.set()


def _texts(batch: Sequence[_Caller]) -> int:
    return sum(len(one.texts) for one in batch)
