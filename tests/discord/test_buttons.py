"""Buttons and dialogs over the wire."""

import pytest

from tests.discord.actors import Actor
from tests.discord.running import Running, Start
from tests.discord.server import Loopback
from tests.discord.world import Message

QUESTION = "how many accounts of knitting clubs did Twitter suspend?"


async def answered(discord: Loopback, alice: Actor) -> Message:
    return await discord.response(alice.slash(discord.channel, "ask", question=QUESTION))


@pytest.mark.parametrize(("button", "told"), [("Passages", "knitting"), ("👍", "counted")])
async def test_a_button_answers_whoever_pressed_it(discord: Loopback, bot: Running, button: str, told: str) -> None:
    answer = await answered(discord, discord.member())
    shown = await discord.response(discord.member("bob").press(answer, button))
    assert shown.ephemeral
    assert told in shown.text


async def test_a_follow_up_is_asked_for_in_a_dialog(discord: Loopback, bot: Running) -> None:
    alice = discord.member()
    opened = await alice.opens(await answered(discord, alice), "Follow up")
    sent = alice.submits(opened, question="and what did those affected say?")
    assert "followers" in (await discord.response(sent)).text


async def test_a_report_is_taken_in_once(discord: Loopback, bot: Running) -> None:
    alice = discord.member()
    opened = await alice.opens(await answered(discord, alice), "Report")
    told = [await discord.response(alice.submits(opened, reason="It is wrong.", kind="wrong")) for _ in range(2)]
    assert "will see your report" in told[0].text
    assert "already" in told[1].text


async def test_the_asker_deletes_an_answer(discord: Loopback, bot: Running) -> None:
    alice = discord.member()
    answer = await answered(discord, alice)
    alice.press(answer, "Delete")
    await discord.world.until(lambda: answer.deleted, "the answer to be deleted")


async def test_a_button_works_after_a_restart(discord: Loopback, start: Start) -> None:
    alice = discord.member()
    before = await start()
    answer = await answered(discord, alice)
    await before.stop()
    await start()
    assert "knitting" in (await discord.response(alice.press(answer, "Passages"))).text
