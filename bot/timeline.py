"""`/timeline`: the purges of a platform or a time, as a picture and a list."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.alt_text import platforms_of
from bot.desk import Desk, scope_of
from bot.escape import escape, reveal, squeeze
from bot.limits import CHOICE_UNITS, CHOICES, clip
from bot.sending import acknowledge, guarded, offering, tell
from bot.showing import is_welcome, put_timeline
from bot.timeline_pages import key_of
from corpus.source import is_date

PLATFORM_CHARS = 60
DATE_CHARS = 10


class TimelineCog(commands.Cog, name="Timeline"):
    """`/timeline`."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that all work with."""
        self._desk = desk

    @app_commands.command(name="timeline", description="Draw the purges of a platform or a time")
    @app_commands.describe(
        platform="Only purges on this platform",
        first="Only from this date on: 2018-10-11, 2018-10 or 2018",
        last="Only up to this date: 2018-10-11, 2018-10 or 2018",
        only_me="Show it to you alone",
    )
    @app_commands.rename(first="from", last="to")
    async def timeline(
        self,
        interaction: discord.Interaction,
        platform: app_commands.Range[str, 1, PLATFORM_CHARS] | None = None,
        first: app_commands.Range[str, 1, DATE_CHARS] | None = None,
        last: app_commands.Range[str, 1, DATE_CHARS] | None = None,
        only_me: bool = False,
    ) -> None:
        """Show the picture, its words and the list."""
        platform, first, last = (given.strip() if given else None for given in (platform, first, last))
        for name, date in (("from", first), ("to", last)):
            if date is not None and (not is_date(date) or date.startswith("--")):
                await tell(interaction, escape(f"{name}: “{date}” is no date. Write 2018-10-11, 2018-10 or 2018."))
                return
        await acknowledge(interaction, ephemeral=only_me, thinking=True)
        if not only_me and not await is_welcome(interaction, self._desk):
            return
        key = key_of(platform, first, last)
        await guarded(interaction, put_timeline(interaction, self._desk, "timeline", key))

    @timeline.autocomplete("platform")
    @offering
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the platforms of which there are purges, those with most first."""
        events = await self._desk.work.run(self._desk.shelf.timeline, scope_of(interaction.guild_id))
        names = [name for name, _ in platforms_of(events) if typed.strip().lower() in name.lower()]
        return [
            app_commands.Choice(name=clip(reveal(squeeze(name)), CHOICE_UNITS), value=name)
            for name in names[:CHOICES]
            if len(name) <= PLATFORM_CHARS
        ]
