"""An address jumps to the words that were cited, and stays an address."""

from dataclasses import replace

from bot.fragments import jump_to
from bot.render import discord_reply, plain_text
from corpus.document import Kind

URL = "https://wired.example/a"


def test_short_words_stand_whole():
    assert jump_to(URL, "Twitter acted, on - 4 March") == f"{URL}#:~:text=Twitter%20acted%2C%20on%20%2D%204%20March"


def test_of_long_words_both_ends_stand():
    assert jump_to(URL, " ".join("abcdefghijkl")) == f"{URL}#:~:text=a%20b%20c%20d,i%20j%20k%20l"


def test_a_fragment_is_kept():
    assert jump_to(f"{URL}#top", "one two") == f"{URL}#top:~:text=one%20two"


def test_an_address_that_would_grow_too_long_is_left_alone():
    assert jump_to(URL, "x" * 2100) == URL
    assert jump_to(URL, " ") == URL


def test_a_full_text_is_jumped_into(make_answer, make_claim):
    answer = make_answer(make_claim("We remove such pages.", kind=Kind.DIRECT, quotation=True))
    assert f"]({URL}#:~:text=We%20remove%20such%20pages.)" in discord_reply(answer).description
    assert "#:~:" not in plain_text(answer)


def test_a_summary_is_not_jumped_to(make_answer, make_claim):
    assert "#:~:" not in discord_reply(make_answer(make_claim())).description


def test_hostile_words_do_not_leave_the_address(make_answer, make_claim):
    answer = make_answer(replace(make_claim(") [x](https://evil.example) @everyone"), kind=Kind.DIRECT))
    assert "https://evil" not in discord_reply(answer).description
