"""Each end of a question is counted, and who is refused is told when to come back."""

import asyncio
import re
import threading
import time
from dataclasses import replace

from bot.asking import Asked, answer_on
from bot.question_log import note_reply
from bot.rates import Rates
from bot.turns import Room
from bot.work import Work

ASKED = Asked(question="why were Occupy accounts suspended?", guild_id=1, channel_id=2, asker_id=3)


def count(desk, name, **labels):
    return desk.metrics.registry.get_sample_value(f"purgebot_{name}_total", labels)


async def test_an_answer_is_counted_by_its_outcome(desk):
    await answer_on(desk, ASKED)
    assert count(desk, "answers", outcome="answered") == 1
    assert desk.metrics.registry.get_sample_value("purgebot_questions_total", {"kind": "again"}) == 1


async def test_a_limit_that_was_reached_is_counted(desk):
    desk = replace(desk, rates=Rates(per_hour=1))
    await answer_on(desk, ASKED)
    assert "by all servers together" in (await answer_on(desk, ASKED)).reply.content
    assert count(desk, "refused", limit="all") == 1


async def test_who_finds_no_room_is_told_when_to_come_back(desk):
    gate = threading.Event()
    work = Work(threads=1, room=Room(total=0))
    running = asyncio.create_task(work.run(gate.wait, 5))
    await asyncio.sleep(0)
    told = (await answer_on(replace(desk, work=work), ASKED)).reply.content
    gate.set()
    await running
    until = re.search(r"<t:(\d+):R>", told)
    assert until is not None
    assert int(until[1]) > time.time()
    assert count(desk, "refused", limit="queue") == 1


def test_a_reply_that_was_given_up_is_counted(desk):
    note_reply(desk.metrics, sent=False)
    assert count(desk, "replies", result="failed") == 1
