"""A question for events themselves, such as all purges of a year or the biggest -> those that fit, a statement each."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from corpus.document import Section
from corpus.source import Event
from index.claims import Candidate
from index.figures import figures_in
from index.lexical import exact_words, stem_set, stems
from index.listing import MOST, Entry, dossier_events, unfound
from index.question import Asks, Question
from index.reading import MONTHS, PLATFORMS, Wants, platforms_of
from index.retrieve import Terms
from index.snapshot import Snapshot
from index.stored import StoredStatement
from index.superlatives import OF_SIZE, SENSES
from index.vague_dates import is_within

EVENTS_ASKED = re.compile(
    r"^(?!who\b|(?:.* )?(?:which|what) (?:accounts?|users?)\b)(?:.*\b)?(?:"
    r"(?:list|name|show|which|what|every|any|\w+est|first|last|recent) (?:mass )?(?:purge|event|ban wave|crackdown"
    r"|takedown|sweep|cull)|(?:purges|events|ban waves|crackdowns|takedowns|bans|suspensions|removals|sweeps|culls))\b",
    re.IGNORECASE,
)
ASKING = frozenset(stems(
    "list name show give tell please purge purges event events ban bans wave crackdown takedown suspension removal"
    " suspensions removals sweep cull happen happened occur occurred take took place carry carried out do did done have"
    " here there know known ever all any every each single mass single one time far so yet first earliest last latest"
    " recent most many account accounts user users hit concern concerned affect affected size big biggest largest"
    " greatest remove removed banned suspended see"
))  # fmt: skip
"""What a question for events is made of, beside platforms and times; with other words it is on one of them."""
OF_ORDER = {"earliest": SENSES[2], "newest": f"{SENSES[3]} recent newest"}
WIDE = 4
"""How many times its least a figure may be: `at least one` is no 200,000."""
TOP = 3
"""How many are listed where an extreme is asked for."""
NEWEST_LISTED = "The newest {listed} of the {fitting} events here that fit are listed."
LARGEST_LISTED = "Listed are the events here with the highest numbers of accounts; other units are not compared."
IN_TIME_LISTED = "Listed are the {order} of the {fitting} events here that fit."


@dataclass(frozen=True, slots=True)
class EventList:
    """Events that fit, a statement on each, and a sentence on how they were picked where they are not all."""

    entries: tuple[Entry, ...] = ()
    note: str = ""


NOTHING = EventList()


def events_asked_for(
    question: Question, wants: Wants, terms: Terms, candidates: Sequence[Candidate], snapshot: Snapshot,
    events: Mapping[str, Event],
) -> EventList:  # fmt: skip
    """List the events of dossiers that a question asks for as such, newest or largest first.

    Args:
        candidates: statements found, best first.
        events: those that the asker may see, by id.
    """
    if not _asks_for_events(question):
        return NOTHING
    fitting = [
        (event, row)
        for event, row in dossier_events(candidates, snapshot, events)
        if wants.platforms <= _platforms_of(event) and (not question.when or _is_of(event, question.when))
    ]
    lines = _lines_by_document(snapshot, [row for _, row in fitting])
    told = [(event, line) for event, row in fitting if (line := _told(event, lines.get(row, []), wants.platforms))]
    picked, note = _picked(told, wants.platforms, frozenset(exact_words(question.text)))
    found = {one.stored.row: one for one in candidates}
    entries = tuple(Entry(found.get(line.row) or unfound(line, terms), event) for event, line in picked)
    return EventList(entries, note) if entries else NOTHING


def _asks_for_events(question: Question) -> bool:
    singled_out = question.handles or question.quoted or question.earlier or question.vague
    if singled_out or question.asks not in (Asks.OTHER, Asks.WHO, Asks.WHETHER):
        return False
    if not EVENTS_ASKED.search(question.text):
        return False
    of_times = MONTHS | frozenset(stems(" ".join(question.times)))
    return frozenset(stems(question.text.lower())) <= ASKING | of_times | PLATFORMS.keys()


def _platforms_of(event: Event) -> set[str]:
    return platforms_of(stem_set(" ".join(event.platforms)))


def _is_of(event: Event, when: tuple[str, str]) -> bool:
    return is_within(event.date, when) or bool(event.date_end and is_within(event.date_end, when))


def _lines_by_document(snapshot: Snapshot, rows: Sequence[int]) -> dict[int, list[StoredStatement]]:
    lines: dict[int, list[StoredStatement]] = {}
    for line in snapshot.statements_of_documents(rows):
        if line.statement.section in (Section.HAPPENED, None):
            lines.setdefault(line.document_row, []).append(line)
    return lines


def _told(event: Event, lines: Sequence[StoredStatement], platforms: Set[str]) -> StoredStatement | None:
    """Choose the line that tells of an event on platforms asked about: how many it concerned, or else the first."""
    of_them = [one for one in lines if platforms <= platforms_of(stem_set(one.text))] or lines
    return next((one for one in of_them if _has_number(one.text, event.accounts)), of_them[0] if of_them else None)


def _has_number(text: str, number: int | None) -> bool:
    return number is not None and any(
        figure.low <= number <= min(figure.high, WIDE * figure.low) for figure in figures_in(text)
    )


def _picked(
    told: Sequence[tuple[Event, StoredStatement]], platforms: Set[str], words: Set[str]
) -> tuple[Sequence[tuple[Event, StoredStatement]], str]:
    """Pick the events that a superlative asks for, or the newest of all."""
    newest = sorted(told, key=lambda pair: pair[0].date, reverse=True)
    if words & {*OF_SIZE.split()} and "recent" not in words:
        counted = [pair for pair in newest if _counts_accounts(*pair, platforms)]
        return sorted(counted, key=lambda pair: -(pair[0].accounts or 0))[:TOP], LARGEST_LISTED
    order = next((order for order, sense in OF_ORDER.items() if words & {*sense.split()}), "")
    if order:
        few = newest[: -TOP - 1 : -1] if order == "earliest" else newest[:TOP]
        return few, IN_TIME_LISTED.format(order=order, fitting=len(told)) if len(few) < len(told) else ""
    return newest[:MOST], NEWEST_LISTED.format(listed=MOST, fitting=len(told)) if len(told) > MOST else ""


def _counts_accounts(event: Event, line: StoredStatement, platforms: Set[str]) -> bool:
    """Say whether an event is counted in accounts, and its line tells how many, on the platforms asked about alone."""
    if not event.accounts or event.accounts_unit:
        return False
    alone = _platforms_of(event) <= platforms or platforms <= platforms_of(stem_set(line.text))
    return alone and _has_number(line.text, event.accounts)
