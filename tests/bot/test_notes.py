"""A member gets one short note where no answer can reach them."""

from dataclasses import dataclass, field, replace
from typing import Any

import discord
import pytest

from bot.delivery import MISSING_PERMISSIONS, UNKNOWN_CHANNEL
from bot.notes import GONE, NO_WRITING, REFUSED, SELDOM_S, Notes, note_for
from bot.pending import Pending

ASKED = Pending(id=1, guild_id=2, channel_id=3, asker_id=4, question="why?", at=0.0)
CLOSED = 50007
"""Source: Discord, "JSON Error Codes": cannot send messages to this user."""


@dataclass
class Response:
    """What discord.py reads of a response."""

    status: int
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def refused(code: int) -> discord.HTTPException:
    return discord.HTTPException(Response(403), {"code": code, "message": "no"})


class Post:
    """A client whose direct messages are all there is to it."""

    def __init__(self, error: Exception | None = None) -> None:
        self.sent: list[tuple[int, str]] = []
        self._error = error

    async def create_dm(self, user: discord.Object) -> "Post":
        self._to = user.id
        return self

    async def send(self, content: str, **_more: Any) -> None:
        if self._error:
            raise self._error
        self.sent.append((self._to, content))


async def test_a_note_names_the_channel():
    post = Post()
    await Notes(post).write(ASKED, NO_WRITING)
    ((member, text),) = post.sent
    assert member == 4
    assert "<#3>" in text


async def test_a_member_gets_one_of_a_channel_in_an_hour():
    post, now = Post(), [0.0]
    notes = Notes(post, clock=lambda: now[0])
    for moment in (0.0, SELDOM_S - 1, SELDOM_S):
        now[0] = moment
        await notes.write(ASKED, NO_WRITING)
    assert len(post.sent) == 2


async def test_others_get_theirs():
    post = Post()
    notes = Notes(post)
    for asked in (ASKED, replace(ASKED, asker_id=5), replace(ASKED, channel_id=6)):
        await notes.write(asked, NO_WRITING)
    assert [member for member, _ in post.sent] == [4, 5, 4]


@pytest.mark.parametrize("changes", [{"guild_id": None}, {"token": "x"}, {"prompted": False}])
async def test_none_is_written_where_it_has_no_other_way(changes):
    post = Post()
    await Notes(post).write(replace(ASKED, **changes), NO_WRITING)
    assert post.sent == []


async def test_closed_direct_messages_are_a_line_in_the_log(caplog):
    with caplog.at_level("INFO", logger="bot"):
        await Notes(Post(refused(CLOSED))).write(ASKED, NO_WRITING)
    assert "question 1: no note either: 403 50007" in caplog.text


def test_the_note_says_what_is_the_matter():
    assert note_for(refused(MISSING_PERMISSIONS)) == NO_WRITING
    assert note_for(refused(UNKNOWN_CHANNEL)) == GONE
    assert note_for(refused(0)) == REFUSED
