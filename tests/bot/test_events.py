"""`/event`: one dossier whole."""

from dataclasses import replace

import pytest

from bot.events import fits
from bot.listings import Wanted, event_pages
from corpus.readers import described, read_file
from corpus.source import Event
from index.errors import UnknownDocument

EVENT = "twitter-knitters-2019-03"


def text_of(result):
    return result.response.embeds[0].description


async def test_a_dossier_is_shown_whole_with_its_sections(stage):
    text = text_of(await stage.member.slash(stage.channel, "event", event=EVENT))
    for part in ("What happened", "The platform's reason", "Those affected", "Critics", "What came after", "Wool Blog"):
        assert part in text
    assert "4 Mar 2019 · Twitter" in text
    assert "**Stated reason (Twitter):** a general policy statement" in text


async def test_every_line_of_a_dossier_is_there(stage, shelf):
    document = shelf.show(EVENT).document
    text = text_of(await stage.member.slash(stage.channel, "event", event=EVENT)).replace("\\", "")
    assert all(document.text[one.start : one.end] in text for one in document.statements)


async def test_a_compiled_line_is_under_no_single_publisher(stage):
    text = text_of(await stage.member.slash(stage.channel, "event", event=EVENT))
    assert "compiled from " in text


async def test_articles_that_moderators_linked_stand_at_the_end(stage, shelf):
    shelf.link("kites", [EVENT], "test")
    text = text_of(await stage.member.slash(stage.channel, "event", event=EVENT))
    line = "- **Publisher not recorded, 6 May 2020:** Facebook removes pages of kite makers \\[3\\]"
    assert text.index("__**What came after**__") < text.index("__**Articles linked to it**__") < text.index(line)
    assert text.index("__**Sources**__") < text.index('\\[3\\] "Facebook removes pages of kite makers", 6 May 2020')


async def test_a_linked_article_brings_its_publisher_and_its_address(stage, shelf, folder):
    told = {"publisher": "The Courier", "url": "https://courier.example/kites", "title": "Kites **down**"}
    shelf.add(replace(described(read_file(folder / "kites.txt"), told), id="courier"), "f", "test", str(stage.guild.id))
    shelf.link("courier", [EVENT], "test", str(stage.guild.id))
    text = text_of(await stage.member.slash(stage.channel, "event", event=EVENT))
    assert "**The Courier, 6 May 2020:** Kites \\*\\*down\\*\\*" in text
    assert "(https://courier.example/kites)" in text


async def test_an_article_linked_in_one_server_is_shown_in_no_other(stage, shelf, folder):
    shelf.add(replace(read_file(folder / "kites.txt"), id="own"), "f", "test", "1")
    shelf.link("own", [EVENT], "test", "1")
    assert "Articles linked" not in text_of(await stage.member.slash(stage.channel, "event", event=EVENT))
    assert "Articles linked" not in text_of(await stage.member.user.slash("event", event=EVENT))


async def test_an_article_that_was_removed_is_linked_no_more(stage, shelf):
    shelf.link("kites", [EVENT], "test")
    shelf.remove("kites", "test")
    assert "Articles linked" not in text_of(await stage.member.slash(stage.channel, "event", event=EVENT))


async def test_words_of_the_title_find_an_event(stage):
    assert "knitting clubs" in text_of(await stage.member.slash(stage.channel, "event", event="KNITTING twitter"))


async def test_what_fits_no_event_is_told(stage):
    result = await stage.member.slash(stage.channel, "event", event="moon base @everyone")
    assert "no purge that fits “moon base \\@everyone”" in result.response.content


async def test_choices_name_the_date_and_the_title(stage):
    (choice,) = await stage.member.autocomplete(stage.channel, "event", "event", "2019 knit")
    assert choice["name"] == "4 Mar 2019: Twitter suspends accounts of knitting clubs"
    assert choice["value"] == EVENT
    assert await stage.member.autocomplete(stage.channel, "event", "event", "moon") == []


async def test_an_event_can_be_shown_to_the_asker_alone(stage):
    assert (await stage.member.slash(stage.channel, "event", event=EVENT, only_me=True)).ephemeral


def test_an_event_that_was_removed_is_unknown(desk, shelf):
    shelf.remove(EVENT, "test")
    with pytest.raises(UnknownDocument):
        event_pages(desk, Wanted(EVENT, "", True))


def test_all_words_must_fit():
    event = Event("a-b", ("Reddit",), "2020-06-29", "Reddit bans The_Donald")
    assert fits(event, "the_donald 2020 REDDIT")
    assert fits(event, "jun 2020")
    assert not fits(event, "reddit 2021")


async def test_every_request_is_as_discord_describes_it(stage, contract):
    await stage.member.slash(stage.channel, "event", event=EVENT)
    await stage.member.slash(stage.channel, "event", event="nothing")
    await stage.member.autocomplete(stage.channel, "event", "event", "")
    assert sum(contract.check(request) for request in stage.http_requests) == 6
