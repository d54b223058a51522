"""The real model: verified, of unit length, its parts from the passage's own pass."""

from pathlib import Path

import numpy as np
import pytest

from index.embed import PACKAGED_SHA256, Embedder, SentenceTransformerEmbedder, load_embedder, verify
from index.errors import ModelFault


@pytest.fixture(scope="module")
def model() -> Embedder:
    return load_embedder()


def test_the_packaged_weights_are_the_published_ones(model: Embedder) -> None:
    assert model.digest == PACKAGED_SHA256
    assert model.dimension == 384


def test_vectors_are_of_unit_length(model: Embedder) -> None:
    vectors = model.embed(["why were accounts suspended?", ""])
    assert vectors.shape == (2, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_likeness_of_meaning_is_likeness_of_vectors(model: Embedder) -> None:
    asked, near, far = model.embed(["accounts were banned", "users got suspended", "a recipe for bread"])
    assert asked @ near > asked @ far + 0.2


def test_a_passage_embedded_with_parts_equals_it_embedded_alone(model: Embedder) -> None:
    text = "Twitter banned accounts. Bread needs flour."
    [found] = model.embed_parts([text], [[(0, 24), (25, 43)]])
    assert found.whole == pytest.approx(model.embed([text])[0], abs=1e-5)


def test_a_part_is_closer_to_its_own_subject(model: Embedder) -> None:
    text = "Twitter banned accounts. Bread needs flour and water."
    [found] = model.embed_parts([text], [[(0, 24), (25, len(text))]])
    baking = model.embed(["how is bread baked?"])[0]
    assert found.parts[1] @ baking > found.parts[0] @ baking


def test_a_part_beyond_the_models_reach_takes_the_whole(model: Embedder) -> None:
    text = "word " * 600 + "end."
    [found] = model.embed_parts([text], [[(len(text) - 4, len(text))]])
    assert found.parts[0] == pytest.approx(found.whole)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(ModelFault, match="not 53aa"):
        verify(tmp_path, PACKAGED_SHA256)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="cannot be read"):
        SentenceTransformerEmbedder(str(tmp_path), "empty")
