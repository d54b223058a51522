"""A document and the statements in it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.source import Event, Source


class Kind(StrEnum):
    """Whose words a statement is made of."""

    POST = "post"  # the speaker's own, as posted
    DIRECT = "direct"  # the speaker's own, as quoted
    MIXED = "mixed"  # the publisher's, part of it quoted
    REPORTED = "reported"  # the publisher's, on what a speaker said
    NARRATION = "narration"  # the publisher's
    PARAPHRASE = "paraphrase"  # ours: a line of a dossier

    @property
    def is_quotation(self) -> bool:
        """Whether quotation marks may stand around it."""
        return self in (Kind.POST, Kind.DIRECT)


class Voice(StrEnum):
    """Whose side of the event speaks."""

    PLATFORM = "platform"
    AFFECTED = "affected"
    CRITIC = "critic"
    DEFENDER = "defender"
    REPORTER = "reporter"


class Section(StrEnum):
    """The part of a dossier that a statement stands in."""

    HAPPENED = "happened"
    REASON = "reason"
    AFFECTED = "affected"
    CRITICS = "critics"
    DEFENDERS = "defenders"
    REPORTERS = "reporters"
    DISAGREEMENT = "disagreement"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Statement:
    """A character span of a document that one speaker is answerable for.

    `start:end` are the words themselves, without marks around them. `block_start:block_end` holds them
    together with the words that attribute them ("— Name (@handle) date", "said X"); a passage never cuts it.
    `speaker` is None where nobody is named and the publisher does not answer for it. `handle` is without @.
    `via` is the outlet that passed the words on. `date` is when they were said, ISO, cut to what is known.
    `compiled` marks a line that sums up all of its dossier's sources and is tied to none of them alone.
    """

    start: int
    end: int
    block_start: int
    block_end: int
    kind: Kind
    voice: Voice
    source_ids: tuple[str, ...]
    speaker: str | None = None
    role: str | None = None
    handle: str | None = None
    date: str | None = None
    via: str | None = None
    section: Section | None = None
    compiled: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One text that we hold and index.

    Invariants, checked by `faults`: statements are in order of `start`, do not overlap, and lie inside their
    block and inside `body_start:body_end`; every source id of a statement is that of one of `sources`.

    `text` is decoded, with newlines as `\\n`, in NFC. `body_start:body_end` leaves out front matter and
    heads. A dossier defines its `events`; an article is linked to `event_ids` that others define.
    """

    id: str
    text: str
    body_start: int
    body_end: int
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    title: str | None = None
    events: tuple[Event, ...] = ()
    event_ids: tuple[str, ...] = ()
    path: str | None = None

    @property
    def is_dossier(self) -> bool:
        """Whether it is in our own words and defines an event."""
        return bool(self.events)

    def with_id(self, new_id: str) -> "Document":
        """Copy a document of running text under another id, its one source's id with it."""
        sources = tuple(replace(source, id=new_id) for source in self.sources)
        statements = tuple(replace(statement, source_ids=(new_id,)) for statement in self.statements)
        return replace(self, id=new_id, sources=sources, statements=statements)


def faults(document: Document) -> list[str]:
    """List what breaks the invariants of a document, in words; empty when it is sound."""
    found = []
    known = {source.id for source in document.sources}
    if not 0 <= document.body_start <= document.body_end <= len(document.text):
        found.append("the body lies outside the text")
    last_end = document.body_start
    for number, statement in enumerate(document.statements):
        name = f"statement {number}"
        if not statement.start < statement.end:
            found.append(f"{name} is empty")
        if not (statement.block_start <= statement.start and statement.end <= statement.block_end):
            found.append(f"{name} leaves its block")
        if not (document.body_start <= statement.block_start and statement.block_end <= document.body_end):
            found.append(f"{name} leaves the body")
        if statement.start < last_end:
            found.append(f"{name} overlaps the one before")
        if not statement.source_ids or not known.issuperset(statement.source_ids):
            found.append(f"{name} has no known source")
        if document.text[statement.start : statement.end].strip() != document.text[statement.start : statement.end]:
            found.append(f"{name} begins or ends with white space")
        last_end = statement.end
    return found
