"""The one place where work leaves the event loop: a few threads, and a queue with an end."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from bot.errors import Busy

P = ParamSpec("P")
T = TypeVar("T")


class Work:
    """A bounded pool. What it has taken it finishes; what it cannot take it refuses at once."""

    def __init__(self, threads: int = 2, waiting: int = 64) -> None:
        """Prepare the pool; no thread starts before there is work.

        Args:
            threads: how many pieces of work run at a time.
            waiting: how many more may wait for a thread.
        """
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="purgebot-work")
        self._most = threads + waiting
        self._taken = 0
        self._closed = False
        self._lock = threading.Lock()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function on a thread and wait for what it returns or raises.

        A caller that stops waiting stops no thread: the work counts until it has ended.

        Raises:
            Busy: the queue is full, or the pool is closed.
        """
        self._take()
        future = self._pool.submit(partial(copy_context().run, function, *args, **kwargs))
        future.add_done_callback(self._give_back)
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        """Take nothing more and wait for all that was taken."""
        with self._lock:
            self._closed = True
        await asyncio.to_thread(self._pool.shutdown, wait=True)

    def _take(self) -> None:
        with self._lock:
            if self._closed or self._taken >= self._most:
                raise Busy("no thread is free and the queue is full; ask again in a minute")
            self._taken += 1

    def _give_back(self, _future: "Future[T]") -> None:
        with self._lock:
            self._taken -= 1
