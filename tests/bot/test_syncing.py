"""Commands are sent to Discord when they changed, or when it has lost them, and at no other time."""

import json

import pytest

from bot.syncing import sync_commands
from bot.translations import Translations


class Http:
    """Holds commands as Discord does, giving each a new version when it is sent."""

    def __init__(self) -> None:
        self.held = []
        self.sent = 0

    async def bulk_upsert_global_commands(self, _application_id, payload):
        self.sent += 1
        self.held = [dict(one, id=str(number), version=str(self.sent)) for number, one in enumerate(payload)]
        return []

    async def get_global_commands(self, _application_id):
        return self.held


@pytest.fixture
async def client(simcord_env):
    client = simcord_env.bot
    client.http = client.tree._http = Http()
    return client


@pytest.fixture
def note(tmp_path):
    return tmp_path / "commands.json"


async def test_they_are_sent_once(client, note):
    assert await sync_commands(client, client.tree, note)
    assert not await sync_commands(client, client.tree, note)
    assert client.http.sent == 1


async def test_they_are_sent_anew_when_one_changed(client, note):
    await sync_commands(client, client.tree, note)
    client.tree.remove_command("about")
    assert await sync_commands(client, client.tree, note)


async def test_they_are_sent_anew_when_a_translation_changed(client, note):
    await sync_commands(client, client.tree, note)
    await client.tree.set_translator(None)
    assert await sync_commands(client, client.tree, note)
    await client.tree.set_translator(Translations())
    assert await sync_commands(client, client.tree, note)


async def test_they_are_sent_anew_when_discord_holds_none(client, note):
    await sync_commands(client, client.tree, note)
    client.http.held = []
    assert await sync_commands(client, client.tree, note)


async def test_they_are_sent_anew_when_somebody_else_changed_one(client, note):
    await sync_commands(client, client.tree, note)
    client.http.held[0]["version"] = "99"
    assert await sync_commands(client, client.tree, note)


@pytest.mark.parametrize("damaged", ["", "{}", "[1]", json.dumps({"application_id": 1})])
async def test_a_damaged_note_is_none(client, note, damaged):
    note.write_text(damaged)
    assert await sync_commands(client, client.tree, note)
    assert not await sync_commands(client, client.tree, note)


async def test_without_a_note_they_are_always_sent(client):
    assert await sync_commands(client, client.tree, None)
    assert await sync_commands(client, client.tree, None)


async def test_a_note_that_cannot_be_written_stops_nothing(client, tmp_path, caplog):
    assert await sync_commands(client, client.tree, tmp_path / "nowhere" / "commands.json")
    assert "sent again at the next start" in caplog.text
