"""Places that an answer cited -> what may be shown of them now: claims, their passages, their sources."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.answer import CitedSource, Claim
from index.claims import claim_of
from index.snapshot import Snapshot
from index.stored import StoredPassage, StoredStatement


class Place(Protocol):
    """Where a claim stands in a document."""

    @property
    def document_id(self) -> str:
        """The document."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """One past the last."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A claim as it stands now, and the passage around it.

    Invariant: `passage.text[claim.start - passage.start : claim.end - passage.start] == claim.text`.
    """

    claim: Claim
    passage: StoredPassage
    title: str | None


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Claims of several documents; `recalled` has None for a place at which nothing may be shown any more.

    `sources` are those that the claims cite, in order of first use.
    """

    recalled: tuple[Recalled | None, ...]
    sources: tuple[CitedSource, ...]


def recall(places: Iterable[Place], snapshot: Snapshot, scopes: Sequence[str]) -> Excerpts:
    """Look again at places that were cited earlier; the caller checks that the words are the same."""
    places = list(places)
    wanted = {place.document_id for place in places}
    documents = snapshot.documents_named(sorted(wanted), scopes)
    rows = {stored.id: stored.row for stored in documents}
    held = _by_row(snapshot.statements_of_documents(list(rows.values())))
    found = [(place, _around(place, held.get(rows.get(place.document_id, -1), []))) for place in places]
    passages = snapshot.passages([stored.passage_id for _, stored in found if stored], scopes)
    events = snapshot.event_ids(list(rows.values()))
    titles = {stored.row: stored.title for stored in documents}
    recalled = [
        Recalled(_cut(stored, place, events), passages[stored.passage_id], titles.get(stored.document_row))
        if stored and stored.passage_id in passages
        else None
        for place, stored in found
    ]
    return Excerpts(tuple(recalled), cite([one.claim for one in recalled if one], snapshot, scopes))


def cite(claims: Iterable[Claim], snapshot: Snapshot, scopes: Sequence[str]) -> tuple[CitedSource, ...]:
    """Read the sources that claims cite, in order of first use."""
    claims = list(claims)
    wanted = {claim.document_id for claim in claims}
    documents = snapshot.documents_named(sorted(wanted), scopes)
    sources = snapshot.sources_by_document([stored.row for stored in documents])
    held = {
        source.id: CitedSource(source, stored.path) for stored in documents for source in sources.get(stored.row, ())
    }
    ids = dict.fromkeys(source_id for claim in claims for source_id in claim.source_ids)
    return tuple(held[source_id] for source_id in ids if source_id in held)


def _by_row(statements: Iterable[StoredStatement]) -> dict[int, list[StoredStatement]]:
    found: dict[int, list[StoredStatement]] = {}
    for stored in statements:
        found.setdefault(stored.document_row, []).append(stored)
    return found


def _around(place: Place, statements: Iterable[StoredStatement]) -> StoredStatement | None:
    """Find the statement that a place lies in."""
    held = ((one, one.statement) for one in statements)
    return next((one for one, s in held if s.start <= place.start < place.end <= s.end), None)


def _cut(stored: StoredStatement, place: Place, events: dict[int, tuple[str, ...]]) -> Claim:
    """Make a claim of the part of a statement that was cited."""
    claim = claim_of(stored, events.get(stored.document_row, ()))
    return replace(
        claim,
        text=claim.text[place.start - claim.start : place.end - claim.start],
        start=place.start,
        end=place.end,
        cut_before=place.start > claim.start,
        cut_after=place.end < claim.end,
    )
