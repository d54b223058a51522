"""Two moderators who change settings at the same time: neither undoes the other without being told."""

from dataclasses import replace

import discord
import pytest

from bot.remembered import GuildSettings

OVERTAKEN = "Somebody else has changed this meanwhile"


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    return manager(stage, "boss")


@pytest.fixture
def mona(stage):
    """Add another."""
    return manager(stage, "mona")


def manager(stage, name):
    role = stage.guild.create_role(f"role of {name}", permissions=discord.Permissions(manage_guild=True))
    return stage.guild.add_member(stage.create_user(name), roles=[role])


async def opened(stage, member):
    return (await member.slash(stage.channel, "settings")).response


async def dialog(stage, member):
    return await member.click(await opened(stage, member), custom_id="pb.set:limits")


def limits(member="30", guild="600", days="30"):
    return {"member_per_hour": member, "guild_per_hour": guild, "retention_days": days}


def held(stage, state):
    return state.settings(stage.guild.id)


async def test_a_change_that_comes_between_reading_and_saving_is_kept(stage, boss, state):
    message = await opened(stage, boss)

    class Meddling(type(state)):
        def settings(self, guild_id):
            found = super().settings(guild_id)
            self.change_settings(guild_id, lambda _: replace(found, retention_days=7))
            return found

    state.__class__ = Meddling
    await boss.click(message, custom_id="pb.set:thread")
    state.__class__ = Meddling.__base__
    assert held(stage, state) == GuildSettings(in_thread=True, retention_days=7)


async def test_a_dialog_saves_only_the_numbers_that_were_changed_in_it(stage, boss, mona, state):
    first, second = await dialog(stage, boss), await dialog(stage, mona)
    await mona.submit_modal(second, limits(days="7"))
    await boss.submit_modal(first, limits(member="10"))
    assert held(stage, state) == GuildSettings(member_per_hour=10, retention_days=7)


async def test_a_number_that_another_changed_meanwhile_stays_and_that_is_said(stage, boss, mona, state):
    message = await opened(stage, boss)
    first, second = await boss.click(message, custom_id="pb.set:limits"), await dialog(stage, mona)
    await mona.submit_modal(second, limits(days="7"))
    result = await boss.submit_modal(first, limits(days="90"))
    assert held(stage, state) == GuildSettings(retention_days=7)
    assert OVERTAKEN in result.followups[0].content
    assert "erased after: 7 days" in message.content


async def test_two_who_want_the_same_number_agree(stage, boss, mona, state):
    first, second = await dialog(stage, boss), await dialog(stage, mona)
    await mona.submit_modal(second, limits(days="7"))
    await boss.submit_modal(first, limits(days="7", member="10"))
    assert held(stage, state) == GuildSettings(member_per_hour=10, retention_days=7)


async def test_limits_that_make_no_sense_together_are_refused_though_each_made_sense_when_shown(
    stage, boss, mona, state
):
    first, second = await dialog(stage, boss), await dialog(stage, mona)
    await mona.submit_modal(second, limits(guild="50"))
    result = await boss.submit_modal(first, limits(member="60"))
    assert "more questions than the whole server" in result.followups[0].content
    assert held(stage, state) == GuildSettings(guild_per_hour=50)


async def test_channels_that_another_chose_meanwhile_stay_and_that_is_said(stage, boss, mona, state):
    other = stage.guild.create_text_channel("other")
    mine, theirs = await opened(stage, boss), await opened(stage, mona)
    await mona.select(theirs, [other], custom_id="pb.menu:channels")
    result = await boss.select(mine, [stage.channel], custom_id="pb.menu:channels")
    assert held(stage, state).channels == (other.id,)
    assert OVERTAKEN in result.followups[0].content
    assert f"I answer in: <#{other.id}>" in mine.content
    await boss.select(mine, [stage.channel, other], custom_id="pb.menu:channels")
    assert held(stage, state).channels == (stage.channel.id, other.id)


async def test_a_role_that_another_named_meanwhile_stays_and_that_is_said(stage, boss, mona, state):
    first, second = stage.guild.create_role("first"), stage.guild.create_role("second")
    mine, theirs = await opened(stage, boss), await opened(stage, mona)
    await mona.select(theirs, [second], custom_id="pb.menu:moderator_role")
    result = await boss.select(mine, [first], custom_id="pb.menu:moderator_role")
    assert held(stage, state).moderator_role == second.id
    assert OVERTAKEN in result.followups[0].content


async def test_a_channel_that_was_deleted_is_not_taken_for_a_change(stage, boss, state):
    state.change_settings(stage.guild.id, lambda _: GuildSettings(channels=(123456789012345678,)))
    message = await opened(stage, boss)
    await boss.select(message, [stage.channel], custom_id="pb.menu:channels")
    assert held(stage, state).channels == (stage.channel.id,)
