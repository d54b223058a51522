"""The headline: one sentence of ours from a closed table, asserting nothing that the claims do not show."""

from collections.abc import Sequence

from corpus.document import Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Outcome, Reason
from index.dates import spell_date, spell_span
from index.sought import Fact

DISPUTED = "those affected dispute it or say they got none"
SPECIFIC, GENERAL, DENIED = ReasonStatus.SPECIFIC, ReasonStatus.GENERAL, ReasonStatus.DENIED_BY_AFFECTED
GAVE_REASON = " gave a reason"
REASONS = {
    frozenset({SPECIFIC}): f"{{platform}}{GAVE_REASON}{{on}}",
    frozenset({GENERAL}): "{platform} gave a general reason, not one about these accounts,{on}",
    frozenset({SPECIFIC, GENERAL}): "{platform} gave a reason{on}",
    frozenset({SPECIFIC, DENIED}): "{platform} gave a reason{on}; " + DISPUTED,
    frozenset({GENERAL, DENIED}): "{platform} gave a general reason{on}; " + DISPUTED,
    frozenset({SPECIFIC, GENERAL, DENIED}): "{platform} gave a reason{on}; " + DISPUTED,
    frozenset({ReasonStatus.NONE}): "No source here states a reason by {platform}{on}",
}
IN_CASE = " in the case of “{title}”"
"""The event whose platform is said to have given a reason; others that are shown are counted behind."""

VOICES = {
    Voice.PLATFORM: "the platform",
    Voice.AFFECTED: "those affected",
    Voice.CRITIC: "critics",
    Voice.DEFENDER: "defenders",
    Voice.REPORTER: "reporters",
}

TOLD = {Fact.HOW_MANY: "Numbers given", Fact.WHEN: "Dates given", Fact.WHO: "Names given"}
"""What is told where a shown claim is of the kind of fact that is sought."""
SAID_BY, WRITTEN_BY = "Said by {speaker}", "Written by {author}"
FEW_VOICES = 2
FEW_EVENTS = 2
CLAIM_SOURCES = 5
COMPILED_SOURCES = 3
"""How many sources of one claim are named, and of a line that sums up a dossier: those have dozens."""
MAY_BE_NONE = "This may not answer the question; the statements that come closest"
DIFFERING = "Sources give different numbers"
NOT_ALL = "; part of the question is not covered"
EACH_EVENT = "{events} your question, with a statement on each {tail}."
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
    said_by: str = "",
    written_by: str = "",
    unsure: bool = False,
    differ: bool = False,
    partly: bool = False,
    ignored: Sequence[str] = (),
) -> str:
    """Say in one sentence what kind of answer follows.

    Args:
        events: those that the claims are about, the leading one first.
        reasons: those that a "why" asks for, all on the first event, the likeliest platform first.
        sought: the kind of fact that was asked for.
        listed: how many events the claims tell of one by one; 0 unless the question fits them alike.
        of_kind: whether a shown claim is of that kind.
        said_by: who makes the best claim, where that may be what is asked for.
        written_by: who wrote the article that the best claim stands in, where that is asked for.
        unsure: whether the claims may well not answer it.
        differ: whether claims give different numbers of what was asked for.
        partly: whether a part of the question, other than `ignored`, its words for a time, is not covered.
    """
    if outcome in REFUSALS:
        return REFUSALS[outcome]
    tail = _tail(claims, events)
    if listed:
        fitting = "1 event that fits" if listed == 1 else f"{listed} events that fit"
        return (BY_EVENT if sought is Fact.HOW_MANY else EACH_EVENT).format(number=listed, events=fitting, tail=tail)
    rest = f"{NOT_ALL if partly else ''}{_left_out(ignored)}"
    if unsure:
        return f"{MAY_BE_NONE}{_on(events)}{rest} {tail}."
    reason = _reason_told(reasons, claims, events) if sought is Fact.WHY else ""
    if reason:
        return f"{reason}{rest} {_tail_of_first(claims, events)}."
    told = DIFFERING if differ else TOLD.get(sought) if of_kind else None
    told = SAID_BY.format(speaker=said_by) if said_by else told
    told = WRITTEN_BY.format(author=written_by) if written_by else told
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


def _reason_told(reasons: Sequence[Reason], claims: Sequence[Claim], events: Sequence[Event]) -> str:
    """Say what is known of the first platform's reason, and of those of which the same is known."""
    borne = {platform: _borne_out(platform, reasons, claims) for platform in dict.fromkeys(r.platform for r in reasons)}
    statuses = next(iter(borne.values()), frozenset())
    if statuses not in REASONS:  # a denial alone is no answer
        return ""
    alike = [platform for platform in borne if borne[platform] == statuses]
    on = IN_CASE.format(title=events[0].title) if events else ""
    return REASONS[statuses].format(platform=_join(alike), on=on).removesuffix(",")


def _borne_out(platform: str, reasons: Sequence[Reason], claims: Sequence[Claim]) -> frozenset[ReasonStatus]:
    """Take what is known of a platform's reason, as far as shown claims say it."""
    return frozenset(
        reason.status
        for reason in reasons
        if reason.platform == platform
        and (reason.status is ReasonStatus.NONE or any(claims[place].shown for place in reason.claims))
    )


def sources_named(claim: Claim) -> tuple[str, ...]:
    """Choose the sources of a claim that are named; the rest are counted."""
    return claim.source_ids[: COMPILED_SOURCES if claim.compiled else CLAIM_SOURCES]


def _tail(claims: Sequence[Claim], events: Sequence[Event]) -> str:
    """Say when it was, if that is one time, and how many sources are listed below."""
    shown = [claim for claim in claims if claim.shown]
    when = ""
    if len(events) == 1:
        when = f"{spell_span(events[0].date, events[0].date_end)}, "
    elif not events and len({claim.date for claim in shown}) == 1 and shown[0].date:
        when = f"{spell_date(shown[0].date)}, "
    return f"({when}{_sources(claims)})"


def _tail_of_first(claims: Sequence[Claim], events: Sequence[Event]) -> str:
    """Say the same where only the first event is spoken of."""
    if len(events) < FEW_EVENTS:
        return _tail(claims, events)
    return f"({spell_span(events[0].date, events[0].date_end)}; {_sources(claims)} on {len(events)} events)"


def _sources(claims: Sequence[Claim]) -> str:
    cited = {source for claim in claims if claim.shown for source in sources_named(claim)}
    return "1 source" if len(cited) == 1 else f"{len(cited)} sources"


def _join(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
