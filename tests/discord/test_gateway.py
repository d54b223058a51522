"""The gateway goes away and comes back; servers come and go. No question is lost or answered twice."""

import pytest
from discord import LoginFailure

from tests.discord.running import Running, Start
from tests.discord.server import Loopback

QUESTION = "how many accounts of knitting clubs did Twitter suspend?"


async def went_on(discord: Loopback, times: int = 1) -> None:
    await discord.world.until(lambda: discord.gateway.resumed == times, "the session to go on")


async def test_a_dropped_connection_is_resumed_and_what_was_missed_is_answered_once(
    discord: Loopback, bot: Running
) -> None:
    discord.gateway.open.clear()
    await discord.gateway.drop()
    asked = discord.member().asks(discord.channel, QUESTION)
    discord.gateway.open.set()
    await discord.reply_to(asked)
    await discord.quiet()
    assert (discord.gateway.identified, discord.gateway.resumed) == (1, 1)
    assert len(discord.replies_to(asked)) == 1


async def test_a_drop_in_the_middle_of_an_answer_does_not_answer_twice(discord: Loopback, bot: Running) -> None:
    asked = discord.member().asks(discord.channel, QUESTION)
    discord.gateway.ask_to_reconnect()
    await went_on(discord)
    await discord.reply_to(asked)
    await discord.quiet()
    assert len(discord.replies_to(asked)) == 1


async def test_a_severed_connection_is_resumed(discord: Loopback, bot: Running) -> None:
    discord.gateway.sever()
    await went_on(discord)
    await discord.reply_to(discord.member().asks(discord.channel, QUESTION))


async def test_an_invalid_session_that_can_be_resumed_is(discord: Loopback, bot: Running) -> None:
    discord.gateway.invalidate(resumable=True)
    await went_on(discord)
    assert discord.gateway.identified == 1


async def test_an_invalid_session_is_begun_anew(discord: Loopback, bot: Running) -> None:
    discord.gateway.invalidate()
    await discord.world.until(lambda: discord.gateway.identified == 2, "a new session")  # discord.py waits 5 s
    await discord.reply_to(discord.member().asks(discord.channel, QUESTION))


async def test_a_session_that_discord_has_forgotten_is_begun_anew(discord: Loopback, bot: Running) -> None:
    discord.gateway.forget_sessions()
    await discord.gateway.drop()
    await discord.world.until(lambda: discord.gateway.identified == 2, "a new session")
    await discord.reply_to(discord.member().asks(discord.channel, QUESTION))


async def test_each_shard_answers_for_its_servers(discord: Loopback, start: Start) -> None:
    guilds = [discord.world.add_guild(f"of shard {shard}", shard, 2) for shard in range(2)]
    await start(shards=2)
    for guild in guilds:
        (channel,) = guild.channels.values()
        await discord.reply_to(discord.member(guild=guild).asks(channel, QUESTION))
    assert {session.shard for session in discord.gateway.live} == {0, 1}
    assert all(len(channel.by(discord.bot)) == 1 for guild in guilds for channel in guild.channels.values())


async def test_a_server_that_is_joined_is_answered(discord: Loopback, bot: Running) -> None:
    guild = discord.join("new")
    (channel,) = guild.channels.values()
    await discord.reply_to(discord.member(guild=guild).asks(channel, QUESTION))


async def test_what_is_kept_of_a_server_goes_when_it_is_left(discord: Loopback, bot: Running) -> None:
    state = bot.client.desk.state
    await discord.response(discord.member().slash(discord.channel, "ask", question=QUESTION))
    assert state.guilds() == {discord.guild.id}
    discord.leave(discord.guild)
    await discord.quiet()
    assert state.guilds() == set()


async def test_an_outage_is_no_leaving(discord: Loopback, bot: Running) -> None:
    state = bot.client.desk.state
    await discord.response(discord.member().slash(discord.channel, "ask", question=QUESTION))
    discord.leave(discord.guild, outage=True)
    await discord.quiet()
    assert state.guilds() == {discord.guild.id}


async def test_the_heart_beats_in_time(discord: Loopback, start: Start) -> None:
    discord.gateway.heartbeat_s = 0.5
    await start()
    await discord.world.until(lambda: discord.gateway.beats >= 4, "four heartbeats")
    assert discord.gateway.late_s == []


async def test_a_token_that_discord_does_not_know_ends_the_start(discord: Loopback, start: Start) -> None:
    discord.rest._token = "another"
    with pytest.raises(LoginFailure):
        await start()


async def test_commands_are_registered_before_the_first_question(discord: Loopback, bot: Running) -> None:
    names = {command["name"] for command in discord.account.commands}
    assert {"ask", "Ask about this", "handle", "event", "timeline", "help", "settings"} <= names
