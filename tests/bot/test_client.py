"""The client asks Discord for no more than it needs, and can ping nobody."""

import discord
import pytest

from bot.client import PurgebotClient, run_client
from bot.errors import Busy, NoConnection


def test_no_privileged_intent_is_asked_for(simcord_bot):
    assert {name for name, on in simcord_bot.intents if on} == {"guilds", "guild_messages", "dm_messages"}


def test_nobody_can_be_pinged(simcord_bot):
    assert simcord_bot.allowed_mentions is not None
    assert simcord_bot.allowed_mentions.to_dict() == {"parse": []}


def test_no_message_is_kept(simcord_bot):
    assert list(simcord_bot.cached_messages) == []
    assert simcord_bot._connection.max_messages is None


async def test_commands_are_synced_at_start(simcord_env):
    (sync,) = [request for request in simcord_env.http_requests if request.path.endswith("/commands")]
    names = {command["name"] for command in sync.json}
    members = {"ask", "Ask about this", "handle", "event", "timeline", "about", "help", "privacy"}
    assert members <= names


async def test_a_prefix_command_is_none_of_ours(stage):
    await stage.member.send(stage.channel, f"<@{stage.bot.user.id}> help")
    assert stage.errors == []
    assert stage.channel.last_message.embeds


async def test_closing_closes_the_pool(desk):
    await PurgebotClient(desk).close()
    with pytest.raises(Busy):
        await desk.work.run(max, 1, 2)


async def test_a_command_that_fails_before_it_answers_tells_the_member(stage, caplog):
    @stage.bot.tree.command(name="broken", description="Fails")
    async def broken(_interaction: discord.Interaction) -> None:
        raise RuntimeError("inner workings")

    await stage.bot.tree.sync()
    result = await stage.member.slash(stage.channel, "broken")
    assert result.ephemeral
    assert "inner" not in result.response.content
    assert "inner workings" in caplog.text
    stage.errors.clear()


def test_a_refused_token_is_one_sentence(monkeypatch, desk):
    def refuse(*_args, **_more):
        raise discord.LoginFailure("Improper token has been passed.")

    monkeypatch.setattr(PurgebotClient, "run", refuse)
    with pytest.raises(NoConnection, match="DISCORD_TOKEN"):
        run_client("bad", desk)


def test_a_refused_intent_is_one_sentence(monkeypatch, desk):
    def refuse(*_args, **_more):
        raise discord.PrivilegedIntentsRequired(None)

    monkeypatch.setattr(PurgebotClient, "run", refuse)
    with pytest.raises(NoConnection, match="PURGEBOT_MESSAGE_CONTENT=off"):
        run_client("good", desk)
