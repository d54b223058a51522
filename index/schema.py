"""The tables of the catalog."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

SCHEMA = "4"
"""Raise it whenever a table changes."""
_INDEXES = (
    "DROP INDEX IF EXISTS documents_by_id",
    "CREATE INDEX documents_by_id ON documents (scope, id, removed_revision)",
    "CREATE INDEX live_dossiers ON documents (scope, id) WHERE is_dossier IS 1 AND removed_revision IS NULL",
)
UPGRADES = {
    "2": ("ALTER TABLE documents ADD COLUMN original INTEGER REFERENCES documents (row)", *_INDEXES),
    "3": _INDEXES,
}
"""What older forms lack, but for whole tables, which are made where they are not there."""

tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""`schema`, `model`, `model_name`, `dimension`, `chunker`."""

revisions = Table(
    "revisions",
    tables,
    Column("revision", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("actor", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("action", String, nullable=False),
    Column("detail", JSON, nullable=False),
)
"""The log of changes: one row a transaction, who did what, when (UTC, ISO)."""

documents = Table(
    "documents",
    tables,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("is_dossier", Boolean, nullable=False),
    Column("title", String),
    Column("path", String),
    Column("fingerprint", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("body_end", Integer, nullable=False),
    Column("added_revision", Integer, nullable=False, index=True),
    Column("removed_revision", Integer, index=True),
    Column("original", ForeignKey("documents.row")),
    Index("documents_by_id", "scope", "id", "removed_revision"),
    Index("one_live_version", "scope", "id", unique=True, sqlite_where=text("removed_revision IS NULL")),
    Index("live_dossiers", "scope", "id", sqlite_where=text("is_dossier IS 1 AND removed_revision IS NULL")),
    Index("documents_by_path", "path"),
    sqlite_autoincrement=True,
)
"""One row a version of a document; a version never changes but for the revisions that added and removed it.

Where a ruling hides something of it, `original` is the row of the same version as it was read, whose
`removed_revision` is 0: it was never there to be seen.
"""

rulings = Table(
    "rulings",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("scope", String, nullable=False),
    Column("action", String, nullable=False),
    Column("target", String, nullable=False),
    Column("value", Text, nullable=False),
    Column("document_id", String),
    Column("document_scope", String),
    Column("text", Text),
    Column("author", String),
    Column("date", String),
    Column("added_revision", Integer, nullable=False),
    Column("removed_revision", Integer),
    sqlite_autoincrement=True,
)
"""What the operator, or a server for itself, hid or answered; see `index/rulings.py`."""

sources = Table(
    "sources",
    tables,
    Column("document_row", ForeignKey("documents.row"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("ordinal", Integer, nullable=False),
    Column("publisher", String),
    Column("title", String),
    Column("title_exact", Boolean, nullable=False),
    Column("author", String),
    Column("published", String),
    Column("url", String),
    Column("archive_url", String),
    Column("url_doubtful", Boolean, nullable=False),
    Column("url_missing", String),
)

events = Table(
    "events",
    tables,
    Column("document_row", ForeignKey("documents.row"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("platforms", JSON, nullable=False),
    Column("date", String, nullable=False),
    Column("date_end", String),
    Column("title", String, nullable=False),
    Column("confidence", String, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("accounts", BigInteger),
    Column("accounts_unit", String),
)
"""Events that dossiers define."""

event_links = Table(
    "event_links",
    tables,
    Column("document_row", ForeignKey("documents.row"), primary_key=True),
    Column("event_id", String, primary_key=True, index=True),
    Column("score", Float),
)
"""Which events a document is about: its own for a dossier; confirmed ones for an article."""

passages = Table(
    "passages",
    tables,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("document_row", ForeignKey("documents.row"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("header", String, nullable=False),
    Column("vector_key", String, nullable=False, index=True),
    sqlite_autoincrement=True,
)

statements = Table(
    "statements",
    tables,
    Column("row", Integer, primary_key=True, autoincrement=True),
    Column("document_row", ForeignKey("documents.row"), nullable=False, index=True),
    Column("passage_id", ForeignKey("passages.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("block_start", Integer, nullable=False),
    Column("block_end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("voice", String, nullable=False),
    Column("speaker", String),
    Column("role", String),
    Column("handle", String),
    Column("handle_key", String, index=True),
    Column("date", String),
    Column("via", String),
    Column("section", String),
    Column("compiled", Boolean, nullable=False),
    Column("source_ids", JSON, nullable=False),
)
"""`handle_key` is the handle in lower case."""

mentions = Table(
    "mentions",
    tables,
    Column("row", Integer, primary_key=True),
    Column("document_row", ForeignKey("documents.row"), nullable=False, index=True),
    Column("statement_row", ForeignKey("statements.row")),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("handle_key", String, nullable=False, index=True),
    Column("handle", String, nullable=False),
)
"""Handles that stand in a document's body. `start:end` is what is shown for one: the statement that holds it, else
the block around it (then with the block's `statement_row`), else its sentence (with none)."""

tallies = Table(
    "tallies",
    tables,
    Column("document_row", ForeignKey("documents.row", ondelete="CASCADE"), primary_key=True),
    Column("sources", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("first", String),
    Column("last", String),
    Column("awaited", Boolean, nullable=False),
)
"""What a version of a document holds, counted once: its parts, the first and the last date of its sources, and whether
vectors of its passages were still to come when it was stored."""

FILLED_TALLIES = """
INSERT INTO tallies (document_row, sources, statements, passages, first, last, awaited)
SELECT row, (SELECT count(*) FROM sources WHERE document_row = row),
    (SELECT count(*) FROM statements WHERE document_row = documents.row),
    (SELECT count(*) FROM passages WHERE document_row = row),
    (SELECT min(published) FROM sources WHERE document_row = row),
    (SELECT max(published) FROM sources WHERE document_row = row),
    EXISTS (SELECT 1 FROM passages WHERE document_row = row AND vector_key NOT IN (SELECT key FROM vectors))
FROM documents WHERE row NOT IN (SELECT document_row FROM tallies)
"""
"""Counts for versions of documents that were stored before there were tallies."""

vectors = Table(
    "vectors",
    tables,
    Column("key", String, primary_key=True),
    Column("model", String, primary_key=True),
    Column("whole", LargeBinary, nullable=False),
    Column("parts", LargeBinary, nullable=False),
)
"""What was embedded once: float32 `(d,)` and float16 `(m, d)`, by hash of the text and hash of the model."""
