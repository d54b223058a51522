"""Which reasons are another's."""

from index.differing_reasons import gives_other_reason

NOTHING: frozenset[str] = frozenset()


def test_blaming_an_error_is_a_reason() -> None:
    blamed = "Rivvel blamed the removal of the posts on a technical error."
    assert gives_other_reason(blamed, "The posts were removed because of their politics.", NOTHING)


def test_how_long_something_went_on_is_no_reason() -> None:
    stated = "Rivvel suspended the bakers because of spam."
    assert not gives_other_reason(stated, "The bakers were suspended over a long weekend.", NOTHING)


def test_groups_that_one_event_tells_of_each_have_their_own_reason() -> None:
    stated, answer = (
        "Rivvel suspended the bakers for breaking rules.",
        "They were suspended because they criticised him.",
    )
    known, bakers, millers = frozenset({"baker", "miller"}), frozenset({"baker"}), frozenset({"miller"})
    assert gives_other_reason(stated, answer, known, bakers)
    assert not gives_other_reason(stated, answer, known, millers)
