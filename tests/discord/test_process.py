"""The real bot, as a process, with the real model: what members see over the wire, through stops and restarts."""

import asyncio
import signal
from itertools import pairwise

import pytest

from tests.discord.actors import Actor
from tests.discord.callbacks import CALLBACK, ORIGINAL
from tests.discord.faults import slow
from tests.discord.gateway import CONTENT
from tests.discord.process import Process
from tests.discord.routes import COMMANDS, MESSAGES
from tests.discord.server import TOKEN, Loopback
from tests.discord.world import THREAD, Message, Upload

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUESTION = "how many accounts of knitting clubs did Twitter suspend?"
ANSWER = "240 accounts"


async def answered(city: Loopback, alice: Actor) -> Message:
    return await city.response(alice.slash(city.channel, "ask", question=QUESTION))


async def test_every_shard_is_connected_without_a_privileged_intent(city: Loopback, live: Process) -> None:
    assert city.gateway.is_up(2)
    assert not any(session.intents & CONTENT for session in city.gateway.live)
    assert [command["name"] for command in city.account.commands if command["type"] == 3] == ["Ask about this"]


async def test_a_mention_is_answered_once_in_each_shards_server(city: Loopback, live: Process) -> None:
    for guild in list(city.world.guilds.values()):
        (channel,) = guild.channels.values()
        asked = city.member(guild=guild).asks(channel, QUESTION)
        assert ANSWER in (await city.reply_to(asked)).text
        await city.quiet(0.2)
        assert len(city.replies_to(asked)) == 1


@pytest.mark.parametrize("only_me", [False, True])
async def test_a_command_is_answered_in_place(city: Loopback, live: Process, only_me: bool) -> None:
    called = city.member().slash(city.channel, "ask", question=QUESTION, only_me=only_me)
    shown = await city.response(called)
    assert ANSWER in shown.text
    assert shown.ephemeral == only_me
    assert called.followups == []


async def test_a_moderator_has_answers_put_into_threads(city: Loopback, live: Process) -> None:
    owner = Actor(city, city.guild.owner)
    form = await city.response(owner.slash(city.channel, "settings"))
    owner.press(form, "in threads")
    await city.edited(form)
    answer = await city.reply_to(city.member().asks(city.channel, QUESTION))
    owner.press(form, "in place")
    await city.edited(form)
    assert (answer.channel.kind, answer.channel.name) == (THREAD, QUESTION)
    assert ANSWER in answer.text


async def test_buttons_and_dialogs_work(city: Loopback, live: Process) -> None:
    alice = city.member()
    answer = await answered(city, alice)
    assert (await city.response(alice.press(answer, "Passages"))).ephemeral
    sent = alice.submits(await alice.opens(answer, "Follow up"), question="what did those affected say?")
    assert "followers" in (await city.response(sent)).text


async def test_what_is_typed_is_completed(city: Loopback, live: Process) -> None:
    typed = city.member().types(city.channel, "handle", handle="pur")
    offered = await city.world.until(lambda: typed.choices, "choices")
    assert [choice["value"] for choice in offered] == ["purlqueen"]


async def test_a_timeline_comes_with_its_picture(city: Loopback, live: Process) -> None:
    (picture,) = (await city.response(city.member().slash(city.channel, "timeline"))).attachments
    assert picture["size"] > 1000


async def test_a_file_that_a_moderator_uploads_is_read(city: Loopback, live: Process) -> None:
    file = Upload("moles.md", b"# Moles locked out\n\nOn 7 May 2021 Reddit closed 12 communities of mole friends.\n")
    shown = await city.response(Actor(city, city.guild.owner).slash(city.channel, "sources add", file=file))
    assert shown.ephemeral
    assert "Moles locked out" in shown.text


async def test_a_stop_lets_an_answer_end_and_a_restart_knows_its_buttons(city: Loopback, live: Process) -> None:
    city.faults.on("PATCH", ORIGINAL, slow(1.0))
    alice = city.member()
    sent, registered = len(city.rest.to("PATCH", ORIGINAL)), len(city.rest.to("PUT", COMMANDS))
    called = alice.slash(city.channel, "ask", question=QUESTION)
    await city.world.until(lambda: len(city.rest.to("PATCH", ORIGINAL)) > sent or None, "the answer to be on its way")
    live.signal(signal.SIGTERM)
    assert await live.ended() == 0
    answer = await city.response(called)
    assert ANSWER in answer.text
    await live.start(shards=2)
    assert len(city.rest.to("PUT", COMMANDS)) == registered
    assert "knitting" in (await city.response(alice.press(answer, "Passages"))).text


async def test_a_question_that_a_crash_cut_off_is_answered_once_after_the_restart(
    city: Loopback, live: Process
) -> None:
    city.faults.on("POST", MESSAGES, slow(1.0))
    sent = len(city.rest.to("POST", MESSAGES))
    asked = city.member().asks(city.channel, QUESTION)
    await city.world.until(lambda: len(city.rest.to("POST", MESSAGES)) > sent or None, "the answer to be on its way")
    live.signal(signal.SIGKILL)
    await live.ended()
    await live.start(shards=2)
    assert ANSWER in (await city.reply_to(asked)).text
    await city.world.until(lambda: len(city.rest.to("POST", MESSAGES)) > sent + 1 or None, "the answer to come again")
    await city.quiet()
    assert len(city.replies_to(asked)) == 1


async def test_a_question_is_acknowledged_before_it_is_answered(city: Loopback, live: Process) -> None:
    before = len(city.rest.calls)
    await answered(city, city.member())
    calls = [call for call in city.rest.calls[before:] if call.template in (CALLBACK, ORIGINAL)]
    assert [call.template for call in calls] == [CALLBACK, ORIGINAL]
    assert all(earlier.at <= later.at for earlier, later in pairwise(calls))


async def test_no_token_and_no_question_reaches_the_log(city: Loopback, live: Process) -> None:
    await answered(city, city.member())
    await asyncio.sleep(0.1)
    assert "connected" in live.log
    assert TOKEN not in live.log
    assert not any(token in live.log for token in city.callbacks.interactions)
