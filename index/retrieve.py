"""Question -> hits: passages found by vectors and by words, scored together."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from index.embed import Embedder, Vector
from index.engine import Scored, View
from index.feed import cosines_to
from index.lexical import exact_words, stem_set, stems, undoubled
from index.question import Question
from index.runs import READ, wording_of
from index.snapshot import Snapshot
from index.spelling import is_right
from index.stored import StoredPassage, StoredStatement
from index.synonyms import alike
from index.vague_dates import is_within

LETTERS = re.compile(r"[^\W_]+")
CANDIDATES = 60
"""From each side; the right article is among them for 98 % of questions on news."""

LEXICAL_WEIGHT, DENSE_WEIGHT, PART_WEIGHT = 0.4, 0.3, 0.3
"""BM25 / best, cosine / best and best part's cosine / best. Measured on news questions: MRR@10 .714 against
.649 for equal rank fusion."""
POST_LEXICAL_WEIGHT = 0.15
"""What BM25 counts for where a post is searched for that tells something in words of its own. Measured on 294 posts
and the claims that they make, in a library of 4,024 documents: MRR@10 .727 to .782; .1 finds .790, of posts that share
few words with their claims.
"""
SHARE_WEIGHT = 0.4
"""What the weighted share of a short question's stems in the best statement's block adds. Measured in a library of
3,444 documents: MRR@10 of ten sets of questions .878 to .891, worse for none but clapnq (.968 to .956). Of a post or of
a long question no statement holds much."""
SHORTLIST = 30
"""Passages of which the statements are looked at, the best by all else; twice as many find .001 more."""
DATED_WEIGHT = 0.2
"""Bonus for a document of the time that the question names. Measured on questions with a time: MRR@10 .871 to .907 on
public news, .939 to .951 on our own."""
DATED = re.compile(r" · (\d{4}(?:-\d\d){0,2})$")
"""How a header ends that knows its date."""

ALIKE_SHARE = 0.8
"""What a stem counts for that a text holds in another word for the same."""
NOTHING: frozenset[str] = frozenset()
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
    """The stems that a question is searched by, with weights (idf), slips of spelling mended.

    `text` are its words in small letters, `embedded` is what its vector is made of: the same, but a post as it stands.
    """

    text: str
    weights: dict[str, float]
    embedded: str = ""
    _total: float = field(init=False, repr=False, compare=False)
    _others: tuple[tuple[str, float, Set[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look up once what may stand for each stem: a question asks for shares of some hundred texts."""
        object.__setattr__(self, "embedded", self.embedded or self.text)
        object.__setattr__(self, "_total", sum(self.weights.values()))
        object.__setattr__(self, "_others", tuple((one, weight, alike(one)) for one, weight in self.weights.items()))

    def coverage(self, text: str) -> float:
        """Return the weighted share of the stems that a text holds, in [0, 1]."""
        return self.share(set(stems(text)))

    def share(self, held: Set[str], beside: Set[str] = NOTHING) -> float:
        """Return the weighted share of the stems that are among two sets, as such or in other words, in [0, 1]."""
        covered = 0.0
        for stem, weight, others in self._others:
            if stem in held or stem in beside:
                covered += weight
            elif others and not (others.isdisjoint(held) and others.isdisjoint(beside)):
                covered += ALIKE_SHARE * weight
        return covered / self._total if self._total else 0.0

    def shares(self, held: Set[str], beside: Set[str]) -> tuple[float, float]:
        """Return the share of the stems that are in one set, and the share that are among both, in one go."""
        own = covered = 0.0
        for stem, weight, others in self._others:
            if stem in held:
                own, covered = own + weight, covered + weight
                continue
            alike_held = bool(others) and not others.isdisjoint(held)
            own += ALIKE_SHARE * weight if alike_held else 0.0
            if stem in beside:
                covered += weight
            elif alike_held or (others and not others.isdisjoint(beside)):
                covered += ALIKE_SHARE * weight
        return (own / self._total, covered / self._total) if self._total else (0.0, 0.0)


def weigh_terms(question: Question, views: Sequence[View]) -> Terms:
    """Mend what the corpus does not know and weigh each stem by how rare it is."""
    text = _mended(question.search_text, views)
    weights = {stem: min(view.weight(stem) for view in views) for stem in stems(text)}
    if question.earlier:
        for stem in set(weights) - set(stems(_mended(question.text, views))):
            weights[stem] *= EARLIER_WEIGHT
    return Terms(text, weights, question.search_text if question.is_post else "")


