"""Hits -> an answer: statements chosen from the passages, each a span of a stored document."""

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.document import Kind, Section, Voice
from corpus.source import ReasonStatus, Source
from index.rulings import Note


class Outcome(StrEnum):
    """How a question ended. None of them is an error."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_CORPUS = "not_in_corpus"
    OFF_TOPIC = "off_topic"
    UNSUPPORTED_LANGUAGE = "unsupported_language"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, or whole sentences of one, chosen for an answer.

    Invariant: `text == document.text[start:end]`. `quotation` says that the words are the speaker's own, so
    that quotation marks may stand around them. `cut_before` and `cut_after` say that the statement goes on
    there. `shown` is False for what waits behind "Show more". `compiled` as in `Statement`.
    `notes` are the corrections and replies that stand by it.
    """

    text: str
    kind: Kind
    quotation: bool
    shown: bool
    voice: Voice
    speaker: str | None
    role: str | None
    handle: str | None
    via: str | None
    date: str | None
    event_ids: tuple[str, ...]
    document_id: str
    source_ids: tuple[str, ...]
    start: int
    end: int
    score: float
    cut_before: bool = False
    cut_after: bool = False
    compiled: bool = False
    section: Section | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What is known of one platform's reason; `claims` are places in `Answer.claims`."""

    platform: str
    status: ReasonStatus
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that differ on the same thing; `claims` are places in `Answer.claims`."""

    about: str
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfEvent:
    """What claims say of one of several events that a question fits; `claims` are places in `Answer.claims`.

    Of an article that is linked to no event: `event_id` is None, `title` its own, None where not recorded.
    """

    event_id: str | None
    title: str | None
    date: str | None
    date_end: str | None
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the corpus holds for the asker, and the event nearest to the question.

    `publishers`: those with most sources first. `changed`: when what the asker sees was changed last; UTC, ISO.
    """

    documents: int
    sources: int
    first: str | None
    last: str | None
    nearest_event: str | None
    nearest_title: str | None
    vectors_pending: int
    publishers: tuple[str, ...] = ()
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source that an answer cites, with the file that its document was read from."""

    source: Source
    path: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question.

    `claims` stand in the order in which they are shown, those of one voice together. `sources` are cited by
    `Claim.source_ids`, in order of first use; their place plus one is the number that a reader sees. `by_event` is
    empty unless the question fits several events alike; then every claim stands in one of them, those of the first
    screen before the others, newest event first in each. `unsaid` are sentences of ours on what the question takes for
    granted and no source found says.
    """

    question: str
    outcome: Outcome
    confidence: float
    headline: str
    claims: tuple[Claim, ...]
    reason: tuple[Reason, ...]
    disagreements: tuple[Disagreement, ...]
    not_covered: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    coverage: Coverage
    revision: int
    by_event: tuple[OfEvent, ...] = ()
    unsaid: tuple[str, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
