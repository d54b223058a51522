"""A member and a server may ask so much an hour, and are told when to come back."""

import pytest

from bot.rates import Rates
from bot.remembered import GuildSettings

GUILD, ALICE, BOB = 1, 2, 3
LIMITS = GuildSettings(member_per_hour=2, guild_per_hour=3)


class Clock:
    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rates(clock: Clock) -> Rates:
    return Rates(clock)


def test_a_member_is_told_when_the_first_question_is_an_hour_old(rates, clock):
    assert rates.take(GUILD, ALICE, LIMITS) is None
    clock.now += 600
    assert rates.take(GUILD, ALICE, LIMITS) is None
    wait = rates.take(GUILD, ALICE, LIMITS)
    assert wait.until == 1_700_003_601
    assert wait.sentence.startswith("You have asked 2 questions")
    assert wait.sentence.endswith("<t:1700003601:R>.")


def test_coming_back_then_is_early_enough(rates, clock):
    for _ in range(2):
        rates.take(GUILD, ALICE, LIMITS)
    clock.now = rates.take(GUILD, ALICE, LIMITS).until
    assert rates.take(GUILD, ALICE, LIMITS) is None


def test_a_refused_question_does_not_count(rates, clock):
    for _ in range(9):
        rates.take(GUILD, ALICE, LIMITS)
    clock.now += 3601
    assert [rates.take(GUILD, ALICE, LIMITS) is None for _ in range(3)] == [True, True, False]


def test_the_server_has_a_limit_of_its_own(rates):
    for member in (ALICE, ALICE, BOB):
        assert rates.take(GUILD, member, LIMITS) is None
    assert rates.take(GUILD, BOB, LIMITS).sentence.startswith("This server has asked 3 questions")


def test_one_server_never_uses_up_anothers_limit(rates):
    for _ in range(4):
        rates.take(GUILD, ALICE, LIMITS)
    assert rates.take(99, ALICE, LIMITS) is None
    assert rates.take(None, ALICE, LIMITS) is None


def test_all_servers_together_have_a_limit(clock):
    rates = Rates(clock, per_hour=2)
    for guild_id in (1, None):
        assert rates.take(guild_id, ALICE, LIMITS) is None
    wait = rates.take(3, BOB, LIMITS)
    assert wait.sentence == (
        "I have been asked 2 questions in the last hour, by all servers together, which is the most that I take. "
        "Please ask again <t:1700003601:R>."
    )


def test_in_direct_messages_only_the_members_limit_holds(rates):
    assert [rates.take(None, ALICE, LIMITS) is None for _ in range(3)] == [True, True, False]
    assert rates.take(None, BOB, LIMITS) is None


def test_a_limit_that_was_lowered_holds_at_once(rates):
    for _ in range(2):
        rates.take(GUILD, ALICE, LIMITS)
    assert rates.take(GUILD, ALICE, GuildSettings(member_per_hour=1)) is not None


def test_windows_that_ran_empty_are_thrown_away(rates, clock, monkeypatch):
    monkeypatch.setattr("bot.rates.KEPT_WINDOWS", 10)
    for member in range(20):
        rates.take(None, member, LIMITS)
    clock.now += 4000
    rates.take(None, ALICE, LIMITS)
    assert set(rates._asked) == {("all", 0), ("member ", ALICE)}
