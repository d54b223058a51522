"""Whose turn it is to think: one question at a time, for several would only take the interpreter from each other."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Floor:
    """What one thread has at a time, and others get in the order in which they came for it.

    Whoever has it leaves it while waiting for anything that takes longer than a look into a file. It must never wait
    for another thread that may need it.
    """

    def __init__(self) -> None:
        """Begin with nobody having it."""
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._row: deque[tuple[int, threading.Lock]] = deque()

    @property
    def waiting(self) -> int:
        """Count the threads that wait for it."""
        return len(self._row)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have it for a while; not to be asked for by a thread that has it."""
        self._take()
        try:
            yield
        finally:
            self._give()

    @contextmanager
    def left(self) -> Iterator[None]:
        """Let others have it for a while, where this thread has it at all."""
        if self._owner != threading.get_ident():
            yield
            return
        self._give()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        mine = threading.get_ident(), threading.Lock()
        with self._lock:
            if self._owner is None:
                self._owner = mine[0]
                return
            mine[1].acquire()
            self._row.append(mine)
        try:
            mine[1].acquire()
        except BaseException:  # an interrupt: its turn must not be lost with it
            self._leave(mine)
            raise

    def _leave(self, mine: tuple[int, threading.Lock]) -> None:
        with self._lock:
            waits = mine in self._row
            if waits:
                self._row.remove(mine)
        if not waits:
            self._give()

    def _give(self) -> None:
        with self._lock:
            if self._owner != threading.get_ident():  # it was interrupted while it came back
                return
            self._owner, turn = self._row.popleft() if self._row else (None, None)
        if turn:
            turn.release()
