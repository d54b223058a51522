"""Measure what each signal of retrieval adds: `python tests/gate/retrieval.py [large|typed]`.

Prints a table over public questions (clapnq, SQuAD 2.0, MultiHop-RAG), our own of the development half, and fragments
of eight words of public texts, in quotation marks and inside a sentence: MRR@10 with each signal left out or changed,
and by how much the whole is better. With `large` all of these are asked of one library of some 4,000 texts, that of
the lessons among them, and so are questions by others on articles, questions on lessons that the reader has not learned
from, and posts by others that are to find the claims that they make (`posts.jsonl`). With `typed` it asks instead what
members type: slips, other names of platforms, conversations, and prints the share that finds its document first.
Needs ../shared/bench but for `typed`.
"""

import json
import random
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index import retrieve as ours
from index import runs
from index.embed import Embedder
from index.feed import passage_vectors
from index.hearing import READING_WEIGHT, REREAD, SUREST
from index.lexical import stem_set
from index.library import Library, State
from index.question import understand
from index.reader import Reader
from index.retrieve import Terms, mended, weigh_terms
from index.stored import StoredPassage
from tests.gate.confusable import texts_of
from tests.gate.gold import gold_questions
from tests.gate.intervals import bootstrap, difference
from tests.gate.lessons import read_lessons
from tests.gate.libraries import CORPORA, KEPT, load_model, load_reader, look_up, open_library
from tests.gate.public import PublicText, read_public, write_texts

