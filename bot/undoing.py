"""`/sources undo`: takes a change back; asks first where several sources would come or go with it."""

from typing import Any

import discord

from bot.attribution import count, listed
from bot.desk import scope_of
from bot.escape import escape
from bot.limits import clip
from bot.remembered import GuildSettings
from bot.render import Reply
from bot.sending import edit_reply
from bot.source_acts import actor_of, announce, plainly, sources_of
from bot.source_views import undo_view
from bot.sourcing import Reach, SourceDesk, reach_of

NAMED = 5
NAME_UNITS = 60
AGAIN = "`/sources undo` once more takes that back, too."
LEFT = "Nothing was taken back."


async def undo(interaction: discord.Interaction[Any], settings: GuildSettings, number: int | None) -> None:
    """Take back a change of a server's, the last one unless another is named, or ask whether that is meant."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    with plainly():
        reach = await desk.work.run(reach_of, desk.library, scope, number)
    if reach and reach.is_wide:
        question = await desk.work.run(_question, desk, scope, reach)
        await edit_reply(interaction, Reply(question), undo_view(reach.number))
    else:  # the change that was looked at, whatever another moderator has done since
        await take_back(interaction, settings, reach.number if reach else number)


async def take_back(interaction: discord.Interaction[Any], settings: GuildSettings, number: int | None) -> None:
    """Take back a change of a server's."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    with plainly():
        told = await desk.work.run(_undone, desk, actor_of(interaction), scope, number)
    await edit_reply(interaction, Reply(f"Taken back: {escape(told)}. {AGAIN}"))
    await announce(interaction, settings, "took back a change of the sources", "")


def _question(desk: SourceDesk, scope: str, reach: Reach) -> str:
    """Put the question that is due before an undo of many sources."""
    name = desk.library.naming(scope)
    names = listed([clip(name(one), NAME_UNITS) for one in reach.documents], NAMED)
    many = count(len(reach.documents), "source")
    return f"Take back change {reach.number}? {many} would go or come back with it: {escape(names)}."


def _undone(desk: SourceDesk, actor: str, scope: str, number: int | None) -> str:
    summary = desk.library.undo(actor, scope, number)
    name = desk.library.naming(scope)
    parts = (("back again", summary.added), ("gone", summary.removed), ("as before", summary.changed))
    told = [f"{listed([clip(name(one), NAME_UNITS) for one in ids], NAMED)} {done}" for done, ids in parts if ids]
    return "; ".join(told) or "what it hid or showed is as before"
