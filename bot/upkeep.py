"""What the bot does unasked: deletes what belongs to a server that it left, erases what is past its retention."""

import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import discord
from discord.ext import commands, tasks

from bot.desk import Desk, scope_of
from bot.errors import explain

P = TypeVar("P")
log = logging.getLogger(__name__)
EVERY_HOURS = 24
ACTOR = "left the server"
UNDO_DAYS = 30
"""For so long what was removed can be brought back."""


class Upkeep(commands.Cog):
    """Once a day, and whenever a server is left."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        """Take the client, which knows what servers it is in, and the desk."""
        self._client, self._desk = client, desk

    async def cog_load(self) -> None:
        """Begin with the daily round."""
        self.daily.start()

    async def cog_unload(self) -> None:
        """End it."""
        self.daily.cancel()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Delete what is kept of a server, and its documents. A server that is only out of reach is not left."""
        await self._try(forget_guild, guild.id)

    @tasks.loop(hours=EVERY_HOURS)
    async def daily(self) -> None:
        """Erase what is past its retention, and delete what belongs to servers that were left meanwhile."""
        await self._try(expire, datetime.now(UTC))
        await self._try(forget_left, {guild.id for guild in self._client.guilds})

    @daily.before_loop
    async def _wait(self) -> None:
        await self._client.wait_until_ready()

    async def _try(self, function: Callable[[Desk, P], int], given: P) -> None:
        """Do one part of it on the pool; what fails is logged and tried again on the next round."""
        try:
            touched = await self._desk.work.run(function, self._desk, given)
            log.info("%s: %d rows", function.__name__, touched)
        except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
            explain(error)


def expire(desk: Desk, now: datetime) -> int:
    """Erase what is past its retention, and sources that were removed long ago; returns the rows touched."""
    emptied = desk.sources.library.empty_removed(now - timedelta(days=UNDO_DAYS)) if desk.sources else 0
    return emptied + desk.state.expire(now)


def forget_guild(desk: Desk, guild_id: int) -> int:
    """Delete all that is kept of a server, its documents too; returns the rows and versions deleted."""
    drafts = desk.sources.drafts.forget_guild(guild_id) if desk.sources else 0
    return drafts + desk.state.forget_guild(guild_id) + desk.documents.forget_scope(scope_of(guild_id), ACTOR)


def forget_left(desk: Desk, joined: Collection[int]) -> int:
    """Delete what is kept of servers that were left while the bot was not there to see it.

    Where it is in none of those that it knows, somebody may have given it another bot's token; nothing is deleted.

    Args:
        joined: ids of the servers that the bot is in.

    Returns:
        The rows and versions deleted.
    """
    known = desk.state.guilds() | {int(scope) for scope in desk.documents.scopes() if scope.isdigit()}
    known |= desk.sources.drafts.guilds() if desk.sources else set()
    left = known - set(joined)
    if left and left == known:
        log.warning("none of the %d servers whose data is kept is joined; nothing was deleted", len(known))
        return 0
    return sum(forget_guild(desk, guild_id) for guild_id in sorted(left))
