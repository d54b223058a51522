"""A question that fits several events -> the figure of each, one statement an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Section
from corpus.source import Event
from index.answer import Claim, OfEvent
from index.catalog import SHARED
from index.claims import Candidate, cut_to_size
from index.figures import TELLING, UNBOUNDED, Figure, counted_in, counts_in, figures_in
from index.lexical import stem_set, stems
from index.question import Asks, Question
from index.reading import MONTHS, PLATFORMS, Ground, Grounds, Wants, platforms_of
from index.retrieve import Evidence, Terms
from index.snapshot import Snapshot
from index.stored import StoredStatement
from index.synonyms import alike

EVENTS = 100
"""Of how many events, the newest, all statements are looked through."""
LEAST, MOST = 2, 20
"""From how many events on a question is one for a list, and how many are listed."""
ASKING = frozenset(stems("many much number count total take put get altogether overall"))
"""Words that ask and need stand in no answer."""
BESIDE = 4
"""Words before a number, and a few more behind it, in which the verb may stand."""
EARLY = 8
"""Words before a number that a statement is chiefly about."""
RESTORED = alike("restor") | {"restor"}
VAGUE = 3.0
"""A number is vague where what it may mean at most is so many times what it may mean at least."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The statement that tells one event's figure best; `event` is None for an article that is linked to none."""

    candidate: Candidate
    event: Event | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question about several events wants, in stems; `around`, `itself` and `acts` with those of one meaning.

    Each of `itself` must stand in the statement, each of `around` in it or in its header; one of `acts`, what was
    done, right beside the number. `named` are the names, `restored`: accounts that came back are asked for.
    """

    things: frozenset[str]
    platforms: frozenset[str]
    around: tuple[frozenset[str], ...]
    itself: tuple[frozenset[str], ...]
    acts: frozenset[str]
    named: frozenset[str]
    restored: bool


def figures_by_event(
    question: Question, wants: Wants, terms: Terms, candidates: Sequence[Candidate], grounds: Grounds,
    snapshot: Snapshot, events: Mapping[str, Event],
) -> list[Entry]:  # fmt: skip
    """List the figure asked for event by event, best first, where the question fits several alike.

    Args:
        candidates: statements found, best first.
        events: those that the asker may see, by id.

    Returns:
        Nothing where the question asks for no figure, or for that of one event: then fewer than `LEAST` fit.
    """
    if not _may_fit_several(question, wants):
        return []
    asked = _asked_by(wants)
    found = {one.stored.row: one for one in candidates}
    more = _of_dossiers(candidates, wants, snapshot, events)
    fitting = [one for one in (*(one.stored for one in candidates), *more) if _counts(one, asked)]
    statements = {one.row: one for one in fitting}
    links = snapshot.event_ids([one.document_row for one in fitting])
    best: dict[str, tuple[float, Entry]] = {}
    for row, stored in statements.items():
        event = next((events[name] for name in links.get(stored.document_row, ()) if name in events), None)
        score = _fit(stored, asked, _header(event, grounds.get(stored.passage_id)), event)
        key = event.id if event else stored.document_id
        if score > best.get(key, (0.0, None))[0]:
            best[key] = (score, Entry(found.get(row) or unfound(stored, terms), event))
    ranked = _told_once([entry for _, entry in sorted(best.values(), key=lambda scored: -scored[0])], wants)[:MOST]
    return ranked if len(ranked) >= LEAST else []


def _told_once(entries: Sequence[Entry], wants: Wants) -> list[Entry]:
    """Leave out what repeats the figure of a better entry: one event's dossier may tell of another event."""
    seen: set[tuple[float, float]] = set()
    kept = []
    for entry in entries:
        told = {
            (figure.low, figure.high)
            for figure in figures_in(entry.candidate.stored.text)
            if figure.things & wants.sought.things and figure.low >= TELLING
        }
        if not told & seen:
            kept.append(entry)
        seen |= told
    return kept


def arrange_by_event(
    entries: Sequence[Entry], terms: Terms, links: Mapping[int, tuple[str, ...]], snapshot: Snapshot,
    *, ordered: bool = False,
) -> tuple[tuple[Claim, ...], tuple[OfEvent, ...]]:  # fmt: skip
    """Turn entries into claims, newest event first, those that wait last; the best find a place on the first screen.

    Args:
        ordered: whether the entries stand in the order in which they are to be told.
    """
    claims = cut_to_size([one.candidate for one in entries], terms, lambda stored: links.get(stored.document_row, ()))
    rows = [one.candidate.stored.document_row for one in entries]
    titles, sources = snapshot.documents_in(rows), snapshot.sources(rows)
    pairs = []
    for claim, entry in zip(claims, entries, strict=True):
        document = titles[entry.candidate.stored.document_row]
        published = next((sources[name].published for name in claim.source_ids if name in sources), None)
        event = entry.event
        of = OfEvent(event.id, event.title, event.date, event.date_end, ()) if event else None
        pairs.append((claim, of or OfEvent(None, document.title, claim.date or published, None, ())))
    newest = pairs if ordered else sorted(pairs, key=lambda pair: pair[1].date or "", reverse=True)
    shown_first = sorted(newest, key=lambda pair: not pair[0].shown)
    told = tuple(replace(of, claims=(place,)) for place, (_, of) in enumerate(shown_first))
    return tuple(claim for claim, _ in shown_first), told


def _may_fit_several(question: Question, wants: Wants) -> bool:
    singled_out = question.handles or question.quoted or set(question.numbers) - wants.years or question.earlier
    return question.asks is Asks.HOW_MANY and bool(wants.sought.things) and not wants.sought.money and not singled_out


