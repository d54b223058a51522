"""The bench runs at tiny sizes, and its figures belong together. No time is asserted."""

import json
import sys
from functools import cached_property
from pathlib import Path

import pytest

from tests.bench.bench import AT_EACH_SIZE, run, write
from tests.bench.checks import faults
from tests.bench.goals import GOALS, verdicts
from tests.bench.indexing import work_of
from tests.bench.measures import MEASURES, Figures, Work
from tests.bench.memory import memory_of
from tests.bench.publish import BEGIN, END, PAGE, published
from tests.bench.questions import other_questions, timed_questions
from tests.bench.sizes import Place
from tests.bench.spread import spread
from tests.bench.starts import Command
from tests.bench.tables import sizes_table
from tests.bench.tools import Effort, Encode
from tests.conftest import HashedWords, write_documents

SIZES = (2, 4)
EFFORT = Effort(warm_up=2, questions=6, profiled=3, levels=(1, 3), seconds=0.01, rounds=1, limit_seconds=0.05)


class WordTools:
    """The embedder of hashed words in every form."""

    reader = None

    @cached_property
    def embedder(self) -> HashedWords:
        """Return the program's."""
        return HashedWords()

    def bare(self, text: str) -> object:
        """Embed one text."""
        return self.embedder.embed([text])

    def count(self, texts: list[str]) -> list[int]:
        """Count one token a text: hashed words take much less work than a model."""
        return [1 for _ in texts]

    @property
    def encode(self) -> Encode:
        """Return the plain bot's."""
        return self.embedder.embed


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return where this module's bench keeps what it makes."""
    return Place(tmp_path_factory.mktemp("bench"))


@pytest.fixture(scope="module")
def figures(place: Place) -> Figures:
    """Return the figures of one run, all in this process."""
    tools, corpus = WordTools(), write_documents(place.root / "documents")

    def measure(name: str, size: int) -> Figures:
        found = MEASURES[name](Work(place, size, tools, EFFORT, corpus))
        again: Figures = json.loads(json.dumps(found))  # as it comes from a child process
        return again

    hello = Command((sys.executable, "-c", "print('hello')"), tries=1)
    return run(SIZES, place, measure, lambda _size: {"help": hello, "ask": hello, "plain": hello})


def each(figures: Figures) -> list[Figures]:
    """List what was measured at each size."""
    return [figures["sizes"][str(size)] for size in SIZES]


def test_every_size_has_every_measurement(figures: Figures) -> None:
    assert [one["documents"] for one in each(figures)] == list(SIZES)
    assert all({*AT_EACH_SIZE, "starts"} <= one.keys() for one in each(figures))


def test_both_bots_answer_every_question(figures: Figures) -> None:
    ours = [one["serving"]["stages"] for one in each(figures)]
    plain = [one["plain"]["stages"] for one in each(figures)]
    assert {one["questions"] for one in ours} == {EFFORT.questions}
    assert all(0 < one["answered"] == one["questions"] for one in plain)


def test_ratios_are_of_the_same_run(figures: Figures) -> None:
    for one in each(figures):
        stages = one["serving"]["stages"]
        assert stages["to_bare"] == pytest.approx(stages["total"]["p50"] / stages["bare"]["p50"], abs=0.01)
        assert stages["p95_to_p50"] >= 1


def test_stages_are_parts_of_the_whole(figures: Figures) -> None:
    for one in each(figures):
        stages = one["serving"]["stages"]
        assert all(stages[part]["p50"] <= stages["total"]["p95"] for part in ("embed", "search", "answer"))


def test_shares_of_the_limit_are_of_the_same_run(figures: Figures) -> None:
    found = figures["indexing"]
    assert found["embed_share"] == pytest.approx(found["embed"] / found["limit"], abs=0.01)
    assert found["reindex"] < found["embed"]


def test_nothing_is_wrong_with_the_figures_of_a_run(figures: Figures) -> None:
    found = faults(figures)  # shares apart: hashed words are no model, and may be faster than the limit
    assert [fault for fault in found if not fault.startswith("indexing")] == []


def test_a_share_above_the_limit_is_a_fault(figures: Figures) -> None:
    shares = {"reindex_share": 0.9, "embed_share": 1.2, "plain_share": 0.5}
    assert faults({**figures, "indexing": shares}) == []
    assert len(faults({**figures, "indexing": {**shares, "embed_share": 1.3}})) == 1


def test_an_exact_index_recalls_all(figures: Figures) -> None:
    assert [one["recall"]["at_10"] for one in each(figures)] == [1.0, 1.0]


