"""The Discord client: what it may see, whom it may ping (nobody), and the cogs that it loads."""

import asyncio
import logging
import math
import time
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.about import About
from bot.ask import Ask
from bot.attribution import count
from bot.buttons import BUTTONS
from bot.condition import Condition
from bot.desk import Desk
from bot.errors import NoConnection
from bot.events import Events
from bot.handles import Handles
from bot.metrics import trace_requests
from bot.moderators import MODERATOR_ITEMS, Moderators
from bot.sending import tell_error
from bot.source_views import SOURCE_ITEMS
from bot.sources import Sources
from bot.syncing import sync_commands
from bot.timeline import TimelineCog
from bot.translations import Translations
from bot.upkeep import Upkeep
from bot.views import Views


def intents(message_content: bool = False) -> discord.Intents:
    """List what the bot hears of: servers, and messages without a right to their content, unless that is given."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=message_content)


log = logging.getLogger(__name__)
GRACE_S = 7.0
"""For what members asked for to be answered before the bot goes. `docker stop` kills after ten seconds."""
HOUR_MS = 3_600_000
GOODBYE_S = 1.0
"""For Discord to answer our goodbye; the other side may be gone."""


class Tree(app_commands.CommandTree["PurgebotClient"]):
    """The slash commands, and what a member is told when one fails before it could answer."""

    async def interaction_check(self, interaction: discord.Interaction["PurgebotClient"], /) -> bool:
        """Note who comes in; suggestions are not worth a sentence where the bot is stopping."""
        visit = self.client.desk.visits.admit_interaction(interaction)
        return not (visit.late and interaction.type is discord.InteractionType.autocomplete)

    async def on_error(
        self, interaction: discord.Interaction["PurgebotClient"], error: app_commands.AppCommandError
    ) -> None:
        """Tell the member; an interaction that Discord has given up on gets one line in the log."""
        await tell_error(interaction, error.original if isinstance(error, app_commands.CommandInvokeError) else error)


class PurgebotClient(commands.AutoShardedBot):
    """Purgebot in Discord. Closing it waits for the answers that are being worked on."""

    def __init__(self, desk: Desk, shards: int | None = 1, note: Path | None = None, grace_s: float = GRACE_S) -> None:
        """Prepare the client; nothing connects before `start` or `run`. The desk's pool is closed with the client.

        Args:
            shards: how many connections to open; None: as many as Discord asks for.
            note: a file that remembers which commands Discord holds; None: they are sent at every start.
            grace_s: how long closing waits for what members asked for.
        """
        super().__init__(
            command_prefix=commands.when_mentioned,  # never used: see on_message
            help_command=None,
            intents=intents(desk.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # no message is kept
            tree_cls=Tree,
            shard_count=shards,
            http_trace=trace_requests(desk.metrics),
        )
        self.desk, self._note, self._grace_s = desk, note, grace_s
        self.condition = Condition(self, desk)
        self.left = 0

    async def answer(self, token: str) -> None:
        """Log in, load the model, connect, and answer until the connection ends for good.

        In this order a wrong token is told of at once, and nobody can ask before the model is there.

        Raises:
            discord.DiscordException, OSError: there is no connection.
        """
        await self.login(token)
        await self.desk.work.run(self.desk.warm_up)
        self.condition.is_warm = True
        await self.connect()

    async def setup_hook(self) -> None:
        """Load the cogs and make Discord know their commands."""
        desk = self.desk
        cogs = [Ask(self, desk), Views(desk), Handles(desk), TimelineCog(desk), Events(desk), About(desk)]
        sources = [Sources(desk.sources)] if desk.sources else []
        for cog in [*cogs, Moderators(), Upkeep(self, desk), *sources]:
            await self.add_cog(cog)
        self.add_dynamic_items(*BUTTONS, *MODERATOR_ITEMS, *SOURCE_ITEMS)
        await self.tree.set_translator(Translations())
        await sync_commands(self, self.tree, self._note)

    async def launch_shards(self) -> None:
        """Connect as often as Discord asks for, at the gateway's one known address, which a test may have moved.

        Raises:
            NoConnection: the bot has connected too often today. Discord resets the token of one that goes on.
        """
        if self.shard_count is None:
            self.shard_count, _address, limits = await self.http.get_bot_gateway()
            if limits["remaining"] < self.shard_count:
                hours = math.ceil(limits["reset_after"] / HOUR_MS)
                raise NoConnection(
                    f"Discord lets this bot connect no more for {count(hours, 'hour')}, because it did so "
                    f"{limits['total']} times in a day; find out from the log why it starts so often"
                )
        await super().launch_shards()

    async def on_message(self, message: discord.Message, /) -> None:
        """Read no prefix commands; the cogs listen for themselves."""

    async def on_ready(self) -> None:
        """Say so; discord.py says it after every connection that could not go on where it was lost."""
        log.info("connected: %d servers, %d connections", len(self.guilds), self.shard_count or 1)

    async def on_shard_disconnect(self, _shard_id: int) -> None:
        """Count a lost connection."""
        self.desk.metrics.drops.inc()

    async def on_shard_resumed(self, _shard_id: int) -> None:
        """Count one that went on where it was lost."""
        self.desk.metrics.resumes.inc()

    async def close(self) -> None:
        """Take nothing new, let those who came be answered, then disconnect; `left` counts threads still at work."""
        end = time.monotonic() + self._grace_s
        if self.desk.sources:
            self.desk.sources.jobs.stop()
        waiting = await self.desk.visits.close(self._grace_s)
        self.left = await self.desk.work.close(max(0.0, end - time.monotonic()))
        if self.desk.sources:
            self.left += await self.desk.sources.close(max(0.0, end - time.monotonic()))
        if waiting:
            log.warning("%d calls were not finished in time", waiting)
        try:
            async with asyncio.timeout(GOODBYE_S):
                await super().close()
        except TimeoutError:
            log.info("Discord did not answer the goodbye")
