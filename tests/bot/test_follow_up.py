"""A question that goes on from another one: by the button, by a reply that pings, in a thread."""

import logging
import sqlite3
from dataclasses import replace

import pytest

from bot.asking import earlier
from bot.client import PurgebotClient
from bot.desk import Desk
from bot.remembered import GuildSettings, Remembered

FIRST = "why were Occupy accounts suspended?"
NEXT = "and what did Twitter say?"


def me(env):
    return f"<@{env.bot.user.id}>"


async def ask(env, text=FIRST, **more):
    """Ask by a mention, and return the bot's answer."""
    await env.member.send(more.pop("where", env.channel), f"{me(env)} {text}", **more)
    return next(one for one in reversed(env.channel.history()) if one.author.id == env.bot.user.id)


def follow_id(message):
    ids = [one["custom_id"] for row in message.components for one in row["components"]]
    return next(one for one in ids if one.startswith("pb:follow:"))


def settle(env, state, **changes):
    state.change_settings(env.guild.id, lambda _: replace(GuildSettings(), **changes))


async def open_thread(env, channel, owner):
    """Open a thread as a member does."""
    env.backend.create_thread(channel.id, "Questions", owner.id)
    await env.settle()
    return channel.threads[0]


async def test_a_first_question_goes_on_from_none(stage, oracle):
    await ask(stage)
    assert oracle.after == [None]


async def test_a_reply_that_pings_goes_on_from_that_answer(stage, oracle):
    answer = await ask(stage)
    await stage.member.send(stage.channel, f"{me(stage)} {NEXT}", reply_to=answer)
    assert oracle.asked[-1] == (NEXT, str(stage.guild.id))
    assert oracle.after[-1] == FIRST


async def test_a_reply_to_an_answer_of_a_command_goes_on_too(stage, oracle):
    shown = await stage.member.slash(stage.channel, "ask", question=FIRST)
    await stage.member.send(stage.channel, f"{me(stage)} {NEXT}", reply_to=shown.response)
    assert oracle.after[-1] == FIRST


async def test_a_reply_to_another_message_goes_on_from_none(stage, oracle):
    message = await stage.member.send(stage.channel, "hello")
    await stage.member.send(stage.channel, f"{me(stage)} {NEXT}", reply_to=message)
    assert oracle.after[-1] is None


async def test_a_reply_in_direct_messages_goes_on(stage, oracle):
    await stage.member.send_dm(FIRST)
    answer = stage.member.user.dm_channel.history()[-1]
    reference = {"channel_id": str(answer.channel.id), "message_id": str(answer.id)}
    await stage.member.send_dm(NEXT, reference=reference)
    assert oracle.after == [None, FIRST]


async def test_the_button_asks_for_the_next_question(stage, oracle):
    shown = (await stage.member.slash(stage.channel, "ask", question=FIRST)).response
    dialog = await stage.member.click(shown, custom_id=follow_id(shown))
    result = await stage.member.submit_modal(dialog, {"question": NEXT})
    assert oracle.after[-1] == FIRST
    assert result.response.content == "-# and what did Twitter say?"
    assert follow_id(result.response) != follow_id(shown)


async def test_a_follow_up_to_what_only_the_asker_sees_stays_so(stage):
    shown = (await stage.member.slash(stage.channel, "ask", question=FIRST, only_me=True)).response
    dialog = await stage.member.click(shown, custom_id=follow_id(shown))
    assert (await stage.member.submit_modal(dialog, {"question": NEXT})).ephemeral


async def test_a_third_question_knows_the_first(stage, oracle):
    shown = (await stage.member.slash(stage.channel, "ask", question=FIRST)).response
    for text in (NEXT, "and the organisers?"):
        dialog = await stage.member.click(shown, custom_id=follow_id(shown))
        oracle.answer = replace(oracle.answer, question=text)
        shown = (await stage.member.submit_modal(dialog, {"question": text})).response
    assert oracle.after[-1] == f"{FIRST}\n{NEXT}"


def remembered(**changes):
    empty = Remembered("a", 1, 2, 3, 4, FIRST, None, "answered", 1, "2026-01-01", ())
    return replace(empty, **changes)


def test_of_many_questions_the_last_two_are_kept():
    assert earlier(remembered(question="c", after="a\nb")) == "b\nc"


def test_questions_too_long_together_are_cut_to_the_last():
    assert earlier(remembered(question="y" * 300, after="x" * 300)) == "y" * 300


def test_what_was_erased_is_gone_on_from_no_more():
    assert earlier(remembered(question=None)) is None
    assert earlier(None) is None


async def test_a_mention_in_a_thread_of_the_bot_goes_on_from_its_last_answer(stage, oracle, state):
    settle(stage, state, in_thread=True)
    await stage.member.send(stage.channel, f"{me(stage)} {FIRST}")
    (thread,) = stage.channel.threads
    assert thread.last_message.embeds
    await stage.member.send(thread, f"{me(stage)} {NEXT}")
    assert oracle.after == [None, FIRST]


async def test_a_thread_is_named_after_the_question(stage, state):
    settle(stage, state, in_thread=True)
    await stage.member.send(stage.channel, f"{me(stage)} long\n\nwords {'long words ' * 30}")
    (thread,) = stage.bot.get_channel(stage.channel.id).threads
    assert thread.owner_id == stage.bot.user.id
    assert thread.name.startswith("long words long words")
    assert len(thread.name) <= 100


async def test_a_mention_in_a_thread_of_a_member_goes_on_from_none(stage, oracle):
    thread = await open_thread(stage, stage.channel, stage.member)
    for text in (FIRST, NEXT):
        await stage.member.send(thread, f"{me(stage)} {text}")
    assert oracle.after == [None, None]


