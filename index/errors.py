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
    ├── BadRuling           a ruling names nothing that is held, or holds already
    ├── Stopped             somebody stopped a change before it was made
    └── NothingToUndo       a change cannot be taken back

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


class BadRuling(IndexingError):
    """A ruling names nothing that is held, says nothing, or holds already."""


class Stopped(IndexingError):
    """Somebody stopped a change before it was made."""


class NothingToUndo(IndexingError):
    """There is no change that can be taken back."""


def first_line(error: Exception) -> str:
    """Take of what a foreign library says went wrong the line that fits into a sentence of ours."""
    return str(error).strip().split("\n")[0]
