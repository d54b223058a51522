"""Printed lines become paragraphs again, without running heads and without hyphens that only the page made."""

import pytest

from corpus.paragraphs import HYPHEN, Line, join_lines, mend_hyphens

SIZE = 10.0
LETTER = 5.0


def line(text: str, top: float, left: float = 50.0, size: float = SIZE) -> Line:
    return Line(text, left, left + LETTER * len(text), top, top - size)


def page(*texts: str, top: float = 700.0, left: float = 50.0) -> list[Line]:
    return [line(text, top - 12 * number, left) for number, text in enumerate(texts)]


FULL = [
    "Kite Site closed nine accounts on Tuesday, and the owners",
    "of all of them complained about it in a letter of protest",
    "in May.",
]
JOINED = " ".join(FULL)


def test_lines_of_one_paragraph_are_joined() -> None:
    assert join_lines([page(*FULL)]) == JOINED


def test_a_gap_parts_paragraphs() -> None:
    assert join_lines([[*page(*FULL), *page(*FULL, top=650)]]) == f"{JOINED}\n\n{JOINED}"


def test_a_line_that_ended_on_purpose_parts_paragraphs() -> None:
    assert join_lines([page(*FULL, *FULL)]) == f"{JOINED}\n\n{JOINED}"


def test_an_indented_line_after_a_full_stop_begins_a_paragraph() -> None:
    full = [*FULL[:2], "in May, which their lawyer read to the press on Thursday."]
    indented = line(FULL[0], 700 - 36, left=62)
    assert join_lines([[*page(*full), indented]]) == f"{' '.join(full)}\n\n{FULL[0]}"


def test_another_size_parts_a_heading_from_what_follows() -> None:
    heading = line("Kite Site closes nine accounts of people who complained", 716, size=14)
    assert join_lines([[heading, *page(*FULL)]]) == f"{heading.text}\n\n{JOINED}"


@pytest.mark.parametrize("mark", ["• ", "- ", "– ", "1. ", "(2) "])
def test_the_points_of_a_list_stand_alone(mark: str) -> None:
    points = [f"{mark}{text}" for text in FULL[:2]]
    assert join_lines([page(*points)]) == "\n\n".join(points)


@pytest.mark.parametrize("left", [50.0, 400.0])
def test_a_sentence_runs_on_over_pages_and_columns(left: float) -> None:
    rest = page("of protest was read to the press on Thursday.", left=left)
    first = page(*FULL[:2])
    assert join_lines([first, rest]) == join_lines([[*first, *rest]]) == " ".join([*FULL[:2], rest[0].text])


def test_a_sentence_that_ended_does_not_run_on() -> None:
    assert join_lines([page(*FULL), page("of note")]) == f"{JOINED}\n\nof note"


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [line("The Kite Gazette", 780), *page(f"Text {name}.", "It is here."), line(f"Page {number} of 3", 30)]
        for number, name in enumerate(["one", "two", "three"], 1)
    ]
    assert join_lines(pages) == "\n\n".join(f"Text {name}. It is here." for name in ("one", "two", "three"))


def test_what_stands_on_one_page_alone_is_no_running_head() -> None:
    pages = [[line("The Kite Gazette", 780), *page(*FULL)], page(*FULL)]
    assert join_lines(pages) == f"The Kite Gazette\n\n{JOINED}\n\n{JOINED}"


def test_of_pages_of_a_few_lines_nothing_is_taken_for_a_running_head() -> None:
    assert join_lines([page("One of two."), page("One of two.")]) == "One of two.\n\nOne of two."


def test_lines_far_apart_are_paragraphs_unless_the_whole_page_is_printed_so() -> None:
    spaced = [line(text, 700 - 24 * number) for number, text in enumerate(FULL[:2] * 5)]
    assert join_lines([spaced]) == " ".join(FULL[:2] * 5)
    assert join_lines([spaced[:2]]) == "\n\n".join(FULL[:2])


def test_what_repeats_in_the_middle_of_pages_stays() -> None:
    texts = [f"{word}." for word in "abcdefg"]
    assert join_lines([page(*texts), page(*texts)]).count("d.") == 2


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (f"misrepre{HYPHEN} sentation", "misrepresentation"),
        (f"a self{HYPHEN} explanatory word", "a self-explanatory word"),
        (f"a long{HYPHEN}\n\n", "a long-\n\n"),
        (f"a well-to{HYPHEN} do man", "a well-to-do man"),
        (f"Anglo{HYPHEN} Saxon", "Anglo-Saxon"),
        (f"from 2018{HYPHEN} 2019", "from 2018-2019"),
        (f"a kite{HYPHEN} maker, or kite-maker", "a kite-maker, or kite-maker"),
        (f"a kite{HYPHEN} maker, or kitemaker", "a kitemaker, or kitemaker"),
        (f"a kite{HYPHEN} maker is a maker of a kite", "a kite-maker is a maker of a kite"),
    ],
)
def test_a_hyphen_stays_where_it_is_part_of_the_word(broken: str, mended: str) -> None:
    assert mend_hyphens(broken) == mended


def test_pages_without_lines_give_no_text() -> None:
    assert join_lines([[], []]) == ""
