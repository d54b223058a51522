"""The timeline's picture: everything readable, nothing overlapping, the same bytes every time."""

from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from matplotlib.text import Text
from PIL import Image

from bot import canvas
from bot.errors import NothingToDraw
from bot.picture import draw_timeline, paint_timeline
from corpus import SHIPPED
from corpus.readers import read_file
from corpus.source import Event

EVENT = Event("a", ("Twitter",), "2018-10-11", "Twitter suspends knitting clubs", accounts=240)
ALL = sorted((read_file(path).events[0] for path in SHIPPED.glob("*.md")), key=lambda one: (one.date, one.id))
ONE_DAY = [replace(event, date="2018-10-11", date_end=None) for event in ALL]
ODD = Event(
    "b", ("한국어 플랫폼 $x_", "W" * 60), "2018", "$\\frac{ 😀 \x07 한 " + "long " * 90, "2019-02", accounts=10**11
)
CASES = {
    "all": ALL,
    "twitter in 2018": [one for one in ALL if "Twitter" in one.platforms and one.date.startswith("2018")],
    "one": [EVENT],
    "unknown": [replace(EVENT, accounts=None)],
    "two platforms": [one for one in ALL if {"Reddit", "Telegram"} & set(one.platforms)],
    "one day": ONE_DAY,
    "one day and platform": [replace(event, platforms=("Twitter",)) for event in ONE_DAY],
    "hundreds": [replace(event, date=f"{2012 + turn}-0{turn}") for turn in range(1, 9) for event in ALL],
    "odd": [ODD, EVENT],
}


def texts_with_boxes(events: list[Event]) -> tuple[list[tuple[str, tuple[float, float, float, float]]], float]:
    found = texts(events)
    height = found[0].get_figure().bbox.height
    return [(text.get_text(), text.get_window_extent().extents) for text in found], height


def texts(events: list[Event]) -> list[Text]:
    return [one for one in paint_timeline(events).findobj(Text) if isinstance(one, Text) and one.get_text()]


@pytest.mark.parametrize("events", CASES.values(), ids=CASES.keys())
def test_no_label_overlaps_another_or_leaves_the_picture(events: list[Event]) -> None:
    labels, height = texts_with_boxes(events)
    for label, (left, low, right, high) in labels:
        assert 0 <= left <= right <= 1080, label
        assert 0 <= low <= high <= height, label
    for (one, (left, low, right, high)), (other, box) in combinations(labels, 2):
        apart = right <= box[0] or box[2] <= left or high <= box[1] or box[3] <= low
        assert apart, (one, other)


def test_every_event_has_its_number() -> None:
    labels = {label for label, _ in texts_with_boxes(ALL)[0]}
    assert {str(number) for number in range(1, len(ALL) + 1)} <= labels


def test_the_largest_are_labelled_and_named() -> None:
    labels = [label for label, _ in texts_with_boxes(ALL)[0]]
    assert {"70 million", "11.1 million", "5.3 million", "The largest"} <= set(labels)


def test_many_fit_on_a_phone_held_upright() -> None:
    labels, height = texts_with_boxes(ALL)
    assert height <= 1080 * 19.5 / 9
    assert min(text.get_fontsize() for text in texts(ALL)) * 400 / 1080 > 10
    assert "Times with many events are drawn wider." in " ".join(label for label, _ in labels)


def test_platforms_with_few_events_share_a_row() -> None:
    labels = [label for label, _ in texts_with_boxes(ALL)[0]]
    assert "16 others" in labels
    assert "Twitter" in labels
    assert "WeChat" not in labels


def test_what_is_not_drawn_is_said() -> None:
    labels = " ".join(label for label, _ in texts_with_boxes(CASES["hundreds"])[0])
    assert "of 528 events are shown" in labels


def test_an_unknown_number_is_drawn_hollow() -> None:
    labels = {label for label, _ in texts_with_boxes(CASES["unknown"])[0]}
    assert "number not known" in labels
    assert "Accounts concerned (logarithmic)" not in labels


def test_the_same_events_give_the_same_bytes(tmp_path: Path) -> None:
    first = BytesIO()
    draw_timeline(ALL, first)
    draw_timeline(ALL, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == first.getvalue()


def test_it_is_as_wide_as_a_phone_shows(tmp_path: Path) -> None:
    draw_timeline([EVENT], tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert (image.format, image.width) == ("PNG", 1080)
        assert image.convert("RGB").getpixel((0, 0)) == (0x31, 0x33, 0x38)


def test_nothing_is_not_drawn(tmp_path: Path) -> None:
    for events in ([], [replace(EVENT, date="--04-02")]):
        with pytest.raises(NothingToDraw, match="nothing to draw"):
            draw_timeline(events, tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def luminance(colour: str) -> float:
    """Measure light as WCAG 2.1 does, "relative luminance"."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("back", [canvas.BACKGROUND, canvas.BAND])
@pytest.mark.parametrize("front", [canvas.INK, canvas.MUTED, canvas.KNOWN, canvas.UNKNOWN])
def test_everything_stands_out_from_its_ground(front: str, back: str) -> None:
    assert (luminance(front) + 0.05) / (luminance(back) + 0.05) >= 4.5
    assert (luminance(canvas.KNOWN) + 0.05) / (luminance(canvas.ON_KNOWN) + 0.05) >= 4.5
