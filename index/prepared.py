"""A query that every question runs -> plain rows: written out once for each length of its lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError

IN_CLAUSE = 500
"""Values in one IN clause: older SQLite takes at most 999 parameters."""

Sizes = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Stands for a value in a query: one of a list's, or the only one of its name."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class _Text:
    """A query as text, what stands in each of its places, and how what comes back is read, by column."""

    sql: str
    places: tuple[Any, ...]
    readers: tuple[tuple[int, Any], ...]


class Prepared:
    """A query with named values, lists among them. Safe to use from several threads."""

    def __init__(self, query: Select[Any]) -> None:
        """Take a query whose lists are `bindparam(name, expanding=True)`."""
        self._query = query
        self._texts: dict[tuple[str, tuple[str, ...], Sizes], _Text] = {}

    def rows(self, connection: Connection, given: Mapping[str, Any]) -> Sequence[Any]:
        """Run the query.

        Args:
            given: by name; lists of at most `IN_CLAUSE` values.
        """
        filled = {name: _filled(value) if isinstance(value, list) else value for name, value in given.items()}
        text = self._text(connection.dialect, filled)
        values = tuple(
            one if not isinstance(one, _Place) else filled[one.name] if one.number is None
            else filled[one.name][one.number] for one in text.places
        )  # fmt: skip
        found = _run(connection, text.sql, values)
        return [_read(row, text.readers) for row in found] if text.readers else found

    def _text(self, dialect: Dialect, given: Mapping[str, Any]) -> _Text:
        sizes = tuple(len(value) if isinstance(value, list) else None for value in given.values())
        key = dialect.name, tuple(given), sizes
        if key not in self._texts:
            self._texts[key] = _written(self._query, dialect, dict(zip(given, sizes, strict=True)))
        return self._texts[key]


def _filled(values: list[Any]) -> list[Any]:
    """Repeat the last value, so that lists come in few lengths."""
    wanted = min(1 << max(len(values) - 1, 0).bit_length(), IN_CLAUSE)
    return [*values, *values[-1:] * (wanted - len(values))]


def _written(query: Select[Any], dialect: Dialect, sizes: Mapping[str, int | None]) -> _Text:
    compiled: Any = query.compile(dialect=dialect)
    state = compiled.construct_expanded_state(
        {
            name: _Place(name, None) if size is None else [_Place(name, number) for number in range(size)]
            for name, size in sizes.items()
        }
    )
    types = [column.type.dialect_impl(dialect) for column in query.selected_columns]
    readers = ((place, one.result_processor(dialect, None)) for place, one in enumerate(types))
    places = tuple(state.parameters[name] for name in state.positiontup)
    return _Text(state.statement, places, tuple((place, reader) for place, reader in readers if reader))


def _run(connection: Connection, sql: str, values: tuple[Any, ...]) -> Sequence[Any]:
    """Run a query by the driver itself, within the connection's transaction.

    Raises:
        DBAPIError: as SQLAlchemy would; what it does besides takes several times as long as a short query.
    """
    if not connection.in_transaction():
        connection.begin()
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(sql, values, error, connection.dialect.loaded_dbapi.Error) from error
    finally:
        cursor.close()


def _read(row: Sequence[Any], readers: Sequence[tuple[int, Any]]) -> Sequence[Any]:
    values = list(row)
    for place, reader in readers:
        values[place] = reader(values[place])
    return values
