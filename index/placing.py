"""A document that comes to a scope -> the same under a free id, with its links: what it will be when it is stored."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document
from index.catalog import SHARED
from index.errors import UnknownDocument, UnknownEvent
from index.redact import redacted
from index.rulings import Ruling
from index.shelf import seen_by
from index.snapshot import Snapshot
from index.stored import StoredDocument


def placed(snapshot: Snapshot, document: Document, scope: str) -> tuple[Document, list[StoredDocument]]:
    """Give a document that comes to a scope its id and links, and find the versions that it replaces.

    Those are what was read from the same file before; where there is no file, what was read from the same address
    or is a dossier of the same id.

    Raises:
        UnknownDocument: a dossier's id belongs to another document.
        UnknownEvent: an article is linked to an event that the scope does not see.
    """
    held = _before(snapshot, document, scope)
    document = linked(snapshot, document, document.event_ids, seen_by(scope))
    taken = snapshot.ids_beginning(document.id, seen_by(scope)) - {stored.id for stored in held}
    if document.is_dossier and document.id in taken:
        raise UnknownDocument(f"another document has the id '{document.id}'; give this dossier its own")
    if not document.is_dossier:
        links = snapshot.event_ids([stored.row for stored in held[:1]])
        document = document.with_id(held[0].id if held else free_id(document.id, taken))
        document = kept_links(document, links.get(held[0].row, ()) if held else ())
    return document, held


def _before(snapshot: Snapshot, document: Document, scope: str) -> list[StoredDocument]:
    if document.path is not None or not document.is_dossier:
        return snapshot.held_at(document.path, document.sources[0].url, scope)
    named = snapshot.documents_named([document.id], [scope])
    return [stored for stored in named if stored.is_dossier and stored.path is None]


def to_share(snapshot: Snapshot, stored: StoredDocument, rulings: Sequence[Ruling]) -> Document:
    """Copy a server's document for all to see, under an id that no shared one has.

    What the server hid of it stays hidden. Links to events that not everybody sees go.

    Raises:
        UnknownDocument: a dossier's id belongs to a shared document.
    """
    own = [one for one in rulings if one.scope == stored.scope]
    document = redacted(snapshot.load_original(stored.row), own)
    taken = snapshot.ids_beginning(document.id, [SHARED])
    if document.is_dossier:
        if document.id in taken:
            raise UnknownDocument(f"a shared document has the id '{document.id}' already; remove that first")
        return document
    seen = {event.id for event in snapshot.events_seen([SHARED])}
    document = document.with_id(free_id(document.id, taken))
    return replace(document, event_ids=tuple(one for one in document.event_ids if one in seen))


def linked(snapshot: Snapshot, document: Document, event_ids: Sequence[str], scopes: Sequence[str]) -> Document:
    """Copy an article with the events that it is about; a dossier, which defines its own, passes with none others.

    Raises:
        UnknownEvent: the scopes see no event of that id, or it is a dossier that is to be linked to others.
    """
    if document.is_dossier:
        if set(event_ids) - set(document.event_ids):
            raise UnknownEvent(f"'{document.id}' is a dossier and defines its own event; link articles to it")
        return document
    known = {event.id for event in snapshot.events_seen(scopes)}
    for event_id in event_ids:
        if event_id not in known:
            raise UnknownEvent(f"no event has the id '{event_id}'; see 'purgebot timeline'")
    return replace(document, event_ids=tuple(dict.fromkeys(event_ids)))


def kept_links(document: Document, before: Sequence[str]) -> Document:
    """Give the new version of an article the links of the one before it, unless it brings links of its own."""
    return document if document.is_dossier or document.event_ids else replace(document, event_ids=tuple(before))


def free_id(wanted: str, taken: set[str]) -> str:
    """Add the first number to an id that makes it free."""
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}" if wanted in taken else wanted
