"""What a statement denies, and what it leaves open."""

import pytest

from index.denial import denial_in, denies

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Rivvel did not say how many it banned.",
        "It is unclear whether Rivvel banned bakers.",
        "Rivvel would not ban bakers unless a court ordered it.",
        "Rivvel banned bakers.",
    ],
)
def test_what_leaves_a_thing_open_denies_nothing(text: str) -> None:
    assert denial_in(text) is None


def test_that_something_never_existed_denies_it() -> None:
    told = "A moderator said that staff kept a blacklist of cheese pages."
    assert denies("Rivvel insisted that no blacklist of cheese pages ever existed.", told, frozenset({"rivvel"}))


def test_two_denials_do_not_deny_each_other() -> None:
    denied = "Rivvel denied that it reads letters of bakers."
    assert not denies("There is no evidence that Rivvel reads letters of bakers.", denied, NOTHING)


def test_a_verb_is_known_by_all_its_forms() -> None:
    accused = "Rivvel accused the choir of buying fake followers."
    assert denies(
        "The choir rejected the accusation that it had bought fake followers.", accused, frozenset({"rivvel"})
    )
