"""An embedder that keeps the time that it takes and counts what it embeds for passages."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from index.embed import Embedder, PassageVectors, Span, Vectors


class Timed:
    """Another embedder, with a clock that runs while any call does, however many threads call at once.

    What else the other can do passes through.
    """

    def __init__(self, embedder: Embedder) -> None:
        """Start the clock at nothing."""
        self._embedder = embedder
        self._lock = threading.Lock()
        self._running, self._begin = 0, 0.0
        self.seconds, self.embedded = 0.0, 0
        self.name, self.digest, self.dimension = embedder.name, embedder.digest, embedder.dimension

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 `(n, d)`, unit length."""
        found: Vectors = self._clocked(lambda: self._embedder.embed(texts))
        return found

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed texts whole and in parts."""
        with self._lock:
            self.embedded += len(texts)
        found: list[PassageVectors] = self._clocked(lambda: self._embedder.embed_parts(texts, parts))
        return found

    def _clocked(self, call: Callable[[], Any]) -> Any:
        with self._lock:
            self._begin = self._begin if self._running else time.perf_counter()
            self._running += 1
        try:
            return call()
        finally:
            with self._lock:
                self._running -= 1
                self.seconds += 0.0 if self._running else time.perf_counter() - self._begin
