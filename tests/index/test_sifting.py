"""What a question demands of a statement, and what is left of the statements found."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from corpus.document import Kind, Statement, Voice
from index.claims import Candidate
from index.lexical import stems
from index.question import understand
from index.reading import fit_of, ground_of, wants_of
from index.retrieve import Evidence, Hit, Terms
from index.sifting import Sifted, sift
from index.stored import StoredPassage, StoredStatement

Said = tuple[str, str | None]
"""A statement's words and who speaks."""
HEADER = "Rivvel removes bakers · Rivvel · 2019-03-04"


def hit_of(number: int, said: Said, header: str, voice: Voice = Voice.REPORTER) -> Hit:
    text, speaker = said
    made = Statement(0, len(text), 0, len(text), Kind.PARAPHRASE, voice, ("gazette",))
    stored = StoredStatement(number, 1, "bakers", number, 0, text, replace(made, speaker=speaker))
    passage = StoredPassage(number, 1, 0, len(text), text, header)
    return Hit(passage, 1.0, 0.5, 1.0, (Evidence(stored, f"{text} {speaker or ''}", 0.5, 0.5, 0.5),))


def sifted(
    question: str, *said: str | Said, header: str = HEADER, voices: Mapping[str, Voice] = MappingProxyType({})
) -> Sifted:
    """Sift statements, each in a passage of its own, the first one best; `voices` are those of the speakers."""
    asked = understand(question)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    told = [(one, None) if isinstance(one, str) else one for one in said]
    hits = [hit_of(n, one, header, voices.get(one[1] or "", Voice.REPORTER)) for n, one in enumerate(told)]
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    candidates = [
        Candidate(one.stored, 1.0 - place / 10, one, fit_of(wants, one, grounds[hit.passage.id]))
        for place, hit in enumerate(hits)
        for one in hit.statements
    ]
    return sift(asked, wants, terms, candidates, grounds)


def texts(found: Sifted) -> list[str]:
    return [one.stored.text for one in found.candidates]


def test_a_figure_of_another_year_is_no_answer() -> None:
    old, new = "In May 2017 it removed 900 accounts.", "In May 2018 it removed 400 accounts."
    found = sifted("how many accounts did it remove in 2018?", old, new)
    assert texts(found) == [new]
    assert found.candidates[0].score == 1.0


def test_where_nothing_is_of_the_time_asked_about_it_is_said() -> None:
    found = sifted("how many accounts did it remove in 2015?", "In May 2017 it removed 900 accounts.")
    assert found.missing == ("Nothing found here is of the time asked about, 2015.",)
    assert found.weight > 0


def test_what_is_of_another_year_does_not_stand_beside_what_is_of_the_year_asked_about() -> None:
    other, own, undated = "It closed a club in March 2017.", "It closed a club in 2015.", "It closed a club."
    assert texts(sifted("what was closed in March 2015?", other, own, undated, header="Rivvel")) == [own, undated]


def test_what_befell_before_a_date_is_not_looked_for_on_it() -> None:
    assert not sifted("what had it removed long before the ban of 2019?", "It removed 12 pages in 2016.").missing


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rivvel reinstated the accounts of the bakers.", True),
        ("The ban of the bakers is permanent.", True),
        ("The bakers were still locked out on Friday.", True),
        ("Rivvel removed the accounts of the bakers.", False),
        ("A guild asked that the accounts of the bakers be restored.", False),
    ],
)
def test_a_return_must_be_told_or_denied(text: str, told: bool) -> None:
    found = sifted("did the bakers ever get their accounts back?", text)
    assert bool(found.missing) is not told


@pytest.mark.parametrize(("when", "told"), [(" on Friday", True), ("", False)])
def test_the_time_of_a_return_must_be_told_of_the_return(when: str, told: bool) -> None:
    found = sifted(
        "when did Rivvel restore the bakers?",
        "Rivvel banned the bakers in May 2019.",
        f"Rivvel restored the bakers{when}.",
    )
    assert bool(found.missing) is not told


