"""Hits -> answer: what is said, with its sources, or the refusal."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from corpus.document import Section, Voice
from corpus.source import Event, Source
from index.answer import Answer, CitedSource, Claim, Coverage, OfEvent, Outcome
from index.authorship import UNTOLD, asks_for_author, author_of
from index.catalog import SHARED
from index.claims import KEPT, Candidate, arrange, choose, choose_few
from index.counts import Counts
from index.dispute import disagreements_of, numbers_differ, other_sides, told_differently
from index.event_lists import events_asked_for
from index.facts import OF_THE_KIND
from index.headline import headline_of
from index.listing import Entry, arrange_by_event, figures_by_event
from index.occasions import untold_times
from index.premise import deed_unsaid, unsaid
from index.question import Asks, Question
from index.ranking import rank
from index.reader import Reader
from index.reading import Grounds, Wants, ground_of, wants_of
from index.reasons import NO_EXPLANATION
from index.refusal import ANSWERED_CONFIDENCE, UNSURE, heard, lacking, outcome_of, signals_of
from index.retrieve import Evidence, Hit, Terms
from index.sifting import Sifted, sift, without
from index.snapshot import Snapshot
from index.sought import Fact
from index.telling import Made, reasons_asked, shows_kind, speaker_told
from index.uncovered import not_covered


@dataclass(frozen=True, slots=True)
class Held:
    """What the asker may see, summed up: read once for all questions between two changes."""

    counts: Counts
    events: dict[str, Event]
    revision: int
    publishers: tuple[str, ...] = ()
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a question finds: hits and candidates, best first, `grounds` by passage, `links` of documents to events.

    `sifted` are the candidates that have what it demands, `author` is whoever wrote the article asked about by that.
    """

    question: Question
    terms: Terms
    hits: Sequence[Hit]
    wants: Wants
    grounds: Grounds
    candidates: Sequence[Candidate]
    sifted: Sifted
    links: Mapping[int, tuple[str, ...]]
    author: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What an answer tells: claims in their order, the statements that they are made of, and the events listed.

    `note` is a sentence on how these were picked.
    """

    claims: tuple[Claim, ...]
    chosen: Sequence[Candidate]
    of_events: tuple[OfEvent, ...] = ()
    note: str = ""


def compose(
    question: Question, terms: Terms, hits: Sequence[Hit], snapshot: Snapshot, held: Held, reader: Reader | None = None
) -> Answer:
    """Build the answer to a question from its hits; `reader` has its say on which answers, and whether one does."""
    found = _found(question, terms, hits, snapshot, reader)
    outcome, confidence = _judged(found)
    asked = events_asked_for(question, found.wants, terms, found.candidates, snapshot, held.events)
    listed: Sequence[Entry] = asked.entries
    if not listed and outcome in (Outcome.ANSWERED, Outcome.NOT_IN_CORPUS):
        listed = figures_by_event(question, found.wants, terms, found.candidates, found.grounds, snapshot, held.events)
    if listed:  # statements that each hold all that was asked for
        outcome, confidence = Outcome.ANSWERED, max(confidence, ANSWERED_CONFIDENCE)
    if outcome is not Outcome.ANSWERED:
        return refusal(question.text, outcome, confidence, held, _nearest(found, held), found.sifted.missing)
    told = (
        replace(_listed(found, listed, snapshot, ordered=bool(asked.entries)), note=asked.note)
        if listed
        else _chosen(found, snapshot, held, few=bool(found.author) or _hedged(found, confidence))
    )
    if not told.claims:
        return refusal(question.text, Outcome.NOT_IN_CORPUS, 0.0, held, _nearest(found, held))
    return _answer(found, told, confidence, snapshot, held)


def _found(question: Question, terms: Terms, hits: Sequence[Hit], snapshot: Snapshot, reader: Reader | None) -> _Found:
    wants = wants_of(question, terms, hits)
    grounds = {hit.passage.id: ground_of(hit, terms) for hit in hits}
    candidates = rank(question, wants, terms, hits, grounds, reader)
    sifted, author = sift(question, wants, terms, candidates, grounds), ""
    if candidates and asks_for_author(question):
        author = author_of(question, _sources_of(candidates[0], snapshot))
        sifted = sifted if author else without(sifted, UNTOLD)
    return _Found(
        question, terms, hits, wants, grounds, candidates, sifted,
        snapshot.event_ids([hit.passage.document_row for hit in hits]), author,
    )  # fmt: skip


def _sources_of(one: Candidate, snapshot: Snapshot) -> list[Source]:
    known = snapshot.sources([one.stored.document_row])
    return [known[name] for name in one.stored.statement.source_ids if name in known]


def _judged(found: _Found) -> tuple[Outcome, float]:
    """Say how the question ends, and how sure that it is answered."""
    signals = signals_of(found.wants, found.hits, found.candidates, found.grounds) if found.candidates else None
    if signals:
        signals = lacking(heard(signals, found.candidates), found.sifted.weight)
    return outcome_of(found.question, signals)


def _hedged(found: _Found, confidence: float) -> bool:
    """Say whether what is shown may well not answer the question."""
    return (confidence < UNSURE and not found.author) or found.sifted.unsure


def _listed(found: _Found, entries: Sequence[Entry], snapshot: Snapshot, *, ordered: bool) -> _Told:
    """Tell the figure of each event, or of events that were asked for, in the order in which these are."""
    chosen = _verified([one.candidate for one in entries], snapshot)
    links = snapshot.event_ids([one.stored.document_row for one in chosen])
    kept = [one for one in entries if one.candidate in chosen]
    claims, of_events = arrange_by_event(kept, found.terms, links, snapshot, ordered=ordered)
    return _Told(claims, chosen, of_events)


def _chosen(found: _Found, snapshot: Snapshot, held: Held, *, few: bool) -> _Told:
    """Tell what answers best, with what has to stand beside it; little where it may be no answer, or stands above."""
    candidates, own = found.sifted.candidates, _own(found, snapshot)
    if few:
        best = choose_few(candidates, own)
    else:
        best = _with_other_sides(found, choose(candidates, _needed(found, snapshot), own=own), snapshot, held)
    chosen = _verified(best, snapshot)
    links = snapshot.event_ids([one.stored.document_row for one in chosen])
    sought = found.wants.sought
    return _Told(arrange(chosen, found.terms, lambda stored: links.get(stored.document_row, ()), sought), chosen)


def _own(found: _Found, snapshot: Snapshot) -> Set[int]:
    """Tell the documents that the asker's server added, by row: it sees no other server's."""
    held = snapshot.documents_in([hit.passage.document_row for hit in found.hits])
    return {row for row, stored in held.items() if stored.scope != SHARED}


def _answer(found: _Found, told: _Told, confidence: float, snapshot: Snapshot, held: Held) -> Answer:
    question, claims = found.question, told.claims
    missing = not_covered(question, found.wants, found.terms, found.hits, found.candidates, found.grounds)
    ignored = untold_times(question, _texts(found, told)) if question.vague else ()
    partly = bool(missing) or deed_unsaid(question, found.hits)
    outcome = Outcome.PARTIAL if partly or ignored else Outcome.ANSWERED
    events = _events(claims, held)
    hedged = not told.of_events and _hedged(found, confidence)
    made, fact = _with_statements(found, told), found.wants.sought.fact
    same = _on_the_same(found, told, events) if fact is Fact.WHY else ()
    reason = () if told.of_events else reasons_asked(question, found.terms, found.wants, made, events, same)
    of_kind = shows_kind(question, found.terms, found.wants, made, untold=bool(found.sifted.notes))
    disputed = () if told.of_events else disagreements_of(claims, held.events)
    headline = headline_of(
        outcome, claims, reason, events, fact, len(told.of_events), of_kind=of_kind,
        said_by=speaker_told(question, found.wants, made), written_by=found.author, unsure=hedged,
        differ=fact is Fact.HOW_MANY and numbers_differ(claims, disputed),
        partly=partly, ignored=ignored,
    )  # fmt: skip
    return Answer(
        question=question.text,
        outcome=outcome,
        confidence=round(confidence, 4),
        headline=headline,
        claims=claims,
        reason=reason,
        disagreements=disputed,
        not_covered=(*missing, *ignored),
        sources=_cited(claims, [one.stored.document_row for one in told.chosen], snapshot),
        coverage=_coverage(held, _nearest(found, held)),
        revision=held.revision,
        by_event=told.of_events,
        unsaid=(
            *(filter(None, [told.note]) if told.of_events else (*found.sifted.missing, *found.sifted.notes)),
            *unsaid(question, found.hits, claims),
        ),
    )


def _texts(found: _Found, told: _Told) -> list[str]:
    """List what is shown, with the headers of its passages."""
    shown = [claim.text for claim in told.claims if claim.shown]
    passages = {one.stored.passage_id for one in told.chosen}
    return shown + [ground.header for place, ground in found.grounds.items() if place in passages]


def _with_statements(found: _Found, told: _Told) -> list[Made]:
    """Pair each claim with the statement that it is made of and its passage."""
    by_place = [(one.stored.document_id, one.stored.statement, one) for one in told.chosen]
    made = []
    for claim in told.claims:
        one = next(
            one
            for document_id, held, one in by_place
            if document_id == claim.document_id and held.start < claim.end <= held.end
        )
        made.append(Made(claim, one, found.grounds.get(one.stored.passage_id)))
    return made


def refusal(
    question: str, outcome: Outcome, confidence: float, held: Held, nearest: Event | None = None,
    missing: Sequence[str] = (),
) -> Answer:  # fmt: skip
    """Say that there is no answer, and what the corpus does hold.

    Args:
        nearest: the event that comes closest.
        missing: sentences on what nothing found has.
    """
    return Answer(
        question=question,
        outcome=outcome,
        confidence=round(confidence, 4),
        headline=headline_of(outcome, (), (), (), Fact.OTHER),
        claims=(),
        reason=(),
        disagreements=(),
        not_covered=(question,),
        sources=(),
        coverage=_coverage(held, nearest if outcome is Outcome.NOT_IN_CORPUS else None),
        revision=held.revision,
        unsaid=tuple(missing) if outcome is Outcome.NOT_IN_CORPUS else (),
    )


def _needed(found: _Found, snapshot: Snapshot) -> list[Candidate]:
    """Take along, where a "why" is asked, each platform's reason and, of a dossier, what those affected say to it."""
    if found.question.asks is not Asks.WHY:
        return []
    lead = found.candidates[0]
    scored = {one.stored.row: one for one in found.candidates}
    held = [
        scored.get(stored.row, Candidate(stored, 0.0, Evidence(stored, stored.text, 0.0, 0.0, 0.0)))
        for stored in snapshot.statements_of_documents([lead.stored.document_row])
    ]
    best_first = sorted(held, key=lambda one: (-one.score, one.stored.ordinal))
    stated = {
        one.stored.statement.speaker: one
        for one in reversed(best_first)
        if one.stored.statement.section is Section.REASON
    }
    denied = [
        one
        for one in best_first
        if one.stored.statement.section is Section.AFFECTED and NO_EXPLANATION.search(one.stored.text)
    ]
    reasons = sorted(stated.values(), key=lambda one: -one.score)[:2]
    return [*(reasons or _given_by_platform(found)), *denied[:1]]


