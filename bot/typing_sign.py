"""Shows in a channel that an answer is worked on. No answer fails with it, or waits long for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from discord.abc import Messageable

from bot.sending import UNSENT

SHOWN_S = 8.0
"""Discord shows it for ten seconds. Source: Discord, "Trigger Typing Indicator"."""
LAST_S = 0.5
"""How long an answer waits for a sign on its way, which would otherwise come after it and stay."""


@asynccontextmanager
async def typing(place: Messageable) -> AsyncIterator[None]:
    """Show that the bot types, for as long as this lasts."""
    first, more = asyncio.create_task(_show(place)), asyncio.create_task(_go_on(place))
    try:
        yield
    finally:
        more.cancel()
        await asyncio.wait({first}, timeout=LAST_S)
        first.cancel()


async def _go_on(place: Messageable) -> None:
    while True:
        await asyncio.sleep(SHOWN_S)
        await _show(place)


async def _show(place: Messageable) -> None:
    with suppress(*UNSENT, RuntimeError):  # that of a client that was closed meanwhile
        await place.typing()
