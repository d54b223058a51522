"""The buttons under an answer: what they show, whom they obey, and that they outlive the process."""

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.buttons import ActionButton, TurnButton, turn_id, turn_view
from bot.client import PurgebotClient
from bot.desk import Desk
from bot.state import State
from bot.work import Work
from corpus.readers import read_file
from index.answer import OfEvent, Outcome

QUESTION = "why did Twitter suspend the accounts of knitting clubs?"


@pytest.fixture(autouse=True)
def real_answer(oracle, shelf):
    """Let the oracle give an answer of the library that the buttons look into."""
    oracle.answer = shelf.ask(QUESTION)
    return oracle.answer


@pytest.fixture
async def bob(stage):
    return stage.guild.add_member(stage.create_user("bob"))


@pytest.fixture
async def moderator(stage):
    role = stage.guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    return stage.guild.add_member(stage.create_user("mona"), roles=[role])


async def ask(stage, **more):
    """Ask, and return the message with the answer."""
    return (await stage.member.slash(stage.channel, "ask", question=QUESTION, **more)).response


def labels(message):
    return [
        button.get("label") or button["emoji"]["name"] for row in message.components for button in row["components"]
    ]


def ids(message):
    return [button["custom_id"] for row in message.components for button in row["components"]]


def press(member, message, action):
    (found,) = [one for one in ids(message) if one.startswith(f"pb:{action}:")]
    return member.click(message, custom_id=found)


def text_of(response):
    return response.embeds[0].description if response.embeds else response.content


def answer_id(message):
    return ids(message)[0].rsplit(":", 1)[1]


async def test_an_answer_offers_its_buttons_in_two_rows(stage):
    message = await ask(stage)
    assert [len(row["components"]) <= 5 for row in message.components] == [True, True]
    assert labels(message)[-4:] == ["👍", "👎", "Report", "Delete"]
    assert {"Passages", "Timeline", "Follow up"} <= set(labels(message))


async def test_an_answer_to_a_mention_has_the_same_buttons(stage):
    message = await ask(stage)
    await stage.member.send(stage.channel, f"<@{stage.bot.user.id}> {QUESTION}")
    rows = stage.channel.last_message.components
    assert [one.label or str(one.emoji) for row in rows for one in row.children] == labels(message)


async def test_an_answer_that_only_the_asker_sees_has_no_delete(stage):
    assert "Delete" not in labels(await ask(stage, only_me=True))


async def test_passages_are_shown_to_the_presser_alone_with_the_claim_marked(stage, bob, real_answer):
    result = await press(bob, await ask(stage), "passages")
    assert result.ephemeral
    claim = real_answer.claims[0].text
    marked = text_of(result.response).split("**")
    assert claim.split()[0] in "".join(marked[3::2])
    assert "The Gazette" in text_of(result.response)


async def test_a_dossiers_passage_shows_numbers_and_bullets_for_its_keys_and_dashes(stage):
    text = text_of((await press(stage.member, await ask(stage), "passages")).response)
    assert "\n- **" in text
    for raw in ("gazette\\]", "\\- ", "\\*\\]", "## "):
        assert raw not in text
    assert re.search(r"\\\[\d\\\]|\\\[Wool Blog\\\]", text.split("\n\n", 1)[1])


async def test_passages_are_turned_page_by_page(stage, bob):
    message = await ask(stage)
    first = await press(bob, message, "passages")
    second = await bob.click(first.response, custom_id=turn_id("passages", 1, answer_id(message)))
    assert "passage 2 of" in second.response.embeds[0].footer.text
    assert second.response.id == first.response.id


async def test_more_shows_the_claims_that_wait(stage, oracle):
    waiting = tuple(replace(claim, shown=number == 0) for number, claim in enumerate(oracle.answer.claims))
    oracle.answer = replace(oracle.answer, claims=waiting)
    message = await ask(stage)
    assert labels(message)[0] == f"Show {len(waiting) - 1} more"
    result = await press(stage.member, message, "more")
    assert result.ephemeral
    assert waiting[-1].text.split(".")[0] in text_of(result.response).replace("\\", "")
    assert waiting[0].text not in text_of(result.response).replace("\\", "")


