"""What a number in a text counts, how exact it is, and whether it counts only a part."""

import pytest

from index.figures import UNBOUNDED, Figure, counted_in, counts_in, figures_in


def first(text: str) -> Figure:
    return figures_in(text)[0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Rivvel closed 251 accounts.", 251, 251),
        ("Rivvel closed 1,500 accounts.", 1450, 1550),
        ("Rivvel closed more than 70 accounts.", 65, UNBOUNDED),
        ("Rivvel closed up to 70 accounts.", 0, 75),
        ("Rivvel closed 2.4 million accounts.", 2_350_000, 2_450_000),
        ("Rivvel closed two dozen accounts.", 18, 30),
        ("Rivvel closed half a dozen accounts.", 3, 9),
        ("Rivvel closed half a million accounts.", 250_000, 750_000),
        ("Rivvel closed two hundred and ten accounts.", 210, 210),
        ("Rivvel closed between 51 and 62 accounts.", 51, 62),
        ("Rivvel closed 2.7 to 3 million accounts.", 2_650_000, 3_500_000),
        ("Rivvel closed 500 to 3,000 accounts.", 450, 3500),
        ("Rivvel closed 41 accounts or more.", 41, UNBOUNDED),
    ],
)
def test_a_figure_says_between_which_numbers_the_true_one_lies(text: str, low: float, high: float) -> None:
    assert first(text).low == pytest.approx(low)
    assert first(text).high == pytest.approx(high)


def test_vague_numbers_are_wide() -> None:
    assert first("Hundreds of accounts went.").high > 10 * first("Hundreds of accounts went.").low


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("559 pages and 251 accounts", {"page"}),
        ("687 pages and accounts linked to a party", {"page", "account"}),
        ("80 suspended users", {"user"}),
        ("12 of the clubs", {"club"}),
        ("The number of banned users is put at 300", {"user"}),
    ],
)
def test_a_figure_knows_what_it_counts(text: str, things: set[str]) -> None:
    assert first(text).things == things


@pytest.mark.parametrize("text", ["12 of the 40 pages", "another 30 pages", "18 other pages", "including 7 pages"])
def test_what_counts_a_part_says_so(text: str) -> None:
    assert first(text).part


@pytest.mark.parametrize("text", ["On 4 March 2019 it closed.", "a 12-hour lock", "about 4chan users", "version 1.2.3"])
def test_dates_times_and_names_are_no_figures(text: str) -> None:
    assert figures_in(text) == ()


def test_shares_and_sums_keep_their_unit() -> None:
    assert [figure.unit for figure in figures_in("It cost $5 million and 40% of users.")] == ["$", "%"]


def test_a_share_of_nothing_named_counts_nothing() -> None:
    assert first("It fell 6 percent the day after.").things == frozenset()


def test_what_a_text_counts_leaves_parts_shares_and_sums_out() -> None:
    text = "It closed 40 accounts, another 12 pages and 5% of groups, and paid $300 to clubs."
    assert [figure.low for figure in counts_in(text)] == [35]
    assert counted_in(text) == {"account"}
