"""The bot as a process: it starts, answers until it is told to stop, and goes within ten seconds."""

import asyncio
import gc
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import discord

from bot.client import PurgebotClient
from bot.desk import Desk
from bot.endpoint import pointed_at
from bot.errors import NoConnection
from bot.health import serving
from bot.settings import Settings
from bot.syncing import FILE

log = logging.getLogger(__name__)
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014
"""Source: Discord, "Opcodes and Status Codes", "Gateway Close Event Codes"."""
LINGER_S = 0.3
"""For what Discord has sent already to be read, so that whoever asks at this moment is told to ask again."""
BAD_TOKEN = "Discord refuses the token; copy it anew into DISCORD_TOKEN"  # noqa: S105 - a sentence about one
NO_CONTENT = (
    "Discord does not let this bot read messages; allow 'Message Content Intent' in its developer portal, "
    "or set PURGEBOT_MESSAGE_CONTENT=off"
)


def run_client(settings: Settings, desk: Desk) -> None:
    """Connect to Discord and answer, until the process is told to stop.

    Raises:
        NoConnection: Discord refuses the token, or cannot be reached at the start.
        BadSetting: the address of health and metrics cannot be used.
    """
    desk = replace(desk, warm_up=partial(settle_in, desk.warm_up))
    client = PurgebotClient(desk, shards=None, note=settings.data / FILE)
    try:
        with pointed_at(settings.endpoint):
            asyncio.run(serve(client, settings.discord_token or "", settings.health))
    except Exception as error:
        said = explain_start(error)
        if said is None:
            raise
        raise NoConnection(said) from error
    if client.left:
        log.warning("%d threads are still at work and are left behind", client.left)
        logging.shutdown()
        os._exit(0)  # a thread cannot be ended, and the interpreter would wait for it


async def serve(client: PurgebotClient, token: str, health: tuple[str, int] | None) -> None:
    """Answer until a signal comes or the connection ends for good; then close, in good order."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for one in STOP_SIGNALS:
        loop.add_signal_handler(one, stop.set)
    try:
        async with serving(client.condition, health), client:
            await _answer_until(client, token, stop)
    finally:
        for one in STOP_SIGNALS:
            loop.remove_signal_handler(one)


async def _answer_until(client: PurgebotClient, token: str, stop: asyncio.Event) -> None:
    answering, stopped = asyncio.create_task(client.answer(token)), asyncio.create_task(stop.wait())
    await asyncio.wait((answering, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if answering.done():
        await answering
        return
    log.info("stopping: no new questions, and those taken are answered")
    client.desk.visits.stopping = True
    await asyncio.sleep(LINGER_S)
    await client.close()
    answering.cancel()
    await asyncio.gather(answering, return_exceptions=True)
    log.info("stopped")


def settle_in(warm_up: Callable[[], object]) -> None:
    """Load all that stays, and spare the garbage collector from ever looking through it again.

    A full collection looks through 138,000 objects and stops all threads for 90 ms, more where other work is done.
    With 50 members at once the slowest acknowledgement took 0.5 to 1.4 s with it, 0.1 s without.
    """
    warm_up()
    gc.collect()
    gc.freeze()


def explain_start(error: Exception) -> str | None:
    """Say to an operator why there is no connection, and the remedy; None for what is no fault of the connection."""
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    if isinstance(error, discord.LoginFailure) or code == AUTHENTICATION_FAILED:
        return BAD_TOKEN
    if isinstance(error, discord.PrivilegedIntentsRequired) or code == DISALLOWED_INTENTS:
        return NO_CONTENT
    if code is not None:
        return (
            f"Discord ended the connection (code {code}); start again, and see the list of close codes if it stays so"
        )
    if isinstance(error, discord.HTTPException):
        return f"Discord is out of order or refuses the start ({error.status} {error.code}); try again in some minutes"
    if isinstance(error, (OSError, discord.GatewayNotFound, discord.RateLimited)):
        return f"no way to Discord ({type(error).__name__}); check the network"
    return None
