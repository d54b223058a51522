"""The whole story: a file and a page by its address are looked at, corrected, added, asked about, removed."""

from dataclasses import replace
from pathlib import Path

import discord
import pytest

from bot.client import PurgebotClient
from tests.corpus.conftest import PUBLIC, Web, response

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
MANAGE = discord.Permissions(manage_guild=True)
ADDRESS = "http://good.example/pigeons"
PAGE = """<!doctype html><html><head><title>Pigeon fanciers lose their pages</title>
<meta name="author" content="Ann Ply"><meta property="article:published_time" content="2018-10-11T09:00:00Z">
<meta property="og:site_name" content="The Loft"></head><body><article><h1>Pigeon fanciers lose their pages</h1>
<p>Facebook removed 31 pages of pigeon fanciers on Thursday, the club of Leeds said. The club has raced birds since
1901 and had used its page to announce races.</p>
<p>“We remove pages that sell live animals,” a Facebook spokesperson said.</p>
<p>“Our birds are not for sale, and nobody asked us,” said Pat Coop, who chairs the club of pigeon fanciers.</p>
</article></body></html>"""
QUESTION = "why did Facebook remove the pages of pigeon fanciers?"


@pytest.fixture
def web():
    """Open a web of one server."""
    opened = Web()
    opened.pages["/pigeons"] = [response(200, PAGE.encode(), Content_Type="text/html; charset=utf-8")]
    yield opened
    opened.close()


@pytest.fixture
def simcord_bot(desk, web):
    """Let the bot live in that web."""
    return PurgebotClient(replace(desk, sources=replace(desk.sources, fetcher=web.fetcher())))


@pytest.fixture(autouse=True)
def real_answers(oracle, shelf, monkeypatch):
    """Let the library itself answer."""
    monkeypatch.setattr(type(oracle), "__call__", lambda _self, *asked: shelf.ask(*asked))


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    role = stage.guild.create_role("bosses", permissions=MANAGE)
    return stage.guild.add_member(stage.create_user("boss"), roles=[role])


def text_of(message):
    return f"{message.content or ''}{''.join(one.description or '' for one in message.embeds)}".replace("\\", "")


async def press(member, message, action):
    ids = [one.get("custom_id", "") for row in message.components for one in row["components"]]
    return await member.click(message, custom_id=next(one for one in ids if one.startswith(f"pb.source:{action}:")))


async def ask(stage, question=QUESTION):
    return text_of((await stage.member.slash(stage.channel, "ask", question=question)).response)


async def test_a_page_is_added_by_its_address(stage, boss, web, contract):
    shown = await boss.slash(stage.channel, "sources add", url=ADDRESS)
    for part in ("Pigeon fanciers lose their pages", "The Loft", "Ann Ply", "11 Oct 2018", "statements"):
        assert part in text_of(shown.response)
    dialog = await press(boss, shown.response, "edit")
    values = {row["component"]["custom_id"]: row["component"].get("value", "") for row in dialog.modal["components"]}
    await boss.submit_modal(dialog, {**values, "date": "2018-10-12"})
    assert "12 Oct 2018" in text_of(shown.response)
    assert "live animals" not in await ask(stage)
    await press(boss, shown.response, "add")
    assert "live animals" in await ask(stage)
    assert "12 Oct 2018" in await ask(stage)
    asked = await boss.slash(stage.channel, "sources remove", source="Pigeon fanciers")
    await press(boss, asked.response, "remove")
    assert "live animals" not in await ask(stage)
    await boss.slash(stage.channel, "sources undo")
    assert "live animals" in await ask(stage)
    assert web.trap.connections == 0
    assert any(contract.check(request) for request in stage.http_requests)


async def test_a_page_that_was_fetched_again_shows_what_changed(stage, boss, web):
    await press(boss, (await boss.slash(stage.channel, "sources add", url=ADDRESS)).response, "add")
    assert "nothing has changed" in text_of((await boss.slash(stage.channel, "sources add", url=ADDRESS)).response)
    later = PAGE.replace("31 pages", "48 pages").encode()
    web.pages["/pigeons"] = [response(200, later, Content_Type="text/html; charset=utf-8")]
    told = text_of((await boss.slash(stage.channel, "sources add", url=ADDRESS)).response)
    assert "new version" in told
    assert "48 pages" in told.split("**Changed:**")[1]


async def test_the_same_text_as_a_file_is_told_to_be_held_already(stage, boss):
    await press(boss, (await boss.slash(stage.channel, "sources add", url=ADDRESS)).response, "add")
    shown = await boss.slash(stage.channel, "sources add", file=("copy.html", PAGE.encode()))
    assert "100 % the same as ‹Pigeon fanciers" in text_of(shown.response)


async def test_what_a_site_answers_instead_is_told(stage, boss, web):
    told = text_of((await boss.slash(stage.channel, "sources add", url="http://good.example/nothing")).response)
    assert "no such page" in told


async def test_where_a_name_leads_inside_is_not_told(stage, boss, web):
    web.names["inside.example"] = ["10.1.2.3"]
    told = text_of((await boss.slash(stage.channel, "sources add", url="http://inside.example/")).response)
    assert "private address" in told
    assert "10.1.2.3" not in told
    assert web.names["good.example"] == [PUBLIC]


async def test_a_seed_is_added_as_an_attachment_and_asked_about(stage, boss, contract):
    seeds = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not seeds:
        pytest.skip(f"{SEEDS} is not here")
    shown = await boss.slash(stage.channel, "sources add", file=(seeds[0].name, seeds[0].read_bytes()))
    assert "words" in text_of(shown.response)
    await press(boss, shown.response, "add")
    told = text_of((await boss.slash(stage.channel, "sources list", kind="own")).response)
    assert "1 source document" in told
    assert any(contract.check(request) for request in stage.http_requests)
