"""Time the adding of one article to a library: its preview, itself, the questions after it, its removal.

What embedding takes of it is kept apart. The article is removed again; of it remain its vectors and two lines of the
log, and `again` makes each run's text its own, so that it is embedded anew.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.readers import read_file
from index.catalog import SHARED
from index.embed import Embedder
from index.library import Library
from tests.bench.timed import Timed

LINE = "Wobblegram removed {number} pages of kite makers, the club w{again} said after the flight of w{number}.\n\n"
LINES = 30
QUESTION = "how many pages of kite makers did Wobblegram remove?"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds: in all, in the embedder, and beyond it."""

    total: float
    embedding: float
    rest: float


@dataclass(frozen=True, slots=True)
class Adding:
    """What each step took; `embedded` counts the article's passages, `found` says that an answer then cites it."""

    preview: Took
    add: Took
    first_question: Took
    second_question: Took
    remove: Took
    embedded: int
    found: bool


def measure_adding(data: Path, embedder: Embedder, scope: str = SHARED) -> Adding:
    """Add an article to the library in a folder, ask for it, and remove it."""
    clock = Timed(embedder)
    library = Library(data, lambda: clock)
    library.warm_up()
    library.ask("Which pages of kite makers went?", scope)
    with tempfile.TemporaryDirectory() as folder:
        document = article(Path(folder), again=library.status().revision)
        took = {"preview": timed(lambda: library.preview(document, "f", scope), clock)}
        took["add"] = timed(lambda: library.add(document, "f", "bench", scope), clock)
    embedded = clock.embedded
    took["first_question"] = timed(lambda: library.ask(QUESTION, scope), clock)
    took["second_question"] = timed(lambda: library.ask(QUESTION + "?", scope), clock)
    found = any(claim.document_id == document.id for claim in library.ask(QUESTION, scope).claims)
    took["remove"] = timed(lambda: library.remove(document.id, "bench", scope), clock)
    library.close()
    return Adding(**took, embedded=embedded, found=found)


def article(folder: Path, again: int) -> Document:
    """Write an article of some thirty sentences and read it."""
    path = folder / "wobble.txt"
    lines = [LINE.format(number=number, again=again) for number in range(1, LINES + 1)]
    path.write_text("".join(lines), encoding="utf-8")
    return read_file(path)


def timed(call: Callable[[], object], clock: Timed) -> Took:
    """Call a function; seconds in all, for embedding, and beyond it."""
    before, begin = clock.seconds, time.perf_counter()
    call()
    total, embedding = time.perf_counter() - begin, clock.seconds - before
    return Took(round(total, 3), round(embedding, 3), round(total - embedding, 3))
