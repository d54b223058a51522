"""What a question names and nothing found has."""

import pytest

from corpus.document import Kind, Section, Statement, Voice
from index.absence import absences_of
from index.claims import Candidate
from index.lexical import stems
from index.question import understand
from index.reading import fit_of, ground_of, wants_of
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement

HEADER = "Twitter removes bakers · Twitter · 2019-03-04"
TEXT = "Twitter removed the accounts of the Larch Circle, a club of bakers."


def hit_of(text: str, header: str, row: int = 1, section: Section | None = None) -> Hit:
    made = Statement(0, len(text), 0, len(text), Kind.NARRATION, Voice.REPORTER, ("gazette",), section=section)
    stored = StoredStatement(row, row, "bakers", row, 0, text, made)
    evidence = Evidence(stored, text, 0.5, 0.5, 0.5)
    return Hit(StoredPassage(row, row, 0, len(text), text, header), 1.0, 0.5, 1.0, (evidence,))


def missing(question: str, text: str = TEXT, header: str = HEADER) -> list[str]:
    """Name what is absent where one statement is found."""
    return missing_in(question, hit_of(text, header))


def missing_in(question: str, *hits: Hit) -> list[str]:
    asked = understand(question)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    wants, grounds = wants_of(asked, terms, hits), {hit.passage.id: ground_of(hit, terms) for hit in hits}
    candidates = [
        Candidate(one.stored, 1.0, one, fit_of(wants, one, grounds[hit.passage.id]))
        for hit in hits
        for one in hit.statements
    ]
    return [one.missing for one in absences_of(asked, wants, terms.text, candidates, grounds)]


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("why did Snapchat ban the Larch Circle?", ["Nothing found here names Snapchat."]),
        ("did YouTube delete the Larch Circle?", ["Nothing found here names YouTube."]),
        ("why did Twitter and Reddit ban the Larch Circle?", ["Nothing found here names Reddit."]),
        ("why did X ban the Larch Circle?", []),
        ("what do bakers of the Larch Circle have in their minds?", []),
    ],
)
def test_a_platform_that_no_passage_names_is_named(question: str, named: list[str]) -> None:
    assert missing(question) == named


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("why did Twitter remove the accounts of bakers?", ""),
        ("why did Twitter remove baker accounts?", ""),
        ("why did Twitter remove falconers?", "falconers"),
        ("why did Twitter remove bake pages?", ""),
        ("how many falconry accounts did Twitter remove?", "falconry accounts"),
        ("why did Twitter remove accounts?", ""),
    ],
)
def test_a_measure_against_others_than_those_found_is_named(question: str, absent: str) -> None:
    sentence = f"Nothing found here tells of measures against “{absent}”."
    assert missing(question) == ([sentence] if absent else [])


@pytest.mark.parametrize("section", [None, Section.HAPPENED])
@pytest.mark.parametrize(
    ("text", "header", "absent"),
    [
        ("Facebook removed 12 pages of grocers.", "Grocers · Gazette · 2019-03-05", True),
        ("Facebook removed 12 pages of the Larch Circle.", "Bakers · Gazette · 2019-03-05", False),
        ("It removed 12 pages of the Larch Circle.", "Facebook removes bakers · Gazette · 2019-03-05", False),
    ],
)
def test_a_platform_that_nothing_on_those_asked_about_names_is_named(
    text: str, header: str, absent: bool, section: Section | None
) -> None:
    hits = hit_of(TEXT, HEADER, section=section), hit_of(text, header, 2, section)
    found = missing_in("how many accounts of the Larch Circle did Facebook remove?", *hits)
    assert found == (["Nothing found here on those asked about names Facebook."] if absent else [])


@pytest.mark.parametrize(
    ("question", "text", "absent"),
    [
        ("did Reddit ban r/bakers?", "Reddit banned r/grocers.", "r/bakers"),
        ("why was u/AnnPly banned from r/bakers?", "Reddit banned r/bakers.", "u/AnnPly"),
        ("did Reddit ban r/bakers?", "Reddit banned r/bakers.", ""),
        ("did Reddit ban r/bakers?", "Reddit banned a group of bakers.", ""),
    ],
)
def test_a_group_that_no_passage_names_is_named(question: str, text: str, absent: str) -> None:
    found = missing(question, text, "Reddit bans groups · Gazette · 2019-03-04")
    assert found == ([f"Nothing found here names {absent}."] if absent else [])


def test_one_of_two_platforms_counts_half() -> None:
    hit, asked = hit_of(TEXT, HEADER), understand("why did Twitter and Reddit ban the bakers?")
    terms = Terms(asked.text.lower(), dict.fromkeys(stems(asked.text), 1.0))
    wants, grounds = wants_of(asked, terms, [hit]), {1: ground_of(hit, terms)}
    assert [one.weight for one in absences_of(asked, wants, terms.text, (), grounds)] == [1.0]


