"""What moderators do with sources in Discord: add, see, remove, take back, hide; and who may not."""

from dataclasses import replace

import discord
import pytest

from bot.remembered import GuildSettings
from bot.source_acts import _changed
from bot.source_views import undo_view
from bot.sourcing import add, prepare
from corpus.incoming import from_upload, read_incoming

MANAGE = discord.Permissions(manage_guild=True)
REFUSED = "may do this"
NAME = "pigeons.txt"
TEXT = """Pigeon fanciers lose their pages

Ann Ply
11 October 2018

Facebook removed 31 pages of pigeon fanciers on Thursday, the club of Leeds said.

“We remove pages that sell live animals,” a Facebook spokesperson said.

Our birds are not for sale!!! #pigeons — Pat Coop (@patcoop) Oct 11, 2018
"""
ABOUT_KNITTERS = """Knitting clubs locked out of Twitter

5 March 2019

On 4 March 2019 Twitter suspended 240 accounts of knitting clubs, The Gazette counted. Purl Queen (@purlqueen), the
chair of a knitting club, said the club lost 900 followers and got no explanation.

Ned Loom, a weaver, called the suspensions of knitting clubs careless. Twitter said that it acts against spam.
"""
QUESTION = "why did Facebook remove the pages of pigeon fanciers?"
HOSTILE = "@everyone <@1> **b** `c` [a](https://evil.example) \u202eabc"


@pytest.fixture(autouse=True)
def real_answers(oracle, shelf, monkeypatch):
    """Let the library itself answer."""
    monkeypatch.setattr(type(oracle), "__call__", lambda _self, *asked: shelf.ask(*asked))


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    role = stage.guild.create_role("bosses", permissions=MANAGE)
    return stage.guild.add_member(stage.create_user("boss"), roles=[role])


@pytest.fixture
def uploaded(stage, boss):
    """Return a function that attaches a file and gives back the preview."""

    async def upload(text=TEXT, name=NAME, member=boss, channel=None):
        data = text.encode() if isinstance(text, str) else text
        return await member.slash(channel or stage.channel, "sources add", file=(name, data))

    return upload


def text_of(message):
    embedded = "".join(embed.description or "" for embed in message.embeds)
    return f"{message.content or ''}{embedded}".replace("\\", "")


def button(message, action):
    """Return the id of the button under a message that does something."""
    ids = [one.get("custom_id", "") for row in message.components for one in row["components"]]
    (found,) = [one for one in ids if one.startswith((f"pb.source:{action}:", f"pb.{action}:"))]
    return found


async def press(member, message, action):
    return await member.click(message, custom_id=button(message, action))


async def added(boss, result):
    return await press(boss, result.response, "add")


async def ask(stage, question=QUESTION, member=None):
    result = await (member or stage.member).slash(stage.channel, "ask", question=question)
    return text_of(result.response)


def own(shelf, guild_id):
    return [stored.id for stored, _ in shelf.documents(str(guild_id)) if stored.scope]


# ---- who may

COMMANDS = {
    "add": {"url": "https://good.example/"},
    "list": {},
    "show": {"source": "kites"},
    "remove": {"source": "kites"},
    "undo": {},
    "log": {},
    "reindex": {},
    "hide": {"source": "kites"},
    "unhide": {"source": "kites"},
}


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_member_without_permission_is_refused(stage, command, shelf):
    before = shelf.status().revision
    result = await stage.member.slash(stage.channel, f"sources {command}", **COMMANDS[command])
    assert REFUSED in result.response.content
    assert result.ephemeral
    assert shelf.status().revision == before


async def test_no_command_is_hidden_from_the_named_role_or_seen_in_direct_messages(stage):
    found = stage.bot.tree.get_command("sources")
    assert found.default_permissions is None
    assert found.guild_only


@pytest.mark.parametrize("action", ["add", "edit", "cancel"])
async def test_a_member_who_forces_a_press_is_refused(stage, boss, uploaded, shelf, state, action):
    role = stage.guild.create_role("helpers")
    helper = stage.guild.add_member(stage.create_user("helper"), roles=[role])
    state.change_settings(stage.guild.id, lambda _: GuildSettings(moderator_role=role.id))
    preview = (await uploaded(member=helper)).response
    state.change_settings(stage.guild.id, lambda _: GuildSettings())
    result = await press(helper, preview, action)
    assert REFUSED in result.followups[0].content if action != "edit" else REFUSED in result.response.content
    assert own(shelf, stage.guild.id) == []


