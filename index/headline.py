"""The headline: one sentence of ours from a closed table, asserting nothing that the claims do not show."""

from collections.abc import Sequence

from corpus.document import Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Outcome, Reason
from index.dates import spell_date, spell_span
from index.sought import Fact

DISPUTED = "those affected dispute it or say that they got none"
SPECIFIC, GENERAL, DENIED = ReasonStatus.SPECIFIC, ReasonStatus.GENERAL, ReasonStatus.DENIED_BY_AFFECTED
REASONS = {
    frozenset({SPECIFIC}): "{platform} gave a reason for these measures",
    frozenset({GENERAL}): "{platform} gave a general reason, not one about these accounts",
    frozenset({SPECIFIC, GENERAL}): "{platform} gave a reason",
    frozenset({DENIED}): "Those affected dispute {platform}'s reason or say that they got none",
    frozenset({SPECIFIC, DENIED}): "{platform} gave a reason; " + DISPUTED,
    frozenset({GENERAL, DENIED}): "{platform} gave a general reason; " + DISPUTED,
    frozenset({SPECIFIC, GENERAL, DENIED}): "{platform} gave a reason; " + DISPUTED,
    frozenset({ReasonStatus.NONE}): "No source here states a reason by {platform}",
}

VOICES = {
    Voice.PLATFORM: "the platform",
    Voice.AFFECTED: "those affected",
    Voice.CRITIC: "critics",
    Voice.DEFENDER: "defenders",
    Voice.REPORTER: "reporters",
}

TOLD = {Fact.HOW_MANY: "Numbers given", Fact.WHEN: "Dates given", Fact.WHO: "Names given"}
"""What is told where a shown claim is of the kind of fact that is sought."""
FEW_VOICES = 2
MAY_BE_NONE = "This may not answer the question; the statements that come closest"
DIFFERING = "Sources give different numbers"
NOT_ALL = "; part of the question is not covered"
BY_EVENT = "Your question fits {number} events; each figure below is of one of them {tail}."

REFUSALS = {
    Outcome.NOT_IN_CORPUS: "The sources here do not answer that.",
    Outcome.OFF_TOPIC: "That is not a question about platform purges, which is all that the sources here cover.",
    Outcome.UNSUPPORTED_LANGUAGE: "This bot reads English only; please ask in English.",
}


def headline_of(
    outcome: Outcome,
    claims: Sequence[Claim],
    reasons: Sequence[Reason],
    events: Sequence[Event],
    sought: Fact,
    listed: int = 0,
    *,
    of_kind: bool = False,
    unsure: bool = False,
    differ: bool = False,
    partly: bool = False,
    ignored: Sequence[str] = (),
) -> str:
    """Say in one sentence what kind of answer follows.

    Args:
        events: those that the claims are about, the leading one first.
        sought: the kind of fact that was asked for.
        listed: how many events the claims tell of one by one; 0 unless the question fits them alike.
        of_kind: whether a shown claim is of that kind.
        unsure: whether the claims may well not answer it.
        differ: whether claims give different numbers of what was asked for.
        partly: whether a part of the question, other than `ignored`, its words for a time, is not covered.
    """
    if outcome in REFUSALS:
        return REFUSALS[outcome]
    tail = _tail(claims, events)
    if listed:
        return BY_EVENT.format(number=listed, tail=tail)
    rest = f"{NOT_ALL if partly else ''}{_left_out(ignored)}"
    if unsure:
        return f"{MAY_BE_NONE}{_on(events)}{rest} {tail}."
    statuses = _borne_out(reasons, claims)
    if sought is Fact.WHY and statuses:
        return f"{REASONS[statuses].format(platform=reasons[0].platform)}{rest} {tail}."
    told = DIFFERING if differ else TOLD.get(sought) if of_kind else None
    return f"{told or _spoken(claims)}{_on(events)}{rest} {tail}."


def _left_out(ignored: Sequence[str]) -> str:
    """Say which words for a time made no difference to what is shown."""
    if not ignored:
        return ""
    words = _join([f"“{phrase}”" for phrase in ignored])
    return f"; {words} {'was' if len(ignored) == 1 else 'were'} not taken into account"


def _spoken(claims: Sequence[Claim]) -> str:
    """Say who speaks in the shown claims."""
    voices = list(dict.fromkeys(VOICES[claim.voice] for claim in claims if claim.shown))
    if voices == [VOICES[Voice.REPORTER]]:
        return "What the sources report"
    return f"What {_join(voices)} said" if len(voices) <= FEW_VOICES else "What the sources say"


def _on(events: Sequence[Event]) -> str:
    """Name the leading event and count the others."""
    if not events:
        return ""
    others = len(events) - 1
    more = f" and {others} other event{'s' * (others > 1)}" if others else ""
    return f" on “{events[0].title}”{more}"


def _borne_out(reasons: Sequence[Reason], claims: Sequence[Claim]) -> frozenset[ReasonStatus]:
    """Take what is known of the first platform's reason, as far as shown claims say it."""
    return frozenset(
        reason.status
        for reason in reasons
        if reason.platform == reasons[0].platform
        and (reason.status is ReasonStatus.NONE or any(claims[place].shown for place in reason.claims))
    )


def _tail(claims: Sequence[Claim], events: Sequence[Event]) -> str:
    cited = {source for claim in claims for source in claim.source_ids}
    count = "1 source" if len(cited) == 1 else f"{len(cited)} sources"
    when = ""
    if len(events) == 1:
        when = f"{spell_span(events[0].date, events[0].date_end)}, "
    elif not events and len({claim.date for claim in claims}) == 1 and claims[0].date:
        when = f"{spell_date(claims[0].date)}, "
    return f"({when}{count})"


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
