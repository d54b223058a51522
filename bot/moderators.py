"""What moderators do in Discord: `/settings` and `/feedback`. The bot checks who asks, at every call.

Discord would hide a command with `default_member_permissions` from the role that a server names, so both are
shown to everybody and refused to those who may not.
"""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.feedback_view import FEEDBACK_ITEMS, show_feedback
from bot.permits import as_moderator
from bot.sending import acknowledge
from bot.settings_form import LIMITS_ID, SETTINGS_ITEMS, save_limits, show_settings

MODERATOR_ITEMS = (*SETTINGS_ITEMS, *FEEDBACK_ITEMS)
"""The buttons and menus of both, for `Client.add_dynamic_items`."""


class Moderators(commands.Cog):
    """`/settings` and `/feedback`, and the dialog of the limits. Keeps nothing itself."""

    @app_commands.command(name="settings", description="See and change where and how I answer in this server")
    @app_commands.guild_only()
    async def settings(self, interaction: discord.Interaction[Any]) -> None:
        """Show a server's settings, with what changes them, to a moderator alone."""
        await acknowledge(interaction, ephemeral=True, thinking=True)
        await as_moderator(interaction, lambda settings: show_settings(interaction, settings))

    @app_commands.command(name="feedback", description="See the votes and reports on my answers in this server")
    @app_commands.guild_only()
    async def feedback(self, interaction: discord.Interaction[Any]) -> None:
        """Show what members said of answers to a moderator alone."""
        await acknowledge(interaction, ephemeral=True, thinking=True)
        await as_moderator(interaction, lambda _settings: show_feedback(interaction, 0))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take in the dialog of the limits; nothing was kept while it was open."""
        data: Any = interaction.data or {}
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        match = LIMITS_ID.fullmatch(data.get("custom_id", ""))
        if match:
            await acknowledge(interaction)
            await as_moderator(interaction, lambda _: save_limits(interaction, match.groupdict(), data))
