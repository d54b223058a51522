"""Servers take turns, and in each server members do; nobody's queue is another's."""

from hypothesis import given
from hypothesis import strategies as st

from bot.turns import Lane, Room, Turns

LANES = st.builds(Lane, st.integers(1, 3), st.integers(1, 3))


def taken(turns):
    return list(iter(turns.take, None))


def test_servers_take_turns():
    turns = Turns(Room())
    for server, item in [(1, "a1"), (1, "a2"), (1, "a3"), (2, "b1"), (3, "c1"), (2, "b2")]:
        assert turns.put(Lane(server, server), item)
    assert taken(turns) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_members_of_a_server_take_turns():
    turns = Turns(Room())
    for member, item in [(1, "a1"), (1, "a2"), (2, "b1")]:
        turns.put(Lane(1, member), item)
    assert taken(turns) == ["a1", "b1", "a2"]


def test_a_full_room_takes_nothing_more():
    turns = Turns(Room(total=3, server=2, member=1))
    lanes = [Lane(1, 1), Lane(1, 1), Lane(1, 2), Lane(1, 3), Lane(2, 1), Lane(3, 1)]
    assert [turns.put(lane, 0) for lane in lanes] == [True, False, True, False, True, False]


@given(st.lists(LANES, max_size=30))
def test_whatever_is_put_is_taken_once_and_each_members_in_order(lanes):
    turns = Turns(Room())
    for number, lane in enumerate(lanes):
        turns.put(lane, (lane, number))
    order = taken(turns)
    assert sorted(number for _, number in order) == list(range(len(lanes)))
    for lane in lanes:
        assert [number for one, number in order if one == lane] == [n for n, one in enumerate(lanes) if one == lane]


@given(st.lists(LANES, max_size=20), st.data())
def test_what_is_dropped_is_not_taken(lanes, data):
    turns = Turns(Room())
    for number, lane in enumerate(lanes):
        turns.put(lane, number)
    gone = data.draw(st.sets(st.sampled_from(range(len(lanes))))) if lanes else set()
    assert all(turns.drop(lanes[number], number) for number in gone)
    assert len(turns) == len(lanes) - len(gone)
    assert sorted(taken(turns)) == sorted(set(range(len(lanes))) - gone)


def test_what_does_not_wait_cannot_be_dropped():
    turns = Turns(Room())
    turns.put(Lane(1, 1), "a")
    assert not turns.drop(Lane(1, 1), "b")
    assert not turns.drop(Lane(2, 1), "a")
