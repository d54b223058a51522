"""Questions -> what each stage of an answer takes, in turn with the bare embedding call."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from index.answer import Answer, Outcome
from tests.bench.spread import Cost, Spread, cost_of, spread

ANSWERED = (Outcome.ANSWERED, Outcome.PARTIAL)
PARTS = ("embed", "search", "answer")


@dataclass(frozen=True, slots=True)
class Stages:
    """In milliseconds. `embed`, `search`, `answer` and `total` are the answers' own, `rest` is what the first three
    leave of the last; `bare` is the embedding call alone.

    `to_bare` is the ratio of the medians, `to_bare_cpu` that of processor time, `p95_to_p50` that of the whole.
    """

    questions: int
    answered: int
    embed: Spread
    search: Spread
    answer: Spread
    rest: Spread
    total: Spread
    bare: Spread
    cpu: float
    bare_cpu: float
    to_bare: float
    to_bare_cpu: float
    p95_to_p50: float


def measure_stages(ask: Callable[[str], Answer], bare: Callable[[str], object], questions: Sequence[str]) -> Stages:
    """Ask each question once, and embed it bare, now one first and now the other."""
    answers: list[Answer] = []
    ours: list[Cost] = []
    theirs: list[Cost] = []
    for number, question in enumerate(questions):
        calls = [
            lambda text=question: ours.append(cost_of(lambda: answers.append(ask(text)))),
            lambda text=question: theirs.append(cost_of(lambda: bare(text))),
        ]
        for call in calls if number % 2 else reversed(calls):
            call()
    return _summed(answers, ours, theirs)


def _summed(answers: Sequence[Answer], ours: Sequence[Cost], theirs: Sequence[Cost]) -> Stages:
    whole = [one.timings_ms for one in answers if one.timings_ms.keys() >= set(PARTS)]
    parts = {name: spread([one[name] for one in whole]) for name in (*PARTS, "total")}
    parts["rest"] = spread([max(0.0, one["total"] - sum(one[part] for part in PARTS)) for one in whole])
    bare = spread([one.ms for one in theirs])
    cpu, bare_cpu = fmean(one.cpu_ms for one in ours), fmean(one.cpu_ms for one in theirs)
    total = parts["total"]
    return Stages(
        questions=len(answers),
        answered=sum(one.outcome in ANSWERED for one in answers),
        **parts,
        bare=bare,
        cpu=round(cpu, 3),
        bare_cpu=round(bare_cpu, 3),
        to_bare=round(total.p50 / bare.p50, 3),
        to_bare_cpu=round(cpu / bare_cpu, 3),
        p95_to_p50=round(total.p95 / total.p50, 3),
    )


@dataclass(frozen=True, slots=True)
class Plain:
    """What the plain bot takes, in milliseconds: its whole answer, and its embedding call alone."""

    questions: int
    answered: int
    total: Spread
    embed: Spread
    cpu: float


def measure_plain(
    ask: Callable[[str], Sequence[object]], encode: Callable[[list[str]], object], questions: Sequence[str]
) -> Plain:
    """Ask the plain bot each question once."""
    found: list[Sequence[object]] = []
    costs = [cost_of(lambda text=question: found.append(ask(text))) for question in questions]
    embed = [cost_of(lambda text=question: encode([text])).ms for question in questions]
    return Plain(
        questions=len(found),
        answered=sum(bool(one) for one in found),
        total=spread([one.ms for one in costs]),
        embed=spread(embed),
        cpu=round(fmean(one.cpu_ms for one in costs), 3),
    )


def best_of(call: Callable[[], object], times: int) -> float:
    """Call a function some times; the median seconds."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        call()
        spent.append(time.perf_counter() - begin)
    return median(spent)
