"""What the catalog holds, looked at without a search: documents, events, handles."""

from collections.abc import Iterable, Sequence

from corpus.source import Event, Source
from index.catalog import SHARED, Catalog
from index.counts import count, sees_any
from index.errors import UnknownDocument
from index.handle import HandlePage, look_up, suggest
from index.holdings import ShownDocument, Status
from index.linked import LinkedArticle, articles_on
from index.propose import Proposal, article_of, propose_for
from index.recall import Excerpts, Place, recall
from index.snapshot import Snapshot
from index.stored import Revision, StoredDocument

SUGGESTED = 25
"""Choices that an autocompletion shows. Source: Discord, "Application Commands", autocomplete."""

LOGGED = 50
"""Changes that are listed unless more are asked for."""


class Shelf:
    """Looks at what a scope may see. Needs no model and no engine."""

    def __init__(self, catalog: Catalog) -> None:
        """Look into an open catalog."""
        self._catalog = catalog

    def status(self, scope: str = SHARED) -> Status:
        """Say what the library holds for a scope."""
        with self._catalog.read() as snapshot:
            counts = count(snapshot, seen_by(scope), snapshot.meta("model"))
            log = snapshot.log(scope, 1)
            dimension = snapshot.meta("dimension")
            return Status(
                revision=snapshot.revision(),
                documents=counts.documents,
                sources=counts.sources,
                statements=counts.statements,
                passages=counts.passages,
                vectors_pending=counts.vectors_pending,
                model=snapshot.meta("model_name"),
                model_sha256=snapshot.meta("model"),
                dimension=int(dimension) if dimension else None,
                chunker=snapshot.meta("chunker"),
                last_change=log[0] if log else None,
            )

    def is_empty(self, scope: str = SHARED) -> bool:
        """Say whether there is nothing to answer from."""
        with self._catalog.read() as snapshot:
            return not sees_any(snapshot, seen_by(scope))

    def documents(self, scope: str = SHARED) -> list[tuple[StoredDocument, tuple[Source, ...]]]:
        """List the documents that a scope may see, with their sources, by id."""
        with self._catalog.read() as snapshot:
            held = snapshot.documents(seen_by(scope))
            cited = snapshot.sources_by_document([stored.row for stored in held])
            return [(stored, cited.get(stored.row, ())) for stored in held]

    def show(self, identifier: str, scope: str = SHARED) -> ShownDocument:
        """Return one document whole, by its id or by that of one of its sources.

        Raises:
            UnknownDocument: the scope sees none of that id.
        """
        with self._catalog.read() as snapshot:
            stored = find(snapshot, identifier, seen_by(scope))
            statements = tuple(snapshot.statements_of_documents([stored.row]))
            return ShownDocument(stored, snapshot.load_document(stored.row), statements)

    def log(self, scope: str = SHARED, limit: int = LOGGED) -> list[Revision]:
        """List the last changes of a scope: who did what, newest first."""
        with self._catalog.read() as snapshot:
            return snapshot.log(scope, limit)

    def recall(self, places: Iterable[Place], scope: str = SHARED) -> Excerpts:
        """Look again at places that an earlier answer cited: what a scope may see of them now."""
        with self._catalog.read() as snapshot:
            return recall(places, snapshot, seen_by(scope))

    def timeline(
        self,
        scope: str = SHARED,
        platform: str | None = None,
        first: str | None = None,
        last: str | None = None,
    ) -> list[Event]:
        """List events by date.

        Args:
            platform: only those on this platform, whatever its case.
            first, last: ISO dates, cut to what is known; only events that touch the time between them.
        """
        with self._catalog.read() as snapshot:
            events = snapshot.events_seen(seen_by(scope))
        return [
            event
            for event in events
            if (platform is None or platform.lower() in [name.lower() for name in event.platforms])
            and (first is None or (event.date_end or event.date) >= first[: len(event.date_end or event.date)])
            and (last is None or event.date[: len(last)] <= last)
        ]

    def linked(self, event_id: str, scope: str = SHARED) -> list[LinkedArticle]:
        """List the articles that a scope may see and that moderators linked to an event, by id."""
        with self._catalog.read() as snapshot:
            return articles_on(event_id, snapshot, seen_by(scope))

    def handle(self, handle: str, scope: str = SHARED) -> HandlePage:
        """Look up everything that a handle said and every mention of it."""
        with self._catalog.read() as snapshot:
            return look_up(handle, snapshot, seen_by(scope))

    def suggest_handles(self, prefix: str, limit: int = SUGGESTED, scope: str = SHARED) -> list[str]:
        """List the first `limit` known handles that begin with a prefix, with or without @, whatever its case."""
        with self._catalog.read() as snapshot:
            return suggest(prefix, limit, snapshot, seen_by(scope))

    def propose(self, document_id: str, scope: str = SHARED) -> list[Proposal]:
        """Propose the events that an article may be about, best first; none for a dossier, which defines its own.

        Raises:
            UnknownDocument: the scope sees none of that id.
        """
        with self._catalog.read() as snapshot:
            stored = find(snapshot, document_id, seen_by(scope))
            model, dimension = snapshot.meta("model"), snapshot.meta("dimension")
            if stored.is_dossier or model is None or dimension is None:
                return []
            article = article_of(snapshot, stored.row, model, int(dimension))
            return propose_for(article, snapshot, seen_by(scope), model, int(dimension))


def seen_by(scope: str) -> list[str]:
    """List the scopes whose documents a scope may see."""
    return list(dict.fromkeys([SHARED, scope]))


def find(snapshot: Snapshot, identifier: str, scopes: Sequence[str]) -> StoredDocument:
    """Find a document by its id or a source's; a server's own comes before a shared one.

    Raises:
        UnknownDocument: the scopes hold none of that id.
    """
    found = snapshot.documents_named([identifier], scopes) or snapshot.documents_citing(identifier, scopes)
    if not found and SHARED not in scopes and find(snapshot, identifier, [SHARED]):
        raise UnknownDocument(f"'{identifier}' is shared by all; a server can neither change nor remove it")
    if not found:
        raise UnknownDocument(f"no document or source has the id '{identifier}'; see 'purgebot sources list'")
    return max(found, key=lambda stored: stored.scope != SHARED)
