"""Finding passages: the protocol of an engine, and the local one (dense + lexical on disk).

An engine is derived from the catalog and can be thrown away at any time. It carries the revision that it has
applied and catches up from there; what is missing or damaged is built again without embedding anything.
"""

import json
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from filelock import FileLock, Timeout

from index.catalog import Catalog
from index.dense import DamagedDense, DenseIndex
from index.embed import Vector
from index.errors import DataUnwritable
from index.feed import passage_count, passages_to_apply
from index.lexical import ANALYSERS, DamagedLexical, LexicalIndex, LexicalView
from index.snapshot import Snapshot

FORMAT = f"1.{ANALYSERS}"

Scored = list[tuple[float, int]]
"""Scores and passage ids, best first, ties by id."""


class View(Protocol):
    """One state of an engine: what it finds may have been removed since, so ask the catalog."""

    @property
    def revision(self) -> int:
        """The change of the catalog up to which it is complete."""
        ...

    def nearest(self, vector: Vector, k: int) -> Scored:
        """Find passages by cosine."""
        ...

    def matching(self, text: str, k: int) -> Scored:
        """Find passages by words (BM25)."""
        ...

    def holding(self, phrase: str, k: int) -> Scored:
        """Find passages that hold a phrase word for word."""
        ...

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of a stem."""
        ...

    def count(self, stem: str) -> int:
        """Count the passages that hold a stem."""
        ...

    def closest(self, word: str) -> str | None:
        """Find the word of the corpus that a word may be a slip of."""
        ...


class Engine(Protocol):
    """Finds the passages of one scope."""

    def view(self) -> View:
        """Return the present state, which no later change touches."""
        ...

    def catch_up(self, catalog: Catalog, wait_s: float = 0) -> None:
        """Apply what changed in the catalog since; views taken before stay as they are.

        Where another process is at it, wait for it so long at most and otherwise go on with the present state.
        """
        ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What lies in an engine's folder describes itself."""

    format: str
    model: str
    dimension: int
    revision: int
    passages: int
    vectors: int
    catalog: str