def test_every_asker_gets_an_answer(figures: Figures) -> None:
    for one in each(figures):
        found = one["serving"]["askers"]
        assert [level["askers"] for level in found["threads"]] == list(EFFORT.levels)
        assert all(level["answers"] >= level["askers"] for level in (*found["threads"], *found["bot"]))


def test_the_added_source_is_found_and_removed(figures: Figures, place: Place) -> None:
    assert all(one["adding"]["found"] and one["adding"]["embedded"] for one in each(figures))
    again = MEASURES["build_all"](Work(place, SIZES[0], WordTools(), EFFORT))
    assert again["documents"] == SIZES[0]


def test_memory_is_parted_without_rest(tmp_path: Path) -> None:
    found = memory_of(tmp_path)
    assert found.anonymous + found.program + found.mapped == pytest.approx(found.resident, abs=0.3)
    assert found.mapped == 0 < found.resident <= found.peak * 1.01


def test_files_that_are_mapped_count_apart(tmp_path: Path) -> None:
    import mmap

    path = tmp_path / "file"
    path.write_bytes(b"x" * 8_000_000)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        assert mapped[::4096].count(b"x") > 0
        assert memory_of(tmp_path).mapped == pytest.approx(8, abs=0.5)


def test_timed_questions_are_different_and_not_asked_before() -> None:
    timed, others = timed_questions(60), other_questions()
    before = [next(others) for _ in range(1_000)]
    assert len({*timed, *before}) == len(timed) + len(before)


def test_the_work_of_a_text_is_that_of_the_model() -> None:
    a_layer = 2 * (4 * 384 * 384 + 2 * 384 * 1536) + 4 * 384
    assert work_of([1]) == pytest.approx(6 * a_layer / 1e9)
    assert work_of([100]) > 100 * work_of([1])


def test_the_worst_calls_show_in_p95_not_in_the_median() -> None:
    found = spread([1.0] * 18 + [9.0, 10.0])
    assert found.p50 == 1 < 9 <= found.p95 <= 10


def test_goals_that_were_not_measured_are_neither_met_nor_missed(figures: Figures) -> None:
    found = verdicts(figures)
    assert len(found) == len(GOALS)
    elsewhere = [one for one in found if "10⁶" in one.what or "70 documents" in one.what]
    assert {one.met for one in elsewhere} == {None}
    assert len([one for one in found if one.figure is None]) == len(elsewhere) + 1  # "the same, ..." is of 70 as well


@pytest.mark.parametrize(("seconds", "share", "met"), [(0.4, 0.8, True), (0.41, 0.79, False)])
def test_a_goal_is_met_up_to_its_limit(seconds: float, share: float, met: bool) -> None:
    figures = {"sizes": {}, "help": {"seconds": seconds}, "indexing": {"reindex_share": share}}
    assert [one.met for one in verdicts(figures) if one.figure is not None] == [met, met]


def test_tables_and_pictures_are_written(figures: Figures, place: Place) -> None:
    tables = write(figures, place.root)
    assert json.loads((place.root / "bench.json").read_text(encoding="utf-8")) == figures
    assert {"4 documents", "not measured"} <= {cell.strip() for cell in tables.replace("\n", "|").split("|")}
    assert all((place.root / f"{name}.png").stat().st_size > 10_000 for name in ("bench-cost", "bench-askers"))


def test_the_profile_names_functions_not_folders(figures: Figures, place: Place) -> None:
    text = (place.root / f"profile-{SIZES[0]}.txt").read_text(encoding="utf-8")
    assert "index/retrieve.py" in text
    assert str(Path(__file__).resolve().parents[2]) not in text
    assert figures["sizes"]["2"]["profile"]["top"][0]["own"] > 0


def test_the_parts_of_a_profile_are_all_of_it(figures: Figures) -> None:
    for one in each(figures):
        assert sum(one["profile"]["parts"].values()) == pytest.approx(one["profile"]["ms"], rel=0.01)
        assert {"SQLite", "SQLAlchemy", "tantivy"} <= one["profile"]["parts"].keys()


def test_the_page_gets_the_figures_between_its_marks(figures: Figures) -> None:
    page = published(f"before\n{BEGIN}old\n{END}after\n", figures)
    assert page.startswith(f"before\n{BEGIN}")
    assert page.endswith(f"{END}after\n")
    assert "old" not in page
    assert sizes_table(figures) in page


def test_the_page_of_the_docs_has_its_marks(figures: Figures) -> None:
    assert published(PAGE.read_text(encoding="utf-8"), figures).count("4 documents") > 0