async def test_where_no_thread_can_be_opened_the_answer_stands_in_place(stage, state):
    settle(stage, state, in_thread=True)
    stage.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013, times=None)
    assert (await ask(stage)).embeds


async def test_a_channel_that_was_not_chosen_gets_no_answer(stage, oracle, state):
    settle(stage, state, channels=(1,))
    await stage.member.send(stage.channel, f"{me(stage)} {FIRST}")
    assert oracle.asked == []


async def test_a_chosen_channel_gets_its_answer(stage, state):
    settle(stage, state, channels=(stage.channel.id,))
    assert (await ask(stage)).embeds


async def test_the_limit_of_a_member_is_told(stage, oracle, state):
    settle(stage, state, member_per_hour=1)
    await ask(stage)
    assert "Please ask again <t:" in (await ask(stage)).content
    assert len(oracle.asked) == 1


async def test_ask_about_this_answers_a_message(stage, oracle):
    message = await stage.member.send(stage.channel, "Why were Occupy accounts suspended? @everyone")
    result = await stage.member.context_menu(stage.channel, "Ask about this", message)
    assert oracle.asked[-1][0] == "Why were Occupy accounts suspended? @everyone"
    assert result.response.content == "-# Why were Occupy accounts suspended? \\@everyone"


async def test_ask_about_a_long_message_asks_what_is_meant(stage, oracle):
    message = await stage.member.send(stage.channel, "Twitter suspended accounts. " * 40)
    dialog = await stage.member.context_menu(stage.channel, "Ask about this", message)
    result = await stage.member.submit_modal(dialog, {"question": FIRST})
    assert result.response.embeds
    assert oracle.asked == [(FIRST, str(stage.guild.id))]


async def test_ask_about_a_message_without_text_says_so(stage):
    message = await stage.member.send(stage.channel, attachments=[("a.png", b"x")])
    result = await stage.member.context_menu(stage.channel, "Ask about this", message)
    assert "holds no text" in result.response.content


async def test_a_thread_is_not_answered_without_a_mention(stage, oracle, state):
    settle(stage, state, unprompted_channels=(stage.channel.id,))
    thread = await open_thread(stage, stage.channel, stage.member)
    await stage.member.send(thread, FIRST)
    assert oracle.asked == []


class TestWithMessageContent:
    """Where the operator has switched Discord's privileged intent on."""

    @pytest.fixture
    def simcord_bot(self, oracle, shelf, state, work):
        return PurgebotClient(Desk(oracle, shelf, state, work, message_content=True))

    def test_the_intent_is_asked_for(self, simcord_bot):
        assert simcord_bot.intents.message_content

    async def test_a_thread_of_a_chosen_channel_is_answered_without_a_mention(self, stage, oracle, state):
        settle(stage, state, unprompted_channels=(stage.channel.id,))
        thread = await open_thread(stage, stage.channel, stage.member)
        await stage.member.send(thread, FIRST)
        assert oracle.asked == [(FIRST, str(stage.guild.id))]

    async def test_a_forum_post_is_answered_without_a_mention(self, stage, oracle, state):
        forum = stage.guild.create_forum_channel("questions")
        settle(stage, state, unprompted_channels=(forum.id,))
        thread = await open_thread(stage, forum, stage.member)
        await stage.member.send(thread, FIRST)
        assert oracle.asked == [(FIRST, str(stage.guild.id))]

    async def test_a_thread_of_another_channel_is_left_alone(self, stage, oracle):
        thread = await open_thread(stage, stage.channel, stage.member)
        await stage.member.send(thread, FIRST)
        assert oracle.asked == []

    async def test_the_channel_itself_is_left_alone(self, stage, oracle, state):
        settle(stage, state, unprompted_channels=(stage.channel.id,))
        await stage.member.send(stage.channel, FIRST)
        assert oracle.asked == []

    async def test_what_members_say_to_each_other_is_left_alone(self, stage, oracle, state):
        settle(stage, state, unprompted_channels=(stage.channel.id,))
        thread = await open_thread(stage, stage.channel, stage.member)
        bob = stage.guild.add_member(stage.create_user("bob"))
        first = await bob.send(thread, f"{stage.member.mention} look")
        await stage.member.send(thread, "yes", reply_to=first)
        assert oracle.asked == []


async def test_without_its_notes_the_bot_still_answers(stage, tmp_path, caplog):
    with sqlite3.connect(tmp_path / "state" / "state.sqlite") as db:
        for table in ("answers", "guilds"):
            db.execute(f"DROP TABLE {table}")
    db.close()
    message = await stage.member.send(stage.channel, "hello")
    await stage.member.send(stage.channel, f"{me(stage)} {NEXT}", reply_to=message)
    assert stage.channel.last_message.embeds
    assert (await stage.member.slash(stage.channel, "ask", question=FIRST)).response.embeds
    assert "no settings were read" in caplog.text


async def test_every_request_is_as_discord_describes_it(stage, state, contract, caplog):
    settle(stage, state, in_thread=True)
    with caplog.at_level(logging.WARNING):
        await stage.member.send(stage.channel, f"{me(stage)} {FIRST}")
        message = await stage.member.send(stage.channel, "Twitter suspended accounts. " * 40)
        dialog = await stage.member.context_menu(stage.channel, "Ask about this", message)
        await stage.member.submit_modal(dialog, {"question": FIRST})
    assert sum(contract.check(request) for request in stage.http_requests) > 5
    assert caplog.records == []
