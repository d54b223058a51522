"""Long work runs one piece at a time, tells how far it is, and can be stopped."""

import asyncio
import threading

import pytest

from bot.errors import Refused
from bot.jobs import FULL_EVERY_S, RESTART, Jobs
from index.errors import Stopped


@pytest.fixture
async def jobs():
    opened = Jobs(pace_s=0.01)
    yield opened
    assert await opened.close(10) == 0


async def test_a_job_runs_on_a_thread_of_its_own_and_reports(jobs):
    job = jobs.begin(1, "boss")
    threads = []

    def work(report):
        threads.append(threading.current_thread())
        report("reading", 1, 2)
        return "done"

    assert await jobs.run(job, work) == "done"
    assert threads != [threading.main_thread()]
    assert job.at == ("reading", 1, 2)
    assert jobs.running is None


async def test_a_second_is_told_who_runs_the_first_in_its_own_server_only(jobs):
    job = jobs.begin(1, "boss")
    with pytest.raises(Refused, match="boss is having the sources reindexed"):
        jobs.begin(1, "other")
    with pytest.raises(Refused, match="another server is having"):
        jobs.begin(2, "other")
    jobs.end(job)
    assert jobs.begin(2, "other").who == "other"


def test_a_full_reindex_is_due_again_a_day_later():
    now = [0.0]
    jobs = Jobs(clock=lambda: now[0])
    jobs.require_full()
    now[0] += FULL_EVERY_S - 1
    with pytest.raises(Refused, match=r"ask again in 1 hour$"):
        jobs.require_full()
    now[0] += 1
    jobs.require_full()


async def test_a_job_that_is_stopped_ends_at_its_next_step(jobs):
    job = jobs.begin(1, "boss")
    begun, go_on = threading.Event(), threading.Event()

    def work(report):
        begun.set()
        go_on.wait(30)
        report("reading", 1, 2)

    running = asyncio.ensure_future(jobs.run(job, work))
    await asyncio.to_thread(begun.wait, 30)
    job.stop("mona")
    go_on.set()
    with pytest.raises(Stopped, match="mona"):
        await running
    assert jobs.running is None


async def test_closing_stops_what_runs(jobs):
    job = jobs.begin(1, "boss")
    begun, go_on = threading.Event(), threading.Event()

    def work(report):
        begun.set()
        go_on.wait(30)
        report("reading", 1, 2)

    running = asyncio.ensure_future(jobs.run(job, work))
    await asyncio.to_thread(begun.wait, 30)
    jobs.stop()
    go_on.set()
    with pytest.raises(Stopped):
        await running
    assert job.stopped_by == RESTART


async def test_a_job_is_found_by_its_own_server_while_it_runs(jobs):
    job = jobs.begin(1, "boss")
    assert jobs.find(job.id, 1) is job
    assert jobs.find(job.id, 2) is None
    jobs.end(job)
    assert jobs.find(job.id, 1) is None
