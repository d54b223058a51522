"""Replies -> Discord: as an embed, or as content where none may be sent; and what is told of an error.

Every call goes through `deliver`, which makes it again where its answer was lost or Discord was out of order.
"""

import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import wraps
from io import BytesIO
from typing import Any

import discord
from discord import app_commands
from discord.abc import Messageable

from bot.delivery import (
    ACKNOWLEDGED,
    CAREFUL,
    EMPTY_MESSAGE,
    HURRIED,
    LOST,
    MISSING_PERMISSIONS,
    NO_HISTORY,
    PATIENT,
    Patience,
    deliver,
    short,
)
from bot.desk import desk_of
from bot.errors import explain
from bot.escape import escape
from bot.limits import MESSAGE_UNITS, clip
from bot.render import Reply

log = logging.getLogger(__name__)
COLOUR = discord.Colour(0x4E5D94)
THINKING, DONE = "thinking", "done"
"""How an interaction was acknowledged where discord.py does not know it, in `Interaction.extras`."""
UNSENT = (discord.HTTPException, discord.RateLimited, *LOST)
"""What `deliver` raises of Discord and the way to it."""

Suggest = Callable[[Any, discord.Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]
Edit = Callable[..., Awaitable[discord.Message]]
"""Changes the message that answers an interaction: takes `content`, `embeds`, `view` and `attachments`."""


def embed_of(reply: Reply) -> discord.Embed:
    """Build the embed of a reply that has one."""
    embed = discord.Embed(description=reply.description, colour=COLOUR)
    return embed.set_footer(text=reply.footer) if reply.footer else embed


def may_embed(interaction: discord.Interaction) -> bool:
    """Say whether a reply to an interaction may hold an embed."""
    return interaction.guild_id is None or interaction.app_permissions.embed_links


# ---- interactions


async def acknowledge(interaction: discord.Interaction, *, ephemeral: bool = False, thinking: bool = False) -> None:
    """Acknowledge an interaction. Never raises: where it fails, what is sent in its place tells whether it arrived."""
    try:
        await respond(
            interaction,
            lambda: interaction.response.defer(ephemeral=ephemeral, thinking=thinking),
            THINKING if thinking else DONE,
        )
    except UNSENT as error:
        log.warning("no acknowledgement of interaction %s: %s", interaction.id, short(error))


async def respond(interaction: discord.Interaction, call: Callable[[], Awaitable[object]], kind: str = DONE) -> None:
    """Give an interaction its first response, again where its receipt was lost, while Discord still takes it.

    Raises:
        UNSENT: Discord did not take it.
    """
    try:
        await deliver(call, HURRIED)
    except discord.HTTPException as error:
        if error.code != ACKNOWLEDGED:
            raise
        interaction.extras[kind] = True  # taken at an earlier try, of which discord.py does not know


async def edit_reply(
    interaction: discord.Interaction,
    reply: Reply,
    view: discord.ui.View | None = None,
    *,
    head: str = "",
    files: Sequence[discord.File] = (),
) -> discord.Message | None:
    """Put a reply in place of an acknowledgement, or of the message whose button was pressed.

    Args:
        head: stands above the embed; left out where none may be sent.

    Returns:
        The message, or None if Discord did not take it; that is logged.
    """
    try:
        edit = interaction.edit_original_response
        return await put_reply(edit, reply, view, embedded=may_embed(interaction), head=head, files=files)
    except UNSENT as error:
        log.warning("no reply to interaction %s: %s", interaction.id, short(error))
        return None


async def put_reply(
    edit: Edit,
    reply: Reply,
    view: discord.ui.View | None = None,
    *,
    embedded: bool = True,
    head: str = "",
    files: Sequence[discord.File] = (),
    patience: Patience = PATIENT,
) -> discord.Message:
    """Put a reply in place of what the message holds; safe to be done twice.

    Raises:
        UNSENT: Discord did not take it.
    """

    async def call() -> discord.Message:
        for file in files:
            file.reset()  # an earlier try has read it to its end
        return await edit(**content_of(reply, embedded, head), view=view, attachments=files or discord.utils.MISSING)

    return await deliver(call, patience)


async def tell(interaction: discord.Interaction, text: str) -> None:
    """Tell one member something, in our own words; a lost interaction is one line in the log."""
    try:
        if _is_done(interaction):
            await deliver(lambda: interaction.followup.send(text, ephemeral=True), CAREFUL)
        else:
            await respond(interaction, lambda: interaction.response.send_message(text, ephemeral=True))
    except UNSENT as error:
        log.warning("no reply to interaction %s: %s", interaction.id, short(error))


async def tell_error(interaction: discord.Interaction, error: BaseException) -> None:
    """Tell one member what went wrong; an interaction that Discord has given up on gets one line in the log."""
    if isinstance(error, discord.HTTPException):
        log.warning("no reply to interaction %s: %s", interaction.id, short(error))
        return
    told = clip(escape(clip(explain(error), MESSAGE_UNITS)), MESSAGE_UNITS)
    deferred = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
    if deferred or THINKING in interaction.extras:
        await edit_reply(interaction, Reply(told))
    else:
        await tell(interaction, told)


async def guarded(interaction: discord.Interaction, doing: Awaitable[None]) -> None:
    """Do what an interaction asks for; whatever goes wrong is told to the member."""
    desk_of(interaction).visits.admit_interaction(interaction)
    try:
        await doing
    except Exception as error:  # noqa: BLE001 - the last stop: `tell_error` logs what it does not know
        await tell_error(interaction, error)


def offering(suggest: Suggest) -> Suggest:
    """Offer nothing where suggestions fail, with no more in the log than of any other call.

    Nobody can be told of it, and discord.py would log a traceback with every letter that is typed.
    """

    @wraps(suggest)
    async def offer(cog: Any, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            return await suggest(cog, interaction, typed)
        except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
            explain(error)
            return []

    return offer


# ---- messages


async def send_reply(
    where: Messageable,
    reply: Reply,
    view: discord.ui.View | None = None,
    *,
    nonce: str,
    reference: discord.MessageReference | None = None,
    embedded: bool = True,
    head: str = "",
    patience: Patience = PATIENT,
) -> discord.Message:
    """Send a message that pings nobody; safe to be done twice, because of its nonce.

    What may not be embedded after all is sent as content, and what may not refer to a message without reference.

    Raises:
        UNSENT: Discord did not take it.
    """

    async def call() -> discord.Message:
        given: dict[str, Any] = {"view": view, "reference": reference, "nonce": nonce}
        return await where.send(**content_of(reply, embedded, head), **given, mention_author=False)

    while True:
        try:
            return await deliver(call, patience)
        except discord.HTTPException as error:
            if reference and error.code == NO_HISTORY:
                reference = None
            elif embedded and reply.description and error.code in (EMPTY_MESSAGE, MISSING_PERMISSIONS):
                embedded = False
            else:
                raise


def picture_file(png: bytes, name: str, described: str) -> discord.File:
    """Attach a picture with its words for those who cannot see it."""
    return discord.File(BytesIO(png), filename=name, description=described)


def content_of(reply: Reply, embedded: bool, head: str) -> dict[str, Any]:
    """Lay out a reply; where it is no embed, it is too long to leave room for a head."""
    if embedded and reply.description:
        return {"content": head or None, "embeds": [embed_of(reply)]}
    return {"content": reply.content, "embeds": []}


def _is_done(interaction: discord.Interaction) -> bool:
    return interaction.response.is_done() or THINKING in interaction.extras or DONE in interaction.extras
