"""How the bot is: what is missing before members can be answered, and its metrics at this moment."""

import asyncio
import math

import discord

from bot.desk import Desk
from bot.errors import BotError, Busy
from index.errors import IndexingError

SLOWEST_S = 2.0
"""For the catalog to say what it holds; a scrape waits no longer, and shows what was known before."""


class Condition:
    """Looks at the client and the desk when it is asked, and keeps nothing but whether the model is warm."""

    def __init__(self, client: discord.AutoShardedClient, desk: Desk) -> None:
        """Take what is looked at."""
        self._client, self._desk = client, desk
        self.is_warm = False
        desk.metrics.queue.set_function(lambda: desk.work.waiting)

    async def missing(self) -> str | None:
        """Say what is missing before members can be answered; None: nothing is."""
        if self._desk.visits.stopping:
            return "stopping"
        if not self.is_warm:
            return "the model is being loaded"
        if not self._client.is_ready() or any(shard.is_closed() for shard in self._client.shards.values()):
            return "not connected to Discord"
        return await self._look()

    async def measured(self) -> bytes:
        """Write all metrics, as Prometheus reads them."""
        metrics = self._desk.metrics
        await self._look()
        metrics.guilds.set(len(self._client.guilds))
        closed = [shard.is_closed() for shard in self._client.shards.values()]
        metrics.shards.labels("open").set(closed.count(False))
        metrics.shards.labels("closed").set(closed.count(True))
        for shard_id, seconds in self._client.latencies:
            if math.isfinite(seconds):  # it is not before the first heartbeat
                metrics.latency.labels(shard_id).set(seconds)
        return metrics.text()

    async def _look(self) -> str | None:
        """Read what the library holds; says what is the matter where that fails."""
        try:
            async with asyncio.timeout(SLOWEST_S):
                self._desk.metrics.hold(await self._desk.work.run(self._desk.shelf.status))
        except (Busy, TimeoutError):
            return "more is asked than can be answered at once"
        except (BotError, IndexingError):
            return "the catalog cannot be read"
        return None
