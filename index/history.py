"""What was changed can be taken back, for as long as the versions that it took out are kept."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from index.catalog import SHARED, Indexed
from index.errors import NothingToUndo
from index.feed import vector_keys
from index.forgetting import FORGOTTEN, UNDO_DAYS, empty, versions_removed
from index.intake import Summary, as_indexed, embed, no_progress
from index.keeper import Keeper, require_unmoved, until_unmoved
from index.rulings import Ruling
from index.snapshot import Snapshot
from index.stored import Revision, StoredDocument

SWEEPER = "purgebot"
"""Who the log says it was where nobody asked for a change."""


@dataclass(frozen=True, slots=True)
class _Return:
    """A version that comes back: `anew` where it cannot come back as it was stored, because of a ruling made since or
    another way of cutting.
    """

    stored: StoredDocument
    indexed: Indexed
    anew: bool


class Historian(Keeper):
    """Takes changes back, and in the end lets go of what they took out."""

    def undo(self, actor: str, scope: str = SHARED, number: int | None = None) -> Summary:
        """Take back a change of a scope, the last one unless another is named; that is a change itself.

        What comes back is embedded where the present model has not seen it.

        Raises:
            NothingToUndo: there is none, or it cannot be taken back any more.
        """
        return until_unmoved(lambda: self._undo(actor, scope, number))

    def _undo(self, actor: str, scope: str, number: int | None) -> Summary:
        with self._catalog.read() as snapshot:
            state = snapshot.state()
            line = self._to_undo(snapshot, scope, number)
            scopes = [scope, *filter(None, [line.detail.get("from")])]
            gone = snapshot.documents_removed(scopes, line.revision)
            _refuse(snapshot, line, gone)
            rulings = snapshot.rulings()
            returning = [_return(snapshot, stored, rulings) for stored in gone]
        if returning:
            embed([one.indexed for one in returning], self._embedder, self._catalog, no_progress)
        instead = {one.stored.row: one.indexed for one in returning if one.anew}
        with self._catalog.write(actor, scope, "undo") as change:
            require_unmoved(change, state)
            removed, restored = change.take_back(line.revision, scopes, instead)
            shared_from = {"from": scopes[1]} if len(scopes) > 1 else {}
            change.detail = {"of": line.revision, "removed": removed, "restored": restored, **shared_from}
        for one in scopes:
            self._catch_up(one)
        return Summary(added=tuple(restored), removed=tuple(removed), revision=change.number)

    def _to_undo(self, snapshot: Snapshot, scope: str, number: int | None) -> Revision:
        """Find the change that is to be taken back.

        Raises:
            NothingToUndo: the scope has made none, or not this one.
        """
        log = snapshot.log(scope, 1, number)
        if not log and number is None:
            raise NothingToUndo("nothing has been changed yet; there is nothing to undo")
        if not log:
            raise NothingToUndo(f"there is no change {number} to take back; see 'purgebot sources log'")
        return log[0]

    def empty_removed(self, before: datetime) -> int:
        """Let go of the versions that were taken out before a moment: their texts, statements, passages and vectors.

        Paths and fingerprints stay, so that a removed file is still kept out. `undo` cannot bring the versions back.
        Engines of other models that nobody has used since go, too; they are built again where one is switched back to.

        Returns:
            How many versions were emptied.
        """
        self._drop_engines(before)
        moment = before.astimezone(UTC).isoformat(timespec="seconds")
        with self._catalog.read() as snapshot:
            if not versions_removed(snapshot, moment):
                return 0
        with self._catalog.write(SWEEPER, FORGOTTEN, "empty") as change:
            rows = versions_removed(change, moment)
            empty(change, rows)
            change.detail = {"documents": len(rows)}
        return len(rows)

    def _drop_engines(self, before: datetime) -> None:
        present = self._engine_of(SHARED).name
        for manifest in self._data.glob("engine/*/*/engine.json"):
            if manifest.parent.name != present and manifest.stat().st_mtime < before.timestamp():
                shutil.rmtree(manifest.parent, ignore_errors=True)


def _refuse(snapshot: Snapshot, line: Revision, gone: Sequence[StoredDocument]) -> None:
    """Say why a change cannot be taken back, where that is so."""
    if any(not snapshot.document_text(stored.row) for stored in gone):
        raise NothingToUndo(
            f"change {line.revision} is more than {UNDO_DAYS} days ago and what it took out is no longer kept; "
            "add the source again"
        )
    if "model" in line.detail:
        raise NothingToUndo(
            f"change {line.revision} switched from the model '{line.detail['model']}' to another; set PURGEBOT_MODEL "
            "back and run 'purgebot reindex --full', which embeds only what came since"
        )
    if "chunker" in line.detail:
        raise NothingToUndo(
            f"change {line.revision} switched to another way of cutting passages; to switch back, install the version "
            "of Purgebot before it and run 'purgebot reindex --full'"
        )


def _return(snapshot: Snapshot, stored: StoredDocument, rulings: Sequence[Ruling]) -> _Return:
    original = snapshot.load_original(stored.row)
    indexed = as_indexed(original, stored.fingerprint, stored.origin, stored.scope, rulings)
    same_cut = indexed.keys == vector_keys(snapshot, stored.row)
    return _Return(stored, indexed, not same_cut or indexed.document != snapshot.load_document(stored.row))