async def test_more_goes_on_event_by_event_where_the_answer_did(stage, oracle, shelf):
    claims = tuple(replace(claim, shown=number == 0) for number, claim in enumerate(oracle.answer.claims))
    (event,) = shelf.timeline()
    told = (OfEvent(event.id, event.title, event.date, event.date_end, tuple(range(len(claims)))),)
    oracle.answer = replace(oracle.answer, claims=claims, by_event=told)
    result = await press(stage.member, await ask(stage), "more")
    assert f"· {event.title}**__" in text_of(result.response)
    assert "__**Those affected**__" not in text_of(result.response)


async def test_claims_that_find_no_place_wait_behind_more(stage, oracle, make_claim):
    many = [make_claim(f"Claim {number}. {'words ' * 60}") for number in range(20)]
    oracle.answer = replace(oracle.answer, claims=tuple(many))
    message = await ask(stage)
    shown = text_of(message).count("Claim ")
    assert labels(message)[0] == f"Show {20 - shown} more"


async def test_the_timeline_shows_the_platform_and_marks_the_event(stage):
    result = await press(stage.member, await ask(stage), "timeline")
    assert result.ephemeral
    assert "**Twitter suspends accounts of knitting clubs**" in text_of(result.response)
    (picture,) = result.response.attachments
    assert "Timeline of 1 platform purge" in picture.description


async def test_a_vote_pressed_twice_counts_once(stage, state):
    message = await ask(stage)
    for _ in range(2):
        result = await press(stage.member, message, "up")
        assert "counted" in result.response.content
    feedback = state.feedback(stage.guild.id, 0)
    assert (feedback.up, feedback.down) == (1, 0)


async def test_a_vote_against_asks_for_the_reason(stage, state):
    shown = await press(stage.member, await ask(stage), "down")
    result = await stage.member.submit_modal(shown, {"reason": "too short"})
    assert "counted" in result.response.content
    assert state.feedback(stage.guild.id, 0).entries[0].reasons == ("too short",)


async def test_a_vote_against_pressed_again_keeps_its_reason_and_counts_once(stage, state):
    message = await ask(stage)
    await stage.member.submit_modal(await press(stage.member, message, "down"), {"reason": "too short"})
    await press(stage.member, message, "down")
    await stage.member.submit_modal(await press(stage.member, message, "down"), {"reason": ""})
    (entry,) = state.feedback(stage.guild.id, 0).entries
    assert (entry.up, entry.down, entry.reasons) == (0, 1, ("too short",))


async def test_a_vote_for_drops_the_reason_of_the_one_against(stage, state):
    message = await ask(stage)
    await stage.member.submit_modal(await press(stage.member, message, "down"), {"reason": "too short"})
    await press(stage.member, message, "up")
    await press(stage.member, message, "down")
    (entry,) = state.feedback(stage.guild.id, 0).entries
    assert (entry.up, entry.down, entry.reasons) == (0, 1, ())


async def test_a_report_in_direct_messages_reaches_the_operator(stage, state, caplog):
    user = stage.member.user
    message = (await user.slash("ask", question=QUESTION)).response
    shown = await press(user, message, "report")
    assert shown.modal["components"][1]["label"] == "Tell whoever runs this bot more"
    with caplog.at_level("WARNING", "bot.views"):
        result = await user.submit_modal(shown, {"kind": ["private"], "reason": "my secret"})
    assert result.response.content == "Thank you. Whoever runs this bot will see your report."
    (line,) = [one.getMessage() for one in caplog.records if one.name == "bot.views"]
    assert answer_id(message) in line
    assert "private" in line
    assert "secret" not in line
    assert str(user.id) not in line
    (entry,) = state.feedback(None, 0).entries
    assert entry.reports[0].text == "my secret"