@pytest.mark.parametrize(
    ("question", "text", "deed"),
    [
        ("did the Larch Circle sue Twitter?", TEXT, "sue"),
        ("did the Larch Circle win its case?", TEXT, "win"),
        ("did the Larch Circle sue Twitter?", "The Larch Circle filed a lawsuit against Twitter.", ""),
        ("did Twitter censor the Larch Circle?", "Censorship by Twitter hit the Larch Circle.", ""),
        ("did Twitter remove the Larch Circle?", TEXT, ""),
        ("did the Larch Circle get its account back?", TEXT, ""),
        ("did the Larch Circle want to leave?", TEXT, ""),
        ("why did the Larch Circle sue Twitter?", TEXT, ""),
    ],
)
def test_a_deed_of_which_nothing_on_those_asked_about_speaks_is_named(question: str, text: str, deed: str) -> None:
    assert missing(question, text) == ([f"Nothing found here on those asked about speaks of “{deed}”."] if deed else [])


def test_the_deed_of_somebody_else_is_none_of_those_asked_about() -> None:
    assert missing("did the Larch Circle sue Twitter?", "Ned Loom sued Twitter over a cake.", "Twitter is sued") != []


@pytest.mark.parametrize(
    ("question", "text", "office"),
    [
        ("who was the lawyer of the Larch Circle?", TEXT, "lawyer"),
        ("name of the dentist in the Larch Circle", TEXT, "dentist"),
        ("which court ruled on the Larch Circle?", TEXT, "court"),
        ("who was the lawyer of the Larch Circle?", "The lawyer of the Larch Circle is Ann Ply.", ""),
        ("who was the guy behind the Larch Circle?", TEXT, ""),
        ("which bands joined the Larch Circle?", TEXT, ""),
    ],
)
def test_an_office_of_which_nothing_speaks_is_named(question: str, text: str, office: str) -> None:
    assert missing(question, text) == ([f"Nothing found here speaks of “{office}”."] if office else [])


@pytest.mark.parametrize(
    ("question", "text", "left_open"),
    [
        ("which clubs left the Larch Circle?", "Some small clubs left the Larch Circle.", True),
        ("which clubs left the Larch Circle?", "Two of its other baking clubs left the Larch Circle.", True),
        ("which clubs left the Larch Circle?", "Some clubs, Rye and Oat, left the Larch Circle.", False),
        ("which clubs left the Larch Circle?", "The Larch Circle was left by Rye Friends.", False),
        ("which of the Larch Circle's clubs left?", "The Larch Circle lost clubs and friends.", True),
        ("which of the Larch Circle's clubs left?", "The Larch Circle's clubs Rye and Oat left.", False),
        ("which clubs did the Larch Circle lose?", "The Larch Circle lost clubs and friends.", False),
        ("who left the Larch Circle?", "Some clubs left the Larch Circle.", False),
        ("how many clubs left the Larch Circle?", "Some clubs left the Larch Circle.", False),
    ],
)
def test_a_name_that_a_statement_leaves_open_is_missed(question: str, text: str, left_open: bool) -> None:
    assert missing(question, text) == (["Nothing found here gives such a name."] if left_open else [])


def test_a_name_that_another_statement_gives_is_not_missed() -> None:
    some, named = hit_of("Some clubs left the Larch Circle.", HEADER), hit_of("The club Rye Friends left.", HEADER, 2)
    assert missing_in("which clubs left the Larch Circle?", some, named) == []


@pytest.mark.parametrize(
    ("question", "text", "left_open"),
    [
        ("what is Captain Crumb's real name?", "The Larch Circle was run by Captain Crumb of Rye.", True),
        ("who is Captain Crumb really?", "The Larch Circle was run by Captain Crumb of Rye.", True),
        ("who is Captain Crumb?", "The Larch Circle was run by Captain Crumb of Rye.", False),
        ("what is Captain Crumb's real name?", "Captain Crumb, whose real name is Ann Ply, ran it.", False),
        ("what is Captain Crumb's real name?", "A court identified him as Ned Loom.", False),
    ],
)
def test_who_somebody_really_is_has_to_be_told(question: str, text: str, left_open: bool) -> None:
    assert missing(question, text) == (["Nothing found here gives such a name."] if left_open else [])


@pytest.mark.parametrize(
    ("question", "text", "left_open"),
    [
        ("what language did the Larch Circle post in?", "The Larch Circle posted 300 recipes.", True),
        ("Which languages does the Larch Circle use?", "The Larch Circle posted 300 recipes.", True),
        ("what language did the Larch Circle post in?", "The Larch Circle posted in Danish.", False),
        ("what language did the Larch Circle post in?", "The Larch Circle posted in several languages.", False),
        ("languages of the Larch Circle", "The Larch Circle posted 300 recipes.", True),
        ("did the Larch Circle use bad language?", "The Larch Circle posted 300 recipes.", False),
    ],
)
def test_a_language_that_is_asked_for_has_to_be_named(question: str, text: str, left_open: bool) -> None:
    found = [one for one in missing(question, text) if "language" in one]
    assert found == (["Nothing found here names a language."] if left_open else [])
