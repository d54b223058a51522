"""The code keeps to its shape: `bot -> index -> corpus`, and foreign libraries stay in their files."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(path for package in ("bot", "index", "corpus") for path in (ROOT / package).rglob("*.py"))
ALLOWED = {"corpus": {"corpus"}, "index": {"corpus", "index"}, "bot": {"corpus", "index", "bot"}}
OWNERS = {
    "faiss": {"index/coarse.py"},
    "tantivy": {"index/lexical.py"},
    "sqlalchemy": {
        *("index/catalog.py", "index/forgetting.py", "index/mentions.py", "index/schema.py", "index/snapshot.py"),
        *("index/opening.py", "index/sqlite.py"),
        *("index/counts.py", "index/feed.py", "index/overseer.py", "index/visible.py"),
        *("index/prepared.py", "index/queries.py"),
        *("bot/state.py", "bot/state_rows.py", "bot/state_schema.py"),
    },
    "sentence_transformers": {"index/embed.py", "index/rerank.py"},
    "torch": {"index/onnx_trace.py", "index/reader.py", "index/reading_trace.py", "index/reading_weights.py"},
    "transformers": {"index/reader.py", "index/reading_trace.py", "index/reading_weights.py"},
    "safetensors": {"index/reading_weights.py"},
    "onnx": set(),
    "onnxruntime": {
        *("index/onnx_embed.py", "index/onnx_fuse.py", "index/onnx_quantize.py", "index/reading_trace.py"),
    },
    "tokenizers": {"index/onnx_embed.py", "index/onnx_reader.py"},
    "trafilatura": {"corpus/page_file.py"},
    "protego": {"bot/robots.py"},
    "pypdfium2": {"corpus/pdf_file.py"},
    "docx": {"corpus/word_file.py"},
    "urllib3": {"corpus/fetch.py", "corpus/targets.py"},
    "certifi": {"corpus/wire.py"},
    "yaml": {"corpus/front_matter.py"},
    "sentencex": {"corpus/sentences.py"},
    "py3langid": {"index/language.py"},
    "dotenv": {"bot/shell.py"},
    "matplotlib": {"bot/canvas.py"},
    "prometheus_client": {"bot/metrics.py"},
    "aiohttp": {"bot/delivery.py", "bot/health.py", "bot/metrics.py"},
}
FILE_LINES = 400


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_packages_depend_in_one_direction(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert imported(path) & ALLOWED.keys() <= ALLOWED[package]


@pytest.mark.parametrize("library", OWNERS)
def test_a_foreign_library_is_imported_by_its_owner_alone(library: str) -> None:
    users = {str(path.relative_to(ROOT)) for path in FILES if library in imported(path)}
    assert users <= OWNERS[library]


@pytest.mark.parametrize("library", ["discord", "asyncio"])
def test_only_the_bot_knows_discord_and_asyncio(library: str) -> None:
    users = {path.relative_to(ROOT).parts[0] for path in FILES if library in imported(path)}
    assert users <= {"bot"}


def test_no_file_has_grown_past_reading() -> None:
    long = {str(path.relative_to(ROOT)) for path in FILES if path.read_text(encoding="utf-8").count("\n") > FILE_LINES}
    assert long == set()
