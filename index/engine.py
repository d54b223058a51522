"""Finding passages: the protocol of an engine, and the local one (dense + lexical on disk).

An engine is derived from the catalog and can be thrown away at any time. It carries the revision that it has
applied and catches up from there; what is missing or damaged is built again without embedding anything.
"""

import logging
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from index import manifest
from index.catalog import Catalog
from index.dense import EXACT_SLOTS, DenseIndex
from index.embed import Vector
from index.errors import DataUnwritable
from index.feed import passage_count, passages_to_apply
from index.lexical import ANALYSERS, DamagedLexical, LexicalIndex, LexicalView
from index.manifest import Manifest
from index.opening import REMEDY
from index.slots import DamagedDense, SlotChange
from index.snapshot import NEW, Snapshot, State

FORMAT = f"2.{ANALYSERS}"
PAUSE_S = 30
"""After a change that could not be written, before questions try it again; whoever makes a change always does."""

log = logging.getLogger(__name__)

Scored = list[tuple[float, int]]
"""Scores and passage ids, best first, ties by id."""


class View(Protocol):
    """One state of an engine: what it finds may have been removed since, so ask the catalog."""

    @property
    def revision(self) -> int:
        """The change of the catalog up to which it is complete."""
        ...

    @property
    def state(self) -> State:
        """The state of the catalog that it shows."""
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
class LocalView:
    """One state of the local engine."""

    manifest: Manifest
    dense: DenseIndex
    lexical: LexicalView

    @property
    def revision(self) -> int:
        """The change of the catalog up to which it is complete."""
        return self.manifest.revision

    @property
    def state(self) -> State:
        """The state of the catalog that it shows."""
        now = self.manifest
        return (now.catalog, now.revision, now.at) if now.revision else NEW

    def nearest(self, vector: Vector, k: int) -> Scored:
        """Find passages by cosine."""
        scores, rows = self.dense.nearest(vector, k)
        return list(zip(scores.tolist(), rows.tolist(), strict=True))

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

    Files are written in an order that a crash cannot confuse, see `index/manifest.py`. What is served is always one
    whole state: the one before a change, until that is made.
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
        self._catching_up, self._beginning = threading.Lock(), threading.Lock()
        self._builder: threading.Thread | None = None
        self._tried = ""
        self._paused_until = 0.0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(folder / "lock")
            self._view = self._whole() or self._open()
        except OSError as error:
            raise _unwritable(folder, error) from error

    def view(self) -> LocalView:
        """Return the present state, which no later change touches."""
        return self._view

    def catch_up(self, catalog: Catalog, wait_s: float = 0) -> None:
        """Apply what changed in the catalog since. Searches go on meanwhile, and nobody waits for another thread or
        process longer than `wait_s`, unless there is nothing of this catalog to serve yet.

        Raises:
            DataUnwritable: the files cannot be written, and there is nothing to serve yet. Otherwise the present state
                goes on to be served, and the log says so.
        """
        view = self._view
        with catalog.read() as snapshot:
            state, same = snapshot.state(), _leads_to(snapshot, view)
        if view.state == state:
            self._build_lists()
            return
        serves = same and view.revision > 0
        if serves and not wait_s and time.monotonic() < self._paused_until:
            return
        if self._catching_up.acquire(timeout=wait_s if serves else -1):
            try:
                self._follow(catalog, wait_s, serves)
            finally:
                self._catching_up.release()
            self._build_lists()

    def close(self) -> None:
        """Wait for what is built in the background."""
        if self._builder:
            self._builder.join()

    def _follow(self, catalog: Catalog, wait_s: float, serves: bool) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._lock.acquire(timeout=wait_s if serves else -1):
                view = self._view
                if manifest.read(self._folder) != view.manifest:  # another process was here
                    view = self._whole() or self._start_anew()
                with catalog.read() as snapshot:
                    self._view = self._apply(snapshot, view)
        except Timeout:
            return
        except OSError as error:
            if not serves:
                raise _unwritable(self._folder, error) from error
            self._paused_until = time.monotonic() + PAUSE_S
            log.warning("%s: cannot be written (%s); the state before the change is served", self._folder, error)

    def _apply(self, snapshot: Snapshot, view: LocalView) -> LocalView:
        """Return the state that a catalog leads to.

        Raises:
            OSError: the files cannot be written.
        """
        identity = snapshot.meta("catalog") or ""
        if not view.revision:  # it is empty, and takes any catalog
            view = replace(view, manifest=replace(view.manifest, catalog=identity))
        elif not _leads_to(snapshot, view):  # another catalog stands in the old one's place
            view = self._start_anew(identity)
        try:
            return self._changed(snapshot, view)
        except (DamagedDense, DamagedLexical, FileNotFoundError) as error:
            log.warning("%s: is damaged (%s) and built again", self._folder, error)
        try:
            return self._changed(snapshot, self._start_anew(identity))
        except (DamagedDense, DamagedLexical) as error:
            raise OSError(str(error)) from error

    def _changed(self, snapshot: Snapshot, view: LocalView) -> LocalView:
        """Write the state that a catalog leads to beside the present one; the words' commit puts it in its place."""
        removed, added = passages_to_apply(snapshot, self._scope, view.revision, self._model)
        first = next(added, None)
        if first is None and not removed:
            return self._moved(replace(view, manifest=_reached(view.manifest, snapshot)))
        change = view.dense.change()
        change.remove(removed)
        with self._lexical.changing(removed, _passing(change, chain([first] if first else [], added))):
            dense = view.dense.changed(change)
            after = self._manifest_of(snapshot, view, dense)
            manifest.announce(self._folder, view.manifest, after)
        lexical = self._lexical.view()
        if len(lexical) != after.passages:
            raise DamagedLexical(f"{len(lexical)} passages instead of {after.passages}")
        dense.tidy()
        return LocalView(after, dense, lexical)

    def _manifest_of(self, snapshot: Snapshot, before: LocalView, dense: DenseIndex) -> Manifest:
        return replace(
            _reached(before.manifest, snapshot), passages=passage_count(snapshot, self._scope), vectors=len(dense),
            vectors_file=dense.slots.vectors_file, rows_file=dense.slots.rows_file,
        )  # fmt: skip

    def _moved(self, view: LocalView) -> LocalView:
        """Write down that a state is that of a later revision, too."""
        manifest.write(self._folder, view.manifest)
        return view

    def _open(self) -> LocalView:
        """Open what is there, when no other process writes to it; begin anew where that is nothing whole."""
        with self._lock:
            return self._whole() or self._start_anew()

    def _whole(self) -> LocalView | None:
        """Open what is there; None where it is damaged or of another model, or another process is changing it."""
        found = manifest.read(self._folder)
        if found is None or (found.format, found.model) != (FORMAT, self._model):
            return None
        try:
            dense = DenseIndex.load(self._folder / "dense", self._dimension, found.vectors_file, found.rows_file)
            self._lexical = LexicalIndex(self._folder / manifest.WORDS)
            lexical = self._lexical.view()
        except (DamagedDense, DamagedLexical):
            return None
        sizes = len(lexical), len(dense)
        same = manifest.read(self._folder) == found  # if not, the words were committed while they were opened
        return LocalView(found, dense, lexical) if same and sizes == (found.passages, found.vectors) else None

    def _start_anew(self, catalog: str = "") -> LocalView:
        manifest.forget(self._folder)
        for name in (manifest.WORDS, "dense"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
        self._lexical = self._empty_words()
        dense = DenseIndex.empty(self._folder / "dense", self._dimension)
        files = dense.slots.vectors_file, dense.slots.rows_file
        empty = Manifest(FORMAT, self._model, self._dimension, 0, 0, 0, catalog, *files)
        return self._moved(LocalView(empty, dense, self._lexical.view()))

    def _empty_words(self) -> LexicalIndex:
        try:
            return LexicalIndex(self._folder / manifest.WORDS)
        except DamagedLexical as error:  # it is new
            raise OSError(str(error)) from error

    def _build_lists(self) -> None:
        """Begin to build lists for many vectors, once for each state; questions are answered meanwhile."""
        dense = self._view.dense
        if dense.slots.rows_file == self._tried or not dense.wants_lists(self._exact_slots):
            return
        with self._beginning:
            if dense.slots.rows_file == self._tried or (self._builder and self._builder.is_alive()):
                return
            self._tried = dense.slots.rows_file
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


def _leads_to(snapshot: Snapshot, view: LocalView) -> bool:
    """Say whether a catalog led to a state, or may: it is the same one, and no older copy of it was put back, nor one
    that has made other changes since.
    """
    known, catalog = view.manifest, snapshot.meta("catalog")
    if known.catalog != catalog or known.revision > snapshot.revision():
        return False
    at = snapshot.at(known.revision)
    return not (at and known.at) or at == known.at  # a server that is forgotten leaves no line in the log


def _reached(before: Manifest, snapshot: Snapshot) -> Manifest:
    """Write down which state of the catalog is reached."""
    _, revision, at = snapshot.state()
    return replace(before, revision=revision, at=at)


def _unwritable(folder: Path, error: OSError) -> DataUnwritable:
    reason = error.strerror or error
    return DataUnwritable(f"{folder}: cannot be written ({reason}); free some space or {REMEDY}")


def _passing(change: SlotChange, added: Iterable[tuple[int, str, Vector | None]]) -> Iterator[tuple[int, str]]:
    """Hand on the texts of passages while their vectors are put in; one of an earlier text goes in any case."""
    for passage_id, text, vector in added:
        if vector is None:
            change.remove([passage_id])
        else:
            change.add(passage_id, vector)
        yield passage_id, text
