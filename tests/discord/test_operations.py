"""What an operator sees and does: health, metrics, logs, a stop in good order, and a start that cannot be."""

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.client import PurgebotClient
from bot.desk import Desk
from bot.endpoint import pointed_at
from bot.errors import TOLD, Stopping
from bot.running import explain_start, serve
from bot.state import State
from bot.work import Work
from tests.discord.running import READY_S
from tests.discord.server import TOKEN, Loopback

QUESTION = "how many accounts of knitting clubs did Twitter suspend?"
HOST = "127.0.0.1"
COMMANDS = "/applications/{application_id}/commands"


class Gate:
    """A library that answers when it is let."""

    def __init__(self, asks: Callable[..., Any]) -> None:
        self._asks = asks
        self.entered, self.opened = threading.Event(), threading.Event()

    def __call__(self, *args: Any) -> Any:
        self.entered.set()
        assert self.opened.wait(30)
        return self._asks(*args)


class Served:
    """The bot as `purgebot run` serves it, in this process."""

    def __init__(self, client: PurgebotClient, port: int, token: str = TOKEN) -> None:
        client._connection.guild_ready_timeout = READY_S
        self.client = client
        self.port = port
        self.task = asyncio.create_task(serve(client, token, (HOST, port)))

    async def get(self, path: str) -> tuple[int, str]:
        address = f"http://{HOST}:{self.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            return response.status, await response.text()

    async def metrics(self) -> dict[tuple[str, ...], float]:
        families = text_string_to_metric_families((await self.get("/metrics"))[1])
        return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}

    async def stop(self) -> None:
        """Send this process the signal that `docker stop` sends."""
        os.kill(os.getpid(), signal.SIGTERM)
        await self.task


@pytest.fixture
async def make(discord: Loopback, desk: Desk, tmp_path: Path) -> AsyncIterator[Callable[..., Served]]:
    """Return a function that starts the bot; it may be started again on the same files."""
    made: list[Served] = []

    def maker(token: str = TOKEN, grace_s: float = 20.0, **changes: Any) -> Served:
        with socket.socket() as held:
            held.bind((HOST, 0))
            port = held.getsockname()[1]
        changed = replace(desk, work=Work(), visits=type(desk.visits)(), **changes)
        client = PurgebotClient(changed, shards=None, note=tmp_path / "commands.json", grace_s=grace_s)
        made.append(Served(client, port, token))
        return made[-1]

    with pointed_at(discord.endpoint):
        yield maker
        for one in made:
            if not one.task.done():
                await one.stop()


async def test_health_and_metrics_tell_of_a_question(discord: Loopback, make: Callable[..., Served]) -> None:
    bot = make()
    await discord.up()
    await bot.client.wait_until_ready()
    await discord.reply_to(discord.member().asks(discord.channel, QUESTION))
    await discord.quiet()
    assert (await bot.get("/healthz"), await bot.get("/readyz")) == ((200, "ok\n"), (200, "ready\n"))
    held = await bot.metrics()
    assert held["purgebot_questions_total", "message"] == held["purgebot_answers_total", "answered"] == 1
    assert held["purgebot_replies_total", "sent"] == held["purgebot_shards", "open"] == held["purgebot_guilds",] == 1
    assert held["purgebot_index_documents",] == 2
    assert held["purgebot_discord_requests_total", "POST", "/channels/{id}/messages", "200"] == 1


