"""`/timeline`: a picture with its words, and the same events as a list."""

import discord
import pytest

from bot.listings import Wanted
from bot.timeline_pages import TIMELINES, _nearest, key_of
from corpus.source import Event


def text_of(result):
    return result.response.embeds[0].description


async def test_a_timeline_is_a_picture_with_words_and_a_list(stage):
    result = await stage.member.slash(stage.channel, "timeline")
    (picture,) = result.response.attachments
    assert picture.filename == "timeline.png"
    assert picture.description.startswith("Timeline of 1 platform purge")
    assert "Twitter suspends accounts of knitting clubs" in text_of(result)
    assert "4 Mar 2019 · Twitter" in text_of(result)


async def test_platform_and_dates_choose(stage):
    options = {"platform": "twitter", "from": "2019", "to": "2019-03"}
    assert "1 purge on twitter" in text_of(await stage.member.slash(stage.channel, "timeline", **options))


@pytest.mark.parametrize("options", [{"platform": "MySpace"}, {"from": "2020"}, {"to": "2018-12-31"}])
async def test_where_no_event_fits_it_says_so(stage, options):
    result = await stage.member.slash(stage.channel, "timeline", **options)
    assert "No event that I hold fits" in result.response.content
    assert not result.response.attachments


@pytest.mark.parametrize("date", ["last year", "2019-13", "--03-04", " --03-04", "@everyone"])
async def test_what_is_no_date_is_told(stage, date):
    result = await stage.member.slash(stage.channel, "timeline", **{"from": date})
    assert "is no date" in result.response.content
    assert result.ephemeral


async def test_platforms_are_offered(stage):
    choices = await stage.member.autocomplete(stage.channel, "timeline", "platform", "twi")
    assert [one["value"] for one in choices] == ["Twitter"]
    assert await stage.member.autocomplete(stage.channel, "timeline", "platform", "zzz") == []


async def test_a_timeline_can_be_shown_to_the_asker_alone(stage):
    assert (await stage.member.slash(stage.channel, "timeline", only_me=True)).ephemeral


async def test_without_the_right_to_attach_there_is_the_list(stage):
    forbidden = discord.PermissionOverwrite(attach_files=False)
    channel = stage.guild.create_text_channel("plain", overwrites={stage.bot.user: forbidden})
    result = await stage.member.slash(channel, "timeline")
    assert not result.response.attachments
    assert "knitting clubs" in text_of(result)


def test_a_long_list_goes_on_on_the_next_page(desk, shelf, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"purge-{number}.md").write_text(
            f"---\nid: purge-{number}\nplatforms: [Twitter]\ndate: 2019-03-04\ntitle: Purge number {number} of sixty\n"
            "confidence: high\nsources:\n  gazette: {publisher: The Gazette, title: Locked out, date: 2019, "
            'url: "https://gazette.example/"}\n---\n## What happened\n- Twitter suspended them. [gazette]\n'
        )
    shelf.reindex([folder], "test")
    pages = TIMELINES["timeline"].pages(desk, Wanted(key_of(None, None, None), "", False))
    together = "".join(page.content for page in pages)
    assert all(together.count(f"Purge number {number} of") == 1 for number in range(60))
    assert all(len(page.content) <= 2000 for page in pages)


def test_around_an_answer_the_nearest_events_stand():
    events = [Event(f"e{n}", ("Twitter",), f"2019-03-{n:02}", "Purge") for n in range(1, 29)]
    assert [one.id for one in _nearest(events, frozenset({"e10"}))] == [f"e{n}" for n in range(5, 16)]
    assert [one.id for one in _nearest(events, frozenset({"e1", "e28"}))] == ["e1", "e28"]
    assert _nearest(events, frozenset()) == ()


async def test_every_request_is_as_discord_describes_it(stage, contract):
    await stage.member.slash(stage.channel, "timeline")
    await stage.member.slash(stage.channel, "timeline", platform="MySpace")
    await stage.member.autocomplete(stage.channel, "timeline", "platform", "")
    assert sum(contract.check(request) for request in stage.http_requests) == 6
