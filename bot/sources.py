"""`/sources`: what moderators do with what the bot knows. The bot checks who asks, at every call and every press.

`default_member_permissions` is not set, for the reason that `bot/moderators.py` gives.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot import source_acts as acts
from bot.desk import desk_of, scope_of
from bot.dialogs import fields_of
from bot.errors import explain
from bot.escape import reveal, squeeze
from bot.limits import CHOICE_UNITS, CHOICES, clip
from bot.permits import as_moderator, may_moderate
from bot.reindexing import reindex, stop
from bot.remembered import GuildSettings
from bot.render import Reply
from bot.sending import acknowledge, edit_reply, offering, tell
from bot.source_views import COG, DIALOG_ID, open_details
from bot.sourcing import Held, SourceDesk, hidden_documents, key_of, matching, title_of
from bot.undoing import LEFT, take_back, undo
from corpus.targets import URL_CHARS
from index.catalog import SHARED

NAME_CHARS = 100
WORD_CHARS = 40
"""What a filter may have; with its page it must fit into a button's id."""
FORMER_BUTTON = "I do not know this button any more. Use the command again."
KINDS = [
    app_commands.Choice(name="dossier", value="dossier"),
    app_commands.Choice(name="article", value="article"),
    app_commands.Choice(name="own", value="own"),
]
Name = app_commands.Range[str, 1, NAME_CHARS]
Act = Callable[[GuildSettings], Awaitable[None]]