def _of_dossiers(
    candidates: Sequence[Candidate], wants: Wants, snapshot: Snapshot, events: Mapping[str, Event]
) -> list[StoredStatement]:
    """Read what the dossiers on the platforms asked about say, found or not; only those that the asker may see."""
    fitting = sorted(
        (event.date, row)
        for event, row in dossier_events(candidates, snapshot, events)
        if wants.platforms <= set(event.platforms)
    )
    return snapshot.statements_of_documents([row for _, row in fitting[-EVENTS:]])


def dossier_events(
    candidates: Sequence[Candidate], snapshot: Snapshot, events: Mapping[str, Event]
) -> list[tuple[Event, int]]:
    """List the events that the asker may see, each with the row of its dossier; `candidates` tell his scopes."""
    places = snapshot.documents_in([one.stored.document_row for one in candidates]).values()
    scopes = tuple(sorted({SHARED, *(place.scope for place in places)}))
    held = snapshot.kept("events of dossiers", [scopes], lambda _keys: {scopes: _events_of_dossiers(snapshot, scopes)})
    return [(event, row) for event, row in held[scopes] if events.get(event.id) == event]


def _events_of_dossiers(snapshot: Snapshot, scopes: Sequence[str]) -> list[tuple[Event, int]]:
    """List the events of the dossiers that some scopes see, each with the row of its dossier."""
    rows = [held.row for held in snapshot.dossiers(scopes)]
    events = {event.id: event for event in snapshot.events(rows)}
    links = snapshot.event_ids(rows)
    return [(events[name], row) for row, names in links.items() for name in names if name in events]


def _header(event: Event | None, ground: Ground | None) -> str:
    if event:
        return f"{event.title} {' '.join(event.platforms)} {event.date}"
    return ground.header if ground else ""


def unfound(stored: StoredStatement, terms: Terms) -> Candidate:
    """Take a statement that was not found as a candidate."""
    held = terms.coverage(stored.text)
    return Candidate(stored, 0.0, Evidence(stored, stored.text, 0.0, held, held))


def _asked_by(wants: Wants) -> Asked:
    """Take from what a question wants what each statement is held against."""
    things = wants.sought.things
    content = (wants.content | things | (MONTHS & wants.weights.keys())) - PLATFORMS.keys() - ASKING
    return Asked(
        things=things,
        platforms=wants.platforms,
        around=tuple(_meant(stem) for stem in wants.names | wants.years),
        itself=tuple(_meant(stem) for stem in content - wants.names),
        acts=frozenset().union(*map(_meant, wants.content - wants.names - things - PLATFORMS.keys() - ASKING)),
        named=wants.names,
        restored=bool(wants.content & RESTORED),
    )


def _meant(stem: str) -> frozenset[str]:
    return alike(stem) | {stem}


def _counts(stored: StoredStatement, asked: Asked) -> bool:
    """Say whether a statement counts what is asked for, and tells of no disagreement about it."""
    return not asked.things.isdisjoint(counted_in(stored.text)) and (
        stored.statement.section is not Section.DISAGREEMENT
    )


def _fit(stored: StoredStatement, asked: Asked, header: str, event: Event | None) -> float:
    """Say how well a statement tells the figure that is asked for of its event; 0 where it does not."""
    text, own = stored.text, stem_set(stored.text)
    if not _speaks_of(asked, own, stem_set(header)) or (own & RESTORED and not asked.restored):
        return 0.0
    told = [one for one in counts_in(text) if one.things & asked.things and not _is_of_other(one, asked)]
    if not told:
        return 0.0
    acts = asked.acts.union(*map(_meant, asked.things - told[0].things - asked.named))
    if acts and not any(_beside(figure, acts, text) for figure in told):
        return 0.0
    whole = event is not None and any(_is_whole(figure, event) for figure in told)
    return (
        1.0 + whole + 0.8 * (stored.statement.section in (Section.HAPPENED, None)) + 0.2 * (len(told) == 1)
        + 0.3 * any(_is_definite(figure) for figure in told)
        + 0.3 * any(len(text[: figure.start].split()) <= EARLY for figure in told)
        + 0.3 * (asked.platforms <= platforms_of(own)) - 0.005 * len(text.split())
    )  # fmt: skip


def _speaks_of(asked: Asked, own: frozenset[str], head: frozenset[str]) -> bool:
    """Say whether a statement has all that is asked about; names, year and platform may stand in its header."""
    if not asked.platforms <= (platforms_of(own) or platforms_of(head)):
        return False
    around = all(not (meant.isdisjoint(own) and meant.isdisjoint(head)) for meant in asked.around)
    return around and not any(meant.isdisjoint(own) for meant in asked.itself)


def _is_of_other(figure: Figure, asked: Asked) -> bool:
    """Say whether a figure counts those of another platform alone: `15 Instagram accounts`."""
    own = platforms_of(figure.things | figure.modifiers)
    return bool(asked.platforms) and bool(own) and not own & asked.platforms


def _is_whole(figure: Figure, event: Event) -> bool:
    """Say whether a figure is how many the event as a whole concerned."""
    unit = set(stems(event.accounts_unit or "accounts"))
    within = figure.low <= float(event.accounts or -1) <= min(figure.high, VAGUE * figure.low)
    return within and _is_definite(figure) and bool(unit & figure.things)


def _is_definite(figure: Figure) -> bool:
    """Say whether a figure is a number, `more than 1,000` too, rather than `thousands`."""
    return figure.low > 0 and (figure.high <= VAGUE * figure.low or figure.high >= UNBOUNDED)


def _beside(figure: Figure, acts: frozenset[str], text: str) -> bool:
    """Say whether what is asked to have been done stands right before the number or behind what it counts."""
    near = text[: figure.start].split()[-BESIDE:] + text[figure.end :].split()[: BESIDE + 3]
    return not acts.isdisjoint(stems(" ".join(near)))
