"""Measure sixty questions of the development half on the dossiers that they are about: `python tests/gate/sample.py`.

It embeds a fifth of the corpus only, so that every run of the tests can afford it. With fewer dossiers to confuse,
figures are better than those of `evaluate.py`: they hold a floor, and say nothing of how good answers are.
"""

import hashlib
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus import SHIPPED
from index.embed import Embedder
from index.library import Library
from tests.gate.evaluate import report
from tests.gate.gold import Result, event_of, gold_questions
from tests.gate.libraries import load_model, load_reader
from tests.gate.measured import keep

QUESTIONS = 60
GROUP = "sample"
FIGURES = (
    "facts shown",
    "right document cited",
    "answerable refused",
    "near misses refused",
    "auroc answerable against near misses",
)


def sampled() -> tuple[list[dict[str, Any]], list[str]]:
    """Choose whole events, in an order that depends on their names alone, until there are questions enough.

    Returns:
        The questions, and the names of the dossiers that they are about.
    """
    shipped = [gold for gold in gold_questions("dev") if gold["corpus"] == "shipped" and len(gold["documents"]) < 2]
    about = {gold["id"]: event_of(gold) for gold in shipped}
    held = {gold["documents"][0] for gold in shipped if gold["documents"]}
    names = sorted(held, key=lambda name: hashlib.sha256(name.encode()).digest())
    chosen: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        if len(chosen) >= QUESTIONS:
            return chosen, names[:number]
        chosen += [gold for gold in shipped if about[gold["id"]] == name]
    return chosen, names


def measure_sample(embedder: Embedder, folder: Path) -> dict[str, float]:
    """Ask the sample; `folder` is empty and gets what is indexed."""
    questions, names = sampled()
    dossiers = folder / "dossiers"
    dossiers.mkdir()
    for name in names:
        shutil.copy(SHIPPED / f"{name}.md", dossiers)
    library = Library(folder / "data", lambda: embedder, load_reader=load_reader)
    library.reindex([dossiers], "evaluation")
    figures = report([Result(gold, library.ask(gold["question"], after=gold["after"])) for gold in questions])
    library.close()
    return {name: figures[name] for name in FIGURES}


def main() -> None:
    """Print the figures and keep them for `floors.py`."""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_sample(load_model(), Path(folder))
    keep(GROUP, figures)
    for name, value in figures.items():
        print(f"{name:40} {value:.3f}")


if __name__ == "__main__":
    main()
