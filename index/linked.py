"""An event -> the articles that moderators linked to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from index import schema as t
from index.answer import CitedSource
from index.snapshot import Snapshot
from index.stored import StoredDocument
from index.visible import visible


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """An article that is about an event, and where it was published."""

    stored: StoredDocument
    sources: tuple[CitedSource, ...]


def articles_on(event_id: str, snapshot: Snapshot, scopes: Sequence[str]) -> list[LinkedArticle]:
    """List the articles that some scopes see and that are linked to an event, by id."""
    links = t.event_links
    rows = links.select().with_only_columns(links.c.document_row).where(links.c.event_id == event_id)
    article = ~t.documents.c.is_dossier & t.documents.c.row.in_(rows)
    linked = snapshot.documents_where(visible(scopes) & article, scopes)
    cited = snapshot.sources_by_document([stored.row for stored in linked])
    return [
        LinkedArticle(stored, tuple(CitedSource(source, stored.path) for source in cited.get(stored.row, ())))
        for stored in linked
    ]
