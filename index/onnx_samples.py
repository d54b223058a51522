"""Sample texts by which one embedder is held against another: their vectors, whole and in parts."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embed import Embedder, Span, Vectors

VECTORS = "samples.npy"
SENTENCE = "Twitter suspended about 80 accounts tied to Occupy groups, WIRED UK counted in October 2018. "
SAMPLES = (
    "why were Occupy accounts suspended?",
    "",
    "?",
    "WHO LOST FOLLOWERS",
    "@handle_one #purge https://x.example/a?b=c 1,234 accounts on 2018-10-11 (50 %)",
    "Der Dienst löschte Konten; l’été à Zürich; アカウント凍結 🤖",
    "“We enforce our rules for everybody,” a spokesperson said.\n\nThe club disagrees — it got no reason.",
    SENTENCE,
    SENTENCE * 4,
    SENTENCE * 9,
    "antidisestablishmentarianism " * 30,
    SENTENCE * 60,  # longer than models read
)


def parts_of(text: str) -> Sequence[Span]:
    """Name its halves, and its last word, which a model may have cut off."""
    return [(0, len(text) // 2), (len(text) // 2, len(text)), (text.rstrip().rfind(" ") + 1, len(text.rstrip()))]


def sample_vectors(embedder: Embedder) -> Vectors:
    """Embed every sample in each of the ways that there are: float32 `(n, d)`."""
    passages = embedder.embed_parts(SAMPLES, [parts_of(text) for text in SAMPLES])
    alone = [embedder.embed([text]) for text in SAMPLES]
    parts = [passage.parts for passage in passages]
    return np.vstack([embedder.embed(SAMPLES), *alone, *(passage.whole for passage in passages), *parts])


def likeness(some: Vectors, others: Vectors) -> float:
    """Find the least cosine of two rows of one number; -1 where they cannot be compared."""
    if some.shape != others.shape:
        return -1.0
    least = float(np.einsum("ij,ij->i", some, others).min())
    return least if np.isfinite(least) else -1.0


def keep_vectors(embedder: Embedder, folder: Path) -> None:
    """Lay the vectors of the samples into a folder."""
    np.save(folder / VECTORS, sample_vectors(embedder))


def likeness_to_kept(embedder: Embedder, folder: Path) -> float:
    """Hold an embedder against the vectors in a folder."""
    return likeness(sample_vectors(embedder), np.load(folder / VECTORS))
