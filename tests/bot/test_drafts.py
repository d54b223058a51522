"""Drafts outlive a restart, belong to one server, and make way when there are too many or they are old."""

from dataclasses import replace

import pytest

from bot.drafts import BYTES_OF_A_SERVER, KEPT_S, OF_A_SERVER, Drafts
from bot.errors import StateFault
from corpus.incoming import Incoming

SERVER, OTHER = 1, 2


class Clock:
    now = 1000.0

    def __call__(self):
        Clock.now += 1
        return Clock.now


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path, Clock())


def dated(draft):
    return replace(draft, details={**draft.details, "date": "2018"})


def kept(drafts, guild_id=SERVER, data=b"text"):
    return drafts.keep(guild_id, Incoming(data, "a.html", "https://a.example/", "text/html", "utf-8"), {"title": "A"})


def test_a_draft_is_found_again_as_it_was_after_a_restart(drafts, tmp_path):
    draft = replace(kept(drafts), details={"date": "2018"}, event_ids=("x",))
    drafts.put(draft)
    assert Drafts(tmp_path, Clock()).find(draft.id, SERVER) == draft


def test_only_one_who_takes_it_gets_it(drafts):
    draft = kept(drafts)
    with drafts.take(draft.id, SERVER) as mine, drafts.take(draft.id, SERVER) as another:
        assert (mine, another) == (draft, None)
    assert drafts.guilds() == set()


def test_what_was_taken_meanwhile_is_not_kept_again_by_a_change(drafts):
    draft = kept(drafts)
    assert drafts.change(draft.id, SERVER, dated)
    with drafts.take(draft.id, SERVER) as taken:
        assert taken.details == {"date": "2018"}
        assert not drafts.change(draft.id, SERVER, dated)
        assert drafts.find(draft.id, SERVER) is None
    assert not drafts.change(draft.id, SERVER, dated)


def test_a_change_is_made_to_what_is_kept_at_that_moment(drafts, tmp_path):
    draft = kept(drafts)
    drafts.change(draft.id, SERVER, dated)
    changed = drafts.change(draft.id, SERVER, lambda now: replace(now, event_ids=("x",)))
    assert (changed.details, changed.event_ids) == ({"date": "2018"}, ("x",))
    assert drafts.find(draft.id, SERVER) == changed


def test_another_servers_draft_is_not_changed(drafts):
    draft = kept(drafts)
    assert drafts.change(draft.id, OTHER, dated) is None
    assert drafts.find(draft.id, SERVER) == draft


def test_one_that_was_taken_when_the_process_died_is_there_after_the_restart(drafts, tmp_path):
    draft = kept(drafts)
    with drafts.take(draft.id, SERVER):
        assert Drafts(tmp_path, Clock()).find(draft.id, SERVER) == draft


def test_one_that_could_not_be_added_is_there_again(drafts):
    draft = kept(drafts)
    with pytest.raises(RuntimeError), drafts.take(draft.id, SERVER):
        raise RuntimeError("the disk is full")
    assert drafts.find(draft.id, SERVER) == draft


def test_another_server_does_not_find_it(drafts):
    draft = kept(drafts)
    assert drafts.find(draft.id, OTHER) is None
    with drafts.take(draft.id, OTHER) as taken:
        assert taken is None
    assert drafts.find(draft.id, SERVER) == draft


def test_the_oldest_makes_way(drafts):
    other = kept(drafts, OTHER)
    found = [kept(drafts) for _ in range(OF_A_SERVER + 1)]
    assert drafts.find(found[0].id, SERVER) is None
    assert all(drafts.find(one.id, SERVER) for one in found[1:])
    assert drafts.find(other.id, OTHER)


def test_large_ones_make_way_sooner(drafts):
    found = [kept(drafts, data=bytes(BYTES_OF_A_SERVER // 2)) for _ in range(3)]
    assert [drafts.find(one.id, SERVER) is not None for one in found] == [False, True, True]


def test_a_day_later_it_is_gone_and_so_are_its_words(drafts, tmp_path):
    draft = kept(drafts, data=b"a secret that nobody added")
    Clock.now += KEPT_S
    assert drafts.find(draft.id, SERVER) is None
    assert drafts.expire() == 1
    assert b"secret" not in (tmp_path / "drafts.sqlite").read_bytes()


def test_a_server_is_forgotten(drafts):
    kept(drafts)
    kept(drafts, OTHER)
    assert drafts.forget_guild(SERVER) == 1
    assert drafts.guilds() == {OTHER}


def test_a_damaged_file_is_told(drafts, tmp_path):
    (tmp_path / "drafts.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(StateFault, match="cannot be used"):
        drafts.guilds()
