"""What happens when a button is pressed, a page is turned, a dialog is sent."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord
from discord.ext import commands

from bot import dialogs
from bot.ask import answer_interaction
from bot.asking import earlier
from bot.buttons import COG
from bot.desk import Desk
from bot.permits import may_moderate
from bot.render import Reply
from bot.sending import acknowledge, edit_reply, guarded, tell
from bot.showing import ALL_LISTINGS, put_page, put_timeline, show_listing

log = logging.getLogger(__name__)
THANKS = "Thank you. Your vote is counted."
REPORTED = "Thank you. {} will see your report."
REPORTED_BEFORE = "You have reported this answer already; {} will see it."
MODERATORS, OPERATOR = "the moderators", "whoever runs this bot"
"""Who reads what is said of an answer in a server, and in direct messages, where there are no moderators."""
FORMER_BUTTON = "I do not know this button any more. Ask again."
ERASED = "Done. Your questions, votes and reports are erased."
NOTHING_HELD = "I keep no question, vote or report of yours."
NOT_YOURS = "Only whoever asked, or a moderator, can delete this answer."


class Views(commands.Cog, name=COG):
    """The buttons under replies and the dialogs that they open. Keeps nothing itself."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that all work with."""
        self._desk = desk
        self._presses: dict[str, Callable[[discord.Interaction, str], Awaitable[None]]] = {
            "more": partial(self._show, "more"),
            "passages": partial(self._show, "passages"),
            "event": partial(self._show, "event"),
            "timeline": self._timeline,
            "follow": dialogs.open_follow_up,
            "up": self._up,
            "down": self._down,
            "report": dialogs.open_report,
            "delete": self._delete,
            "forget": self._forget,
        }
        self._dialogs: dict[str, Callable[[discord.Interaction, str, dict[str, str]], Awaitable[None]]] = {
            "follow": self._follow_up,
            "ask": self._ask,
            "reason": self._reason,
            "report": self._report,
        }

    async def press(self, interaction: discord.Interaction, action: str, key: str) -> None:
        """Do what a button says; `key` is the answer's id, or an event's."""
        if action in self._presses:
            await guarded(interaction, self._presses[action](interaction, key))
        else:
            await tell(interaction, FORMER_BUTTON)

    async def turn(self, interaction: discord.Interaction, listing: str, page: int, key: str) -> None:
        """Show a page of a listing: in place to whoever asked for it, in a copy to everybody else."""
        if listing in ALL_LISTINGS:
            await guarded(interaction, self._turn(interaction, listing, page, key))
        else:
            await tell(interaction, FORMER_BUTTON)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Take in a dialog that was sent."""
        data: Any = interaction.data or {}
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        match = dialogs.DIALOG_ID.fullmatch(data.get("custom_id", ""))
        if match is None or match["dialog"] not in self._dialogs:
            return
        await guarded(interaction, self._dialogs[match["dialog"]](interaction, match["key"], dialogs.fields_of(data)))

    # ---- pages

    async def _show(self, listing: str, interaction: discord.Interaction, key: str) -> None:
        await show_listing(interaction, self._desk, listing, key, only_me=True)

    async def _turn(self, interaction: discord.Interaction, listing: str, page: int, key: str) -> None:
        if _may_turn(interaction):
            await acknowledge(interaction)
        else:
            await acknowledge(interaction, ephemeral=True, thinking=True)
        await put_page(interaction, self._desk, listing, page, key)

    async def _timeline(self, interaction: discord.Interaction, key: str) -> None:
        await acknowledge(interaction, ephemeral=True, thinking=True)
        await put_timeline(interaction, self._desk, "concerned", key)

    # ---- what members think of an answer

    async def _up(self, interaction: discord.Interaction, key: str) -> None:
        await acknowledge(interaction, ephemeral=True, thinking=True)
        await self._desk.work.run(self._desk.state.vote, key, interaction.user.id, True)
        await edit_reply(interaction, Reply(THANKS))

    async def _down(self, interaction: discord.Interaction, key: str) -> None:
        """Ask for a reason, and count the vote even if none is given."""
        await dialogs.open_reason(interaction, key)
        await self._desk.work.run(self._desk.state.vote, key, interaction.user.id, False)

    async def _reason(self, interaction: discord.Interaction, key: str, fields: dict[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True, thinking=True)
        reason = fields.get(dialogs.REASON_FIELD, "").strip() or None
        await self._desk.work.run(self._desk.state.vote, key, interaction.user.id, False, reason)
        await edit_reply(interaction, Reply(THANKS))

    async def _report(self, interaction: discord.Interaction, key: str, fields: dict[str, str]) -> None:
        await acknowledge(interaction, ephemeral=True, thinking=True)
        kind, text = dialogs.kind_of(fields), fields.get(dialogs.REASON_FIELD, "").strip()
        first = await self._desk.work.run(self._desk.state.report, key, interaction.user.id, kind, text)
        if first and interaction.guild_id is None:  # no moderator sees it: the operator must
            log.warning("answer %s was reported in a direct message: %s; see 'purgebot feedback'", key, kind)
        await edit_reply(interaction, Reply(_thanks(interaction, first)))

    async def _delete(self, interaction: discord.Interaction, key: str) -> None:
        """Delete a message with an answer, if the asker or a moderator wants it."""
        await acknowledge(interaction)
        held = await self._desk.work.run(self._desk.state.recall, key)
        settings = await self._desk.work.run(self._desk.state.settings, interaction.guild_id)
        asked = interaction.user.id in (held.asker_id if held else None, _asker_of(interaction.message))
        if interaction.guild_id is not None and not asked and not may_moderate(interaction, settings):
            await tell(interaction, NOT_YOURS)
            return
        await interaction.delete_original_response()

    async def _forget(self, interaction: discord.Interaction, _key: str) -> None:
        """Erase what is kept of a member."""
        await acknowledge(interaction, ephemeral=True, thinking=True)
        touched = await self._desk.work.run(self._desk.state.forget_user, interaction.user.id)
        told = ERASED if touched else NOTHING_HELD
        await edit_reply(interaction, Reply(told))

    # ---- questions from dialogs

    async def _follow_up(self, interaction: discord.Interaction, key: str, fields: dict[str, str]) -> None:
        only_me = interaction.message is not None and interaction.message.flags.ephemeral
        await acknowledge(interaction, ephemeral=only_me, thinking=True)
        held = await self._desk.work.run(self._desk.state.recall, key)
        question = fields.get(dialogs.QUESTION_FIELD, "")
        await answer_interaction(interaction, question, earlier(held), only_me=only_me)

    async def _ask(self, interaction: discord.Interaction, _key: str, fields: dict[str, str]) -> None:
        await acknowledge(interaction, thinking=True)
        await answer_interaction(interaction, fields.get(dialogs.QUESTION_FIELD, ""))


def _thanks(interaction: discord.Interaction, first: bool) -> str:
    readers = MODERATORS if interaction.guild_id is not None else OPERATOR
    return REPORTED.format(readers[0].upper() + readers[1:]) if first else REPORTED_BEFORE.format(readers)


def _asker_of(message: discord.Message | None) -> int | None:
    """Say who called for a message, as Discord knows after we have erased it: by a command, a dialog or a message."""
    if message is None:
        return None
    if message.interaction_metadata:
        return message.interaction_metadata.user.id
    answered = message.reference.resolved if message.reference else None
    return answered.author.id if isinstance(answered, discord.Message) else None


def _may_turn(interaction: discord.Interaction) -> bool:
    """Whether a message is the presser's own to turn: only they see it, or they called for it."""
    message = interaction.message
    if message is None:
        return False
    asked = message.interaction_metadata
    return message.flags.ephemeral or asked is None or asked.user.id == interaction.user.id
