"""An operator's tools see whether the bot lives and is ready; an address that is taken is one sentence."""

import socket

import aiohttp
import pytest

from bot.health import serving
from bot.settings import BadSetting

HOST = "127.0.0.1"


class Watched:
    """Something that is as it is told to be."""

    def __init__(self) -> None:
        self.lacks: str | None = None

    async def missing(self) -> str | None:
        return self.lacks

    async def measured(self) -> bytes:
        return b"purgebot_guilds 3.0\n"


@pytest.fixture
def port():
    with socket.socket() as held:
        held.bind((HOST, 0))
        return held.getsockname()[1]


async def read(port, path):
    async with aiohttp.ClientSession() as session, session.get(f"http://{HOST}:{port}{path}") as response:
        return response.status, await response.text()


async def test_a_ready_bot_says_so(port):
    async with serving(Watched(), (HOST, port)):
        assert await read(port, "/healthz") == (200, "ok\n")
        assert await read(port, "/readyz") == (200, "ready\n")
        assert await read(port, "/metrics") == (200, "purgebot_guilds 3.0\n")


async def test_a_bot_that_lacks_something_is_alive_but_not_ready(port):
    watched = Watched()
    watched.lacks = "stopping"
    async with serving(watched, (HOST, port)):
        assert await read(port, "/readyz") == (503, "stopping\n")
        assert (await read(port, "/healthz"))[0] == 200


async def test_afterwards_the_port_is_free(port):
    for _ in range(2):
        async with serving(Watched(), (HOST, port)):
            pass


async def test_a_port_in_use_is_one_sentence_with_the_remedy(port):
    async with serving(Watched(), (HOST, port)):
        with pytest.raises(BadSetting, match=rf"PURGEBOT_HEALTH: {HOST}:{port} is in use; name another"):
            async with serving(Watched(), (HOST, port)):
                pass


async def test_without_an_address_nothing_listens():
    async with serving(Watched(), None):
        pass
