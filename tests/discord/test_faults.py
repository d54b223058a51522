"""Faults over the wire: whatever goes wrong, each question ends in one answer or in one clear message."""

from dataclasses import replace
from typing import Any

import pytest

from bot.answering import Answers
from bot.delivery import Patience
from bot.remembered import GuildSettings
from tests.discord.callbacks import CALLBACK, ORIGINAL
from tests.discord.faults import (
    EVERY,
    MISSING_PERMISSIONS,
    Fault,
    refusal,
    reset,
    slow,
    status,
    too_many,
)
from tests.discord.holding import ANSWER, QUESTION, Gate, Settled, said
from tests.discord.payloads import interaction_json, message_event
from tests.discord.routes import MESSAGE, MESSAGES
from tests.discord.running import Running
from tests.discord.server import Loopback
from tests.discord.world import THREAD, Message

THREADS = MESSAGE + "/threads"
TYPING = "/channels/{channel_id}/typing"
FAULTS = {
    "429 with Via": too_many(),
    "429 without Via": too_many(via=False),
    "500": status(500),
    "502": status(502),
    "503": status(503),
    "503 after it was done": status(503, after=True),
    "reset": reset(),
    "reset after it was done": reset(after=True),
    "slow": slow(0.6),
    "slow to answer": slow(0.6, after=True),
}
faulty = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())


# ---- what passes


@faulty
async def test_a_mention_is_answered_once(discord: Loopback, bot: Running, settled: Settled, fault: Fault) -> None:
    rule = discord.faults.on("POST", MESSAGES, fault)
    asked = discord.member().asks(discord.channel, QUESTION)
    await settled()
    assert rule.hit == 1
    assert [message.reference for message in discord.channel.by(discord.bot)] == [asked.id]
    assert ANSWER in said(discord)[0]


@faulty
async def test_a_command_is_answered_once(discord: Loopback, bot: Running, settled: Settled, fault: Fault) -> None:
    rule = discord.faults.on("PATCH", ORIGINAL, fault)
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    await settled()
    assert rule.hit == 1
    assert [ANSWER in text for text in said(discord)] == [True]
    assert called.original is not None
    assert called.followups == []


@faulty
async def test_an_acknowledgement_is_made_again(
    discord: Loopback, bot: Running, settled: Settled, fault: Fault
) -> None:
    rule = discord.faults.on("POST", CALLBACK, fault)
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    await settled()
    assert rule.hit == 1
    assert called.took_s < 3
    assert called.original is not None
    assert ANSWER in called.original.text
    assert len(said(discord)) == 1


@faulty
async def test_a_thread_is_opened_once(discord: Loopback, bot: Running, settled: Settled, fault: Fault) -> None:
    bot.client.desk.state.change_settings(discord.guild.id, lambda _: replace(GuildSettings(), in_thread=True))
    rule = discord.faults.on("POST", THREADS, fault)
    asked = discord.member().asks(discord.channel, QUESTION)
    await settled()
    assert rule.hit == 1
    (answer,) = discord.replies_to(asked)
    assert answer.channel.kind == THREAD
    assert ANSWER in answer.text


@pytest.mark.parametrize("fault", [status(500), slow(30.0), refusal(MISSING_PERMISSIONS)])
async def test_no_answer_waits_for_the_typing_sign(
    discord: Loopback, bot: Running, settled: Settled, fault: Fault
) -> None:
    discord.faults.on("POST", TYPING, fault, nth=EVERY)
    asked = discord.member().asks(discord.channel, QUESTION)
    assert ANSWER in (await discord.reply_to(asked, within_s=10)).text


@pytest.mark.parametrize("fault", [status(503), status(503, after=True), reset(after=True)])
async def test_what_discord_does_not_take_for_long_is_answered_later(
    discord: Loopback, bot: Running, settled: Settled, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    cog: Any = bot.client.get_cog("Ask")
    cog.answers = Answers(bot.client, bot.client.desk, Patience(total_s=0.3))
    rule = discord.faults.on("POST", MESSAGES, fault, nth=EVERY)
    discord.member().asks(discord.channel, QUESTION)
    await discord.world.until(lambda: rule.hit, "the fault")
    await discord.world.until(lambda: "no answer" in caplog.text, "the end of patience")
    await discord.quiet(0.5)
    discord.faults.clear()
    await cog.answers.finish_left_over()
    await settled()
    assert [ANSWER in text for text in said(discord)] == [True]


async def test_many_in_one_channel_wait_for_discord_s_limit_without_losing_patience(
    discord: Loopback, bot: Running, settled: Settled
) -> None:
    cog: Any = bot.client.get_cog("Ask")
    cog.answers = Answers(bot.client, bot.client.desk, Patience(total_s=2.0, try_s=1.5))
    discord.rest.buckets.limits["POST", MESSAGES] = (2, 1.0)
    for number in range(8):
        discord.member(f"member {number}").asks(discord.channel, QUESTION)
    await settled(8)
    assert [ANSWER in text for text in said(discord)] == [True] * 8


# ---- the gateway


async def test_what_is_asked_while_the_gateway_is_away_is_answered_once(
    discord: Loopback, bot: Running, settled: Settled
) -> None:
    discord.gateway.open.clear()
    await discord.gateway.drop()
    discord.member().asks(discord.channel, QUESTION)
    discord.gateway.open.set()
    await settled()
    assert discord.gateway.resumed == 1
    assert [ANSWER in text for text in said(discord)] == [True]


async def test_a_gateway_that_drops_in_the_middle_costs_no_answer(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    gate.then = discord.gateway.sever
    discord.member().asks(discord.channel, QUESTION)
    await settled()
    assert [ANSWER in text for text in said(discord)] == [True]


async def test_a_message_that_comes_twice_is_answered_once(discord: Loopback, bot: Running, settled: Settled) -> None:
    asked = discord.member().asks(discord.channel, QUESTION)
    await settled()
    _repeat(discord, asked)
    _repeat(discord, asked)
    discord.member("bob").asks(discord.channel, QUESTION)
    await settled(2)
    assert len(said(discord)) == 2


async def test_a_command_that_comes_twice_is_answered_once(discord: Loopback, bot: Running, settled: Settled) -> None:
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    discord.callbacks.unsure.add(called.id)
    discord.gateway.emit("INTERACTION_CREATE", discord.guild.id, interaction_json(called, discord.world))
    await settled()
    await discord.quiet()
    assert len(said(discord)) == 1
    assert len(discord.rest.to("PATCH", ORIGINAL)) == 1


async def test_an_invalid_session_costs_no_answer(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    gate.then = discord.gateway.invalidate
    alice = discord.member()
    alice.asks(discord.channel, QUESTION)
    await settled()
    gate.then = lambda: None
    await discord.world.until(lambda: discord.gateway.identified == 2, "a new session")
    await discord.up()
    alice.asks(discord.channel, QUESTION)
    await settled(2)
    assert [ANSWER in text for text in said(discord)] == [True, True]


def _repeat(discord: Loopback, message: Message) -> None:
    discord.gateway.emit("MESSAGE_CREATE", discord.guild.id, message_event(message, discord.world, sees_content=False))