@dataclass(frozen=True, slots=True)
class LocalView:
    """One state of the local engine."""

    manifest: Manifest
    dense: DenseIndex
    lexical: LexicalView

    @property
    def revision(self) -> int:
        """The change of the catalog up to which it is complete."""
        return self.manifest.revision

    def nearest(self, vector: Vector, k: int) -> Scored:
        """Find passages by cosine."""
        scores, rows = self.dense.nearest(vector, k)
        return [(float(score), int(row)) for score, row in zip(scores, rows, strict=True)]

    def matching(self, text: str, k: int) -> Scored:
        """Find passages by words (BM25)."""
        return self.lexical.search(text, k)

    def holding(self, phrase: str, k: int) -> Scored:
        """Find passages that hold a phrase word for word."""
        return self.lexical.search_phrase(phrase, k)

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of a stem."""
        return self.lexical.weight(stem)

    def count(self, stem: str) -> int:
        """Count the passages that hold a stem."""
        return self.lexical.count(stem)

    def closest(self, word: str) -> str | None:
        """Find the word of the corpus that a word may be a slip of."""
        return self.lexical.closest(word)


class LocalEngine:
    """FAISS and tantivy in one folder: `engine.json`, `dense.faiss`, `lexical/`.

    Files are written in an order that a crash cannot confuse: `engine.json`, which names the revision, comes
    last, and applying a change twice gives what applying it once gives.
    """

    def __init__(self, folder: Path, scope: str, model: str, dimension: int) -> None:
        """Open the engine of a scope, empty where there is none or it is damaged or of another model.

        Raises:
            DataUnwritable: the folder cannot be created or written.
        """
        self._folder, self._scope, self._model, self._dimension = folder, scope, model, dimension
        self._catching_up = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(folder / "lock")
            with self._lock:
                self._view = self._open()
        except OSError as error:
            raise DataUnwritable(
                f"{folder}: cannot be written ({error.strerror}); give permission or set PURGEBOT_DATA"
            ) from None

    def view(self) -> LocalView:
        """Return the present state, which no later change touches."""
        return self._view

    def catch_up(self, catalog: Catalog, wait_s: float = 0) -> None:
        """Apply what changed in the catalog since. Searches go on meanwhile, and nobody waits for another thread or
        process longer than `wait_s`, unless there is nothing to serve yet.
        """
        if not self._catching_up.acquire(timeout=wait_s if self._view.revision else -1):
            return
        try:
            with catalog.read() as snapshot:
                state = snapshot.revision(), snapshot.meta("catalog")
            if state == (self._view.revision, self._view.manifest.catalog):
                return
            try:
                with self._lock.acquire(timeout=wait_s if self._view.revision else -1):
                    if self._read_manifest() != self._view.manifest:  # another process was here
                        self._view = self._open()
                    with catalog.read() as snapshot:
                        self._view = self._apply(snapshot)
            except Timeout:
                return
        finally:
            self._catching_up.release()

    def _apply(self, snapshot: Snapshot) -> LocalView:
        identity = snapshot.meta("catalog") or ""
        if self._view.manifest.catalog != identity:  # a new engine, or another catalog stands in the old one's place
            self._view = self._start_anew(identity)
        try:
            return self._write_changes(snapshot, self._view)
        except (DamagedDense, DamagedLexical):
            return self._write_changes(snapshot, self._start_anew(identity))

    def _write_changes(self, snapshot: Snapshot, view: LocalView) -> LocalView:
        removed, added = passages_to_apply(snapshot, self._scope, view.revision, self._model)
        texts: list[tuple[int, str]] = []
        rows: list[int] = []
        vectors: list[Vector] = []
        for passage_id, text, vector in added:
            texts.append((passage_id, text))
            if vector is not None:
                rows.append(passage_id)
                vectors.append(vector)
        dense, lexical = view.dense, view.lexical
        if removed or texts:
            dense = dense.changed(
                np.array([*removed, *(passage_id for passage_id, _ in texts)], dtype=np.int64),
                np.array(rows, dtype=np.int64),
                np.array(vectors, dtype=np.float32).reshape(len(rows), self._dimension),
            )
            self._lexical.change(removed, texts)
            lexical = self._lexical.view()
            _replace(self._folder / "dense.faiss", dense.save)
        if len(lexical) != passage_count(snapshot, self._scope):
            raise DamagedLexical(f"{self._folder} holds {len(lexical)} passages")
        return self._write_manifest(snapshot.revision(), dense, lexical, view.manifest.catalog)

    def _open(self) -> LocalView:
        manifest = self._read_manifest()
        if manifest is None or (manifest.format, manifest.model) != (FORMAT, self._model):
            return self._start_anew()
        try:
            dense = DenseIndex.load(self._folder / "dense.faiss")
            self._lexical = LexicalIndex(self._folder / "lexical")
            lexical = self._lexical.view()
        except (DamagedDense, DamagedLexical):
            return self._start_anew()
        if (len(lexical), len(dense)) != (manifest.passages, manifest.vectors):
            return self._start_anew()
        return LocalView(manifest, dense, lexical)

    def _start_anew(self, catalog: str = "") -> LocalView:
        for name in ("engine.json", "dense.faiss"):
            (self._folder / name).unlink(missing_ok=True)
        shutil.rmtree(self._folder / "lexical", ignore_errors=True)
        self._lexical = LexicalIndex(self._folder / "lexical")
        dense = DenseIndex.empty(self._dimension)
        _replace(self._folder / "dense.faiss", dense.save)
        return self._write_manifest(0, dense, self._lexical.view(), catalog)

    def _read_manifest(self) -> Manifest | None:
        try:
            return Manifest(**json.loads((self._folder / "engine.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write_manifest(self, revision: int, dense: DenseIndex, lexical: LexicalView, catalog: str) -> LocalView:
        manifest = Manifest(FORMAT, self._model, self._dimension, revision, len(lexical), len(dense), catalog)
        text = json.dumps(asdict(manifest))
        _replace(self._folder / "engine.json", lambda path: path.write_text(text, encoding="utf-8"))
        return LocalView(manifest, dense, lexical)


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    temporary = path.with_suffix(".new")
    write(temporary)
    os.replace(temporary, path)