async def test_nothing_of_a_member_is_in_the_metrics_or_the_log(
    discord: Loopback, make: Callable[..., Served], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot = make()
    await discord.up()
    alice = discord.member("alice-in-the-log")
    await discord.response(alice.slash(discord.channel, "ask", question=QUESTION))
    told = (await bot.get("/metrics"))[1] + caplog.text
    assert not any(part in told for part in ("knitting", "alice", str(alice.user.id), TOKEN))


async def test_a_question_has_one_id_in_the_log_from_its_coming_to_its_reply(
    discord: Loopback, make: Callable[..., Served], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    make()
    await discord.up()
    await discord.response(discord.member().slash(discord.channel, "ask", question=QUESTION))
    await discord.quiet()
    lines = [(one.message, one.fields) for one in caplog.records if one.name == "bot.question_log"]  # type: ignore[attr-defined]
    assert [message for message, _ in lines] == ["question arrived", "question answered", "question closed"]
    assert (lines[0][1]["kind"], lines[1][1]["outcome"], lines[2][1]["sent"]) == ("command", "answered", True)


async def test_a_bot_without_connection_is_not_ready(discord: Loopback, make: Callable[..., Served]) -> None:
    bot = make()
    await discord.up()
    await bot.client.wait_until_ready()
    discord.gateway.open.clear()
    await discord.gateway.drop()
    await discord.world.until(lambda: not discord.gateway.live, "the connection to end")
    status, told = await bot.get("/readyz")
    assert (status, told) == (503, "not connected to Discord\n")
    assert (await bot.metrics())["purgebot_gateway_disconnects_total",] == 1
    discord.gateway.open.set()


async def test_a_stop_lets_the_running_answer_be_sent_and_tells_whoever_asks_then(
    discord: Loopback, make: Callable[..., Served], desk: Desk
) -> None:
    gate = Gate(desk.asks)
    bot = make(asks=gate)
    await discord.up()
    first = discord.member().slash(discord.channel, "ask", question=QUESTION)
    assert await asyncio.to_thread(gate.entered.wait, 30)
    stopped = asyncio.create_task(bot.stop())
    while not bot.client.desk.visits.stopping:
        await asyncio.sleep(0.01)
    assert await bot.get("/readyz") == (503, "stopping\n")
    second = discord.member("bob").slash(discord.channel, "ask", question=QUESTION)
    assert (await discord.response(second)).text.endswith(TOLD[Stopping])
    gate.opened.set()
    await stopped
    assert "240 accounts" in (await discord.response(first)).text
    assert discord.gateway.live == []


async def test_a_stop_does_not_wait_for_ever_and_the_next_start_answers(
    discord: Loopback, make: Callable[..., Served], desk: Desk, tmp_path: Path
) -> None:
    gate = Gate(desk.asks)
    bot = make(asks=gate, grace_s=0.1)
    await discord.up()
    asked = discord.member().asks(discord.channel, QUESTION)
    assert await asyncio.to_thread(gate.entered.wait, 30)
    await bot.stop()
    assert bot.client.left == 1
    assert discord.replies_to(asked) == []
    gate.opened.set()
    with closing(State(tmp_path / "state")) as state:
        again = make(state=state)
        assert "240 accounts" in (await discord.reply_to(asked)).text
        await again.stop()
    assert len(discord.replies_to(asked)) == 1


async def test_commands_are_sent_once_over_two_starts(discord: Loopback, make: Callable[..., Served]) -> None:
    for _ in range(2):
        bot = make()
        await discord.up()
        await bot.client.wait_until_ready()
        await bot.stop()
    assert len(discord.rest.to("PUT", COMMANDS)) == 1
    assert len(discord.rest.to("GET", COMMANDS)) == 3  # after it was sent, and at the second start


async def test_a_wrong_token_is_one_sentence(make: Callable[..., Served]) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which one it is, is discord.py's affair
        await make(token="wrong").task
    assert explain_start(caught.value) == "Discord refuses the token; copy it anew into DISCORD_TOKEN"


async def test_an_intent_that_discord_does_not_grant_is_one_sentence(make: Callable[..., Served]) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        await make(message_content=True).task
    assert "PURGEBOT_MESSAGE_CONTENT=off" in (explain_start(caught.value) or "")


async def test_as_many_connections_are_opened_as_discord_asks_for(
    discord: Loopback, make: Callable[..., Served]
) -> None:
    discord.gateway.needs_shards = discord.account.shards = 2
    bot = make()
    await discord.up(shards=2)
    await bot.client.wait_until_ready()
    assert (await bot.metrics())["purgebot_shards", "open"] == 2
