"""Each measurement by its name: what a child process does at one size, to figures for bench.json."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from corpus import SHIPPED
from index.catalog import SHARED
from index.chunk import chunk
from index.feed import passages_to_apply
from index.library import Library
from tests.bench.adding import article, measure_adding
from tests.bench.askers import measure_askers
from tests.bench.indexing import measure_indexing
from tests.bench.memory import memory_of
from tests.bench.plain_bot import VECTORS, Passage, PlainBot, lay_down
from tests.bench.profiling import measure_profile
from tests.bench.questions import other_questions, timed_questions
from tests.bench.recall import measure_recall
from tests.bench.sizes import STAMP, Place, build
from tests.bench.spread import cost_of
from tests.bench.stages import measure_plain, measure_stages
from tests.bench.tools import Effort, Tools

WORDS_UP_TO = 100_000
"""Passages that the plain bot searches by words too: at a million rank-bm25 takes some 10 GB and minutes to start."""
FIRST = "Which pages did Facebook remove before the vote?"
AT_ONCE_BYTES = 1 << 24
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """What a measurement is given."""

    place: Place
    size: int
    tools: Tools
    effort: Effort = field(default_factory=Effort)
    corpus: Path = SHIPPED

    @property
    def data(self) -> Path:
        """Name the folder of the library."""
        return self.place.data(self.size)

    def open(self) -> Library:
        """Open the library with the model that is loaded."""
        tools = self.tools
        return Library(self.data, lambda: tools.embedder, load_reader=lambda: tools.reader)


def build_all(work: Work) -> Figures:
    """Make the library of a size and what the plain bot reads of it, where they are missing."""
    seconds = build(work.size, work.place, work.tools.embedder)
    library = work.open()
    library.warm_up()
    status = library.status()
    if not _is_as_old(work.place.plain(work.size), work.data):
        with library._catalog.read() as snapshot:
            _, passages = passages_to_apply(snapshot, SHARED, 0, work.tools.embedder.digest)
            pairs = ((Passage(number, text), vector) for number, text, vector in passages if vector is not None)
            lay_down(work.place.plain(work.size), pairs, work.tools.embedder.dimension)
    library.close()
    return {"documents": status.documents, "passages": status.passages, "build_s": round(seconds, 1)}


def opening(work: Work) -> Figures:
    """Open a library whose model is loaded: from the disk, and with its files in memory."""
    work.tools.embedder.embed(["warm up"])
    figures: Figures = {}
    for way, prepare in (("disk", _let_go_of_pages), ("memory", _read_in)):
        prepare(work.data)
        begin = time.perf_counter()
        library = work.open()
        library.warm_up()
        figures[f"from_{way}_s"] = round(time.perf_counter() - begin, 3)
        figures[f"first_question_from_{way}_ms"] = round(cost_of(lambda one=library: one.ask(FIRST)).ms, 1)
        library.close()
    return figures


def serving(work: Work) -> Figures:
    """Serve as the bot does: memory after some questions, many askers, memory after them, stages one by one.

    The stages come last, for the bare call brings the model into memory once more.
    """
    from bot.running import settle_in  # with it comes what a serving process holds besides

    library, others = work.open(), other_questions()
    _read_in(work.data)
    settle_in(lambda: _warm_up(library, others, work.effort.warm_up))
    memory = memory_of(work.data)
    askers = measure_askers(library.ask, others, work.effort)
    after = memory_of(work.data)
    stages = measure_stages(library.ask, work.tools.bare, timed_questions(work.effort.questions))
    library.close()
    return {
        "memory": {**asdict(memory), "own": memory.own},
        "memory_after_askers": {**asdict(after), "own": after.own},
        "askers": asdict(askers),
        "stages": asdict(stages),
    }


def plain(work: Work) -> Figures:
    """Let the plain bot start, answer and add an article."""
    encode = work.tools.encode
    encode(["warm up"])
    begin = time.perf_counter()
    bot = PlainBot(work.place.plain(work.size), encode, words=work.size <= WORDS_UP_TO)
    opened = time.perf_counter() - begin
    bot.ask(next(other_questions()))
    stages = measure_plain(bot.ask, encode, timed_questions(work.effort.questions // 2))
    memory = memory_of(work.place.plain(work.size))
    document = article(work.place.plain(work.size), again=0)
    held = len(bot)
    added = [Passage(-1 - number, one.text) for number, one in enumerate(chunk(document))]
    vectors = encode([one.text for one in added])
    return {
        "passages": held,
        "words": work.size <= WORDS_UP_TO,
        "open_s": round(opened, 3),
        "add_s": round(cost_of(lambda: bot.add(added, vectors)).ms / 1000, 3),
        "memory": {**asdict(memory), "own": memory.own},
        "stages": asdict(stages),
    }


def adding(work: Work) -> Figures:
    """Add an article to the library and remove it."""
    _read_in(work.data)
    return asdict(measure_adding(work.data, work.tools.embedder))


def recall(work: Work) -> Figures:
    """Compare the engine's nearest passages with the exact ones."""
    _read_in(work.data)
    return asdict(measure_recall(work.data, work.place.plain(work.size), work.tools.embedder, work.effort.questions))


def profile(work: Work) -> Figures:
    """Profile questions into a text file."""
    library = work.open()
    _read_in(work.data)
    _warm_up(library, others := other_questions(), work.effort.warm_up)
    questions = list(islice(others, work.effort.profiled))
    found = measure_profile(library.ask, questions, work.place.root / f"profile-{work.size}.txt")
    library.close()
    return asdict(found)


def indexing(work: Work) -> Figures:
    """Index a folder of documents, the shipped dossiers, into a new library."""
    tools = work.tools
    return asdict(measure_indexing(tools.embedder, work.corpus, tools.count, tools.encode, work.effort))


MEASURES: dict[str, Callable[[Work], Figures]] = {
    one.__name__: one for one in (build_all, opening, serving, plain, adding, recall, profile, indexing)
}


def _warm_up(library: Library, others: Iterator[str], number: int) -> None:
    library.warm_up()
    for question in islice(others, number):
        library.ask(question)


def _is_as_old(plain_folder: Path, data: Path) -> bool:
    """Tell whether what the plain bot reads was made from the library as it was made last."""
    if not (plain_folder / VECTORS).is_file():
        return False
    stamps = [path for path in (data / STAMP, data / "code.sha256") if path.is_file()]
    return (plain_folder / VECTORS).stat().st_mtime >= max(path.stat().st_mtime for path in stamps)


def _let_go_of_pages(folder: Path) -> None:
    """Ask the system to forget the files of a folder, so that they are read from the disk."""
    for path in _files(folder):
        with path.open("rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read_in(folder: Path) -> None:
    """Read the files of a folder, so that the system holds them as far as it has room.

    Some systems let go of files that nobody has read for a minute, so each measurement begins with this.
    """
    for path in _files(folder):
        with path.open("rb") as file:
            while file.read(AT_ONCE_BYTES):
                pass


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
