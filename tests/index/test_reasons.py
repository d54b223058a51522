"""What is known of a platform's stated reason, and which claims bear it out."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Section, Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim
from index.reasons import reasons_of

SPECIFIC, GENERAL, DENIED = ReasonStatus.SPECIFIC, ReasonStatus.GENERAL, ReasonStatus.DENIED_BY_AFFECTED
EVENT = Event("e", ("Reddit", "Discord"), "2020-05", "Bakers", reasons=(("Reddit", SPECIFIC), ("Reddit", DENIED)))


def claim_of(document_id: str, voice: Voice, speaker: str, text: str, *event_ids: str) -> Claim:
    return Claim(
        text=text, kind=Kind.REPORTED, quotation=False, shown=True, voice=voice, speaker=speaker, role=None,
        handle=None, via=None, date=None, event_ids=event_ids, document_id=document_id, source_ids=(document_id,),
        start=0, end=len(text), score=1.0,
        section=Section.REASON if event_ids and voice is Voice.PLATFORM else None,
    )  # fmt: skip


SAID = claim_of("a", Voice.PLATFORM, "a Twitter spokesperson", "We removed the accounts for spam.")
DENIAL = claim_of("a", Voice.AFFECTED, "organisers", "They lost accounts without an explanation.")


@pytest.mark.parametrize(("told_in", "denied"), [("a", True), ("b", False)])
def test_those_affected_answer_the_platform_only_within_one_article(told_in: str, denied: bool) -> None:
    statuses = [reason.status for reason in reasons_of([SAID, replace(DENIAL, document_id=told_in)], [])]
    assert (DENIED in statuses) is denied
    assert statuses[0] is SPECIFIC


@pytest.mark.parametrize(
    ("text", "around", "denied"),
    [
        ("Twitter took their accounts without an explanation.", set(), True),
        ("Reddit took their accounts without an explanation.", set(), False),
        ("They lost accounts without an explanation.", {"Twitter"}, True),
        ("They lost accounts without an explanation.", {"Reddit"}, False),
        ("They lost accounts without an explanation.", {"Reddit", "Twitter"}, False),
    ],
)
def test_a_denial_is_put_to_no_platform_but_its_own(text: str, around: set[str], denied: bool) -> None:
    found = reasons_of([SAID, replace(DENIAL, text=text)], [], [frozenset(), frozenset(around)])
    assert (DENIED in [reason.status for reason in found]) is denied


def test_what_an_employee_says_is_not_the_platforms_reason() -> None:
    caught = claim_of("a", Voice.PLATFORM, "Sam Roe", "He admitted that accounts were banned for their views.")
    assert reasons_of([replace(caught, role="Twitter engineer")], []) == ()


def test_what_another_article_tells_is_no_reason_for_what_the_first_is_on() -> None:
    lead = claim_of("b", Voice.REPORTER, "The Crumb", "Bakers lost their accounts.")
    assert reasons_of([lead, SAID], []) == ()


def test_a_statement_without_a_reason_bears_out_none() -> None:
    bare = claim_of("e", Voice.PLATFORM, "Reddit", "Said that the measure was the first of its kind.", "e")
    given = claim_of("e", Voice.PLATFORM, "Reddit", "Said that the bakers were banned because they sold spam.", "e")
    [specific, *_] = reasons_of([bare, given], [EVENT])
    assert (specific.status, specific.claims) == (SPECIFIC, (1,))


def test_a_platform_of_which_an_article_tells_a_reason_is_not_said_to_state_none() -> None:
    told = claim_of("b", Voice.PLATFORM, "Discord", "Said that it closed the servers because of spam.", "e")
    assert "Discord" not in {reason.platform for reason in reasons_of([told], [EVENT])}
    assert reasons_of([DENIAL], [EVENT])[-1].status is ReasonStatus.NONE


def test_each_platform_of_an_event_has_its_own_reason() -> None:
    event = replace(EVENT, reasons=(("Reddit", GENERAL),))
    said = claim_of("a", Voice.PLATFORM, "Reddit", "It acts against spam.", "e")
    elsewhere = replace(said, event_ids=("other",))
    told = [(one.platform, one.status, one.claims) for one in reasons_of([elsewhere, said], [event])]
    assert told == [("Reddit", GENERAL, (1,)), ("Discord", ReasonStatus.NONE, ())]


@pytest.mark.parametrize(("platform", "known"), [("Instagram", True), ("Reddit", False)])
def test_no_platform_of_one_company_is_said_to_state_none_where_another_spoke(platform: str, known: bool) -> None:
    event = replace(EVENT, platforms=("Facebook", platform), reasons=(("Facebook", GENERAL),))
    said = claim_of("a", Voice.PLATFORM, "Facebook", "It acts against spam.", "e")
    assert (platform not in {reason.platform for reason in reasons_of([said], [event])}) is known
