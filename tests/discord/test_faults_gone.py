"""Places, tokens and rights that are gone, and restarts: each question ends in one answer or in one clear message."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from discord import Permissions

from bot.pending import Pending
from bot.remembered import GuildSettings
from bot.state import State
from bot.visits import Visits
from tests.discord.callbacks import CALLBACK, ORIGINAL, WEBHOOK
from tests.discord.faults import EVERY, UNKNOWN_MESSAGE, refusal, reset
from tests.discord.holding import ANSWER, QUESTION, Gate, Settled, delete_original, notes, said
from tests.discord.routes import MESSAGE
from tests.discord.running import Running, Start
from tests.discord.server import Loopback
from tests.discord.world import Message

THREADS = MESSAGE + "/threads"
TYPING = "/channels/{channel_id}/typing"
WITHOUT_EMBEDS = Permissions(embed_links=True)


# ---- interactions that are gone


async def test_an_expired_token_leaves_the_answer_to_the_channel(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    gate.then = lambda: _let_pass(discord, 16 * 60)
    discord.member().slash(discord.channel, "ask", question=QUESTION)
    await settled()
    (answer,) = said(discord)
    assert ANSWER in answer
    assert QUESTION in answer


async def test_an_expired_token_of_a_private_answer_shows_it_to_nobody(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled, caplog: pytest.LogCaptureFixture
) -> None:
    gate.then = lambda: _let_pass(discord, 16 * 60)
    alice = discord.member()
    called = alice.slash(discord.channel, "ask", question=QUESTION, only_me=True)
    await settled()
    assert said(discord) == notes(discord, alice.user) == []
    assert f"question {called.id}: no answer: 401 50027" in caplog.text
    assert called.token not in caplog.text


async def test_where_no_acknowledgement_arrives_the_answer_stands_in_the_channel(
    discord: Loopback, bot: Running, settled: Settled
) -> None:
    discord.faults.on("POST", CALLBACK, reset(), nth=EVERY)
    discord.member().slash(discord.channel, "ask", question=QUESTION)
    await settled()
    assert [ANSWER in text for text in said(discord)] == [True]


async def test_a_deleted_acknowledgement_leaves_the_answer_to_the_asker_alone(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    gate.then = lambda: delete_original(discord, called)
    await settled()
    (shown,) = called.followups
    assert shown.ephemeral
    assert ANSWER in shown.text
    assert said(discord) == []


async def test_an_acknowledgement_that_discord_does_not_find_yet_is_answered_in_place(
    discord: Loopback, bot: Running, settled: Settled
) -> None:
    discord.faults.on("PATCH", ORIGINAL, refusal(UNKNOWN_MESSAGE))
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    await settled()
    assert called.original is not None
    assert ANSWER in called.original.text
    assert len(said(discord)) == 1


async def test_a_follow_up_whose_receipt_is_lost_is_not_sent_again(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    gate.then = lambda: delete_original(discord, called)
    discord.faults.on("POST", WEBHOOK, reset(after=True))
    await settled()
    assert [message.ephemeral for message in called.followups] == [True]


def _let_pass(discord: Loopback, seconds: float) -> None:
    discord.world.clock.shifted_s += seconds


# ---- places that are gone


async def test_a_deleted_question_is_answered_in_the_channel(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    alice = discord.member()
    asked = alice.asks(discord.channel, QUESTION)
    gate.then = lambda: alice.deletes(asked)
    await settled()
    (answer,) = discord.channel.by(discord.bot)
    assert ANSWER in answer.text
    assert answer.reference is None


async def test_of_a_deleted_channel_the_asker_is_told(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    channel = discord.add_channel("short-lived")
    alice = discord.member()
    gate.then = lambda: discord.delete_channel(channel)
    alice.asks(channel, QUESTION)
    await settled()
    (note,) = await discord.world.until(lambda: notes(discord, alice.user), "a note")
    assert "is gone" in note


async def test_where_its_thread_was_deleted_the_answer_stands_in_the_channel(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    gated.client.desk.state.change_settings(discord.guild.id, lambda _: replace(GuildSettings(), in_thread=True))
    asked = discord.member().asks(discord.channel, QUESTION)
    gate.then = lambda: discord.delete_channel(asked.thread) if asked.thread else None
    await settled()
    (answer,) = discord.channel.by(discord.bot)
    assert answer.reference == asked.id
    assert ANSWER in answer.text
    held = gated.client.desk.state.recall_message(answer.id)
    assert held is not None
    assert held.channel_id == discord.channel.id


async def test_where_no_thread_can_be_opened_at_a_deleted_question_it_is_answered_in_place(
    discord: Loopback, bot: Running, settled: Settled
) -> None:
    bot.client.desk.state.change_settings(discord.guild.id, lambda _: replace(GuildSettings(), in_thread=True))
    discord.faults.on("POST", THREADS, refusal(UNKNOWN_MESSAGE))
    discord.member().asks(discord.channel, QUESTION)
    await settled()
    assert [ANSWER in text for text in said(discord)] == [True]


# ---- what the bot may not do


async def test_without_the_right_to_write_the_asker_is_told_once(
    discord: Loopback, start: Start, settled: Settled
) -> None:
    discord.channel.denied[discord.guild.id] = Permissions(send_messages=True)
    await start()
    alice = discord.member()
    for number in (1, 2):
        alice.asks(discord.channel, QUESTION)
        await settled(number)
    (note,) = notes(discord, alice.user)
    assert f"may not write in <#{discord.channel.id}>" in note
    assert discord.rest.to("POST", TYPING) == []


async def test_a_right_that_was_taken_meanwhile_is_told(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    denied = Permissions(send_messages=True)
    gate.then = lambda: discord.channel.denied.update({discord.guild.id: denied})
    alice = discord.member()
    alice.asks(discord.channel, QUESTION)
    await settled()
    (note,) = await discord.world.until(lambda: notes(discord, alice.user), "a note")
    assert "may not write" in note


async def test_without_the_right_to_embed_the_answer_is_plain(
    discord: Loopback, start: Start, settled: Settled
) -> None:
    discord.channel.denied[discord.guild.id] = WITHOUT_EMBEDS
    await start()
    discord.member().asks(discord.channel, QUESTION)
    await settled()
    (answer,) = discord.channel.by(discord.bot)
    assert ANSWER in answer.content
    assert answer.embeds == []


async def test_a_right_to_embed_that_was_taken_meanwhile_leaves_a_plain_answer(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled
) -> None:
    gate.then = lambda: discord.channel.denied.update({discord.guild.id: WITHOUT_EMBEDS})
    discord.member().asks(discord.channel, QUESTION)
    await settled()
    (answer,) = discord.channel.by(discord.bot)
    assert ANSWER in answer.content
    assert answer.embeds == []


async def test_without_the_right_to_open_threads_the_answer_stands_in_place(
    discord: Loopback, start: Start, settled: Settled
) -> None:
    discord.channel.denied[discord.guild.id] = Permissions(create_public_threads=True)
    bot = await start()
    bot.client.desk.state.change_settings(discord.guild.id, lambda _: replace(GuildSettings(), in_thread=True))
    discord.member().asks(discord.channel, QUESTION)
    await settled()
    assert [ANSWER in text for text in said(discord)] == [True]


async def test_without_the_right_to_read_back_the_answer_refers_to_nothing(
    discord: Loopback, start: Start, settled: Settled
) -> None:
    discord.channel.denied[discord.guild.id] = Permissions(read_message_history=True)
    await start()
    discord.member().asks(discord.channel, QUESTION)
    await settled()
    assert [ANSWER in text for text in said(discord)] == [True]


# ---- a restart


@pytest.fixture
async def restart(start: Start, tmp_path: Path) -> Callable[[], Awaitable[Running]]:
    """Return a function that brings up the client of a new run of the program, on the same files."""
    return lambda: start(state=State(tmp_path / "state"), visits=Visits())


async def cut_off(bot: Running, gate: Gate) -> None:
    """Let a client end in the middle of an answer, as if it was killed."""
    await gate.entered.wait()
    events = [task for task in asyncio.all_tasks() if task.get_name().startswith(("discord.py: on_", "CommandTree"))]
    for task in events:
        task.cancel()
    await asyncio.gather(*events, return_exceptions=True)
    gate.open.set()
    await bot.stop()


async def test_a_mention_cut_off_is_answered_after_the_restart(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled, restart: Callable[[], Awaitable[Running]]
) -> None:
    gate.open.clear()
    asked = discord.member().asks(discord.channel, QUESTION)
    await cut_off(gated, gate)
    assert said(discord) == []
    await restart()
    await settled()
    (answer,) = discord.channel.by(discord.bot)
    assert ANSWER in answer.text
    assert answer.reference == asked.id


async def test_a_command_cut_off_is_answered_in_place_after_the_restart(
    discord: Loopback, gated: Running, gate: Gate, settled: Settled, restart: Callable[[], Awaitable[Running]]
) -> None:
    gate.open.clear()
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    await cut_off(gated, gate)
    await restart()
    await settled()
    assert called.original is not None
    assert ANSWER in called.original.text
    assert called.followups == []


@pytest.mark.parametrize("ago_s", [10, 300])
async def test_what_was_sent_before_the_restart_is_not_sent_again(
    discord: Loopback, bot: Running, settled: Settled, restart: Callable[[], Awaitable[Running]], ago_s: float,
    tmp_path: Path,
) -> None:  # fmt: skip
    asked = discord.member().asks(discord.channel, QUESTION)
    await settled()
    await bot.stop()
    _let_pass(discord, ago_s)
    _unsettle(tmp_path, discord, asked, ago_s)
    await restart()
    await settled()
    assert len(said(discord)) == 1


async def test_a_question_is_dropped_when_nobody_waits_any_more(
    discord: Loopback, bot: Running, settled: Settled, restart: Callable[[], Awaitable[Running]],
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    asked = discord.member().says(discord.channel, QUESTION)
    await bot.stop()
    _unsettle(tmp_path, discord, asked, 16 * 60)
    await restart()
    await settled()
    assert said(discord) == []
    assert f"question {asked.id}: it is too late" in caplog.text


def _unsettle(folder: Path, discord: Loopback, asked: Message, ago_s: float) -> None:
    """Bring the bot's notes back to where a question was taken and its answer not noted yet."""
    db = sqlite3.connect(folder / "state" / "state.sqlite")
    db.execute("DELETE FROM pending")
    db.commit()
    db.close()
    State(folder / "state").take(
        Pending(
            id=asked.id, guild_id=discord.guild.id, channel_id=asked.channel.id, asker_id=asked.author.id,
            question=QUESTION, at=time.time() - ago_s,
        )
    )  # fmt: skip
