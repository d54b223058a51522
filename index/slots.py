"""Vectors on disk as they were embedded, read through a memory map.

A vector lies in a slot of a file that only grows; a second file, written anew with each change, says which row each
slot holds. Their names are never used again, so that whoever looks at an older state sees it as it was.
"""

import mmap
import os
import secrets
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.embed import Vector, Vectors

Rows = npt.NDArray[np.int64]

FREE = -1
"""The row of a slot whose row is gone."""
BUFFERED = 4096
"""Vectors that are written at once."""
SPARSE_SLOTS = 4096
"""Where more slots than these are free, and more than are taken, the vectors are written anew without them."""
TOKEN_BYTES = 8


class WrongShape(ValueError):
    """A vector has another dimension than the index."""


class DamagedDense(Exception):
    """A file is missing, or does not hold what it should."""


class VectorFile:
    """A file of vectors that stays open, even when it is deleted. `vectors` are mapped: float32 `(n, d)`."""

    def __init__(self, descriptor: int, name: str, count: int, dimension: int) -> None:
        self._descriptor = descriptor
        self.name = name
        self.vectors = _map(descriptor, count, dimension)

    @classmethod
    def open(cls, path: Path, count: int, dimension: int) -> "VectorFile":
        """Open a file of at least so many vectors.

        Raises:
            OSError, ValueError: it is missing, or shorter.
        """
        return cls(os.open(path, os.O_RDONLY), path.name, count, dimension)

    def __del__(self) -> None:
        os.close(self._descriptor)

    def read(self, slots: Rows) -> Vectors:
        """Read some vectors into memory: what is read through the map would count as the process's own from then on."""
        size = self.vectors.itemsize * self.vectors.shape[1]
        found = b"".join(os.pread(self._descriptor, size, slot * size) for slot in slots.tolist())
        return np.frombuffer(found, np.float32).reshape(len(slots), self.vectors.shape[1])


@dataclass(frozen=True, slots=True)
class Slots:
    """One state of the two files: `rows` int64 `(n,)`, `FREE` where a row is gone."""

    folder: Path
    file: VectorFile
    rows_file: str
    rows: Rows

    @classmethod
    def empty(cls, folder: Path, dimension: int) -> "Slots":
        """Make files without rows."""
        folder.mkdir(parents=True, exist_ok=True)
        path, rows = folder / _new_name("vectors"), np.empty(0, np.int64)
        path.touch()
        return cls(folder, VectorFile.open(path, 0, dimension), _write_rows(folder, rows), rows)

    @classmethod
    def load(cls, folder: Path, dimension: int, vectors_file: str, rows_file: str) -> "Slots":
        """Read a state by the names of its files.

        Raises:
            DamagedDense: one of them is missing or too short.
        """
        try:
            rows = _read_rows(folder / rows_file)
            file = VectorFile.open(folder / vectors_file, len(rows), dimension)
        except (OSError, ValueError) as error:
            raise DamagedDense(str(error)) from error
        return cls(folder, file, rows_file, rows)

    @property
    def vectors_file(self) -> str:
        """Name of the file of vectors."""
        return self.file.name

    @property
    def vectors(self) -> Vectors:
        """All vectors, mapped: float32 `(n, d)`."""
        return self.file.vectors

    def __len__(self) -> int:
        return int(np.count_nonzero(self.rows != FREE))

    def tidy(self) -> None:
        """Delete the files of other states; who looks at these still sees them."""
        kept = {self.vectors_file, self.rows_file}
        for path in [*self.folder.glob("vectors-*"), *self.folder.glob("rows-*")]:
            if path.name not in kept:
                path.unlink(missing_ok=True)


