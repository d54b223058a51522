"""A catalog of made-up documents, as large as wanted, written straight into its tables.

What makes it like a real one: the words of a statement are drawn as often as the shipped dossiers use them, one in
twenty from words that hardly any other statement holds, so that the vocabulary grows with the texts. Its vector is a
mixture of those of two real texts with a little noise, so that vectors lie as close together, and as far from
questions, as those of texts do; random ones all lie equally far from everything. The real texts are the dossiers'
statements, and more of them where `REAL_VECTORS` names a file. A vector has nothing to do with its statement's words.
"""

import hashlib
import json
import os
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from corpus import SHIPPED
from corpus.readers import list_files, read_file
from index import schema as t
from index.catalog import SHARED
from index.chunk import CHUNKER
from index.embed import Embedder, Vectors
from index.keeper import CATALOG_FILE
from index.library import Library

REAL_VECTORS = "PURGEBOT_BENCH_VECTORS"
"""Environment variable: a file of numpy with the vectors of real texts by the same model, float32 `(n, d)`."""
PASSAGES_EACH, STATEMENTS_EACH, WORDS_EACH = 10, 3, 22
"""Of a document, of a passage, of a statement; a shipped dossier's passage has as many."""
RARE_SHARE, STATEMENTS_FOR_RARE = 0.05, 5
"""How many words are rare ones, and how many statements there are for each rare word."""
SHARE_LEAST, NOISE, PASSAGE_SHARE = 0.5, 0.3, 0.7
"""What the first of two mixed texts counts for at least; the length of the noise; how much a statement's vector has of
its passage's."""
AT_ONCE = 1_000
SEED = 7
CACHE_KB = 1_000_000
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def make(folder: Path, passages: int, embedder: Embedder) -> None:
    """Lay a catalog of so many made-up passages into an empty folder, as one change; the engine is yet to be built."""
    Library(folder, lambda: embedder).close()
    words, vectors = _real(embedder)
    documents = max(1, passages // PASSAGES_EACH)
    with closing(sqlite3.connect(folder / CATALOG_FILE, isolation_level=None)) as database:
        database.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        database.execute("BEGIN IMMEDIATE")
        _insert(database, t.revisions.name, [_revision()])
        _insert(database, t.meta.name, _meta(embedder))
        line, mixed = _lines(words, documents), _mixer(vectors)
        for first in range(1, documents + 1, AT_ONCE):
            rows = range(first, min(first + AT_ONCE, documents + 1))
            for table, made in _documents(rows, line).items():
                _insert(database, table, made)
            keys = [_key(number) for row in rows for number in _numbers(row)]
            _insert(database, t.vectors.name, _vectors(keys, mixed, embedder.digest))
        database.execute("ANALYZE")
        database.execute("COMMIT")


def _real(embedder: Embedder) -> tuple[Counter[str], Vectors]:
    """Read the shipped dossiers: how often each word stands in them, and the vectors of their statements."""
    found = [read_file(path) for path in list_files(SHIPPED)]
    texts = [one.text[statement.start : statement.end] for one in found for statement in one.statements]
    vectors = embedder.embed(texts)
    if os.environ.get(REAL_VECTORS):
        vectors = np.concatenate([vectors, np.load(os.environ[REAL_VECTORS])])
    return Counter(word for text in texts for word in WORD.findall(text)), vectors


def _lines(words: Counter[str], documents: int) -> Callable[[], str]:
    """Return a function that makes up statements."""
    pick = random.Random(SEED)
    names, weights = list(words), list(accumulate(words.values()))
    rare = max(1, documents * PASSAGES_EACH * STATEMENTS_EACH // STATEMENTS_FOR_RARE)

    def line() -> str:
        chosen = pick.choices(names, cum_weights=weights, k=WORDS_EACH)
        if pick.random() < RARE_SHARE * WORDS_EACH:
            chosen[pick.randrange(WORDS_EACH)] = _spelled(pick.randrange(rare))
        return " ".join(chosen).capitalize() + "."

    return line


def _spelled(number: int) -> str:
    """Make a word of a number, the same one each time."""
    pick = random.Random(number)
    return "".join(pick.choice("bcdfghklmnprstvz") + pick.choice("aeiou") for _ in range(pick.randint(2, 5)))


def _mixer(vectors: Vectors) -> Callable[[int], Vectors]:
    """Return a function that makes up vectors."""
    draw = np.random.default_rng(SEED)

    def mixed(count: int) -> Vectors:
        first, second = vectors[draw.integers(len(vectors), size=(2, count))]
        share = draw.uniform(SHARE_LEAST, 1, size=(count, 1)).astype(np.float32)
        noise = draw.standard_normal(first.shape, dtype=np.float32) * np.float32(NOISE / first.shape[1] ** 0.5)
        return _unit(share * first + (1 - share) * second + noise)

    return mixed


def _vectors(keys: Sequence[str], mixed: Callable[[int], Vectors], model: str) -> list[dict[str, Any]]:
    """Make up the vectors of passages, and those of their statements, which lie around them."""
    whole = mixed(len(keys))
    others = mixed(len(keys) * STATEMENTS_EACH)
    parts = _unit(PASSAGE_SHARE * whole.repeat(STATEMENTS_EACH, axis=0) + (1 - PASSAGE_SHARE) * others)
    blobs = parts.astype(np.float16).reshape(len(keys), -1)
    return [
        {"key": key, "model": model, "whole": one.tobytes(), "parts": own.tobytes()}
        for key, one, own in zip(keys, whole, blobs, strict=True)
    ]


def _documents(rows: range, line: Callable[[], str]) -> dict[str, list[dict[str, Any]]]:
    """Make up documents: the rows of each table, in an order that breaks no reference."""
    made: dict[str, list[dict[str, Any]]] = {}

    def put(table: str, **row: Any) -> None:
        made.setdefault(table, []).append(row)

    for row in rows:
        name, lines = f"made-up-{row}", [line() for _ in range(PASSAGES_EACH * STATEMENTS_EACH)]
        ends = list(accumulate(len(one) + 1 for one in lines))
        date = f"{2012 + row % 13}-{1 + row % 12:02}"
        put("documents", row=row, id=name, scope=SHARED, origin="added", is_dossier=False, title=name,
            path=f"/{name}.txt", fingerprint=name, text="\n".join(lines), body_start=0, body_end=ends[-1] - 1,
            added_revision=1)  # fmt: skip
        put("sources", document_row=row, id=name, ordinal=0, publisher=f"Gazette {row % 50}", title=name,
            title_exact=True, published=date, url_doubtful=False)  # fmt: skip
        put("tallies", document_row=row, sources=1, statements=len(lines), passages=PASSAGES_EACH, first=date,
            last=date, awaited=False)  # fmt: skip
        spans = [(end - len(one) - 1, end - 1) for one, end in zip(lines, ends, strict=True)]
        for ordinal, number in enumerate(_numbers(row)):
            own = spans[ordinal * STATEMENTS_EACH : (ordinal + 1) * STATEMENTS_EACH]
            put("passages", id=number, document_row=row, ordinal=ordinal, start=own[0][0], end=own[-1][1],
                header=f"{name} · Gazette {row % 50} · {date}", vector_key=_key(number))  # fmt: skip
            for place, (start, end) in enumerate(own):
                put("statements", document_row=row, passage_id=number, ordinal=ordinal * STATEMENTS_EACH + place,
                    start=start, end=end, block_start=start, block_end=end, kind="narration", voice="reporter",
                    speaker=f"Gazette {row % 50}", compiled=False, source_ids=json.dumps([name]))  # fmt: skip
    return made


def _numbers(row: int) -> range:
    """Number the passages of a document."""
    return range((row - 1) * PASSAGES_EACH + 1, row * PASSAGES_EACH + 1)


def _key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _revision() -> dict[str, Any]:
    at = "2026-01-01T00:00:00+00:00"
    return {"revision": 1, "at": at, "actor": "bench", "scope": SHARED, "action": "reindex", "detail": "{}"}


def _meta(embedder: Embedder) -> list[dict[str, Any]]:
    values = {"model": embedder.digest, "model_name": embedder.name, "chunker": CHUNKER}
    return [{"key": key, "value": value} for key, value in {**values, "dimension": str(embedder.dimension)}.items()]


def _insert(database: sqlite3.Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f":{name}" for name in names)
    database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
