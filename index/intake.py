"""Documents -> what is stored of them: which files are new, and each one's passages and vectors."""

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError, Unreadable
from corpus.readers import read_bytes, read_file
from index.bulk import Waiting, embedding, in_batches
from index.catalog import SHARED, Catalog, Indexed, vector_key
from index.chunk import Passage, chunk
from index.embed import Embedder
from index.int8 import Int8Passages, Loss
from index.placing import free_id, kept_links
from index.redact import redacted
from index.rulings import Ruling, concerning
from index.snapshot import Snapshot
from index.stored import StoredDocument

CORPUS, ADDED = "corpus", "added"
"""Where a document came from: a folder that `reindex` keeps in step with, or a moderator."""

LOSS_SAMPLE = 256
"""Passages that are embedded both ways, some five seconds of one core."""

Progress = Callable[[str, int, int], None]
"""Called with what is done, how much of it is done and how much there is. It may raise `Stopped`: nothing is changed
then."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a change did, by document id; `failed` pairs a file with the reason. `kept_out` names the files whose
    document somebody removed, and which have not changed since. `loss` is what int8 cost, where passages are embedded
    in it.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept_out: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    revision: int = 0
    loss: Loss | None = None


@dataclass(slots=True)
class Plan:
    """What a reindex will do, found file by file.

    `held` are the documents that came from the folders before, by path; `taken` the ids that others have; `links`
    the events that held documents are linked to, by row; `dismissed` the files, as (path, fingerprint), whose
    document somebody removed; `others` what moderators added.
    """

    held: dict[str, StoredDocument]
    taken: set[str]
    full: bool
    links: dict[int, tuple[str, ...]]
    dismissed: set[tuple[str, str]]
    others: list[StoredDocument]
    fresh: list[tuple[Document, str]] = field(default_factory=list)
    replaced: list[StoredDocument] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept_out: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def gone(self, files: Iterable[Path]) -> list[StoredDocument]:
        """List what is held of files that are not there any more."""
        present = {str(path) for path in files}
        return [one for path, one in self.held.items() if path not in present and one.origin == CORPUS]

    def free(self, documents: Iterable[StoredDocument]) -> None:
        """Let others take the ids of documents that go."""
        self.taken -= {stored.id for stored in documents}

    def read(self, path: Path) -> None:
        """Decide what becomes of one file."""
        before = self.held.get(str(path))
        try:
            found = fingerprint(path)
            if before is not None and before.fingerprint == found and not self.full:
                self.unchanged.append(before.id)
                return
            if before is None and (str(path), found) in self.dismissed:
                self.kept_out.append(str(path))
                return
            document = self._named(read_file(path), before)
            document = kept_links(document, self.links.get(before.row, ()) if before else ())
        except CorpusError as error:
            self.failed.append((str(path), str(error)))
            return
        self.taken.add(document.id)
        self.fresh.append((document, found))
        if before is None:
            self.added.append(document.id)
        else:
            self.replaced.append(before)
            self.changed.append(document.id)

    def again(self, snapshot: Snapshot, progress: Progress) -> list[tuple[Document, StoredDocument]]:
        """Read what is to be cut again without a file: what moderators added, and what stands in for unread files."""
        failed = {path for path, _ in self.failed}
        unread = [one for path, one in self.held.items() if path in failed]
        found = []
        for stored in [*self.others, *unread] if self.full else []:
            found.append((snapshot.load_original(stored.row), stored))
            progress("reading again", len(found), len(self.others) + len(unread))
        return found

    def detail(self, removed: Sequence[StoredDocument]) -> dict[str, list[str]]:
        """Write down for the log what was done."""
        return {"added": self.added, "changed": self.changed, "removed": [stored.id for stored in removed]}

    def summary(self, removed: Sequence[StoredDocument], revision: int, loss: Loss | None = None) -> Summary:
        """Sum up what was done."""
        return Summary(
            added=tuple(self.added),
            changed=tuple(self.changed),
            removed=tuple(stored.id for stored in removed),
            unchanged=tuple(self.unchanged),
            kept_out=tuple(self.kept_out),
            failed=tuple(self.failed),
            revision=revision,
            loss=loss,
        )

    def _named(self, document: Document, before: StoredDocument | None) -> Document:
        if before is not None and (not document.is_dossier or document.id == before.id):
            return document if document.id == before.id else document.with_id(before.id)
        if document.id not in self.taken:
            return document
        if document.is_dossier:
            raise CorpusError(f"{document.path}: another document has the id '{document.id}'; give this one its own")
        return document.with_id(free_id(document.id, self.taken))


def plan_of(snapshot: Snapshot, files: Iterable[Path], full: bool) -> Plan:
    """Look at what is held, before files are read."""
    paths = {str(path) for path in files}
    shared = snapshot.held_documents([SHARED])
    held = {str(one.path): one for one in shared if one.origin == CORPUS or one.path in paths}
    return Plan(
        held,
        taken={stored.id for stored in shared},
        full=full,
        links=snapshot.event_ids([stored.row for stored in held.values()]),
        dismissed=snapshot.dismissed(),
        others=[one for one in snapshot.documents_of_origin(ADDED) if one.scope or one.path not in paths],
    )


def fingerprint(path: Path) -> str:
    """Hash a file and the metadata beside it; one that `read_bytes` refuses hashes as empty and fails when read."""
    digest = hashlib.sha256()
    for part in (path, path.with_suffix(".toml")):
        try:
            digest.update(read_bytes(part))
        except Unreadable:
            digest.update(b"\0")
    return digest.hexdigest()


def index_documents(
    documents: Sequence[tuple[Document, str, str, str]],
    rulings: Sequence[Ruling],
    embedder: Embedder,
    catalog: Catalog,
    progress: Progress,
) -> list[Indexed]:
    """Take out what is hidden, cut documents into passages and embed what the catalog has no vectors for yet.

    Args:
        documents: as they were read, each with its fingerprint, origin and scope.
    """
    indexed = [as_indexed(*one, rulings) for one in documents]
    embed(indexed, embedder, catalog, progress)
    return indexed


def as_indexed(document: Document, found: str, origin: str, scope: str, rulings: Sequence[Ruling]) -> Indexed:
    """Take out of a document what is hidden, cut it into passages and name their vectors.

    The vectors must be kept already or be embedded afterwards; see `embed`.
    """
    shown = redacted(document, concerning(rulings, scope))
    whole = _cut(document, found, origin, scope)
    return whole if shown == document else replace(_cut(shown, found, origin, scope), original=whole)


def _cut(document: Document, found: str, origin: str, scope: str) -> Indexed:
    passages = chunk(document)
    keys = tuple(vector_key(passage, part_spans(document, passage)) for passage in passages)
    return Indexed(document, passages, keys, found, origin, scope)


def part_spans(document: Document, passage: Passage) -> list[tuple[int, int]]:
    """List the spans of a passage's statements, counted from the passage's start."""
    held = document.statements[slice(*passage.statements)]
    return [(statement.start - passage.start, statement.end - passage.start) for statement in held]


def embed(indexed: Sequence[Indexed], embedder: Embedder, catalog: Catalog, progress: Progress) -> None:
    """Embed what the catalog has no vectors for yet, on every core.

    Each batch is kept at once: a stop in the middle loses no more than the batches that are being embedded.
    """
    wanted = {
        key: (one.document, passage) for one in indexed for key, passage in zip(one.keys, one.passages, strict=True)
    }
    with catalog.read() as snapshot:
        held = snapshot.held_keys(embedder.digest, list(wanted))
    missing = [_waiting(key, *wanted[key]) for key in wanted if key not in held]
    done = 0
    with embedding(in_batches(missing), embedder) as batches:
        for batch in batches:
            catalog.keep_vectors(embedder.digest, batch)
            done += len(batch)
            progress("embedding", done, len(missing))


def loss_of(indexed: Sequence[Indexed], embedder: Embedder) -> Loss | None:
    """Measure what int8 costs on a sample of passages; None where they are embedded exactly, or are too few."""
    if not isinstance(embedder, Int8Passages):
        return None
    passages = [passage for one in indexed for passage in one.passages]
    sample = random.Random(0).sample(passages, min(LOSS_SAMPLE, len(passages)))  # noqa: S311 - no secret
    return embedder.loss([passage.headed for passage in sample])


def _waiting(key: str, document: Document, passage: Passage) -> Waiting:
    ahead = len(passage.header) + 1
    parts = tuple((start + ahead, end + ahead) for start, end in part_spans(document, passage))
    return Waiting(key, passage.headed, parts)
