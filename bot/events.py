"""`/event`: one dossier whole, in pages."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.desk import Desk, scope_of
from bot.escape import escape, reveal, squeeze
from bot.limits import CHOICE_UNITS, CHOICES, clip
from bot.render import Reply
from bot.sending import acknowledge, edit_reply, guarded, offering
from bot.showing import is_welcome, put_page
from corpus.source import Event
from index.dates import spell_date

EVENT_CHARS = 100
NONE_FITS = "I hold no purge that fits “{}”. Begin to type its title, platform or year and choose one of those offered."


class Events(commands.Cog):
    """`/event`."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that all work with."""
        self._desk = desk

    @app_commands.command(name="event", description="Show all that is held on one purge")
    @app_commands.describe(event="The purge: begin to type its title, platform or year", only_me="Show it to you alone")
    async def event(
        self,
        interaction: discord.Interaction,
        event: app_commands.Range[str, 1, EVENT_CHARS],
        only_me: bool = False,
    ) -> None:
        """Show the first page of its dossier."""
        await acknowledge(interaction, ephemeral=only_me, thinking=True)
        if not only_me and not await is_welcome(interaction, self._desk):
            return
        found = await self._fitting(interaction, event)
        if found:
            await guarded(interaction, put_page(interaction, self._desk, "event", 0, found[0].id))
        else:
            await edit_reply(interaction, Reply(escape(NONE_FITS.format(event))))

    @event.autocomplete("event")
    @offering
    async def suggest(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the events that hold every word typed, latest first."""
        found = await self._fitting(interaction, typed)
        return [
            app_commands.Choice(
                name=clip(reveal(f"{spell_date(one.date)}: {squeeze(one.title)}"), CHOICE_UNITS), value=one.id
            )
            for one in found[:CHOICES]
            if len(one.id) <= EVENT_CHARS
        ]

    async def _fitting(self, interaction: discord.Interaction, typed: str) -> list[Event]:
        events = await self._desk.work.run(self._desk.shelf.timeline, scope_of(interaction.guild_id))
        exact = [event for event in events if event.id == typed.strip()]
        return exact or [event for event in reversed(events) if fits(event, typed)]


def fits(event: Event, typed: str) -> bool:
    """Say whether an event's title, platforms, dates or id hold every word that was typed."""
    held = " ".join((event.id, event.title, *event.platforms, event.date, spell_date(event.date))).casefold()
    return all(word in held for word in typed.casefold().split())
