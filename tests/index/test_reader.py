"""A reading model tells where in a text an answer may stand, and has its say on which statement answers, if any."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelFault
from index.hearing import READ
from index.library import Library
from index.reader import ANSWER_TOKENS, NONE, Reading, SpanReader, reading_of
from tests.index.test_rerank import make_cross_encoder


class Sure:
    """A reader that is as sure of every text."""

    def __init__(self, log_odds: float) -> None:
        self.given = log_odds
        self.texts: list[str] = []

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.texts += texts
        places = [np.arange(len(text)) for text in texts]
        return [Reading(np.full(len(one), self.given, dtype=np.float32), one, one) for one in places]


def make_reader(folder: Path) -> str:
    """Write a reader of random weights."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "who", "was", "banned", "clubs", "kites", "no", "rules"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64,
    )  # fmt: skip
    BertForQuestionAnswering(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def test_a_reader_gives_each_text_log_odds_that_depend_on_both(tmp_path: Path) -> None:
    reader = SpanReader(make_reader(tmp_path / "model"))
    first, second, again = reader.read("who was banned", ["clubs", "no kites rules", "clubs"])
    assert first.log_odds == pytest.approx(again.log_odds, abs=1e-5)
    assert first.log_odds != pytest.approx(second.log_odds, abs=1e-5)
    assert reader.read("rules", ["clubs"])[0].log_odds != pytest.approx(first.log_odds, abs=1e-5)
    assert second.begins.tolist() == [0, 3, 9]


def test_a_text_of_nothing_answers_nothing(tmp_path: Path) -> None:
    [reading] = SpanReader(make_reader(tmp_path / "model")).read("who", [""])
    assert reading.log_odds == NONE
    assert reading.within(0, 10) == NONE


def test_an_answer_counts_where_it_begins_and_ends_inside_the_text() -> None:
    starts = np.array([1.0, 9.0, 2.0, 5.0, 0.0], dtype=np.float32)
    ends = np.array([1.0, 9.0, 4.0, 0.0, 7.0], dtype=np.float32)
    offsets = np.array([[0, 0], [0, 3], [0, 4], [5, 9], [10, 12]])
    reading = reading_of(starts, ends, offsets, np.array([False, False, True, True, True]))
    assert reading.begins.tolist() == [0, 5, 10]
    assert reading.scores.tolist() == [2 + 7 - 2, 5 + 7 - 2, 0 + 7 - 2]  # the best end is never before the beginning
    assert reading.log_odds == 10
    assert reading.within(0, 5) == 7
    assert reading.within(10, 99) == 5
    assert reading.within(1, 5) == NONE


def test_an_answer_is_no_longer_than_it_may_be() -> None:
    length = ANSWER_TOKENS + 5
    starts, ends = np.zeros(length, dtype=np.float32), np.zeros(length, dtype=np.float32)
    ends[-1] = 9.0
    reading = reading_of(starts, ends, np.zeros((length, 2), dtype=np.int64), np.arange(length) > 0)
    assert reading.scores[:4].tolist() == [0, 0, 0, 0]
    assert reading.scores[4] == 9


def test_a_model_that_was_not_taught_to_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="was not taught to answer"):
        SpanReader(make_cross_encoder(tmp_path / "model", 1))


def test_a_model_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="check PURGEBOT_READER"):
        SpanReader(str(tmp_path / "nothing"))


def test_a_library_hears_the_reader_that_it_is_given(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path
) -> None:
    plain = open_library()
    plain.reindex([folder], "test")
    confidences = []
    for log_odds in (-40.0, 0.0, 40.0):
        reader = Sure(log_odds)
        library = Library(tmp_path / "data", lambda: plain._embedder, load_reader=lambda reader=reader: reader)
        confidences.append(library.ask("how many followers did kite clubs lose").confidence)
        library.close()
        assert 1 <= len(reader.texts) <= 2 * READ  # posts are read behind their authors' names too
    unsure, between, sure = confidences
    assert unsure < between < sure
