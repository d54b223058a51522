"""The client in this process, connected over real sockets to a loopback Discord."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.client import PurgebotClient
from tests.discord.server import TOKEN, Loopback

READY_S = 0.05
"""How long discord.py waits for one more server before it says that it is ready; 2 s by itself."""


class Running:
    """A client that runs as a task; discord.py's HTTP and gateway code is as it is."""

    def __init__(self, client: PurgebotClient, discord: Loopback) -> None:
        self.client = client
        self._discord = discord
        client._connection.guild_ready_timeout = READY_S
        self._task = asyncio.create_task(client.start(TOKEN))

    async def up(self, shards: int = 1) -> None:
        """Wait until it is connected and ready; an error that ends it meanwhile is raised here."""
        waiting = asyncio.ensure_future(self._discord.up(shards))
        done, _ = await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task in done:
            waiting.cancel()
        await next(iter(done))
        await self.client.wait_until_ready()

    async def stop(self) -> None:
        """Stop it as a signal does: what is worked on ends first."""
        await self.client.close()
        await asyncio.gather(self._task, return_exceptions=True)


Start = Callable[..., Awaitable[Running]]