FRAGMENTS, WORDS, SEED = 400, 8, 7
ON_LESSONS = 700
CARRIERS = (
    "I remember reading that {} somewhere, is that right?", "which article had the bit about {} in it?",
    "somebody on the server posted {} yesterday, where does it come from", "so yeah {} lol who wrote this",
    "there was a line like {} in one of the reports I saw last week", "who exactly said {} and when was it",
    "my cousin keeps telling me {} and I would like to know who wrote that", "did anyone really claim {} at the time?",
)  # fmt: skip
QUOTING = ('who said "{}"?', "where does “{}” come from", '"{}"')
WEIGHTS = {
    "words": ours.LEXICAL_WEIGHT, "whole": ours.DENSE_WEIGHT, "part": ours.PART_WEIGHT, "run": runs.RUN_WEIGHT,
    "quoted": runs.QUOTED_WEIGHT, "dated": ours.DATED_WEIGHT, "told": ours.SHARE_WEIGHT, "read": READING_WEIGHT,
}  # fmt: skip
SIGNALS = tuple(WEIGHTS)
TOLD, READ = SIGNALS.index("told"), SIGNALS.index("read")
NOTHING = dict.fromkeys(SIGNALS, 0.0)
SYSTEMS = {
    "all": WEIGHTS,
    **{f"without {name}": {**WEIGHTS, name: 0.0} for name in SIGNALS},
    "words alone (BM25)": {**NOTHING, "words": 1.0},
    "vectors alone (whole)": {**NOTHING, "whole": 1.0},
    "words .5, whole .25, part .25": {**WEIGHTS, "words": 0.5, "whole": 0.25, "part": 0.25},
    "words .3, whole .35, part .35": {**WEIGHTS, "words": 0.3, "whole": 0.35, "part": 0.35},
    "words .4, whole .6, no part": {**WEIGHTS, "whole": 0.6, "part": 0.0},
    "run at half its weight": {**WEIGHTS, "run": WEIGHTS["run"] / 2},
    "run twice": {**WEIGHTS, "run": 2 * WEIGHTS["run"]},
    "dated twice": {**WEIGHTS, "dated": 2 * WEIGHTS["dated"]},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; right are the passages of some documents, or those that hold a fragment word for word."""

    sort: str
    text: str
    after: str | None
    documents: frozenset[str]
    fragment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates of one question: signals `(n, len(SIGNALS))`, document and rightness of each."""

    asked: Asked
    signals: NDArray[np.float64]
    documents: tuple[str, ...]
    right: tuple[bool, ...]

    def rank(self, weights: dict[str, float]) -> float:
        """Return the reciprocal rank, of documents at their best passages' places, or of passages."""
        order = np.argsort(-(self.signals @ [weights[name] for name in SIGNALS]), kind="stable")
        if self.asked.fragment:
            places = [self.right[row] for row in order[:10]]
        else:
            best = dict.fromkeys(self.documents[row] for row in order)
            places = [one in self.asked.documents for one in list(best)[:10]]
        return next((1 / (place + 1) for place, right in enumerate(places) if right), 0.0)


def fragments(texts: Sequence[PublicText]) -> Iterator[Asked]:
    """Cut eight words out of sentences, quoted and inside a sentence, the same ones every time."""
    chance, made = random.Random(SEED), 0
    while made < FRAGMENTS:
        one = chance.choice(texts)
        words = chance.choice(re.split(r"(?<=[.!?]) ", one.text)).split()
        if len(words) <= WORDS + 4:
            continue
        start = chance.randrange(len(words) - WORDS)
        cut = " ".join(words[start : start + WORDS]).strip(" ,.;:")
        held = tuple(runs.words_of(cut))
        if '"' in cut or "“" in cut or "”" in cut or len("".join(held)) < 25:
            continue
        made += 1
        yield Asked("quoted", chance.choice(QUOTING).format(cut), None, frozenset([one.name]), held)
        yield Asked("unquoted", chance.choice(CARRIERS).format(cut), None, frozenset([one.name]), held)


def look(asked: Asked, state: State, embedder: Embedder, reader: Reader | None) -> Found:
    """Measure every signal of every candidate, as `retrieve` and `reread` do."""
    question = mended(understand(asked.text, asked.after), state.views)
    terms = weigh_terms(question, state.views)
    vector = embedder.embed([terms.embedded])[0]
    lexical = ours._by_words(question, terms, state.views, ours.CANDIDATES)
    dense = ours._best_of([view.nearest(vector, ours.CANDIDATES) for view in state.views])
    quoting = ours._best_of([view.holding(one, runs.READ) for one in question.quoted for view in state.views])
    lexical = {**quoting, **lexical}
    passages = state.snapshot.passages([*{**lexical, **dense}], [""])
    vectors = passage_vectors(state.snapshot, list(passages), embedder.digest, embedder.dimension)
    names = state.snapshot.documents_in([one.document_row for one in passages.values()])
    wording = runs.wording_of(question)
    read = {*sorted(lexical, key=lambda i: (-lexical[i], i))[: runs.READ], *quoting}
    rows = np.array(
        [
            (
                lexical.get(i, 0.0), float(vectors[i].whole @ vector),
                float((vectors[i].parts @ vector).max(initial=0.0)),
                *(wording.runs(passage.text) if i in read else (0, 0)),
                float(bool(question.when and ours._is_of(question.when, passage.header))), 0.0, 0.0,
            )
            for i, passage in passages.items()
        ]
    )  # fmt: skip
    best = rows[:, :3].max(axis=0)
    rows[:, :3] /= np.where(best > 0, best, 1.0)
    rows[:, 0] *= (ours.POST_LEXICAL_WEIGHT if question.is_post else ours.LEXICAL_WEIGHT) / ours.LEXICAL_WEIGHT
    places, ids = _first_of(rows, ours.SHORTLIST), list(passages)
    if question.is_single:
        rows[places, TOLD] = [_told(passages[ids[place]], state, terms) for place in places]
    if reader and question.is_single and not question.quoted:
        places = _first_of(rows, REREAD)
        readings = reader.read(question.search_text, [passages[ids[place]].headed for place in places])
        rows[places, READ] = np.clip([one.log_odds for one in readings], -SUREST, SUREST) + SUREST
    held = [" ".join(runs.words_of(one.text)) for one in passages.values()]
    right = tuple(bool(asked.fragment) and " ".join(asked.fragment) in text for text in held)
    return Found(asked, rows, tuple(names[one.document_row].id for one in passages.values()), right)


def _first_of(rows: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """Return the places of the best candidates by the signals that are known so far."""
    return np.argsort(-(rows @ list(WEIGHTS.values())), kind="stable")[:k]


def _told(passage: StoredPassage, state: State, terms: Terms) -> float:
    """Return the largest share of the question's stems that one statement's block holds."""
    blocks = [
        passage.text[one.statement.block_start - passage.start : one.statement.block_end - passage.start]
        for one in state.snapshot.statements_of([passage.id])
    ]
    return max((terms.share(stem_set(block)) for block in blocks), default=0.0)


def look_at_all(asked: Sequence[Asked], library: Library, embedder: Embedder) -> list[Found]:
    """Measure all questions of one library."""
    library.warm_up()
    with library.state("", 0.0) as state:
        found = [look(one, state, embedder, load_reader()) for one in asked]
    library.close()
    return found


def public_found(embedder: Embedder) -> list[Found]:
    """Measure public questions and fragments."""
    questions, texts = read_public()
    write_texts(texts, KEPT / "public-texts")
    asked = [Asked(one.origin, one.text, None, one.documents) for one in questions if one.answerable]
    return look_at_all([*asked, *fragments(texts)], open_library("public", KEPT / "public-texts", embedder), embedder)


def own_found(embedder: Embedder) -> list[Found]:
    """Measure our own questions of the development half."""
    found = []
    for corpus, folder in CORPORA.items():
        asked = [
            Asked("own", gold["question"], gold["after"], frozenset(gold["documents"]))
            for gold in gold_questions("dev")
            if gold["corpus"] == corpus and gold["documents"] and gold["expect"] in ("answered", "partial")
        ]
        if asked:
            found += look_at_all(asked, open_library(corpus, folder, embedder), embedder)
    return found


def large_found(embedder: Embedder) -> list[Found]:
    """Measure public questions, fragments, and questions on one article or lesson each, all in one library."""
    questions, texts = read_public()
    lessons = read_lessons()
    own = texts_of(lessons)
    asked = [Asked(one.origin, one.text, None, one.documents) for one in questions if one.answerable]
    asked += fragments(texts)
    posts, claims = read_posts()
    asked += posts
    folder = KEPT / "large-texts"
    write_texts([*texts, *own, *claims], folder)
    for corpus in ("news", "articles", "seeds"):
        for path in CORPORA[corpus].glob("*.*"):
            shutil.copy(path, folder / f"{corpus}-{path.name}")
        asked += [
            Asked(f"{split} {corpus}", gold["question"], gold["after"], frozenset([f"{corpus}-{gold['documents'][0]}"]))
            for split in ("dev", "others")
            for gold in gold_questions(split)
            if gold["corpus"] == corpus and gold["expect"] == "answered" and len(gold["documents"]) == 1
        ]
    on_lessons = [
        Asked("lessons", task.question, None, frozenset([text.name]))
        for text, lesson in zip(own, lessons, strict=True)
        if lesson.held_out
        for task in lesson.tasks
        if task.answer
    ]
    asked += random.Random(SEED).sample(on_lessons, ON_LESSONS)
    return look_at_all(asked, open_library("large", folder, embedder), embedder)


def read_posts() -> tuple[list[Asked], list[PublicText]]:
    """Read posts, and the claims that some of them make: half of these have none, but others like them."""
    lines = Path(__file__).with_name("posts.jsonl").read_text(encoding="utf-8").splitlines()
    posts, claims = [], []
    for place, line in enumerate(lines):
        told = json.loads(line)
        head = {"title": told["title"]} if told["title"] else {}
        claims.append(PublicText(f"claim-{place}", head, told["claim"]))
        posts += [Asked("posts", post, None, frozenset([claims[-1].name])) for post in told["posts"]]
    return posts, claims


def print_table(found: Sequence[Found]) -> None:
    """Print MRR@10 of every system by sort of question, and by how much the whole is better, with intervals."""
    sorts = list(dict.fromkeys(one.asked.sort for one in found))
    print(f"| | {' | '.join(sorts)} |\n|---{'|---' * len(sorts)}|")
    whole = {sort: [one.rank(WEIGHTS) for one in found if one.asked.sort == sort] for sort in sorts}
    for name, weights in SYSTEMS.items():
        cells = []
        for sort in sorts:
            asked = [one for one in found if one.asked.sort == sort]
            values = [one.rank(weights) for one in asked]
            events = [min(one.asked.documents) for one in asked]
            better = difference(whole[sort], values, events)
            plain = bootstrap(values, events)
            cells.append(str(plain) if name == "all" else f"{plain.mean:.3f}{_mark(better.low, better.high)}")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    counts = ", ".join(f"{sort} {len(whole[sort])}" for sort in sorts)
    first = ", ".join(f"{sort} {np.mean([value == 1 for value in whole[sort]]):.3f}" for sort in sorts)
    print(f"questions: {counts}; Hits@1 of all: {first}")


def _mark(low: float, high: float) -> str:
    """Mark what is worse than the whole by more than chance with `-`, what is better with `+`."""
    return " -" if low > 0 else " +" if high < 0 else ""


def typed(embedder: Embedder) -> None:
    """Print how often what members type finds its document first."""
    library = open_library("shipped", CORPORA["shipped"], embedder)
    library.warm_up()
    with library.state("", 0.0) as state:
        for name in ("misspelt", "aliases", "conversations"):
            lines = Path(__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
            golds = [json.loads(line) for line in lines]
            asked = [(text, gold) for gold in golds for text in gold.get("slips", [gold["question"]])]
            right = [_first(state, embedder, text, gold.get("after")) in gold["documents"] for text, gold in asked]
            print(f"{name}: {np.mean(right):.3f} of {len(right)} find their document first")
            if name == "misspelt":
                alike = [understand(text).asks is understand(gold["question"]).asks for text, gold in asked]
                print(f"{name}: {np.mean(alike):.3f} are taken for the same kind of question")
    library.close()


def _first(state: State, embedder: Embedder, text: str, after: str | None) -> str:
    asked = understand(text, after)
    _, _, [hit] = look_up(asked, state, embedder, 1)
    return state.snapshot.documents_in([hit.passage.document_row])[hit.passage.document_row].id


def main() -> None:
    """Print the table, or what members type."""
    embedder = load_model()
    if "typed" in sys.argv:
        typed(embedder)
        return
    if "large" in sys.argv:
        print_table(large_found(embedder))
        return
    print_table([*public_found(embedder), *own_found(embedder)])


if __name__ == "__main__":
    main()
