"""A message -> what is asked of the bot in it, and where the bot may answer. Pure."""

import re
from dataclasses import dataclass

import discord

from bot.remembered import GuildSettings

FROM_MEMBERS = (discord.MessageType.default, discord.MessageType.reply)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that is meant for the bot.

    `question` is empty for a bare mention. `replied_to` is the message that it replies to; `own_thread` the thread
    that the bot opened and in which it stands. `prompted` says that the bot was addressed: by a mention, by a reply
    that pings, or in direct messages.
    """

    question: str
    prompted: bool
    channel_id: int
    parent_id: int | None = None
    replied_to: int | None = None
    own_thread: int | None = None
    in_guild: bool = True

    def is_welcome(self, settings: GuildSettings) -> bool:
        """Say whether the server's moderators let the bot answer it."""
        if not self.in_guild:
            return True
        if not self.prompted:
            return bool(self.question) and settings.answers_unprompted_in(self.parent_id)
        return settings.answers_in(self.channel_id, self.parent_id)


def hear(message: discord.Message, me: int, *, unprompted: bool) -> Heard | None:
    """Take the question out of a message; None where nothing is asked of the bot.

    Args:
        me: the bot's own id.
        unprompted: whether the operator lets the bot read messages that do not address it.
    """
    if message.author.bot or message.webhook_id or message.type not in FROM_MEMBERS:
        return None
    prompted = message.guild is None or any(one.id == me for one in message.mentions)
    thread = message.channel if isinstance(message.channel, discord.Thread) else None
    if not prompted and not (unprompted and thread and _is_to_nobody_else(message)):
        return None
    return Heard(
        question=re.sub(rf"<@!?{me}>", " ", message.content).strip(),
        prompted=prompted,
        channel_id=message.channel.id,
        parent_id=thread.parent_id if thread else None,
        replied_to=message.reference.message_id if message.reference else None,
        own_thread=thread.id if thread and thread.owner_id == me else None,
        in_guild=message.guild is not None,
    )


def _is_to_nobody_else(message: discord.Message) -> bool:
    """Whether a message in a thread is a question to all: no reply, and nobody is addressed."""
    return message.reference is None and not message.mentions and not message.role_mentions
