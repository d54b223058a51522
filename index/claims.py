"""Candidates -> claims: which statements are made, how much of each, and in what order they are shown."""

import math
import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.sentences import Span, sentences
from index.answer import Claim
from index.facts import OF_THE_KIND, fit_of_kind, said_by, shows
from index.figures import ONES
from index.lexical import OF_DOCUMENTS, stem_set, stems
from index.new_names import new_names
from index.reading import Fit
from index.retrieve import Evidence, Terms
from index.sought import Sought
from index.stored import StoredStatement

CLAIMS = 10
HEDGED_CLAIMS = 6
"""Of these where they may be no answer, and then of `ENOUGH_WORDS` together."""
SHOWN_WORDS = 180
"""Words of claims on the first screen at most; half of the answers need fewer than 100, since little is kept."""
CLAIM_WORDS, LEAD_WORDS = 75, 100
"""A longer statement is cut to whole sentences; the best one may be longer, so that an official one stays whole."""
KIND_WORTH = 0.25
"""What part of a statement is worth for being of the kind sought, next to 1 for all words of the question."""
ENOUGH_WORDS = 100
KEPT, KEPT_BEYOND = 0.3, 0.4
"""Statements that score less are left out: as long as all have no more than `ENOUGH_WORDS`, and beyond that."""
BESIDE = 0.1
"""What a statement loses for each thing that it lacks where the best one has it, so that a full answer stays short."""
SURE = 10.0
"""How much less likely than the best a statement is that scores 0, as log odds."""
FEW_WORDS = 5
"""A statement of fewer words takes as much room, with the line that says who speaks."""
MARKS = " .,;:!?…“”\"'"
SAME_SHARE = 0.75
"""A statement says the same as another one of its speaker that holds this much of its stems."""
RETOLD_SHARE, RETOLD_STEMS = 0.8, 6
"""The same for what somebody said and a reporter tells again; of fewer stems all must be held, and by one speaker."""
NUMBERS = {stem: str(number) for number, word in enumerate(ONES, 1) for stem in stems(word)}
DENYING = re.compile(r"\b(?:not|never|no|nobody|none|without|nor)\b|n[’']t\b", re.IGNORECASE)
"""What says that something is not so: with it and without it two statements hardly say the same."""

