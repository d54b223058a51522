"""`/handle`: everything that a handle said and every mention of it, in pages."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk, scope_of
from bot.escape import reveal
from bot.limits import CHOICE_UNITS, clip
from bot.sending import guarded, offering
from bot.showing import show_listing
from bot.typed_handles import handle_of

HANDLE_CHARS = 60


class Handles(commands.Cog):
    """`/handle`."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that all work with."""
        self._desk = desk

    @app_commands.command(name="handle", description="Show what a handle said and where it is mentioned")
    @app_commands.describe(handle="The handle, with or without @", only_me="Show it to you alone")
    async def handle(
        self,
        interaction: discord.Interaction,
        handle: app_commands.Range[str, 1, HANDLE_CHARS],
        only_me: bool = False,
    ) -> None:
        """Show the first page."""
        await guarded(interaction, show_listing(interaction, self._desk, "handle", handle_of(handle), only_me=only_me))

    @handle.autocomplete("handle")
    @offering
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the known handles that begin with what was typed."""
        scope = scope_of(interaction.guild_id)
        found = await self._desk.work.run(self._desk.shelf.suggest_handles, handle_of(typed), scope=scope)
        return [
            app_commands.Choice(name=clip(reveal(f"@{one}"), CHOICE_UNITS), value=one[:HANDLE_CHARS]) for one in found
        ]
