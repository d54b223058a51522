"""A query that is written out once gives what it would give each time anew."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.exc import OperationalError

from index import schema as t
from index.library import Library
from index.prepared import IN_CLAUSE, Prepared

STATEMENTS = t.statements.select().where(t.statements.c.row.in_(bindparam("keys", expanding=True)))
OF_A_KIND = STATEMENTS.where(t.statements.c.kind == bindparam("kind")).order_by(t.statements.c.row)


@pytest.fixture
def connection(library: Library) -> Iterator[Connection]:
    with library._catalog._database.engine.connect() as connection:
        yield connection


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, IN_CLAUSE])
def test_lists_of_any_length_find_each_row_once(connection: Connection, number: int) -> None:
    given = {"keys": list(range(1, number + 1))}
    wanted = [tuple(row) for row in connection.execute(STATEMENTS, given)]
    assert [tuple(row) for row in Prepared(STATEMENTS).rows(connection, given)] == wanted


def test_values_and_what_comes_back_are_read_as_their_columns_say(connection: Connection) -> None:
    kind, *_ = connection.execute(select(t.statements.c.kind)).scalars()
    given = {"keys": list(range(1, 30)), "kind": kind}
    rows = [tuple(row) for row in Prepared(OF_A_KIND).rows(connection, given)]
    assert rows == [tuple(row) for row in connection.execute(OF_A_KIND, given)]
    assert {type(row[-1]) for row in rows} == {list}
    assert {type(row[-2]) for row in rows} == {bool}


def test_all_of_one_transaction_see_one_state(library: Library, connection: Connection) -> None:
    counted = Prepared(select(t.documents.c.id).where(t.documents.c.removed_revision.is_(None)))
    before = counted.rows(connection, {})
    library.remove("kites", "test")
    assert counted.rows(connection, {}) == before
    connection.rollback()
    assert len(counted.rows(connection, {})) == len(before) - 1


def test_what_the_driver_raises_is_translated(library: Library) -> None:
    with library._catalog._database.engine.connect() as connection:
        connection.execute(text("DROP TABLE vectors"))
        with pytest.raises(OperationalError, match="no such table"):
            Prepared(select(t.vectors.c.key)).rows(connection, {})