def test_the_return_of_others_is_none() -> None:
    assert sifted("did Twitter let Rivvel's bakers come back?", "Facebook restored a page of grocers.").missing


def test_words_of_somebody_else_are_not_what_somebody_said() -> None:
    found = sifted("what did Ann Ply say about the flour?", ("Said that Ann Ply wasted the flour.", "Ned Loom"))
    assert found.missing == ("Nothing found here tells what Ann Ply said.",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ann Ply lost 900 followers and 40 sacks of flour.", False),
        ("The guild opposes Ann Ply's sales of flour.", False),
        ("Ann Ply complained on Monday of the flour.", True),
        ("Supporters of Ann Ply celebrated the end of the flour.", True),
    ],
)
def test_whoever_is_only_named_has_said_nothing(text: str, told: bool) -> None:
    missing = sifted("what did Ann Ply say about the flour?", text).missing
    assert missing == (() if told else ("Nothing found here tells what Ann Ply said.",))


def test_a_noun_is_no_verb_of_saying() -> None:
    found = sifted("what does Ann Ply criticise about Rivvel's claims?", ("Said that the flour was stale.", "Rivvel"))
    assert found.missing == ("Nothing found here tells what Ann Ply said.",)


def test_who_shares_a_first_name_alone_is_somebody_else() -> None:
    found = sifted("what did Ann Ply say about the flour?", ("Said that the flour was stale.", "Ann Marie Loom"))
    assert found.missing == ("Nothing found here tells what Ann Ply said.",)


def test_words_on_another_subject_are_not_on_the_one_asked_about() -> None:
    tea, flour = ("Said that tea was dear.", "Ann Ply"), ("Said that the flour was stale.", "Ann Ply")
    assert texts(sifted("what did Ann Ply say about the flour?", tea, flour)) == [flour[0]]
    found = sifted("what did Ann Ply say about the flour?", tea)
    assert found.missing == ("Nothing found here tells what Ann Ply said of “the flour”.",)


def test_a_number_of_something_else_counts_nothing() -> None:
    found = sifted("how many members did the group have?", "It removed the group and 400 pages.")
    assert found.missing == ("Nothing found here gives that number.",)
    assert not sifted("how many members did the group have?", "The group had 400 members.").missing


def test_the_followers_of_somebody_else_are_not_those_asked_about() -> None:
    other, own = "The page of Ned Loom had 4,100 followers.", "The page of Ann Ply had 300 followers."
    question, header = "how many followers did Ann Ply's page have?", "Rivvel"
    assert sifted(question, other, header=header).missing == ("Nothing found here gives that number.",)
    assert texts(sifted(question, other, own, header=header))[0] == own
    for said in ("Its page had 300 followers.", ("Ned Loom said that the page had 300 followers.", "Ned Loom")):
        assert not sifted(question, said, header="Rivvel removes Ann Ply").missing


def test_followers_of_one_who_speaks_of_himself_are_not_those_of_the_holder_asked_about() -> None:
    other, own = ("I have lost 900 followers tonight.", "Ned Loom"), ("It purged 40 of my followers.", "Ann Ply")
    assert texts(sifted("how many followers did Ann Ply lose?", other, own)) == [own[0]]
    assert sifted("how many followers did Ann Ply lose?", other).missing == ("Nothing found here gives that number.",)
    assert texts(sifted("how many followers did bakers lose?", other, own)) == [other[0], own[0]]


def test_what_somebody_reckons_to_have_lost_need_not_tell_of_reckoning() -> None:
    own = "It purged 40 of my followers.", "Ann Ply"
    assert sifted("how many followers does Ann Ply reckon she has lost?", own).missing == ()


def test_the_word_number_in_a_question_need_not_stand_in_the_answer() -> None:
    assert not sifted("number of members locked", "The group had 400 members.").missing
    assert sifted("number of members locked", "It removed the group and 400 pages.").missing


