"""Measure which events are proposed for articles: `python tests/gate/proposals.py [dev|test|seeds|fit]`.

`proposals.jsonl` holds one article of our own writing a line, in the manner of news: two thirds about events of the
shipped dossiers in other words, a third about purges that no dossier holds. `dev` is for tuning, and `fit` prints the
weights that it gives; run `test` rarely and write the figures down in `HISTORY.md`. `seeds` are real articles, where
../shared is there.
"""

import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus import SHIPPED
from corpus.readers import described, read_file
from index.library import Library
from index.propose import THRESHOLD, Candidate, article_of, candidates_in, compare, score_of
from index.propose import Signals as Compared
from tests.gate.libraries import copy_library, load_model
from tests.gate.measured import keep

HERE = Path(__file__).parent
SEEDS = HERE.parents[1].parent / "shared" / "seeds"
SEED_EVENTS = {
    "000_61a751174eb5a7ce": ["twitter-lockout-2018-02"],
    "001_7b7162d220d7d420": ["twitter-lockout-2018-02"],
    "002_80677b60189ab927": ["twitter-occupy-2018-10"],
    "003_705b69ef02dac8d9": ["twitter-isil-2015-04"],
    "004_db4a4db18da6628a": ["twitter-facebook-youtube-hong-kong-2019-08"],
}

Pair = tuple[str, str, bool, Compared]
"""An article's id, an event's, whether the one is about the other, and what was measured."""


def labelled(split: str, folder: Path) -> list[tuple[Path, dict[str, str], list[str]]]:
    """Write the articles of one half to files; with the facts given and the events that each is about."""
    if split == "seeds":
        return [(SEEDS / f"{name}.txt", {}, events) for name, events in SEED_EVENTS.items() if SEEDS.is_dir()]
    lines = (HERE / "proposals.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for article in (one for one in map(json.loads, lines) if one["split"] == split):
        path = folder / f"{article['id']}.txt"
        path.write_text("\n\n".join(filter(None, [article["title"], article["text"]])), encoding="utf-8")
        found.append((path, {"date": article["date"]} if article["date"] else {}, article["events"]))
    return found


def measure(split: str, embedder: Any, folder: Path) -> list[Pair]:
    """Compare every article of one half with every event, through a library as moderators use it."""
    library = copy_library("shipped", SHIPPED, embedder, folder / "data")
    with library._catalog.read() as snapshot:
        candidates = candidates_in(snapshot, [""], embedder.digest, embedder.dimension)
    pairs: list[Pair] = []
    for path, given, events in labelled(split, folder):
        name = library.add(described(read_file(path), given), "f", "evaluation").added[0]
        pairs += _compared(library, name, candidates, events, embedder)
    library.close()
    return pairs


def _compared(
    library: Library, name: str, candidates: Sequence[Candidate], events: Iterable[str], embedder: Any
) -> list[Pair]:
    shown = library.show(name)
    with library._catalog.read() as snapshot:
        article = article_of(snapshot, shown.stored.row, embedder.digest, embedder.dimension)
    compared = zip(candidates, compare(article, candidates), strict=True)
    return [(name, one.event.id, one.event.id in events, signals) for one, (signals, _) in compared]


def figures(pairs: Sequence[Pair], threshold: float = THRESHOLD) -> dict[str, float]:
    """Compute precision and recall of proposals, and the share of articles about no event that get none."""
    proposed = [pair for pair in pairs if score_of(pair[3]) >= threshold]
    right = sum(pair[2] for pair in proposed)
    about = {pair[0] for pair in pairs if pair[2]}
    strangers = {pair[0] for pair in pairs} - about
    return {
        "articles": len(about) + len(strangers),
        "threshold": threshold,
        "precision": right / len(proposed) if proposed else 1.0,
        "recall": right / max(1, sum(pair[2] for pair in pairs)),
        "articles about no event left unlinked": len(strangers - {pair[0] for pair in proposed})
        / max(1, len(strangers)),
    }


def fit(pairs: Sequence[Pair]) -> None:
    """Print the weights of a logistic regression."""
    from sklearn.linear_model import LogisticRegression  # comes with sentence-transformers

    model = LogisticRegression(C=10, max_iter=5000)
    model.fit(np.array([astuple(pair[3]) for pair in pairs]), np.array([pair[2] for pair in pairs]))
    print("WEIGHTS =", tuple(float(weight) for weight in model.coef_[0].round(2)))
    print("BIAS =", float(model.intercept_[0].round(2)))


def main() -> None:
    """Print the figures of one half, and with -v what was proposed."""
    word = next((word for word in sys.argv[1:] if word in ("dev", "test", "seeds", "fit")), "dev")
    with tempfile.TemporaryDirectory() as folder:
        pairs = measure("dev" if word == "fit" else word, load_model(), Path(folder))
    if not pairs:
        print("../shared/seeds is not there; skipped")
        return
    if word == "fit":
        fit(pairs)
    measured = figures(pairs)
    for name, value in measured.items():
        print(f"{name:40} {value:.3f}")
    if word == "dev":
        keep("proposals", measured)
    if "-v" in sys.argv:
        for name, event_id, about, signals in sorted(pairs, key=lambda pair: -score_of(pair[3])):
            if about or score_of(signals) >= THRESHOLD / 2:
                print(f"{score_of(signals):.3f} {'right' if about else 'WRONG'} {name} {event_id}")


if __name__ == "__main__":
    main()
