"""Where a message is answered: the channel, or a thread that is opened for it; and whether the bot may write there."""

import logging
from typing import cast

import discord
from discord.abc import Messageable

from bot.delivery import THREAD_EXISTS, Patience, deliver, short
from bot.escape import reveal, squeeze
from bot.limits import THREAD_NAME_UNITS, clip
from bot.pending import Pending
from bot.sending import UNSENT

log = logging.getLogger(__name__)
THREAD_PATIENCE = Patience(total_s=15.0)
"""Nobody waits longer for a thread: the answer then stands in place."""
LOOK_BACK = 50
"""Messages behind a question among which its answer is looked for."""


def place_of(client: discord.Client, asked: Pending) -> Messageable:
    """Find the channel or thread in which a question was asked; of one that is not known its id must do."""
    known = client.get_channel(asked.channel_id)
    if isinstance(known, Messageable):
        return known
    return client.get_partial_messageable(asked.channel_id, guild_id=asked.guild_id)


def may_write(place: Messageable) -> bool:
    """Say whether the bot may write in a channel or thread; where nothing is known of it, Discord will say."""
    allowed = _allowed(place)
    if allowed is None:
        return True
    return allowed.send_messages_in_threads if isinstance(place, discord.Thread) else allowed.send_messages


def may_embed_in(place: Messageable, otherwise: bool) -> bool:
    """Say whether a message in a channel or thread may hold an embed; `otherwise` where nothing is known of it."""
    allowed = _allowed(place)
    return otherwise if allowed is None else allowed.embed_links


def is_known(place: Messageable) -> bool:
    """Say whether the bot is in the server that a place belongs to, and sees the place."""
    return not isinstance(place, discord.PartialMessageable)


async def open_thread(client: discord.Client, place: Messageable, asked: Pending) -> Messageable | None:
    """Open a thread for an answer, or find the one that is open; None where that is not possible or not allowed."""
    if not isinstance(place, discord.TextChannel):
        return None
    allowed = place.permissions_for(place.guild.me)
    if not (allowed.create_public_threads and allowed.send_messages_in_threads):
        return None
    message = place.get_partial_message(asked.id)
    name = clip(reveal(squeeze(asked.question)), THREAD_NAME_UNITS)  # a name is one line
    try:
        return await deliver(lambda: message.create_thread(name=name), THREAD_PATIENCE)
    except UNSENT as error:
        if isinstance(error, discord.HTTPException) and error.code == THREAD_EXISTS:
            return _thread_of(client, asked)
        log.info("question %s: no thread: %s", asked.id, short(error))
        return None


async def is_shown(client: discord.Client, asked: Pending) -> bool:
    """Look for the answer to a message: a reply of the bot's to it, or its thread.

    Raises:
        UNSENT: Discord does not show what is there.
    """
    question, me = discord.Object(asked.id), client.user.id if client.user else 0
    async for message in place_of(client, asked).history(limit=LOOK_BACK, after=question):
        if message.author.id == me and message.reference and message.reference.message_id == asked.id:
            return True
    if not asked.in_thread:
        return False
    try:
        return any([message.author.id == me async for message in _thread_of(client, asked).history(limit=LOOK_BACK)])
    except discord.NotFound:
        return False


def reference_to(asked: Pending) -> discord.MessageReference:
    """Refer to the message that asks; Discord leaves it out if that was deleted meanwhile."""
    return discord.MessageReference(
        message_id=asked.id, channel_id=asked.channel_id, guild_id=asked.guild_id, fail_if_not_exists=False
    )


def _thread_of(client: discord.Client, asked: Pending) -> Messageable:
    """Find a message's thread, which has its id. Source: Discord, "Start Thread from Message"."""
    known = client.get_channel(asked.id)
    if isinstance(known, Messageable):
        return known
    return client.get_partial_messageable(asked.id, guild_id=asked.guild_id)


def _allowed(place: Messageable) -> discord.Permissions | None:
    guild = cast("discord.Guild | None", getattr(place, "guild", None))
    if guild is None or isinstance(place, discord.PartialMessageable):
        return None
    return cast("discord.abc.GuildChannel", place).permissions_for(guild.me)
