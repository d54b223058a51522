"""Who may act as a moderator: asked of Discord's word on the member, at every call."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord.ext import commands

from bot.delivery import short
from bot.desk import desk_of
from bot.errors import NotAllowed
from bot.remembered import GuildSettings
from bot.sending import UNSENT, tell_error

log = logging.getLogger(__name__)


def manages_server(interaction: discord.Interaction[Any]) -> bool:
    """Say whether a member may manage the server, by what Discord says with the interaction."""
    allowed = interaction.permissions
    return interaction.guild_id is not None and (allowed.manage_guild or allowed.administrator)


def may_moderate(interaction: discord.Interaction[Any], settings: GuildSettings) -> bool:
    """Say whether a member manages the server or has the role that its settings name."""
    if manages_server(interaction):
        return True
    member, role = interaction.user, settings.moderator_role
    return isinstance(member, discord.Member) and role is not None and member.get_role(role) is not None


async def runs_the_bot(interaction: discord.Interaction[Any]) -> bool:
    """Say whether Discord knows a member as the bot's owner, or as an admin or developer of the team that owns it."""
    client: commands.Bot = interaction.client
    try:
        return await client.is_owner(interaction.user)
    except UNSENT as error:
        log.info("nobody knows whether interaction %s is the operator's: %s", interaction.id, short(error))
        return False


async def require_moderator(interaction: discord.Interaction[Any]) -> GuildSettings:
    """Read a server's settings for one who may act on them.

    Raises:
        NotAllowed: the member is no moderator, or this is no server.
    """
    desk = desk_of(interaction)
    settings = await desk.work.run(desk.state.settings, interaction.guild_id)
    if interaction.guild_id is None or not may_moderate(interaction, settings):
        raise NotAllowed("you need Manage Server, or the role that the settings name, to do this")
    return settings


async def as_moderator(interaction: discord.Interaction[Any], act: Callable[[GuildSettings], Awaitable[None]]) -> None:
    """Do something with a server's settings if a moderator asks for it; whatever goes wrong is told."""
    desk_of(interaction).visits.admit_interaction(interaction)
    try:
        await act(await require_moderator(interaction))
    except Exception as error:  # noqa: BLE001 - the last stop: `tell_error` logs what it does not know
        await tell_error(interaction, error)
