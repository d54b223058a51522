"""Statements chosen for an answer -> the other side of what they say, and which of them disagree."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from corpus.document import Section
from corpus.source import Event
from index.answer import Claim, Disagreement
from index.claims import Candidate
from index.disagree import On, Said, disagree
from index.figures import TELLING, counts_in, figures_in
from index.retrieve import Evidence
from index.stored import StoredStatement

LEADS, OTHERS = 3, 2
"""For how many of the chosen statements, the best, the other side is looked for, and how many are taken along."""
NEAR = 0.55
"""The share of the best score that the other side must have, to be on what was asked."""
ABOUT = {
    On.FIGURES: "The numbers differ",
    On.DENIAL: "One side denies what the other says",
    On.REASONS: "The reasons given differ",
}

Links = Mapping[int, tuple[str, ...]]


def other_sides(
    chosen: Sequence[Candidate], candidates: Sequence[Candidate], links: Links, events: Mapping[str, Event]
) -> dict[int, Candidate]:
    """Find statements that disagree with chosen ones, by the row of the one that each contradicts."""
    leads = [(one, said_of(one.stored, links, events)) for one in chosen[:LEADS]]
    taken = {one.stored.row for one in chosen}
    found: dict[int, Candidate] = {}
    for one in candidates:
        if one.score < NEAR * candidates[0].score or len(found) == OTHERS:  # candidates come best first
            break
        if one.stored.row in taken:
            continue
        there = said_of(one.stored, links, events)
        for lead, told in leads:
            if lead.stored.row not in found and disagree(told, there):
                found[lead.stored.row] = one
                break
    return found


def told_differently(lead: Candidate, statements: Sequence[StoredStatement]) -> Candidate | None:
    """Find the line of the leading statement's own dossier that sets its figure against another one."""
    told = figures_in(lead.stored.text)
    for stored in statements:
        if stored.statement.section is not Section.DISAGREEMENT or stored.document_row != lead.stored.document_row:
            continue
        for other in figures_in(stored.text):
            if any(one.low <= other.low and other.high <= one.high and one.things & other.things for one in told):
                return Candidate(stored, lead.score, Evidence(stored, stored.text, 0.0, 0.0, 0.0))
    return None


def disagreements_of(claims: Sequence[Claim], events: Mapping[str, Event]) -> tuple[Disagreement, ...]:
    """List what claims disagree on: first those that tell of a disagreement by themselves, then those that differ."""
    told: dict[str, list[int]] = {}
    for place, claim in enumerate(claims):
        if claim.section is Section.DISAGREEMENT:
            about = events[claim.event_ids[0]].title if claim.event_ids else claim.document_id
            told.setdefault(about, []).append(place)
    differing = [(ABOUT[on], places) for on, places in _clusters([_said(claim, events) for claim in claims])]
    return tuple(Disagreement(about, tuple(places)) for about, places in [*told.items(), *differing])


def numbers_differ(claims: Sequence[Claim], disputed: Sequence[Disagreement]) -> bool:
    """Say whether shown claims give different numbers, or one tells that sources do of the first one's."""
    for one in disputed:
        shown = [claims[place] for place in one.claims if claims[place].shown]
        if one.about == ABOUT[On.FIGURES] and len(shown) > 1:
            return True
        if one.about not in ABOUT.values() and any(_tells_others(claim.text, claims[0].text) for claim in shown):
            return True
    return False


def _tells_others(text: str, lead: str) -> bool:
    """Say whether a line on a disagreement sets a number that the leading claim gives against another."""
    told, given = counts_in(text), [one for one in counts_in(lead) if one.low >= TELLING]
    same = any(one.may_equal(other) for one in given for other in told)
    return same and len({(one.low, one.high) for one in told}) > 1


def _clusters(told: Sequence[Said]) -> list[tuple[On, list[int]]]:
    """Put claims that differ on one thing together, each once."""
    clusters: list[tuple[On, list[int]]] = []
    for (n, one), (m, other) in combinations(enumerate(told), 2):
        on = disagree(one, other)
        if on is None:
            continue
        known = next((places for kind, places in clusters if kind is on and {n, m} & set(places)), None)
        if known is None:
            clusters.append((on, [n, m]))
        else:
            known.extend(place for place in (n, m) if place not in known)
    return clusters


def said_of(stored: StoredStatement, links: Links, events: Mapping[str, Event]) -> Said:
    """Take from a stored statement what matters for whether others disagree with it."""
    statement, ids = stored.statement, links.get(stored.document_row, ())
    return Said(
        stored.text, statement.speaker, statement.voice, frozenset(statement.source_ids),
        frozenset([*ids, stored.document_id]), _titles(ids, events), (statement.date or "")[:7],
    )  # fmt: skip


def _said(claim: Claim, events: Mapping[str, Event]) -> Said:
    return Said(
        claim.text, claim.speaker, claim.voice, frozenset(claim.source_ids),
        frozenset([*claim.event_ids, claim.document_id]), _titles(claim.event_ids, events), (claim.date or "")[:7],
    )  # fmt: skip


def _titles(ids: Sequence[str], events: Mapping[str, Event]) -> str:
    return " ".join(events[name].title for name in ids if name in events)
