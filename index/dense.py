"""Nearest vectors, exactly. The only file that imports faiss."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embed import Vector, Vectors

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]


class WrongShape(ValueError):
    """A vector has another dimension than the index."""


class DamagedDense(Exception):
    """A file is not an index that can be read."""


class DenseIndex:
    """Unit vectors by row number, searched by inner product. Immutable: a change makes a new one."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> "DenseIndex":
        """Make an index without rows."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def load(cls, path: Path) -> "DenseIndex":
        """Read an index from a file.

        Raises:
            DamagedDense: the file is missing or is no index of this kind.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise DamagedDense(str(path)) from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise DamagedDense(str(path))
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(path))

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def changed(self, removed: Rows, rows: Rows, vectors: Vectors) -> "DenseIndex":
        """Copy the index without some rows and with others; rows that it holds already are replaced.

        Args:
            removed: int64 `(r,)`; those that are not there are passed over.
            rows: int64 `(n,)`.
            vectors: float32 `(n, d)`, unit length.

        Raises:
            WrongShape: `vectors` is not `(n, d)`.
        """
        if vectors.shape != (len(rows), self.dimension):
            raise WrongShape(f"vectors are {vectors.shape}, not {(len(rows), self.dimension)}")
        copy: Any = faiss.clone_index(self._index)
        gone = np.union1d(removed, rows).astype(np.int64)
        if len(gone) and copy.ntotal:
            copy.remove_ids(gone)
        if len(rows):
            copy.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), rows)
        return DenseIndex(copy)

    def nearest(self, query: Vector, k: int) -> tuple[Scores, Rows]:
        """Find the rows closest to one query.

        Args:
            query: float32 `(d,)`, unit length.
            k: how many; fewer come back from a smaller index.

        Returns:
            Cosine scores in [-1, 1] and row numbers, both `(m,)`, `m <= k`, best first, ties by row.

        Raises:
            WrongShape: `query` is not `(d,)`.
        """
        if query.shape != (self.dimension,):
            raise WrongShape(f"the query is {query.shape}, not {(self.dimension,)}")
        k = min(k, len(self))
        if k <= 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        scores, rows = self._index.search(np.ascontiguousarray(query[None], dtype=np.float32), k)
        order = np.lexsort((rows[0], -scores[0]))
        return scores[0][order], rows[0][order]