async def test_a_report_in_a_server_is_the_moderators_and_no_line_of_the_log(stage, caplog):
    shown = await press(stage.member, await ask(stage), "report")
    with caplog.at_level("WARNING", "bot.views"):
        await stage.member.submit_modal(shown, {"kind": ["wrong"]})
    assert caplog.messages == []


async def test_a_reason_in_direct_messages_is_for_the_operator(stage):
    user = stage.member.user
    shown = await press(user, (await user.slash("ask", question=QUESTION)).response, "down")
    assert "For whoever runs this bot" in shown.modal["components"][0]["description"]


async def test_a_vote_against_counts_without_a_reason(stage, state):
    await press(stage.member, await ask(stage), "down")
    assert state.feedback(stage.guild.id, 0).down == 1


async def test_the_last_vote_counts(stage, bob, state):
    message = await ask(stage)
    await press(stage.member, message, "down")
    await press(stage.member, message, "up")
    await press(bob, message, "up")
    feedback = state.feedback(stage.guild.id, 0)
    assert (feedback.up, feedback.down) == (2, 0)


@pytest.mark.parametrize("kind", ["wrong", "private", "outdated"])
async def test_a_report_reaches_the_moderators_once(stage, state, kind):
    message = await ask(stage)
    for told in ("will see your report", "already"):
        shown = await press(stage.member, message, "report")
        result = await stage.member.submit_modal(shown, {"kind": [kind], "reason": "look"})
        assert told in result.response.content
    (report,) = state.feedback(stage.guild.id, 0).entries[0].reports
    assert (report.kind, report.text) == (kind, "look")


async def test_the_asker_deletes_an_answer(stage):
    message = await ask(stage)
    await press(stage.member, message, "delete")
    assert stage.channel.history() == []


async def test_the_asker_deletes_an_answer_when_we_do_not_know_any_more_who_asked(stage, bob, state):
    message = await ask(stage)
    state.forget_user(stage.member.id)
    await press(bob, message, "delete")
    assert stage.channel.history()
    await press(stage.member, message, "delete")
    assert stage.channel.history() == []


async def test_who_asked_by_a_mention_deletes_the_answer_as_late(stage, bob, state):
    await stage.member.send(stage.channel, f"{stage.bot.user.mention} why were the accounts of knitters suspended?")
    question, message = sorted(stage.channel.history(), key=lambda one: one.id)
    state.forget_user(stage.member.id)
    await bob.click(message, label="Delete")
    assert len(stage.channel.history()) == 2
    await stage.member.click(message, label="Delete")
    assert [one.id for one in stage.channel.history()] == [question.id]


async def test_another_member_cannot_delete_an_answer(stage, bob):
    message = await ask(stage)
    result = await press(bob, message, "delete")
    assert [one.id for one in stage.channel.history()] == [message.id]
    assert "Only whoever asked" in result.followups[0].content


async def test_a_moderator_deletes_an_answer(stage, moderator):
    await press(moderator, await ask(stage), "delete")
    assert stage.channel.history() == []


async def test_a_named_role_deletes_an_answer(stage, state):
    role = stage.guild.create_role("keepers")
    state.change_settings(stage.guild.id, lambda held: replace(held, moderator_role=role.id))
    keeper = stage.guild.add_member(stage.create_user("kim"), roles=[role])
    await press(keeper, await ask(stage), "delete")
    assert stage.channel.history() == []


async def test_a_source_that_was_removed_is_not_shown(stage, shelf):
    message = await ask(stage)
    shelf.remove("twitter-knitters-2019-03", "test")
    for action in ("passages", "more") if "Show" in labels(message)[0] else ("passages",):
        result = await press(stage.member, message, action)
        assert "This source has been removed since" in text_of(result.response)
    gone = await press(stage.member, message, "timeline")
    assert "No event that I hold fits" in gone.response.content


