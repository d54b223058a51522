"""Bulk indexing -> tokens a second, as a share of what the processor's matrix products would allow.

The limit is the most that numpy or torch reaches on the products of all-MiniLM-L6-v2, measured before and after in the
same process; what a model does besides products (softmax, norms, GELU) and what indexing does besides embedding has no
part in it.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.readers import list_files, read_file
from index.chunk import chunk
from index.embed import Embedder
from index.library import Library
from tests.bench.timed import Timed
from tests.bench.tools import Effort

LAYERS, WIDTH, INNER = 6, 384, 1536
"""Source: config.json of sentence-transformers/all-MiniLM-L6-v2."""
SHAPES = ((WIDTH, WIDTH, 4), (WIDTH, INNER, 1), (INNER, WIDTH, 1))
"""Columns in, columns out, how many of them a layer has: query, key, value and output; both halves of the rest."""
BATCH_TOKENS = 2048
ENCODED_BY_PLAIN = 160
Count = Callable[[list[str]], list[int]]
Matrix = npt.NDArray[np.float32]
Multiply = Callable[[Matrix, Matrix, Matrix], None]


@dataclass(frozen=True, slots=True)
class Indexing:
    """Rates in tokens a second, padding not counted; shares of the limit in the same run.

    `reindex` is a whole reindex, model loaded: read, cut, embed, store, build the engine. `embed` is what it spent in
    the embedder. `plain` is sentence-transformers on some of the same passages.
    """

    passages: int
    tokens: int
    gflops: float
    limit: float
    reindex: float
    embed: float
    plain: float
    reindex_share: float
    embed_share: float
    plain_share: float


def measure_indexing(
    embedder: Embedder, folder: Path, count: Count, plain: Callable[[list[str]], object], effort: Effort
) -> Indexing:
    """Index a folder of documents into a new library, between two measurements of the limit."""
    texts = texts_of(folder)
    lengths = count(texts)
    some = texts[:: max(1, len(texts) // ENCODED_BY_PLAIN)]
    embedder.embed(["warm up"]), plain(["warm up"])
    speeds = [matmul_speed(effort.limit_seconds)]
    whole_s, embed_s = _reindexed(embedder, folder)
    speeds.append(matmul_speed(effort.limit_seconds))
    plain_s = _seconds(lambda: plain(some))
    speeds.append(matmul_speed(effort.limit_seconds))
    gflops, work = max(speeds), work_of(lengths)
    shares = [work / whole_s / gflops, work / embed_s / gflops, work_of(count(some)) / plain_s / gflops]
    tokens = sum(lengths)
    return Indexing(
        passages=len(texts),
        tokens=tokens,
        gflops=round(gflops, 1),
        limit=round(gflops * tokens / work, 1),
        reindex=round(tokens / whole_s, 1),
        embed=round(tokens / embed_s, 1),
        plain=round(sum(count(some)) / plain_s, 1),
        reindex_share=round(shares[0], 6),
        embed_share=round(shares[1], 6),
        plain_share=round(shares[2], 6),
    )


def texts_of(folder: Path) -> list[str]:
    """Cut the documents of a folder into what is embedded of them."""
    documents = [read_file(path) for path in list_files(folder)]
    return [f"{passage.header}\n{passage.text}" for document in documents for passage in chunk(document)]


def work_of(lengths: Sequence[int]) -> float:
    """Count the work of the matrix products for texts of so many tokens each, in GFLOP.

    A multiplication and the addition after it are two operations.
    """
    a_token = LAYERS * sum(2 * wide * high * times for wide, high, times in SHAPES)
    a_pair = LAYERS * 2 * 2 * WIDTH  # of tokens: queries by keys, and weights by values
    return sum(length * a_token + length * length * a_pair for length in lengths) / 1e9


def matmul_speed(seconds: float) -> float:
    """Measure the products of a layer in GFLOP a second, the best of some."""
    draw = np.random.default_rng(7)
    rows = {wide: draw.standard_normal((BATCH_TOKENS, wide), dtype=np.float32) for wide in (WIDTH, INNER)}
    weights = [draw.standard_normal((wide, high), dtype=np.float32) for wide, high, _ in SHAPES]
    outs = [np.empty((BATCH_TOKENS, high), dtype=np.float32) for _, high, _ in SHAPES]
    work = sum(2 * BATCH_TOKENS * wide * high * times for wide, high, times in SHAPES) / 1e9

    def layer(multiply: Multiply) -> None:
        for (wide, _, times), weight, out in zip(SHAPES, weights, outs, strict=True):
            for _ in range(times):
                multiply(rows[wide], weight, out)

    best, end = 0.0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        best = max(best, *(work / _seconds(partial(layer, multiply)) for multiply in [_by_numpy, *_by_torch()]))
    return best


def _by_numpy(rows: Matrix, weights: Matrix, out: Matrix) -> None:
    np.matmul(rows, weights, out=out)


def _by_torch() -> list[Multiply]:
    """Multiply by torch too where the plain bot has loaded it: the limit is the faster of both."""
    torch: Any = sys.modules.get("torch")
    if torch is None:
        return []

    def multiply(rows: Matrix, weights: Matrix, out: Matrix) -> None:
        torch.mm(torch.from_numpy(rows), torch.from_numpy(weights), out=torch.from_numpy(out))

    return [multiply]


def _reindexed(embedder: Embedder, folder: Path) -> tuple[float, float]:
    timed: Any = Timed(embedder)
    with tempfile.TemporaryDirectory() as place:
        library = Library(Path(place), lambda: timed)
        whole = _seconds(lambda: library.reindex([folder], "bench"))
        library.close()
    return whole, timed.seconds


def _seconds(call: Callable[[], object]) -> float:
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin
