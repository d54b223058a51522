"""Full garbage collections come when nothing is at work, and come."""

import asyncio
import gc
import weakref

import pytest

from bot.tidying import AT_THE_LATEST, DUE, Tidying
from bot.work import Work


class Ring:
    """Garbage that only a collection finds."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def due():
    """Return old garbage, when a full collection is due."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.set_threshold(100_000, 10, 100_000)  # none comes by itself
    ring = Ring()
    for _ in range(DUE + 1):
        gc.collect(1)
    found = weakref.ref(ring)
    del ring
    yield found
    gc.set_threshold(*thresholds)


async def until_gone(found):
    async with asyncio.timeout(10):
        while found():
            await asyncio.sleep(0.001)


async def test_what_is_left_is_collected_at_rest(due):
    await Work(tidying=Tidying(0)).run(max, 1, 2)
    assert due()
    await until_gone(due)


async def test_nothing_is_collected_while_anything_is_at_work(due):
    tidying = Tidying(0)
    with tidying.put_off():
        with tidying.put_off():
            pass
        await asyncio.sleep(0.01)
        assert due()
    await until_gone(due)


async def test_work_that_begins_puts_off_what_was_to_come(due):
    tidying = Tidying(0.001)
    with tidying.put_off():
        pass
    with tidying.put_off():
        await asyncio.sleep(0.01)
        assert due()


async def test_nothing_is_collected_where_nothing_is_due(due):
    gc.collect()
    ring = Ring()
    gc.collect(1)
    gc.collect(1)
    found = weakref.ref(ring)
    del ring
    with Tidying(0).put_off():
        pass
    await asyncio.sleep(0.01)
    assert found()


@pytest.mark.usefixtures("due")
async def test_without_a_rest_one_comes_by_itself_much_later():
    with Tidying().put_off():
        assert gc.get_threshold()[2] == AT_THE_LATEST
