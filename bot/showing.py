"""A listing or a timeline -> a message in Discord, with the buttons that turn its pages."""

import discord

from bot.asking import elsewhere, settings_of
from bot.buttons import turn_view
from bot.desk import Desk, scope_of
from bot.listings import LISTINGS, Wanted
from bot.render import Reply
from bot.sending import acknowledge, edit_reply, may_embed, picture_file
from bot.timeline_pages import TIMELINES, Picture

PICTURE_NAME = "timeline.png"
ALL_LISTINGS = LISTINGS | {name: timeline.pages for name, timeline in TIMELINES.items()}


async def show_listing(
    interaction: discord.Interaction, desk: Desk, listing: str, key: str, *, only_me: bool = False
) -> None:
    """Acknowledge, then show the first page of a listing."""
    await acknowledge(interaction, ephemeral=only_me, thinking=True)
    if only_me or await is_welcome(interaction, desk):
        await put_page(interaction, desk, listing, 0, key)


async def is_welcome(interaction: discord.Interaction, desk: Desk) -> bool:
    """Say whether moderators let the bot show something to all in this channel; where not, the reply says where."""
    settings = await desk.work.run(settings_of, desk, interaction.guild_id)
    if settings.answers_in(interaction.channel_id, getattr(interaction.channel, "parent_id", None)):
        return True
    await edit_reply(interaction, Reply(elsewhere(settings)))
    return False


async def put_page(interaction: discord.Interaction, desk: Desk, listing: str, page: int, key: str) -> None:
    """Show a page, counted from 0, or the last one, in place of an acknowledgement."""
    pages = await desk.work.run(ALL_LISTINGS[listing], desk, _wanted(interaction, key))
    page = min(page, len(pages) - 1)
    await edit_reply(interaction, pages[page], turn_view(listing, page, len(pages), key))


async def put_timeline(interaction: discord.Interaction, desk: Desk, listing: str, key: str) -> None:
    """Show a timeline's picture and the first page of its list in place of an acknowledgement.

    Raises:
        NothingToDraw: no event fits.
    """
    wanted = _wanted(interaction, key)
    picture: Picture = await desk.work.run(TIMELINES[listing].picture, desk, wanted)
    pages = await desk.work.run(TIMELINES[listing].pages, desk, wanted)
    files = [picture_file(picture.png, PICTURE_NAME, picture.described)] if _may_attach(interaction) else []
    await edit_reply(interaction, pages[0], turn_view(listing, 0, len(pages), key), files=files)


def _wanted(interaction: discord.Interaction, key: str) -> Wanted:
    return Wanted(key, scope_of(interaction.guild_id), may_embed(interaction))


def _may_attach(interaction: discord.Interaction) -> bool:
    return interaction.guild_id is None or interaction.app_permissions.attach_files
