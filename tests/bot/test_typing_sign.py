"""The sign that the bot types, which no answer depends on."""

import asyncio
import time

from bot.typing_sign import LAST_S, typing


class Place:
    """A channel where showing the sign takes time, or fails."""

    def __init__(self, takes_s: float = 0.0, error: Exception | None = None) -> None:
        self.shown, self._takes_s, self._error = 0, takes_s, error

    async def typing(self) -> None:
        await asyncio.sleep(self._takes_s)
        if self._error:
            raise self._error
        self.shown += 1


async def test_it_is_shown_even_for_short_work():
    place = Place(takes_s=0.05)
    async with typing(place):
        pass
    assert place.shown == 1


async def test_work_goes_on_meanwhile():
    place = Place(takes_s=60)
    began = time.monotonic()
    async with typing(place):
        done = "done"
    assert done == "done"
    assert time.monotonic() - began < 60 * LAST_S
    assert place.shown == 0


async def test_a_sign_that_fails_is_nobody_s_business():
    async with typing(Place(error=ConnectionResetError())):
        await asyncio.sleep(0)


async def test_nothing_goes_on_afterwards():
    before = asyncio.all_tasks()
    async with typing(Place(takes_s=0.01)):
        await asyncio.sleep(0.02)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
