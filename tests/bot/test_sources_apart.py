"""What one server's moderators add is found by no surface of another server: a walk over all of them."""

import json

import discord
import pytest

from bot.forms import answer_form, document_form, event_form, handle_form, hit_form, shown_form, status_form
from bot.render import plain_text
from corpus.incoming import from_upload, read_incoming

MANAGE = discord.Permissions(manage_guild=True)
ARTICLE = b"""Pigeon fanciers lose their pages

Facebook removed 31 pages of pigeon fanciers on Thursday, the club of Leeds said.

Our birds are not for sale!!! #pigeons \xe2\x80\x94 Pat Coop (@patcoop) Oct 11, 2018
"""
ALIKE = ARTICLE.replace(b"igeon", b"arrot").replace(b"Pat Coop", b"Sam Hen").replace(b"patcoop", b"samhen")
"""Much the same in other names: that the first is held is no business of another server."""
DOSSIER = b"""---
id: facebook-pigeons-2018-10
platforms: [Pigeonbook]
date: 2018-10-11
title: Pigeonbook removes pages of pigeon fanciers
confidence: high
sources:
  loft: {publisher: The Loft, title: "Grounded", date: 2018-10-12, url: "https://loft.example/a"}
---
## What happened
- On 11 October 2018 Pigeonbook removed 31 pages of pigeon fanciers. [loft]
## Those affected
- @coopqueen (Coop Queen), 2018-10-11: Said that the club got no explanation for its pigeons. [loft]
"""
QUESTION = "why were pages of pigeon fanciers removed?"
WORDS = ("pigeon", "patcoop", "Pat Coop", "coopqueen", "The Loft", "11 Oct 2018")
LISTINGS = ("more", "passages", "timeline", "event")


@pytest.fixture(autouse=True)
def real_answers(oracle, shelf, monkeypatch):
    """Let the library itself answer."""
    monkeypatch.setattr(type(oracle), "__call__", lambda _self, *asked: shelf.ask(*asked))


class Server:
    """A server with a channel, a member and a moderator."""

    def __init__(self, env, guild, name):
        self.env, self.guild = env, guild
        self.channel = guild.create_text_channel(name)
        self.member = guild.add_member(env.create_user(f"{name}-member"))
        role = guild.create_role("bosses", permissions=MANAGE)
        self.boss = guild.add_member(env.create_user(f"{name}-boss"), roles=[role])


async def press_all(member, message):
    """Press each button that shows something."""
    for row in message.components if message else []:
        for one in row["components"]:
            custom_id = one.get("custom_id", "")
            shows = custom_id.startswith(("pb.turn", "pb.sources", *(f"pb:{listing}:" for listing in LISTINGS)))
            if shows and not one.get("disabled"):
                await member.click(message, custom_id=custom_id)


async def walk(server, question=QUESTION):
    """Use every surface once; return what the bot sent and offered, without what was typed."""
    before = len(server.env.http_requests)
    member, boss, channel = server.member, server.boss, server.channel
    asked = await member.slash(channel, "ask", question=question)
    await press_all(member, asked.response)
    await member.send(channel, f"<@{server.env.bot.user.id}> {question}")
    for handle in ("patcoop", "coopqueen", "kitekate"):
        await press_all(member, (await member.slash(channel, "handle", handle=handle)).response)
    for event in ("facebook-pigeons-2018-10", "2018", "knitting"):
        await member.slash(channel, "event", event=event)
    for given in ({}, {"platform": "Pigeonbook"}):
        await member.slash(channel, "timeline", **given)
    for command in ("about", "help", "privacy"):
        await member.slash(channel, command)
    for command in ("list", "log", "undo"):
        await press_all(boss, (await boss.slash(channel, f"sources {command}")).response)
    for command in ("show", "remove", "hide", "unhide"):
        await boss.slash(channel, f"sources {command}", source="facebook-pigeons-2018-10")
        await boss.slash(channel, f"sources {command}", source="loft")
    await boss.slash(channel, "sources list", word="fanciers")
    await boss.slash(channel, "sources list", kind="own")
    shown = await boss.slash(channel, "sources add", file=("copy.txt", ALIKE))
    await boss.slash(channel, "feedback")
    await boss.slash(channel, "settings")
    offered = [
        *[await member.autocomplete(channel, "handle", "handle", typed) for typed in ("", "pat", "coop")],
        *[await member.autocomplete(channel, "event", "event", typed) for typed in ("", "2018", "pig")],
        await member.autocomplete(channel, "timeline", "platform", ""),
        *[
            await boss.autocomplete(channel, f"sources {command}", "source", typed)
            for command in ("show", "remove", "hide", "unhide")
            for typed in ("", "loft")
        ],
    ]
    assert shown.response
    return said(server.env.http_requests[before:]) + json.dumps(offered, ensure_ascii=False)


