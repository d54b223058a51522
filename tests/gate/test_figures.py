"""What the figures of the evaluation mean, on small cases worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from corpus.document import Kind, Voice
from index.answer import Answer, Claim, Coverage, Outcome
from index.facts import Fact
from tests.gate.citations import precision_of, recall_of
from tests.gate.examples import SIGNALS, Example
from tests.gate.fitting import fit
from tests.gate.gold import OURS, Result, event_of
from tests.gate.intervals import bootstrap, difference
from tests.gate.passages import evidence_recall, hits_at, ndcg, reciprocal_rank
from tests.gate.risk import auroc, calibration_error, partial_figures, reliability, risk_coverage

COVERAGE = Coverage(1, 1, None, None, None, None, 0)
CLAIM = Claim(
    text="Ten accounts.", kind=Kind.PARAPHRASE, quotation=False, shown=True, voice=Voice.REPORTER, speaker=None,
    role=None, handle=None, via=None, date=None, event_ids=(), document_id="one", source_ids=("s",), start=0, end=13,
    score=1.0,
)  # fmt: skip


def result(outcome: Outcome, expect: str = "answered", **gold: object) -> Result:
    """Make the result of a question that was answered without claims."""
    asked = {"expect": expect, "near_miss": False, "documents": ["one"], "facts": [["ten", "10"]], **gold}
    return Result(asked, Answer("", outcome, 0.5, "", (), (), (), (), (), COVERAGE, 1))


def test_ndcg_counts_places_and_how_many_are_right() -> None:
    assert ndcg(["a", "b"], {"a", "b"}) == 1.0
    assert ndcg(["x", "a"], {"a"}) == pytest.approx(1 / np.log2(3))
    assert ndcg([*"0123456789", "a"], {"a"}) == 0.0


def test_only_the_first_ten_places_count() -> None:
    assert reciprocal_rank(["x", "a"], {"a"}) == 0.5
    assert reciprocal_rank([*"0123456789", "a"], {"a"}) == 0.0
    assert (hits_at(1)(["x", "a"], {"a"}), hits_at(4)(["x", "a"], {"a"})) == (0.0, 1.0)


def test_an_interval_holds_its_mean_and_is_wider_for_fewer_events() -> None:
    values = [0.0, 1.0] * 20
    many = bootstrap(values, [str(place) for place in range(40)])
    few = bootstrap(values, [str(value) for value in values])
    assert many.low < many.mean < many.high
    assert few.high - few.low > many.high - many.low


def test_a_paired_difference_of_the_same_is_nothing() -> None:
    found = difference([1.0, 0.0], [1.0, 0.0], ["a", "b"])
    assert (found.mean, found.low, found.high) == (0.0, 0.0, 0.0)


def test_auroc_counts_ties_half() -> None:
    assert auroc([0.9, 0.1], [True, False]) == 1.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5


def test_risk_rises_as_worse_questions_are_answered() -> None:
    curve = risk_coverage([0.9, 0.8, 0.8, 0.1], [True, True, False, False])
    assert curve.coverage == (0.25, 0.75, 1.0)
    assert curve.risk == pytest.approx((0.0, 1 / 3, 0.5))
    assert curve.area == pytest.approx(0.5 / 3 + 0.25 * 0.5)


def test_calibration_compares_confidence_with_what_holds() -> None:
    bins = reliability([0.95, 0.95, 1.0, 0.05], [True, True, True, False])
    assert [one.count for one in bins] == [1, 3]
    assert calibration_error(bins) == pytest.approx((0.05 + 0.05 + 0.05 + 0.0) / 4)


def test_partial_counts_those_said_and_those_due() -> None:
    results = [
        result(Outcome.PARTIAL, "partial"),
        result(Outcome.ANSWERED, "partial"),
        result(Outcome.PARTIAL),
        result(Outcome.ANSWERED),
    ]
    assert partial_figures(results) == {"partial accuracy": 0.5, "partial precision": 0.5, "partial recall": 0.5}


def test_a_fact_is_supported_by_claims_of_right_documents_only() -> None:
    found = result(Outcome.ANSWERED)
    right = replace(found, answer=replace(found.answer, claims=(CLAIM,)))
    other = replace(found, answer=replace(found.answer, claims=(replace(CLAIM, document_id="other"),)))
    assert (recall_of(right), recall_of(other), recall_of(found)) == (1.0, 0.0, 0.0)


def test_a_claim_is_precise_if_its_document_is_a_right_one() -> None:
    claims = [CLAIM, replace(CLAIM, document_id="other")]
    assert precision_of(result(Outcome.ANSWERED), claims) == 0.5


def test_one_sort_of_questions_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="nothing to tell apart"):
        auroc([0.5], [True])


def test_evidence_of_another_document_does_not_count() -> None:
    read = (("other", "ten pages"), ("one", "about 10 pages"))
    found = Result(result(Outcome.ANSWERED).gold, result(Outcome.ANSWERED).answer, read, {OURS: ("one",)})
    elsewhere = Result(found.gold, found.answer, read[:1])
    assert (evidence_recall([found]), evidence_recall([elsewhere])) == (1.0, 0.0)


def test_a_near_miss_is_kept_with_the_event_that_it_is_near_to() -> None:
    near = {"documents": [], "note": "near some-event-2018-08: no figure", "question": "how many?"}
    assert event_of(near) == "some-event-2018-08"
    assert event_of({**near, "note": None}) == "how many?"


def test_fitting_weighs_what_tells_and_nothing_below_zero() -> None:
    chance = np.random.default_rng(0)
    examples = []
    for number in range(60):
        rows = chance.random((4, len(SIGNALS)))
        answerable = number % 2 == 0
        rows[:, 0] = 0.1
        rows[0, 0] = 0.9 if answerable else 0.1
        rows[:, 1] = 0.2 if answerable else 0.8
        carrying = np.array([answerable, False, False, False])
        examples.append(Example(rows, carrying, answerable, True, "gold", "e", Fact.WHEN))
    weights = fit(examples).weights
    assert weights[0] == max(weights)
    assert weights[1] == 0.0


def test_no_kind_of_question_is_preferred_for_being_answered_more_often() -> None:
    examples = []
    for number in range(120):
        fact = Fact.WHY if number % 2 else Fact.WHEN
        rows = np.zeros((3, len(SIGNALS)))
        rows[:, SIGNALS.index(f"is {fact}")] = 1.0
        answerable = number % 20 < (18 if fact is Fact.WHY else 4)
        examples.append(Example(rows, np.full(3, answerable), answerable, not answerable, "gold", "e", fact))
    weights = dict(zip(SIGNALS, fit(examples).weights, strict=True))
    assert weights[f"is {Fact.WHY}"] == pytest.approx(weights[f"is {Fact.WHEN}"], abs=0.01)
