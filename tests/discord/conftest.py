"""The loopback Discord, and the client in this process that connects to it over real sockets."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.client import GRACE_S, PurgebotClient
from bot.desk import Desk
from bot.endpoint import pointed_at
from bot.metrics import Metrics
from bot.state import State
from bot.visits import Visits
from bot.work import Work
from index.library import Library
from tests.discord.contract import Contract
from tests.discord.holding import Gate, Settled, all_settled
from tests.discord.process import Process
from tests.discord.running import Running, Start
from tests.discord.server import Loopback


@pytest.fixture(scope="session")
def documents() -> Contract | None:
    """Return Discord's documents. Where they are absent the tests run all the same, and one says so."""
    return Contract.read()


@pytest.fixture
async def discord(documents: Contract | None) -> AsyncIterator[Loopback]:
    """Set up a Discord. At its end nothing must have gone over the wire that Discord would object to."""
    async with Loopback() as server:
        yield server
    assert_lawful(server, documents)


def assert_lawful(server: Loopback, documents: Contract | None) -> None:
    """Fail if anything broke the rules, or Discord's documents."""
    told = server.evidence.violations + (server.evidence.against(documents) if documents else [])
    assert not told, "\n".join([f"{len(told)} violations", *told[:10]])


@pytest.fixture
def desk(built_data: Path, tmp_path: Path, open_library: Callable[[], Library]) -> Iterator[Desk]:
    """Return what a client works with: the library of two small documents, copied instead of built."""
    shutil.copytree(built_data, tmp_path / "data")
    library = open_library()
    with closing(State(tmp_path / "state")) as state:
        yield Desk(library.ask, library, state, Work(), documents=library)


@pytest.fixture
async def start(discord: Loopback, desk: Desk) -> AsyncIterator[Start]:
    """Return a function that connects a client; called again after `stop`, it is the one that a restart brings up."""
    running: list[Running] = []

    async def starter(shards: int = 1, grace_s: float = GRACE_S, **changes: Any) -> Running:
        fresh = replace(desk, work=Work(), visits=Visits(), metrics=Metrics())
        client = PurgebotClient(replace(fresh, **changes), shards=shards, grace_s=grace_s)
        running.append(Running(client, discord))
        await running[-1].up(shards)
        return running[-1]

    with pointed_at(discord.endpoint):
        yield starter
        for one in running:
            await one.stop()


@pytest.fixture
async def bot(start: Start) -> Running:
    """Return a connected client."""
    return await start()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole_city(documents: Contract | None) -> AsyncIterator[Loopback]:
    """Set up a Discord for the real process: two servers, each of a shard of its own."""
    async with Loopback() as server:
        server.gateway.heartbeat_s = 2.0
        server.gateway.needs_shards = server.account.shards = 2
        server.world.add_guild("of the other shard", 1 - (server.guild.id >> 22) % 2, 2)
        yield server
    assert_lawful(server, documents)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def live(
    whole_city: Loopback, built_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Process]:
    """Start the real bot once for all tests that need it; its documents are the small ones, its model the real one."""
    process = Process(whole_city, tmp_path_factory.mktemp("process"), built_data.parent / "documents")
    await process.start(shards=2)
    yield process
    await process.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def city(whole_city: Loopback) -> AsyncIterator[Loopback]:
    """Return the Discord of the real process, without faults. What broke a rule fails the test that did it."""
    whole_city.faults.clear()
    before = len(whole_city.evidence.violations)
    yield whole_city
    whole_city.faults.clear()
    told = whole_city.evidence.violations[before:]
    assert not told, "\n".join(told[:10])


@pytest.fixture
async def gate(desk: Desk) -> Gate:
    return Gate(desk)


@pytest.fixture
async def gated(start: Start, gate: Gate) -> Running:
    """Return a client whose answers pass the gate."""
    return await start(asks=gate)


@pytest.fixture
def settled(tmp_path: Path, discord: Loopback) -> Settled:
    """Return a function that waits until the bot is through with so many questions."""
    return partial(all_settled, tmp_path / "state", discord)
