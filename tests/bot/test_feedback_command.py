"""`purgebot feedback`: the operator reads what members said, in direct messages too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.feedback_command import entries_of, feedback_form
from bot.state import State

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(state, make_answer, make_claim):
    """Return a function that keeps an answer to a question in a server, or in direct messages."""

    def keep(question, guild_id=None):
        answer = make_answer(make_claim(), question=question)
        return state.remember(answer, guild_id=guild_id, channel_id=1, asker_id=7)

    return keep


@pytest.fixture
def run(tmp_path):
    """Return a function that types the command on the state of this test."""

    def runner(*words):
        return subprocess.run(
            [sys.executable, "-m", "bot", "feedback", *words],
            capture_output=True, text=True, check=False, cwd=ROOT, env={"PURGEBOT_DATA": str(tmp_path / "state")},
        )  # fmt: skip

    return runner


def test_direct_messages_come_first_then_each_server(state, kept, run):
    state.report(kept("who?", 5), 1, "wrong", "that is wrong")
    state.vote(kept("why?"), 1, False, "too short\u202e\n## now")
    ended = run()
    assert ended.returncode == 0, ended.stderr
    direct, server = ended.stdout.split("Server 5")
    assert direct.startswith("Direct messages\n")
    assert "against it: too short⟨U+202E⟩ ## now" in direct
    assert "reported as wrong: that is wrong" in server


def test_one_server_alone_can_be_read_as_json(state, kept, run):
    answer_id = kept("who?", 5)
    state.report(answer_id, 1, "outdated", "restored")
    state.vote(kept("why?"), 1, True)
    found = json.loads(run("--scope", "5", "--json").stdout)
    (entry,) = found["answers"]
    assert (entry["id"], entry["server"], entry["question"]) == (answer_id, "5", "who?")
    assert [(one["kind"], one["text"]) for one in entry["reports"]] == [("outdated", "restored")]
    assert (found["up"], found["down"], found["reports"]) == (0, 0, 1)


def test_what_is_no_server_is_refused(run):
    ended = run("--scope", "all", "--json")
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["error"]["kind"] == "BadInput"


def test_where_nobody_said_anything_it_says_so(run):
    assert run().stdout == "Nobody has voted on an answer or reported one yet.\n"


def test_what_was_erased_is_null(state, kept):
    answer_id = kept("who?")
    state.vote(answer_id, 1, True)
    state.forget_user(7)
    (entry,) = feedback_form(list(entries_of(state, None)))["answers"]
    assert (entry["question"], entry["server"], entry["up"]) == (None, None, 1)


def test_all_pages_are_read(state, kept):
    ids = [kept(f"question {number}") for number in range(5)]
    for answer_id in ids:
        state.vote(answer_id, 1, True)
    assert [entry.answer.id for entry in entries_of(state, None, per_page=2)] == ids[::-1]


def test_it_is_read_while_the_bot_writes(state, kept, tmp_path):
    state.vote(kept("who?"), 1, True)
    beside = State(tmp_path / "state")
    state.vote(kept("why?"), 1, False)
    assert len(list(entries_of(beside, None))) == 2
    beside.close()