async def test_a_member_is_offered_nothing(stage, boss):
    for command in ("show", "hide"):
        assert await stage.member.autocomplete(stage.channel, f"sources {command}", "source", "") == []
        assert await boss.autocomplete(stage.channel, f"sources {command}", "source", "") != []


# ---- the story


async def test_a_moderator_adds_corrects_asks_removes_and_takes_back(stage, boss, uploaded, shelf):
    shown = await uploaded()
    assert shown.ephemeral
    told = text_of(shown.response)
    for part in ("Pigeon fanciers lose their pages", "Ann Ply", "11 Oct 2018", "@patcoop", "not recorded", "words"):
        assert part in told
    dialog = await press(boss, shown.response, "edit")
    await boss.submit_modal(dialog, {"title": "Pigeon fanciers lose their pages", "author": "Ann Ply",
                                     "publisher": "The Loft", "date": "2018-10-12", "url": ""})  # fmt: skip
    assert "12 Oct 2018" in text_of(shown.response)
    assert "The Loft" in text_of(shown.response)
    assert own(shelf, stage.guild.id) == []
    await added(boss, shown)
    assert "added the source ‹Pigeon fanciers" in stage.channel.last_message.content
    assert "live animals" in await ask(stage)
    asked = await boss.slash(stage.channel, "sources remove", source="pigeon")
    await press(boss, asked.response, "remove")
    assert "live animals" not in await ask(stage)
    await boss.slash(stage.channel, "sources undo")
    assert "live animals" in await ask(stage)
    log = text_of((await boss.slash(stage.channel, "sources log")).response)
    assert "boss" in log
    assert log.index("took back") < log.index("removed") < log.index("added")


async def test_a_wrong_date_is_told_and_nothing_else_is_lost(boss, uploaded, shelf, stage):
    shown = await uploaded()
    dialog = await press(boss, shown.response, "edit")
    await boss.submit_modal(dialog, {"title": "New title", "author": "", "date": "2018-13-40", "url": "not one"})
    told = text_of(shown.response)
    assert "“2018-13-40” is no date" in told
    assert "“not one” is no address" in told
    assert "New title" in told
    assert "11 Oct 2018" in told
    assert "**Author:** not recorded" in told


async def test_the_dialog_shows_what_is_recorded(boss, uploaded):
    dialog = await press(boss, (await uploaded()).response, "edit")
    values = [row["component"].get("value") for row in dialog.modal["components"]]
    assert values == ["Pigeon fanciers lose their pages", None, "Ann Ply", "2018-10-11", None]


async def test_the_dialog_hides_nothing_and_what_is_left_alone_stays_as_it_was(stage, boss, uploaded, desk):
    shown = await uploaded(f"{HOSTILE}  ⟨x⟩\n\nFacebook removed 31 pages, the club said.\n")
    key = button(shown.response, "add").rsplit(":", 1)[1]
    dialog = await press(boss, shown.response, "edit")
    values = {row["component"]["custom_id"]: row["component"].get("value", "") for row in dialog.modal["components"]}
    assert "\u202e" not in values["title"]
    assert "⟨U+202E⟩abc" in values["title"]
    await boss.submit_modal(dialog, {**values, "publisher": "The Loft"})
    assert desk.sources.drafts.find(key, stage.guild.id).details == {"publisher": "The Loft"}
    await boss.submit_modal(await press(boss, shown.response, "edit"), {**values, "title": values["title"] + "!"})
    title = desk.sources.drafts.find(key, stage.guild.id).details["title"]
    assert title == f"{HOSTILE.replace(chr(0x202E), '')} ⟨x⟩!"  # no detail may turn text round


