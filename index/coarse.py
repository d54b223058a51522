"""Vectors in some thousand lists, a byte a number: near ones are found without looking at all. The only `import faiss`.

What is found is to be scored exactly. Source: FAISS wiki, "Faster search" and "Faiss indexes".
"""

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.embed import Vector
from index.slots import FREE, Rows, Slots, VectorFile, write_whole

LISTS_PER_ROOT = 2
"""Lists for each row of the square root of the vectors' number."""
PROBED_SHARE, PROBED_LEAST = 0.06, 64
"""Of the lists, how many are looked into. Measured on questions and texts: see docs/performance.md."""
TRAINING_POINTS, TRAINING_ROUNDS = 64, 8
"""Vectors for each list, and rounds, of k-means."""
ADDED_AT_ONCE = 20_000
SEED = 7
LIST_ENTRY_BYTES = 8


class Coarse:
    """An index of the first `covered` slots of a file of vectors. Immutable."""

    def __init__(self, index: Any, vectors_file: str, covered: int) -> None:
        self._index = index
        self.vectors_file = vectors_file
        self.covered = covered

    @classmethod
    def load(cls, folder: Path, vectors_file: str) -> "Coarse | None":
        """Open the one that covers most of a file of vectors; None where there is none that can be read."""
        for covered, path in sorted(_files(folder, vectors_file), reverse=True):
            try:
                index = _faiss().read_index(str(path), _faiss().IO_FLAG_MMAP | _faiss().IO_FLAG_READ_ONLY)
            except RuntimeError:
                continue
            if isinstance(index, _faiss().IndexIVFScalarQuantizer) and _is_whole(index, path):
                # otherwise each search starts some threads that read ahead, which takes longer than the search
                _faiss().downcast_InvertedLists(index.invlists).prefetch_nthread = 0
                return cls(index, vectors_file, covered)
        return None

    @staticmethod
    def build(slots: Slots) -> None:
        """Train an index of the slots that are taken and write it beside them; it takes a minute for a million.

        Raises:
            OSError: the file cannot be written.
        """
        _faiss().omp_set_num_threads(1)  # of this thread; the others answer questions
        taken = np.flatnonzero(slots.rows != FREE)
        index = _trained(slots.file, taken)
        for start in range(0, len(taken), ADDED_AT_ONCE):
            some = taken[start : start + ADDED_AT_ONCE]
            index.add_with_ids(slots.file.read(some), some)
        path = slots.folder / f"{_prefix(slots.vectors_file)}{len(slots.rows)}"
        write_whole(path, lambda new: _write(index, new))

    def nearest(self, query: Vector, k: int, free: "FreeSlots | None") -> Rows:
        """List about `k` slots near a query, nearest first by and large; fewer where there are none.

        Args:
            query: float32 `(d,)`, unit length.
            free: the slots to pass over.
        """
        _faiss().omp_set_num_threads(1)  # waking a second thread takes longer than the work
        probed = max(PROBED_LEAST, math.ceil(PROBED_SHARE * self._index.nlist))
        given = _faiss().SearchParametersIVF(nprobe=probed, sel=free.selector if free else None)
        _, found = self._index.search(query[None], k, params=given)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)


class FreeSlots:
    """Slots whose rows are gone, in the form that a search takes."""

    def __init__(self, rows: Rows) -> None:
        self._taken: npt.NDArray[np.uint8] = np.packbits(rows != FREE, bitorder="little")  # the selector only points
        self.selector = _faiss().IDSelectorBitmap(self._taken)


@cache
def _faiss() -> Any:
    """Import it when there are lists to look into or to build: few libraries have any, and it takes 14 MB."""
    import faiss

    return faiss


def tidy(folder: Path, vectors_file: str) -> None:
    """Delete the indexes of other files of vectors, and those that cover less than another."""
    smaller = {path for _, path in sorted(_files(folder, vectors_file))[:-1]}
    for path in folder.glob("coarse-*"):
        if path in smaller or not path.name.startswith(_prefix(vectors_file)):
            path.unlink(missing_ok=True)


def _write(index: Any, path: Path) -> None:
    try:
        _faiss().write_index(index, str(path))
    except RuntimeError as error:
        raise OSError(str(error)) from error


def _trained(file: VectorFile, taken: Rows) -> Any:
    lists = max(1, LISTS_PER_ROOT * math.isqrt(len(taken)))
    dimension = file.vectors.shape[1]
    inner = _faiss().METRIC_INNER_PRODUCT
    quantizer = _faiss().IndexFlatIP(dimension)
    index = _faiss().IndexIVFScalarQuantizer(quantizer, dimension, lists, _faiss().ScalarQuantizer.QT_8bit, inner)
    index.cp.spherical, index.cp.niter, index.cp.seed = True, TRAINING_ROUNDS, SEED
    index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, TRAINING_POINTS
    wanted = min(len(taken), lists * TRAINING_POINTS)
    sample = np.random.default_rng(SEED).choice(taken, wanted, replace=False)
    index.train(file.read(np.sort(sample)))
    return index


def _prefix(vectors_file: str) -> str:
    return f"coarse-{vectors_file.removeprefix('vectors-')}-"


def _files(folder: Path, vectors_file: str) -> Iterator[tuple[int, Path]]:
    prefix = _prefix(vectors_file)
    for path in folder.glob(f"{prefix}*"):
        if path.name.removeprefix(prefix).isdigit():
            yield int(path.name.removeprefix(prefix)), path


def _is_whole(index: Any, path: Path) -> bool:
    """Say whether a file is as long as its lists need it to be: reading behind its end would kill the process."""
    lists = _faiss().downcast_InvertedLists(index.invlists).lists
    ends = [
        lists.at(n).offset + lists.at(n).capacity * (index.code_size + LIST_ENTRY_BYTES) for n in range(lists.size())
    ]
    return max(ends, default=0) <= path.stat().st_size
