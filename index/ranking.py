"""Hits -> candidates: every statement found, by how likely it is the one that answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from corpus.document import Kind, Section
from index.claims import LEANING, SURE, Candidate
from index.facts import CAUSE, READERS, new_numbers, shows
from index.hearing import SUREST, hear
from index.lexical import stem_set, stems
from index.question import Question
from index.reader import Reader
from index.reading import Grounds, Wants, fit_of
from index.retrieve import ALIKE_SHARE, NOTHING, Evidence, Hit, Terms
from index.sought import Fact
from index.stored import StoredStatement
from index.synonyms import alike

Array = npt.NDArray[np.float64]

PLAIN = ("part", "names_near", "platform", "content", "held")
"""The fields of a `Fit` that are weighed."""
SIGNALS = (
    *PLAIN, "words", "new words", "words before", "words before, leaning", "part before", "document", "speaker named",
    "what happened", *(f"kind of {fact}" for fact in READERS), "reason of why", "narration of why", "own words of said",
    "deed", "number of amount",
)  # fmt: skip
"""What `signals_of` measures of a statement. `words`: the share of the question's words that it holds, each weighed by
how few of the statements found hold it; `new words`: in a conversation, the share of those of the new question. `words
before`: how much more of them it holds together with the statements before it; `leaning`: where it begins with "he" or
"but". `part before`: how much nearer to the question the statements before it are. `document`: the score of its
document's best passage next to the best of all. `speaker named`: the share of its speaker's name and handle that stands
in the question. `of why`, `of said`, `of amount`: only where that is asked. `deed`: whether it has the verb asked
about, which to a yes/no question is its kind."""
WEIGHTS = {
    "part": 8.95, "names_near": 1.04, "platform": 0.9, "content": 1.1, "held": 1.67, "words": 4.24,
    "new words": 5.53, "words before": 7.22, "words before, leaning": 3.74, "part before": 6.31, "document": 3.79,
    "speaker named": 1.06, "what happened": 0.55, "kind of how_many": 3.55, "kind of when": 2.97,
    "kind of how_long": 4.78, "kind of where": 0.58, "kind of who": 1.51, "kind of said": 6.17, "kind of why": 2.34,
    "kind of whether": 1.14, "reason of why": 3.58, "narration of why": -1.06, "own words of said": 4.51,
    "deed": 0.68, "number of amount": 2.88,
}  # fmt: skip
"""Log odds, printed by `tests/gate/choosing.py fit`: a conditional logit, in which the statements found for a question
compete and one that holds the fact asked for should win; tests/gate/HISTORY.md has its figures."""
IN_ORDER = np.array([WEIGHTS.get(name, 0.0) for name in SIGNALS])
NAMED_HANDLE, QUOTED_WORDS = 4.0, 5.0
"""Log odds for words by a handle that the question names, and for words that it quotes: set by hand, since too few
questions tell."""

HEARD = 0.45
"""What a reader's log odds count for; what it has not read counts as if it were surest that there is no answer."""

UNMARKED_REASON = 0.7
"""What a platform's reason counts for in which no word tells a cause."""
REACH, FADING, FADING_PART = 3, 0.5, 0.9
"""A sentence often goes on from what those before it name: how many count, each how much less than the one after it."""
OF_THE_EVENT = frozenset(Fact) - {Fact.WHY, Fact.SAID}
"""What is asked of an event as such, rather than of what somebody says of it."""


def rank(
    question: Question, wants: Wants, terms: Terms, hits: Sequence[Hit], grounds: Grounds, reader: Reader | None = None
) -> list[Candidate]:
    """Score every statement of the hits, best first, ties by place.

    Args:
        grounds: the hits' passages by id.
        reader: reads those of the best ones, unless the question is too long for it.
    """
    found = fitted(wants, hits, grounds)
    if not found:
        return []
    odds = signals_of(question, wants, terms, hits, found) @ IN_ORDER + [named(question, one.evidence) for one in found]
    if reader and question.is_short:
        heard = hear(reader, question, hits, found, odds)
        found = [replace(one, heard=its) for one, its in zip(found, heard, strict=True)]
        odds = odds + [HEARD * (-SUREST if its is None else its) for its in heard]
    scores = np.maximum(0.0, 1 - (odds.max() - odds) / SURE)
    scored = [replace(one, score=score) for one, score in zip(found, scores.tolist(), strict=True)]
    return sorted(scored, key=lambda one: (-one.score, one.stored.document_row, one.stored.ordinal))


def fitted(wants: Wants, hits: Sequence[Hit], grounds: Grounds) -> list[Candidate]:
    """Read each statement of the hits, in their order, for what is wanted; scores are still to come."""
    return [
        Candidate(one.stored, 0.0, one, fit_of(wants, one, grounds[hit.passage.id]))
        for hit in hits
        for one in hit.statements
    ]


