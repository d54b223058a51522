"""The address of a catalog -> connections to it: made where there is none, brought up to date, and opened again where
another file was put in its place.

Whoever has a file open keeps it, whatever becomes of its name: a copy that is put in its place would go unnoticed, and
what is written would go to a file that nobody finds. No other file gets its number while it is open.
"""

import logging
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, inspect, make_url, update
from sqlalchemy.exc import DatabaseError, OperationalError

from index import schema as t
from index.errors import CatalogDamaged, CatalogOutdated, DataUnwritable
from index.snapshot import Snapshot
from index.sqlite import WRITES, connect

REMEDY = "give write permission or set PURGEBOT_DATA"
REMEDIES = {
    "locked": "another process is writing to it; wait for it and try again",
    "full": "free some space on the disk and try again",
    "disk I/O": "free some space on the disk, or mend the disk, and try again",
}
LOGS = ("-wal", "-shm")
"""What SQLite keeps beside a database and finds by the name alone: its log, and the log's index. Beside another file
the log is taken for that one's, and undoes it. Source: SQLite, "How To Corrupt An SQLite Database File", and tried."""

log = logging.getLogger(__name__)

Number = tuple[int, int]
NO_FILES: Number = (0, 0)


def number_of(path: str) -> Number | None:
    """Tell a file from all others that are open or have a name: its device and inode; None where it cannot be seen."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


@dataclass(frozen=True, slots=True)
class _Files:
    """Which files of a database are open: itself, by the name that it was opened by, and its logs, by their own."""

    path: str
    database: Number | None
    real: str = ""
    logs: tuple[tuple[str, Number | None], ...] = ()

    def with_logs(self) -> "_Files":
        """Take its logs along, which stand beside what a link leads to."""
        real = os.path.realpath(self.path)
        return replace(self, real=real, logs=tuple((real + end, number_of(real + end)) for end in LOGS))

    def clear_logs(self) -> None:
        """Delete the logs of a file that has lost its name, so that they are not taken for another's."""
        if number_of(self.real) == self.database:  # a link leads elsewhere now, and nothing was put in its place
            return
        for path, number in self.logs:
            if number and number_of(path) == number:
                Path(path).unlink(missing_ok=True)


