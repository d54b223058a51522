"""Nearest passages as the engine finds them -> the share of the exactly nearest among them."""

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from index.catalog import SHARED
from index.embed import Embedder
from index.library import Library
from tests.bench.plain_bot import IDS, VECTORS
from tests.bench.questions import timed_questions
from tests.bench.spread import Spread, cost_of, spread

K = 10
TIMED_EXACTLY = 20
TIE = 1e-5
"""Scores that differ by less are a tie: any of these passages may be among the nearest."""


@dataclass(frozen=True, slots=True)
class Recall:
    """`at_10` is the mean over questions, `worst` the least; `ms` is what the engine takes, `exact_ms` FAISS Flat."""

    questions: int
    at_10: float
    worst: float
    ms: Spread
    exact_ms: Spread


def measure_recall(data: Path, plain: Path, embedder: Embedder, number: int) -> Recall:
    """Compare the library's engine with an exact search of the same vectors, as the plain bot holds them."""
    exact = faiss.read_index(str(plain / VECTORS))
    rows = {int(one): row for row, one in enumerate(np.load(plain / IDS))}
    vectors = np.array([embedder.embed([question])[0] for question in timed_questions(number)])
    least = exact.search(vectors, min(K, exact.ntotal))[0].min(axis=1) - TIE
    library = Library(data, lambda: embedder)
    library.warm_up()
    view = library._engine(SHARED).view()
    shares, times = [], []
    for vector, enough in zip(vectors, least, strict=True):
        found: list[tuple[float, int]] = []
        times.append(cost_of(lambda vector=vector, found=found: found.extend(view.nearest(vector, K))).ms)
        scores = [float(exact.reconstruct(rows[one]) @ vector) for _, one in found if one in rows]
        shares.append(sum(score >= enough for score in scores) / min(K, exact.ntotal))
    library.close()
    exactly = [cost_of(lambda vector=vector: exact.search(vector[None], K)).ms for vector in vectors[:TIMED_EXACTLY]]
    return Recall(len(shares), round(float(np.mean(shares)), 4), min(shares), spread(times), spread(exactly))
