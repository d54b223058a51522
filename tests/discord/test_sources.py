"""Moderators' work over the wire: the whole story, a restart in the middle of it, and a job that is stopped."""

import threading
from pathlib import Path
from typing import Any

import pytest
from discord import Permissions

from bot.desk import Desk
from bot.drafts import Drafts
from bot.jobs import Jobs
from bot.sourcing import SourceDesk
from index.library import Library
from tests.discord.actors import Actor
from tests.discord.running import Start
from tests.discord.server import Loopback
from tests.discord.world import Message, Role, Upload

TEXT = b"""Pigeon fanciers lose their pages

Ann Ply
11 October 2018

Facebook removed 31 pages of pigeon fanciers on Thursday, the club of Leeds said.

\xe2\x80\x9cWe remove pages that sell live animals,\xe2\x80\x9d a Facebook spokesperson said.
"""
QUESTION = "why did Facebook remove the pages of pigeon fanciers?"


@pytest.fixture
def sources(desk: Desk, tmp_path: Path, folder: Path) -> SourceDesk:
    """Return what moderators' work needs."""
    assert isinstance(desk.shelf, Library)
    return SourceDesk(desk.shelf, Drafts(tmp_path / "state"), (folder,), jobs=Jobs(pace_s=0.05))


def moderator(discord: Loopback, name: str = "boss") -> Actor:
    """Bring in a member who may manage the server."""
    role = Role(discord.world.new_id(), "bosses", Permissions(manage_guild=True))
    discord.guild.roles[role.id] = role
    actor = discord.member(name)
    discord.guild.members[actor.user.id].roles.append(role)
    return actor


async def preview(discord: Loopback, boss: Actor) -> Message:
    return await discord.response(boss.slash(discord.channel, "sources add", file=Upload("pigeons.txt", TEXT)))


async def changed(discord: Loopback, act: Any, message: Message) -> Message:
    """Wait until what was done has changed a message."""
    before = message.edited
    act()
    await discord.world.until(lambda: message.edited != before, f"a change of {message.text!r}")
    return message


async def ask(discord: Loopback) -> str:
    return (await discord.response(discord.member("alice").slash(discord.channel, "ask", question=QUESTION))).text


async def test_the_story_with_a_restart_in_it(discord: Loopback, start: Start, sources: SourceDesk) -> None:
    before = await start(sources=sources)
    boss = moderator(discord)
    shown = await preview(discord, boss)
    assert shown.ephemeral
    assert "Pigeon fanciers lose their pages" in shown.text
    await before.stop()
    await start(sources=SourceDesk(sources.library, sources.drafts, sources.folders))
    dialog = await boss.opens(shown, "Edit details")
    await changed(discord, lambda: boss.submits(dialog, date="2018-10-12"), shown)
    assert "12 Oct 2018" in shown.text
    await changed(discord, lambda: boss.press(shown, "Add"), shown)
    assert "You added" in shown.text
    assert "live animals" in await ask(discord)
    asked = await discord.response(boss.slash(discord.channel, "sources remove", source="pigeon"))
    await changed(discord, lambda: boss.press(asked, "Remove"), asked)
    assert "live animals" not in await ask(discord)
    await discord.response(boss.slash(discord.channel, "sources undo"))
    assert "live animals" in await ask(discord)
    listed = await discord.response(boss.slash(discord.channel, "sources list", kind="own"))
    assert "Pigeon fanciers" in listed.text


async def test_pressed_twice_it_is_added_once(discord: Loopback, start: Start, sources: SourceDesk) -> None:
    await start(sources=sources)
    boss = moderator(discord)
    shown = await preview(discord, boss)
    pressed = [boss.press(shown, "Add"), boss.press(shown, "Add")]
    await discord.world.until(lambda: "You added" in shown.text, "word that it is added")
    await discord.world.until(lambda: any(one.followups for one in pressed), "an answer to the other press")
    await discord.quiet()
    assert "You added" in shown.text
    assert len(sources.library.log(str(discord.guild.id))) == 1
    assert [one.text for one in discord.channel.by(discord.bot)] == [
        "boss added the source ‹Pigeon fanciers lose their pages›."
    ]


async def test_a_member_who_forces_it_is_refused(discord: Loopback, start: Start, sources: SourceDesk) -> None:
    await start(sources=sources)
    shown = await preview(discord, moderator(discord))
    alice = discord.member()
    refused = await discord.response(alice.slash(discord.channel, "sources undo"))
    assert "may do this" in refused.text
    pressed = alice.press(shown, "Add")
    await discord.world.until(lambda: pressed.followups, "a refusal")
    assert "may do this" in pressed.followups[0].text
    assert len(sources.library.documents(str(discord.guild.id))) == 2


class Held:
    """Holds a job up until it may go on."""

    def __init__(self, embedder: Any) -> None:
        self.go_on = go_on = threading.Event()

        class Slow(type(embedder)):  # type: ignore[misc]
            def embed_parts(self, texts: Any, parts: Any) -> Any:
                go_on.wait(30)
                return super().embed_parts(texts, parts)

        embedder.__class__ = Slow


async def test_a_job_shows_how_far_it_is_and_is_stopped(
    discord: Loopback, start: Start, sources: SourceDesk, embedder: Any
) -> None:
    (sources.folders[0] / "pigeons.txt").write_bytes(TEXT)
    held = Held(embedder)
    await start(sources=sources)
    boss = moderator(discord)
    boss.slash(discord.channel, "sources reindex")
    (message,) = await discord.world.until(lambda: discord.channel.by(discord.bot), "the message of the job")
    await discord.world.until(lambda: "reading, 100 %" in message.text, "progress")
    second = await discord.response(boss.slash(discord.channel, "sources reindex"))
    assert "Boss is having the sources reindexed" in second.text
    assert "knitting" in (await discord.response(boss.slash(discord.channel, "event", event="knitting"))).text
    boss.press(message, "Cancel")
    await discord.world.until(lambda: "stopping" in message.text, "word that it is being stopped")
    held.go_on.set()
    await discord.world.until(lambda: "nothing was changed" in message.text, "the end of the job")
    assert not message.components


async def test_where_the_message_of_a_job_is_gone_its_end_is_a_new_one(
    discord: Loopback, start: Start, sources: SourceDesk, embedder: Any
) -> None:
    held = Held(embedder)
    await start(sources=sources)
    boss = moderator(discord)
    boss.slash(discord.channel, "sources reindex", full=True)
    (message,) = await discord.world.until(lambda: discord.channel.by(discord.bot), "the message of the job")
    boss.deletes(message)
    held.go_on.set()
    ended = await discord.world.until(lambda: [one for one in discord.channel.by(discord.bot) if not one.deleted], "it")
    assert "Reindexed" in ended[0].text


async def test_a_stop_of_the_bot_ends_a_job_that_says_so(
    discord: Loopback, start: Start, sources: SourceDesk, embedder: Any
) -> None:
    (sources.folders[0] / "pigeons.txt").write_bytes(TEXT)
    held = Held(embedder)
    bot = await start(sources=sources)
    moderator(discord).slash(discord.channel, "sources reindex")
    (message,) = await discord.world.until(lambda: discord.channel.by(discord.bot), "the message of the job")
    await discord.world.until(lambda: "reading, 100 %" in message.text, "progress")
    threading.Timer(0.2, held.go_on.set).start()
    await bot.stop()
    assert "stopped** by a restart of the bot" in message.text
    assert "pigeons" not in [stored.id for stored, _ in sources.library.documents()]
