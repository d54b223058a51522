"""Long work, one piece at a time in the whole process, on a thread of its own: questions never wait for it."""

import asyncio
import math
import secrets
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from bot.attribution import count
from bot.errors import Refused
from bot.turns import Room
from bot.work import Work
from index.errors import Stopped

T = TypeVar("T")
ID_BYTES = 6
RESTART = "a restart of the bot"
FULL_EVERY_S = 24 * 3600
"""Between two full reindexes that moderators ask for, of all servers together: each is work for all, and any server's
moderators may ask. Whoever runs the bot need not wait."""
TOO_SOON = (
    "everything was read again for all servers less than a day ago; leave out full, which reads what has changed, "
    "or ask again in {}"
)
RUNNING = "is having the sources reindexed right now; wait until that has ended, then ask again"
TELLING_S = 10.0
"""Of a rate, before it tells how long the rest will take."""
PACE_S = 3.0
"""Between two edits of the message that shows how far a job is. Discord takes about five in five seconds."""


class Job:
    """One piece of long work: whose it is, how far it is, and whether it is to stop."""

    def __init__(self, guild_id: int, who: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at nothing.

        Args:
            who: the member who began it, by name.
            clock: in seconds.
        """
        self._clock, self._since = clock, clock()
        self.id = secrets.token_hex(ID_BYTES)
        self.guild_id, self.who = guild_id, who
        self.stopped_by: str | None = None
        self._at = ("", 0, 0)
        self._lock = threading.Lock()

    @property
    def at(self) -> tuple[str, int, int]:
        """What is being done, how much of it is done, and how much there is; empty at the beginning."""
        with self._lock:
            return self._at

    @property
    def left_s(self) -> float | None:
        """How long what is being done will take at its rate so far; None where that cannot be told yet."""
        with self._lock:
            (_, done, total), spent = self._at, self._clock() - self._since
        return spent * (total - done) / done if done and spent >= TELLING_S else None

    def stop(self, who: str) -> None:
        """End it at its next step; who stopped it first is remembered."""
        with self._lock:
            self.stopped_by = self.stopped_by or who

    def report(self, what: str, done: int, total: int) -> None:
        """Note how far it is; called on its thread.

        Raises:
            Stopped: it is to stop.
        """
        with self._lock:
            if what != self._at[0]:
                self._since = self._clock()
            self._at = (what, done, total)
            if self.stopped_by:
                raise Stopped(f"stopped by {self.stopped_by}; nothing was changed")


class Jobs:
    """Runs jobs. Belongs to one event loop."""

    def __init__(self, pace_s: float = PACE_S, clock: Callable[[], float] = time.monotonic) -> None:
        """Prepare the thread; it starts with the first job. `clock` is in seconds."""
        self.pace_s, self._clock = pace_s, clock
        self._full_again = -math.inf
        self.running: Job | None = None
        self._work = Work(1, Room(1, 1, 1))

    def begin(self, guild_id: int, who: str) -> Job:
        """Take the one place that there is; `run` or `end` gives it back.

        Raises:
            Refused: another has it. Whose it is, is told to its own server alone.
        """
        if self.running is not None:
            own = self.running.guild_id == guild_id
            raise Refused(f"{self.running.who if own else 'another server'} {RUNNING}")
        self.running = Job(guild_id, who)
        return self.running

    def require_full(self) -> None:
        """Count a full reindex that a moderator asks for.

        Raises:
            Refused: there was one a short while ago.
        """
        left_s = self._full_again - self._clock()
        if left_s > 0:
            raise Refused(TOO_SOON.format(count(math.ceil(left_s / 3600), "hour")))
        self._full_again = self._clock() + FULL_EVERY_S

    def end(self, job: Job) -> None:
        """Give the place back."""
        if self.running is job:
            self.running = None

    def find(self, job_id: str, guild_id: int) -> Job | None:
        """Find a server's job while it runs."""
        found = self.running
        return found if found and (found.id, found.guild_id) == (job_id, guild_id) else None

    async def run(self, job: Job, function: Callable[[Callable[[str, int, int], None]], T]) -> T:
        """Run a job that was begun, and give its place back when its thread has ended.

        Args:
            function: is given what to report to.

        Raises:
            Stopped: it was stopped, and changed nothing.
        """
        try:
            return await asyncio.shield(asyncio.ensure_future(self._work.run(function, job.report)))
        finally:
            self.end(job)

    def stop(self) -> None:
        """Stop what runs, because the bot is being stopped."""
        if self.running:
            self.running.stop(RESTART)

    async def close(self, seconds: float) -> int:
        """Stop what runs and wait for it; returns how many threads are still at work."""
        self.stop()
        return await self._work.close(seconds)