def _given_by_platform(found: _Found) -> list[Candidate]:
    """Take the likeliest reason in a platform's own statements, where the lead's document lists none."""
    own = (one for one in found.sifted.candidates if one.stored.statement.voice is Voice.PLATFORM)
    return [one for one in own if one.score >= KEPT and one.fit and one.fit.kind >= OF_THE_KIND][:1]


def _with_other_sides(found: _Found, chosen: Sequence[Candidate], snapshot: Snapshot, held: Held) -> list[Candidate]:
    """Put behind each chosen statement the one found that disagrees with it."""
    sides = other_sides(chosen, found.candidates, found.links, held.events)
    lead = chosen[0]
    if found.question.asks is Asks.HOW_MANY and lead.stored.row not in sides:
        told = told_differently(lead, snapshot.statements_of_documents([lead.stored.document_row]))
        if told and told.stored.row not in {one.stored.row for one in chosen}:
            sides[lead.stored.row] = told
    return [two for one in chosen for two in (one, sides.get(one.stored.row)) if two]


def _verified(chosen: Sequence[Candidate], snapshot: Snapshot) -> list[Candidate]:
    """Keep the statements whose text is, character for character, their span of the stored document."""
    texts = snapshot.document_texts([one.stored.document_row for one in chosen])
    return [
        one
        for one in chosen
        if texts[one.stored.document_row][one.stored.statement.start : one.stored.statement.end] == one.stored.text
    ]


