"""Question -> hits: passages found by vectors and by words, scored together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.embed import Embedder, Vector
from index.engine import Scored, View
from index.feed import passage_vectors
from index.lexical import exact_words, stems
from index.question import Question
from index.snapshot import Snapshot, StoredPassage, StoredStatement
from index.synonyms import alike

CANDIDATES = 60
"""From each side; the right article is among them for 98 % of questions on news."""

LEXICAL_WEIGHT, DENSE_WEIGHT, PART_WEIGHT = 0.4, 0.3, 0.3
"""BM25 / best, cosine / best and best part's cosine / best. Measured on news questions: MRR@10 .714 against
.649 for equal rank fusion."""

PHRASE_WEIGHT, PHRASE_FREE_WORDS = 0.5, 3
"""Bonus for each word beyond three of the longest run of quoted words that a passage holds in order."""
LONG_RUN_WORDS, LONG_RUN_SHARE = 6, 0.4
"""A run of an unquoted question's words counts alike if it is this long and this much of the question."""


ALIKE_SHARE = 0.8
"""What a stem counts for that a text holds in another word for the same."""
EARLIER_WEIGHT = 0.4
"""What a stem of the earlier question counts for, next to one of the question that goes on from it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement of a hit, with the text of its block (itself and its attribution).

    `cosine` is that of its part of the passage to the question. `own` is the weighted share of the question's stems
    that stand in its block, `coverage` the share in its block or in the passage's header.
    """

    stored: StoredStatement
    block: str
    cosine: float
    own: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and its scores for one question.

    `score` orders hits. `cosine` is -1 where the passage's vector is still to come; `bm25` is 0 where no word fits.
    """

    passage: StoredPassage
    score: float
    cosine: float
    bm25: float
    statements: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """The stems that a question is searched by, with weights (idf), slips of spelling mended."""

    text: str
    weights: dict[str, float]

    def coverage(self, text: str) -> float:
        """Return the weighted share of the stems that a text holds, in [0, 1]."""
        return self.share(set(stems(text)))

    def share(self, held: set[str]) -> float:
        """Return the weighted share of the stems that are among others, as such or in other words, in [0, 1]."""
        total = sum(self.weights.values())
        covered = sum(
            weight if stem in held else ALIKE_SHARE * weight if alike(stem) & held else 0.0
            for stem, weight in self.weights.items()
        )
        return covered / total if total else 0.0


def weigh_terms(question: Question, views: Sequence[View]) -> Terms:
    """Mend what the corpus does not know and weigh each stem by how rare it is."""
    words = [_known_word(word, views) for word in exact_words(question.search_text)]
    text = " ".join(words)
    weights = {stem: min(view.weight(stem) for view in views) for stem in stems(text)}
    new = set(stems(" ".join(_known_word(word, views) for word in exact_words(question.text))))
    for stem in set(weights) - new if question.earlier else ():
        weights[stem] *= EARLIER_WEIGHT
    return Terms(text, weights)


def _known_word(word: str, views: Sequence[View]) -> str:
    stem = stems(word)
    if not stem or any(view.count(stem[0]) for view in views):
        return word
    return next((found for view in views if (found := view.closest(word))), word)


def retrieve(
    question: Question, terms: Terms, vector: Vector, views: Sequence[View], snapshot: Snapshot,
    scopes: Sequence[str], embedder: Embedder, k: int,
) -> list[Hit]:  # fmt: skip
    """Find the passages for a question.

    Args:
        vector: of the question, `(d,)`.
        views: one of each scope that the asker may see.
        snapshot: of the catalog; what it no longer holds is dropped.
        scopes: those that the asker may see; passages of others' documents are dropped.

    Returns:
        At most `k` hits, best first, ties by passage.
    """
    candidates = max(CANDIDATES, k)
    lexical = _best_of([view.matching(terms.text, candidates) for view in views])
    dense = _best_of([view.nearest(vector, candidates) for view in views])
    for phrase in question.quoted:
        lexical |= {
            i: s for i, s in _best_of([v.holding(phrase, candidates) for v in views]).items() if i not in lexical
        }
    passages = snapshot.passages(list({**lexical, **dense}), scopes)
    vectors = passage_vectors(snapshot, list(passages), embedder.digest, embedder.dimension)
    cosines = {i: float(one.whole @ vector) for i, one in vectors.items()}
    parts = {i: one.parts @ vector for i, one in vectors.items()}
    best_bm25 = max(lexical.values(), default=0.0) or 1.0
    best_cosine = max(cosines.values(), default=0.0) or 1.0
    best_part = max((float(one.max(initial=-1.0)) for one in parts.values()), default=0.0) or 1.0
    scores = {
        i: LEXICAL_WEIGHT * lexical.get(i, 0.0) / best_bm25
        + DENSE_WEIGHT * cosines.get(i, 0.0) / best_cosine
        + PART_WEIGHT * float(parts[i].max(initial=0.0) if i in parts else 0.0) / best_part
        + _phrase_bonus(question, passage.text)
        for i, passage in passages.items()
    }
    best = sorted(scores, key=lambda i: (-scores[i], i))[:k]
    statements: dict[int, list[StoredStatement]] = {}
    for stored in snapshot.statements_of(best):
        statements.setdefault(stored.passage_id, []).append(stored)
    return [
        Hit(
            passages[i],
            scores[i],
            cosines.get(i, -1.0),
            lexical.get(i, 0.0),
            _evidence(statements.get(i, []), parts.get(i, np.empty(0, np.float32)), passages[i], terms),
        )
        for i in best
    ]


def _best_of(lists: Sequence[Scored]) -> dict[int, float]:
    return {passage_id: score for scored in lists for score, passage_id in scored}


def _evidence(
    statements: Sequence[StoredStatement], parts: Vector, passage: StoredPassage, terms: Terms
) -> tuple[Evidence, ...]:
    header = set(stems(passage.header))
    found = []
    for place, stored in enumerate(statements):
        statement = stored.statement
        block = passage.text[statement.block_start - passage.start : statement.block_end - passage.start]
        cosine = float(parts[place]) if place < len(parts) else -1.0
        held = set(stems(block))
        found.append(Evidence(stored, block, cosine, terms.share(held), terms.share(held | header)))
    return tuple(found)


def _phrase_bonus(question: Question, text: str) -> float:
    """Reward a passage for a long run of the question's words: of the quoted ones, else of all if it is very long."""
    phrases = [exact_words(phrase) for phrase in question.quoted] or [exact_words(question.text)]
    least = PHRASE_FREE_WORDS + 1 if question.quoted else max(LONG_RUN_WORDS, int(LONG_RUN_SHARE * len(phrases[0])))
    folded = text.lower()
    runs = [
        _longest_run(phrase, exact_words(text))
        for phrase in phrases
        if any(all(word in folded for word in phrase[n : n + least]) for n in range(len(phrase) - least + 1))
    ]
    longest = max(runs, default=0)
    return PHRASE_WEIGHT * (longest - PHRASE_FREE_WORDS) if longest >= least else 0.0


def _longest_run(phrase: Sequence[str], words: Sequence[str]) -> int:
    """Return the length of the longest run of words that both hold in the same order without gaps."""
    longest = 0
    before = [0] * (len(words) + 1)
    for phrase_word in phrase:
        row = [0] * (len(words) + 1)
        for place, word in enumerate(words, 1):
            if word == phrase_word:
                row[place] = before[place - 1] + 1
                longest = max(longest, row[place])
        before = row
    return longest
