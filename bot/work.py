"""The one place where work leaves the event loop: a few threads, and a fair queue with an end."""

import asyncio
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context, ContextVar, copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ParamSpec, TypeVar

from bot.errors import Busy, Stopping
from bot.tidying import OF_THE_PROCESS, Tidying
from bot.turns import Lane, Room, Turns
from bot.visits import CURRENT, Visit

P = ParamSpec("P")
T = TypeVar("T")
THREADS = 3
"""One that thinks, one that embeds, one that writes down what was answered or does anything else; see
`index/floor.py`. docs/performance.md has what other numbers came to."""
TICK_S = 0.02
SWITCH_S = 0.001
"""How long a thread may keep the interpreter while others wait for it, the event loop among them; Python's own 5 ms
let the loop wait up to twice as long, and cost as much.
Source: Python, `sys.setswitchinterval`."""
WAITED_S: ContextVar[float] = ContextVar("waited", default=0.0)
"""How long the running piece of work waited for a thread."""


@dataclass(slots=True, eq=False)
class _Piece:
    call: Callable[[], Any]
    context: Context
    lane: Lane
    result: Future[Any] = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)


class Work:
    """A bounded pool. What it has taken it finishes; what it cannot take it refuses at once."""

    def __init__(
        self,
        threads: int = THREADS,
        room: Room | None = None,
        waited: Callable[[float], object] = lambda _s: None,
        tidying: Tidying = OF_THE_PROCESS,
    ) -> None:
        """Prepare the pool; no thread starts before there is work.

        Args:
            threads: how many pieces of work run at a time.
            room: how many more may wait for a thread.
            waited: is told how many seconds each piece waited.
            tidying: is put off while any work is under way.
        """
        sys.setswitchinterval(SWITCH_S)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="purgebot-work")
        self._threads, self._waited, self._tidying = threads, waited, tidying
        self._turns: Turns[_Piece] = Turns(room or Room())
        self._busy = 0
        self._closed = False
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """Count what waits for a thread."""
        with self._lock:
            return len(self._turns)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function on a thread and wait for what it returns or raises.

        A caller that stops waiting stops no thread: work that has begun counts until it has ended.

        Raises:
            Busy: there is no room in the queue.
            Stopping: the pool is closed, or the caller came when the bot was stopping.
        """
        visit = CURRENT.get()
        piece = _Piece(partial(function, *args, **kwargs), copy_context(), _lane_of(visit))
        self._take(piece, late=visit is not None and visit.late)
        try:
            with self._tidying.put_off():
                return await asyncio.wrap_future(piece.result)
        except asyncio.CancelledError:
            with self._lock:
                self._turns.drop(piece.lane, piece)
            raise

    async def close(self, seconds: float = 600.0) -> int:
        """Take nothing more and wait for all that was taken.

        Returns:
            How many threads are still at work after `seconds`.
        """
        with self._lock:
            self._closed = True
        end = time.monotonic() + seconds
        while self._busy and time.monotonic() < end:
            await asyncio.sleep(TICK_S)
        self._pool.shutdown(wait=False, cancel_futures=True)
        return self._busy

    def _take(self, piece: _Piece, *, late: bool) -> None:
        with self._lock:
            if self._closed or late:
                raise Stopping("the bot is being stopped; ask again in a minute")
            if self._busy == self._threads:
                if not self._turns.put(piece.lane, piece):
                    raise Busy("no thread is free and there is no room in the queue; ask again in a minute")
                return
            self._busy += 1
        self._pool.submit(self._work_off, piece)

    def _work_off(self, piece: _Piece | None) -> None:
        """Do one piece after another until none waits."""
        while piece:
            self._do(piece)
            with self._lock:
                piece = self._turns.take()
                self._busy -= piece is None

    def _do(self, piece: _Piece) -> None:
        if not piece.result.set_running_or_notify_cancel():
            return
        waited = time.monotonic() - piece.since
        self._waited(waited)
        piece.context.run(WAITED_S.set, waited)
        try:
            result = piece.context.run(piece.call)
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits
            piece.result.set_exception(error)
        else:
            piece.result.set_result(result)


def _lane_of(visit: Visit | None) -> Lane:
    if visit is None:
        return Lane()
    return Lane(visit.guild_id or ("direct", visit.member_id), visit.member_id)