@app_commands.guild_only()
class Sources(commands.GroupCog, name=COG, group_name="sources", group_description="See and change what I know"):
    """`/sources`, its buttons and its dialog."""

    def __init__(self, desk: SourceDesk) -> None:
        """Take what moderators' work needs."""
        self._desk = desk
        super().__init__()

    async def cog_load(self) -> None:
        """Begin to delete drafts that are too old."""
        self.expire.start()

    async def cog_unload(self) -> None:
        """End it."""
        self.expire.cancel()

    @tasks.loop(hours=1)
    async def expire(self) -> None:
        """Delete drafts that are too old."""
        try:
            await self._desk.work.run(self._desk.drafts.expire)
        except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
            explain(error)

    # ---- commands

    @app_commands.command(name="add", description="Add a source: I fetch or read it and show it to you first")
    @app_commands.describe(url="The address of the page", file="A file: .html, .pdf, .txt, .md or .docx, up to 20 MB")
    async def add(
        self,
        interaction: discord.Interaction[Any],
        url: app_commands.Range[str, 1, URL_CHARS] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Show what would be added to the moderator alone."""
        await _alone(interaction, lambda _: acts.preview_new(interaction, url, file))

    @app_commands.command(name="list", description="List the sources that I answer from in this server")
    @app_commands.describe(word="Only those that hold these words", kind="Only those of this kind")
    @app_commands.choices(kind=KINDS)
    async def list_sources(
        self,
        interaction: discord.Interaction[Any],
        word: app_commands.Range[str, 1, WORD_CHARS] = "",
        kind: app_commands.Choice[str] | None = None,
    ) -> None:
        """Show the first page."""
        key = f"{kind.value if kind else ''}:{clip(squeeze(word), WORD_CHARS)}"
        await _alone(interaction, lambda _: acts.show_pages(interaction, "list", 0, key))

    @app_commands.command(name="show", description="Show one source whole, as I hold it")
    @app_commands.describe(source="The source: begin to type its title or publisher")
    async def show(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Show the first page."""
        await _alone(interaction, lambda _: acts.show_pages(interaction, "show", 0, source))

    @app_commands.command(name="remove", description="Remove one of this server's own sources")
    @app_commands.describe(source="The source: begin to type its title or publisher")
    async def remove(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Ask first."""
        await _alone(interaction, lambda _: acts.ask_removal(interaction, source))

    @app_commands.command(name="undo", description="Take back the last change of this server's sources, or another")
    @app_commands.describe(change="The change's number in /sources log")
    async def undo(
        self, interaction: discord.Interaction[Any], change: app_commands.Range[int, 1, 2**31] | None = None
    ) -> None:
        """Take it back, or ask first."""
        await _alone(interaction, lambda settings: undo(interaction, settings, change))

    @app_commands.command(name="log", description="List who changed this server's sources, what and when")
    async def log(self, interaction: discord.Interaction[Any]) -> None:
        """Show the first page."""
        await _alone(interaction, lambda _: acts.show_pages(interaction, "log", 0, ""))

    @app_commands.command(name="reindex", description="Read again the folders of documents that all servers share")
    @app_commands.describe(full="Read and cut every document again, not only what changed")
    async def reindex(self, interaction: discord.Interaction[Any], full: bool = False) -> None:
        """Show how far it is until it has ended."""
        await _alone(interaction, lambda _: reindex(interaction, full=full))

    @app_commands.command(name="hide", description="Stop using a shared source in this server")
    @app_commands.describe(source="The source: begin to type its title or publisher")
    async def hide(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Hide it from this server alone."""
        await _alone(interaction, lambda settings: acts.hide(interaction, settings, source))

    @app_commands.command(name="unhide", description="Use a hidden source in this server again")
    @app_commands.describe(source="The source: begin to type its title or publisher")
    async def unhide(self, interaction: discord.Interaction[Any], source: Name) -> None:
        """Use it again."""
        await _alone(interaction, lambda settings: acts.unhide(interaction, settings, source))

    # ---- suggestions

    @show.autocomplete("source")
    @offering
    async def suggest_all(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Offer what the server sees."""
        return await self._suggested(interaction, typed, lambda _: True)

    @remove.autocomplete("source")
    @offering
    async def suggest_own(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Offer what the server may remove."""
        return await self._suggested(interaction, typed, lambda one: one[0].scope != SHARED)

    @hide.autocomplete("source")
    @offering
    async def suggest_shared(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Offer what the server may hide."""
        return await self._suggested(interaction, typed, lambda one: one[0].scope == SHARED)

    @unhide.autocomplete("source")
    @offering
    async def suggest_hidden(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Offer what the server hides."""
        if not await _may(interaction):
            return []
        ruled = hidden_documents(
            await desk_of(interaction).work.run(self._desk.library.rulings, scope_of(interaction.guild_id))
        )
        fitting = [one.value for one in ruled if typed.casefold() in one.value.casefold()]
        return [
            app_commands.Choice(name=clip(reveal(one), CHOICE_UNITS), value=key_of(one)) for one in fitting[:CHOICES]
        ]

    async def _suggested(
        self, interaction: discord.Interaction[Any], typed: str, fits: Callable[[Held], bool]
    ) -> list[app_commands.Choice[str]]:
        if not await _may(interaction):
            return []
        held = await desk_of(interaction).work.run(self._desk.library.documents, scope_of(interaction.guild_id))
        found = sorted(matching([one for one in held if fits(one)], typed), key=lambda one: one[0].scope == SHARED)
        return [
            app_commands.Choice(name=clip(reveal(squeeze(title_of(stored))), CHOICE_UNITS), value=key_of(stored.id))
            for stored, _ in found[:CHOICES]
        ]

    # ---- buttons and the dialog

    async def press(self, interaction: discord.Interaction[Any], action: str, key: str) -> None:
        """Do what a button says, if a moderator presses it."""
        presses: dict[str, Act] = {
            "add": lambda settings: acts.add_draft(interaction, settings, key),
            "cancel": lambda _: acts.cancel_draft(interaction, key),
            "remove": lambda settings: acts.remove(interaction, settings, key),
            "keep": lambda _: _kept(interaction, "Nothing was removed."),
            "undo": lambda settings: take_back(interaction, settings, int(key)),
            "leave": lambda _: _kept(interaction, LEFT),
            "stop": lambda _: stop(interaction, key),
        }
        if action == "edit":  # a dialog must be the first response
            await as_moderator(interaction, lambda _: self._edit(interaction, key))
        elif action in presses:
            await acknowledge(interaction)
            await as_moderator(interaction, presses[action])
        else:
            await tell(interaction, FORMER_BUTTON)

    async def choose(self, interaction: discord.Interaction[Any], key: str, values: Sequence[str]) -> None:
        """Link a draft to events, and to no others."""
        await acknowledge(interaction)
        await as_moderator(interaction, lambda _: acts.link_draft(interaction, key, values))

    async def turn(self, interaction: discord.Interaction[Any], listing: str, number: int, key: str) -> None:
        """Show a page, counted from 0."""
        await acknowledge(interaction)
        await as_moderator(interaction, lambda _: acts.show_pages(interaction, listing, number, key))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take in the dialog of the details; nothing was kept while it was open."""
        data: Any = interaction.data or {}
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        match = DIALOG_ID.fullmatch(data.get("custom_id", ""))
        if match:
            await acknowledge(interaction)
            await as_moderator(interaction, lambda _: acts.edit_draft(interaction, match["key"], fields_of(data)))

    async def _edit(self, interaction: discord.Interaction[Any], key: str) -> None:
        """Open the dialog; what it needs is read on the questions' pool, where nothing takes long."""
        draft = await desk_of(interaction).work.run(self._desk.drafts.find, key, interaction.guild_id or 0)
        if draft is None:
            await tell(interaction, acts.GONE)
        else:
            await open_details(interaction, draft)


async def _alone(interaction: discord.Interaction[Any], act: Act) -> None:
    """Acknowledge to one member alone, and act if they are a moderator."""
    await acknowledge(interaction, ephemeral=True, thinking=True)
    await as_moderator(interaction, act)


async def _may(interaction: discord.Interaction[Any]) -> bool:
    desk = desk_of(interaction)
    return may_moderate(interaction, await desk.work.run(desk.state.settings, interaction.guild_id))


async def _kept(interaction: discord.Interaction[Any], told: str) -> None:
    await edit_reply(interaction, Reply(told))
