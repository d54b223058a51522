"""Readiness names what is missing; metrics show what is known where the catalog cannot be read."""

from dataclasses import replace

import pytest

from bot.condition import Condition
from bot.errors import Busy
from index.errors import CatalogDamaged


class Broken:
    """A shelf whose catalog cannot be read."""

    def status(self):
        raise CatalogDamaged("rubbish")


@pytest.fixture
def condition(stage, desk):
    condition = Condition(stage.bot, desk)
    condition.is_warm = True
    return condition


async def test_with_all_in_place_nothing_is_missing(condition):
    assert await condition.missing() is None


async def test_before_the_model_is_loaded_that_is_missing(stage):
    assert await stage.bot.condition.missing() == "the model is being loaded"


async def test_without_a_connection_that_is_missing(desk, simcord_bot):
    async with simcord_bot:
        simcord_bot.condition.is_warm = True
        assert await simcord_bot.condition.missing() == "not connected to Discord"


async def test_while_stopping_the_bot_is_not_ready(condition, desk):
    await desk.visits.close(0)
    assert await condition.missing() == "stopping"


async def test_a_catalog_that_cannot_be_read_is_told_of_and_spoils_no_metrics(stage, desk):
    condition = Condition(stage.bot, replace(desk, shelf=Broken()))
    condition.is_warm = True
    assert await condition.missing() == "the catalog cannot be read"
    assert b"purgebot_guilds 1.0" in await condition.measured()


async def test_a_full_queue_is_no_broken_catalog(condition, work):
    class Full(type(work)):
        async def run(self, *_asked, **_more):
            raise Busy("no thread is free")

    work.__class__ = Full
    assert await condition.missing() == "more is asked than can be answered at once"


async def test_metrics_tell_what_is_held(condition, shelf):
    told = (await condition.measured()).decode()
    assert f"purgebot_index_revision {float(shelf.status().revision)}" in told
    assert "purgebot_index_documents 2.0" in told
