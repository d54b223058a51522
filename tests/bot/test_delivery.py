"""A call to Discord is made again until it is taken, refused, or too late."""

import asyncio
from dataclasses import dataclass, field, replace

import aiohttp
import discord
import pytest

from bot.delivery import CAREFUL, Patience, asked_pause, deliver, is_passing, short


@dataclass
class Response:
    """What discord.py reads of a response."""

    status: int
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def patience(self, **changes) -> Patience:
        plain = Patience(sleep=self.sleep, clock=lambda: self.now, jitter=lambda: 0.5)
        return replace(plain, **changes)


class Calls:
    """Fails with each error in turn, then returns "done"."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.made = 0

    async def __call__(self) -> str:
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


@pytest.fixture
def hours() -> Hours:
    return Hours()


def http(status: int, code: int = 0, **headers: str) -> discord.HTTPException:
    return discord.HTTPException(Response(status, headers=headers), {"code": code, "message": "no"})


PASSING = [
    http(429), http(500), http(502), http(503), http(400, 130000), discord.RateLimited(1.0), TimeoutError(),
    ConnectionResetError(), aiohttp.ServerDisconnectedError(), aiohttp.ClientPayloadError(), aiohttp.ClientOSError(),
]  # fmt: skip


@pytest.mark.parametrize("error", PASSING, ids=lambda error: short(error))
async def test_what_may_pass_is_tried_again(hours, error):
    calls = Calls(error)
    assert await deliver(calls, hours.patience()) == "done"
    assert calls.made == 2


@pytest.mark.parametrize("error", [http(400, 50006), http(401), http(403, 50013), http(404, 10003), ValueError()])
async def test_what_will_not_pass_is_raised_at_once(hours, error):
    calls = Calls(error)
    with pytest.raises(type(error)):
        await deliver(calls, hours.patience())
    assert calls.made == 1
    assert not is_passing(error)


async def test_pauses_double_up_to_the_longest(hours):
    await deliver(Calls(*[http(503)] * 5), hours.patience(first_pause_s=1.0, longest_pause_s=4.0))
    assert hours.slept == [1.0, 2.0, 4.0, 4.0, 4.0]


def test_pauses_differ_so_that_many_do_not_come_back_at_once():
    pauses = {Patience().pause(2, 0.0) for _ in range(20)}
    assert len(pauses) > 10
    assert all(1.0 <= pause <= 3.0 for pause in pauses)


async def test_the_pause_that_discord_asks_for_is_kept(hours):
    await deliver(Calls(http(429, **{"Retry-After": "7"})), hours.patience(first_pause_s=1.0))
    assert hours.slept == [8.0]


async def test_a_pause_beyond_the_deadline_is_not_waited_for(hours):
    with pytest.raises(discord.HTTPException):
        await deliver(Calls(http(429, **{"Retry-After": "3600"})), hours.patience())
    assert hours.slept == []


async def test_the_time_in_all_has_an_end(hours):
    calls = Calls(*[http(503)] * 100)
    with pytest.raises(discord.HTTPException):
        await deliver(calls, hours.patience(total_s=60.0))
    assert 5 < calls.made < 20
    assert hours.now <= 60


async def test_a_call_that_hangs_is_made_again(hours):
    made = []

    async def hang() -> str:
        made.append(1)
        if len(made) == 1:
            await asyncio.sleep(60)
        return "done"

    assert await deliver(hang, hours.patience(try_s=0.05)) == "done"
    assert len(made) == 2


async def test_what_must_not_be_there_twice_is_not_sent_again_after_a_loss(hours):
    careful = hours.patience(after_loss=CAREFUL.after_loss)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await deliver(Calls(aiohttp.ServerDisconnectedError()), careful)
    assert await deliver(Calls(http(429)), careful) == "done"


async def test_being_cancelled_is_no_reason_to_try_again(hours):
    task = asyncio.create_task(deliver(lambda: asyncio.sleep(60), hours.patience()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("written", ["soon", "-1", ""])
def test_a_pause_that_is_no_number_is_none(written):
    assert asked_pause(http(429, **{"Retry-After": written})) == 0.0


def test_the_log_gets_no_text_of_an_error():
    assert short(http(404, 10015)) == "404 10015"
    assert short(aiohttp.ClientOSError("https://discord.com/webhooks/1/token")) == "ClientOSError"
