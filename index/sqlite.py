"""The address of a database -> what opens connections to it; those to SQLite are set up alike for all that we keep."""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event

BUSY_TIMEOUT_S = 30
WRITES = {"writes": True}
"""Execution option of a connection that is going to write: SQLite then takes its lock at the start."""
PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_S * 1000}",
    "journal_mode = WAL",
    "foreign_keys = ON",
    "analysis_limit = 400",
    "secure_delete = ON",
)
"""`analysis_limit`: rows of each index, for the query planner; with a limit no values are kept, only counts.
`secure_delete`: what is deleted is overwritten in the file. Source: SQLite, "PRAGMA Statements", "ANALYZE"."""


def connect(url: str) -> Engine:
    """Open a database. Nobody waits for a connection; those that are kept have read pages, and spare SQLite from
    writing its whole log back when the last one is closed.
    """
    engine = create_engine(url, max_overflow=-1)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") == "AUTOCOMMIT":
        return
    if options.get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # takes no lock yet, so it cannot fail; it is run for each question
        connection.connection.cursor().execute("BEGIN")
