"""A server that is left leaves nothing behind, and what is past its retention is erased."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.remembered import GuildSettings
from bot.upkeep import Upkeep, expire, forget_left
from corpus.readers import read_file

LEFT = 99


@pytest.fixture
def lived_in(state, shelf, make_answer, make_claim, tmp_path):
    """Return a function that leaves traces of a server everywhere."""

    def live(guild_id):
        answer_id = state.remember(make_answer(make_claim()), guild_id=guild_id, channel_id=1, asker_id=7)
        state.vote(answer_id, 7, True)
        state.change_settings(guild_id, lambda _: GuildSettings(in_thread=True))
        path = tmp_path / "pigeons.txt"
        path.write_text("Pigeon fanciers lose their pages\n\nFacebook removed 31 pages, the club said.\n")
        shelf.add(read_file(path), "f", "mod", str(guild_id))
        return answer_id

    return live


def ids(shelf, guild_id):
    return [stored.id for stored, _ in shelf.documents(str(guild_id))]


async def test_leaving_a_server_deletes_its_data(stage, state, shelf, lived_in):
    gone, kept = lived_in(stage.guild.id), lived_in(LEFT)
    await stage.bot.get_guild(stage.guild.id).leave()
    await stage.settle()
    assert state.recall(gone) is None
    assert state.settings(stage.guild.id) == GuildSettings()
    assert ids(shelf, stage.guild.id) == ["kites", "twitter-knitters-2019-03"]
    assert state.recall(kept)
    assert "pigeons" in ids(shelf, LEFT)


def test_servers_that_were_left_unseen_are_forgotten_on_the_next_round(desk, state, shelf, lived_in):
    left, kept = lived_in(LEFT), lived_in(5)
    assert forget_left(desk, {5}) > 0
    assert state.recall(left) is None
    assert "pigeons" not in ids(shelf, LEFT)
    assert state.recall(kept)
    assert "pigeons" in ids(shelf, 5)


def test_with_another_bots_token_nothing_is_deleted(desk, state, lived_in, caplog):
    answer_id = lived_in(LEFT)
    assert forget_left(desk, {1, 2}) == 0
    assert state.recall(answer_id)
    assert "nothing was deleted" in caplog.text


def test_nothing_kept_is_nothing_to_do(desk):
    assert forget_left(desk, {1, 2}) == 0


def test_questions_past_their_retention_are_erased(desk, state, lived_in):
    answer_id = lived_in(5)
    assert expire(desk, datetime.now(UTC) + timedelta(days=31)) == 1
    assert state.recall(answer_id).question is None


async def test_the_daily_round_begins_with_the_bot(stage):
    assert stage.bot.get_cog("Upkeep").daily.is_running()


async def test_the_daily_round_survives_a_fault(stage, desk, state, caplog):
    upkeep = Upkeep(stage.bot, replace(desk, state=Broken()))
    await upkeep.daily.coro(upkeep)
    assert "out of space" in caplog.text


class Broken:
    """A state whose disk is full."""

    def expire(self, _now):
        raise OSError("out of space")

    def guilds(self):
        return set()