class Database:
    """Opens the database of a catalog. Safe to use from several threads."""

    def __init__(self, url: str, replaced: Callable[[], None]) -> None:
        """Open it, and make its tables where there are none.

        Args:
            replaced: called whenever another file was found in its place.

        Raises:
            DataUnwritable, CatalogDamaged, CatalogOutdated: see `Catalog`.
        """
        self._url, self._replaced = url, replaced
        self._again = threading.Lock()
        path = _path_of(url)
        before = number_of(path)
        self.engine = self._opened(new=True)
        # as it was before: where it was replaced meanwhile, it is opened once more than needed
        self._files = _Files(path, before or number_of(path)).with_logs()

    def connect(self) -> Connection:
        """Take a connection to the file that stands in the catalog's place at this moment.

        Raises:
            DataUnwritable, CatalogDamaged, CatalogOutdated: another file stands there, or none, and it is no catalog.
        """
        if not self.stands():
            self._open_again()
        return self.engine.connect()

    def stands(self) -> bool:
        """Say whether the file that is open has its name still; that is looked up for each question."""
        return not self._files.path or number_of(self._files.path) == self._files.database

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say what is wrong with the database, and the remedy, where something is."""
        try:
            yield
        except OperationalError as error:
            reason = str(error.orig)
            if "malformed" in reason:
                raise self._damaged() from error
            remedy = next((cure for sign, cure in REMEDIES.items() if sign in reason), REMEDY)
            raise DataUnwritable(f"{self._url}: the catalog cannot be used ({reason}); {remedy}") from error
        except DatabaseError as error:
            if type(error.orig) is sqlite3.DatabaseError:  # the base class: "not a database", "malformed"
                raise self._damaged() from error
            raise

    def _open_again(self) -> None:
        with self._again:
            path = self._files.path
            if self.stands():  # another thread was here
                return
            now = _Files(path, number_of(path))
            if now.database is None:  # whoever opened it now would make an empty one
                raise DataUnwritable(f"{self._url}: the catalog's file is gone; put it back, or a copy of it")
            self._leave()
            self._files = _Files(path, NO_FILES)
            self._replaced()
            self.engine = self._opened(new=False)
            self._files = now.with_logs()
            log.warning("%s: another file was put in the catalog's place and is read from now on", self._url)

    def _leave(self) -> None:
        """Close what was opened, and clear away what stands beside it under its name."""
        _fold(self.engine)
        try:
            self._files.clear_logs()  # while they are open, since only then they keep their numbers
        except OSError as error:
            raise DataUnwritable(
                f"{error.filename}: this log of another catalog cannot be deleted ({error.strerror}); delete it"
            ) from error
        self.engine.dispose()

    def _opened(self, *, new: bool) -> Engine:
        engine = connect(self._url)
        try:
            self._make_ready(engine, new=new)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _make_ready(self, engine: Engine, *, new: bool) -> None:
        """Make what is no catalog yet one, where `new` says so, and bring an older one up to date."""
        with self.guarded():
            with engine.connect() as connection:
                names = set(inspect(connection).get_table_names())
            if new and not names:
                _create(engine)
            elif "meta" not in names:
                remedy = "set PURGEBOT_DATA to another folder" if new else "put a copy of the catalog in its place"
                raise CatalogDamaged(f"{self._url}: this database is not a catalog; {remedy}")
            elif _form(engine) in t.UPGRADES:
                _upgrade(engine)
            found = _form(engine)
        if found != t.SCHEMA:
            raise CatalogOutdated(
                f"{self._url}: the catalog has form {found}, this version needs {t.SCHEMA}; "
                "set PURGEBOT_DATA to a new folder and run 'purgebot reindex'"
            )

    def _damaged(self) -> CatalogDamaged:
        return CatalogDamaged(
            f"{self._url}: the catalog is damaged; it was left as it is: restore a copy of it, "
            "or move it away and run 'purgebot reindex'"
        )


def _path_of(url: str) -> str:
    """Name the file of a database; one of another kind than SQLite's has none."""
    found = make_url(url)
    return os.path.abspath(found.database) if found.get_backend_name() == "sqlite" and found.database else ""


def _fold(engine: Engine) -> None:
    """Write what the log holds into the file that was opened, which may have been moved aside."""
    # none that is opened now: it would be one to another file
    if isinstance(engine.pool, QueuePool) and engine.pool.checkedin():
        connection = engine.raw_connection()
        with suppress(sqlite3.Error):
            connection.cursor().execute("PRAGMA wal_checkpoint")
        connection.close()


def _form(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return Snapshot(connection).meta("schema")


def _create(engine: Engine) -> None:
    with engine.connect() as connection:
        connection = connection.execution_options(**WRITES)
        t.tables.create_all(connection, checkfirst=True)
        if Snapshot(connection).meta("schema") is None:
            identity = {"key": "catalog", "value": secrets.token_hex(16)}
            connection.execute(t.meta.insert(), [{"key": "schema", "value": t.SCHEMA}, identity])
        connection.commit()


def _upgrade(engine: Engine) -> None:
    """Bring an older form up to the present one in one transaction; where another process did it, do nothing."""
    with engine.connect() as connection:
        connection = connection.execution_options(**WRITES)
        statements = t.UPGRADES.get(Snapshot(connection).meta("schema") or "", ())
        for statement in statements:
            connection.exec_driver_sql(statement)
        t.tables.create_all(connection, checkfirst=True)
        connection.exec_driver_sql(t.FILLED_TALLIES)
        connection.execute(update(t.meta).where(t.meta.c.key == "schema").values(value=t.SCHEMA))
        connection.commit()
