"""Answer -> Wording: the words of a reply, in order, plain, for every surface alike."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.attribution import (
    Line,
    SourceLine,
    count,
    line_of,
    listed,
    passage_of,
    source_line,
)
from bot.escape import squeeze
from bot.limits import clip
from corpus.document import Voice
from corpus.source import ReasonStatus
from index.answer import Answer, Coverage, Outcome, Reason
from index.dates import spell_date, spell_span
from index.headline import DIFFERING, GAVE_REASON, MAY_BE_NONE, sources_named
from index.question import Asks, understand

HEADINGS = {
    Voice.PLATFORM: "The platform",
    Voice.AFFECTED: "Those affected",
    Voice.CRITIC: "Critics",
    Voice.DEFENDER: "Defenders",
    Voice.REPORTER: "Reporters",
}
STATUSES = {
    ReasonStatus.SPECIFIC: "a reason about these accounts",
    ReasonStatus.GENERAL: "a general policy statement, not about these accounts",
    ReasonStatus.DENIED_BY_AFFECTED: "those affected dispute it or say they got none",
    ReasonStatus.NONE: "no source here states one",
}
HAPPENED = re.compile(
    r"\bwhat (?:has |had |all |else )?(?:happen(?:ed|s|ing)|went on)\b"
    r"|\bwhat(?:['’]s| is| was) (?:happening|going on)\b"
    r"|^(?:please |can you |could you )?(?:tell (?:me|us) about|describe|summari[sz]e|sum up)\b",
    re.IGNORECASE,
)
"""A question for all that is known, of which the platform's reason is a part."""
PUBLISHERS = 4
PUBLISHER_UNITS = 60
IN_OTHER_WORDS = (
    "Bitte auf Englisch fragen. · Veuillez demander en anglais. · Pregunta en inglés, por favor. · Pergunte em inglês,"
    " por favor. · Chiedi in inglese, per favore. · Пожалуйста, спросите по-английски. · 请用英语提问。 ·"
    " 英語で質問してください。 · يرجى السؤال بالإنجليزية."
)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims under one heading; `note` says what they are about."""

    heading: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A reply in parts, in the order in which they are read. Empty parts are left out.

    `reasons` pairs a platform with the status of its stated reason, in words; they come last if `reasons_last`.
    """

    headline: str
    paragraphs: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    more: str
    not_covered: str
    sources: tuple[SourceLine, ...]
    foot: str
    reasons_last: bool = False


def word(answer: Answer, most: int | None = None) -> Wording:
    """Put an answer into words.

    Args:
        answer: its spans have been verified.
        most: how many of its shown claims to keep, from the first; all if left out.
    """
    foot = _foot(answer.coverage, answer.revision)
    if answer.outcome not in (Outcome.ANSWERED, Outcome.PARTIAL):
        if answer.outcome is Outcome.NOT_IN_CORPUS:
            foot = _state(answer.coverage, answer.revision)  # what is held stands above it
        return Wording(squeeze(answer.headline), tuple(_refusal(answer)), (), (), "", "", (), foot)
    shown = [place for place, claim in enumerate(answer.claims) if claim.shown][:most]
    asks_why = _asks_why(answer.question)
    guessed = answer.headline.startswith(MAY_BE_NONE)  # whose reason, where the events are guessed?
    reasons = answer.reason if not guessed and (asks_why or HAPPENED.search(answer.question)) else ()
    told = [one for one in reasons if one.status is ReasonStatus.NONE or {*one.claims} & {*shown}]
    if asks_why and {one.status for one in told} == {ReasonStatus.SPECIFIC} and GAVE_REASON in answer.headline:
        told = []  # the headline says all that is known
    return Wording(
        headline=squeeze(answer.headline),
        paragraphs=tuple(squeeze(sentence) for sentence in answer.unsaid),
        reasons=tuple(say_reasons(told)),
        groups=tuple(_by_event(answer, shown) if answer.by_event else _groups(answer, shown)),
        more=_more(answer, shown),
        not_covered=squeeze("; ".join(part for part in answer.not_covered if f"“{part}”" not in answer.headline)),
        sources=tuple(_sources(answer, shown)),
        foot=foot,
        reasons_last=not asks_why,
    )


def shown_count(answer: Answer) -> int:
    """Count the claims that are shown before "Show more"."""
    return sum(claim.shown for claim in answer.claims)


def _more(answer: Answer, shown: Sequence[int]) -> str:
    """Count what waits behind "Show more": events where the answer goes by them, else statements."""
    events = sum(not set(told.claims) & set(shown) for told in answer.by_event)
    statements = len(answer.claims) - len(shown)
    if events:
        return f"and {count(events, 'more event')}"
    return f"and {count(statements, 'more statement')}" if statements else ""


