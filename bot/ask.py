"""`/ask`, "Ask about this", mentions, replies, threads and direct messages: a question in, one reply out."""

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import Asked, Told, answer_on, earlier, note_shown, or_else
from bot.buttons import answer_view
from bot.desk import Desk
from bot.dialogs import open_question
from bot.escape import reveal
from bot.limits import THREAD_NAME_UNITS, clip
from bot.listening import Heard, hear
from bot.remembered import GuildSettings
from bot.render import Reply, question_line
from bot.sending import edit_reply, may_embed, may_embed_in, send_reply, tell
from index.errors import BadQuestion
from index.question import QUESTION_CHARS, clean_question

log = logging.getLogger(__name__)
HELP = (
    "Ask me about accounts that platforms removed, for example: *why were Occupy accounts suspended?* "
    "Write the question after my name, or use `/ask`. I answer from sources only, and name them. `/help` tells more."
)
NOTHING_TO_ASK = "That message holds no text that I could answer. Use `/ask` with a question."


class Ask(commands.Cog):
    """Everything that takes a question. Needs no message content but that of mentions and direct messages."""

    def __init__(self, client: commands.Bot, desk: Desk) -> None:
        """Take the desk that all work with."""
        self._client = client
        self._desk = desk
        self._menu = app_commands.ContextMenu(name="Ask about this", callback=self.ask_about)

    async def cog_load(self) -> None:
        """Add the entry of the message menu, which a cog does not add by itself."""
        self._client.tree.add_command(self._menu)

    @app_commands.command(name="ask", description="Ask what the sources say about a purge of accounts")
    @app_commands.describe(question="Your question, in English", only_me="Show the answer to you alone")
    async def ask(
        self,
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, QUESTION_CHARS],
        only_me: bool = False,
    ) -> None:
        """Acknowledge at once, then answer in place of the acknowledgement."""
        await interaction.response.defer(ephemeral=only_me, thinking=True)
        await answer_interaction(interaction, self._desk, question, only_me=only_me)

    async def ask_about(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Answer a message as a question; where it is too long for one, ask what is meant."""
        text = message.content.strip()
        if not text:
            await tell(interaction, NOTHING_TO_ASK)
        elif _is_question(text):
            await interaction.response.defer(thinking=True)
            await answer_interaction(interaction, self._desk, text)
        else:
            await open_question(interaction, clip(" ".join(text.split()), QUESTION_CHARS))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot; leave everything else alone."""
        me = self._client.user
        heard = hear(message, me.id, unprompted=self._desk.message_content) if me else None
        if heard is None:
            return
        try:
            await self._answer(message, heard)
        except discord.HTTPException as error:
            log.warning("no reply in channel %s: %s %s", message.channel.id, error.status, error.code)

    async def _answer(self, message: discord.Message, heard: Heard) -> None:
        guild_id = message.guild.id if message.guild else None
        settings = await or_else(self._desk, GuildSettings(), self._desk.state.settings, guild_id)
        if not heard.is_welcome(settings):
            return
        if not heard.question:
            await send_reply(message, Reply(HELP))
            return
        thread = await _open_thread(message, heard) if settings.in_thread else None
        told = await self._told(message, heard, thread)
        sent = await send_reply(message, told.reply, answer_view(told), thread)
        await note_shown(self._desk, told, sent.id)

    async def _told(self, message: discord.Message, heard: Heard, thread: discord.Thread | None) -> Told:
        """Answer, showing that it is worked on."""
        where = thread or message.channel
        after = await or_else(self._desk, None, _earlier, self._desk, heard)
        asked = Asked(
            question=heard.question, guild_id=message.guild.id if message.guild else None, channel_id=where.id,
            asker_id=message.author.id, after=after, may_embed=may_embed_in(message, thread),
        )  # fmt: skip
        try:
            async with where.typing():
                return await answer_on(self._desk, asked)
        except (discord.Forbidden, discord.NotFound):  # nothing could be sent there either
            raise
        except discord.HTTPException:
            return await answer_on(self._desk, asked)


async def answer_interaction(
    interaction: discord.Interaction, desk: Desk, question: str, after: str | None = None, *, only_me: bool = False
) -> None:
    """Answer in place of an acknowledgement; of an answer that all see, note which message shows it."""
    asked = Asked(
        question=question, guild_id=interaction.guild_id, channel_id=interaction.channel_id or 0,
        asker_id=interaction.user.id, after=after, may_embed=may_embed(interaction),
        parent_id=getattr(interaction.channel, "parent_id", None), check_place=not only_me,
    )  # fmt: skip
    told = await answer_on(desk, asked)
    view = answer_view(told, only_me=only_me)
    shown = await edit_reply(interaction, told.reply, view, head=question_line(question))
    if shown and not only_me:
        await note_shown(desk, told, shown.id)


def _earlier(desk: Desk, heard: Heard) -> str | None:
    if heard.replied_to is not None:
        held = desk.state.recall_message(heard.replied_to)
        if held is not None:
            return earlier(held)
    return earlier(desk.state.latest_in(heard.own_thread)) if heard.own_thread else None


async def _open_thread(message: discord.Message, heard: Heard) -> discord.Thread | None:
    """Open a thread for an answer; None where that is not possible or not allowed."""
    if not isinstance(message.channel, discord.TextChannel):
        return None
    try:
        return await message.create_thread(name=clip(reveal(heard.question), THREAD_NAME_UNITS))
    except discord.HTTPException as error:
        log.info("no thread in channel %s: %s %s", message.channel.id, error.status, error.code)
        return None


def _is_question(text: str) -> bool:
    try:
        clean_question(text)
    except BadQuestion:
        return False
    return True
