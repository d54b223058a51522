"""The client asks Discord for no more than it needs, and can ping nobody."""

import discord
import pytest

from bot.client import PurgebotClient
from bot.errors import TOLD, NoConnection, Stopping


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
    async with PurgebotClient(desk):
        pass
    with pytest.raises(Stopping):
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


async def test_it_asks_discord_how_many_connections_to_open(desk):
    class Asked(Exception):
        """Stands in for the connections, which are not opened here."""

    class Http:
        async def get_bot_gateway(self):
            raise Asked

    client = PurgebotClient(desk, shards=None)
    client.http = Http()
    with pytest.raises(Asked):
        await client.launch_shards()


async def test_it_does_not_connect_where_discord_would_reset_the_token(desk):
    class Http:
        async def get_bot_gateway(self):
            return 2, "wss://gateway.example", {"total": 1000, "remaining": 1, "reset_after": 5_400_000}

    client = PurgebotClient(desk, shards=None)
    client.http = Http()
    with pytest.raises(NoConnection, match=r"no more for 2 hours, because it did so 1000 times"):
        await client.launch_shards()


async def test_suggestions_are_not_made_when_the_bot_is_stopping(stage, desk):
    assert await stage.member.autocomplete(stage.channel, "handle", "handle", "@pur")
    await desk.visits.close(0)
    assert await stage.member.autocomplete(stage.channel, "handle", "handle", "@pur") == []


async def test_whoever_asks_when_the_bot_is_stopping_gets_one_sentence(stage, desk):
    await desk.visits.close(0)
    await stage.member.slash(stage.channel, "ask", question="why were Occupy accounts suspended?")
    await stage.member.send(stage.channel, f"<@{stage.bot.user.id}> why were Occupy accounts suspended?")
    assert [message.content for message in stage.channel.history() if message.author.bot] == [TOLD[Stopping]] * 2
