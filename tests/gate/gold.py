"""Gold questions -> what came of them: the answer, the passages behind it, and how others rank the documents."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.answer import Answer, Claim, Outcome
from index.claims import arrange, choose
from index.embed import Embedder
from index.hearing import reread
from index.library import HITS, Library, State
from index.question import Question, understand
from index.ranking import rank
from index.reading import ground_of, wants_of
from tests.gate.libraries import CORPORA, load_reader, look_up, open_library

QUESTIONS = Path(__file__).with_name("questions.jsonl")
OTHERS = Path(__file__).with_name("others.jsonl")
"""Questions by writers who knew neither code nor rules nor these questions; `writer` tells them apart."""
NEAR = re.compile(r"near ([\w-]+)")
"""How the note of a near miss begins."""
ANSWERS = (Outcome.ANSWERED, Outcome.PARTIAL)
OURS, WORDS, VECTORS = "ours", "BM25", "MiniLM"
SYSTEMS = (OURS, WORDS, VECTORS)
PASSAGES = 60
"""Passages that each system ranks; their documents, each at its best passage's place, are what is compared."""


@dataclass(frozen=True, slots=True)
class Result:
    """One gold question and what came of it.

    `read` are the document and text of each passage that the answer was read from. `ranked` are the documents that
    each of `SYSTEMS` finds, best first. `first_choice` are the claims that would be made if nothing were refused.
    `verbatim` says whether each claim is, character for character, its span of the stored document.
    """

    gold: dict[str, Any]
    answer: Answer
    read: tuple[tuple[str, str], ...] = ()
    ranked: dict[str, tuple[str, ...]] | None = None
    first_choice: tuple[Claim, ...] = ()
    verbatim: bool = True

    @property
    def answerable(self) -> bool:
        """Whether the corpus answers it, in part at least."""
        return self.gold["expect"] in ("answered", "partial")

    @property
    def near(self) -> bool:
        """Whether it is a near miss: on an event of the corpus, but not answered there."""
        return bool(self.gold["near_miss"])

    @property
    def foreign(self) -> bool:
        """Whether it is of another subject, event or language altogether."""
        return not self.answerable and not self.near

    @property
    def answered(self) -> bool:
        """Whether it was answered."""
        return self.answer.outcome in ANSWERS

    @property
    def event(self) -> str:
        """What questions are kept together by."""
        return event_of(self.gold)

    def facts_in(self, texts: Iterable[str]) -> bool:
        """Whether every fact stands in some of the texts."""
        texts = list(texts)
        return all(held_by(forms, texts) for forms in self.gold["facts"])


def event_of(gold: dict[str, Any]) -> str:
    """Name what a question is about: its first document, the one that a near miss is near to, or itself."""
    near = NEAR.match(gold["note"] or "")
    return str(gold["documents"][0] if gold["documents"] else near[1] if near else gold["question"])


def held_by(forms: Sequence[str], texts: Iterable[str]) -> bool:
    """Say whether one of a fact's forms stands in the texts, whatever its case."""
    together = " ".join(texts).lower()
    return any(form.lower() in together for form in forms)


def gold_questions(split: str) -> list[dict[str, Any]]:
    """Read the questions of one half, or those of others."""
    lines = [line for file in (QUESTIONS, OTHERS) for line in file.read_text(encoding="utf-8").splitlines()]
    questions = [json.loads(line) for line in lines if line.strip()]
    return [question for question in questions if question["split"] == split and CORPORA[question["corpus"]].is_dir()]


def run(questions: Sequence[dict[str, Any]], embedder: Embedder) -> list[Result]:
    """Ask every question of its corpus."""
    results = []
    for corpus, folder in CORPORA.items():
        asked = [question for question in questions if question["corpus"] == corpus]
        if asked:
            library = open_library(corpus, folder, embedder)
            library.warm_up()
            results += [ask(gold, library, embedder) for gold in asked]
            library.close()
    return results


def ask(gold: dict[str, Any], library: Library, embedder: Embedder) -> Result:
    """Ask one question, and look at what stands behind its answer."""
    answer = library.ask(gold["question"], after=gold["after"])
    asked = understand(gold["question"], gold["after"])
    with library.state("", 0.0) as state:
        reader = load_reader()
        asked, terms, read = look_up(asked, state, embedder, HITS)
        hits = state.find(asked, terms, embedder.embed([terms.embedded])[0], embedder, PASSAGES)
        hits = reread(reader, asked, hits) if reader else hits
        names = _names_in(state, [hit.passage.document_row for hit in (*read, *hits)])
        wants, grounds = wants_of(asked, terms, read), {hit.passage.id: ground_of(hit, terms) for hit in read}
        claims = arrange(choose(rank(asked, wants, terms, read, grounds, reader)), terms, lambda _: ())
        return Result(
            gold=gold,
            answer=answer,
            read=tuple((names[hit.passage.document_row], hit.passage.text) for hit in read),
            ranked={OURS: _once(names[hit.passage.document_row] for hit in hits), **_others(asked, state, embedder)},
            first_choice=claims,
            verbatim=all(_is_verbatim(claim, library) for claim in answer.claims),
        )


def _others(asked: Question, state: State, embedder: Embedder) -> dict[str, tuple[str, ...]]:
    """Rank by BM25 alone and by MiniLM alone: the same passages and headers, the question as it was typed."""
    text = f"{asked.earlier} {asked.text}".strip()
    vector, [view] = embedder.embed([text])[0], state.views
    found = {WORDS: view.matching(text, PASSAGES), VECTORS: view.nearest(vector, PASSAGES)}
    ranked = {}
    for system, scored in found.items():
        ids = [passage_id for _, passage_id in scored]
        held = state.snapshot.passages(ids, [""])
        rows = [held[one].document_row for one in ids if one in held]
        names = _names_in(state, rows)
        ranked[system] = _once(names[row] for row in rows)
    return ranked


def _names_in(state: State, rows: Sequence[int]) -> dict[int, str]:
    return {row: stored.id for row, stored in state.snapshot.documents_in(list(dict.fromkeys(rows))).items()}


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _is_verbatim(claim: Claim, library: Library) -> bool:
    return library.show(claim.document_id).document.text[claim.start : claim.end] == claim.text