def said(requests):
    """Join all that the bot sent, without marks that escape it and without what a member typed."""
    told = json.dumps([one.json for one in requests if one.json], ensure_ascii=False).replace("\\", "")
    typed = ("-# " + QUESTION, QUESTION, "No source here mentions @patcoop", "No source here mentions @coopqueen",
             "facebook-pigeons-2018-10’", "“facebook-pigeons-2018-10”", "'facebook-pigeons-2018-10'")  # fmt: skip
    for one in typed:
        told = told.replace(one, "")
    return told


def leaks(told):
    return [word for word in WORDS if word.lower() in told.lower()]


def forms(shelf, scope):
    """Return what each command of the shell prints under --json."""
    answer = shelf.ask("how many accounts of knitting clubs did Twitter suspend?", scope)
    held = [
        answer_form(answer, plain_text(answer)),
        *(hit_form(one) for one in shelf.search("pages removed fanciers club", 20, scope)),
        *(handle_form(shelf.handle(name, scope)) for name in ("kitekate", "coop")),
        *(document_form(*one) for one in shelf.documents(scope)),
        *(shown_form(shelf.show(stored.id, scope)) for stored, _ in shelf.documents(scope)),
        *(event_form(event) for event in shelf.timeline(scope)),
        status_form(shelf.status(scope)),
        [str(one) for one in shelf.log(scope)],
        [str(one) for one in shelf.rulings(scope)],
    ]
    return json.dumps(held, ensure_ascii=False)


@pytest.fixture
async def servers(stage, shelf):
    """Give one of two servers sources of its own."""
    one = Server(stage, stage.guild, "one")
    other = Server(stage, stage.create_guild("Other"), "two")
    for name, data in (("pigeons.txt", ARTICLE), ("pigeons.md", DOSSIER)):
        shelf.add(*read_incoming(from_upload(name, data)), "one-boss (1)", str(stage.guild.id))
    return one, other


async def test_the_walk_finds_what_a_servers_own_are(servers):
    one, _ = servers
    assert set(leaks(await walk(one))) >= {"pigeon", "patcoop", "coopqueen", "The Loft"}


async def test_another_server_finds_nothing_of_it_anywhere(servers, shelf):
    one, other = servers
    assert leaks(await walk(other)) == []
    await walk(one)  # fills whatever caches there are
    told = await walk(other)
    assert leaks(told) == []
    assert "one-boss" not in told
    assert leaks(forms(shelf, str(other.guild.id))) == []
    assert leaks(forms(shelf, "")) == []
    assert "one-boss" not in forms(shelf, "")


async def test_counts_and_statistics_of_another_server_stay_as_they_were(servers, shelf):
    one, other = servers
    seen, shared = shelf.status(str(other.guild.id)), shelf.status()
    assert (seen.documents, seen.statements, seen.passages) == (shared.documents, shared.statements, shared.passages)
    assert shelf.status(str(one.guild.id)).documents == shared.documents + 2


async def test_a_button_that_names_another_servers_source_does_nothing(servers, shelf, desk):
    from bot.source_views import removal_view

    one, other = servers
    await other.env.bot.get_channel(other.channel.id).send("x", view=removal_view("pigeons"))
    await other.env.settle()
    message = other.channel.last_message
    custom_id = message.components[0].children[0].custom_id
    result = await other.boss.click(message, custom_id=custom_id)
    assert "no longer here" in result.followups[0].content
    assert "pigeons" in [stored.id for stored, _ in shelf.documents(str(one.guild.id))]


async def test_a_draft_of_another_server_is_not_added(servers, desk, shelf):
    from bot.source_views import SourceButton

    one, other = servers
    draft = desk.sources.drafts.keep(one.guild.id, from_upload("more.txt", ARTICLE), {})
    view = discord.ui.View(timeout=None)
    for action in ("add", "edit", "cancel"):
        view.add_item(SourceButton(action, draft.id, action))
    await other.env.bot.get_channel(other.channel.id).send("x", view=view)
    await other.env.settle()
    message = other.channel.last_message
    for action in ("add", "edit", "cancel"):
        if message.components:
            await other.boss.click(message, custom_id=f"pb.source:{action}:{draft.id}")
            break
    assert desk.sources.drafts.find(draft.id, one.guild.id) == draft
    assert len(shelf.documents(str(other.guild.id))) == 2
