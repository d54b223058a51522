"""What moderators do: who may, what they set, what they read of answers, and that a restart changes none of it."""

import re
from dataclasses import replace

import discord
import pytest

from bot.client import PurgebotClient
from bot.permits import may_moderate
from bot.remembered import GuildSettings
from bot.work import Work

QUESTION = "why did Twitter suspend accounts of knitting clubs?"
REFUSED = "Manage Server"
COMMANDS = ("settings", "feedback")
MANAGE = discord.Permissions(manage_guild=True)


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    role = stage.guild.create_role("bosses", permissions=MANAGE)
    return stage.guild.add_member(stage.create_user("boss"), roles=[role])


@pytest.fixture
def helper(stage, state):
    """Add a member with the role that the settings name."""
    role = stage.guild.create_role("helpers")
    state.change_settings(stage.guild.id, lambda held: replace(held, moderator_role=role.id))
    return stage.guild.add_member(stage.create_user("helper"), roles=[role])


@pytest.fixture
def kept(stage, state, shelf):
    """Return a function that keeps a real answer of the stage's server."""

    def keep(question=QUESTION, guild_id=None):
        answer = replace(shelf.ask(QUESTION), question=question)
        guild_id = guild_id or stage.guild.id
        answer_id = state.remember(answer, guild_id=guild_id, channel_id=stage.channel.id, asker_id=7)
        state.attach(answer_id, 4242)
        return answer_id

    return keep


async def opened(stage, member):
    return (await member.slash(stage.channel, "settings")).response


def components(message, kind):
    return [one for row in message.components for one in row["components"] if one["type"] == kind]


def held(stage, state):
    return state.settings(stage.guild.id)


# ---- who may


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_member_without_permission_is_refused(stage, command):
    result = await stage.member.slash(stage.channel, command)
    assert REFUSED in result.response.content
    assert result.ephemeral
    assert not result.response.components


@pytest.mark.parametrize("command", COMMANDS)
async def test_who_manages_the_server_may(stage, boss, command):
    result = await boss.slash(stage.channel, command)
    assert result.ephemeral
    assert REFUSED not in (result.response.content or "").split("Moderators:")[0]


@pytest.mark.parametrize("command", COMMANDS)
async def test_the_named_role_may(stage, helper, command):
    result = await helper.slash(stage.channel, command)
    assert "may do this" not in (result.response.content or "")


@pytest.mark.parametrize("command", COMMANDS)
async def test_another_role_may_not(stage, helper, command):
    other = stage.guild.add_member(stage.create_user("other"), roles=[stage.guild.create_role("others")])
    assert "may do this" in (await other.slash(stage.channel, command)).response.content


@pytest.mark.parametrize("command", COMMANDS)
async def test_discord_hides_no_command_from_the_named_role(stage, command):
    found = stage.bot.tree.get_command(command)
    assert found.default_permissions is None
    assert found.guild_only


async def test_a_role_that_was_taken_back_is_refused_at_the_next_press(stage, helper, state):
    message = await opened(stage, helper)
    state.change_settings(stage.guild.id, lambda _: GuildSettings())
    result = await helper.click(message, custom_id="pb.set:thread")
    assert "may do this" in result.followups[0].content
    assert not held(stage, state).in_thread


async def test_a_dialog_and_a_menu_are_refused_to_a_role_that_was_taken_back(stage, helper, state):
    message = await opened(stage, helper)
    shown = await helper.click(message, custom_id="pb.set:limits")
    state.change_settings(stage.guild.id, lambda _: GuildSettings())
    sent = await helper.submit_modal(shown, {"member_per_hour": "5", "guild_per_hour": "50", "retention_days": "7"})
    chosen = await helper.select(message, [stage.channel], custom_id="pb.menu:channels")
    assert all("may do this" in result.followups[0].content for result in (sent, chosen))
    assert held(stage, state) == GuildSettings()


