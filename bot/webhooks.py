"""The token of an interaction -> the message that answers it, for a quarter of an hour and after a restart too."""

from functools import partial

import discord

from bot.delivery import CAREFUL, deliver
from bot.pending import Pending
from bot.render import Reply
from bot.sending import Edit, content_of


def edit_of(client: discord.Client, asked: Pending) -> Edit:
    """Find the way to the message that acknowledged an interaction, after a restart too."""
    return partial(_webhook(client, asked).edit_message, "@original")


async def follow_up(
    client: discord.Client, asked: Pending, reply: Reply, view: discord.ui.View | None, head: str
) -> discord.Message:
    """Show a reply to nobody but whoever asked by an interaction.

    Raises:
        UNSENT: Discord did not take it.
    """
    call = {**content_of(reply, asked.may_embed, head), "view": view or discord.utils.MISSING}
    webhook = _webhook(client, asked)
    return await deliver(lambda: webhook.send(**call, ephemeral=True, wait=True), CAREFUL)


def _webhook(client: discord.Client, asked: Pending) -> discord.Webhook:
    webhook = discord.Webhook.partial(client.application_id or 0, asked.token or "", client=client)
    webhook.type = discord.WebhookType.application  # else discord.py holds it for one that can send to all only
    return webhook
