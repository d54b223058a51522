"""What can go wrong between documents and answers.

    IndexingError
    ├── BadQuestion         empty, too long or with control characters
    ├── DataUnwritable      the data folder cannot be created or written
    ├── CatalogDamaged      the database is not a catalog or is broken
    ├── CatalogOutdated     the catalog was written by another version or with another model
    ├── ModelFault          the embedding model is missing or is not the one expected
    ├── NothingIndexed      the catalog holds no document
    ├── UnknownDocument     no document or source has that id
    ├── UnknownEvent        no event has that id
    └── NothingToUndo       the last change cannot be taken back

Each message is one sentence or two: the thing, then the remedy.
"""


class IndexingError(Exception):
    """Any fault between documents and answers."""


class BadQuestion(IndexingError):
    """A question is empty, too long or holds control characters."""


class DataUnwritable(IndexingError):
    """The data folder cannot be created or written."""


class CatalogDamaged(IndexingError):
    """The database is not a catalog, or is broken."""


class CatalogOutdated(IndexingError):
    """The catalog was written by another version, or with another model or chunker."""


class ModelFault(IndexingError):
    """The embedding model is missing, or is not the one expected."""


class NothingIndexed(IndexingError):
    """The catalog holds no document."""


class UnknownDocument(IndexingError):
    """No document or source has that id."""


class UnknownEvent(IndexingError):
    """No event has that id."""


class NothingToUndo(IndexingError):
    """There is no change that can be taken back."""
