"""Numbers are found with what they count."""

import pytest

from index.lexical import stems
from index.numbers import counts_thing, numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It closed 240 clubs.", 1.0),
        ("It closed twelve clubs.", 0.8),
        ("Of the clubs it closed 240.", 0.7),
        ("It closed 240 of them.", 0.6),
        ("It sold 240 needles.", 0.3),
    ],
)
def test_a_number_counts_the_things_beside_it(text: str, expected: float) -> None:
    [number] = numbers_in(text)
    assert counts_thing(frozenset(stems("clubs")), number) == pytest.approx(expected)


def test_dates_are_no_numbers_and_percentages_are_shares() -> None:
    [number] = numbers_in("On 4 March 2019 it closed 12% of the clubs.")
    assert (number.share, number.stems) == (True, frozenset({"12"}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Around 80 activists met.", 0.8),
        ("It took 30 pretty bakers.", 0.8),
        ("It has 80 servers.", 0.3),
        ("80 of them.", 0.6),
    ],
)
def test_people_are_counted_whatever_they_are_called(text: str, expected: float) -> None:
    [number] = numbers_in(text)
    assert counts_thing(frozenset(stems("folks")), number) == pytest.approx(expected)
    assert counts_thing(frozenset(stems("clubs")), number) <= 0.6
