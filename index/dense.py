"""Nearest vectors: exactly where they are few, else among candidates of lists, which are then scored exactly."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import coarse
from index.coarse import Coarse, FreeSlots
from index.embed import Vector
from index.slots import FREE, Rows, SlotChange, Slots, WrongShape

Scores = npt.NDArray[np.float32]

EXACT_SLOTS = 100_000
"""So many are all looked at for each question."""
TAIL_SLOTS, TAIL_SHARE = 20_000, 0.05
"""Slots behind those that the lists cover are all looked at; where they are more than this, and more than this share
of the covered ones, the lists are built anew."""
CANDIDATES_EACH, CANDIDATES_LEAST = 4, 200
"""Candidates for each row wanted: a byte a number puts near ones in a slightly other order."""


@dataclass(frozen=True, slots=True)
class DenseIndex:
    """Unit vectors by row number, searched by inner product. Immutable: a change makes a new one.

    `lists` are None where there are none yet; everything is looked at then. `free` are the slots to pass over in them.
    """

    slots: Slots
    lists: Coarse | None = None
    free: FreeSlots | None = None

    @classmethod
    def empty(cls, folder: Path, dimension: int) -> "DenseIndex":
        """Make an index without rows in a folder."""
        return cls(Slots.empty(folder, dimension))

    @classmethod
    def load(cls, folder: Path, dimension: int, vectors_file: str, rows_file: str) -> "DenseIndex":
        """Open an index by the names of its files.

        Raises:
            DamagedDense: one of them is missing or too short.
        """
        return cls._with_lists(Slots.load(folder, dimension, vectors_file, rows_file), None)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self.slots.vectors.shape[1])

    def __len__(self) -> int:
        return len(self.slots)

    def change(self) -> SlotChange:
        """Begin a change. This index stays as it is."""
        return SlotChange(self.slots)

    def changed(self, change: SlotChange) -> "DenseIndex":
        """Finish a change of this index and return the new one."""
        slots = change.finish()
        return self if slots is self.slots else self._with_lists(slots, self.lists)

    def tidy(self) -> None:
        """Delete the files of older states."""
        self.slots.tidy()
        coarse.tidy(self.slots.folder, self.slots.vectors_file)

    def wants_lists(self, exact_slots: int = EXACT_SLOTS) -> bool:
        """Say whether too much is looked at for each question."""
        covered = self.lists.covered if self.lists else 0
        tail = len(self.slots.rows) - covered
        return tail > exact_slots if not covered else tail > max(min(TAIL_SLOTS, exact_slots), TAIL_SHARE * covered)

    def build_lists(self) -> None:
        """Build lists of all that is there, into a file that `with_lists` finds."""
        Coarse.build(self.slots)

    def with_lists(self) -> "DenseIndex":
        """Return the same index with the best lists that were built for it."""
        return self._with_lists(self.slots, None)

    def nearest(self, query: Vector, k: int) -> tuple[Scores, Rows]:
        """Find the rows closest to one query.

        Args:
            query: float32 `(d,)`, unit length.
            k: how many; fewer come back from a smaller index.

        Returns:
            Cosine scores in [-1, 1], exact, and row numbers, both `(m,)`, `m <= k`, best first, ties by row.

        Raises:
            WrongShape: `query` is not `(d,)`.
        """
        if query.shape != (self.dimension,):
            raise WrongShape(f"the query is {query.shape}, not {(self.dimension,)}")
        query = np.ascontiguousarray(query, dtype=np.float32)
        # vecdot, because matmul wakes threads, which takes longer than the work
        if not self.lists:
            return _best(np.vecdot(self.slots.vectors, query), self.slots.rows, k)
        covered = self.lists.covered
        found = self.lists.nearest(query, max(CANDIDATES_EACH * k, CANDIDATES_LEAST), self.free)
        near = np.vecdot(self.slots.file.read(found), query), np.vecdot(self.slots.vectors[covered:], query)
        scores = np.concatenate(near)
        rows = np.concatenate([self.slots.rows[found], self.slots.rows[covered:]])
        return _best(scores, rows, k)

    @classmethod
    def _with_lists(cls, slots: Slots, lists: Coarse | None) -> "DenseIndex":
        """Put lists to slots: those given where they fit, else the best on disk."""
        if lists is None or lists.vectors_file != slots.vectors_file:
            lists = Coarse.load(slots.folder, slots.vectors_file)
        if lists is None or lists.covered > len(slots.rows):
            return cls(slots)
        covered = slots.rows[: lists.covered]
        return cls(slots, lists, FreeSlots(covered) if (covered == FREE).any() else None)


def _best(scores: Scores, rows: Rows, k: int) -> tuple[Scores, Rows]:
    taken = rows != FREE
    if not taken.all():
        scores, rows = scores[taken], rows[taken]
    if 0 < k < len(scores):
        near = np.argpartition(-scores, k - 1)[:k]
        near = np.flatnonzero(scores >= scores[near].min())  # ties at the end, too
        scores, rows = scores[near], rows[near]
    order = np.lexsort((rows, -scores))[: max(0, k)]
    return scores[order], rows[order]
