"""Results -> whether what is said is cited, and rightly: the part of ALCE's citation quality that needs no judge.

ALCE (Gao and others, "Enabling Large Language Models to Generate Text with Citations", EMNLP 2023) asks a model
whether the cited passages entail each generated sentence (recall) and whether each citation is needed for it
(precision). Here every claim *is* a span of the document that it cites, so entailment is checked to the letter
(`verbatim`), and what is left to measure is whether the spans are the right ones:

- *citation recall* of a question: the share of its expected facts of which one form stands in the text of a claim
  whose document is a right one. A fact that only another document's claim holds is not supported. A refused question
  has recall 0.
- *citation precision* of a question: the share of its claims whose document is a right one. All claims count, those
  behind "Show more" too; `first screen` counts those shown. A refused question has none and is left out.

Both are averaged over answerable questions, as ALCE does. Gold documents are those that the question was written
from: a claim of another document that happens to bear the fact out counts as wrong, so precision is a lower bound.
"""

from collections.abc import Iterable, Sequence

from index.answer import Claim
from tests.gate.gold import Result, held_by


def recall_of(result: Result) -> float:
    """Return the share of one question's facts that claims of right documents hold."""
    texts = [claim.text for claim in result.answer.claims if claim.document_id in result.gold["documents"]]
    facts = result.gold["facts"]
    return sum(held_by(forms, texts) for forms in facts) / len(facts)


def precision_of(result: Result, claims: Iterable[Claim]) -> float:
    """Return the share of claims whose document is a right one."""
    right = [claim.document_id in result.gold["documents"] for claim in claims]
    return sum(right) / len(right)


def citations(results: Sequence[Result]) -> dict[str, float]:
    """Compute the figures."""
    answerable = [result for result in results if result.answerable]
    answered = [result for result in answerable if result.answered]
    claims = [claim for result in results for claim in result.answer.claims]
    return {
        "citation recall": _mean(recall_of(result) for result in answerable if result.gold["facts"]),
        "citation precision": _mean(precision_of(result, result.answer.claims) for result in answered),
        "citation precision, first screen": _mean(
            precision_of(result, [claim for claim in result.answer.claims if claim.shown]) for result in answered
        ),
        "answers verbatim": _mean(float(result.verbatim) for result in results),
        "claims with a source": _mean(float(bool(claim.source_ids)) for claim in claims),
    }


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held) if held else 0.0