def test_a_total_must_be_one() -> None:
    question = "how many followers did the 12 pages have between them?"
    assert sifted(question, "One page had 300 followers.").missing
    assert not sifted(question, "The 12 pages had 9,000 followers between them.").missing


def test_a_total_is_of_as_many_however_their_number_is_spelled() -> None:
    told = "The 1.5 million pages had 9,000 followers between them."
    assert not sifted("how many followers did the 1.5m pages have between them?", told).missing
    assert sifted("how many followers did the 1.6m pages have between them?", told).missing


def test_names_asked_for_are_more_than_a_number() -> None:
    question = "which three groups did it close?"
    assert sifted(question, "It closed 3 groups.").missing == ("Nothing found here gives such a name.",)
    assert not sifted(question, "It closed the groups Larch Circle, Ash Row and the Elm Society.").missing


def test_where_nothing_tells_who_has_the_most_the_highest_numbers_are_shown_and_it_is_said() -> None:
    low, high, odd = "Ann lost 300 followers.", "Ned lost 9,000 followers.", "Many were sad."
    found = sifted("who lost the most followers?", odd, low, high)
    assert texts(found) == [high, low]
    assert found.notes
    assert not found.missing


def test_of_a_part_and_its_whole_the_part_is_told() -> None:
    part, share, high = (
        "Ann lost 300 of 20,000 followers.",
        "Bo lost 5% of 90,000 followers.",
        "Ned lost 9,000 followers.",
    )
    assert texts(sifted("who lost the most followers?", part, share, high)) == [high, part]


def test_who_is_told_to_be_the_most_stands_alone() -> None:
    told = "Ned lost the most followers."
    assert texts(sifted("who lost the most followers?", "Ann lost 300 followers.", told)) == [told]


def test_an_extreme_of_something_far_off_tells_nothing() -> None:
    near = [f"Ned closed club {number}." for number in range(8)]
    found = sifted("which club was the first to close?", *near, "A shop was the first to close.")
    assert found.missing == ("Nothing found here says which was the first.",)


def test_what_nothing_found_names_makes_the_answer_unsure() -> None:
    found = sifted("why did Snapchat ban the bakers?", "Rivvel banned the bakers because of spam.")
    assert (found.missing, found.unsure) == (("Nothing found here names Snapchat.",), True)
    assert found.weight > 0


def test_an_occasion_that_nothing_names_makes_the_answer_unsure() -> None:
    question = "how many accounts did it remove before the midterms?"
    assert sifted(question, "It removed 40 accounts.").unsure
    assert not sifted(question, "It removed 40 accounts ahead of the midterms.").unsure


def test_a_count_of_the_group_that_is_named_stands_before_other_counts() -> None:
    other, named = "It removed 559 pages and 221 accounts.", "Some 80 Gulls lost their accounts."
    assert texts(sifted("how many Gulls accounts did it remove?", other, named)) == [named, other]
    assert texts(sifted("how many accounts did it remove?", other, named)) == [other, named]


@pytest.mark.parametrize(
    "question",
    [
        "what reason did Rivvel give for banning the bakers?",
        "on what grounds did Rivvel ban the bakers?",
        "how did Rivvel justify the ban of the bakers?",
        "what was Rivvel's official reason for the ban of the bakers?",
        "why were the bakers banned according to Rivvel",
        "what is the reason given by Rivvel, the bakers want to know",
    ],
)
def test_a_reason_stands_first_that_he_gives_who_is_asked_about(question: str) -> None:
    other, own = ("Rivvel banned the bakers out of spite.", "Ned Loom"), ("The bakers had broken a rule.", "Rivvel")
    reported = "Rivvel named a rule that the bakers had broken."
    assert texts(sifted(question, other, own))[0] == own[0]
    assert texts(sifted(question, other, reported))[0] == reported