async def test_details_that_are_corrected_while_events_are_being_linked_are_kept(stage, boss, uploaded, shelf, desk):
    shown = await uploaded(ABOUT_KNITTERS)
    drafts = desk.sources.drafts

    class Meddling(type(drafts)):
        def find(self, draft_id, guild_id):
            found = super().find(draft_id, guild_id)
            self.put(replace(found, details={"title": "Mended"}))
            return found

    drafts.__class__ = Meddling
    [menu] = [one for row in shown.response.components for one in row["components"] if one["type"] == 3]
    await boss.select(shown.response, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert "A new source: ‹Mended›" in text_of(shown.response)
    await added(boss, shown)
    (identifier,) = own(shelf, stage.guild.id)
    document = shelf.show(identifier, str(stage.guild.id)).document
    assert (document.title, document.event_ids) == ("Mended", (menu["options"][0]["value"],))


async def test_events_are_linked_when_chosen(stage, boss, uploaded, shelf):
    shown = await uploaded(ABOUT_KNITTERS)
    menus = [one for row in shown.response.components for one in row["components"] if one["type"] == 3]
    assert "May be about" in text_of(shown.response)
    await boss.select(shown.response, [menus[0]["options"][0]["value"]], custom_id=menus[0]["custom_id"])
    assert "Linked to" in text_of(shown.response)
    await added(boss, shown)
    (identifier,) = own(shelf, stage.guild.id)
    assert shelf.show(identifier, str(stage.guild.id)).document.event_ids == (menus[0]["options"][0]["value"],)


async def test_cancel_adds_nothing_and_deletes_the_draft(stage, boss, uploaded, shelf, desk):
    shown = await uploaded()
    await press(boss, shown.response, "cancel")
    assert own(shelf, stage.guild.id) == []
    assert desk.sources.drafts.guilds() == set()


async def test_what_is_held_is_not_added_again_and_a_change_replaces_it(stage, boss, uploaded, shelf):
    await added(boss, await uploaded())
    again = await uploaded()
    assert "nothing has changed" in text_of(again.response)
    changed = await uploaded(TEXT + "\nThe pages came back on Friday, the club said.\n")
    assert "new version" in text_of(changed.response)
    await added(boss, changed)
    assert len(own(shelf, stage.guild.id)) == 1
    assert "replaced the source" in stage.channel.last_message.content


async def test_a_restart_between_preview_and_add_loses_nothing(stage, boss, uploaded, shelf, make_client):
    shown = await uploaded()
    dialog = await press(boss, shown.response, "edit")
    await stage.restart_bot(make_client())
    await boss.submit_modal(dialog, {"title": "Pigeon fanciers lose their pages", "author": "Ann Ply",
                                     "date": "2018-10-12"})  # fmt: skip
    await added(boss, shown)
    assert len(own(shelf, stage.guild.id)) == 1


# ---- what is refused


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.exe", b"MZ", "no reader for '.exe'"),
        ("a.txt", bytes(range(256)), "this is not text"),
        ("a.txt", b"", "no sentence was found"),
        ("a.pdf", b"no pdf at all", "no PDF file"),
        ("a", b"x", "no reader for ''"),
    ],
)
async def test_a_file_that_cannot_be_read_is_told_in_a_sentence(uploaded, desk, name, data, told):
    result = await uploaded(data, name)
    assert told in text_of(result.response)
    assert not result.response.components
    assert desk.sources.drafts.guilds() == set()


async def test_an_address_that_is_not_public_is_refused(stage, boss):
    result = await boss.slash(stage.channel, "sources add", url="http://127.0.0.1:80/")
    assert "loopback" in text_of(result.response)


async def test_one_of_both_must_be_given(stage, boss):
    for given in ({}, {"url": "https://good.example/", "file": (NAME, TEXT.encode())}):
        result = await boss.slash(stage.channel, "sources add", **given)
        assert "Give either an address or a file" in text_of(result.response)


async def test_a_hostile_title_and_name_are_harmless(stage, boss, uploaded):
    shown = await uploaded(f"{HOSTILE}\n\nFacebook removed 31 pages, the club said.\n", f"../{HOSTILE}.txt")
    raw = f"{shown.response.content}{[one.description for one in shown.response.embeds]}"
    for part in ("<@1>", "https://", "\u202e", " @everyone", "**b**"):
        assert part not in raw
    await added(boss, shown)
    assert " @everyone" not in stage.channel.last_message.content
    for command in ("list", "log"):
        raw = str((await boss.slash(stage.channel, f"sources {command}")).response.message.content)
        assert "<@1>" not in raw
        assert "https://" not in raw


# ---- where it is said


async def test_where_the_bot_does_not_answer_nothing_is_announced(stage, boss, uploaded, state):
    other = stage.guild.create_text_channel("other")
    state.change_settings(stage.guild.id, lambda _: GuildSettings(channels=(other.id,)))
    await added(boss, await uploaded())
    assert stage.channel.last_message is None or "added" not in stage.channel.last_message.content


