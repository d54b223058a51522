"""An embedder whose passages are embedded in whole numbers of eight bits, faster and less exactly; what that loses."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embed import Embedder, PassageVectors, Span, Vectors

WAY = "int8 per channel 1"
"""How passages are embedded; another way needs another name, for the catalog tells vectors apart by it."""
NEAREST = 10


@dataclass(frozen=True, slots=True)
class Loss:
    """What int8 costs: `kept` is the share of the ten nearest passages that stays, among `passages` of them."""

    kept: float
    passages: int


class Int8Passages:
    """Embeds questions exactly and passages in int8. Its digest is its own: vectors of both never stand together."""

    def __init__(self, exact: Embedder, coarse: Embedder) -> None:
        """Put together two forms of one model."""
        self.exact, self.coarse = exact, coarse
        self.name, self.dimension = f"{exact.name} ({WAY})", exact.dimension
        self.digest = hashlib.sha256(f"{exact.digest} {WAY}".encode()).hexdigest()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed questions, exactly: float32 `(n, d)`, unit length."""
        return self.exact.embed(texts)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed passages and their parts in int8."""
        return self.coarse.embed_parts(texts, parts)

    def loss(self, texts: Sequence[str]) -> Loss | None:
        """Measure it on passages, each looked for among the others; None where there are too few."""
        texts = list(dict.fromkeys(texts))
        if len(texts) <= NEAREST + 1:
            return None
        exact = self.exact.embed(texts)
        coarse = np.stack([found.whole for found in self.embed_parts(texts, [()] * len(texts))])
        return Loss(kept(exact, exact, coarse), len(texts))


def kept(asked: Vectors, exact: Vectors, coarse: Vectors) -> float:
    """Compare whom each row of `asked` finds nearest among `exact` and among `coarse`, itself left out, in [0, 1]."""
    found = []
    for rows in (exact, coarse):
        scores = asked @ rows.T
        np.fill_diagonal(scores, -np.inf)
        found.append(np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST])
    same = [len(set(one) & set(other)) for one, other in zip(*found, strict=True)]
    return sum(same) / (NEAREST * len(same))
