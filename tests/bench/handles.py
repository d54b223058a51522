"""Time the suggestions of handles against a plain LIKE scan: `python tests/bench/handles.py [--handles N]`.

Prints one JSON object: milliseconds (median, and the slowest of all calls) by prefix and how many times faster than the
scan of the same run. The catalog is made up: each handle has one to three mentions, one has 20,000, a tenth speak, and
a fifth stand only in documents of another server.
"""

import argparse
import json
import random
import statistics
import string
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from index import schema as t
from index.catalog import Catalog
from index.handle import suggest
from index.sqlite import WRITES
from index.visible import live

HOT, HOT_MENTIONS = "youtube", 20_000
DOCUMENTS = 2_000
CALLS = 40
PREFIXES = ["", "a", "@you", "YouTube", "ze", "qx7", "thereisnosuchhandle"]


def fill(catalog: Catalog, count: int) -> None:
    """Put handles into a catalog, straight into its tables."""
    pick = random.Random(7)  # the same catalog every time
    names = {HOT}
    while len(names) < count:
        names.add("".join(pick.choices(string.ascii_letters + string.digits + "_", k=pick.randint(4, 15))))
    documents = [
        {"row": row, "id": f"d{row}", "scope": "7" if row % 5 == 0 else "", "origin": "added", "is_dossier": False,
         "fingerprint": "f", "text": "", "body_start": 0, "body_end": 0, "added_revision": 1}
        for row in range(1, DOCUMENTS + 1)
    ]  # fmt: skip
    mentions: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    for number, name in enumerate(sorted(names), 1):
        home = pick.randint(1, DOCUMENTS)
        mention = {"document_row": home, "start": 0, "end": 1, "handle_key": name.lower(), "handle": name}
        mentions += [mention] * (HOT_MENTIONS if name == HOT else pick.randint(1, 3))
        if number % 10 == 0:
            statements.append(
                {"document_row": home, "passage_id": home, "ordinal": number, "start": 0, "end": 1, "block_start": 0,
                 "block_end": 1, "kind": "post", "voice": "affected", "handle": name, "handle_key": name.lower(),
                 "compiled": False, "source_ids": []}
            )  # fmt: skip
    passages = [
        {"id": row["row"], "document_row": row["row"], "ordinal": 0, "start": 0, "end": 1, "header": "",
         "vector_key": ""}
        for row in documents
    ]  # fmt: skip
    with catalog._database.engine.connect() as connection:
        connection = connection.execution_options(**WRITES)
        for table, rows in ((t.documents, documents), (t.passages, passages), (t.statements, statements),
                            (t.mentions, mentions)):  # fmt: skip
            connection.execute(table.insert(), rows)
        connection.commit()


def scan(snapshot: Any, prefix: str) -> list[str]:
    """List handles as one would without thinking."""
    query = select(t.mentions.c.handle_key).distinct().select_from(t.mentions.join(t.documents))
    like = t.mentions.c.handle_key.like(f"{prefix.lstrip('@').lower()}%")
    return [row[0] for row in snapshot.rows(query.where(like, live([""])).order_by(t.mentions.c.handle_key).limit(25))]


def timed(call: Callable[[], object], times: int) -> list[float]:
    """Call a function some times; milliseconds of each call."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - begin))
    return spent


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--handles", type=int, default=100_000)
    count = options.parse_args().handles
    with tempfile.TemporaryDirectory() as folder:
        catalog = Catalog(f"sqlite:///{Path(folder) / 'catalog.sqlite'}")
        fill(catalog, count)

        def ask(prefix: str) -> list[str]:
            with catalog.read() as snapshot:  # as the library does: one connection a call
                return suggest(prefix, 25, snapshot, [""])

        def plain(prefix: str) -> list[str]:
            with catalog.read() as snapshot:
                return scan(snapshot, prefix)

        prefixes: dict[str, dict[str, float]] = {}
        for prefix in PREFIXES:
            own, other = timed(lambda prefix=prefix: ask(prefix), CALLS), timed(lambda prefix=prefix: plain(prefix), 3)
            prefixes[prefix] = {
                "found": len(ask(prefix)),
                "ms": round(statistics.median(own), 2),
                "slowest_ms": round(max(own), 2),
                "times_faster_than_scan": round(statistics.median(other) / statistics.median(own), 1),
            }
        catalog.close()
    print(json.dumps({"handles": count, "prefixes": prefixes}))


if __name__ == "__main__":
    main()
