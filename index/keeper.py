"""What changes the library: documents come and go, each time in one change that is logged and can be taken back."""

import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.document import Document
from corpus.readers import list_files
from index.catalog import SHARED, Catalog, Change
from index.chunk import CHUNKER
from index.embed import Embedder
from index.engine import LocalEngine
from index.errors import CatalogOutdated, DataUnwritable, NothingToUndo, UnknownDocument
from index.forgetting import FORGOTTEN, erase, scopes_held
from index.intake import (
    ADDED,
    CORPUS,
    Plan,
    Progress,
    Summary,
    as_indexed,
    free_id,
    index_documents,
    kept_links,
    linked,
    no_progress,
)
from index.shelf import Shelf, find, seen_by

CATALOG_FILE = "catalog.sqlite"
CHANGE_TRIES = 10
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
        self._loaded: Embedder | None = None
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

        Raises:
            Unreadable: a folder is missing; nothing is changed then.
            CatalogOutdated: the chunker or the model changed, which takes `full`.
        """
        files = list(dict.fromkeys(path for folder in folders for path in list_files(folder)))
        if not full:
            self._require_same_model()
        return _until_unmoved(lambda: self._reindex(files, actor, full, progress))

    def _reindex(self, files: Sequence[Path], actor: str, full: bool, progress: Progress) -> Summary:
        paths = {str(path) for path in files}
        with self._catalog.read() as snapshot:
            revision = snapshot.revision()
            shared = snapshot.documents([SHARED])
            held = {str(one.path): one for one in shared if one.origin == CORPUS or one.path in paths}
            links = snapshot.event_ids([stored.row for stored in held.values()])
            others = [one for one in snapshot.documents_of_origin(ADDED) if one.scope or one.path not in paths]
            again = [(snapshot.load_document(stored.row), stored) for stored in others] if full else []
            plan = Plan(held, {stored.id for stored in shared}, full, links, snapshot.dismissed())
        gone = plan.gone(files)
        plan.free(gone)
        for number, path in enumerate(files):
            plan.read(path)
            progress("reading", number + 1, len(files))
        fresh = [(document, found, CORPUS, SHARED) for document, found in plan.fresh]
        fresh += [(document, stored.fingerprint, ADDED, stored.scope) for document, stored in again]
        indexed = index_documents(fresh, self._embedder, self._catalog, progress)
        if not indexed and not gone:
            return plan.summary([], self._catalog.revision())
        with self._catalog.write(actor, SHARED, "reindex") as change:
            _require_unmoved(change, revision)
            for stored in [*gone, *plan.replaced, *(stored for _, stored in again)]:
                change.remove(stored.row)
            for one in indexed:
                change.add(one)
            self._note_model(change)
            change.detail = {
                "added": plan.added,
                "changed": plan.changed,
                "removed": [stored.id for stored in gone],
            }
        self._catch_up(SHARED)
        return plan.summary(gone, change.number)

    def add(self, document: Document, fingerprint: str, actor: str, scope: str = SHARED) -> Summary:
        """Add one document in one change; a version that was read from the same file is replaced.

        Raises:
            UnknownDocument: a dossier's id belongs to another document.
            UnknownEvent: an article is linked to an event that the scope does not see.
        """
        self._require_same_model()
        return _until_unmoved(lambda: self._add(document, fingerprint, actor, scope))

    def _add(self, document: Document, fingerprint: str, actor: str, scope: str) -> Summary:
        with self._catalog.read() as snapshot:
            revision = snapshot.revision()
            seen = snapshot.documents(seen_by(scope))
            held = [stored for stored in seen if stored.path == document.path and stored.scope == scope]
            document = linked(snapshot, document, document.event_ids, seen_by(scope))
            links = snapshot.event_ids([stored.row for stored in held])
        taken = {stored.id for stored in seen} - {stored.id for stored in held}
        if document.is_dossier and document.id in taken:
            raise UnknownDocument(f"another document has the id '{document.id}'; give this dossier its own")
        if not document.is_dossier:
            document = document.with_id(held[0].id if held else free_id(document.id, taken))
            document = kept_links(document, links.get(held[0].row, ()) if held else ())
        origin = held[0].origin if held else ADDED
        [indexed] = index_documents(
            [(document, fingerprint, origin, scope)], self._embedder, self._catalog, no_progress
        )
        with self._catalog.write(actor, scope, "add") as change:
            _require_unmoved(change, revision)
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
            document = linked(change, change.load_document(stored.row), event_ids, seen_by(scope))
            change.remove(stored.row)
            change.add(as_indexed(document, stored.fingerprint, stored.origin, scope))
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

    def undo(self, actor: str, scope: str = SHARED) -> Summary:
        """Take back the last change of a scope, which is a change itself and can be taken back too.

        Raises:
            NothingToUndo: there is none, or it cannot be taken back any more.
        """
        with self._catalog.write(actor, scope, "undo") as change:
            log = change.log(scope, 1)
            if not log:
                raise NothingToUndo("nothing has been changed yet; there is nothing to undo")
            removed, restored = change.take_back(log[0].revision)
            change.detail = {"of": log[0].revision, "removed": removed, "restored": restored}
        self._catch_up(scope)
        return Summary(added=tuple(restored), removed=tuple(removed), revision=change.number)

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
    def _embedder(self) -> Embedder:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load_embedder()
            return self._loaded

    def _engine(self, scope: str) -> LocalEngine:
        with self._opening:
            if scope not in self._engines:
                folder = self._engine_folder(scope)
                self._engines[scope] = LocalEngine(folder, scope, self._embedder.digest, self._embedder.dimension)
            return self._engines[scope]

    def _engine_folder(self, scope: str) -> Path:
        return self._data / "engine" / (f"server-{scope}" if scope else "shared")

    def _catch_up(self, scope: str, wait_s: float = ENGINE_WAIT_S) -> None:
        self._engine(scope).catch_up(self._catalog, wait_s)

    def _require_same_model(self) -> None:
        with self._catalog.read() as snapshot:
            model, chunker = snapshot.meta("model"), snapshot.meta("chunker")
        if model is not None and (model, chunker) != (self._embedder.digest, CHUNKER):
            raise CatalogOutdated(
                "the index was built with another model or another way of cutting passages; "
                "run 'purgebot reindex --full', or set PURGEBOT_MODEL back"
            )

    def _note_model(self, change: Change) -> None:
        change.set_meta("model", self._embedder.digest)
        change.set_meta("model_name", self._embedder.name)
        change.set_meta("dimension", str(self._embedder.dimension))
        change.set_meta("chunker", CHUNKER)


class _Moved(Exception):
    """Somebody else changed the catalog between the plan of a change and the change."""


def _require_unmoved(change: Change, revision: int) -> None:
    if change.number != revision + 1:
        raise _Moved


def _until_unmoved(make: Callable[[], Summary]) -> Summary:
    """Make a change; plan it again where somebody else's came between."""
    for _ in range(CHANGE_TRIES):
        try:
            return make()
        except _Moved:
            continue
    raise DataUnwritable("others are changing the catalog all the time; try again later")
