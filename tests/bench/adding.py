"""Time the adding of one article to a large catalog: `python tests/bench/adding.py [--passages N] [--scope SERVER]`.

Prints one JSON object: seconds that adding took in all, that embedding took of it, and the rest; the first question
after it, less its embedding, and a second one; the same for a preview of the article, made before it was added, and for
its removal; how many passages were embedded. The catalog is made up, its vectors are random, and its texts are drawn
from a few thousand words, the commonest most often.
"""

import argparse
import hashlib
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

from corpus.document import Document
from corpus.readers import read_file
from index import schema as t
from index.catalog import SHARED, WRITES, Catalog
from index.chunk import CHUNKER
from index.embed import PassageVectors, Span, Vectors
from index.library import Library

DIMENSION = 384
PASSAGES_EACH, STATEMENTS_EACH, WORDS_EACH = 10, 3, 25
"""Of a document, of a passage, of a statement."""
WORDS = 5_000
AT_ONCE = 200
LINE = "Wobblegram removed {number} pages of kite makers, the club {word} said after the flight of {word}.\n\n"
QUESTION = "how many pages of kite makers did Wobblegram remove?"


class Timed:
    """An embedder that makes vectors up and keeps the time that it takes."""

    name, digest, dimension = "made-up", "made-up-1", DIMENSION

    def __init__(self) -> None:
        self.seconds, self.embedded = 0.0, 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 `(n, d)`, unit length."""
        begin = time.perf_counter()
        seeds = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") for text in texts]
        rows = [np.random.default_rng(seed).standard_normal(DIMENSION) for seed in seeds]
        self.seconds += time.perf_counter() - begin
        return _unit(np.array(rows, dtype=np.float32))

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed texts whole and in parts."""
        self.embedded += len(texts)
        return [
            PassageVectors(self.embed([text])[0], self.embed([text[start:end] for start, end in spans]))
            for text, spans in zip(texts, parts, strict=True)
        ]


def fill(catalog: Catalog, passages: int) -> None:
    """Put documents into a catalog, straight into its tables."""
    pick, draw = random.Random(7), np.random.default_rng(7)  # the same catalog every time
    words = ["".join(pick.choices("abcdefghijklmnopqrstuvwxyz", k=pick.randint(4, 10))) for _ in range(WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))
    with catalog._engine.connect() as connection:
        connection = connection.execution_options(**WRITES)
        count = passages // PASSAGES_EACH
        for first in range(1, count + 1, AT_ONCE):
            rows = range(first, min(first + AT_ONCE, count + 1))
            for table, made in _documents(rows, lambda: pick.choices(words, cum_weights=weights, k=WORDS_EACH), draw):
                connection.execute(table.insert(), made)
        detail: dict[str, Any] = {}
        meta = {"model": Timed.digest, "model_name": Timed.name, "dimension": str(DIMENSION), "chunker": CHUNKER}
        connection.execute(t.meta.insert(), [{"key": key, "value": value} for key, value in meta.items()])
        log = {"revision": 1, "at": "2026-01-01T00:00:00+00:00", "actor": "bench", "scope": SHARED, "action": "reindex"}
        connection.execute(t.revisions.insert(), [{**log, "detail": detail}])
        connection.commit()


def _documents(rows: range, line: Callable[[], list[str]], draw: np.random.Generator) -> Iterator[tuple[Any, Any]]:
    documents, sources, passages, statements = [], [], [], []
    for row in rows:
        lines = [" ".join(line()).capitalize() + "." for _ in range(PASSAGES_EACH * STATEMENTS_EACH)]
        name, at = f"d{row}", 0
        for number, text in enumerate(lines):
            place = (row - 1) * PASSAGES_EACH + number // STATEMENTS_EACH + 1
            span = {"start": at, "end": at + len(text)}
            if number % STATEMENTS_EACH == 0:
                passages.append({"id": place, "document_row": row, "ordinal": number // STATEMENTS_EACH, **span,
                                 "header": name, "vector_key": f"v{place}"})  # fmt: skip
            passages[-1]["end"] = span["end"]
            statements.append(
                {"document_row": row, "passage_id": place, "ordinal": number, **span, "block_start": span["start"],
                 "block_end": span["end"], "kind": "narration", "voice": "reporter", "speaker": "Gazette",
                 "compiled": False, "source_ids": [name]}
            )  # fmt: skip
            at += len(text) + 1
        documents.append(
            {"row": row, "id": name, "scope": SHARED, "origin": "added", "is_dossier": False, "title": name,
             "path": f"/{name}.txt", "fingerprint": name, "text": "\n".join(lines), "body_start": 0, "body_end": at - 1,
             "added_revision": 1}
        )  # fmt: skip
        sources.append({"document_row": row, "id": name, "ordinal": 0, "publisher": f"Gazette {row % 50}",
                        "title_exact": True, "published": "2018-10", "url_doubtful": False})  # fmt: skip
    whole = _unit(draw.standard_normal((len(passages), DIMENSION), dtype=np.float32))
    parts = whole.astype(np.float16).repeat(STATEMENTS_EACH, axis=0)
    vectors = [
        {"key": one["vector_key"], "model": Timed.digest, "whole": whole[n].tobytes(),
         "parts": parts[n * STATEMENTS_EACH : (n + 1) * STATEMENTS_EACH].tobytes()}
        for n, one in enumerate(passages)
    ]  # fmt: skip
    yield from ((t.documents, documents), (t.sources, sources), (t.passages, passages))
    yield from ((t.statements, statements), (t.vectors, vectors))


def _unit(rows: Vectors) -> Vectors:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def article(folder: Path) -> Document:
    """Write an article of some thirty sentences and read it."""
    path = folder / "wobble.txt"
    path.write_text("".join(LINE.format(number=number, word=f"w{number}") for number in range(1, 31)), encoding="utf-8")
    return read_file(path)


def timed(call: Callable[[], object], embedder: Timed) -> dict[str, float]:
    """Call a function; seconds in all, for embedding, and beyond it."""
    before, begin = embedder.seconds, time.perf_counter()
    call()
    total, embedding = time.perf_counter() - begin, embedder.seconds - before
    return {"total_s": round(total, 3), "embedding_s": round(embedding, 3), "rest_s": round(total - embedding, 3)}


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--scope", default=SHARED)
    given = options.parse_args()
    embedder = Timed()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = Library(folder / "data", lambda: embedder)
        begin = time.perf_counter()
        fill(library._catalog, given.passages)
        filled = time.perf_counter() - begin
        library.warm_up()
        built = time.perf_counter() - begin - filled
        library.ask(QUESTION, given.scope)
        document = article(folder)
        figures: dict[str, Any] = {"passages": given.passages, "fill_s": round(filled, 1), "engine_s": round(built, 1)}
        if hasattr(library, "preview"):
            figures["preview"] = timed(lambda: library.preview(document, "f", given.scope), embedder)
        figures["add"] = timed(lambda: library.add(document, "f", "bench", given.scope), embedder)
        figures["embedded"] = embedder.embedded
        figures["first_question"] = timed(lambda: library.ask(QUESTION, given.scope), embedder)
        figures["second_question"] = timed(lambda: library.ask(QUESTION, given.scope), embedder)
        figures["remove"] = timed(lambda: library.remove("wobble", "bench", given.scope), embedder)
        library.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
