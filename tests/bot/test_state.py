"""What the bot keeps, counts once, and forgets."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.errors import StateFault, UnknownAnswer
from bot.remembered import GuildSettings, digest_of
from bot.state import State
from index.answer import Answer

GUILD, CHANNEL, ALICE, BOB = 10**18, 2 * 10**18, 3 * 10**18, 4 * 10**18


@pytest.fixture
def answer(make_answer, make_claim) -> Answer:
    return make_answer(make_claim("One."), make_claim("Two.", shown=False))


@pytest.fixture
def keep(state: State, answer: Answer) -> Callable[..., str]:
    def keep(guild_id: int | None = GUILD, asker_id: int = ALICE, after: str | None = None) -> str:
        return state.remember(answer, guild_id=guild_id, channel_id=CHANNEL, asker_id=asker_id, after=after)

    return keep


@pytest.fixture
def raw(state: State, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "state" / "state.sqlite")
    yield connection
    connection.close()


def later(days: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=days)


def test_an_answer_is_recalled_by_its_id_and_its_message(state, keep):
    answer_id = keep(after="what happened?")
    state.attach(answer_id, 77)
    held = state.recall(answer_id)
    assert held == state.recall_message(77)
    assert (held.guild_id, held.channel_id, held.asker_id) == (GUILD, CHANNEL, ALICE)
    assert (held.question, held.after) == ("why were Occupy accounts suspended?", "what happened?")


def test_a_connection_is_kept_for_the_next_call(state, keep):
    keep()
    opened = []
    event.listen(state._engine, "connect", lambda *_: opened.append(True))
    state.settings(GUILD)
    keep()
    assert not opened


def test_an_id_is_twelve_url_safe_characters(keep):
    ids = {keep() for _ in range(20)}
    assert len(ids) == 20
    assert all(len(one) == 12 and one.replace("-", "").replace("_", "").isalnum() for one in ids)


def test_a_claim_is_kept_as_its_place_and_not_its_words(state, keep, raw):
    one, two = state.recall(keep()).claims
    assert (one.document_id, one.start, one.end, one.shown) == ("occupy", 0, 4, True)
    assert one.digest == digest_of("One.")
    assert not two.shown
    assert "Two." not in "".join(raw.iterdump())


def test_what_was_never_kept_is_not_recalled(state):
    assert state.recall("nothing") is None
    assert state.recall_message(1) is None


def test_everything_is_there_after_a_restart(state, keep, tmp_path):
    answer_id = keep()
    state.vote(answer_id, ALICE, True)
    state.change_settings(GUILD, lambda _: GuildSettings(channels=(CHANNEL,), moderator_role=5))
    state.close()
    again = State(tmp_path / "state")
    assert again.recall(answer_id).question
    assert again.feedback(GUILD, 0).up == 1
    again.vote(answer_id, ALICE, True)
    assert again.feedback(GUILD, 0).up == 1
    assert again.settings(GUILD) == GuildSettings(channels=(CHANNEL,), moderator_role=5)


def test_a_vote_pressed_twice_counts_once_and_the_last_counts(state, keep):
    answer_id = keep()
    for up, reason in ((True, None), (True, None), (False, "wrong year")):
        state.vote(answer_id, ALICE, up, reason)
    state.vote(answer_id, BOB, True)
    (entry,) = state.feedback(GUILD, 0).entries
    assert (entry.up, entry.down, entry.reasons) == (1, 1, ("wrong year",))


def test_one_member_reports_an_answer_once(state, keep):
    answer_id = keep()
    assert state.report(answer_id, ALICE, "wrong", "the date")
    assert not state.report(answer_id, ALICE, "private", "again")
    assert state.report(answer_id, BOB, "private", "my name")
    assert [one.kind for one in state.feedback(GUILD, 0).entries[0].reports] == ["wrong", "private"]


def test_nothing_is_said_of_an_answer_that_is_not_kept(state):
    with pytest.raises(UnknownAnswer):
        state.vote("nothing", ALICE, True)
    with pytest.raises(UnknownAnswer):
        state.report("nothing", ALICE, "wrong", "")


def test_feedback_holds_only_answers_with_feedback_of_one_server(state, keep):
    spoken, _silent, elsewhere = keep(), keep(), keep(guild_id=99)
    state.vote(spoken, ALICE, True)
    state.report(elsewhere, ALICE, "wrong", "x")
    page = state.feedback(GUILD, 0)
    assert [entry.answer.id for entry in page.entries] == [spoken]
    assert (page.total, page.up, page.down, page.reports) == (1, 1, 0, 0)


def test_feedback_is_paged_and_a_page_too_far_is_the_last(state, keep):
    for _ in range(7):
        state.vote(keep(), ALICE, False)
    pages = [state.feedback(GUILD, number, per_page=3) for number in (0, 1, 2, 9)]
    assert [(page.page, len(page.entries)) for page in pages] == [(0, 3), (1, 3), (2, 1), (2, 1)]
    assert len({entry.answer.id for page in pages for entry in page.entries}) == 7


def test_no_feedback_is_one_empty_page(state):
    page = state.feedback(GUILD, 3)
    assert (page.entries, page.page, page.pages) == ((), 0, 1)


def test_who_voted_or_reported_is_not_kept(state, keep, raw):
    answer_id = keep(asker_id=BOB)
    state.vote(answer_id, ALICE, False, "no")
    state.report(answer_id, ALICE, "wrong", "no")
    assert str(ALICE) not in "".join(raw.iterdump())


def test_settings_of_a_new_server_and_of_direct_messages_are_the_defaults(state):
    assert state.settings(GUILD) == state.settings(None) == GuildSettings()


def test_saved_settings_are_one_servers(state):
    settings = GuildSettings((1, 2), True, (3,), 5, 60, 7, 8)
    state.change_settings(GUILD, lambda _: replace(settings, member_per_hour=9))
    state.change_settings(GUILD, lambda _: settings)
    assert state.settings(GUILD) == settings
    assert state.settings(99) == GuildSettings()


def test_changes_of_settings_made_at_once_are_all_kept(state):
    together = threading.Barrier(8)

    def add(channel):
        together.wait(30)
        state.change_settings(GUILD, lambda now: replace(now, channels=(*now.channels, channel)))

    threads = [threading.Thread(target=add, args=(channel,)) for channel in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(state.settings(GUILD).channels) == list(range(8))


def test_a_change_of_settings_that_fails_leaves_them_as_they_were(state):
    state.change_settings(GUILD, lambda _: GuildSettings(in_thread=True))
    with pytest.raises(ZeroDivisionError):
        state.change_settings(GUILD, lambda now: replace(now, in_thread=1 / 0))
    assert state.settings(GUILD) == GuildSettings(in_thread=True)


def test_a_channel_is_answered_in_by_itself_or_by_its_parent():
    settings = GuildSettings(channels=(1,), unprompted_channels=(2,))
    assert settings.answers_in(1, None)
    assert settings.answers_in(5, 1)
    assert not settings.answers_in(5, None)
    assert GuildSettings().answers_in(5)
    assert settings.answers_unprompted_in(2)
    assert not settings.answers_unprompted_in(None)


def test_forgetting_a_member_erases_what_they_asked_and_said(state, keep, tmp_path):
    asked, others = keep(after="before"), keep(asker_id=BOB)
    state.vote(others, ALICE, False, "no")
    state.report(others, ALICE, "wrong", "no")
    assert state.forget_user(ALICE) == 3
    held = state.recall(asked)
    assert (held.asker_id, held.question, held.after) == (None, None, None)
    assert len(held.claims) == 2
    assert state.recall(others).question
    assert state.feedback(GUILD, 0).total == 0
    assert str(ALICE).encode() not in (tmp_path / "state" / "state.sqlite").read_bytes()


def test_forgetting_a_server_leaves_nothing_of_it(state, keep, tmp_path):
    gone, kept = keep(after="a secret matter"), keep(guild_id=99)
    state.vote(gone, ALICE, True)
    state.report(gone, ALICE, "wrong", "no")
    state.change_settings(GUILD, lambda _: GuildSettings(in_thread=True))
    assert state.forget_guild(GUILD) == 4
    assert state.recall(gone) is None
    assert state.settings(GUILD) == GuildSettings()
    assert state.recall(kept)
    files = b"".join(path.read_bytes() for path in (tmp_path / "state").iterdir())
    assert b"a secret matter" not in files


def test_after_retention_question_and_asker_are_erased_and_claims_stay(state, keep):
    answer_id = keep(after="before")
    state.vote(answer_id, BOB, False, "no")
    state.report(answer_id, BOB, "wrong", "no")
    assert state.expire(later(29)) == 0
    assert state.expire(later(31)) == 3
    held = state.recall(answer_id)
    assert (held.asker_id, held.question, held.after) == (None, None, None)
    assert len(held.claims) == 2
    (entry,) = state.feedback(GUILD, 0).entries
    assert (entry.down, entry.reasons, entry.reports[0].kind, entry.reports[0].text) == (1, (), "wrong", "")


def test_each_server_has_its_own_retention(state, keep):
    short, usual, direct = keep(), keep(guild_id=99), keep(guild_id=None)
    state.change_settings(GUILD, lambda _: GuildSettings(retention_days=1))
    assert state.expire(later(2)) == 1
    assert [state.recall(one).question is None for one in (short, usual, direct)] == [True, False, False]
    assert state.expire(later(31)) == 2


def test_expiring_twice_touches_nothing_more(state, keep):
    keep()
    assert state.expire(later(31)) == 1
    assert state.expire(later(31)) == 0


def test_many_threads_may_vote_at_once(state, keep):
    answer_id = keep()
    threads = [threading.Thread(target=state.vote, args=(answer_id, user % 10, True)) for user in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state.feedback(GUILD, 0).up == 10


def test_a_damaged_file_is_one_sentence(tmp_path):
    (tmp_path / "state.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(StateFault, match="move it away"):
        State(tmp_path)


def test_a_file_of_another_version_is_left_alone(tmp_path):
    State(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "state.sqlite")
    connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(StateFault, match="another version"):
        State(tmp_path)


def test_the_file_of_an_older_version_is_brought_up_with_all_that_it_holds(tmp_path, answer):
    first = State(tmp_path)
    answer_id = first.remember(answer, guild_id=GUILD, channel_id=CHANNEL, asker_id=ALICE)
    first.vote(answer_id, ALICE, True)
    first.close()
    connection = sqlite3.connect(tmp_path / "state.sqlite")
    connection.execute("DROP TABLE pending")
    connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    second = State(tmp_path)
    second.vote(answer_id, ALICE, True)  # whose hash is still the same
    assert second.feedback(GUILD, 0).up == 1
    assert second.left_over(0.0) == []
    State(tmp_path)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StateFault, match="PURGEBOT_DATA"):
        State(tmp_path / "file" / "data")
