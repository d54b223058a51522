"""What the operator hid is found by no surface: a walk over all of them, before and after."""

import json
from dataclasses import replace

import discord
import pytest

from bot.forms import answer_form, document_form, event_form, handle_form, hit_form, shown_form, status_form
from bot.render import plain_text
from index.rulings import Action, Ruling, Target

EVENT = "twitter-knitters-2019-03"
QUESTION = "how many followers did the knitting club lose?"
BY_HANDLE = ("purlqueen", "Purl Queen", "900 followers")


@pytest.fixture(autouse=True)
def real_answers(oracle, shelf, monkeypatch):
    """Let the library itself answer."""
    monkeypatch.setattr(type(oracle), "__call__", lambda _self, *asked: shelf.ask(*asked))


def words_of(requests):
    """Return all that the bot sent, as one text, without the marks that escape it."""
    return json.dumps([request.json for request in requests if request.json], ensure_ascii=False).replace("\\", "")


async def press_all(stage, message):
    """Press each button under an answer that shows something."""
    held = [button["custom_id"] for row in message.components for button in row["components"]]
    for custom_id in held:
        if custom_id.split(":")[1] in ("more", "passages", "timeline", "event"):
            shown = await stage.member.click(message, custom_id=custom_id)
            for row in shown.response.components:
                for button in row["components"]:
                    if button.get("custom_id", "").startswith("pb.turn") and not button.get("disabled"):
                        await stage.member.click(shown.response, custom_id=button["custom_id"])


async def walk_discord(stage, old=None):
    """Use every surface in Discord once; return what the bot sent and offered."""
    before = len(stage.http_requests)
    answer = (await stage.member.slash(stage.channel, "ask", question=QUESTION)).response
    await stage.member.send(stage.channel, f"<@{stage.bot.user.id}> {QUESTION}")
    for message in [answer, *([old] if old else [])]:
        await press_all(stage, message)
    for handle in ("purlqueen", "kitekate"):
        await stage.member.slash(stage.channel, "handle", handle=handle)
    await stage.member.slash(stage.channel, "event", event=EVENT)
    await stage.member.slash(stage.channel, "event", event="knitting")
    await stage.member.slash(stage.channel, "timeline", platform="Twitter")
    await stage.member.slash(stage.channel, "about")
    offered = [
        await stage.member.autocomplete(stage.channel, "handle", "handle", ""),
        await stage.member.autocomplete(stage.channel, "handle", "handle", "pu"),
        await stage.member.autocomplete(stage.channel, "event", "event", ""),
        await stage.member.autocomplete(stage.channel, "timeline", "platform", ""),
    ]
    role = stage.guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    moderator = stage.guild.add_member(stage.create_user(f"mona{before}"), roles=[role])
    await moderator.slash(stage.channel, "feedback")
    return words_of(stage.http_requests[before:]) + json.dumps(offered, ensure_ascii=False)


def walk_shell(shelf):
    """Return what each command of the shell prints under --json."""
    answer = shelf.ask(QUESTION)
    forms = [
        answer_form(answer, plain_text(answer)),
        *(hit_form(one) for one in shelf.search("purlqueen Purl Queen followers", 20)),
        *(handle_form(shelf.handle(name)) for name in ("purlqueen", "kitekate", "purlquen")),
        *(document_form(*one) for one in shelf.documents()),
        *(shown_form(shelf.show(stored.id)) for stored, _ in shelf.documents()),
        *(event_form(event) for event in shelf.timeline()),
        status_form(shelf.status()),
    ]
    return json.dumps(forms, ensure_ascii=False)


def leaks(told, words):
    """List the words that are told, other than as what a member typed."""
    typed = (f"No source here mentions @{BY_HANDLE[0]}", f'"handle": "{BY_HANDLE[0]}"', f'"value": "{BY_HANDLE[0]}"')
    for one in typed:
        told = told.replace(one, "")
    return [word for word in words if word.lower() in told.lower()]


async def test_a_handle_is_found_by_every_surface_until_it_is_hidden_and_by_none_then(stage, shelf):
    old = (await stage.member.slash(stage.channel, "ask", question=QUESTION)).response
    assert leaks(await walk_discord(stage), BY_HANDLE) == list(BY_HANDLE)
    assert leaks(walk_shell(shelf), BY_HANDLE) == list(BY_HANDLE)
    shelf.hide(Target.PERSON, "Purl Queen", "ops")
    assert leaks(await walk_discord(stage, old), BY_HANDLE) == []
    assert leaks(walk_shell(shelf), BY_HANDLE) == []


async def test_a_hidden_document_is_found_by_no_surface(stage, shelf):
    words = ("knitting clubs", "Wool Blog", "The Gazette", "purlqueen")
    old = (await stage.member.slash(stage.channel, "ask", question=QUESTION)).response
    assert leaks(await walk_discord(stage), words) == list(words)
    shelf.hide(Target.DOCUMENT, EVENT, "ops")
    assert leaks(await walk_discord(stage, old), words) == []
    assert leaks(walk_shell(shelf), words) == []


