"""What moderators do with sources, from Discord and from the shell alike: look, then add; find what is held."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.drafts import Drafts
from bot.jobs import Jobs
from bot.turns import Room
from bot.work import Work
from corpus import SHIPPED
from corpus.document import Document
from corpus.fetch import Fetcher
from corpus.incoming import Incoming, read_incoming
from corpus.source import Source
from index.catalog import SHARED
from index.errors import UnknownDocument
from index.intake import Summary
from index.library import Library
from index.preview import Preview
from index.rulings import Action, Ruling, Target
from index.stored import StoredDocument

KINDS = ("dossier", "article", "own")
"""What a list is filtered by; the last are the documents of a server itself."""
Held = tuple[StoredDocument, tuple[Source, ...]]
THREADS = 4
"""They wait for the network most of the time."""
ROOM = Room(total=64, server=8, member=4)
KEY_CHARS = 20
MANY = 2
"""From so many sources on, an undo is asked about first; one that was meant otherwise is mended by another undo."""
CONCERNED = ("documents", "added", "changed", "removed", "restored")
"""Where the log's details list documents."""
LOGGED = 100_000
"""Changes among which the one of a number is looked for."""


@dataclass(frozen=True, slots=True)
class SourceDesk:
    """What moderators' work needs. All but `jobs` blocks: call it through `work`, which is not the questions' pool.

    `folders` are those that a reindex keeps in step with.
    """

    library: Library
    drafts: Drafts
    folders: tuple[Path, ...] = (SHIPPED,)
    fetcher: Fetcher = field(default_factory=Fetcher)
    work: Work = field(default_factory=lambda: Work(THREADS, ROOM))
    jobs: Jobs = field(default_factory=Jobs)

    async def close(self, seconds: float) -> int:
        """Stop what runs; returns how many threads are still at work after `seconds`."""
        return await self.jobs.close(seconds) + await self.work.close(seconds)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that may be added, and what is known of it before; `event_ids` are those that it will be linked to."""

    document: Document
    fingerprint: str
    preview: Preview


@dataclass(frozen=True, slots=True)
class Reach:
    """The change that an undo would take back: its number, and the ids of the documents that came or went with it."""

    number: int
    documents: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        """Whether so many documents are concerned that one should ask first."""
        return len(self.documents) >= MANY


def reach_of(library: Library, scope: str, number: int | None = None) -> Reach | None:
    """Look at what an undo would take back; None where there is no such change.

    A ruling takes no document out; those that it covers a word in do not count.
    """
    log = library.log(scope, 1 if number is None else LOGGED)
    found = next((one for one in log if number in (None, one.revision)), None)
    if found is None:
        return None
    lists = [] if "made" in found.detail else [found.detail.get(name) for name in CONCERNED]
    ids = [str(one) for held in lists if isinstance(held, list) for one in held]
    return Reach(found.revision, tuple(dict.fromkeys(ids)))


def prepare(
    library: Library, incoming: Incoming, details: Mapping[str, str], event_ids: Sequence[str], scope: str
) -> Prepared:
    """Read what came and look at it in the light of what a scope holds; nothing is kept.

    Raises:
        CorpusError: it cannot be read.
    """
    document, fingerprint = read_incoming(incoming, details)
    return look(library, document, fingerprint, event_ids, scope)


def look(library: Library, document: Document, fingerprint: str, event_ids: Sequence[str], scope: str) -> Prepared:
    """Look at a document that was read, in the light of what a scope holds."""
    if event_ids and not document.is_dossier:
        document = replace(document, event_ids=tuple(dict.fromkeys((*document.event_ids, *event_ids))))
    return Prepared(document, fingerprint, library.preview(document, fingerprint, scope))


def add(library: Library, prepared: Prepared, actor: str, scope: str) -> Summary:
    """Add what was looked at, in one change."""
    return library.add(prepared.document, prepared.fingerprint, actor, scope)


def matching(found: Sequence[Held], words: str = "", kind: str = "") -> list[Held]:
    """Keep the documents that hold every word in what is said of them, and are of a kind: dossier, article or own."""
    return [one for one in found if _is_kind(one[0], kind) and _holds(one, words)]


def key_of(identifier: str) -> str:
    """Write a document's id so that it fits into the id of a button, whatever is in it."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:KEY_CHARS]


def chosen(found: Sequence[Held], typed: str) -> StoredDocument:
    """Find the document that a member named: by its id, its key, a source's id, or words that one alone holds.

    Raises:
        UnknownDocument: none is meant, or several may be.
    """
    named = typed.strip()
    for stored, cited in sorted(found, key=lambda one: one[0].scope == SHARED):
        if named in (stored.id, key_of(stored.id), *(source.id for source in cited)):
            return stored
    fitting = matching(found, named)
    if len(fitting) != 1:
        raise UnknownDocument(f"{len(fitting) or 'no'} sources fit '{named}'; choose one of those offered")
    return fitting[0][0]


def keyed(found: Sequence[Held], key: str) -> StoredDocument:
    """Find a server's own document by its key.

    Raises:
        UnknownDocument: it is not there any more.
    """
    own = [stored for stored, _ in found if stored.scope != SHARED and key_of(stored.id) == key]
    if not own:
        raise UnknownDocument("that source is no longer here")
    return own[0]


def hidden_documents(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Keep the rulings of a scope that hide a document."""
    return [one for one in rulings if one.action is Action.HIDE and one.target is Target.DOCUMENT]


def title_of(stored: StoredDocument) -> str:
    """Name a document."""
    return stored.title or stored.id


def _is_kind(stored: StoredDocument, kind: str) -> bool:
    if kind == "own":
        return stored.scope != SHARED
    return not kind or stored.is_dossier == (kind == "dossier")


def _holds(held: Held, words: str) -> bool:
    stored, cited = held
    said = [stored.id, stored.title or "", stored.path or "" if stored.scope else ""]
    said += [part for one in cited for part in (one.id, one.publisher, one.title, one.author, one.published) if part]
    text = " ".join(said).casefold()
    return all(word in text for word in words.casefold().split())
