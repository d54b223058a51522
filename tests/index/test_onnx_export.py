"""An export is used only while it is whole, of the right model and like it; otherwise it is made anew, or not used."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelFault
from index.onnx_embed import OnnxEmbedder
from index.onnx_export import exported, make
from index.onnx_files import CARD, GRAPH, TOKENIZER, WEIGHTS, Card, Unfit, usable, write_card
from index.onnx_samples import VECTORS

ROOT = Path(__file__).parents[2]
MODEL = "5a" * 32
HEAVY = "torch transformers sentence_transformers sklearn scipy matplotlib discord aiohttp trafilatura".split()
ASK = """
import json, sys
from bot.__main__ import main
sys.argv = ["purgebot", "ask", "why were the knitting clubs suspended?", "--json"]
try:
    main()
except SystemExit as ended:
    print(json.dumps({"status": ended.code, "loaded": [name for name in %r if name in sys.modules]}))
"""
Make = Callable[[str, Path], None]


@pytest.fixture
def kept(tmp_path: Path, tiny_model: Path, export_here: Make) -> Path:
    """Return a folder that holds the export of the small model."""
    assert load(tiny_model, tmp_path, export_here)
    return tmp_path


def load(model: Path, exports: Path, make: Make, digest: str | None = None) -> OnnxEmbedder | None:
    """Load the export of a model."""
    return exported(str(model), "tiny", digest, exports, make)


def folder_in(exports: Path) -> Path:
    """Return the one export's folder."""
    [card] = exports.glob(f"*/{CARD}")
    return card.parent


def never(location: str, folder: Path) -> None:
    """Stand where nothing may be exported."""
    raise AssertionError(f"{location} was exported again")


def test_an_export_is_made_once(kept: Path, tiny_model: Path) -> None:
    assert load(tiny_model, kept, never)


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS, TOKENIZER, CARD])
@pytest.mark.parametrize("left", [-1, 100, 0])
def test_a_damaged_file_is_made_again(name: str, left: int, kept: Path, tiny_model: Path, export_here: Make) -> None:
    file = folder_in(kept) / name
    file.write_bytes(file.read_bytes()[:left])
    with pytest.raises(Unfit):
        usable(folder_in(kept), None)
    assert load(tiny_model, kept, export_here)
    assert usable(folder_in(kept), None).refused is None


@pytest.mark.parametrize("name", [GRAPH, WEIGHTS])
def test_a_missing_file_is_made_again(name: str, kept: Path, tiny_model: Path, export_here: Make) -> None:
    (folder_in(kept) / name).unlink()
    assert load(tiny_model, kept, export_here)


def test_an_export_of_other_versions_is_made_again(kept: Path) -> None:
    card = folder_in(kept) / CARD
    held = json.loads(card.read_text(encoding="utf-8"))
    card.write_text(json.dumps(held | {"made_with": held["made_with"] | {"onnxruntime": "0.1"}}), encoding="utf-8")
    with pytest.raises(Unfit, match="other versions"):
        usable(folder_in(kept), None)


def test_another_models_export_is_not_used(kept: Path, tiny_model: Path, export_here: Make) -> None:
    shutil.copytree(folder_in(kept), kept / MODEL[:12])
    with pytest.raises(Unfit, match="another model"):
        usable(kept / MODEL[:12], MODEL)
    assert load(tiny_model, kept, export_here, digest=MODEL) is None  # made again, it is still of another model


def test_a_graph_that_computes_something_else_is_refused(tmp_path: Path, tiny_model: Path) -> None:
    from index.onnx_fuse import finish
    from index.onnx_trace import trace

    def made_wrong(location: str, folder: Path) -> None:
        trace(location, folder)
        np.save(folder / VECTORS, np.roll(np.load(folder / VECTORS), 1, axis=0))
        finish(folder)

    assert load(tiny_model, tmp_path, made_wrong) is None
    card = usable(folder_in(tmp_path), None)
    assert card.files is None
    assert "cosine" in (card.refused or "")
    assert [path.name for path in folder_in(tmp_path).iterdir()] == [CARD]
    assert load(tiny_model, tmp_path, never) is None  # not tried again on every start


def test_a_model_that_has_no_such_form_is_left_to_torch(tmp_path: Path, tiny_model: Path) -> None:
    def refuse(location: str, folder: Path) -> None:
        write_card(folder, Card(MODEL, refused="it has no ONNX form"))

    assert load(tiny_model, tmp_path, refuse) is None


def test_a_failed_export_is_tried_again_on_the_next_start(tmp_path: Path, tiny_model: Path, export_here: Make) -> None:
    def fail(location: str, folder: Path) -> None:
        raise Unfit("no memory")

    assert load(tiny_model, tmp_path, fail) is None
    assert load(tiny_model, tmp_path, export_here)


def test_a_model_that_is_missing_is_told(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(ModelFault, match="cannot be read"):
        exported(str(tmp_path / "model"), "none", None, tmp_path / "kept", make)


def test_neither_indexing_nor_asking_loads_torch(tmp_path: Path, folder: Path, tiny_model: Path) -> None:
    env = {
        "PATH": os.environ["PATH"], "PURGEBOT_DATA": str(tmp_path / "data"), "PURGEBOT_CORPUS": str(folder),
        "PURGEBOT_MODEL": str(tiny_model), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-c", ASK % HEAVY]
    ended = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    answer, told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert answer["revision"] == 1, ended.stderr
    assert told == {"status": 0, "loaded": []}
    assert len(list((tmp_path / "data" / "models").glob(f"*/{CARD}"))) == 2  # the model's and the reader's