async def test_no_settings_name_a_moderator_in_direct_messages(simcord_env):
    class Said:
        guild_id = None
        permissions = discord.Permissions.all()
        user = None

    assert not may_moderate(Said(), GuildSettings(moderator_role=1))


# ---- /settings


async def test_settings_shows_what_holds(stage, boss, state):
    role = stage.guild.create_role("helpers")
    settings = GuildSettings((stage.channel.id,), True, (), 5, 50, 7, role.id)
    state.change_settings(stage.guild.id, lambda _: settings)
    text = (await opened(stage, boss)).content
    for part in (
        f"<#{stage.channel.id}>",
        "in a new thread",
        "5 questions a member",
        "50 in the",
        "7 days",
        f"<@&{role.id}>",
    ):
        assert part in text
    assert "without a mention" not in text


async def test_a_new_server_has_the_defaults(stage, boss):
    text = (await opened(stage, boss)).content
    for part in ("every channel", "in place", "30 questions a member", "600 in the whole server", "30 days"):
        assert part in text


async def test_channels_are_chosen_and_taken_back(stage, boss, state):
    message = await opened(stage, boss)
    other = stage.guild.create_text_channel("other")
    await boss.select(message, [stage.channel, other], custom_id="pb.menu:channels")
    assert held(stage, state).channels == (stage.channel.id, other.id)
    await boss.select(message, [], custom_id="pb.menu:channels")
    assert held(stage, state).channels == ()


async def test_the_form_shows_what_was_changed(stage, boss):
    message = await opened(stage, boss)
    await boss.select(message, [stage.channel], custom_id="pb.menu:channels")
    assert f"I answer in: <#{stage.channel.id}>" in message.content
    (menu,) = components(message, 8)
    assert [int(one["id"]) for one in menu["default_values"]] == [stage.channel.id]


async def test_a_channel_where_the_bot_may_not_write_is_marked(stage, boss):
    forbidden = {stage.bot.user: discord.PermissionOverwrite(send_messages=False)}
    closed = stage.guild.create_text_channel("closed", overwrites=forbidden)
    message = await opened(stage, boss)
    await boss.select(message, [closed], custom_id="pb.menu:channels")
    assert "I may not write there" in message.content


async def test_a_deleted_channel_is_marked_and_not_offered(stage, boss, state):
    state.change_settings(stage.guild.id, lambda _: GuildSettings(channels=(123456789012345678,)))
    message = await opened(stage, boss)
    assert "no longer there" in message.content
    assert not components(message, 8)[0].get("default_values")


async def test_threads_are_switched_on_and_off(stage, boss, state):
    message = await opened(stage, boss)
    await boss.click(message, custom_id="pb.set:thread")
    assert held(stage, state).in_thread
    await boss.click(message, custom_id="pb.set:place")
    assert not held(stage, state).in_thread


async def limits(stage, member, message, **given):
    shown = await member.click(message, custom_id="pb.set:limits")
    numbers = {"member_per_hour": "5", "guild_per_hour": "50", "retention_days": "7"}
    return await member.submit_modal(shown, {**numbers, **given})


async def test_limits_and_retention_are_set_in_one_dialog(stage, boss, state):
    message = await opened(stage, boss)
    await limits(stage, boss, message, guild_per_hour="1,000")
    found = held(stage, state)
    assert (found.member_per_hour, found.guild_per_hour, found.retention_days) == (5, 1000, 7)
    assert "5 questions a member" in message.content


@pytest.mark.parametrize(
    "given",
    [
        {"member_per_hour": "many"},
        {"member_per_hour": "0"},
        {"guild_per_hour": "-5"},
        {"retention_days": "366"},
        {"retention_days": "²"},
        {"retention_days": "1.5"},
        {"member_per_hour": "60"},
    ],
)
async def test_nonsense_is_refused_in_one_sentence_and_changes_nothing(stage, boss, state, given):
    message = await opened(stage, boss)
    result = await limits(stage, boss, message, **given)
    (told,) = result.followups
    assert told.ephemeral
    assert told.content.endswith("nothing was changed.")
    assert held(stage, state) == GuildSettings()


