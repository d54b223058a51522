"""Whoever comes in has an id, and the bot goes only when they are served."""

import asyncio

import pytest

from bot.visits import CURRENT, Visits, visit_id


@pytest.fixture
def visits():
    return Visits()


async def visit(visits, until):
    visits.admit("command", 1, 2, 3)
    await until.wait()
    return visit_id()


async def test_an_id_holds_for_all_that_one_visit_does(visits):
    first = visits.admit("command", 1, 2, 3)
    assert visits.admit("dialog", 1, 2, 3) is first
    assert visit_id() == first.id == await asyncio.to_thread(visit_id)


async def test_visits_have_different_ids(visits):
    go = asyncio.Event()
    go.set()
    assert await asyncio.create_task(visit(visits, go)) != await asyncio.create_task(visit(visits, go))


def test_where_nobody_is_served_an_id_is_new():
    assert CURRENT.get() is None
    assert visit_id() != visit_id()


async def test_closing_waits_until_all_are_served(visits):
    go = asyncio.Event()
    inside = asyncio.create_task(visit(visits, go))
    await asyncio.sleep(0)
    closing = asyncio.create_task(visits.close(60))
    await asyncio.sleep(0)
    assert not closing.done()
    go.set()
    assert await closing == 0
    assert inside.done()


async def test_closing_gives_up_in_the_end(visits):
    inside = asyncio.create_task(visit(visits, asyncio.Event()))
    await asyncio.sleep(0)
    assert await visits.close(0) == 1
    assert inside.cancelled()


async def test_whoever_comes_after_closing_is_late(visits):
    await visits.close(0)
    assert visits.admit("command", 1, 2, 3).late


async def test_with_nobody_inside_closing_is_at_once(visits):
    assert await visits.close(60) == 0
