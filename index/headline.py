"""The headline: one sentence of ours from a closed table, asserting nothing that the claims do not show."""

from collections.abc import Sequence

from corpus.document import Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Outcome, Reason
from index.dates import spell_date, spell_span

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
    asks_why: bool,
) -> str:
    """Say in one sentence what kind of answer follows.

    Args:
        events: those that the claims are about, the leading one first.
        asks_why: whether the platform's reason is what was asked for.
    """
    if outcome in REFUSALS:
        return REFUSALS[outcome]
    tail = _tail(claims, events)
    statuses = _borne_out(reasons, claims)
    if asks_why and statuses:
        return f"{REASONS[statuses].format(platform=reasons[0].platform)} {tail}."
    voices = list(dict.fromkeys(VOICES[claim.voice] for claim in claims if claim.shown))
    about = f" on “{events[0].title}”" if len(events) == 1 else f" on {len(events)} events" if events else ""
    who = f"What {_join(voices)} said" if voices != [VOICES[Voice.REPORTER]] else "What the sources report"
    return f"{who}{about} {tail}."


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