async def test_where_the_bot_may_not_write_the_moderator_is_told_all_the_same(stage, boss, uploaded, shelf):
    forbidden = {stage.bot.user: discord.PermissionOverwrite(send_messages=False)}
    closed = stage.guild.create_text_channel("closed", overwrites=forbidden)
    shown = await uploaded(channel=closed)
    await added(boss, shown)
    assert "You added" in text_of(shown.response)
    assert own(shelf, stage.guild.id)


# ---- lists


async def test_the_list_shows_the_servers_own_first_and_is_filtered(stage, boss, uploaded):
    await added(boss, await uploaded())
    told = text_of((await boss.slash(stage.channel, "sources list")).response)
    assert "3 source documents" in told
    assert told.index("Pigeon fanciers") < told.index("Facebook removes pages of kite makers")
    told = text_of((await boss.slash(stage.channel, "sources list", word="kite")).response)
    assert "Pigeon" not in told
    told = text_of((await boss.slash(stage.channel, "sources list", kind="own")).response)
    assert "kite" not in told


async def test_long_lists_have_pages_that_turn(stage, boss, shelf):
    for number in range(40):
        data = f"Title number {number} of a long list of sources\n\nFacebook removed {number} pages.\n".encode()
        shelf.add(*read_incoming(from_upload(f"n{number}.txt", data)), "test", str(stage.guild.id))
    message = (await boss.slash(stage.channel, "sources list")).response
    assert "page 1 of" in text_of(message)
    last = [one["custom_id"] for row in message.components for one in row["components"]][-1]
    await boss.click(message, custom_id=last)
    assert "page 2 of" in text_of(message)


async def test_show_gives_the_statements(stage, boss, uploaded):
    await added(boss, await uploaded())
    (choice,) = await boss.autocomplete(stage.channel, "sources show", "source", "pigeon")
    told = text_of((await boss.slash(stage.channel, "sources show", source=choice["value"])).response)
    assert "We remove pages that sell live animals" in told
    assert "this server's own" in told


async def test_show_takes_a_long_title_as_typed_and_its_pages_turn(stage, boss, uploaded):
    title = "Pigeon fanciers of the whole north of England lose their pages"
    lines = "\n\n".join(f"“We remove page {n}, which sells birds,” a Facebook spokesperson said." for n in range(80))
    await added(boss, await uploaded(f"{title}\n\nAnn Ply\n11 October 2018\n\n{lines}\n"))
    message = (await boss.slash(stage.channel, "sources show", source=title)).response
    assert "this server's own" in text_of(message)
    await boss.click(message, label="Next ▶")
    assert "page 2 of" in str([one.footer.text for one in message.embeds])


# ---- shared sources


async def test_a_shared_source_is_not_removed_but_hidden_from_one_server(stage, boss, shelf):
    told = text_of((await boss.slash(stage.channel, "sources remove", source="kites")).response)
    assert "/sources hide" in told
    await boss.slash(stage.channel, "sources hide", source="kites")
    assert "kites" not in [stored.id for stored, _ in shelf.documents(str(stage.guild.id))]
    assert "kites" in [stored.id for stored, _ in shelf.documents(str(stage.guild.id + 1))]
    (choice,) = await boss.autocomplete(stage.channel, "sources unhide", "source", "")
    await boss.slash(stage.channel, "sources unhide", source=choice["value"])
    assert "kites" in [stored.id for stored, _ in shelf.documents(str(stage.guild.id))]


async def test_an_undo_that_brings_several_sources_back_asks_first(stage, boss, shelf):
    scope = str(stage.guild.id)
    for name in ("one.txt", "two.txt"):
        shelf.add(*read_incoming(from_upload(name, TEXT.encode())), "test", scope)
    with shelf._catalog.write("test", scope, "remove") as change:  # as an import in bulk may
        gone = change.held_documents([scope])
        for stored in gone:
            change.remove(stored.row)
        change.detail = {"documents": [stored.id for stored in gone]}
    asked = (await boss.slash(stage.channel, "sources undo")).response
    assert f"Take back change {change.number}? 2 sources" in text_of(asked)
    assert (own(shelf, scope), stage.channel.last_message) == ([], None)
    await press(boss, asked, "undo")
    assert own(shelf, scope) == [stored.id for stored in gone]


async def test_an_undo_that_was_thought_better_of_changes_nothing(stage, boss, uploaded, shelf):
    await added(boss, await uploaded())
    view = undo_view(shelf.status(str(stage.guild.id)).revision)
    sent = await stage.bot.get_channel(stage.channel.id).send("?", view=view)
    await boss.click(sent, label="Leave it")
    assert stage.channel.last_message.content == "Nothing was taken back."
    assert own(shelf, stage.guild.id)
    sent = await stage.bot.get_channel(stage.channel.id).send("?", view=view)
    result = await stage.member.click(sent, label="Take it back")
    assert REFUSED in result.followups[0].content
    assert own(shelf, stage.guild.id)


