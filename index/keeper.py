"""What changes the library: documents come and go, each time in one change that is logged and can be taken back."""

import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from corpus.document import Document
from corpus.readers import list_files
from index.catalog import SHARED, Catalog, Change, Indexed
from index.chunk import CHUNKER
from index.embed import Embedder
from index.engine import LocalEngine
from index.errors import CatalogOutdated, DataUnwritable, UnknownDocument
from index.forgetting import FORGOTTEN, erase, scopes_held
from index.gather import Gathered
from index.intake import (
    ADDED,
    CORPUS,
    Progress,
    Summary,
    as_indexed,
    index_documents,
    loss_of,
    no_progress,
    plan_of,
)
from index.placing import linked, placed, to_share
from index.rulings import Ruling
from index.shelf import Shelf, find, seen_by
from index.snapshot import Snapshot, State

Made = TypeVar("Made")
CATALOG_FILE = "catalog.sqlite"
MODEL_CHARS = 12
CHANGE_TRIES = 10
OUTDATED = (
    "the index was built with another model or another way of cutting passages; "
    "run 'purgebot reindex --full', or set PURGEBOT_MODEL and PURGEBOT_EMBED_RUNTIME back"
)
ENGINE_WAIT_S = 60
"""How long whoever changed something waits for another process that is writing the engine's files."""


