"""Finding passages: the protocol of an engine, and the local one (dense + lexical on disk).

An engine is derived from the catalog and can be thrown away at any time. It carries the revision that it has
applied and catches up from there; what is missing or damaged is built again without embedding anything.
"""

import json
import logging
import shutil
import threading
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from index.catalog import Catalog
from index.dense import EXACT_SLOTS, DenseIndex
from index.embed import Vector
from index.errors import DataUnwritable
from index.feed import passage_count, passages_to_apply
from index.lexical import ANALYSERS, DamagedLexical, LexicalIndex, LexicalView
from index.slots import DamagedDense, SlotChange, Slots, write_whole
from index.snapshot import Snapshot

FORMAT = f"2.{ANALYSERS}"

log = logging.getLogger(__name__)

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
    vectors_file: str
    rows_file: str


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
    """FAISS and tantivy in one folder: `engine.json`, `dense/`, `lexical/`.

    Files are written in an order that a crash cannot confuse: `engine.json`, which names the revision and the files of
    vectors, comes last, and applying a change twice gives what applying it once gives.
    """

    def __init__(self, folder: Path, scope: str, model: str, dimension: int, exact_slots: int = EXACT_SLOTS) -> None:
        """Open the engine of a scope, empty where there is none or it is damaged or of another model.

        Args:
            exact_slots: with more vectors than these, lists are built in the background, to look at some of them only.

        Raises:
            DataUnwritable: the folder cannot be created or written.
        """
        self._folder, self._scope, self._model, self._dimension = folder, scope, model, dimension
        self._exact_slots = exact_slots
        self._catching_up = threading.Lock()
        self._builder: threading.Thread | None = None
        self._tried: Slots | None = None
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
            self._follow(catalog, wait_s)
            self._build_lists()
        except Timeout:
            return
        finally:
            self._catching_up.release()

    def _follow(self, catalog: Catalog, wait_s: float) -> None:
        with catalog.read() as snapshot:
            state = snapshot.revision(), snapshot.meta("catalog")
        if state == (self._view.revision, self._view.manifest.catalog):
            return
        with self._lock.acquire(timeout=wait_s if self._view.revision else -1):
            if self._read_manifest() != self._view.manifest:  # another process was here
                self._view = self._open()
            with catalog.read() as snapshot:
                self._view = self._apply(snapshot)

    def close(self) -> None:
        """Wait for what is built in the background."""
        if self._builder:
            self._builder.join()

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
        first = next(added, None)
        if first is None and not removed:
            return self._write_manifest(snapshot.revision(), view.dense, view.lexical, view.manifest.catalog)
        change = view.dense.change()
        change.remove(removed)
        self._lexical.change(removed, _passing(change, chain([first] if first else [], added)))
        dense, lexical = view.dense.changed(change), self._lexical.view()
        if len(lexical) != passage_count(snapshot, self._scope):
            raise DamagedLexical(f"{self._folder} holds {len(lexical)} passages")
        return self._write_manifest(snapshot.revision(), dense, lexical, view.manifest.catalog)

    def _open(self) -> LocalView:
        manifest = self._read_manifest()
        if manifest is None or (manifest.format, manifest.model) != (FORMAT, self._model):
            return self._start_anew()
        try:
            dense = DenseIndex.load(self._folder / "dense", self._dimension, manifest.vectors_file, manifest.rows_file)
            self._lexical = LexicalIndex(self._folder / "lexical")
            lexical = self._lexical.view()
        except (DamagedDense, DamagedLexical):
            return self._start_anew()
        if (len(lexical), len(dense)) != (manifest.passages, manifest.vectors):
            return self._start_anew()
        return LocalView(manifest, dense, lexical)

    def _start_anew(self, catalog: str = "") -> LocalView:
        (self._folder / "engine.json").unlink(missing_ok=True)
        for name in ("lexical", "dense"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
        self._lexical = LexicalIndex(self._folder / "lexical")
        dense = DenseIndex.empty(self._folder / "dense", self._dimension)
        return self._write_manifest(0, dense, self._lexical.view(), catalog)

    def _read_manifest(self) -> Manifest | None:
        try:
            return Manifest(**json.loads((self._folder / "engine.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write_manifest(self, revision: int, dense: DenseIndex, lexical: LexicalView, catalog: str) -> LocalView:
        files = dense.slots.vectors_file, dense.slots.rows_file
        manifest = Manifest(FORMAT, self._model, self._dimension, revision, len(lexical), len(dense), catalog, *files)
        text = json.dumps(asdict(manifest))
        write_whole(self._folder / "engine.json", lambda path: path.write_text(text, encoding="utf-8"))
        dense.tidy()
        return LocalView(manifest, dense, lexical)

    def _build_lists(self) -> None:
        """Begin to build lists for many vectors, once for each state; questions are answered meanwhile."""
        dense = self._view.dense
        building = self._builder is not None and self._builder.is_alive()
        if dense.wants_lists(self._exact_slots) and not building and dense.slots is not self._tried:
            self._tried = dense.slots
            self._builder = threading.Thread(target=self._built_lists, args=(dense,), name="build lists", daemon=True)
            self._builder.start()

    def _built_lists(self, dense: DenseIndex) -> None:
        try:
            with FileLock(self._folder / "building").acquire(timeout=0):
                dense.build_lists()
        except Timeout:  # another process is at it
            return
        except OSError as error:  # the disk is full, or these vectors were thrown away meanwhile
            log.warning("%s: no lists of vectors could be built (%s); questions take longer", self._folder, error)
            return
        with self._catching_up:
            self._view = replace(self._view, dense=self._view.dense.with_lists())


def _passing(change: SlotChange, added: Iterable[tuple[int, str, Vector | None]]) -> Iterator[tuple[int, str]]:
    """Hand on the texts of passages while their vectors are put in; one of an earlier text goes in any case."""
    for passage_id, text, vector in added:
        if vector is None:
            change.remove([passage_id])
        else:
            change.add(passage_id, vector)
        yield passage_id, text
