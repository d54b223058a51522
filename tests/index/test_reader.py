"""A reading model, where one is set, has its say on whether there is an answer, and changes nothing else."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.errors import ModelFault
from index.library import Library
from index.reader import SpanReader
from tests.index.test_rerank import make_cross_encoder


class Sure:
    """A reader that is as sure of every text."""

    def __init__(self, log_odds: float) -> None:
        self.given = log_odds
        self.read: list[str] = []

    def log_odds(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read += texts
        return [self.given] * len(texts)


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
    first, second, again = reader.log_odds("who was banned", ["clubs", "no kites rules", "clubs"])
    assert first == pytest.approx(again, abs=1e-5)
    assert first != pytest.approx(second, abs=1e-5)
    assert reader.log_odds("rules", ["clubs"])[0] != pytest.approx(first, abs=1e-5)


def test_a_text_of_nothing_answers_nothing(tmp_path: Path) -> None:
    assert SpanReader(make_reader(tmp_path / "model")).log_odds("who", [""]) == [float("-inf")]


def test_a_model_that_was_not_taught_to_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="was not taught to answer"):
        SpanReader(make_cross_encoder(tmp_path / "model", 1))


def test_a_model_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="check PURGEBOT_READER"):
        SpanReader(str(tmp_path / "nothing"))


@pytest.mark.parametrize(("log_odds", "answered"), [(40.0, True), (-40.0, False)])
def test_a_library_hears_the_reader_that_it_is_given(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path, log_odds: float, answered: bool
) -> None:
    plain = open_library()
    plain.reindex([folder], "test")
    reader = Sure(log_odds)
    library = Library(tmp_path / "data", lambda: plain._embedder, load_reader=lambda: reader)
    answer = library.ask("how many followers did kite clubs lose")
    library.close()
    assert bool(answer.claims) is answered
    assert 1 <= len(reader.read) <= 3
