"""What one server holds is seen there, and neither in another one nor in direct messages."""

import pytest

from corpus.readers import read_file

OWN = """---
id: reddit-bakers-2021-05
platforms: [Myspace]
date: 2021-05-06
title: Myspace closes the pages of bakers
confidence: high
sources:
  loaf: {publisher: The Loaf, title: Bakers gone, date: 2021-05-07, url: "https://loaf.example/"}
---
## What happened
- Myspace closed 12 pages of bakers. [loaf]
## Those affected
- @ryequeen (Rye Queen), 2021-05-06: Said that nobody told the bakers why. [loaf]
"""
SURFACES = {
    "handle": lambda who: who("handle", handle="ryequeen"),
    "event": lambda who: who("event", event="bakers"),
    "timeline": lambda who: who("timeline", platform="Myspace"),
}
CHOICES = {"handle": ("handle", "rye"), "event": ("event", "bakers"), "timeline": ("platform", "mysp")}


@pytest.fixture(autouse=True)
def own(stage, shelf, tmp_path):
    """Add a dossier to the stage's server alone."""
    (tmp_path / "own.md").write_text(OWN, encoding="utf-8")
    shelf.add(read_file(tmp_path / "own.md"), "f", "test", str(stage.guild.id))


def shown(result):
    return "".join([result.response.content or "", *(embed.description for embed in result.response.embeds)])


def elsewhere(stage):
    """Let the same member act in another server."""
    guild = stage.create_guild()
    channel = guild.create_text_channel("general")
    return guild.add_member(stage.create_user("bea")), channel


@pytest.mark.parametrize("surface", SURFACES)
async def test_it_is_shown_in_its_server_alone(stage, surface):
    stranger, channel = elsewhere(stage)

    async def at_home(name, **options):
        return await stage.member.slash(stage.channel, name, **options)

    async def abroad(name, **options):
        return await stranger.slash(channel, name, **options)

    show = SURFACES[surface]
    assert "akers" in shown(await show(at_home))
    for who in (abroad, stage.member.user.slash):
        told = shown(await show(who))
        assert "akers" not in told.replace("“bakers”", "")
        assert "Loaf" not in told


@pytest.mark.parametrize("command", CHOICES)
async def test_it_is_offered_in_its_server_alone(stage, command):
    stranger, channel = elsewhere(stage)
    option, typed = CHOICES[command]
    assert await stage.member.autocomplete(stage.channel, command, option, typed)
    assert await stranger.autocomplete(channel, command, option, typed) == []
    assert await stage.member.user.autocomplete(command, option, typed) == []


async def test_it_is_counted_in_its_server_alone(stage):
    at_home = shown(await stage.member.slash(stage.channel, "about"))
    assert "3 documents" in at_home
    assert "2 documents" in shown(await stage.member.user.slash("about"))
