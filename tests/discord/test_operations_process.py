"""The real process: it starts, says how it is, answers, and ends; or it says in one sentence why it cannot."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest

from tests.conftest import write_documents
from tests.discord.server import TOKEN, Loopback

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
START_S = 120.0
Environment = Callable[..., dict[str, str]]


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return data and documents as the program itself builds them, with the real model; to be copied."""
    place = tmp_path_factory.mktemp("indexed")
    write_documents(place / "documents")
    env = os.environ | {"PURGEBOT_DATA": str(place / "data"), "PURGEBOT_CORPUS": str(place / "documents")}
    subprocess.run([sys.executable, "-m", "bot", "reindex"], cwd=ROOT, env=env, check=True, capture_output=True)
    return place


@pytest.fixture
def environment(indexed: Path, tmp_path: Path, discord: Loopback) -> Environment:
    """Return a function that makes the settings of a process which connects to the loopback Discord."""
    shutil.copytree(indexed, tmp_path / "built")

    def make(**changes: str) -> dict[str, str]:
        at = discord.endpoint
        return os.environ | {
            "DISCORD_TOKEN": TOKEN, "PURGEBOT_DISCORD_API": at.api, "PURGEBOT_DISCORD_GATEWAY": at.gateway,
            "PURGEBOT_DATA": str(tmp_path / "built" / "data"), "PURGEBOT_HEALTH": f"{HOST}:0",
            "PURGEBOT_CORPUS": str(tmp_path / "built" / "documents"), "PURGEBOT_LOG_FORMAT": "json",
            "PURGEBOT_READER": "off",
        } | changes  # fmt: skip

    return make


async def run(env: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=env, stderr=asyncio.subprocess.PIPE
    )


async def last_words(env: dict[str, str]) -> str:
    """Return the sentence of a process that cannot start, checking its status."""
    process = await run(env)
    _, told = await asyncio.wait_for(process.communicate(), START_S)
    assert process.returncode == 2, told.decode()
    assert "Traceback" not in told.decode()
    return told.decode().splitlines()[-1]


async def test_a_life(discord: Loopback, environment: Environment) -> None:
    with socket.socket() as held:
        held.bind((HOST, 0))
        at = f"{HOST}:{held.getsockname()[1]}"
    process = await run(environment(PURGEBOT_HEALTH=at))
    await discord.up()
    asked = discord.member().asks(discord.channel, "how many accounts of knitting clubs did Twitter suspend?")
    await discord.reply_to(asked)
    async with aiohttp.ClientSession() as session, session.get(f"http://{at}/metrics") as response:
        assert 'purgebot_questions_total{kind="message"} 1.0' in await response.text()
    process.send_signal(signal.SIGTERM)
    _, told = await asyncio.wait_for(process.communicate(), 30)
    lines = [json.loads(line) for line in told.decode().splitlines()]
    assert process.returncode == 0
    assert lines[-1]["message"] == "stopped"
    assert TOKEN not in told.decode()


async def test_a_wrong_token(environment: Environment) -> None:
    told = await last_words(environment(DISCORD_TOKEN="wrong"))
    assert told == "Discord refuses the token; copy it anew into DISCORD_TOKEN"


async def test_no_network(environment: Environment) -> None:
    told = await last_words(environment(PURGEBOT_DISCORD_API=f"http://{HOST}:9/api/v10"))
    assert told == "no way to Discord (ClientConnectorError); check the network"


async def test_a_port_in_use(environment: Environment) -> None:
    with socket.create_server((HOST, 0)) as held:
        at = f"{HOST}:{held.getsockname()[1]}"
        assert await last_words(environment(PURGEBOT_HEALTH=at)) == (
            f"PURGEBOT_HEALTH: {at} is in use; name another address and port, or set it to off"
        )