def signals_of(
    question: Question, wants: Wants, terms: Terms, hits: Sequence[Hit], found: Sequence[Candidate]
) -> Array:
    """Measure the statements of the hits.

    Returns:
        A row for each of `found`, a column for each of `SIGNALS`.
    """
    fits = [one.fit for one in found if one.fit]
    documents = _documents(hits)
    columns = {
        **{name: [getattr(fit, name) for fit in fits] for name in PLAIN},
        **_of_words(question, terms, [one.evidence for one in found]),
        **_of_kind(wants, found),
        f"kind of {wants.sought.fact}": [fit.kind for fit in fits],
        "document": [documents[one.stored.document_row] for one in found],
    }
    nothing = [0.0] * len(found)
    return np.array([columns.get(name, nothing) for name in SIGNALS], float).T


def _of_words(question: Question, terms: Terms, found: Sequence[Evidence]) -> dict[str, Iterable[float]]:
    """Measure what statements hold of the question, and those before them."""
    previous, held = _previous(found), _held(terms, found)
    parts = np.array([[max(one.cosine, 0.0)] for one in found]).reshape(-1, 1)
    before = (_with_previous(held, previous, FADING) - held).sum(axis=1)
    new = terms.weights.keys() & stems(question.text) if question.earlier else frozenset[str]()
    return {
        "words": held.sum(axis=1),
        "new words": [len(new & stem_set(one.block)) / len(new) if new else 0.0 for one in found],
        "words before": before,
        "words before, leaning": before * [bool(LEANING.match(one.stored.text)) for one in found],
        "part before": (_with_previous(parts, previous, FADING_PART) - parts).sum(axis=1),
    }


def _of_kind(wants: Wants, found: Sequence[Candidate]) -> dict[str, Iterable[float]]:
    """Measure who says it, and in which part of a dossier."""
    fact, statements = wants.sought.fact, [one.stored.statement for one in found]
    deed, amount = wants.sought.deed if fact is not Fact.WHETHER else NOTHING, wants.sought.amount
    return {
        "speaker named": [_named_share(f"{one.speaker or ''} {one.handle or ''}", wants) for one in statements],
        "what happened": [one.section is Section.HAPPENED and fact in OF_THE_EVENT for one in statements],
        "reason of why": [_reason_told(one.stored) if fact is Fact.WHY else 0.0 for one in found],
        "narration of why": [one.kind is Kind.NARRATION and fact is Fact.WHY for one in statements],
        "own words of said": [one.kind.is_quotation and fact is Fact.SAID for one in statements],
        "deed": [not deed.isdisjoint(stem_set(one.stored.text)) for one in found],
        "number of amount": [amount and bool(new_numbers(one.stored.text, wants.sought.known)) for one in found],
    }


def _reason_told(stored: StoredStatement) -> float:
    """Grade a platform's reason: what it says beside its reason stands under the same heading."""
    if stored.statement.section is not Section.REASON:
        return 0.0
    return 1.0 if shows(CAUSE, stored.text) else UNMARKED_REASON


def _named_share(name: str, wants: Wants) -> float:
    held = stem_set(name)
    return len(held & wants.sought.known) / len(held) if held else 0.0


def named(question: Question, one: Evidence) -> float:
    """Weigh, in log odds, that a statement is by a handle which the question names, or has words which it quotes."""
    handle, text = one.stored.statement.handle, one.stored.text.lower()
    quoted = any(phrase.lower() in text for phrase in question.quoted)
    return NAMED_HANDLE * bool(handle and handle.lower() in question.handles) + QUOTED_WORDS * quoted


def _held(terms: Terms, found: Sequence[Evidence]) -> Array:
    """Weigh the question's words in each statement, `(statements, words)`: the rarer among them, the more."""
    texts = [stem_set(one.block) for one in found]
    columns = []
    for stem in terms.weights:
        others = alike(stem)
        columns.append([1.0 if stem in text else ALIKE_SHARE if others & text else 0.0 for text in texts])
    held = np.array(columns).reshape(len(terms.weights), len(found)).T
    holding = (held > 0).sum(axis=0)
    rarity = np.where(holding > 0, np.log(1 + (len(found) - holding + 0.5) / (holding + 0.5)), 0.0)
    weighed: Array = held * rarity / (rarity.sum() or 1.0)
    return weighed


def _previous(found: Sequence[Evidence]) -> list[int | None]:
    """Find the place of the statement before each; None for the lines of a dossier, which stand alone."""
    places = {(one.stored.document_row, one.stored.ordinal): place for place, one in enumerate(found)}
    return [
        places.get((one.stored.document_row, one.stored.ordinal - 1)) if one.stored.statement.section is None else None
        for one in found
    ]


def _with_previous(held: Array, previous: Sequence[int | None], fading: float) -> Array:
    """Take, column by column, the most of what a statement and the `REACH` ones before it hold, these fading."""
    best = held.copy()
    for place in range(len(held)):
        before, share = previous[place], fading
        for _ in range(REACH):
            if before is None:
                break
            np.maximum(best[place], share * held[before], out=best[place])
            before, share = previous[before], share * fading
    return best


def _documents(hits: Sequence[Hit]) -> dict[int, float]:
    """Score each document by its best passage, next to the best of all."""
    best = max((hit.score for hit in hits), default=0.0)
    scores: dict[int, float] = {}
    for hit in hits:
        row = hit.passage.document_row
        scores[row] = max(scores.get(row, 0.0), hit.score / best if best > 0 else 0.0)
    return scores
