"""The packaged reader: exported once, made again where damaged; it tells an answer from what only looks like one."""

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest

from index import onnx_reader
from index.embed import PACKAGED_SHA256
from index.errors import ModelFault
from index.onnx_files import CARD, GRAPH, Card, Unfit, write_card
from index.onnx_reader import OnnxReader, load_packaged_reader
from index.reader import NONE

TEXT = (
    "Parler is back · The Daily Lark · 2021-02-16\n"
    "Chirper removed 4,300 accounts on Monday, a spokeswoman said, because they had sold followers to musicians. "
    "Its rival Hummer said that it had not removed any, though it was looking into some 900 pages. "
    "The singer Ada Quill lost a third of her followers, and asked the company for an apology."
)
ANSWERED = (
    ("how many accounts did chirper remove", 1), ("why were the accounts removed", 1),
    ("how many pages is hummer looking into", 2), ("what did Ada Quill ask for", 3),
    ("who lost a third of followers", 3),
)  # fmt: skip
"""With the number of the sentence, the header being 0."""
NEAR_MISSES = (
    "how many accounts did chirper restore", "why did hummer remove accounts", "how many pages did chirper remove",
    "what did Ada Quill say about hummer", "when did the company apologise", "how much did the followers cost",
)  # fmt: skip
Make = Callable[[str, Path], None]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the reader was exported, in its child process; to be copied."""
    place = tmp_path_factory.mktemp("exports")
    assert load_packaged_reader(place)
    return place


@pytest.fixture(scope="module")
def reader(exports: Path) -> OnnxReader:
    found = load_packaged_reader(exports, never)
    assert found
    return found


def never(location: str, folder: Path) -> None:
    """Stand where nothing may be exported."""
    raise AssertionError(f"{location} was exported again")


def test_it_is_surer_of_answers_than_of_near_misses(reader: OnnxReader) -> None:
    right = [reader.read(question, [TEXT])[0].log_odds for question, _ in ANSWERED]
    wrong = [reader.read(question, [TEXT])[0].log_odds for question in NEAR_MISSES]
    assert fmean(right) > fmean(wrong) + 1


def test_it_finds_the_sentence_that_answers(reader: OnnxReader) -> None:
    head, body = TEXT.split("\n")
    sentences = [head, *(f"{part}." for part in body.rstrip(".").split(". "))]
    places = [TEXT.index(sentence) for sentence in sentences] + [len(TEXT)]
    hits = 0
    for question, number in ANSWERED:
        [reading] = reader.read(question, [TEXT])
        scores = [reading.within(start, end) for start, end in pairwise(places)]
        hits += scores.index(max(scores)) == number
    assert hits >= len(ANSWERED) - 1


def test_texts_read_together_are_read_as_each_alone(reader: OnnxReader) -> None:
    texts = [TEXT, "", "Nothing of it.", TEXT * 12]
    together = reader.read("who lost followers", texts)
    alone = [reader.read("who lost followers", [text])[0] for text in texts]
    # In int8 the texts of one pass share a scale; large log odds differ by more.
    assert [one.log_odds for one in together] == pytest.approx([one.log_odds for one in alone], rel=0.2, abs=1)
    assert together[1].log_odds == NONE


def test_the_longest_question_there_may_be_is_read(reader: OnnxReader) -> None:
    [reading] = reader.read("¿" * 500, [TEXT])
    assert reading.log_odds > NONE


def test_a_damaged_export_is_made_again(exports: Path, tmp_path: Path) -> None:
    shutil.copytree(exports, tmp_path / "models")
    [card] = (tmp_path / "models").glob(f"*/{CARD}")
    (card.parent / GRAPH).write_bytes(b"rubbish")
    made = []

    def again(location: str, folder: Path) -> None:
        made.append(location)
        shutil.copytree(exports / card.parent.name, folder, dirs_exist_ok=True)

    assert load_packaged_reader(tmp_path / "models", again)
    assert len(made) == 1


def test_what_it_learned_is_part_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = onnx_reader.digest_of("5a" * 32)
    other = tmp_path / "learned"
    other.write_bytes(onnx_reader.LEARNED.read_bytes() + b"\0")
    monkeypatch.setattr(onnx_reader, "LEARNED", other)
    assert onnx_reader.digest_of("5a" * 32) != before
    other.unlink()
    with pytest.raises(ModelFault, match="install the project again"):
        load_packaged_reader(tmp_path, never)


def full(location: str, folder: Path) -> None:
    raise Unfit("the child process failed: No space left on device")


def refused(location: str, folder: Path) -> None:
    digest = onnx_reader.digest_of(PACKAGED_SHA256)
    write_card(folder, Card(digest, refused="its log odds are 3.000 apart from the model's"))


@pytest.mark.parametrize("maker", [full, refused])
def test_without_an_export_nothing_is_read(maker: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(onnx_reader.log, "warning", lambda line, *words: said.append(line % words))
    assert load_packaged_reader(tmp_path, maker) is None
    [line] = said
    assert "cannot be exported" in line
