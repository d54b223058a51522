"""Does the corpus answer the question? The outcome and how sure it is, before anything is said."""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from index.answer import Outcome
from index.claims import Candidate
from index.facts import OF_THE_KIND, READERS, said_by
from index.lexical import stem_set
from index.question import Question
from index.reading import Fit, Grounds, Wants
from index.retrieve import Hit
from index.sought import Fact

OFF_TOPIC_COSINE = 0.25
"""Questions on other subjects come no closer to any passage (measured: see tests/gate/HISTORY.md)."""
OFF_TOPIC_HELD = 0.5
FOREIGN_COSINE, FOREIGN_HELD = 0.2, 0.65
"""So far from every passage, only a question that one passage holds the most of is answered."""

UNSURE = 0.4
"""Below this the headline says that the answer may be none."""
ANSWERED_CONFIDENCE, ANSWERED_CONFIDENCE_OF_DOSSIERS = 0.18, 0.32
READ_CONFIDENCE, READ_CONFIDENCE_OF_DOSSIERS = 0.18, 0.22
"""Whoever asks of running text uses other words than it more often, so less is asked for, and less where a reader has
had its say. Of the development half they refuse 4 % of the answerable questions on dossiers and 62 % of the near
misses, 4 and 83 % of those on the seed articles, 1 and 47 % of those on `news/`; of others' questions 4 and 59 %."""
FAINT_COSINE, FAINT_HELD = 0.35, 0.7
FAINT_CONFIDENCE, FAINT_CONFIDENCE_OF_DOSSIERS = 0.2, 0.5
"""Where no passage is close and the best one lacks the question's words, more is asked for."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What all statements found show together.

    `told` is 0 where the one that fits the question best says that something is not told, else 1. `lead` is 1 less how
    much worse the best one of the kind of fact sought fits than the best of all; both fit as `_match` says.
    """

    told: float
    lead: float


@dataclass(frozen=True, slots=True)
class Signals:
    """What is measured of the best evidence, all computed on what the asker may see.

    `cosine`: of the best passage. `held`: weighted share of the question's stems in the best statement's passage.
    `log_odds`: that the statement which carries most of what is asked for answers the question. `dossier`: whether it
    stands in a dossier; `heard`, whether a reader had its say on it. `of_speaker`: whether the statement
    put first is by one whom the question names, and has all others that it names.
    """

    cosine: float
    held: float
    log_odds: float
    dossier: bool
    heard: bool = False
    of_speaker: bool = False


ALL = ("told", "together", "weakest")
"""What is weighed alike for every question too: `Whole.told`, and, of names, year, platform and kind in one statement,
the product (with its other words) and the least."""
PLAIN = ("part", "own", "covered", "names", "names_near", "year", "platform", "platform_near", "content", "held")
"""The fields of a `Fit` that are weighed alike for every question."""
WEIGHTS = {
    "part": 3.14, "covered": 0.99, "names_near": 0.15, "year": 0.43, "platform": 0.27, "told": 2.53, "together": 1.57,
    "weakest": 0.23, "kind of how_many": 0.85, "lead of how_many": 0.51, "kind of when": 0.48, "kind of how_long": 1.96,
    "lead of where": 0.9, "kind of who": 0.64, "lead of who": 0.31, "kind of said": 4.53, "lead of said": 1.41,
    "kind of why": 1.19, "lead of why": 0.18, "lead of whether": 1.07, "is how_many": -0.92, "is when": -0.32,
    "is how_long": -1.45, "is where": -0.61, "is who": -0.37, "is why": -0.34, "is said": -0.96, "is whether": -0.37,
}  # fmt: skip
BIAS = -6.16
"""Logistic regression; only what is weighed for a kind of question alone, `is why`, may count against an answer. It
learns from the right statement of each answerable question and the three best of each other one; tests/gate/HISTORY.md
says what it was fitted on, its figures, and what each signal adds."""
OF_SIGNALS, OF_READER, READER_BIAS = 0.66, 0.22, 0.99
"""Log odds of the signals and those of the reader for the statement that it puts first, weighed together where one has
read it. `tests/gate/hearing.py` fits them on eight sets of questions, each counting the same, public ones less.
Sets that the signals were not fitted on want more of the reader, public ones whose texts are taken out want less."""


