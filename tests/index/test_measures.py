"""Which questions ask a platform for the reason of its measure, whose measure, and against whom."""

import pytest

from index.measures import Measure, has_hit, measure_asked

NAMES = frozenset({"ann", "pli"})
"""The stems of a name, Ann Ply."""


def asked(question: str, names: frozenset[str] = NAMES, earlier: str = "") -> Measure | None:
    return measure_asked(question, earlier, names, frozenset({"may", "bell"}))


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ("why did reddit ban ann ply?", {"Reddit"}),
        ("why did reddit suddenly decide to ban ann ply?", {"Reddit"}),
        ("why has reddit banned ann ply?", {"Reddit"}),
        ("why reddit banned ann ply", {"Reddit"}),
        ("why did reddit and discord remove ann ply?", {"Reddit", "Discord"}),
        ("why did the company remove ann ply?", set()),
        ("why did they ban ann ply?", set()),
        ("why did may bell suspend ann ply?", set()),
        ("why was ann ply banned from reddit?", {"Reddit"}),
        ("why did ann ply get banned on reddit?", {"Reddit"}),
        ("why did ann ply lose followers on reddit?", {"Reddit"}),
        ("what reasons did reddit give ann ply?", {"Reddit"}),
        ("did reddit explain the removal of ann ply?", {"Reddit"}),
        ("compare reddit's and discord's reasons for banning ann ply", {"Reddit", "Discord"}),
    ],
)
def test_a_platforms_reason_is_asked_for(question: str, by: set[str]) -> None:
    measure = asked(question)
    assert measure is not None
    assert measure.by == by
    assert measure.hit == NAMES


@pytest.mark.parametrize(
    "question",
    [
        "why did ann ply leave reddit?",
        "why did ann ply delete her account?",
        "why do critics object to the ban of ann ply?",
        "why did users protest reddit's ban?",
        "why did reddit apologise after the ban?",
        "why did reddit restore ann ply?",
        "why didn't reddit ban ann ply?",
        "why was reddit sued for banned accounts?",
        "what reason did ann ply give for the ban?",
        "ann ply's reason for leaving reddit",
    ],
)
def test_what_somebody_else_did_is_no_measure_of_a_platform(question: str) -> None:
    assert asked(question) is None


def test_a_platform_may_be_hit_by_another() -> None:
    measure = asked("why did discord drop gab?", frozenset())
    assert measure == Measure(frozenset({"Discord"}), frozenset({"gab"}))
    hit = asked("why is reddit blocked?", frozenset())
    assert hit is not None
    assert not hit.concerns("Reddit")


def test_a_bare_why_goes_on_from_the_question_before() -> None:
    assert asked("and why?", earlier="did reddit ban ann ply?") == Measure(frozenset({"Reddit"}), NAMES)
    assert asked("and why?", earlier="what did reddit say of ann ply?") is None


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("In May Reddit banned the baker Ann Ply.", True),
        ("Ann Ply was banned in May.", True),
        ("Ann Ply lost 900 followers.", True),
        ("Ann Ply deleted her account.", False),
        ("Ann Ply objects to the bans.", False),
        ("Reddit bans bakers; Ann Ply leaves.", False),
        ("Reddit banned 900 bakers in the first week of May, which the critic Ann Ply calls unfair.", False),
    ],
)
def test_whom_a_measure_hit_stands_close_to_it(text: str, hit: bool) -> None:
    assert has_hit(NAMES, [text]) is hit