def _events(claims: Sequence[Claim], held: Held) -> list[Event]:
    """List the events of the shown claims: those of the best one first, then those most often concerned."""
    named = [event_id for claim in claims if claim.shown for event_id in claim.event_ids]
    lead = claims[0].event_ids
    order = sorted(dict.fromkeys(named), key=lambda one: (one not in lead, -named.count(one), named.index(one)))
    return [held.events[event_id] for event_id in order if event_id in held.events]


def _on_the_same(found: _Found, told: _Told, events: Sequence[Event]) -> list[str]:
    """List what is found on the first event, with its title, or else in the article of the first claim."""
    if not events:
        lead = told.claims[0].document_id
        return [one.stored.text for one in found.candidates if one.stored.document_id == lead]
    of_event = [
        one.stored.text for one in found.candidates if events[0].id in found.links.get(one.stored.document_row, ())
    ]
    return [events[0].title, *of_event]


def _cited(claims: Sequence[Claim], rows: Sequence[int], snapshot: Snapshot) -> tuple[CitedSource, ...]:
    known: dict[str, Source] = snapshot.sources(rows)
    paths = {stored.id: stored.path for stored in snapshot.documents_in(rows).values()}
    found: dict[str, CitedSource] = {}
    for claim in claims:
        for source_id in claim.source_ids:
            found.setdefault(source_id, CitedSource(known[source_id], paths.get(claim.document_id)))
    return tuple(found.values())


def _nearest(found: _Found, held: Held) -> Event | None:
    return next(
        (
            held.events[event_id]
            for hit in sorted(found.hits, key=lambda hit: -hit.cosine)
            for event_id in found.links.get(hit.passage.document_row, ())
            if event_id in held.events
        ),
        None,
    )


def _coverage(held: Held, nearest: Event | None) -> Coverage:
    return Coverage(
        documents=held.counts.documents,
        sources=held.counts.sources,
        first=held.counts.first,
        last=held.counts.last,
        nearest_event=nearest.id if nearest else None,
        nearest_title=nearest.title if nearest else None,
        vectors_pending=held.counts.vectors_pending,
        publishers=held.publishers,
        changed=held.changed,
    )
