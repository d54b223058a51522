"""What an operator's tools ask the bot: is it alive, is it ready, what has it counted."""

import errno
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from bot.settings import BadSetting

log = logging.getLogger(__name__)
TEXT = "text/plain; version=1.0.0; charset=utf-8"
"""Source: Prometheus, "Exposition formats"."""
TAKEN = {
    errno.EADDRINUSE: "is in use",
    errno.EACCES: "may not be used",
    errno.EADDRNOTAVAIL: "is no address of this machine",
}


class Watched(Protocol):
    """What is asked how it is."""

    async def missing(self) -> str | None:
        """Say what is missing before members can be answered; None: nothing is."""

    async def measured(self) -> bytes:
        """Write all metrics, as Prometheus reads them."""


@asynccontextmanager
async def serving(watched: Watched, address: tuple[str, int] | None) -> AsyncIterator[None]:
    """Serve `/healthz`, `/readyz` and `/metrics` for as long as this lasts; with no address, nothing.

    Raises:
        BadSetting: the address cannot be listened at.
    """
    if address is None:
        yield
        return
    runner = web.AppRunner(_application(watched), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await _listen(runner, *address)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        why = TAKEN.get(error.errno or 0, f"cannot be used ({error.strerror})")
        raise BadSetting(
            f"PURGEBOT_HEALTH: {host}:{port} {why}; name another address and port, or set it to off"
        ) from None
    at = runner.addresses[0]
    log.info("health and metrics at http://%s:%d", *at[:2])


def _application(watched: Watched) -> web.Application:
    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_request: web.Request) -> web.Response:
        missing = await watched.missing()
        return web.Response(text=f"{missing or 'ready'}\n", status=503 if missing else 200)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await watched.measured(), headers={"Content-Type": TEXT})

    application = web.Application()
    application.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)])
    return application