async def test_the_nearest_event_that_was_removed_says_so(stage, oracle, shelf):
    coverage = replace(oracle.answer.coverage, nearest_event="twitter-knitters-2019-03", nearest_title="Knitters")
    oracle.answer = replace(oracle.answer, outcome=Outcome.NOT_IN_CORPUS, claims=(), coverage=coverage)
    message = await ask(stage)
    shelf.remove("twitter-knitters-2019-03", "test")
    assert "no longer here" in (await press(stage.member, message, "event")).response.content


async def test_words_that_changed_since_are_not_shown(stage, shelf, folder):
    message = await ask(stage)
    dossier = folder / "twitter-knitters-2019-03.md"
    dossier.write_text(
        dossier.read_text().replace("Said that", "Held that").replace("240", "241").replace("careless", "rash")
    )
    shelf.reindex([folder], "test")
    result = await press(stage.member, message, "passages")
    assert (
        "removed since"
        in f"{text_of(result.response)}{result.response.embeds[0].footer.text if result.response.embeds else ''}"
    )


async def test_a_source_that_one_server_holds_is_shown_to_no_other(stage, shelf, folder):
    shelf.remove("kites", "test")
    shelf.add(read_file(folder / "kites.txt"), "f", "test", str(stage.guild.id))
    answer = shelf.ask("why did Facebook remove pages of kite makers?", str(stage.guild.id))
    assert all(shelf.recall(answer.claims, str(stage.guild.id)).recalled)
    assert answer.claims
    for scope in ("", "1"):
        assert not any(shelf.recall(answer.claims, scope).recalled)


async def test_all_buttons_work_after_a_restart(stage, oracle, state, tmp_path, shelf):
    message = await ask(stage)
    await stage.restart_bot(PurgebotClient(Desk(oracle, shelf, State(tmp_path / "state"), Work())))
    for action in ("passages", "timeline", "up"):
        assert (await press(stage.member, message, action)).response is not None
    shown = await press(stage.member, message, "follow")
    result = await stage.member.submit_modal(shown, {"question": "and the critics?"})
    assert result.response.embeds
    assert oracle.after[-1] == QUESTION


@pytest.mark.parametrize("action", ["more", "passages", "timeline", "follow", "up", "down", "report", "delete"])
async def test_each_button_works_after_a_restart(stage, oracle, make_client, action):
    waiting = tuple(replace(claim, shown=number == 0) for number, claim in enumerate(oracle.answer.claims))
    oracle.answer = replace(oracle.answer, claims=waiting)
    message = await ask(stage)
    await stage.restart_bot(make_client())
    result = await press(stage.member, message, action)
    if action == "delete":
        assert stage.channel.history() == []
    elif action in ("follow", "down", "report"):
        assert result.modal["custom_id"].endswith(answer_id(message))
    else:
        assert result.ephemeral
        assert result.response.embeds or "counted" in result.response.content


async def test_a_dialog_that_was_open_during_a_restart_is_taken_in(stage, oracle, state, tmp_path, shelf):
    shown = await press(stage.member, await ask(stage), "report")
    await stage.restart_bot(PurgebotClient(Desk(oracle, shelf, State(tmp_path / "state"), Work())))
    result = await stage.member.submit_modal(shown, {"kind": ["wrong"], "reason": ""})
    assert "will see your report" in result.response.content


async def test_pages_turn_after_a_restart(stage, oracle, tmp_path, shelf):
    message = await ask(stage)
    first = await press(stage.member, message, "passages")
    await stage.restart_bot(PurgebotClient(Desk(oracle, shelf, State(tmp_path / "state"), Work())))
    second = await stage.member.click(first.response, custom_id=turn_id("passages", 1, answer_id(message)))
    assert "passage 2 of" in second.response.embeds[0].footer.text


async def test_buttons_work_a_year_later(stage, state):
    message = await ask(stage)
    state.expire(datetime.now(UTC) + timedelta(days=365))
    assert (await press(stage.member, message, "passages")).response.embeds
    assert "counted" in (await press(stage.member, message, "up")).response.content


