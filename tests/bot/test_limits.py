"""Texts keep to Discord's limits, however Discord counts."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.limits import chunks, clip, embed_fits, units

BOT = Path(__file__).parents[2] / "bot"
NUMBERS = {2000, 4096, 2048, 6000, 1024, 256}


def test_emoji_count_as_two():
    assert units("a😀") == 3


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clipped_text_fits(text, most):
    assert units(clip(text, most)) <= most


def test_clipping_ends_at_a_word():
    assert clip("one two three", 9) == "one two…"


def test_what_fits_is_not_clipped():
    assert clip("one two", 7) == "one two"


@given(st.lists(st.text(alphabet="ab😀 ", min_size=1, max_size=20), max_size=20))
def test_chunks_fit_and_keep_every_line(lines):
    found = list(chunks(lines, 30))
    assert all(units(chunk) <= 30 for chunk in found)
    assert "\n".join(found) == "\n".join(lines) or any(units(line) > 30 for line in lines)


@pytest.mark.parametrize(
    ("description", "footer", "fits"),
    [(4096, 1904, True), (4097, 0, False), (4096, 1905, False), (0, 2049, False)],
)
def test_an_embed_fits_in_each_part_and_as_a_whole(description, footer, fits):
    assert embed_fits("a" * description, "a" * footer) is fits


def test_no_other_file_of_the_bot_names_a_limit():
    for path in BOT.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
        assert path.name == "limits.py" or not {one for one in named if type(one) is int} & NUMBERS, path.name