LEANING = re.compile(
    r"[“\"‘']?(?:(?:but|and|so|yet|still|however|instead|then|also|meanwhile),? )?"
    r"(?:he|she|it|they|this|that|these|those|his|her"
    r"|its|their|both|such|one of them|the (?:company|latter|two|move|pair))\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it."""
GOES_ON = re.compile(r"(?:[\w’'-]+,? ){1,3}(?:also|too|instead|likewise)\b", re.IGNORECASE)
"""How one begins that goes on from what another told: `We also take action`."""

EventIds = Callable[[StoredStatement], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement with its score for the question: 1 is the best one's, 1 / `SURE` less each unit of log odds.

    `fit` is how it was read, if it was found by the question. `heard` is how sure a reader is that it answers, as log
    odds, if one has read it.
    """

    stored: StoredStatement
    score: float
    evidence: Evidence
    fit: Fit | None = None
    heard: float | None = None


def choose(
    candidates: Sequence[Candidate], needed: Iterable[Candidate] = (), own: Set[int] = frozenset()
) -> list[Candidate]:
    """Take the statements that may answer, without those that say the same again.

    Args:
        candidates: best first.
        needed: statements that have to be among them, such as the platform's reason to a "why".
        own: rows of the documents that the asker's server added itself: of two statements that say the same, theirs
            stays.

    Returns:
        The best one, those needed, then the others, those first that are likeliest for the room that they take.
    """
    candidates, needed = _with_own(candidates, candidates, own), _with_own(needed, candidates, own)
    chosen: list[Candidate] = []
    for one in (*candidates[:1], *needed):
        if len(chosen) < CLAIMS and not _told_by(chosen, one):
            chosen.append(one)
    return _filled_up(chosen, candidates, CLAIMS, KEPT_BEYOND)


def choose_few(candidates: Sequence[Candidate], own: Set[int] = frozenset()) -> list[Candidate]:
    """Take little, where what is found may be no answer: the best statement, and others as far as `ENOUGH_WORDS` go."""
    candidates = _with_own(candidates, candidates, own)
    return _filled_up(candidates[:1], candidates, HEDGED_CLAIMS, math.inf)


def _filled_up(
    needed: Sequence[Candidate], candidates: Sequence[Candidate], most: int, beyond: float
) -> list[Candidate]:
    """Take further candidates; `beyond` is what one must score that has no room within `ENOUGH_WORDS`."""
    chosen, words = list(needed), sum(map(_words, needed))
    for one in sorted((one for one in candidates[1:] if one.score >= KEPT), key=lambda one: -_worth(one)):
        likely, room = one.score - BESIDE * _lacks(one, candidates[0]), words + _words(one)
        least = KEPT if room <= ENOUGH_WORDS else beyond
        if likely < least or len(chosen) >= most or _told_by(chosen, one):
            continue
        others = [other for other in chosen[len(needed) :] if not _adds_nothing(other, one)]
        chosen = [*needed, *others, one]
        words = sum(map(_words, chosen))
    return chosen


def _told_by(chosen: Sequence[Candidate], one: Candidate) -> bool:
    return any(_adds_nothing(one, other) for other in chosen)


def _lacks(one: Candidate, lead: Candidate) -> int:
    """Count what a statement lacks that the best one has, where that is of the kind sought: the kind, some names."""
    if not one.fit or not lead.fit or lead.fit.kind < OF_THE_KIND:
        return 0
    return (not one.fit.kind) + (one.fit.names_near < lead.fit.names_near)


def _with_own(some: Iterable[Candidate], candidates: Sequence[Candidate], own: Set[int]) -> list[Candidate]:
    """Put a server's own statements, among all candidates, in the place of others that say no more."""
    theirs = [one for one in candidates if one.stored.document_row in own and one.score >= KEPT]

    def instead(one: Candidate) -> Candidate:
        if one.stored.document_row in own:
            return one
        found = next((other for other in theirs if _stands_for(other, one)), one)
        return replace(found, score=max(found.score, one.score))

    return [instead(one) for one in some] if theirs else list(some)


def _stands_for(one: Candidate, other: Candidate) -> bool:
    """Say whether a statement says all that another says, in the same voice."""
    return one.stored.statement.voice is other.stored.statement.voice and _adds_nothing(other, one)


def _worth(one: Candidate) -> float:
    """Weigh how likely a statement answers against the words that it takes, as a log."""
    return SURE * one.score - 0.5 * math.log(max(_words(one), FEW_WORDS))


def _words(one: Candidate) -> int:
    """Count the words that a statement takes."""
    return min(len(one.stored.text.split()), LEAD_WORDS)


def arrange(
    chosen: Sequence[Candidate], terms: Terms, event_ids: EventIds, sought: Sought | None = None
) -> tuple[Claim, ...]:
    """Turn chosen statements into claims: those of one voice together, the voice of the best one first."""
    claims = cut_to_size(chosen, terms, event_ids, sought)
    voices = list(dict.fromkeys(claim.voice for claim in claims))
    return tuple(sorted(claims, key=lambda claim: (not claim.shown, voices.index(claim.voice))))


def cut_to_size(
    chosen: Sequence[Candidate], terms: Terms, event_ids: EventIds, sought: Sought | None = None
) -> list[Claim]:
    """Turn chosen statements into claims, in their order; `SHOWN_WORDS` of them, from the first, are shown."""
    claims, words = [], 0
    for number, one in enumerate(chosen):
        part = _part(one.stored, terms, LEAD_WORDS if number == 0 else CLAIM_WORDS, sought)
        claim = claim_of(one.stored, event_ids(one.stored), part)
        size = len(claim.text.split())
        shown = number == 0 or words + size <= SHOWN_WORDS
        words += size if shown else 0
        claims.append(replace(claim, shown=shown, score=round(one.score, 4)))
    return claims


def _adds_nothing(one: Candidate, other: Candidate) -> bool:
    """Say whether another statement holds all that one says: its words or most of them, its names and its numbers."""
    text, longer = one.stored.text, other.stored.text
    if one.stored.row == other.stored.row or _stands_in(text, longer):
        return True
    speakers = {one.stored.statement.speaker, other.stored.statement.speaker}
    again, said = _held_by(text), _held_by(longer) | said_by(other.stored) | _held_by(other.stored.statement.date or "")
    if len(speakers) > 1 and (None not in speakers or len(again) < RETOLD_STEMS):
        return False
    share = 1.0 if len(again) < RETOLD_STEMS else SAME_SHARE if len(speakers) == 1 else RETOLD_SHARE
    if len(again & said) < share * len(again) or not {stem for stem in again if stem[0].isdigit()} <= said:
        return False
    return shows(DENYING, text) == shows(DENYING, longer) and not new_names(text, said)


@lru_cache(OF_DOCUMENTS)
def _held_by(text: str) -> frozenset[str]:
    """Return the stems of a document's text, small numbers in digits."""
    return frozenset(NUMBERS.get(stem, stem) for stem in stem_set(text))


def _stands_in(text: str, longer: str) -> bool:
    """Say whether a text stands in another one word for word."""
    return len(text.split()) >= FEW_WORDS and text.strip(MARKS) in longer


def _part(stored: StoredStatement, terms: Terms, most: int, sought: Sought | None) -> Span:
    def kind(part: str) -> float:
        return fit_of_kind(sought, replace(stored, text=part)) if sought else 0.0

    return best_sentences(stored.text, terms, most, kind)


def claim_of(stored: StoredStatement, event_ids: tuple[str, ...] = (), part: Span | None = None) -> Claim:
    """Make a claim of a statement, or of a part of it, that is shown and scores 0."""
    statement, (start, end) = stored.statement, part or (0, len(stored.text))
    return Claim(
        text=stored.text[start:end], kind=statement.kind, quotation=statement.kind.is_quotation, shown=True,
        voice=statement.voice, speaker=statement.speaker, role=statement.role, handle=statement.handle,
        via=statement.via, date=statement.date, event_ids=event_ids, document_id=stored.document_id,
        source_ids=statement.source_ids, start=statement.start + start, end=statement.start + end, score=0.0,
        cut_before=start > 0, cut_after=end < len(stored.text), compiled=statement.compiled,
        section=statement.section, notes=stored.notes,
    )  # fmt: skip


def best_sentences(
    text: str, terms: Terms, most: int = CLAIM_WORDS, kind: Callable[[str], float] = lambda _: 0.0
) -> Span:
    """Find the run of whole sentences, of at most so many words, that answers best.

    Args:
        kind: how well a part of the text is of the kind of fact sought, in [0, 1].

    Returns:
        Start and end in `text`; all of it where it is short enough; one sentence at least.
    """
    if len(text.split()) <= most:
        return 0, len(text)
    spans = [span for part in sentences(text, [(0, len(text))], []) for span in part]
    best = ((-1.0, 0), 0, len(text))
    for first, (begin, through) in enumerate(spans):
        start = _understood(text, begin, spans)
        if len(text[start:through].split()) > most:
            start = begin
        for _, end in spans[first:]:
            words = len(text[start:end].split())
            if words > most and end > through:
                break
            worth = terms.coverage(text[start:end]) + KIND_WORTH * kind(text[start:end])
            best = max(best, ((worth, min(words, most)), start, end), key=lambda run: run[0])
    return best[1], best[2]


def _understood(text: str, start: int, spans: Sequence[tuple[int, int]]) -> int:
    """Begin earlier where a run would begin with "he" or "but", so that it tells who or what is meant."""
    while start > spans[0][0] and (LEANING.match(text, start) or GOES_ON.match(text, start)):
        start = max(first for first, _ in spans if first < start)
    return start
