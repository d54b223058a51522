"""The loopback Discord refuses what Discord refuses; asked here as the bot would ask, with bare requests."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from discord import Permissions

from tests.discord.actors import Actor
from tests.discord.faults import EVERY, reset, slow, status, too_many
from tests.discord.interaction import COMMAND, Interaction
from tests.discord.routes import MESSAGES
from tests.discord.server import TOKEN, Loopback
from tests.discord.world import Upload

SAID = {"content": "hello", "allowed_mentions": {"parse": []}}


class Caller:
    """Sends bare requests with the bot's token."""

    def __init__(self, session: aiohttp.ClientSession, discord: Loopback) -> None:
        self._session, self._discord = session, discord
        self.headers: dict[str, str] = {}

    async def __call__(self, method: str, path: str, body: Any = None, token: str = TOKEN) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {token}"}
        url = self._discord.endpoint.api + path
        async with self._session.request(method, url, json=body, headers=headers) as reply:
            self.headers = dict(reply.headers)
            told = await reply.json() if reply.content_type == "application/json" else None
            return reply.status, (told or {}).get("code") if reply.status >= 400 else told


@pytest.fixture
async def call(discord: Loopback) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as session:
        yield Caller(session, discord)


@pytest.fixture
def interaction(discord: Loopback) -> Interaction:
    data = {"id": "1", "name": "help", "type": 1}
    return discord.member()._interact(COMMAND, discord.channel, data)


def messages(discord: Loopback) -> str:
    return f"/channels/{discord.channel.id}/messages"


def callback(interaction: Interaction) -> str:
    return f"/interactions/{interaction.id}/{interaction.token}/callback"


def original(discord: Loopback, interaction: Interaction) -> str:
    return f"/webhooks/{discord.bot.id}/{interaction.token}/messages/@original"


async def test_a_wrong_token_is_refused(call: Caller) -> None:
    assert (await call("GET", "/users/@me"))[0] == 200
    assert (await call("GET", "/users/@me", token="other"))[0] == 401


async def test_json_is_of_that_type_and_nothing_more(call: Caller) -> None:
    await call("GET", "/users/@me")
    assert call.headers["Content-Type"] == "application/json"


async def test_a_nonce_is_taken_once_for_a_while(discord: Loopback, call: Caller) -> None:
    body = SAID | {"nonce": "7", "enforce_nonce": True}
    first, second = [(await call("POST", messages(discord), body))[1]["id"] for _ in range(2)]
    discord.world.clock.shifted_s = 121
    third = (await call("POST", messages(discord), body))[1]["id"]
    assert first == second != third
    assert len(discord.channel.messages) == 2


@pytest.mark.parametrize(
    ("denied", "body", "code"),
    [
        (Permissions(view_channel=True), SAID, 50001),
        (Permissions(send_messages=True), SAID, 50013),
        (Permissions(embed_links=True), {"embeds": [{"description": "x"}]}, 50013),
    ],
)
async def test_without_the_right_nothing_is_sent(
    discord: Loopback, call: Caller, denied: Permissions, body: Any, code: int
) -> None:
    discord.channel.denied[discord.bot.id] = denied
    assert await call("POST", messages(discord), body) == (403, code)
    assert discord.channel.messages == {}


async def test_a_bucket_takes_so_many_and_says_when_to_come_back(discord: Loopback, call: Caller) -> None:
    discord.rest.buckets.limits["POST", MESSAGES] = (2, 0.3)
    assert [(await call("POST", messages(discord), SAID))[0] for _ in range(3)] == [200, 200, 429]
    assert call.headers["Via"]
    assert float(call.headers["Retry-After"]) <= 0.3
    assert discord.rest.buckets.refused == 1


async def test_another_channel_is_another_bucket(discord: Loopback, call: Caller) -> None:
    discord.rest.buckets.limits["POST", MESSAGES] = (1, 60.0)
    await call("POST", messages(discord), SAID)
    other = discord.add_channel("other")
    assert (await call("POST", f"/channels/{other.id}/messages", SAID))[0] == 200


async def test_an_interaction_is_acknowledged_in_three_seconds(
    discord: Loopback, call: Caller, interaction: Interaction
) -> None:
    discord.world.clock.shifted_s = 3.1
    assert await call("POST", callback(interaction), {"type": 5}) == (404, 10062)


async def test_an_interaction_is_acknowledged_once(discord: Loopback, call: Caller, interaction: Interaction) -> None:
    assert (await call("POST", callback(interaction), {"type": 5}))[0] == 204
    assert await call("POST", callback(interaction), {"type": 5}) == (400, 40060)
    (told,) = discord.evidence.violations
    assert "40060" in told
    discord.evidence.violations.clear()


