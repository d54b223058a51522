"""When Python looks through all objects for garbage: when nobody waits, for it stops every thread meanwhile."""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager

REST_S = 0.25
DUE = 10
"""Collections of the middle generation after which a full one is due. Source: Python, `gc.set_threshold`."""
AT_THE_LATEST = 1000
"""The same where there is never a rest: some thousand questions. A full one takes 60 to 200 ms once much is kept of
what was read, and a question leaves next to nothing for it."""


class Tidying:
    """Full garbage collections of a process, made at rest. Belongs to one event loop at a time."""

    def __init__(self, rest_s: float = REST_S) -> None:
        """Begin at rest.

        Args:
            rest_s: for how long nothing must have been at work.
        """
        self._rest_s = rest_s
        self._at_work = 0
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Be at work, so that none is made."""
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, AT_THE_LATEST)
        self._at_work += 1
        if self._timer:
            self._timer.cancel()
        try:
            yield
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._timer = asyncio.get_running_loop().call_later(self._rest_s, _tidy)


def _tidy() -> None:
    if gc.get_count()[2] >= DUE:
        gc.collect()


OF_THE_PROCESS = Tidying()
"""There is one garbage collector, whatever is at work."""