class Keeper(Shelf):
    """Holds the catalog, the engines and the model, and changes what they hold."""

    def __init__(self, data: Path, load_embedder: Callable[[], Embedder]) -> None:
        """Open the library in a folder, making it where there is none.

        Args:
            data: folder of the catalog and the engines.
            load_embedder: called once, when the first text is to be embedded; it takes seconds.

        Raises:
            DataUnwritable, CatalogDamaged, CatalogOutdated: see `index/errors.py`.
        """
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataUnwritable(
                f"{data}: this folder cannot be made ({error.strerror}); give permission or set PURGEBOT_DATA"
            ) from None
        self._data = data
        self._load_embedder = load_embedder
        self._loaded: Gathered | None = None
        self._loading = threading.Lock()
        super().__init__(Catalog.in_file(data / CATALOG_FILE))
        self._engines: dict[str, LocalEngine] = {}
        self._opening = threading.Lock()

    def close(self) -> None:
        """Let the files go."""
        self._catalog.close()

    def reindex(
        self, folders: Sequence[Path], actor: str, *, full: bool = False, progress: Progress = no_progress
    ) -> Summary:
        """Bring the shared documents into step with folders, in one change; what is unchanged is left alone.

        A file that cannot be read keeps the version that is held, and is named under `failed`.

        Args:
            full: read and cut everything again, with the present chunker and model.
            progress: told how far it is; it may raise `Stopped`.

        Raises:
            Stopped: by `progress`; nothing is changed then.
            Unreadable: a folder is missing; nothing is changed then.
            CatalogOutdated: the chunker or the model changed, which takes `full`.
        """
        files = list(dict.fromkeys(path for folder in folders for path in list_files(folder)))
        if not full:
            self._require_same_model()
        return until_unmoved(lambda: self._reindex(files, actor, full, progress))

    def _reindex(self, files: Sequence[Path], actor: str, full: bool, progress: Progress) -> Summary:
        with self._catalog.read() as snapshot:
            state = snapshot.state()
            rulings = snapshot.rulings()
            switched = self._switched(snapshot)
            plan = plan_of(snapshot, files, full)
        gone = plan.gone(files)
        plan.free(gone)
        for number, path in enumerate(files):
            plan.read(path)
            progress("reading", number + 1, len(files))
        with self._catalog.read() as snapshot:
            again = plan.again(snapshot, progress)
        fresh = [(document, found, CORPUS, SHARED) for document, found in plan.fresh]
        fresh += [(document, stored.fingerprint, stored.origin, stored.scope) for document, stored in again]
        indexed = self._indexed(fresh, rulings, progress)
        if not indexed and not gone:
            return plan.summary([], self._catalog.revision())
        with self._catalog.write(actor, SHARED, "reindex") as change:
            require_unmoved(change, state)
            for stored in [*gone, *plan.replaced, *(stored for _, stored in again)]:
                change.remove(stored.row)
            for number, one in enumerate(indexed):
                change.add(one)
                progress("storing", number + 1, len(indexed))
            self._note_model(change)
            change.detail = {**plan.detail(gone), **switched}
        self._catch_up(SHARED)
        return plan.summary(gone, change.number, loss_of(indexed, self._embedder.inner))

    def add(self, document: Document, fingerprint: str, actor: str, scope: str = SHARED) -> Summary:
        """Add one document in one change; a version that was read from the same file is replaced, if it differs.

        Raises:
            UnknownDocument: a dossier's id belongs to another document.
            UnknownEvent: an article is linked to an event that the scope does not see.
        """
        self._require_same_model()
        return until_unmoved(lambda: self._add(document, fingerprint, actor, scope))

    def _add(self, document: Document, fingerprint: str, actor: str, scope: str) -> Summary:
        with self._catalog.read() as snapshot:
            state = snapshot.state()
            rulings = snapshot.rulings()
            document, held = placed(snapshot, document, scope)
            if [one.fingerprint for one in held] == [fingerprint] and snapshot.load_original(held[0].row) == document:
                return Summary(unchanged=(document.id,), revision=snapshot.revision())
        origin = held[0].origin if held else ADDED
        [indexed] = self._indexed([(document, fingerprint, origin, scope)], rulings)
        with self._catalog.write(actor, scope, "add") as change:
            require_unmoved(change, state)
            for stored in held:
                change.remove(stored.row)
            change.add(indexed)
            change.detail = {"documents": [document.id]}
            self._note_model(change)
        self._catch_up(scope)
        ids = (document.id,)
        return Summary(added=() if held else ids, changed=ids if held else (), revision=change.number)

    def link(self, document_id: str, event_ids: Sequence[str], actor: str, scope: str = SHARED) -> Summary:
        """Say which events one of a scope's own articles is about, in one change that `undo` takes back.

        Args:
            event_ids: all of them; those that it was linked to before and that are not named are unlinked.

        Raises:
            UnknownDocument: the scope has no article of that id.
            UnknownEvent: the scope sees no event of that id.
        """
        self._require_same_model()
        with self._catalog.write(actor, scope, "link") as change:
            stored = find(change, document_id, [scope])
            document = linked(change, change.load_original(stored.row), event_ids, seen_by(scope))
            change.remove(stored.row)
            change.add(as_indexed(document, stored.fingerprint, stored.origin, scope, change.rulings()))
            change.detail = {"documents": [stored.id], "events": list(document.event_ids)}
        self._catch_up(scope)
        return Summary(changed=(stored.id,), revision=change.number)

    def remove(self, identifier: str, actor: str, scope: str = SHARED) -> Summary:
        """Take one of a scope's own documents out, by its id or a source's; `undo` brings it back.

        Raises:
            UnknownDocument: the scope has none of that id.
        """
        with self._catalog.write(actor, scope, "remove") as change:
            stored = find(change, identifier, [scope])
            change.remove(stored.row)
            change.detail = {"documents": [stored.id]}
        self._catch_up(scope)
        return Summary(removed=(stored.id,), revision=change.number)

    def share(self, document_id: str, scope: str, actor: str) -> Summary:
        """Let all see one of a server's own documents, in one change of the operator's that `undo` takes back.

        Raises:
            UnknownDocument: the server has none of that id, or a dossier's id belongs to a shared document.
        """
        return until_unmoved(lambda: self._share(document_id, scope, actor))

    def _share(self, document_id: str, scope: str, actor: str) -> Summary:
        self._require_same_model()
        with self._catalog.read() as snapshot:
            state = snapshot.state()
            stored = find(snapshot, document_id, [scope])
            if stored.scope == SHARED:
                raise UnknownDocument(f"'{document_id}' is shared by all already; name one that a server added")
            rulings = snapshot.rulings()
            document = to_share(snapshot, stored, rulings)
        [indexed] = self._indexed([(document, stored.fingerprint, stored.origin, SHARED)], rulings)
        with self._catalog.write(actor, SHARED, "share") as change:
            require_unmoved(change, state)
            change.remove(stored.row)
            change.add(indexed)
            change.detail = {"documents": [document.id], "from": scope}
        for one in (SHARED, scope):
            self._catch_up(one)
        return Summary(added=(document.id,), revision=change.number)

    def forget_scope(self, scope: str, actor: str) -> int:
        """Delete a server's documents for good, with every version, vector and line of the log. Nothing undoes it.

        Returns:
            How many versions of documents were deleted.

        Raises:
            ValueError: what all may see is no server's, and is never forgotten.
        """
        if scope == SHARED:
            raise ValueError("the shared scope is no server's")
        with self._catalog.read() as snapshot:
            known = scope in scopes_held(snapshot)
        number = 0
        if known:
            with self._catalog.write(actor, FORGOTTEN, "forget") as change:
                number = erase(change, scope)
                change.detail = {"documents": number}
        with self._opening:
            self._engines.pop(scope, None)
            shutil.rmtree(self._engine_folder(scope), ignore_errors=True)
        return number

    def scopes(self) -> list[str]:
        """List the servers whose documents, or changes of documents, are held."""
        with self._catalog.read() as snapshot:
            return scopes_held(snapshot)

    # ---- inside

    @property
    def _embedder(self) -> Gathered:
        with self._loading:
            if self._loaded is None:
                self._loaded = Gathered(self._load_embedder())
            return self._loaded

    def _engine(self, scope: str) -> LocalEngine:
        with self._opening:
            if scope not in self._engines:
                folder = self._engine_of(scope)
                self._engines[scope] = LocalEngine(folder, scope, self._embedder.digest, self._embedder.dimension)
            return self._engines[scope]

    def _engine_folder(self, scope: str) -> Path:
        return self._data / "engine" / (f"server-{scope}" if scope else "shared")

    def _engine_of(self, scope: str) -> Path:
        """Name the folder of an engine of the present model; those of others stay, to be switched back to."""
        return self._engine_folder(scope) / self._embedder.digest[:MODEL_CHARS]

    def _catch_up(self, scope: str, wait_s: float = ENGINE_WAIT_S) -> None:
        self._engine(scope).catch_up(self._catalog, wait_s)

    def _indexed(
        self,
        documents: Sequence[tuple[Document, str, str, str]],
        rulings: Sequence[Ruling],
        progress: Progress = no_progress,
    ) -> list[Indexed]:
        """Cut and embed documents; see `index_documents`."""
        return index_documents(documents, rulings, self._embedder, self._catalog, progress) if documents else []

    def _require_same_model(self) -> None:
        """Let nothing be stored that would not fit to what is."""
        with self._catalog.read() as snapshot:
            switched = self._switched(snapshot)
        if switched:
            raise CatalogOutdated(OUTDATED)

    def _require_model(self, snapshot: Snapshot) -> None:
        """Let nothing be looked for by vectors of another model; other cuts of the texts do no harm."""
        if "model" in self._switched(snapshot):
            raise CatalogOutdated(OUTDATED)

    def _switched(self, snapshot: Snapshot) -> dict[str, str | None]:
        """Name the model and the chunker by which the index was built where they are no more those of today."""
        model, chunker = snapshot.meta("model"), snapshot.meta("chunker")
        if model is None:
            return {}
        other = {"model": snapshot.meta("model_name")} if model != self._embedder.digest else {}
        return {**other, **({"chunker": chunker} if chunker != CHUNKER else {})}

    def _note_model(self, change: Change) -> None:
        change.set_meta("model", self._embedder.digest)
        change.set_meta("model_name", self._embedder.name)
        change.set_meta("dimension", str(self._embedder.dimension))
        change.set_meta("chunker", CHUNKER)


class _Moved(Exception):
    """Somebody else changed the catalog between the plan of a change and the change."""


def require_unmoved(change: Change, planned: State) -> None:
    """Stop a change that was planned in another state; `until_unmoved` then plans it again."""
    if change.state() != planned:
        raise _Moved


def until_unmoved(make: Callable[[], Made]) -> Made:
    """Make a change; plan it again where somebody else's came between."""
    for _ in range(CHANGE_TRIES):
        try:
            return make()
        except _Moved:
            continue
    raise DataUnwritable("others are changing the catalog all the time; try again later")
