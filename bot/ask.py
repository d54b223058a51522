"""`/ask`, "Ask about this", mentions, replies, threads and direct messages: what is said to the bot -> a question."""

import logging
import time
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.answering import Answers
from bot.delivery import PATIENT, Patience
from bot.desk import Desk
from bot.dialogs import open_question
from bot.errors import explain
from bot.listening import Heard, hear
from bot.pending import Pending
from bot.sending import acknowledge, may_embed, tell
from index.errors import BadQuestion
from index.question import QUESTION_CHARS, clean_question

log = logging.getLogger(__name__)
NOTHING_TO_ASK = "That message holds no text that I could answer. Use `/ask` with a question."
LEFT_OVER_EVERY_S = 60.0


class Ask(commands.Cog):
    """Everything that takes a question. Needs no message content but that of mentions and direct messages."""

    def __init__(
        self, client: commands.Bot | commands.AutoShardedBot, desk: Desk, patience: Patience = PATIENT
    ) -> None:
        """Take the desk that all work with, and how long Discord is tried."""
        self._client = client
        self._desk = desk
        self.answers = Answers(client, desk, patience)
        self._menu = app_commands.ContextMenu(name="Ask about this", callback=self.ask_about)

    async def cog_load(self) -> None:
        """Add the entry of the message menu, which a cog does not add by itself; begin with what was left over."""
        self._client.tree.add_command(self._menu)
        self.finish_left_over.start()

    async def cog_unload(self) -> None:
        """End with it."""
        self.finish_left_over.cancel()

    @tasks.loop(seconds=LEFT_OVER_EVERY_S)
    async def finish_left_over(self) -> None:
        """Answer what a restart cut off, and what Discord did not take for a while."""
        try:
            await self.answers.finish_left_over()
        except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
            explain(error)

    @finish_left_over.before_loop
    async def _wait(self) -> None:
        await self._client.wait_until_ready()

    @app_commands.command(name="ask", description="Ask what the sources say about a purge of accounts")
    @app_commands.describe(question="Your question, in English", only_me="Show the answer to you alone")
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, QUESTION_CHARS],
        only_me: bool = False,
    ) -> None:
        """Acknowledge at once, then answer in place of the acknowledgement."""
        await acknowledge(interaction, ephemeral=only_me, thinking=True)
        await answer_interaction(interaction, question, only_me=only_me)

    async def ask_about(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Answer a message as a question; where it is too long for one, ask what is meant."""
        text = message.content.strip()
        if not text:
            await tell(interaction, NOTHING_TO_ASK)
        elif _is_question(text):
            await acknowledge(interaction, thinking=True)
            await answer_interaction(interaction, text)
        else:
            await open_question(interaction, text)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot; leave everything else alone."""
        me = self._client.user
        heard = hear(message, me.id, unprompted=self._desk.message_content) if me else None
        if heard is None:
            return
        self._desk.visits.admit_message(message)
        await self.answers.answer(_asked(message, heard), heard)


async def answer_interaction(
    interaction: discord.Interaction[Any], question: str, after: str | None = None, *, only_me: bool = False
) -> None:
    """Answer in place of an acknowledgement."""
    asked = Pending(
        id=interaction.id, token=interaction.token, guild_id=interaction.guild_id,
        channel_id=interaction.channel_id or 0, parent_id=getattr(interaction.channel, "parent_id", None),
        asker_id=interaction.user.id, question=question, after=after, only_me=only_me,
        may_embed=may_embed(interaction), at=time.time(),
    )  # fmt: skip
    cog = cast(Ask, interaction.client.get_cog(Ask.__name__))
    await cog.answers.answer(asked, edit=interaction.edit_original_response)


def _asked(message: discord.Message, heard: Heard) -> Pending:
    return Pending(
        id=message.id, guild_id=message.guild.id if message.guild else None, channel_id=heard.channel_id,
        parent_id=heard.parent_id, asker_id=message.author.id, question=heard.question, at=time.time(),
        prompted=heard.prompted,
    )  # fmt: skip


def _is_question(text: str) -> bool:
    try:
        clean_question(text)
    except BadQuestion:
        return False
    return True
