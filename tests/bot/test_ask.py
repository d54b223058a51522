"""What members see in Discord when they ask."""

import asyncio
import re
import threading
from dataclasses import replace

import discord

from bot.errors import Busy
from index.answer import Outcome
from index.errors import CatalogDamaged

QUESTION = "why were Occupy accounts suspended?"
HOSTILE = "@everyone <@1> <@&2> <#3> </ask:4> **b** ||s|| `c` [a](https://evil.example) <:x:5> <t:6> \u202eabc\u200b"


def mention(env):
    return f"<@{env.bot.user.id}>"


def last(env):
    return env.channel.last_message


async def send(env, content, **more):
    await env.member.send(env.channel, content, **more)
    return last(env)


def plain_channel(env):
    """Make a channel in which the bot may not embed."""
    forbidden = discord.PermissionOverwrite(embed_links=False)
    return env.guild.create_text_channel("plain", overwrites={env.bot.user: forbidden})


async def test_ask_answers_in_place_of_the_acknowledgement(stage, oracle):
    result = await stage.member.slash(stage.channel, "ask", question=QUESTION)
    assert "Said that no reason was given" in result.response.embeds[0].description
    assert not result.ephemeral
    assert not result.followups
    assert oracle.asked == [(QUESTION, str(stage.guild.id))]


async def test_ask_repeats_the_question_above_its_answer(stage):
    result = await stage.member.slash(stage.channel, "ask", question="why? @everyone")
    assert result.response.content == "-# why? \\@everyone"


async def test_only_me_is_seen_by_nobody_else(stage):
    result = await stage.member.slash(stage.channel, "ask", question=QUESTION, only_me=True)
    assert result.ephemeral
    assert result.response.embeds


async def test_ask_is_acknowledged_before_the_answer_is_worked_on(stage, oracle):
    seen = []
    oracle.before = lambda: seen.extend(request.path for request in stage.http_requests)
    await stage.member.slash(stage.channel, "ask", question=QUESTION)
    assert seen[-1].endswith("/callback")


async def test_work_runs_off_the_event_loop(stage, oracle):
    threads = []
    oracle.before = lambda: threads.append(threading.current_thread())
    await send(stage, f"{mention(stage)} {QUESTION}")
    assert threads != [threading.main_thread()]


async def test_a_mention_is_answered_with_a_reply(stage, oracle):
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    assert message.reference is not None
    assert "Said that no reason was given" in message.embeds[0].description
    assert oracle.asked == [(QUESTION, str(stage.guild.id))]


async def test_the_bot_types_while_it_works(stage):
    await send(stage, f"{mention(stage)} {QUESTION}")
    assert any(request.path.endswith("/typing") for request in stage.http_requests)


async def test_an_everyone_message_is_ignored(stage, oracle):
    message = await send(stage, f"@everyone {QUESTION}")
    assert message.author.id == stage.member.id
    assert oracle.asked == []


async def test_a_message_that_discord_blanked_is_ignored(stage, oracle):
    await send(stage, QUESTION)
    assert "CENSORED" in stage.transcript()
    assert last(stage).author.id == stage.member.id
    assert oracle.asked == []


async def test_another_members_mention_is_left_in_the_question(stage, oracle):
    bob = stage.guild.add_member(stage.create_user("bob"))
    await send(stage, f"what did {bob.mention} say? {mention(stage)}")
    assert oracle.asked[0][0] == f"what did {bob.mention} say?"


async def test_a_bare_mention_gets_a_line_of_help(stage, oracle):
    message = await send(stage, mention(stage))
    assert "/ask" in message.content
    assert oracle.asked == []


async def test_a_direct_message_needs_no_mention(stage, oracle):
    await stage.member.send_dm(QUESTION)
    assert oracle.asked == [(QUESTION, "")]


async def test_ask_in_direct_messages_has_no_scope(stage, oracle):
    result = await stage.member.user.slash("ask", question=QUESTION)
    assert result.response.embeds
    assert oracle.asked == [(QUESTION, "")]


async def test_the_bots_own_messages_are_ignored(stage, oracle):
    await stage.bot.get_channel(stage.channel.id).send(f"{mention(stage)} {QUESTION}")
    await stage.settle()
    assert oracle.asked == []


