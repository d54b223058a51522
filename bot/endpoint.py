"""Where Discord is: at its own addresses, or for tests at those of a stand-in on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.settings import Endpoint


@contextmanager
def pointed_at(endpoint: Endpoint | None) -> Iterator[None]:
    """Let discord.py speak to a stand-in for as long as this lasts; None is Discord itself.

    discord.py keeps both addresses on classes, so there is no narrower place to say it; they are put back at the end.
    """
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    if endpoint:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = endpoint.api, yarl.URL(endpoint.gateway)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