def _refusal(answer: Answer) -> Iterable[str]:
    coverage = answer.coverage
    if answer.outcome is Outcome.UNSUPPORTED_LANGUAGE:
        yield "My sources, and the model that searches them, are in English. Plain words do; names stay as they are."
        yield IN_OTHER_WORDS
    elif answer.outcome is Outcome.OFF_TOPIC:
        yield (
            "I answer questions about purges of accounts on online platforms: who was removed, what reason"
            " the platform gave, and what those affected, critics and defenders said."
        )
        yield "Try, for example: why were Occupy accounts suspended?"
    else:
        yield from map(squeeze, answer.unsaid)
        yield f"I hold {_holdings(coverage)}, and I say only what they say."
        if coverage.publishers:
            yield f"They were published by {_publishers(coverage.publishers)}."
        if coverage.nearest_title:
            yield f"The nearest event that I hold: {squeeze(coverage.nearest_title)}."
        yield (
            "Try naming the platform, a person or @handle, and the month or year; or look through the timeline of the"
            " purges that I hold."
        )


def say_reasons(reasons: Sequence[Reason]) -> Iterable[tuple[str, str]]:
    """Join the statuses of each platform, then the platforms of which the same is known."""
    known: dict[str, list[ReasonStatus]] = {}
    for reason in reasons:
        known.setdefault(reason.platform, []).append(reason.status)
    alike: dict[str, list[str]] = {}
    for platform, statuses in known.items():
        alike.setdefault(_say_statuses(statuses), []).append(platform)
    for status, platforms in alike.items():
        yield squeeze(listed(platforms, len(platforms))), status


def _say_statuses(statuses: Sequence[ReasonStatus]) -> str:
    words = {status: STATUSES[status] for status in statuses}
    if ReasonStatus.SPECIFIC in words and ReasonStatus.GENERAL in words:
        words[ReasonStatus.GENERAL] = "a general policy statement as well"
    return "; ".join(words.values())


def _asks_why(question: str) -> bool:
    return understand(question).asks is Asks.WHY


def _groups(answer: Answer, shown: Sequence[int]) -> Iterable[Group]:
    disputed = _disputed(answer, shown)
    apart = {place for _about, places in disputed for place in places}
    rest = [place for place in shown if place not in apart]
    by_voice = [
        Group(HEADINGS[voice], "", tuple(line_of(answer, place) for place in places))
        for voice, places in groupby(rest, key=lambda place: answer.claims[place].voice)
    ]
    differing = [
        Group(
            "" if number else "Where sources disagree",
            "" if about.casefold() in answer.headline.casefold() else about,  # said above already
            tuple(line_of(answer, place) for place in places),
        )
        for number, (about, places) in enumerate(disputed)
    ]
    differing_first = answer.headline.startswith(DIFFERING)
    leads = differing_first or any(shown[0] in places for _about, places in disputed)  # what was asked for stays first
    yield from [*differing, *by_voice] if leads else [*by_voice, *differing]


def _by_event(answer: Answer, shown: Sequence[int]) -> Iterable[Group]:
    """Put each event's title and date above what is said of it."""
    for number, told in enumerate(answer.by_event):
        places = [place for place in told.claims if place in shown]
        date = spell_span(told.date, told.date_end) if told.date else ""
        note = " · ".join(part for part in (date, squeeze(told.title or "")) if part)
        if places:
            yield Group("" if number else "Event by event", note, tuple(line_of(answer, place) for place in places))


def _disputed(answer: Answer, shown: Sequence[int]) -> list[tuple[str, list[int]]]:
    """Pair what is in dispute with its shown claims, each named once.

    One claim left over from several stays in its group; one that tells of a disagreement by itself does not.
    """
    free = set(shown)
    found = []
    for disagreement in answer.disagreements:
        places = [place for place in disagreement.claims if place in free]
        if len(places) > 1 or len(places) == len(disagreement.claims) == 1:
            free.difference_update(places)
            found.append((squeeze(disagreement.about), places))
    return found


def _sources(answer: Answer, shown: Sequence[int]) -> Iterable[SourceLine]:
    claims = [answer.claims[place] for place in shown]
    cited = {source_id for claim in claims for source_id in sources_named(claim)}
    for number, entry in enumerate(answer.sources, start=1):
        if entry.source.id in cited:
            yield source_line(number, entry, passage_of(entry.source.id, claims))


def _holdings(coverage: Coverage) -> str:
    held = f"{count(coverage.documents, 'document')} from {count(coverage.sources, 'source')}"
    return f"{held}, {spell_span(coverage.first, coverage.last)}" if coverage.first else held


def _publishers(names: Sequence[str]) -> str:
    """Name the publishers with most sources and count the rest."""
    named = [clip(squeeze(name), PUBLISHER_UNITS) for name in names[:PUBLISHERS]]
    rest = len(names) - len(named)
    return f"{', '.join(named)} and {rest:,} more" if rest else listed(named, PUBLISHERS)


def _foot(coverage: Coverage, revision: int) -> str:
    parts = [count(coverage.documents, "document"), count(coverage.sources, "source")]
    if coverage.first:
        parts.append(spell_span(coverage.first, coverage.last))
    if coverage.vectors_pending:
        parts.append(f"{count(coverage.vectors_pending, 'passage')} not yet searchable by meaning")
    return " · ".join([*parts, _state(coverage, revision)])


def _state(coverage: Coverage, revision: int) -> str:
    """Say when the sources were changed last, and how often they were."""
    changed = f"last change {spell_date(coverage.changed[:10])} · " if coverage.changed else ""
    return f"{changed}revision {revision}"
