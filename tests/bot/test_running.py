"""Whatever keeps the bot from starting is one sentence with the remedy."""

import gc
from collections.abc import Iterator
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.running import explain_start, settle_in


def closed(code):
    return discord.ConnectionClosed(SimpleNamespace(close_code=code), shard_id=0, code=code)


def refused(status):
    return discord.HTTPException(SimpleNamespace(status=status, reason="no"), {"code": 0, "message": "no"})


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (discord.LoginFailure("Improper token has been passed."), "copy it anew into DISCORD_TOKEN"),
        (closed(4004), "copy it anew into DISCORD_TOKEN"),
        (discord.PrivilegedIntentsRequired(None), "PURGEBOT_MESSAGE_CONTENT=off"),
        (closed(4014), "PURGEBOT_MESSAGE_CONTENT=off"),
        (closed(4011), "code 4011"),
        (refused(503), "out of order"),
        (
            aiohttp.ClientConnectorError(SimpleNamespace(host="discord.com", port=443, ssl=True), OSError()),
            "check the network",
        ),
        (TimeoutError(), "check the network"),
        (discord.GatewayNotFound(), "check the network"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_each_reason_has_a_remedy(error, sentence):
    told = explain_start(error)
    assert sentence in told
    assert "\n" not in told


def test_a_fault_of_our_own_is_not_blamed_on_discord():
    assert explain_start(ValueError("inner workings")) is None


@pytest.fixture
def unfrozen() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("unfrozen")
def test_what_was_loaded_is_never_looked_through_again():
    loaded = []
    settle_in(lambda: loaded.append([object()]))
    assert not any(one is loaded for one in gc.get_objects())
    assert gc.get_freeze_count() > len(loaded)
