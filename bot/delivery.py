"""One call to Discord, made again until Discord has taken it, refuses it, or it is too late.

Only for calls that may be made twice: edits, and messages that carry a nonce. discord.py makes some calls again by
itself (500, 502, 504, and 429 with a `Via` header); what it raises comes here.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
import discord

T = TypeVar("T")
log = logging.getLogger(__name__)

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10003, 10008, 10015, 10062
ACKNOWLEDGED, EMPTY_MESSAGE, INVALID_TOKEN, OVERLOADED, THREAD_EXISTS = 40060, 50006, 50027, 130000, 160004
MISSING_ACCESS, MISSING_PERMISSIONS, ARCHIVED, LOCKED, NO_HISTORY = 50001, 50013, 50083, 160005, 160002
"""Source: Discord, "Opcodes and Status Codes", "JSON Error Codes"."""
EXPIRED = (UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, INVALID_TOKEN)
"""An interaction that Discord has given up on, or has never seen acknowledged."""
SHUT = (MISSING_ACCESS, MISSING_PERMISSIONS, ARCHIVED, LOCKED)
"""A place where the bot may not write."""
LOST = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError)
"""The answer did not come, so that nobody knows whether Discord has done it. A time-out is an `OSError`."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try: in all, for one call, and the pauses between calls, which double up to the longest.

    `after_loss` is off for what must not be done twice: then a call whose answer is lost is not made again.
    """

    total_s: float = 60.0
    try_s: float = 20.0
    first_pause_s: float = 0.5
    longest_pause_s: float = 8.0
    after_loss: bool = True
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random

    def pause(self, tried: int, asked_s: float) -> float:
        """Say how long to wait before the next call: around the pause that is due, and no less than was asked."""
        due = min(self.first_pause_s * 2.0**tried, self.longest_pause_s)
        return asked_s + due * (0.5 + self.jitter())


PATIENT = Patience()
HURRIED = Patience(total_s=2.8, try_s=1.2, first_pause_s=0.1)
"""For an acknowledgement, which Discord takes for `bot.limits.ACKNOWLEDGE_S` only."""
CAREFUL = Patience(total_s=20.0, after_loss=False)
"""For what carries no nonce and would be there twice."""


async def deliver(call: Callable[[], Awaitable[T]], patience: Patience = PATIENT) -> T:
    """Make a call, and again where that may help.

    Raises:
        discord.HTTPException: Discord refuses it, or the time is over; `is_passing` tells which.
        OSError, aiohttp.ClientError: the time is over and no answer came.
    """
    deadline = patience.clock() + patience.total_s
    tried = 0
    while True:
        try:
            async with asyncio.timeout(min(patience.try_s, max(0.0, deadline - patience.clock()))):
                return await call()
        except (discord.DiscordException, *LOST) as error:
            if not is_passing(error) or (isinstance(error, LOST) and not patience.after_loss):
                raise
            pause = patience.pause(tried, asked_pause(error))
            if patience.clock() + pause >= deadline:
                raise
            log.info("Discord: %s; again in %.1f s", short(error), pause)
        await patience.sleep(pause)
        tried += 1


def is_passing(error: BaseException) -> bool:
    """Say whether the same call may succeed later."""
    if isinstance(error, discord.HTTPException):
        return error.status == 429 or error.status >= 500 or error.code == OVERLOADED
    return isinstance(error, (discord.RateLimited, *LOST))


def asked_pause(error: BaseException) -> float:
    """Read how many seconds Discord asks to wait; 0 where it does not say."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("Retry-After", 0)))
    except ValueError:
        return 0.0


def short(error: BaseException) -> str:
    """Name an error for the log, by kind and numbers alone: its text may hold a token."""
    if isinstance(error, discord.HTTPException):
        return f"{error.status} {error.code}"
    return type(error).__name__