async def test_the_dialog_shows_the_numbers_that_hold(stage, boss):
    shown = await boss.click(await opened(stage, boss), custom_id="pb.set:limits")
    fields = [row["component"] for row in shown.modal["components"]]
    assert [field["value"] for field in fields] == ["30", "600", "30"]


async def test_who_manages_the_server_names_the_role(stage, boss, state):
    role = stage.guild.create_role("helpers")
    message = await opened(stage, boss)
    await boss.select(message, [role], custom_id="pb.menu:moderator_role")
    assert held(stage, state).moderator_role == role.id
    await boss.select(message, [], custom_id="pb.menu:moderator_role")
    assert held(stage, state).moderator_role is None


async def test_the_named_role_does_not_name_another(stage, helper, boss, state):
    menus = components(await opened(stage, helper), 6)
    assert menus == []
    before = held(stage, state).moderator_role
    message = await opened(stage, boss)
    assert components(message, 6)
    assert held(stage, state).moderator_role == before


async def test_the_role_of_everybody_is_refused(stage, boss, state):
    message = await opened(stage, boss)
    everyone = stage.guild.default_role
    result = await boss.select(message, [everyone], custom_id="pb.menu:moderator_role")
    assert "Everybody has this role" in result.followups[0].content
    assert held(stage, state).moderator_role is None


async def test_a_form_from_before_a_restart_still_works(stage, boss, state, make_client):
    message = await opened(stage, boss)
    shown = await boss.click(message, custom_id="pb.set:limits")
    await stage.restart_bot(make_client())
    await boss.click(message, custom_id="pb.set:thread")
    await boss.select(message, [stage.channel], custom_id="pb.menu:channels")
    await boss.submit_modal(shown, {"member_per_hour": "5", "guild_per_hour": "50", "retention_days": "7"})
    assert held(stage, state) == GuildSettings((stage.channel.id,), True, (), 5, 50, 7)


async def test_one_servers_settings_are_not_anothers(stage, boss, state):
    await boss.click(await opened(stage, boss), custom_id="pb.set:thread")
    assert state.settings(stage.guild.id + 1) == GuildSettings()


async def test_a_command_elsewhere_names_the_chosen_channels(stage, oracle, state):
    other = stage.guild.create_text_channel("other")
    state.change_settings(stage.guild.id, lambda _: GuildSettings(channels=(other.id,)))
    result = await stage.member.slash(stage.channel, "ask", question=QUESTION)
    assert f"I answer in <#{other.id}>." in result.response.content
    assert oracle.asked == []
    assert (await stage.member.slash(other, "ask", question=QUESTION)).response.embeds


async def test_an_answer_that_only_the_asker_sees_is_given_everywhere(stage, state):
    state.change_settings(stage.guild.id, lambda _: GuildSettings(channels=(1,)))
    assert (await stage.member.slash(stage.channel, "ask", question=QUESTION, only_me=True)).response.embeds


async def test_limits_that_were_set_hold_for_the_next_question(stage, boss):
    message = await opened(stage, boss)
    await limits(stage, boss, message, member_per_hour="1")
    await stage.member.slash(stage.channel, "ask", question=QUESTION)
    told = (await stage.member.slash(stage.channel, "ask", question=QUESTION)).response.content
    assert re.fullmatch(r"You have asked 1 question in the last hour, .* Please ask again <t:\d+:R>\.", told)