async def test_a_hidden_statement_is_found_by_no_surface(stage, shelf):
    old = (await stage.member.slash(stage.channel, "ask", question=QUESTION)).response
    shelf.hide(Target.STATEMENT, "lost 900 followers", "ops", document_id=EVENT)
    assert leaks(await walk_discord(stage, old), ["900 followers"]) == []
    assert leaks(walk_shell(shelf), ["900 followers"]) == []


async def test_what_one_server_hides_another_still_sees(stage, shelf):
    shelf.hide(Target.DOCUMENT, EVENT, "mod", str(stage.guild.id))
    assert leaks(await walk_discord(stage), ["Wool Blog"]) == []
    assert leaks(walk_shell(shelf), ["Wool Blog"]) == ["Wool Blog"]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (Action.REPLY, "Reply by Ann Ply, 5 Mar 2019: “It was 90.”"),
        (Action.CORRECTION, "Correction by the operator of this bot"),
    ],
)
async def test_a_note_is_shown_by_each_surface_that_cites(stage, shelf, action, said):
    old = (await stage.member.slash(stage.channel, "ask", question=QUESTION)).response
    ruling = Ruling(0, "", action, Target.HANDLE, "purlqueen", text="It was 90.", author="Ann Ply", date="2019-03-05")
    shelf.annotate(ruling, "ops")
    for act in (
        stage.member.slash(stage.channel, "ask", question=QUESTION),
        stage.member.slash(stage.channel, "handle", handle="purlqueen"),
        stage.member.slash(stage.channel, "event", event=EVENT),
        stage.member.click(old, custom_id=passages_id(old)),
    ):
        assert said in (await act).response.embeds[0].description.replace("\\", "")
    answer = shelf.ask(QUESTION)
    assert said in plain_text(answer)


async def test_a_hostile_note_is_harmless(stage, shelf):
    hostile = Ruling(
        0, "", Action.REPLY, Target.HANDLE, "purlqueen", text="@everyone **x** <@1> [a](https://b.example)"
    )
    shelf.annotate(replace(hostile, author="# @here"), "ops")
    shown = (await stage.member.slash(stage.channel, "handle", handle="purlqueen")).response.embeds[0].description
    assert "\\@everyone" in shown
    assert "@everyone" not in shown.replace("\\@", "")
    assert "](https://b.example)" not in shown


def passages_id(message):
    held = [button["custom_id"] for row in message.components for button in row["components"]]
    return next(one for one in held if one.startswith("pb:passages:"))


PAT = """Pat Coop speaks for the pigeons

Pat Coop
11 October 2018

Facebook removed 31 pages of pigeon fanciers on Thursday, Pat Coop of the club of Leeds said.

Read https://loft.example/pat-coop-speaks for more. The 31 pages of pigeon fanciers are gone.
"""


@pytest.fixture
def moderator(stage):
    role = stage.guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    return stage.guild.add_member(stage.create_user("mona"), roles=[role])


def action_of(message, action):
    return next(
        one["custom_id"] for row in message.components for one in row["components"]
        if one.get("custom_id", "").startswith(f"pb.source:{action}:")
    )  # fmt: skip


async def test_a_hidden_person_is_not_told_when_a_source_is_looked_at_and_added(stage, shelf, moderator):
    shelf.hide(Target.PERSON, "Pat Coop", "ops")
    before = len(stage.http_requests)
    shown = (await moderator.slash(stage.channel, "sources add", file=("pat_coop.txt", PAT.encode()))).response
    await moderator.click(shown, custom_id=action_of(shown, "add"))
    answer = await stage.member.slash(stage.channel, "ask", question="did Facebook remove pages of pigeon fanciers?")
    assert "31 pages" in answer.response.embeds[0].description
    await press_all(stage, answer.response)
    for command in ("list", "log", "undo"):
        await moderator.slash(stage.channel, f"sources {command}")
    told = words_of(stage.http_requests[before:])
    assert "for the pigeons" in told
    assert "Taken back" in told
    assert leaks(told, ["Coop", "loft.example/pat"]) == []


async def test_an_event_that_is_hidden_is_not_named_by_what_is_linked_to_it(stage, shelf, moderator):
    shelf.link("kites", [EVENT], "ops")
    before = len(stage.http_requests)
    await moderator.slash(stage.channel, "sources show", source="kites")
    assert EVENT in words_of(stage.http_requests[before:])
    shelf.hide(Target.DOCUMENT, EVENT, "ops")
    before = len(stage.http_requests)
    await moderator.slash(stage.channel, "sources show", source="kites")
    assert EVENT not in words_of(stage.http_requests[before:])
