"""A cross-encoder, where one is set, puts the first hits in its order and changes nothing else."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.errors import ModelFault
from index.library import Library
from index.question import understand
from index.rerank import CrossEncoderReranker, reordered
from index.retrieve import Hit
from index.stored import StoredPassage


class ByLength:
    """A reranker that holds the longest text for the best."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in texts]


def hit(number: int, words: int, score: float) -> Hit:
    return Hit(StoredPassage(number, number, 0, 5 * words, "word " * words, "header"), score, 0.5, 1.0, ())


HITS = [hit(1, 3, 0.9), hit(2, 9, 0.8), hit(3, 6, 0.4)]


def test_hits_stand_in_the_rerankers_order_with_the_scores_of_their_places() -> None:
    found = reordered(understand("who was banned?"), HITS, ByLength())
    assert [(one.passage.id, one.score) for one in found] == [(2, 0.9), (3, 0.8), (1, 0.4)]


def test_a_question_that_quotes_keeps_its_order() -> None:
    assert reordered(understand("who said “the rules were broken”?"), HITS, ByLength()) == HITS


def test_only_the_first_twenty_are_read() -> None:
    many = [hit(number, number + 1, 1 - number / 100) for number in range(30)]
    found = [one.passage.id for one in reordered(understand("who?"), many, ByLength())]
    assert found == [*reversed(range(20)), *range(20, 30)]


def make_cross_encoder(folder: Path, labels: int) -> str:
    """Write a cross-encoder of random weights."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "who", "was", "banned", "clubs", "kites", "no", "rules"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, num_labels=labels,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def test_a_cross_encoder_gives_each_text_one_number_that_depends_on_both(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(make_cross_encoder(tmp_path / "model", 1))
    scores = reranker.scores("who was banned", ["clubs", "kites", "clubs"])
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != scores[1]
    assert reranker.scores("rules", ["clubs"])[0] != pytest.approx(scores[0], abs=1e-6)


def test_a_model_that_cannot_rank_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="gives 3 numbers"):
        CrossEncoderReranker(make_cross_encoder(tmp_path / "model", 3))


def test_a_model_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="check PURGEBOT_RERANKER"):
        CrossEncoderReranker(str(tmp_path / "nothing"))


def test_a_library_asks_the_reranker_that_it_is_given(
    open_library: Callable[[], Library], folder: Path, tmp_path: Path
) -> None:
    plain = open_library()
    plain.reindex([folder], "test")
    reranked = Library(tmp_path / "data", lambda: plain._embedder, ByLength)
    found = [len(f"{one.hit.passage.header}\n{one.hit.passage.text}") for one in reranked.search("clubs lost kites", 3)]
    reranked.close()
    assert found == sorted(found, reverse=True)
    assert len(found) > 1
