"""The contract of embedders, held by each of them; an export equals the model that it was made from."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embed import Embedder, SentenceTransformerEmbedder
from index.onnx_embed import BATCH_TOKENS, PADDING_TOKENS, batches
from index.onnx_export import exported
from index.onnx_samples import likeness, sample_vectors

TEXTS = ["clubs lost their accounts", "a", "the platform said that it acts against spam " * 20, ""]


@pytest.fixture(params=["torch", "onnx"])
def embedder(
    request: pytest.FixtureRequest, tiny_model: Path, export_here: Callable[[str, Path], None], tmp_path: Path
) -> Embedder:
    """Return each embedder there is, of the same small model."""
    if request.param == "torch":
        return SentenceTransformerEmbedder(str(tiny_model), "tiny")
    found = exported(str(tiny_model), "tiny", None, tmp_path, export_here)
    assert found is not None
    return found


def test_texts_become_rows_of_unit_length_in_their_order(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    assert (together.shape, together.dtype) == ((4, embedder.dimension), np.float32)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    alone = np.vstack([embedder.embed([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-5)


def test_no_texts_become_no_rows(embedder: Embedder) -> None:
    assert len(embedder.embed([])) == 0


def test_parts_come_from_the_passages_own_pass(embedder: Embedder) -> None:
    found = embedder.embed_parts(TEXTS, [[(0, 5), (6, 25)], [], [(0, 12)], [(0, 0)]])
    assert np.vstack([one.whole for one in found]) == pytest.approx(embedder.embed(TEXTS), abs=1e-5)
    assert [len(one.parts) for one in found] == [2, 0, 1, 1]
    first, second = found[0].parts
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert first @ second < 0.999
    assert found[3].parts[0] == pytest.approx(found[3].whole)


def test_a_part_beyond_the_models_reach_takes_the_whole(embedder: Embedder) -> None:
    text = "word " * 600 + "end."
    [found] = embedder.embed_parts([text], [[(len(text) - 4, len(text))]])
    assert found.parts[0] == pytest.approx(found.whole)


def test_an_export_equals_its_model(tiny_model: Path, export_here: Callable[[str, Path], None], tmp_path: Path) -> None:
    model = SentenceTransformerEmbedder(str(tiny_model), "tiny")
    export = exported(str(tiny_model), "tiny", model.digest, tmp_path, export_here)
    assert export is not None
    assert (export.digest, export.dimension) == (model.digest, model.dimension)
    assert likeness(sample_vectors(export), sample_vectors(model)) > 0.99999


def test_batches_hold_every_text_once_within_their_budget() -> None:
    lengths = [3, 256, 2, 90, 256, 1, 120] * 9
    found = list(batches(lengths))
    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    assert all(len(rows) * max(lengths[row] for row in rows) <= BATCH_TOKENS for rows in found)
    assert len(found) < len(lengths) / 3


def test_texts_of_unlike_length_stand_in_batches_of_their_own() -> None:
    lengths = [12, 30, 13, 12, 31, 14, 90]
    found = list(batches(lengths))
    assert found == [[0, 3, 2, 5], [1, 4], [6]]
    assert all(sum(lengths[rows[-1]] - lengths[row] for row in rows) <= PADDING_TOKENS for rows in found)


def test_a_text_longer_than_the_budget_stands_alone() -> None:
    assert list(batches([BATCH_TOKENS + 1, 5])) == [[1], [0]]
