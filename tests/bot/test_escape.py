"""Source text comes out harmless, and can be read back exactly."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.escape import escape, restore, reveal, squeeze, unescape

NASTY = st.text(alphabet=st.sampled_from("\\*_~`|<>@[]()/:#-+.1 \nahtps⟨⟩U\u200b\u202e\u200d\ufe0f❤👨é"), max_size=60)


@given(st.text(alphabet=st.characters()) | NASTY)
@example("⟨U+202E⟩ \\⟨U+202E⟩ \\\\")
@example("1\\. 1. \n- \n\t# x")
def test_escaping_can_be_undone_exactly(text):
    assert unescape(escape(text)) == text


@given(NASTY)
def test_no_live_sign_is_left(text):
    left = re.sub(r"\\[!-/:-@\[-`{-~]", "", escape(text))
    assert not set(left) & set("\\*_~`|<>@[]/\u200b\u202e")
    assert not re.search(r"^[^\S\n]*([-+#]|\d+\.)", escape(text), re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("@everyone", "\\@everyone"),
        ("<@1> <@&2>", "\\<\\@1\\> \\<\\@&2\\>"),
        ("</ask:4>", "\\<\\/ask:4\\>"),
        ("<:x:5>", "\\<:x:5\\>"),
        ("<t:6:R>", "\\<t:6:R\\>"),
        ("https://a.example", "https\\:\\/\\/a.example"),
        ("discord.gg/abc", "discord.gg\\/abc"),
        ("[a](b)", "\\[a\\](b)"),
        ("# a\n- b\n> c\n1. d\n-# e", "\\# a\n\\- b\n\\> c\n1\\. d\n\\-# e"),
        ("||a|| `b`", "\\|\\|a\\|\\| \\`b\\`"),
    ],
)
def test_markup_is_shown_as_written(text, escaped):
    assert escape(text) == escaped


def test_plain_prose_is_left_as_it_is():
    prose = "At 4:30, 2.1 million people (or so) left - what's next?"
    assert escape(prose) == prose


@pytest.mark.parametrize("hidden", "\u200b\u200e\u202e\u2066\ufeff\u00ad\u2028\x1b\x85\u3164\u2800\U000e0041")
def test_hidden_characters_become_visible(hidden):
    assert reveal(f"a{hidden}b") == f"a⟨U+{ord(hidden):04X}⟩b"


@pytest.mark.parametrize("text", ["👨‍👩‍👧", "❤️", "1️⃣", "🏳️‍🌈", "👩🏽‍⚕️", "می‌خواهم", "क्‍ष"])
def test_emoji_and_spelling_keep_their_joiners(text):
    assert reveal(text) == text


def test_joiners_between_letters_are_shown():
    assert reveal("pay\u200dpal\ufe0f") == "pay⟨U+200D⟩pal⟨U+FE0F⟩"


def test_squeezing_leaves_one_space_for_each_run():
    assert squeeze(" a\n\n b\t\u00a0c ") == "a b c"


@pytest.mark.parametrize("typed", ["⟨U+0000⟩", "⟨U+D800⟩", "⟨U+FFFFFF⟩", "⟨U+202E⟩", "⟨"])
def test_what_is_revealed_is_restored_and_what_is_typed_brings_nothing_hidden(typed):
    original = "a\u200bb⟨c"
    assert restore(reveal(original), original) == original
    assert restore(reveal(original) + typed, original) == original + typed
