"""Work leaves the event loop, and no more of it is taken than can be done."""

import asyncio
import sys
import threading

import pytest

from bot.errors import Busy, Stopping
from bot.turns import Room
from bot.visits import Visits
from bot.work import SWITCH_S, WAITED_S, Work

ONE, NONE = Room(total=1), Room(total=0)


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


def test_the_loop_waits_for_no_thread_longer_than_it_must():
    sys.setswitchinterval(0.005)
    Work()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_S)


async def test_a_full_queue_refuses_at_once(gate):
    work = Work(threads=1, room=ONE)
    taken = [asyncio.create_task(work.run(gate)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await work.run(gate)
    gate.open.set()
    await asyncio.gather(*taken)
    assert await work.run(max, 1, 2) == 2


async def test_work_that_nobody_waits_for_still_counts(gate):
    work = Work(threads=1, room=NONE)
    task = asyncio.create_task(work.run(gate))
    while not gate.entered.is_set():
        await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(Busy):
        await work.run(gate)


async def test_work_cancelled_in_the_queue_gives_its_place_back(gate):
    work = Work(threads=1, room=ONE)
    running, waiting = (asyncio.create_task(work.run(gate)) for _ in range(2))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    third = asyncio.create_task(work.run(gate))
    gate.open.set()
    assert await asyncio.gather(running, third) == [1, 2]


async def test_closing_waits_for_what_was_taken(gate):
    work = Work(threads=1, room=ONE)
    taken = [asyncio.create_task(work.run(gate)) for _ in range(2)]
    await asyncio.sleep(0)
    threading.Timer(0.05, gate.open.set).start()
    await work.close()
    assert gate.passed == 2
    assert await asyncio.gather(*taken) == [1, 2]


async def test_a_closed_pool_takes_nothing():
    work = Work()
    await work.close()
    with pytest.raises(Stopping):
        await work.run(max, 1, 2)


async def test_closing_gives_up_on_what_does_not_end(gate):
    work = Work(threads=1)
    task = asyncio.create_task(work.run(gate))
    await asyncio.sleep(0)
    assert await work.close(seconds=0) == 1
    gate.open.set()
    assert await task == 1


async def served(work, order, name, guild_id, member_id):
    """Do work for a member, as an event of Discord's would, and note when its turn came."""
    Visits().admit("command", guild_id, 1, member_id)
    await work.run(order.append, name)


async def test_a_flooding_server_makes_no_other_wait_for_it(gate):
    work, order = Work(threads=1), []
    first = asyncio.create_task(work.run(gate))
    await asyncio.sleep(0)
    who = [(f"flood {number}", 1, 10 + number) for number in range(4)] + [("other", 2, 99), ("direct", None, 98)]
    tasks = [asyncio.create_task(served(work, order, *one)) for one in who]
    await asyncio.sleep(0)
    gate.open.set()
    await asyncio.gather(first, *tasks)
    assert order == ["flood 0", "other", "direct", "flood 1", "flood 2", "flood 3"]


async def test_a_flooding_member_makes_no_other_of_the_server_wait_for_them(gate):
    work, order = Work(threads=1), []
    first = asyncio.create_task(work.run(gate))
    await asyncio.sleep(0)
    who = [(f"flood {number}", 1, 10) for number in range(3)] + [("other", 1, 99)]
    tasks = [asyncio.create_task(served(work, order, *one)) for one in who]
    await asyncio.sleep(0)
    gate.open.set()
    await asyncio.gather(first, *tasks)
    assert order == ["flood 0", "other", "flood 1", "flood 2"]


async def test_a_server_that_has_filled_its_room_leaves_room_for_others(gate):
    work, order = Work(threads=1, room=Room(total=9, server=1)), []
    running = asyncio.create_task(work.run(gate))
    await asyncio.sleep(0)
    waiting = asyncio.create_task(served(work, order, "first", 1, 10))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await asyncio.create_task(served(work, order, "second", 1, 11))
    other = asyncio.create_task(served(work, order, "other", 2, 12))
    gate.open.set()
    await asyncio.gather(running, waiting, other)
    assert order == ["first", "other"]


async def test_whoever_comes_when_the_bot_is_stopping_is_refused():
    visits = Visits()
    await visits.close(0)
    visits.admit("command", 1, 1, 10)
    with pytest.raises(Stopping):
        await Work().run(max, 1, 2)


async def test_work_knows_how_long_it_waited():
    noted = []
    waited = await Work(waited=noted.append).run(WAITED_S.get)
    assert noted == [waited]
    assert waited >= 0