@pytest.mark.parametrize(
    ("word", "told"), [("kite", "**1 source document** that fits “kite”"), ("e", "**2 source documents** that fit “e”")]
)
async def test_the_list_counts_what_fits(stage, boss, word, told):
    assert told in text_of((await boss.slash(stage.channel, "sources list", word=word)).response)


async def test_nothing_to_undo_is_told(stage, boss):
    told = text_of((await boss.slash(stage.channel, "sources undo")).response)
    assert "nothing to undo" in told


async def test_requests_are_as_discord_describes_them(stage, boss, uploaded, contract):
    shown = await uploaded()
    dialog = await press(boss, shown.response, "edit")
    await boss.submit_modal(dialog, {"title": "A", "date": "2018"})
    await added(boss, shown)
    for command in ("list", "log", "undo", "reindex"):
        await boss.slash(stage.channel, f"sources {command}")
    assert sum(contract.check(request) for request in stage.http_requests) > 10


async def test_leaving_a_server_deletes_its_drafts(stage, boss, uploaded, desk):
    await uploaded()
    assert desk.sources.drafts.guilds() == {stage.guild.id}
    await stage.bot.get_guild(stage.guild.id).leave()
    await stage.settle()
    assert desk.sources.drafts.guilds() == set()


# ---- two presses at once


async def test_what_is_written_in_a_dialog_while_the_source_is_added_brings_no_draft_back(stage, boss, uploaded, desk):
    shown = await uploaded()
    dialog = await press(boss, shown.response, "edit")
    await added(boss, shown)
    result = await boss.submit_modal(dialog, {"title": "Another"})
    assert "do not keep this draft" in result.followups[0].content
    assert desk.sources.drafts.guilds() == set()


async def test_a_change_that_was_begun_before_the_source_was_added_ends_without_a_draft(stage, boss, uploaded, desk):
    shown = await uploaded()
    draft = desk.sources.drafts.find(button(shown.response, "add").rsplit(":", 1)[1], stage.guild.id)
    await added(boss, shown)
    assert _changed(desk.sources, draft, lambda now: now) is None
    assert desk.sources.drafts.guilds() == set()


async def test_cancel_that_comes_too_late_does_not_say_that_nothing_was_added(stage, boss, uploaded, desk):
    shown = await uploaded()
    key = button(shown.response, "add").rsplit(":", 1)[1]
    with desk.sources.drafts.take(key, stage.guild.id) as taken:  # as a press on Add does
        result = await press(boss, shown.response, "cancel")
    assert taken
    assert "do not keep this draft" in result.followups[0].content
    assert "Nothing was added, and" not in text_of(shown.response)


async def test_what_was_added_when_the_process_was_killed_is_not_added_again(stage, boss, uploaded, shelf, desk):
    shown = await uploaded()
    draft = desk.sources.drafts.find(button(shown.response, "add").rsplit(":", 1)[1], stage.guild.id)
    prepared = prepare(shelf, draft.incoming, draft.details, draft.event_ids, str(stage.guild.id))
    before = add(
        shelf, prepared, "boss", str(stage.guild.id)
    ).revision  # and the kill came before the draft was deleted
    await added(boss, shown)
    assert "already" in shown.response.content
    assert (shelf.status().revision, len(own(shelf, stage.guild.id))) == (before, 1)
    assert desk.sources.drafts.guilds() == set()


LONG = f"""---
title: "{"_*" * 1400}"
publisher: "{"*" * 3000}"
author: "{"_" * 3000}"
---

Facebook removed 31 pages of pigeon fanciers, the club said.
"""


async def test_a_source_whose_title_is_longer_than_a_message_is_shown_and_named(stage, boss, uploaded, shelf):
    await added(boss, await uploaded(LONG, "long.md"))
    (identifier,) = own(shelf, stage.guild.id)
    for command in ("show", "hide", "remove", "list", "log"):
        given = {} if command in ("list", "log") else {"source": identifier}
        told = text_of((await boss.slash(stage.channel, f"sources {command}", **given)).response)
        assert 0 < len(told) <= 4096, command
    assert "31 pages" in await ask(stage)
