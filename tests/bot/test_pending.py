"""Questions that wait for their answer are kept, handed on once, and erased."""

import sqlite3
import time
from dataclasses import replace

import pytest

from bot.pending import TOO_LATE_S, Pending
from bot.state import State

ASKED = Pending(
    id=10**18, guild_id=2, channel_id=3, parent_id=4, asker_id=5, question="why?", after="what?", token="secret-token",
    only_me=True, may_embed=False, in_thread=True, prompted=False, at=1000.0,
)  # fmt: skip


@pytest.fixture
def again(state, tmp_path):
    """Return what the next run of the program opens."""
    held = State(tmp_path / "state")
    yield held
    held.close()


def test_a_question_is_taken_once(state, again):
    assert state.take(ASKED)
    assert not state.take(ASKED)
    assert not again.take(ASKED)


def test_a_settled_question_is_not_taken_again(state):
    state.take(ASKED)
    state.settle(ASKED.id)
    assert not state.take(ASKED)


def test_the_next_run_gets_what_was_left_over_whole_and_once(state, again):
    state.take(ASKED)
    assert again.left_over(ASKED.at) == [ASKED]
    assert again.left_over(ASKED.at) == []


def test_what_is_left_over_says_that_it_was_tried(state, again):
    state.take(ASKED)
    assert [one.again for one in again.left_over(ASKED.at)] == [True]


def test_the_same_run_gets_only_what_it_released(state):
    state.take(ASKED)
    state.take(replace(ASKED, id=2))
    state.release(2)
    assert [one.id for one in state.left_over(ASKED.at)] == [2]


def test_the_oldest_comes_first(state, again):
    for number, at in ((1, 30.0), (2, 10.0), (3, 20.0)):
        state.take(replace(ASKED, id=number, at=at))
    assert [one.id for one in again.left_over(40.0)] == [2, 3, 1]


def test_what_is_settled_is_left_to_nobody(state, again):
    state.take(ASKED)
    state.settle(ASKED.id)
    assert again.left_over(ASKED.at) == []


def test_settling_erases_all_but_the_id(state, tmp_path):
    state.take(ASKED)
    state.settle(ASKED.id)
    db = sqlite3.connect(tmp_path / "state" / "state.sqlite")
    row = db.execute("SELECT question, after, token, asker_id FROM pending").fetchone()
    db.close()
    assert row == (None, None, None, None)


def test_settling_notes_the_message_of_the_answer(state, make_answer, make_claim):
    answer_id = state.remember(make_answer(make_claim()), guild_id=2, channel_id=3, asker_id=5)
    state.take(ASKED)
    state.settle(ASKED.id, answer_id, 77)
    assert state.recall_message(77).id == answer_id


@pytest.mark.parametrize(("given", "kept"), [((), 3), ((9,), 9)])
def test_settling_notes_where_the_answer_came_to_stand(state, make_answer, make_claim, given, kept):
    answer_id = state.remember(make_answer(make_claim()), guild_id=2, channel_id=3, asker_id=5)
    state.settle(ASKED.id, answer_id, 77, *given)
    assert state.recall(answer_id).channel_id == kept


def test_settled_questions_are_forgotten_when_no_event_can_bring_them_again(state):
    state.take(ASKED)
    state.settle(ASKED.id)
    state.left_over(ASKED.at + TOO_LATE_S)
    assert not state.take(ASKED)
    state.left_over(ASKED.at + TOO_LATE_S + 1)
    assert state.take(ASKED)


def test_what_a_member_or_a_server_has_erased_is_left_to_nobody(state, again):
    state.take(ASKED)
    state.take(replace(ASKED, id=2, asker_id=6))
    assert state.forget_user(5) == 1
    assert state.forget_guild(2) == 1
    assert again.left_over(ASKED.at) == []


def test_a_nonce_fits_into_what_discord_takes():
    assert len(replace(ASKED, id=2**63 - 1).nonce) <= 25


def test_the_token_is_not_shown():
    assert "secret-token" not in repr(ASKED)


def test_nobody_waits_for_ever():
    now = time.time()
    asked = replace(ASKED, at=now)
    assert not asked.is_too_late(now + TOO_LATE_S)
    assert asked.is_too_late(now + TOO_LATE_S + 1)
