"""What is known of a platform's reason, by what claims say and by their event."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim
from index.reasons import reasons_of


def claim_of(document_id: str, voice: Voice, speaker: str, text: str) -> Claim:
    return Claim(
        text=text,
        kind=Kind.REPORTED,
        quotation=False,
        shown=True,
        voice=voice,
        speaker=speaker,
        role=None,
        handle=None,
        via=None,
        date=None,
        event_ids=(),
        document_id=document_id,
        source_ids=(document_id,),
        start=0,
        end=len(text),
        score=1.0,
    )


@pytest.mark.parametrize(("told_in", "denied"), [("a", True), ("b", False)])
def test_those_affected_answer_the_platform_only_within_one_article(told_in: str, denied: bool) -> None:
    said = claim_of("a", Voice.PLATFORM, "a Twitter spokesperson", "We removed the accounts for spam.")
    denial = claim_of(told_in, Voice.AFFECTED, "organisers", "They lost accounts without an explanation.")
    statuses = [reason.status for reason in reasons_of([said, denial], None)]
    assert (ReasonStatus.DENIED_BY_AFFECTED in statuses) is denied
    assert statuses[0] is ReasonStatus.SPECIFIC


def test_what_an_employee_says_is_not_the_platforms_reason() -> None:
    caught = claim_of("a", Voice.PLATFORM, "Sam Roe", "He admitted that accounts were banned for their views.")
    assert reasons_of([replace(caught, role="Twitter engineer")], None) == ()


def test_each_platform_of_an_event_has_its_own_reason() -> None:
    event = Event(
        id="e", platforms=("Twitter", "Facebook"), date="2019", title="Accounts of knitting clubs",
        reasons=(("Twitter", ReasonStatus.GENERAL),),
    )  # fmt: skip
    said = replace(claim_of("a", Voice.PLATFORM, "Twitter", "It acts against spam."), event_ids=("e",))
    elsewhere = replace(said, event_ids=("other",))
    told = [(one.platform, one.status, one.claims) for one in reasons_of([elsewhere, said], event)]
    assert told == [("Twitter", ReasonStatus.GENERAL, (1,)), ("Facebook", ReasonStatus.NONE, ())]
