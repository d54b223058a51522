"""Replies -> Discord: as an embed, or as content where none may be sent; and what is told of an error."""

import logging
from collections.abc import Awaitable, Sequence
from io import BytesIO

import discord

from bot.errors import explain
from bot.escape import escape
from bot.render import Reply

log = logging.getLogger(__name__)
COLOUR = discord.Colour(0x4E5D94)


def embed_of(reply: Reply) -> discord.Embed:
    """Build the embed of a reply that has one."""
    embed = discord.Embed(description=reply.description, colour=COLOUR)
    return embed.set_footer(text=reply.footer) if reply.footer else embed


def may_embed(interaction: discord.Interaction) -> bool:
    """Say whether a reply to an interaction may hold an embed."""
    return interaction.guild_id is None or interaction.app_permissions.embed_links


def may_embed_in(message: discord.Message, where: discord.Thread | None = None) -> bool:
    """Say whether a reply to a message may hold an embed; `where` is a thread that it will stand in."""
    if message.guild is None:
        return True
    return (where or message.channel).permissions_for(message.guild.me).embed_links


async def edit_reply(
    interaction: discord.Interaction,
    reply: Reply,
    view: discord.ui.View | None = None,
    *,
    head: str = "",
    files: Sequence[discord.File] = (),
) -> discord.InteractionMessage | None:
    """Put a reply in place of an acknowledgement, or of the message whose button was pressed.

    Args:
        head: stands above the embed; left out where none may be sent.

    Returns:
        The message, or None if Discord did not take it; that is logged.
    """
    embedded = bool(reply.description) and may_embed(interaction)
    try:
        return await interaction.edit_original_response(
            content=(head or None) if embedded else reply.content,
            embeds=[embed_of(reply)] if embedded else [],
            view=view,
            attachments=files or discord.utils.MISSING,
        )
    except discord.HTTPException as error:
        log.warning("no reply to interaction %s: %s %s", interaction.id, error.status, error.code)
        return None


async def send_reply(
    message: discord.Message, reply: Reply, view: discord.ui.View | None = None, where: discord.Thread | None = None
) -> discord.Message:
    """Reply to a message without a ping, or in a thread that was opened for it.

    Discord sends the reply plainly if the message was deleted meanwhile.

    Raises:
        discord.HTTPException: it could not be sent.
    """
    embedded = bool(reply.description) and may_embed_in(message, where)
    return await (where or message.channel).send(
        content=None if embedded else reply.content,
        embed=embed_of(reply) if embedded else None,  # type: ignore[arg-type]
        view=view,  # type: ignore[arg-type]
        reference=None if where else message.to_reference(fail_if_not_exists=False),  # type: ignore[arg-type]
        mention_author=False,
    )


async def tell(interaction: discord.Interaction, text: str) -> None:
    """Tell one member something, in our own words; a lost interaction is one line in the log."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("no reply to interaction %s: %s %s", interaction.id, error.status, error.code)


async def tell_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell one member what went wrong; an interaction that Discord has given up on gets one line in the log."""
    if isinstance(error, discord.HTTPException):
        log.warning("no reply to interaction %s: %s %s", interaction.id, error.status, error.code)
        return
    told = escape(explain(error))
    if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
        await edit_reply(interaction, Reply(told))
    else:
        await tell(interaction, told)


async def guarded(interaction: discord.Interaction, doing: Awaitable[None]) -> None:
    """Do what an interaction asks for; whatever goes wrong is told to the member."""
    try:
        await doing
    except Exception as error:  # noqa: BLE001 - the last stop: `tell_error` logs what it does not know
        await tell_error(interaction, error)


def picture_file(png: bytes, name: str, described: str) -> discord.File:
    """Attach a picture with its words for those who cannot see it."""
    return discord.File(BytesIO(png), filename=name, description=described)
