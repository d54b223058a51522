"""The rules of the loopback Discord are Discord's, and they bite."""

from typing import Any

import pytest

from tests.discord.beyond import choice_faults, command_faults, message_faults, modal_faults
from tests.discord.contract import DOCUMENTS, Contract
from tests.discord.payloads import guild_json, interaction_json, message_event
from tests.discord.routes import MESSAGES
from tests.discord.running import Running
from tests.discord.server import Loopback

COMMAND = {"name": "ask", "description": "Ask", "type": 1}


@pytest.fixture
def documented(documents: Contract | None) -> Contract:
    if documents is None:
        pytest.skip(f"{DOCUMENTS} is not here: nothing of these tests was held against Discord's own documents")
    return documents


def test_a_request_that_is_not_as_described_is_told(documented: Contract) -> None:
    assert documented.request_faults("POST", MESSAGES, {"content": "x"}) == []
    assert documented.request_faults("POST", MESSAGES, {"content": 7})
    assert documented.request_faults("POST", "/channels/{channel_id}/nothing", {})


def test_a_reply_that_is_not_as_described_is_told(documented: Contract) -> None:
    assert documented.reply_faults("GET", "/gateway", 200, {"url": "ws://127.0.0.1"}) == []
    assert documented.reply_faults("GET", "/gateway", 200, {"address": "ws://127.0.0.1"})
    assert documented.reply_faults("GET", "/gateway", 404, {"message": "gone"})
    assert documented.reply_faults("GET", "/gateway", 201, {})


def test_an_event_that_is_not_as_described_is_told(documented: Contract, discord: Loopback) -> None:
    told = guild_json(discord.guild, discord.bot)
    assert documented.event_faults("GUILD_CREATE", told) == []
    assert documented.event_faults("GUILD_CREATE", {**told, "channels": None})
    assert documented.event_faults("GUILD_COLLAPSE", told)


async def test_an_interaction_that_is_not_as_described_is_told(
    documented: Contract, discord: Loopback, bot: Running
) -> None:
    called = discord.member().slash(discord.channel, "help")
    told = interaction_json(called, discord.world)
    assert documented.event_faults("SLASH", told) == []
    assert documented.event_faults("SLASH", {**told, "token": 7})
    await discord.response(called)


async def test_what_breaks_a_document_fails_the_test(documented: Contract, discord: Loopback) -> None:
    discord.gateway._evidence.event("MESSAGE_CREATE", {"content": "and nothing else"})
    (told,) = discord.evidence.against(documented)
    assert "MESSAGE_CREATE" in told
    discord.evidence._events.clear()


def embed(**parts: Any) -> dict[str, Any]:
    return {"embeds": [{"type": "rich", **parts}]}


def row(*custom_ids: str) -> dict[str, Any]:
    return {"type": 1, "components": [{"type": 2, "label": "a", "custom_id": one} for one in custom_ids]}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"content": "x" * 2001}, "2001 characters"),
        ({"content": "  "}, "empty"),
        (embed(), "empty"),
        (embed(description="x" * 4097), "4097 characters"),
        (embed(fields=[{"name": "", "value": "x"}]), "field's name has 0"),
        (embed(description="x" * 4000, footer={"text": "x" * 2001}), "6001 characters in all embeds"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "6002 characters in all embeds"),
        ({"content": "x", "nonce": "1" * 26}, "nonce has 26"),
        ({"content": "x", "components": [row()]}, "a row holds 0"),
        ({"content": "x", "components": [row(str(number)) for number in range(6)]}, "6 rows"),
        ({"content": "x", "components": [row("a" * 101)]}, "custom id has 101"),
        ({"content": "x", "components": [row("a", "a")]}, "one custom id"),
    ],
)
def test_a_message_beyond_a_limit_is_told(body: dict[str, Any], told: str) -> None:
    assert told in "; ".join(message_faults(body, new=True))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": "Ask"}, "no name"),
        ({"name": "ask this"}, "no name"),
        ({"name": "a" * 33}, "no name"),
        ({"description": ""}, "0 characters"),
        (
            {"options": [{"name": "a", "description": "x"}, {"name": "b", "description": "x", "required": True}]},
            "first",
        ),
    ],
)
def test_a_command_beyond_a_limit_is_told(change: dict[str, Any], told: str) -> None:
    assert command_faults([COMMAND]) == []
    assert told in "; ".join(command_faults([COMMAND | change]))


def test_dialogs_and_choices_beyond_a_limit_are_told() -> None:
    assert choice_faults([{"name": "x", "value": "x"}] * 26)
    assert choice_faults([{"name": "", "value": "x"}])
    assert modal_faults({"title": "x" * 46, "custom_id": "x", "components": []})


async def test_content_is_blank_without_the_intent_unless_the_bot_is_addressed(discord: Loopback) -> None:
    alice = discord.member()
    seen = [
        message_event(message, discord.world, sees_content=False)["content"]
        for message in (alice.says(discord.channel, "a"), alice.asks(discord.channel, "b"), alice.writes("c"))
    ]
    assert seen == ["", f"<@{discord.bot.id}> b", "c"]


async def test_a_message_of_the_bots_that_may_ping_is_told(discord: Loopback) -> None:
    discord.mailbox.post(discord.channel, discord.bot, {"content": "x", "allowed_mentions": {"parse": ["users"]}})
    (told,) = discord.evidence.violations
    assert "may ping" in told
    discord.evidence.violations.clear()
