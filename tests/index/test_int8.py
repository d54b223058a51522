"""Passages in int8: another digest, questions as exact as ever, and a loss that is measured and told."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embed import PassageVectors, Span, load_embedder
from index.errors import CatalogOutdated, ModelFault
from index.int8 import Int8Passages, Loss, kept
from index.library import Library
from index.onnx_export import exported, with_int8
from index.onnx_files import Card, Unfit, write_card
from index.onnx_quantize import quantize

TEXTS = [f"the platform said that clubs lost {number} accounts {'a word ' * number}" for number in range(20)]
Make = Callable[[str, Path], None]


def quantize_here(export: str, folder: Path) -> None:
    quantize(Path(export), folder)


@pytest.fixture
def exact(tiny_model: Path, export_here: Make, tmp_path: Path) -> Any:
    return exported(str(tiny_model), "tiny", None, tmp_path / "models", export_here)


class Coarse:
    """An embedder that rounds what another finds, as int8 does."""

    def __init__(self, exact: Any, step: float) -> None:
        self.exact, self.step = exact, step
        self.name, self.digest, self.dimension = exact.name, exact.digest, exact.dimension

    def embed(self, texts: Sequence[str]) -> Any:
        raise AssertionError("questions are embedded exactly")

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        found = self.exact.embed_parts(texts, parts)
        return [PassageVectors(np.round(one.whole / self.step) * self.step, one.parts) for one in found]


def test_questions_are_exact_and_passages_nearly(exact: Any) -> None:
    both = with_int8(exact, quantize_here)
    assert np.array_equal(both.embed(TEXTS), exact.embed(TEXTS))
    parts = [[(0, 12)]] * len(TEXTS)
    for one, other in zip(both.embed_parts(TEXTS, parts), exact.embed_parts(TEXTS, parts), strict=True):
        assert one.parts.shape == other.parts.shape
        assert 0.9 < one.whole @ other.whole < 0.999999


def test_nothing_is_kept_from_the_log_when_it_is_made(exact: Any, caplog: pytest.LogCaptureFixture) -> None:
    with_int8(exact, quantize_here)
    logging.getLogger("index").warning("the fan hums")
    assert "the fan hums" in caplog.text


def test_its_digest_is_its_own_and_stays(exact: Any) -> None:
    first, again = with_int8(exact, quantize_here), with_int8(exact, never)
    assert first.digest == again.digest != exact.digest
    assert first.dimension == exact.dimension
    assert "int8" in first.name


def never(export: str, folder: Path) -> None:
    raise AssertionError("it was made again")


def test_a_damaged_form_is_made_again(exact: Any) -> None:
    with_int8(exact, quantize_here)
    (exact.folder.with_name(f"{exact.folder.name}-int8") / "model.onnx").write_bytes(b"damaged")
    assert with_int8(exact, quantize_here).embed_parts(TEXTS, [()] * len(TEXTS))


def test_whoever_wants_int8_is_told_where_there_is_none(exact: Any) -> None:
    def fail(export: str, folder: Path) -> None:
        raise Unfit("no memory")

    def refuse(export: str, folder: Path) -> None:
        write_card(folder, Card(exact.digest, refused="it is unlike its exact form"))

    for make, reason in ((fail, "no memory"), (refuse, "unlike")):
        with pytest.raises(ModelFault, match=f"{reason}.*set PURGEBOT_EMBED_RUNTIME to onnx"):
            with_int8(exact, make)


def test_a_model_that_is_left_to_torch_has_no_int8_form(tiny_model: Path, tmp_path: Path) -> None:
    from index.embed import verify

    digest = verify(tiny_model, None)
    (tmp_path / digest[:12]).mkdir()
    write_card(tmp_path / digest[:12], Card(digest, refused="it has no ONNX form"))
    with pytest.raises(ModelFault, match="no int8 form"):
        load_embedder(str(tiny_model), None, tmp_path, int8=True)


def test_what_is_not_rounded_loses_nothing_and_what_is_rounded_away_loses_most(embedder: Any) -> None:
    assert Int8Passages(embedder, Coarse(embedder, 1e-6)).loss(TEXTS) == Loss(1.0, 20)
    loss = Int8Passages(embedder, Coarse(embedder, 0.2)).loss(TEXTS)
    assert loss is not None
    assert loss.kept < 0.9


def test_the_share_kept_counts_neighbours_not_their_order() -> None:
    """On an arc of twelve, ten of eleven others are all but the farther end."""
    angles = np.arange(12) / 10
    arc = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    middle, end = arc.copy(), arc.copy()
    middle[[3, 4]], end[[10, 11]] = arc[[4, 3]], arc[[11, 10]]
    assert kept(arc, arc, middle) == 1.0
    assert kept(arc, arc, end) == pytest.approx(1 - 6 / 120)  # the lower half's farthest is another


def test_too_few_passages_are_not_measured(embedder: Any) -> None:
    assert Int8Passages(embedder, Coarse(embedder, 0.2)).loss(TEXTS[:11]) is None


def test_an_index_tells_its_loss_and_never_mixes(tmp_path: Path, embedder: Any) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(f"Clubs {number}\n\n{text.capitalize()}.\n", encoding="utf-8")
    library = Library(tmp_path / "data", lambda: Int8Passages(embedder, Coarse(embedder, 0.2)))
    summary = library.reindex([folder], "test")
    library.close()
    assert summary.loss is not None
    assert (summary.loss.passages, summary.loss.kept < 0.9) == (20, True)
    library = Library(tmp_path / "data", lambda: embedder)
    with pytest.raises(CatalogOutdated, match="PURGEBOT_EMBED_RUNTIME"):
        library.ask("how many accounts did clubs lose?")
    assert library.reindex([folder], "test", full=True).loss is None
    library.close()
