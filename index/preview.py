"""A document that may be added -> what a moderator looks at first: what it holds, what is like it, what it replaces."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.document import Document, Kind
from corpus.mentions import find_mentions
from corpus.sentences import read_layout, sentences
from index.catalog import Indexed
from index.embed import Vectors
from index.engine import View
from index.propose import Proposal
from index.snapshot import Snapshot
from index.stored import StoredDocument

SHINGLE_WORDS = 5
SHINGLES_MOST = 50_000
"""Of a longer text every second, third, ... shingle is looked for."""
ALIKE_SHARE, ALIKE_MOST = 0.3, 5
PROBES, NEIGHBOURS, CANDIDATES = 16, 8, 20
"""Passages, evenly spread, whose neighbours are looked for; neighbours of each; documents then read word by word."""
SAMPLES = 6
WORD = re.compile(r"\w+")

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that holds much of the new text: `share` of its runs of five words, in [0, 1]."""

    document_id: str
    title: str | None
    share: float


@dataclass(frozen=True, slots=True)
class Difference:
    """How a text differs from the version that it replaces.

    `samples` are sentences that came ("+ ...") or went ("- ..."), at most `SAMPLES`.
    """

    added_words: int
    removed_words: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What adding a document would do.

    `document` is as it would be stored. `handles` are written as there, those that stand most often first. `alike`
    has the most alike first. `difference` is to the version that it `replaces`; `unchanged` says that nothing would be
    stored that is not there already.
    """

    document: Document
    words: int
    kinds: dict[Kind, int]
    handles: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    alike: tuple[Alike, ...]
    replaces: StoredDocument | None
    difference: Difference | None
    unchanged: bool


def preview_of(
    indexed: Indexed,
    held: Sequence[StoredDocument],
    proposals: Sequence[Proposal],
    alike: Sequence[Alike],
    snapshot: Snapshot,
) -> Preview:
    """Put together what there is to see of a document; `held` are the versions that it replaces."""
    document = indexed.document
    before = held[0] if held else None
    whole = (indexed.original or indexed).document
    counted = Counter(statement.kind for statement in document.statements)
    return Preview(
        document=document,
        words=len(_body(document).split()),
        kinds={kind: counted[kind] for kind in Kind if counted[kind]},
        handles=handles_of(document),
        proposals=tuple(proposals),
        alike=tuple(alike),
        replaces=before,
        difference=difference(snapshot.load_document(before.row), document) if before else None,
        unchanged=before is not None and snapshot.load_original(before.row) == whole,
    )


def alike_to(
    document: Document, vectors: Vectors, but: Sequence[int], views: Sequence[View], snapshot: Snapshot,
    scopes: Sequence[str],
) -> list[Alike]:  # fmt: skip
    """Find the documents that hold much of another's text, best first, ties by id.

    They are looked for by vectors, and then read word by word.

    Args:
        vectors: of its passages, `(n, d)`.
        but: rows of documents that do not count.
        views: of the engines of `scopes`.
    """
    wanted = set(_shingles(_body(document), SHINGLES_MOST))
    rows = [row for row in _neighbours(vectors, views, snapshot, scopes) if row not in but][:CANDIDATES]
    documents = snapshot.documents_in(rows)
    found = []
    for row in rows:
        share = len(wanted.intersection(_shingles(snapshot.document_text(row)))) / len(wanted) if wanted else 0.0
        if share >= ALIKE_SHARE:
            found.append(Alike(documents[row].id, documents[row].title, share))
    return sorted(found, key=lambda one: (-one.share, one.document_id))[:ALIKE_MOST]


def handles_of(document: Document) -> tuple[str, ...]:
    """List the handles that speak or are mentioned in a document, those that stand most often first."""
    spoken = [one.handle for one in document.statements if one.handle]
    written = [*spoken, *(one.handle for one in find_mentions(document))]
    spelled = {handle.lower(): handle for handle in reversed(written)}
    counted = Counter(handle.lower() for handle in written)
    return tuple(spelled[key] for key in sorted(counted, key=lambda key: (-counted[key], key)))


def difference(before: Document, after: Document) -> Difference:
    """Compare two versions of a document sentence by sentence; what only moved counts as the same."""
    old, new = _sentences(before), _sentences(after)
    went, came = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
    old_words, new_words = Counter(" ".join(went).split()), Counter(" ".join(came).split())
    pairs = zip_longest(went, came)
    samples = [f"{sign} {text}" for pair in pairs for sign, text in zip("-+", pair, strict=True) if text]
    return Difference((new_words - old_words).total(), (old_words - new_words).total(), tuple(samples[:SAMPLES]))


def _neighbours(vectors: Vectors, views: Sequence[View], snapshot: Snapshot, scopes: Sequence[str]) -> list[int]:
    """List the rows of the documents whose passages lie nearest to some vectors, nearest first."""
    step = max(1, -(-len(vectors) // PROBES))
    nearness: dict[int, float] = {}
    for vector in vectors[::step]:
        near = {passage: score for view in views for score, passage in view.nearest(vector, NEIGHBOURS)}
        passages = snapshot.passages(list(near), scopes)
        best: dict[int, float] = {}
        for place, passage in passages.items():
            best[passage.document_row] = max(best.get(passage.document_row, 0.0), near[place])
        for row, score in best.items():
            nearness[row] = nearness.get(row, 0.0) + score
    return sorted(nearness, key=lambda row: (-nearness[row], row))


def _shingles(text: str, most: int | None = None) -> Iterator[Shingle]:
    """Cut a text into its overlapping runs of five words; a shorter text is one run."""
    words = WORD.findall(text.lower())
    last = max(1, len(words) - SHINGLE_WORDS + 1) if words else 0
    step = max(1, -(-last // most)) if most else 1
    return (tuple(words[at : at + SHINGLE_WORDS]) for at in range(0, last, step))


def _sentences(document: Document) -> list[str]:
    body = _body(document)
    found = sentences(body, read_layout(body).paragraphs, ())
    return [" ".join(body[start:end].split()) for paragraph in found for start, end in paragraph]


def _body(document: Document) -> str:
    return document.text[document.body_start : document.body_end]