async def test_a_report_of_a_member_reaches_the_moderators(stage, boss, state):
    await stage.member.slash(stage.channel, "ask", question=QUESTION)
    message = stage.channel.last_message
    ids = [one.custom_id for row in message.components for one in row.children]
    shown = await stage.member.click(message, custom_id=next(one for one in ids if one.startswith("pb:report:")))
    await stage.member.submit_modal(shown, {"kind": ["outdated"], "reason": "restored in 2023"})
    assert "outdated: restored in 2023" in text_of(await feedback(stage, boss))


# ---- where the operator has switched on PURGEBOT_MESSAGE_CONTENT


@pytest.fixture
async def with_content(stage, desk):
    """Restart the bot with the privileged intent."""
    await stage.restart_bot(PurgebotClient(replace(desk, work=Work(), message_content=True)))
    return stage


async def test_without_the_intent_no_channel_is_answered_unprompted(stage, boss):
    message = await opened(stage, boss)
    assert [one["custom_id"] for one in components(message, 8)] == ["pb.menu:channels"]


async def test_with_the_intent_moderators_choose_where_no_mention_is_needed(with_content, boss, state):
    message = await opened(with_content, boss)
    assert "Answered without a mention: nothing" in message.content
    await boss.select(message, [with_content.channel], custom_id="pb.menu:unprompted_channels")
    assert held(with_content, state).unprompted_channels == (with_content.channel.id,)
    assert f"threads and posts in <#{with_content.channel.id}>" in message.content


async def test_a_menu_from_before_the_intent_was_taken_away_changes_nothing(with_content, boss, state, make_client):
    message = await opened(with_content, boss)
    await with_content.restart_bot(make_client())
    result = await boss.select(message, [with_content.channel], custom_id="pb.menu:unprompted_channels")
    assert "has not switched on" in result.followups[0].content
    assert held(with_content, state) == GuildSettings()


# ---- /feedback


async def feedback(stage, member):
    return (await member.slash(stage.channel, "feedback")).response


def text_of(message):
    return message.embeds[0].description if message.embeds else message.content


async def test_feedback_without_any_says_so(stage, boss, kept):
    kept()
    message = await feedback(stage, boss)
    assert "Nobody has voted" in text_of(message)
    assert not message.components


async def test_feedback_shows_votes_reasons_reports_and_the_message(stage, boss, state, kept):
    answer_id = kept()
    state.vote(answer_id, 1, True)
    state.vote(answer_id, 2, False, "the date is wrong")
    state.report(answer_id, 3, "private", "that is my name")
    text = text_of(await feedback(stage, boss))
    for part in (QUESTION, "👍 1 · 👎 1 · 🚩 1", "the date is wrong", "private: that is my name"):
        assert part in text
    assert f"https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/4242" in text


async def test_feedback_names_nobody(stage, boss, state, kept):
    answer_id = kept()
    state.vote(answer_id, 555000555000555000, False, "no")
    message = await feedback(stage, boss)
    assert "555000555000555000" not in text_of(message)


async def test_hostile_feedback_is_harmless(stage, boss, state, kept):
    answer_id = kept("who is <@1>? @everyone")
    state.vote(answer_id, 2, False, "@everyone **x** https://evil.example \u202e")
    message = await feedback(stage, boss)
    for text in (text_of(message), text_of((await boss.select(message, [answer_id])).response)):
        assert "\\@everyone" in text
        assert "https://evil" not in text
        assert "\u202e" not in text


async def test_feedback_is_turned_page_by_page(stage, boss, state, kept):
    for number in range(7):
        state.vote(kept(f"question {number}"), 1, True)
    message = await feedback(stage, boss)
    assert "Feedback on 7 answers" in text_of(message)
    first = text_of(message)
    await boss.click(message, custom_id="pb.feedback:1")
    second = text_of(message)
    shown = [number for number in range(7) for text in (first, second) if f"question {number}" in text]
    assert sorted(shown) == list(range(7))


