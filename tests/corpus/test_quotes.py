"""Running text -> statements. The examples are invented."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Kind, Statement, Voice, faults
from corpus.quotes import find_statements
from corpus.source import Source

SOURCE = Source("s", publisher="The Lantern")
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not part of the repository")


def read(text: str, start: int = 0) -> tuple[Statement, ...]:
    return find_statements(text, start, len(text), source=SOURCE)


def shown(text: str, *kinds: Kind) -> list[tuple[str, str | None]]:
    return [(text[s.start : s.end], s.speaker) for s in read(text) if not kinds or s.kind in kinds]


def only(text: str) -> Statement:
    (statement,) = read(text)
    return statement


# Embedded posts


def test_a_signed_post_keeps_words_name_handle_and_date_apart() -> None:
    text = "They took my page 😡 #PageGate — Ana 🌻 Cruz (@ana_cruz) March 3, 2021"
    post = only(text)
    assert text[post.start : post.end] == "They took my page 😡 #PageGate"
    assert (post.kind, post.speaker, post.handle, post.date) == (Kind.POST, "Ana 🌻 Cruz", "ana_cruz", "2021-03-03")
    assert (post.block_start, post.block_end) == (0, len(text))


def test_blank_lines_inside_a_post_do_not_cut_it() -> None:
    text = (
        "My page is gone.\n\n\n\nAll of it. — Ana (@ana) March 3, 2021\n\n"
        "The firm is silent on the matter.\n\nSo it goes."
    )
    post = read(text)[0]
    assert text[post.start : post.end] == "My page is gone.\n\n\n\nAll of it."


def test_the_publishers_paragraph_stays_out_of_the_post_after_it() -> None:
    text = (
        "The removals began at noon on Friday, according to the firm.\n\n"
        "Others on the site cheered the decision.\n\n"
        "About time. — Ben (@ben) 4 March 2021"
    )
    assert [s.kind for s in read(text)] == [Kind.REPORTED, Kind.NARRATION, Kind.POST]


def test_a_post_may_open_in_its_own_paragraph_under_usual_gaps() -> None:
    text = (
        "The firm said nothing about it on Monday.\n\nI had 900 followers!\n\nNow I have 12. — Ana (@ana) May 1, 2020"
    )
    post = read(text)[-1]
    assert text[post.start : post.end] == "I had 900 followers!\n\nNow I have 12."


@pytest.mark.parametrize(
    "text",
    [
        '"They took my page" — @ana',
        '"They took my page" - @ana, 9 May 2021',
        '@ana: "They took my page"',
        'Ana Cruz (@ana) tweeted: "They took my page"',
        "They took my page\n— Ana Cruz (@ana) [March 3, 2021](https://twitter.com/ana/status/1)",
    ],
)
def test_other_forms_of_posts_give_words_and_handle(text: str) -> None:
    post = only(text)
    assert (post.kind, post.handle, text[post.start : post.end]) == (Kind.POST, "ana", "They took my page")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("March 3, 2021", "2021-03-03"),
        ("3 March 2021", "2021-03-03"),
        ("Sept. 9, 2020", "2020-09-09"),
        ("May 7", "--05-07"),
    ],
)
def test_dates_of_posts_are_iso(written: str, iso: str) -> None:
    assert only(f"My page is gone. — Ana (@ana) {written}").date == iso


# Speech


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"We are closing the page," said Ruth Adler, a lawyer.', "Ruth Adler"),
        ("“We are closing the page,” Rep. Ruth Adler, D-Ohio, the panel's chair, told reporters.", "Ruth Adler"),
        ('Ruth Adler said on Monday: "We are closing the page."', "Ruth Adler"),
        ('In a statement, the company\'s chief executive, Ruth Adler, wrote: "We are closing it."', "Ruth Adler"),
        ('"We are closing the page," a Twitter spokesperson said.', "Twitter spokesperson"),
        ('"We are closing the page," said Secretary of State Ruth Adler.', "Ruth Adler"),
        ("'We are closing the page,' Ruth Adler said.", "Ruth Adler"),
    ],
)
def test_direct_speech_has_its_speaker(text: str, speaker: str) -> None:
    statement = only(text)
    assert (statement.kind, statement.speaker) == (Kind.DIRECT, speaker)
    assert text[statement.start : statement.end].startswith("We are closing")


def test_a_quotation_in_two_parts_is_two_statements() -> None:
    text = '"It began at noon," said Ruth Adler, "and nobody rang us."'
    assert shown(text) == [("It began at noon,", "Ruth Adler"), ("and nobody rang us.", "Ruth Adler")]


def test_a_surname_and_a_pronoun_go_back_to_the_full_name() -> None:
    text = 'Ruth Adler runs a bakery.\n\n"It is gone," Adler said.\n\n"I rang them," she added. "Nobody answered."'
    assert {speaker for _, speaker in shown(text, Kind.DIRECT)} == {"Ruth Adler"}


def test_the_company_is_the_platform_named_before() -> None:
    text = 'Reddit closed 40 forums on Friday.\n\n"They broke our rules," the company said.'
    statement = read(text)[-1]
    assert (statement.speaker, statement.voice) == ("Reddit", Voice.PLATFORM)


def test_a_speech_over_paragraphs_keeps_its_speaker() -> None:
    text = '"We waited a week," Ruth Adler said. "Then we wrote.\n\n"They have not replied to this day."'
    assert [speaker for _, speaker in shown(text)] == ["Ruth Adler"] * 3


def test_a_sentence_with_a_quoted_phrase_is_the_publishers() -> None:
    text = 'Ruth Adler called the removal "a cruel joke" on Friday.'
    statement = only(text)
    assert (statement.kind, statement.speaker) == (Kind.MIXED, "Ruth Adler")
    assert text[statement.start : statement.end] == text


@pytest.mark.parametrize(
    ("who", "voice"),
    [
        ("Reddit engineer Ann Ply", Voice.REPORTER),
        ("Reddit head of safety Ann Ply", Voice.PLATFORM),
        ("a Reddit spokeswoman", Voice.PLATFORM),
    ],
)
def test_an_employee_who_let_something_out_does_not_speak_for_the_platform(who: str, voice: Voice) -> None:
    statement = only(f"In a video made in secret, {who} said that accounts of bakers were hidden by hand.")
    assert statement.voice is voice


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ruth Adler said that the page would return.", "Ruth Adler"),
        ("The page would return, according to a spokesman for the group.", "spokesman for the group"),
        ("Facebook announced on Monday that it had closed 40 pages.", "Facebook"),
    ],
)
def test_speech_without_marks_is_reported(text: str, speaker: str) -> None:
    statement = only(text)
    assert (statement.kind, statement.speaker) == (Kind.REPORTED, speaker)


def test_the_outlet_that_passed_words_on_is_named() -> None:
    assert only('"It is gone," a source told The Washington Post.').via == "The Washington Post"


# What is nobody's speech


def test_narration_is_the_publishers() -> None:
    statement = only("The network closed 40 pages on Friday.")
    assert (statement.kind, statement.speaker, statement.voice) == (Kind.NARRATION, "The Lantern", Voice.REPORTER)


def test_fragments_are_left_out() -> None:
    assert read("Leave a Reply\n\nnone\n\nPhoto: Ruth Adler/Agency\n\nHome | About | Contact\n\n40 pages closed") == ()


LISTED = """Facebook said that it had removed these pages:

- Bakers United, with 3.1 million followers
- Rye
- Bread of the Bread, which had 900,000

It gave no reason for it."""


def test_a_list_of_things_is_one_statement_with_the_words_in_front_of_it() -> None:
    listed, after = read(LISTED)
    assert LISTED[listed.start : listed.end] == LISTED.partition("\n\nIt")[0]
    assert (listed.kind, listed.speaker) == (Kind.REPORTED, "Facebook")
    assert LISTED[after.start : after.end] == "It gave no reason for it."


def test_a_long_list_is_parted_and_a_list_of_sentences_is_not_one() -> None:
    many = "The pages were:\n\n" + "\n".join(f"- page {number} with some {number} bakers in it" for number in range(20))
    parts = read(many)
    assert len(parts) == 4
    told = [many[one.start : one.end] for one in parts]
    assert [sum(f"page {number} " in one for one in told) for number in range(20)] == [1] * 20
    assert len(read("The rules were:\n\n- Nobody may bake at night.\n- Nobody may sell rye bread.")) == 2


def test_things_that_end_in_a_colon_are_listed_once() -> None:
    text = "The rooms were:\n" + "\n".join(f"- room {number} of the bakers of the old town:" for number in range(4))
    told = read(f"{text}\nNobody would say why.")
    assert [text[one.start : one.end] for one in told[:-1]] == [text]


@pytest.mark.parametrize("text", ["Pages\n\n- Home\n- About us", "See also:\n\n- Home page of the guild"])
def test_a_menu_and_a_single_thing_are_no_list(text: str) -> None:
    assert read(text) == ()


def test_sentences_below_a_list_are_parted() -> None:
    after = ["Nobody would say why.", "The guild of bakers asked.", "It got no word back."]
    text = f"The pages were:\n- Rye of the north\n- Bread of the south\n{' '.join(after)}"
    assert [text[one.start : one.end] for one in read(text)][1:] == after


def test_short_paragraphs_on_lines_of_their_own_are_not_one_that_was_wrapped_by_hand() -> None:
    line = "The forum closed {} rooms of the bakers on Friday and would not say what rule they had broken."
    text = "\n".join(line.format(number) for number in range(10, 16))
    assert [text[one.start : one.end] for one in read(text)] == text.split("\n")
    wrapped = (
        "The forum closed forty rooms of the bakers on Friday, and it would not say which\n" * 4 + "rule they broke."
    )
    assert len(read(wrapped)) == 1


def test_what_ends_in_a_colon_is_told_where_nothing_is_listed() -> None:
    text = "A forum that sells nothing but second-hand flour was hit as well:\n\nThe guild asked for its rooms back."
    assert [text[one.start : one.end] for one in read(text)] == text.split("\n\n")


def test_a_sentence_behind_an_ended_quotation_is_one_of_its_own() -> None:
    first, second = 'Ned Loom called the step "a gift to nobody at all."', "Ruth Adler said that she would ask again."
    told = read(f"{first} {second}")
    assert [one.speaker for one in told] == ["Ned Loom", "Ruth Adler"]
    asked = read('"Why would anybody close a forum of bakers?" Ruth Adler asked.')
    assert [(one.kind, one.speaker) for one in asked] == [(Kind.DIRECT, "Ruth Adler")]


def test_what_is_told_at_length_beside_a_quotation_is_told() -> None:
    beside = "Ruth Adler, secretary of the guild, whose page was the largest of all with 41,000 followers"
    text = f'"We turn up with bread," said {beside}. "It is all we do," she said.'
    told = {text[one.start : one.end]: one for one in read(text)}
    assert list(told) == ["We turn up with bread,", beside, "It is all we do,"]
    assert (told[beside].kind, told[beside].speaker) == (Kind.NARRATION, "The Lantern")


@pytest.mark.parametrize("zone", ["ET", "local time", "Lisbon time", "Johannesburg time"])
def test_a_clock_time_with_its_zone_ends_no_sentence(zone: str) -> None:
    text = f"The purge began at 2 a.m. {zone} and ran for six hours."
    assert text[only(text).start : only(text).end] == text


def test_marks_of_notes_belong_to_the_sentence_before() -> None:
    text = "The forum closed last June. [citation needed] Its members moved elsewhere."
    assert [text[one.start : one.end] for one in read(text)][-1] == "Its members moved elsewhere."


def test_a_publishers_judgement_is_a_critics() -> None:
    assert only("This blatant censorship must be resisted by everybody.").voice is Voice.CRITIC


@pytest.mark.parametrize(
    ("words", "voice"),
    [
        ("They locked my account and I lost 900 followers.", Voice.AFFECTED),
        ("This is censorship and they should be ashamed.", Voice.CRITIC),
        ("Good riddance to the bots and trolls.", Voice.DEFENDER),
    ],
)
def test_a_post_has_its_side(words: str, voice: Voice) -> None:
    assert only(f"{words} — Ana (@ana) May 1, 2020").voice is voice


# Whatever comes

PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "'",
        "‘",
        " said ",
        " Ruth Adler ",
        ". ",
        ", ",
        "\n\n",
        "\n",
        "— A (@a) May 1, 2020",
        "@b: ",
        "(",
        "he ",
        "Go",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_any_text_gives_sound_statements(text: str) -> None:
    document = Document("d", text, 0, len(text), (SOURCE,), read(text))
    assert faults(document) == []


@pytest.mark.parametrize(
    "piece",
    [
        '"',
        "“",
        "”",
        "'",
        "‘",
        '"a ',
        "“a ”",
        "(@a) ",
        "— ",
        " ",
        "\n",
        "I am.\n\n",
        "said ",
        "Aa ",
        "he, ",
        "[",
        "a.",
        "@a: ",
    ],
)
def test_rubbish_takes_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    began = time.perf_counter()
    read(text)
    assert time.perf_counter() - began < 5


# The seed articles

AUTHORS = {
    "000": [
        "mflynnJR",
        "RichardBSpencer",
        "RealCandaceO",
        "TheMarkPantano",
        "TheRickWilson",
        "AynRandPaulRyan",
        "PrisonPlanet",
    ],
    "001": [
        "PrisonPlanet",
        "dbongino",
        "TheMarkPantano",
        "ScottPresler",
        "cvpayne",
        "MikeTokes",
        "BrittMcHenry",
        "PeterSweden7",
        "bentonblount",
        "pnjaban",
        "ConservGayGuy",
        "johncardillo",
        "20committee",
        "lukewaltham",
    ],
}


@needs_seeds
@pytest.mark.parametrize("number", AUTHORS)
def test_every_post_of_the_seeds_is_found(number: str) -> None:
    text = next(SEEDS.glob(f"{number}_*")).read_text(encoding="utf-8")
    posts = [s for s in read(text, len(" date 2018-02-21 ") if number == "000" else 0) if s.kind is Kind.POST]
    assert [post.handle for post in posts] == AUTHORS[number]
    assert {post.date for post in posts} == {"2018-02-21"}


@needs_seeds
@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_the_platforms_of_the_seeds_speak(number: str) -> None:
    text = next(SEEDS.glob(f"{number}_*")).read_text(encoding="utf-8")
    assert any(s.voice is Voice.PLATFORM and s.kind is Kind.DIRECT for s in read(text))


def test_time_grows_with_the_number_of_handles_and_not_with_its_square() -> None:
    text = "— Name (@handle) " * 60_000
    begin = time.perf_counter()
    find_statements(text, 0, len(text), source=Source("a"))
    assert time.perf_counter() - begin < 6