def test_whoever_is_asked_about_for_a_reason_of_others_need_not_give_it() -> None:
    other, own = ("Rivvel banned the bakers out of spite.", "Ned Loom"), ("The bakers had broken a rule.", "Rivvel")
    for question in ("why did Rivvel ban the bakers?", "what reason did they give for banning the bakers?"):
        assert texts(sifted(question, other, own))[0] == other[0]


def test_what_is_on_another_platform_stands_behind() -> None:
    other, own = "Twitter removed the bakers.", "Facebook removed the bakers."
    assert texts(sifted("who complained of the purge on Facebook?", other, own))[0] == own


@pytest.mark.parametrize(
    "text", ["Ned traced the ban of the bakers back to Ann.", "The bakers look at it and back down."]
)
def test_not_every_back_tells_of_a_return(text: str) -> None:
    assert sifted("did the bakers get their accounts back?", text).missing


def test_who_reports_is_not_who_was_asked_for() -> None:
    text = "It suspended 80 bakers, according to Gazette London."
    assert sifted("what are the names of the bakers?", text).missing


def test_what_an_article_says_of_itself_answers_nothing() -> None:
    own, other = "Update: This post has been updated with bakers' comments.", "Bakers complained."
    assert texts(sifted("who complained about the ban of bakers?", own, other)) == [other]


def test_a_plain_question_demands_nothing() -> None:
    found = sifted("why were bakers removed?", "They were removed for spam.", "They sold bread in 2012.")
    assert len(found.candidates) == 2
    assert found == Sifted(found.candidates)


def test_of_two_questions_in_one_neither_rules_out_what_answers_the_other() -> None:
    found = sifted("when did the bakers get back, and how many followers did they lose?", "They lost 300 followers.")
    assert len(found.candidates) == 1
    assert not found.missing


@pytest.mark.parametrize(
    ("question", "speaker", "told"),
    [
        ("what did Rivvel say of the bakers?", "anti-Rivvel bakers", False),
        ("what did Rivvel say of the bakers?", "Rivvel users", False),
        ("what did Rivvel say of the bakers?", "former Rivvel engineer", False),
        ("what did Rivvel say of the bakers?", "Rivvel spokeswoman", True),
        ("what did Rivvel users say of the bakers?", "Rivvel users", True),
    ],
)
def test_whoever_is_named_by_another_does_not_speak_for_him(question: str, speaker: str, told: bool) -> None:
    found = sifted(question, ("The bakers had to go.", speaker))
    assert bool(found.missing) is not told


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("who complained about the ban?", ["Ann Ply", "Bo Rye"]),
        ("which bakers protested against the ban?", ["Ann Ply", "Bo Rye"]),
        ("who praised the ban?", ["Ned Loom"]),
        ("who announced the ban?", ["Rivvel", "Ann Ply", "Bo Rye", "Ned Loom"]),
    ],
)
def test_who_complained_is_no_platform_and_who_praised_no_critic(question: str, left: list[str]) -> None:
    voices = {"Rivvel": Voice.PLATFORM, "Ann Ply": Voice.AFFECTED, "Bo Rye": Voice.CRITIC, "Ned Loom": Voice.DEFENDER}
    found = sifted(question, *((f"Spoke of the ban, {name}.", name) for name in voices), voices=voices)
    assert [one.stored.statement.speaker for one in found.candidates] == left


def test_who_did_what_is_asked_in_so_many_words_may_speak_with_any_voice() -> None:
    told = "Complained of the rules, too.", "Rivvel"
    found = sifted(
        "who complained about the ban?", told, ("It was wrong.", "Bo Rye"), voices={"Rivvel": Voice.PLATFORM}
    )
    assert texts(found) == [told[0]]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("how did bakers of Rye react to the ban?", ()),
        ("what did bakers of Rye say about the ban?", ("Nothing found here tells what bakers of Rye said.",)),
    ],
)
def test_deeds_are_a_reaction_and_no_words(question: str, missing: tuple[str, ...]) -> None:
    assert sifted(question, "After the ban the bakers of Rye moved to another platform.").missing[:1] == missing