async def test_a_refusal_says_what_is_held(stage, oracle, make_answer):
    oracle.answer = make_answer(outcome=Outcome.NOT_IN_CORPUS, headline="The sources here do not answer that.")
    message = await send(stage, f"{mention(stage)} what did MySpace do?")
    assert "66 documents from 380 sources" in message.embeds[0].description


async def test_hostile_source_text_is_harmless(stage, oracle, make_answer, make_claim):
    oracle.answer = make_answer(make_claim(HOSTILE))
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    live = re.sub(r"\\.", "", message.embeds[0].description)  # what is left once the escaped has gone
    for sign in ("<", ">", "|", "`", "@", "[a", "*b", "https://evil", "\u202e", "\u200b"):
        assert sign not in live
    assert not message.mention_everyone
    assert not message.mentions


async def test_an_unknown_error_is_told_by_its_number_alone(stage, oracle, caplog):
    oracle.answer = RuntimeError("the password is hunter2")
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    number = message.content.rsplit(" ", 1)[1].replace("\\", "")
    assert "hunter2" not in message.content
    assert number in caplog.text


async def test_a_known_error_is_told_in_a_sentence(stage, oracle, caplog):
    oracle.answer = CatalogDamaged("/srv/secret/catalog.sqlite is broken")
    result = await stage.member.slash(stage.channel, "ask", question=QUESTION)
    assert "cannot reach my sources" in result.response.content
    assert "/srv" not in result.response.content
    assert "/srv/secret" in caplog.text


async def test_busy_says_to_come_back(stage, oracle):
    oracle.answer = Busy("full")
    result = await stage.member.slash(stage.channel, "ask", question=QUESTION)
    assert "Please ask again <t:" in result.response.content


async def test_a_bad_question_never_reaches_the_library(stage, oracle):
    message = await send(stage, f"{mention(stage)} {'x' * 600}")
    assert "600 characters" in message.content
    assert oracle.asked == []


async def test_a_long_answer_keeps_to_the_limits(stage, oracle, make_answer, make_claim):
    claims = [make_claim(f"Claim {number}. {'words & <marks> ' * 30}") for number in range(40)]
    oracle.answer = make_answer(*claims)
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    assert "Claim 0" in message.embeds[0].description
    assert "more statements" in message.embeds[0].description


async def test_without_the_right_to_embed_the_answer_is_content(stage):
    stage.channel = plain_channel(stage)
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    assert not message.embeds
    assert "Said that no reason was given" in message.content


async def test_ask_without_the_right_to_embed_is_content(stage):
    result = await stage.member.slash(plain_channel(stage), "ask", question=QUESTION)
    assert not result.response.embeds
    assert "Said that no reason was given" in result.response.content


async def test_a_failed_typing_does_not_stop_the_answer(stage):
    stage.inject_error("POST", "/channels/*/typing", status=500, times=None)
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    assert message.embeds


async def test_a_message_deleted_meanwhile_is_still_answered(stage, oracle):
    loop = asyncio.get_running_loop()
    delete = stage.backend.delete_message
    oracle.before = lambda: loop.call_soon_threadsafe(delete, stage.channel.id, last(stage).id)
    message = await send(stage, f"{mention(stage)} {QUESTION}")
    assert [one.author.id for one in stage.channel.history()] == [stage.bot.user.id]
    assert message.embeds


async def test_every_request_is_as_discord_describes_it(stage, oracle, contract):
    await stage.member.slash(stage.channel, "ask", question=QUESTION, only_me=True)
    await send(stage, f"{mention(stage)} {QUESTION}")
    await send(stage, mention(stage))
    oracle.answer = replace(oracle.answer, outcome=Outcome.OFF_TOPIC)
    await stage.member.send_dm(QUESTION)
    checked = [contract.check(request) for request in stage.http_requests]
    assert sum(checked) == 6  # commands, acknowledgement, edit, three messages


async def test_the_command_is_described_for_discord(stage):
    command = stage.bot.tree.get_command("ask")
    assert isinstance(command, discord.app_commands.Command)
    assert [parameter.name for parameter in command.parameters] == ["question", "only_me"]
    assert command.parameters[0].max_value == 500
