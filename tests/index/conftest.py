"""A small model of random weights, and the steps that export it, in this process, where torch is loaded already; a disk
that is full.
"""

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

WORDS = "clubs lost their accounts the platform said that it acts against spam a word end why were suspended".split()


def make_model(folder: Path, seed: int) -> Path:
    """Write a sentence-transformers model: BERT's form with two layers and next to no words."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    bert = folder / "bert"
    bert.mkdir(parents=True)
    letters = [mark + letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for mark in ("", "##")]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(word for word in WORDS if len(word) > 1)]
    (bert / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), encoding="utf-8")
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=128, initializer_range=0.5,
    )  # fmt: skip
    BertModel(config).save_pretrained(bert)
    BertTokenizerFast(str(bert / "vocab.txt")).save_pretrained(bert)
    transformer = Transformer(str(bert), max_seq_length=64)
    SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small model."""
    return make_model(tmp_path_factory.mktemp("tiny"), 1)


def export_now(location: str, folder: Path) -> None:
    """Take the steps of an export."""
    from index.onnx_files import CARD
    from index.onnx_fuse import finish
    from index.onnx_trace import trace

    trace(location, folder)
    if not (folder / CARD).exists():
        finish(folder)


@pytest.fixture(scope="session")
def export_here(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Callable[[str, Path], None]:
    """Return what exports the small model: it does so once, and lays down a copy each time."""
    made = tmp_path_factory.mktemp("export")
    export_now(str(tiny_model), made)

    def make(location: str, folder: Path) -> None:
        assert location == str(tiny_model)
        shutil.copytree(made, folder, dirs_exist_ok=True)

    return make


@pytest.fixture
def full_disk() -> Callable[[], AbstractContextManager[None]]:
    """Return what lets no file of this process get longer than a few bytes, as on a full disk."""

    @contextmanager
    def full() -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return full