class SlotChange:
    """Writes a new state beside the old one. A crash in the middle leaves the old one as it was."""

    def __init__(self, before: Slots) -> None:
        self._before = before
        self._gone: list[int] = []
        self._added: list[int] = []
        self._waiting: list[Vector] = []

    def remove(self, rows: Sequence[int]) -> None:
        """Take rows out; those that are not there are passed over."""
        self._gone += rows

    def add(self, row: int, vector: Vector) -> None:
        """Put a row in; one that is there already is replaced.

        Raises:
            WrongShape: `vector` is not `(d,)`.
        """
        wanted = self._before.vectors.shape[1:]
        if vector.shape != wanted:
            raise WrongShape(f"the vector is {vector.shape}, not {wanted}")
        self._added.append(row)
        self._waiting.append(vector)
        if len(self._waiting) >= BUFFERED:
            self._write()

    def finish(self) -> Slots:
        """Write what is left and return the new state."""
        before = self._before
        if not self._gone and not self._added:
            return before
        self._write()
        gone = np.array([*self._gone, *self._added], np.int64)
        rows = np.where(np.isin(before.rows, gone), FREE, before.rows)
        rows = np.concatenate([rows, _last_only(np.array(self._added, np.int64))])
        file = VectorFile.open(before.folder / before.vectors_file, len(rows), before.vectors.shape[1])
        free = int(np.count_nonzero(rows == FREE))
        if free > SPARSE_SLOTS and free > len(rows) - free:
            return _packed(before.folder, rows, file)
        return Slots(before.folder, file, _write_rows(before.folder, rows), rows)

    def _write(self) -> None:
        """Write behind what the old state holds; what a crash left there is overwritten."""
        if not self._waiting:
            return
        vectors = np.array(self._waiting, dtype=np.float32)
        slot = len(self._before.rows) + len(self._added) - len(vectors)
        with (self._before.folder / self._before.vectors_file).open("r+b") as file:
            file.seek(slot * vectors[0].nbytes)
            file.write(vectors.tobytes())
            os.fsync(file.fileno())
        self._waiting = []


def _packed(folder: Path, rows: Rows, old: VectorFile) -> Slots:
    taken = np.flatnonzero(rows != FREE)
    path, rows = folder / _new_name("vectors"), rows[taken]
    with path.open("wb") as file:
        for start in range(0, len(taken), BUFFERED):
            file.write(old.read(taken[start : start + BUFFERED]).tobytes())
        file.flush()
        os.fsync(file.fileno())
    return Slots(folder, VectorFile.open(path, len(rows), old.vectors.shape[1]), _write_rows(folder, rows), rows)


def _map(descriptor: int, count: int, dimension: int) -> Vectors:
    if not count:
        return np.empty((0, dimension), np.float32)
    size = count * dimension * np.dtype(np.float32).itemsize
    mapped = mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
    return np.frombuffer(mapped, np.float32).reshape(count, dimension)


def _write_rows(folder: Path, rows: Rows) -> str:
    name = _new_name("rows")
    write_whole(folder / name, lambda path: np.append(rows, zlib.crc32(rows.tobytes())).tofile(path))
    return name


def _read_rows(path: Path) -> Rows:
    """Read rows and the sum behind them.

    Raises:
        ValueError: the sum is another.
    """
    numbers = np.fromfile(path, dtype=np.int64)
    rows, found = numbers[:-1], numbers[-1:]
    if found.tolist() != [zlib.crc32(rows.tobytes())]:
        raise ValueError(f"{path}: the rows do not have the sum {found}")
    return rows


def _last_only(rows: Rows) -> Rows:
    """Free all but the last of the slots that one row was given."""
    _, last = np.unique(rows[::-1], return_index=True)
    kept = np.zeros(len(rows), bool)
    kept[len(rows) - 1 - last] = True
    return np.where(kept, rows, FREE)


def _new_name(kind: str) -> str:
    return f"{kind}-{secrets.token_hex(TOKEN_BYTES)}"


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file that is there whole or not at all."""
    temporary = path.with_name(f"{path.name}.new")
    write(temporary)
    _sync(temporary)
    os.replace(temporary, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