async def test_a_long_page_keeps_to_the_limits(stage, boss, state, kept):
    for number in range(5):
        answer_id = kept(f"{number} " + "<*_" * 160)
        for member in range(5):
            state.vote(answer_id, member, False, "@" * 900)
            state.report(answer_id, member, "wrong", "@" * 900)
    message = await feedback(stage, boss)
    assert all(f"**{number}.**" in text_of(message) for number in range(1, 6))


async def test_an_answer_is_shown_as_it_was(stage, boss, state, shelf, kept):
    answer_id = kept()
    state.vote(answer_id, 2, False, "the date is wrong")
    message = await feedback(stage, boss)
    await boss.select(message, [answer_id])
    text = text_of(message)
    assert "as they were" in text
    assert "the date is wrong" in text
    first = shelf.ask(QUESTION).claims[0].text
    assert " ".join(first.split()) in text.replace("\\", "")


async def test_an_answer_says_what_was_removed_since(stage, boss, state, shelf, kept):
    answer_id = kept()
    state.vote(answer_id, 2, True)
    shelf.remove("twitter-knitters-2019-03", "operator")
    message = await feedback(stage, boss)
    await boss.select(message, [answer_id])
    assert "not there any more" in text_of(message)
    assert "Ned Loom" not in text_of(message)


async def test_an_answer_says_what_has_other_words_now(stage, boss, state, shelf, folder, kept):
    answer_id = kept()
    state.vote(answer_id, 2, True)
    path = folder / "twitter-knitters-2019-03.md"
    path.write_text(path.read_text(encoding="utf-8").replace("explanation", "explanetion"), encoding="utf-8")
    shelf.reindex([folder], "test")
    message = await feedback(stage, boss)
    await boss.select(message, [answer_id])
    assert "other words now" in text_of(message)
    assert "explanetion" not in text_of(message)


async def test_the_way_back_and_the_menu_work_after_a_restart(stage, boss, state, kept, make_client):
    answer_id = kept()
    state.vote(answer_id, 2, True)
    message = await feedback(stage, boss)
    await stage.restart_bot(make_client())
    await boss.select(message, [answer_id])
    assert "as they were" in text_of(message)
    await boss.click(message, label="All feedback")
    assert "Feedback on 1 answer" in text_of(message)


async def test_an_erased_question_says_so(stage, boss, state, kept):
    answer_id = kept()
    state.vote(answer_id, 2, True)
    state.forget_user(7)
    message = await feedback(stage, boss)
    assert "question erased" in text_of(message)
    await boss.select(message, [answer_id])
    assert "question erased" in text_of(message)


async def test_a_press_without_permission_shows_nothing(stage, helper, state, kept):
    answer_id = kept()
    state.vote(answer_id, 2, True)
    message = await feedback(stage, helper)
    before = text_of(message)
    state.change_settings(stage.guild.id, lambda _: GuildSettings())
    result = await helper.select(message, [answer_id])
    assert "may do this" in result.followups[0].content
    assert text_of(message) == before


async def test_another_servers_answer_is_never_shown(stage, boss, state, kept):
    mine, theirs = kept(), kept("a secret of theirs", guild_id=99)
    state.vote(mine, 2, True)
    state.vote(theirs, 2, True)
    message = await feedback(stage, boss)
    assert "Feedback on 1 answer" in text_of(message)
    assert "secret" not in text_of(message)


async def test_every_moderators_request_is_as_discord_describes_it(stage, boss, state, kept, contract):
    for number in range(6):
        state.vote(kept(f"question {number}"), 1, False, "no")
    message = await opened(stage, boss)
    await boss.select(message, [stage.channel], custom_id="pb.menu:channels")
    await boss.click(message, custom_id="pb.set:thread")
    await limits(stage, boss, message, member_per_hour="x")
    await limits(stage, boss, message)
    page = await feedback(stage, boss)
    await boss.click(page, custom_id="pb.feedback:1")
    await boss.select(page, [components(page, 3)[0]["options"][0]["value"]])
    assert sum(contract.check(request) for request in stage.http_requests) >= 18