async def test_a_second_acknowledgement_is_no_offence_where_the_answer_was_lost(
    discord: Loopback, call: Caller, interaction: Interaction
) -> None:
    discord.faults.on("POST", "/interactions/{interaction_id}/{interaction_token}/callback", reset(after=True))
    with pytest.raises(aiohttp.ClientConnectionError):
        await call("POST", callback(interaction), {"type": 5})
    assert await call("POST", callback(interaction), {"type": 5}) == (400, 40060)


async def test_a_second_acknowledgement_is_no_offence_where_the_answer_was_not_waited_for(
    discord: Loopback, call: Caller, interaction: Interaction
) -> None:
    discord.faults.on("POST", "/interactions/{interaction_id}/{interaction_token}/callback", slow(0.3))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await call("POST", callback(interaction), {"type": 5})
    await discord.world.until(lambda: interaction.acknowledged_at, "the acknowledgement")
    assert await call("POST", callback(interaction), {"type": 5}) == (400, 40060)


async def test_a_token_ends_after_fifteen_minutes(discord: Loopback, call: Caller, interaction: Interaction) -> None:
    await call("POST", callback(interaction), {"type": 5})
    assert (await call("PATCH", original(discord, interaction), SAID))[0] == 200
    discord.world.clock.shifted_s = 901
    assert await call("PATCH", original(discord, interaction), SAID) == (401, 50027)


async def test_an_interaction_that_was_not_acknowledged_has_no_webhook(
    discord: Loopback, call: Caller, interaction: Interaction
) -> None:
    assert await call("PATCH", original(discord, interaction), SAID) == (404, 10015)


async def test_the_first_follow_up_takes_the_place_of_a_bare_acknowledgement(
    discord: Loopback, call: Caller, interaction: Interaction
) -> None:
    await call("POST", callback(interaction), {"type": 5, "data": {"flags": 64}})
    await call("POST", f"/webhooks/{discord.bot.id}/{interaction.token}?wait=true", SAID)
    assert interaction.original is not None
    assert interaction.original.content == "hello"
    assert interaction.original.ephemeral
    assert interaction.followups == []


async def test_a_body_beyond_a_limit_is_refused_and_told(discord: Loopback, call: Caller) -> None:
    assert await call("POST", messages(discord), SAID | {"content": "x" * 2001}) == (400, 50035)
    (told,) = discord.evidence.violations
    assert "2001" in told
    discord.evidence.violations.clear()


async def test_an_unknown_request_is_told(discord: Loopback, call: Caller) -> None:
    assert (await call("GET", "/voice/regions"))[0] == 404
    (told,) = discord.evidence.violations
    assert "unexpected" in told
    discord.evidence.violations.clear()


@pytest.mark.parametrize(("after", "there"), [(False, 0), (True, 1)])
async def test_a_connection_breaks_before_or_after_it_was_done(
    discord: Loopback, call: Caller, after: bool, there: int
) -> None:
    discord.faults.on("POST", MESSAGES, reset(after=after))
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await call("POST", messages(discord), SAID)
    assert len(discord.channel.messages) == there


async def test_only_the_call_that_was_named_goes_wrong(discord: Loopback, call: Caller) -> None:
    rule = discord.faults.on("POST", MESSAGES, status(503), nth=2)
    assert [(await call("POST", messages(discord), SAID))[0] for _ in range(3)] == [200, 503, 200]
    assert rule.hit == 1


async def test_a_429_without_via_is_one_of_another_house(discord: Loopback, call: Caller) -> None:
    discord.faults.on("POST", MESSAGES, too_many(via=False), nth=EVERY)
    assert (await call("POST", messages(discord), SAID))[0] == 429
    assert "Via" not in call.headers


async def test_a_share_of_calls_goes_wrong_and_the_same_ones_every_time(discord: Loopback, call: Caller) -> None:
    seen = []
    for _ in range(2):
        discord.faults.clear()
        discord.faults.at_random(0.5, [status(500), slow(0.01)], seed=3)
        seen.append([(await call("GET", "/users/@me"))[0] for _ in range(12)])
    assert seen[0] == seen[1]
    assert set(seen[0]) == {200, 500}


async def test_an_uploaded_file_can_be_read(discord: Loopback) -> None:
    file = Upload("a.txt", b"hello")
    discord.account.commands = [{"id": "1", "name": "add", "options": [{"name": "file", "type": 11}]}]
    called = discord.member().slash(discord.channel, "add", file=file)
    (told,) = called.data["resolved"]["attachments"].values()
    assert called.data["options"][0]["value"] == told["id"]
    async with aiohttp.ClientSession() as session, session.get(told["url"]) as reply:
        assert await reply.read() == file.held


def test_an_actor_without_such_a_button_says_which_there_are(discord: Loopback) -> None:
    alice: Actor = discord.member()
    with pytest.raises(AssertionError, match="no button 'more'"):
        alice.press(alice.says(discord.channel, "hello"), "more")
