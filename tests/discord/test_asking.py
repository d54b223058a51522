"""Questions over the wire: every way to ask, answered by the real library."""

from dataclasses import replace

from bot.remembered import GuildSettings
from tests.discord.running import Running, Start
from tests.discord.server import Loopback
from tests.discord.world import THREAD

QUESTION = "how many accounts of knitting clubs did Twitter suspend?"
LONG = "Here is a long story of what happened in March, and I would like to know more of it. " * 8


async def test_a_mention_gets_one_reply(discord: Loopback, bot: Running) -> None:
    asked = discord.member().asks(discord.channel, QUESTION)
    assert "240 accounts" in (await discord.reply_to(asked)).text
    await discord.quiet()
    assert len(discord.replies_to(asked)) == 1


async def test_a_command_is_acknowledged_then_answered_in_place(discord: Loopback, bot: Running) -> None:
    called = discord.member().slash(discord.channel, "ask", question=QUESTION)
    shown = await discord.response(called)
    assert "240 accounts" in shown.text
    assert not shown.ephemeral
    await discord.quiet()
    assert called.followups == []


async def test_an_answer_to_one_member_is_seen_by_nobody_else(discord: Loopback, bot: Running) -> None:
    called = discord.member().slash(discord.channel, "ask", question=QUESTION, only_me=True)
    assert (await discord.response(called)).ephemeral
    assert discord.channel.by(discord.bot) == []


async def test_a_direct_message_needs_no_mention(discord: Loopback, bot: Running) -> None:
    asked = discord.stranger().writes(QUESTION)
    assert "240 accounts" in (await discord.reply_to(asked)).text


async def test_a_message_that_does_not_address_the_bot_comes_blank_and_is_left_alone(
    discord: Loopback, bot: Running
) -> None:
    asked = discord.member().says(discord.channel, QUESTION)
    await discord.quiet()
    assert discord.replies_to(asked) == []


async def test_an_entry_of_the_message_menu_answers_a_question(discord: Loopback, bot: Running) -> None:
    alice = discord.member()
    called = alice.menu(alice.says(discord.channel, QUESTION), "Ask about this")
    assert "240 accounts" in (await discord.response(called)).text


async def test_of_a_long_message_a_dialog_asks_what_is_meant(discord: Loopback, bot: Running) -> None:
    alice = discord.member()
    called = alice.menu(alice.says(discord.channel, LONG), "Ask about this")
    await discord.world.until(lambda: called.modal, "the dialog")
    sent = alice.submits(called, question=QUESTION)
    assert "240 accounts" in (await discord.response(sent)).text


async def test_a_reply_to_an_answer_goes_on_from_it(discord: Loopback, bot: Running) -> None:
    alice = discord.member()
    answer = await discord.reply_to(alice.asks(discord.channel, QUESTION))
    await discord.quiet()  # the bot notes which message shows the answer after it was sent
    asked = alice.says(discord.channel, "and what did those affected say?", reply_to=answer)
    assert "followers" in (await discord.reply_to(asked)).text


async def test_an_answer_stands_in_a_thread_where_the_moderators_want_one(discord: Loopback, start: Start) -> None:
    bot = await start()
    wanted = replace(GuildSettings(), in_thread=True)
    await bot.client.desk.work.run(bot.client.desk.state.change_settings, discord.guild.id, lambda _: wanted)
    asked = discord.member().asks(discord.channel, QUESTION)
    answer = await discord.reply_to(asked)
    assert answer.channel.kind == THREAD
    assert answer.channel.name == QUESTION
    assert discord.channel.by(discord.bot) == []


async def test_the_bot_types_while_it_works(discord: Loopback, bot: Running) -> None:
    await discord.reply_to(discord.member().asks(discord.channel, QUESTION))
    assert discord.channels.typed[0] is discord.channel


async def test_a_dialog_less_command_answers_with_a_picture(discord: Loopback, bot: Running) -> None:
    called = discord.member().slash(discord.channel, "timeline", platform="Twitter")
    (picture,) = (await discord.response(called)).attachments
    assert picture["filename"] == "timeline.png"
    assert picture["size"] > 1000
    assert "knitting" in picture["description"]


async def test_what_is_typed_is_completed(discord: Loopback, bot: Running) -> None:
    typed = discord.member().types(discord.channel, "handle", handle="pur")
    offered = await discord.world.until(lambda: typed.choices, "choices")
    assert [choice["value"] for choice in offered] == ["purlqueen"]