async def test_a_button_of_an_answer_that_is_not_kept_says_so(stage, state):
    message = await ask(stage)
    state.forget_guild(stage.guild.id)
    assert "do not keep this answer" in text_of((await press(stage.member, message, "passages")).response)
    assert "no longer kept" in (await press(stage.member, message, "up")).response.content


async def test_an_unknown_button_says_so(stage):
    message = await ask(stage)
    view = discord.ui.View(timeout=None)
    view.add_item(ActionButton("former", "x", "Old"))
    sent = await stage.bot.get_channel(stage.channel.id).send("old", view=view)
    result = await stage.member.click(sent, label="Old")
    assert "do not know this button" in result.response.content
    assert message


async def test_a_page_of_a_former_kind_says_so(stage):
    view = discord.ui.View(timeout=None)
    view.add_item(TurnButton("former", 1, "x", "Next"))
    sent = await stage.bot.get_channel(stage.channel.id).send("old", view=view)
    result = await stage.member.click(sent, label="Next")
    assert "do not know this button" in result.response.content


async def test_what_is_gone_is_told_and_is_no_matter_for_the_operators_log(stage, oracle, shelf, caplog):
    coverage = replace(oracle.answer.coverage, nearest_event="twitter-knitters-2019-03", nearest_title="Knitters")
    oracle.answer = replace(oracle.answer, outcome=Outcome.NOT_IN_CORPUS, claims=(), coverage=coverage)
    message = await ask(stage)
    shelf.remove("twitter-knitters-2019-03", "test")
    with caplog.at_level("WARNING"):
        assert "no longer here" in (await press(stage.member, message, "event")).response.content
    assert caplog.messages == []


async def test_a_refusal_leads_to_the_nearest_event(stage, oracle):
    coverage = replace(oracle.answer.coverage, nearest_event="twitter-knitters-2019-03", nearest_title="Knitters")
    oracle.answer = replace(oracle.answer, outcome=Outcome.NOT_IN_CORPUS, claims=(), coverage=coverage)
    message = await ask(stage)
    assert "Passages" not in labels(message)
    result = await press(stage.member, message, "event")
    assert "Twitter suspends accounts of knitting clubs" in text_of(result.response)


async def test_an_answer_that_cannot_be_remembered_comes_without_buttons(stage, state, tmp_path):
    with sqlite3.connect(tmp_path / "state" / "state.sqlite") as db:
        db.execute("DROP TABLE answers")
    db.close()
    message = await ask(stage)
    assert message.embeds
    assert message.components == []


async def test_without_the_right_to_embed_passages_are_content(stage):
    forbidden = discord.PermissionOverwrite(embed_links=False)
    stage.channel = stage.guild.create_text_channel("plain", overwrites={stage.bot.user: forbidden})
    result = await press(stage.member, await ask(stage), "passages")
    assert not result.response.embeds
    assert "**" in result.response.content


async def test_an_error_behind_a_button_is_told(stage, monkeypatch, shelf):
    message = await ask(stage)
    monkeypatch.setattr(shelf, "_catalog", None)
    result = await press(stage.member, message, "passages")
    assert "something went wrong" in result.response.content


@pytest.mark.parametrize("key", ["x" * 90, "😀" * 45])
def test_a_key_too_long_for_an_id_gets_no_buttons(key):
    assert turn_view("handle", 0, 9, key) is None


async def test_every_press_is_as_discord_describes_it(stage, contract, bob):
    message = await ask(stage)
    shown = await press(stage.member, message, "passages")
    await stage.member.click(shown.response, custom_id=turn_id("passages", 1, answer_id(message)))
    await press(stage.member, message, "timeline")
    await press(stage.member, message, "up")
    await stage.member.submit_modal(await press(stage.member, message, "down"), {"reason": "no"})
    await stage.member.submit_modal(await press(stage.member, message, "report"), {"kind": ["wrong"]})
    await stage.member.submit_modal(await press(stage.member, message, "follow"), {"question": "and then?"})
    await press(bob, message, "delete")
    assert sum(contract.check(request) for request in stage.http_requests) > 20
