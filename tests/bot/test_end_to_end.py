"""The whole program with the real model: index, ask, answer, from the shell and in the terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
QUESTIONS = """how many followers did candace owens say she lost
did paul joseph watson get followers back?
occupy accounts suspended why
 \x07
how many isil accounts were banned on april 2
who runs the moon base
"""


@pytest.fixture(scope="module")
def purgebot(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Return a function that types a command on data of this module; the shipped corpus unless told otherwise."""
    data = tmp_path_factory.mktemp("data")

    def runner(*words: str, stdin: str = "", **env: str) -> "subprocess.CompletedProcess[str]":
        folder = data / ("other" if env else "shipped")
        base = {"PATH": os.environ["PATH"], "PURGEBOT_DATA": str(folder), "HOME": str(data)}
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            input=stdin, capture_output=True, text=True, check=False, cwd=ROOT, env=base | env,
        )  # fmt: skip

    return runner


def test_a_piped_question_is_answered_with_sources(purgebot: Callable[..., "subprocess.CompletedProcess[str]"]) -> None:
    first = purgebot("run", stdin="why were Occupy accounts suspended?\n")
    assert first.returncode == 0, first.stderr
    assert "WIRED UK" in first.stdout
    assert "https://www.wired.co.uk/" in first.stdout
    second = purgebot("run", stdin="why were Occupy accounts suspended?\n")
    assert second.stdout == first.stdout
    status = json.loads(purgebot("status", "--json").stdout)
    assert status["revision"] == 1  # the second run built nothing


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is absent: there are no articles to ask about")
def test_a_batch_on_articles_is_verbatim_and_in_order(
    purgebot: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    (tmp_path / "q.txt").write_text(QUESTIONS, encoding="utf-8")
    other = {"PURGEBOT_CORPUS": str(SEEDS)}
    ended = purgebot("ask", "--json", "--batch", str(tmp_path / "q.txt"), **other)
    assert ended.returncode == 0, ended.stderr
    answers = [json.loads(line) for line in ended.stdout.splitlines()]
    assert len(answers) == 6
    assert answers[3]["error"]["kind"] == "BadQuestion"
    assert answers[5]["claims"] == []
    texts: dict[str, str] = {}
    for answer in (answers[0], answers[1], answers[2], answers[4]):
        assert answer["outcome"] == "answered"
        for claim in answer["claims"]:
            name = claim["document_id"]
            if name not in texts:
                texts[name] = json.loads(purgebot("sources", "show", name, "--json", **other).stdout)["text"]
            assert claim["text"] == texts[name][claim["start"] : claim["end"]]
