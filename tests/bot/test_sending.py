"""How a reply is sent where something stands in its way."""

from dataclasses import dataclass, field
from typing import Any

import discord
import pytest

from bot.delivery import ACKNOWLEDGED, EMPTY_MESSAGE, MISSING_PERMISSIONS, NO_HISTORY, UNKNOWN_INTERACTION, Patience
from bot.errors import Busy, StateFault
from bot.render import Reply
from bot.sending import DONE, THINKING, acknowledge, picture_file, put_reply, respond, send_reply

REPLY = Reply("plain", "embedded")
REFERENCE = discord.MessageReference(message_id=1, channel_id=2)
HASTY = Patience(first_pause_s=0.0)


@dataclass
class Response:
    """What discord.py reads of a response."""

    status: int
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def refused(code: int, status: int = 403) -> discord.HTTPException:
    return discord.HTTPException(Response(status), {"code": code, "message": "no"})


class Place:
    """Takes messages, after it has refused some."""

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.sent = list(errors), []

    async def send(self, **message: Any) -> dict[str, Any]:
        self.sent.append(message)
        if self.errors:
            raise self.errors.pop(0)
        return message


class First:
    """An interaction whose first response fails as told."""

    def __init__(self, *errors: Exception) -> None:
        self.id, self.extras, self.response = 7, {}, self
        self.errors, self.deferred = list(errors), []

    async def defer(self, **how: bool) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.deferred.append(how)


async def test_every_try_carries_the_same_nonce():
    place = Place(ConnectionResetError(), refused(0, 503))
    await send_reply(place, REPLY, nonce="5", patience=HASTY)
    assert [message["nonce"] for message in place.sent] == ["5", "5", "5"]


@pytest.mark.parametrize("code", [EMPTY_MESSAGE, MISSING_PERMISSIONS])
async def test_what_may_not_be_embedded_is_sent_as_content(code):
    sent = await send_reply(Place(refused(code)), REPLY, nonce="5")
    assert (sent["content"], sent["embeds"]) == ("plain", [])


async def test_what_may_not_refer_to_a_message_is_sent_without():
    sent = await send_reply(Place(refused(NO_HISTORY, 400)), REPLY, nonce="5", reference=REFERENCE)
    assert sent["reference"] is None
    assert sent["embeds"]


async def test_both_may_be_so():
    place = Place(refused(NO_HISTORY, 400), refused(MISSING_PERMISSIONS))
    sent = await send_reply(place, REPLY, nonce="5", reference=REFERENCE)
    assert (sent["reference"], sent["embeds"]) == (None, [])


async def test_a_place_that_takes_nothing_is_not_tried_for_ever():
    place = Place(*[refused(MISSING_PERMISSIONS)] * 9)
    with pytest.raises(discord.HTTPException):
        await send_reply(place, REPLY, nonce="5")
    assert len(place.sent) == 2


async def test_a_picture_is_read_anew_at_every_try():
    read, picture = [], picture_file(b"picture", "a.png", "what it shows")

    async def edit(**message: Any) -> None:
        read.append(message["attachments"][0].fp.read())
        if len(read) == 1:
            raise ConnectionResetError

    await put_reply(edit, REPLY, files=[picture], patience=HASTY)
    assert read == [b"picture", b"picture"]


async def test_a_lost_acknowledgement_is_made_again():
    interaction = First(ConnectionResetError())
    await acknowledge(interaction, ephemeral=True, thinking=True)
    assert interaction.deferred == [{"ephemeral": True, "thinking": True}]


async def test_one_that_had_arrived_after_all_counts():
    interaction = First(ConnectionResetError(), refused(ACKNOWLEDGED, 400))
    await acknowledge(interaction, thinking=True)
    assert interaction.extras == {THINKING: True}


async def test_one_that_came_too_late_raises_nothing_and_is_logged(caplog):
    interaction = First(refused(UNKNOWN_INTERACTION, 404))
    await acknowledge(interaction)
    assert "no acknowledgement of interaction 7: 404 10062" in caplog.text
    assert interaction.extras == {}


async def test_another_first_response_raises_what_discord_says():
    interaction = First(refused(UNKNOWN_INTERACTION, 404))
    with pytest.raises(discord.HTTPException):
        await respond(interaction, interaction.defer)
    await respond(First(), First(refused(ACKNOWLEDGED, 400)).defer, DONE)


SUGGESTIONS = {"event": "event", "handle": "handle", "timeline": "platform", "sources show": "source",
               "sources remove": "source", "sources hide": "source", "sources unhide": "source"}  # fmt: skip


@pytest.mark.parametrize("command", SUGGESTIONS)
async def test_suggestions_that_cannot_be_had_are_none_and_no_fault_of_ours(stage, work, command, caplog):
    class Full(type(work)):
        async def run(self, *_asked, **_more):
            raise Busy("no thread is free")

    work.__class__ = Full
    assert await stage.member.autocomplete(stage.channel, command, SUGGESTIONS[command], "k") == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_what_an_operator_must_know_of_suggestions_is_one_line(stage, work, caplog):
    class Broken(type(work)):
        async def run(self, *_asked, **_more):
            raise StateFault("the disk is gone")

    work.__class__ = Broken
    assert await stage.member.autocomplete(stage.channel, "event", "event", "k") == []
    [line] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "the disk is gone" in line.getMessage()
    assert line.exc_info is None
