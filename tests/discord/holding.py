"""Questions that are held up on the wire, and what came of them."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.desk import Desk
from index.answer import Answer
from tests.discord.interaction import Interaction
from tests.discord.server import Loopback
from tests.discord.world import LOADING, User

QUESTION = "how many accounts of knitting clubs did Twitter suspend?"
ANSWER = "240 accounts"
WITHIN_S = 20
Settled = Callable[..., Awaitable[None]]
"""Waits until the bot is through with so many questions."""


class Gate:
    """What answers questions. Lets something happen while an answer is worked on, or holds it up."""

    def __init__(self, desk: Desk) -> None:
        self._asks, self._loop = desk.asks, asyncio.get_running_loop()
        self.then: Callable[[], object] = lambda: None
        self.entered, self.open = asyncio.Event(), threading.Event()
        self.open.set()

    def __call__(self, question: str, scope: str, after: str | None, /) -> Answer:
        self._loop.call_soon_threadsafe(self._enter)
        assert self.open.wait(WITHIN_S)
        return self._asks(question, scope, after)

    def _enter(self) -> None:
        self.then()
        self.entered.set()


async def all_settled(folder: Path, discord: Loopback, questions: int = 1) -> None:
    """Wait until the bot whose notes are in a folder has taken so many questions and is through with them."""
    async with asyncio.timeout(WITHIN_S):
        while taken_and_open(folder) != (questions, 0):
            await asyncio.sleep(0.02)
    await discord.quiet(0.05)


def taken_and_open(folder: Path) -> tuple[int, int]:
    """Count the questions that the bot took, and those that it is not through with."""
    db = sqlite3.connect(folder / "state.sqlite")
    try:
        taken, still_open = db.execute("SELECT count(*), count(question) FROM pending").fetchone()
    finally:
        db.close()
    return taken, still_open


def said(discord: Loopback) -> list[str]:
    """List what the bot wrote for all in the channel."""
    return [message.text for message in discord.channel.by(discord.bot)]


def notes(discord: Loopback, member: User) -> list[str]:
    """List what the bot wrote to a member alone."""
    return [message.text for message in discord.world.direct(member).by(discord.bot)]


def delete_original(discord: Loopback, called: Interaction) -> None:
    """Delete the acknowledgement of an interaction."""
    assert called.original is not None
    discord.mailbox.delete(called.original)
    called.original.flags &= ~LOADING  # else the loopback lets what follows take its place
