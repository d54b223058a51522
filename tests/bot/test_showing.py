"""What is looked up is shown to all only where moderators let the bot answer."""

import pytest

from bot.errors import StateFault
from bot.remembered import GuildSettings

LOOKUPS = {"handle": {"handle": "kitekate"}, "event": {"event": "knit"}, "timeline": {"platform": "Twitter"}}


@pytest.fixture
def other(stage, state):
    """Let the bot answer in another channel than where members of these tests ask."""
    other = stage.guild.create_text_channel("other")
    state.change_settings(stage.guild.id, lambda _: GuildSettings(channels=(other.id,)))
    return other


@pytest.mark.parametrize("command", LOOKUPS)
async def test_a_lookup_elsewhere_names_the_chosen_channels(stage, other, command):
    shown = (await stage.member.slash(stage.channel, command, **LOOKUPS[command])).response
    assert f"I answer in <#{other.id}>." in shown.content
    assert not shown.embeds
    assert (await stage.member.slash(other, command, **LOOKUPS[command])).response.embeds


@pytest.mark.parametrize("command", LOOKUPS)
async def test_a_lookup_that_only_the_asker_sees_is_shown_everywhere(stage, other, command):
    result = await stage.member.slash(stage.channel, command, **LOOKUPS[command], only_me=True)
    assert result.ephemeral
    assert result.response.embeds


async def test_a_lookup_needs_no_notes_of_ours(stage, state):
    class Broken(type(state)):
        def settings(self, guild_id):
            raise StateFault("the disk is gone")

    state.__class__ = Broken
    assert (await stage.member.slash(stage.channel, "event", event="knit")).response.embeds
