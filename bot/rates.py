"""Who asked when -> whether they may ask now, or when to come back. In memory: a restart forgets it."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.attribution import count
from bot.remembered import GuildSettings
from bot.settings import PER_HOUR

WINDOW_S = 3600
KEPT_WINDOWS = 10_000
"""Windows held before those that have run empty are thrown away."""

Key = tuple[str, int]
SAID = {
    "member": "You have asked {} in the last hour, which is the most that I take.",
    "server": "This server has asked {} in the last hour, which is the most that I take.",
    "all": "I have been asked {} in the last hour, by all servers together, which is the most that I take.",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """When a member may ask again: `until` is in seconds since 1970, `who` is a key of `SAID`."""

    until: int
    who: str
    most: int

    @property
    def sentence(self) -> str:
        """Say so in Discord's markup; the time shows in the reader's own zone. Nothing in it needs escaping."""
        return f"{SAID[self.who].format(count(self.most, 'question'))} Please ask again <t:{self.until}:R>."


class Rates:
    """Counts questions in an hour that slides, by member, by server and in all. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.time, per_hour: int = PER_HOUR) -> None:
        """Start with nobody having asked.

        Args:
            clock: gives seconds since 1970.
            per_hour: the most questions of all servers together.
        """
        self._clock, self._per_hour = clock, per_hour
        self._asked: dict[Key, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, guild_id: int | None, member_id: int, settings: GuildSettings) -> Wait | None:
        """Count one question, or say when to come back; a question that is refused does not count.

        Args:
            guild_id: None in direct messages, where only the member's limit holds.
        """
        now = self._clock()
        limits = [("all", ("all", 0), self._per_hour)]
        limits.append(("member", (f"member {guild_id or ''}", member_id), settings.member_per_hour))
        if guild_id is not None:
            limits.append(("server", ("server", guild_id), settings.guild_per_hour))
        with self._lock:
            waits = [self._wait(who, key, most, now) for who, key, most in limits]
            longest = max((wait for wait in waits if wait), key=lambda wait: wait.until, default=None)
            if longest is None:
                for _, key, _ in limits:
                    self._asked[key].append(now)
                self._tidy(now)
            return longest

    def _wait(self, who: str, key: Key, most: int, now: float) -> Wait | None:
        asked = self._asked.setdefault(key, deque())
        while asked and asked[0] <= now - WINDOW_S:
            asked.popleft()
        if len(asked) < most:
            return None
        return Wait(int(asked[len(asked) - most] + WINDOW_S) + 1, who, most)

    def _tidy(self, now: float) -> None:
        if len(self._asked) > KEPT_WINDOWS:
            self._asked = {key: asked for key, asked in self._asked.items() if asked and asked[-1] > now - WINDOW_S}
