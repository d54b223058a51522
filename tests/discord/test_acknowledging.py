"""A fault at the acknowledgement of a command, a button or a dialog: it is made again, and one reply follows."""

import pytest
from discord import Permissions

from tests.discord.actors import Actor
from tests.discord.callbacks import CALLBACK, ORIGINAL
from tests.discord.faults import EVERY, Fault, reset, status, too_many
from tests.discord.holding import ANSWER, QUESTION
from tests.discord.interaction import Interaction
from tests.discord.running import Running
from tests.discord.server import Loopback
from tests.discord.world import Message, Role

FAULTS = {
    "429 without Via": too_many(via=False),
    "503": status(503),
    "reset": reset(),
    "reset after it was done": reset(after=True),
}
faulty = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())


@pytest.fixture
def alice(discord: Loopback) -> Actor:
    """Return a member who may manage the server."""
    role = Role(discord.world.new_id(), "moderators", Permissions(manage_guild=True))
    discord.guild.roles[role.id] = role
    alice = discord.member()
    discord.guild.members[alice.user.id].roles.append(role)
    return alice


async def answered(discord: Loopback, alice: Actor) -> Message:
    return await discord.response(alice.slash(discord.channel, "ask", question=QUESTION))


async def only_reply(discord: Loopback, sent: Interaction) -> Message:
    """Wait for the reply to an interaction, and for whatever would come twice."""
    shown = await discord.response(sent)
    await discord.quiet(0.2)
    assert sent.took_s < 3
    assert sent.followups == []
    return shown


@faulty
@pytest.mark.parametrize(("command", "told"), [("privacy", "What I keep"), ("timeline", "knitting")])
async def test_a_command_gets_one_reply(
    discord: Loopback, bot: Running, alice: Actor, fault: Fault, command: str, told: str
) -> None:
    rule = discord.faults.on("POST", CALLBACK, fault)
    assert told in (await only_reply(discord, alice.slash(discord.channel, command))).text
    assert rule.hit == 1


@faulty
@pytest.mark.parametrize(("button", "told"), [("Passages", "knitting"), ("👍", "counted")])
async def test_a_button_gets_one_reply(
    discord: Loopback, bot: Running, alice: Actor, fault: Fault, button: str, told: str
) -> None:
    answer = await answered(discord, alice)
    rule = discord.faults.on("POST", CALLBACK, fault)
    shown = await only_reply(discord, alice.press(answer, button))
    assert shown.ephemeral
    assert told in shown.text
    assert rule.hit == 1


@faulty
async def test_a_button_changes_its_own_message_once(
    discord: Loopback, bot: Running, alice: Actor, fault: Fault
) -> None:
    shown = await discord.response(alice.slash(discord.channel, "settings"))
    discord.faults.on("POST", CALLBACK, fault)
    alice.press(shown, "Answer mentions in threads")
    assert "in a new thread" in (await discord.edited(shown)).text
    await discord.quiet(0.2)
    assert len(discord.rest.to("PATCH", ORIGINAL)) == 2


@faulty
async def test_a_dialog_opens(discord: Loopback, bot: Running, alice: Actor, fault: Fault) -> None:
    answer = await answered(discord, alice)
    rule = discord.faults.on("POST", CALLBACK, fault)
    opened = await alice.opens(answer, "Follow up")
    assert ANSWER in (await only_reply(discord, alice.submits(opened, question=QUESTION))).text
    assert rule.hit == 1


@faulty
async def test_a_dialog_of_settings_opens_and_is_taken_in(
    discord: Loopback, bot: Running, alice: Actor, fault: Fault
) -> None:
    shown = await discord.response(alice.slash(discord.channel, "settings"))
    discord.faults.on("POST", CALLBACK, fault)
    opened = await alice.opens(shown, "Limits and retention")
    alice.submits(opened, retention_days="7")
    assert "7 days" in (await discord.edited(shown)).text


@faulty
async def test_a_dialog_that_is_sent_gets_one_reply(
    discord: Loopback, bot: Running, alice: Actor, fault: Fault
) -> None:
    opened = await alice.opens(await answered(discord, alice), "Report")
    rule = discord.faults.on("POST", CALLBACK, fault)
    sent = alice.submits(opened, reason="It is wrong.", kind="wrong")
    assert "will see your report" in (await only_reply(discord, sent)).text
    assert rule.hit == 1


async def test_what_cannot_be_acknowledged_is_one_line_in_the_log(
    discord: Loopback, bot: Running, alice: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    discord.faults.on("POST", CALLBACK, status(503), nth=EVERY)
    called = alice.slash(discord.channel, "help")
    told = f"no reply to interaction {called.id}"
    await discord.world.until(lambda: told in caplog.text, "a line in the log")
    assert called.token not in caplog.text
    assert "Traceback" not in caplog.text
