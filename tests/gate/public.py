"""Public question sets (clapnq, SQuAD 2.0, MultiHop-RAG) -> questions, and one text each that they are asked of.

They lie in ../shared/bench, under licences of their own, and stay out of the repository: what is made of them goes to
build/gate.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.question import QUESTION_CHARS
from tests.gate.libraries import SHARED

BENCH = SHARED / "bench"
CLAPNQ, SQUAD, MULTIHOP = "clapnq", "squad", "multihop"


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question, the texts that it belongs to, and the answers that one of them holds, where the set names them."""

    text: str
    documents: frozenset[str]
    answerable: bool
    origin: str
    answers: tuple[str, ...] = ()

    @property
    def is_even(self) -> bool:
        """Which half it is in: the even one may be fitted on, the other one tells how it holds."""
        return int(hashlib.md5(self.text.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


@dataclass(frozen=True, slots=True)
class PublicText:
    """A text to be indexed; `head` is its front matter."""

    name: str
    head: dict[str, str]
    text: str


def read_public(bench: Path = BENCH) -> tuple[list[PublicQuestion], list[PublicText]]:
    """Read all sets; empty where they are absent."""
    if not bench.is_dir():
        return [], []
    sets = [_clapnq(bench / "clapnq"), _squad(bench / "squad2"), _multihop(bench / "multihop")]
    return [one for questions, _ in sets for one in questions], [one for _, texts in sets for one in texts]


def write_texts(texts: list[PublicText], folder: Path) -> None:
    """Write each text as a Markdown file; those that are there as they should be are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in texts:
        head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in one.head.items())
        content = (f"---\n{head}---\n" if head else "") + one.text + "\n"
        path = folder / f"{one.name}.md"
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8")


def _clapnq(folder: Path) -> tuple[list[PublicQuestion], list[PublicText]]:
    questions, texts = [], []
    for sort in ("answerable", "unanswerable"):
        for line in (folder / f"clapnq_dev_{sort}.jsonl").read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            [passage, *_] = one["passages"]
            name = f"c{one['id']}"
            texts.append(PublicText(name, {"title": passage["title"]}, passage["text"]))
            questions.append(_question(one["input"], [name], sort == "answerable", CLAPNQ))
    return questions, texts


def _squad(folder: Path) -> tuple[list[PublicQuestion], list[PublicText]]:
    truth, asked = _read(folder / "ground_truth.json"), _read(folder / "queries.json")["queries"]
    names: dict[str, str] = {}
    questions = []
    for one in asked:
        name = names.setdefault(one["context"], f"s{len(names)}")
        known = truth[one["id"]]
        answers = tuple(answer.lower() for answer in known["answers"])
        questions.append(_question(one["question"], [name], not known["is_impossible"], SQUAD, answers))
    return questions, [PublicText(name, {}, context) for context, name in names.items()]


def _multihop(folder: Path) -> tuple[list[PublicQuestion], list[PublicText]]:
    truth, asked = _read(folder / "ground_truth.json"), _read(folder / "queries.json")["queries"]
    facts: dict[str, list[str]] = {}
    heads: dict[str, dict[str, str]] = {}
    for piece in _evidence(truth):
        held = facts.setdefault(piece["title"], [])
        if piece["fact"] not in held:
            held.append(piece["fact"])
        told = {"publisher": piece["source"], "date": piece["published_at"][:10], "author": piece.get("author")}
        heads[piece["title"]] = {"title": piece["title"], **{key: value for key, value in told.items() if value}}
    names = {title: f"m{number}" for number, title in enumerate(facts)}
    questions = [
        _question(one["question"], [names[piece["title"]] for piece in pieces], bool(pieces), MULTIHOP)
        for one in asked
        for pieces in [truth[one["id"]]["evidence_list"]]
    ]
    return questions, [PublicText(name, heads[title], "\n\n".join(facts[title])) for title, name in names.items()]


def _evidence(truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in truth.values():
        yield from one["evidence_list"]


def _question(
    text: str, documents: list[str], answerable: bool, origin: str, answers: tuple[str, ...] = ()
) -> PublicQuestion:
    return PublicQuestion(text[:QUESTION_CHARS], frozenset(documents), answerable, origin, answers)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