def whole_of(fits: Sequence[Fit]) -> Whole:
    """Look at all statements found together; there is one at least."""
    first = max(fits, key=_match)
    typed = max((_match(fit) for fit in fits if fit.kind >= OF_THE_KIND), default=0.0)
    return Whole(first.told, 1 - (_match(first) - typed))


def signals_of_one(fit: Fit, whole: Whole, fact: Fact) -> dict[str, float]:
    """Name what is weighed of one statement."""
    kind = fit.kind if fact in READERS else 1.0
    joint = (kind, fit.names, fit.year, fit.platform_near)
    return {
        **{name: float(getattr(fit, name)) for name in PLAIN},
        "told": whole.told, "together": math.prod(joint) * fit.content, "weakest": min(joint),
        f"kind of {fact}": fit.kind, f"lead of {fact}": whole.lead, f"is {fact}": 1.0,
    }  # fmt: skip


def signals_of(wants: Wants, hits: Sequence[Hit], candidates: Sequence[Candidate], grounds: Grounds) -> Signals:
    """Measure the best evidence.

    Args:
        candidates: as `rank` has read them, one at least.
        grounds: the hits' passages by id.
    """
    fits = [(one.fit, one) for one in candidates if one.fit]
    whole = whole_of([fit for fit, _ in fits])
    scores = [_weigh(signals_of_one(fit, whole, wants.sought.fact)) for fit, _ in fits]
    best = fits[scores.index(max(scores))][1]
    return Signals(
        cosine=max(hit.cosine for hit in hits),
        held=grounds[best.stored.passage_id].held,
        log_odds=max(scores),
        dossier=best.stored.statement.section is not None,
        of_speaker=_is_of_speaker(wants.names, candidates[0]),
    )


def heard(signals: Signals, candidates: Sequence[Candidate]) -> Signals:
    """Let what a reader makes of the best candidate count, if one has read it."""
    read = candidates[0].heard
    if read is None:
        return signals
    return replace(signals, log_odds=OF_SIGNALS * signals.log_odds + OF_READER * read + READER_BIAS, heard=True)


def lacking(signals: Signals, weight: float) -> Signals:
    """Count against an answer, in log odds, that what the question demands stands in nothing found."""
    return replace(signals, log_odds=signals.log_odds - weight)


def confidence_of(signals: Signals) -> float:
    """Return the probability that the evidence answers the question, in (0, 1)."""
    return 1 / (1 + math.exp(-signals.log_odds))


def _is_of_speaker(names: Set[str], one: Candidate) -> bool:
    """Say whether a statement is by one whom the question names, and has all others that it names."""
    by = said_by(one.stored)
    return not names.isdisjoint(by) and names <= by | stem_set(one.stored.text)


def _match(fit: Fit) -> float:
    """Say how well a statement fits the question, its kind of fact aside, in [0, 1]."""
    return 0.5 * fit.part + 0.3 * fit.covered + 0.2 * fit.names_near


def _weigh(signals: Mapping[str, float]) -> float:
    return BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in signals.items())


def outcome_of(question: Question, signals: Signals | None) -> tuple[Outcome, float]:
    """Decide how the question ends, and how sure that it is answered."""
    if signals is None:
        return Outcome.OFF_TOPIC, 0.0
    confidence = confidence_of(signals)
    of_speaker = bool(question.handles) or signals.of_speaker
    if signals.cosine < FOREIGN_COSINE and signals.held < FOREIGN_HELD and not of_speaker:
        return Outcome.OFF_TOPIC, confidence
    if signals.heard:
        least = READ_CONFIDENCE_OF_DOSSIERS if signals.dossier else READ_CONFIDENCE
    else:
        least = ANSWERED_CONFIDENCE_OF_DOSSIERS if signals.dossier else ANSWERED_CONFIDENCE
    faint = signals.cosine < FAINT_COSINE and signals.held < FAINT_HELD and not question.handles
    if faint:
        least = FAINT_CONFIDENCE_OF_DOSSIERS if signals.dossier else FAINT_CONFIDENCE
    if confidence >= least:
        return Outcome.ANSWERED, confidence
    if signals.cosine < OFF_TOPIC_COSINE and signals.held < OFF_TOPIC_HELD and not of_speaker:
        return Outcome.OFF_TOPIC, confidence
    return Outcome.NOT_IN_CORPUS, confidence
