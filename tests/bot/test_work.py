"""Work leaves the event loop, and no more of it is taken than can be done."""

import asyncio
import threading

import pytest

from bot.errors import Busy
from bot.work import Work


class Gate:
    """Work that waits until it is let through."""

    def __init__(self):
        self.open = threading.Event()
        self.entered = threading.Event()
        self.passed = 0

    def __call__(self):
        self.entered.set()
        assert self.open.wait(5)
        self.passed += 1
        return self.passed


@pytest.fixture
async def gate():
    gate = Gate()
    yield gate
    gate.open.set()


async def test_work_returns_what_the_function_returns():
    assert await Work().run(max, 1, 2) == 2


async def test_work_raises_what_the_function_raises():
    with pytest.raises(ZeroDivisionError):
        await Work().run(divmod, 1, 0)


async def test_the_loop_goes_on_while_work_runs(gate):
    task = asyncio.create_task(Work().run(gate))
    await asyncio.sleep(0.01)
    assert not task.done()
    gate.open.set()
    assert await task == 1


async def test_a_full_queue_refuses_at_once(gate):
    work = Work(threads=1, waiting=1)
    taken = [asyncio.create_task(work.run(gate)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await work.run(gate)
    gate.open.set()
    await asyncio.gather(*taken)
    assert await work.run(max, 1, 2) == 2


async def test_work_that_nobody_waits_for_still_counts(gate):
    work = Work(threads=1, waiting=0)
    task = asyncio.create_task(work.run(gate))
    while not gate.entered.is_set():
        await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(Busy):
        await work.run(gate)


async def test_work_cancelled_in_the_queue_gives_its_place_back(gate):
    work = Work(threads=1, waiting=1)
    running, waiting = (asyncio.create_task(work.run(gate)) for _ in range(2))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    third = asyncio.create_task(work.run(gate))
    gate.open.set()
    assert await asyncio.gather(running, third) == [1, 2]


async def test_closing_waits_for_what_was_taken(gate):
    work = Work(threads=1, waiting=1)
    taken = [asyncio.create_task(work.run(gate)) for _ in range(2)]
    await asyncio.sleep(0)
    threading.Timer(0.05, gate.open.set).start()
    await work.close()
    assert gate.passed == 2
    assert await asyncio.gather(*taken) == [1, 2]


async def test_a_closed_pool_takes_nothing():
    work = Work()
    await work.close()
    with pytest.raises(Busy):
        await work.run(max, 1, 2)