def mended(question: Question, views: Sequence[View]) -> Question:
    """Mend in what is searched for what the corpus does not know, and leave all else, and posts, as they are."""
    if question.is_post:
        return question
    words = {word: known for word in exact_words(question.search_text) if (known := _known_word(word, views)) != word}
    if not words:
        return question
    text = LETTERS.sub(lambda match: words.get(match[0].lower(), match[0]), question.search_text)
    return replace(question, search_text=text)


def _mended(text: str, views: Sequence[View]) -> str:
    return " ".join(_known_word(word, views) for word in exact_words(text))


def _known_word(word: str, views: Sequence[View]) -> str:
    stem = stems(word)
    if not stem or any(view.count(stem[0]) for view in views):
        return word
    found = next((found for view in views if (found := view.closest(word))), word)
    return word if undoubled(word) != undoubled(found) and is_right(word) else found


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
    lexical = _by_words(question, terms, views, candidates)
    dense = _best_of([view.nearest(vector, candidates) for view in views])
    quoting = _best_of([view.holding(phrase, READ) for phrase in question.quoted for view in views])
    lexical = {**quoting, **lexical}
    places = snapshot.places(list({**lexical, **dense}), scopes)
    cosines, parts = cosines_to(vector, snapshot, places, embedder.digest)
    best_bm25 = max(lexical.values(), default=0.0) or 1.0
    best_cosine = max(cosines.values(), default=0.0) or 1.0
    best_parts = {i: max(of_parts, default=0.0) for i, of_parts in parts.items()}
    best_part = max(best_parts.values(), default=0.0) or 1.0
    wording = wording_of(question)
    most_words = {*_best_first(lexical)[:READ], *quoting} & places.keys()
    read = snapshot.read_at({i: places[i] for i in most_words})
    worded = {i: wording.bonus(passage.text) for i, passage in read.items()}
    by_words = POST_LEXICAL_WEIGHT if question.is_post else LEXICAL_WEIGHT
    scores = {
        i: by_words * lexical.get(i, 0.0) / best_bm25
        + DENSE_WEIGHT * cosines.get(i, 0.0) / best_cosine
        + PART_WEIGHT * max(best_parts.get(i, 0.0), 0.0) / best_part
        + worded.get(i, 0.0)
        + (DATED_WEIGHT if question.when and _is_of(question.when, place.header) else 0.0)
        for i, place in places.items()
    }
    best = _best_first(scores)[: max(k, SHORTLIST)]
    passages = snapshot.read_at({i: places[i] for i in best})
    statements: dict[int, list[StoredStatement]] = {}
    for stored in snapshot.statements_of(best):
        statements.setdefault(stored.passage_id, []).append(stored)
    evidence = {i: _evidence(statements.get(i, []), parts.get(i, []), passages[i], terms) for i in best}
    weight = SHARE_WEIGHT if question.is_single else 0.0
    told = {i: scores[i] + weight * max((one.own for one in evidence[i]), default=0.0) for i in best}
    return [
        Hit(passages[i], told[i], cosines.get(i, -1.0), lexical.get(i, 0.0), evidence[i]) for i in _best_first(told)[:k]
    ]


def _by_words(question: Question, terms: Terms, views: Sequence[View], candidates: int) -> dict[int, float]:
    """Find passages by BM25; in a conversation the words of the new question count twice."""
    found = _best_of([view.matching(terms.text, candidates) for view in views])
    if not question.earlier:
        return found
    again = _best_of([view.matching(_mended(question.text, views), candidates) for view in views])
    return {i: found.get(i, 0.0) + again.get(i, 0.0) for i in {**found, **again}}


def _is_of(when: tuple[str, str], header: str) -> bool:
    """Say whether a document, by the date in its header, may be of the time that a question names."""
    dated = DATED.search(header)
    return bool(dated and is_within(dated[1], when))


def _best_of(lists: Sequence[Scored]) -> dict[int, float]:
    return {passage_id: score for scored in lists for score, passage_id in scored}


def _best_first(scores: dict[int, float]) -> list[int]:
    """Order passages by score, the highest first, ties by id: two plain sorts take less time than one by pairs."""
    return sorted(sorted(scores), key=scores.__getitem__, reverse=True)


def _evidence(
    statements: Sequence[StoredStatement], parts: Sequence[float], passage: StoredPassage, terms: Terms
) -> tuple[Evidence, ...]:
    header = stem_set(passage.header)
    found = []
    for place, stored in enumerate(statements):
        statement = stored.statement
        block = passage.text[statement.block_start - passage.start : statement.block_end - passage.start]
        cosine = parts[place] if place < len(parts) else -1.0
        found.append(Evidence(stored, block, cosine, *terms.shares(stem_set(block), header)))
    return tuple(found)
