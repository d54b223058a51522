"""What questions ask of the catalog, time and again, in SQL: by `KEYS`, and by `SCOPES` where it matters who asks."""

from typing import Any

from sqlalchemy import BindParameter, bindparam, func, select

from corpus.source import Source
from index import schema as t
from index.prepared import Prepared
from index.stored import StoredDocument, StoredPlace
from index.visible import visible

KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
SCOPES: BindParameter[Any] = bindparam("scopes", expanding=True)


def _read_of(table: Any) -> Any:
    """Tell, in SQL, the text of a passage or statement: its place in its document's."""
    return func.substr(t.documents.c.text, table.c.start + 1, table.c.end - table.c.start)


LAST_CHANGE = Prepared(
    select(
        select(t.meta.c.value).where(t.meta.c.key == "catalog").scalar_subquery(), t.revisions.c.revision,
        t.revisions.c.at,
    ).order_by(t.revisions.c.revision.desc()).limit(1)
)  # fmt: skip

TEXTS = Prepared(select(t.documents.c.row, t.documents.c.text).where(t.documents.c.row.in_(KEYS)))
TEXTS_SEEN = Prepared(select(t.documents.c.id, t.documents.c.text).where(t.documents.c.id.in_(KEYS), visible(SCOPES)))
DOCUMENTS = select(*(t.documents.c[name] for name in StoredDocument.__slots__)).order_by(t.documents.c.id)
DOCUMENTS_IN = Prepared(DOCUMENTS.where(t.documents.c.row.in_(KEYS)))
SOURCES = Prepared(
    select(t.sources.c.document_row, *(t.sources.c[name] for name in Source.__slots__))
    .where(t.sources.c.document_row.in_(KEYS)).order_by(t.sources.c.document_row, t.sources.c.ordinal)
)  # fmt: skip
LINKS = Prepared(
    select(t.event_links.c.document_row, t.event_links.c.event_id)
    .where(t.event_links.c.document_row.in_(KEYS)).order_by(t.event_links.c.event_id)
)  # fmt: skip

PASSAGES = Prepared(
    select(t.passages.c.id, _read_of(t.passages)).select_from(t.passages.join(t.documents))
    .where(t.passages.c.id.in_(KEYS))
)  # fmt: skip


def places_where(seen: Any) -> Prepared:
    """Ask where passages stand, of documents that somebody sees."""
    # by passage: asked for documents by row alone, SQLite reads through the index of a whole scope
    places = select(*(t.passages.c[name] for name in StoredPlace.__slots__))
    return Prepared(places.select_from(t.passages.join(t.documents)).where(t.passages.c.id.in_(KEYS), seen))


PLACES_SEEN = places_where(visible(SCOPES))

STATEMENTS = (
    select(t.statements, _read_of(t.statements), t.documents.c.id, t.documents.c.scope)
    .select_from(t.statements.join(t.documents)).order_by(t.statements.c.document_row, t.statements.c.ordinal)
)  # fmt: skip
"""As `statement_of` reads them."""
STATEMENTS_BY = {
    name: Prepared(STATEMENTS.where(t.statements.c[name].in_(KEYS))) for name in ("passage_id", "document_row")
}
