"""An article -> the events that it seems to be about, for a moderator to confirm."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date as day
from datetime import timedelta

import numpy as np

from corpus.document import Document
from corpus.posts import MONTHS
from corpus.source import Event
from index.calendar_words import WEEKDAYS
from index.dates import spell_span
from index.embed import Vectors
from index.feed import passage_vectors
from index.lexical import SCALES
from index.question import NUMBER
from index.snapshot import Snapshot

THRESHOLD = 0.6
"""Least score of a proposal. On the development half of `tests/gate/proposals.jsonl` right events score .69 and more,
wrong ones .11 at most; `tests/gate/HISTORY.md` has the figures."""

WEIGHTS = (2.33, 3.47, 0.34, 3.97, 3.4, 4.36, 1.22, -2.71)
BIAS = -11.26
"""Of `Signals` in their order: `python tests/gate/proposals.py fit`."""

SHORT_NAMES = {
    "Apple App Store": "Apple", "Google Play": "Google", "Amazon Web Services": "Amazon", "Sina Weibo": "Weibo",
}  # fmt: skip
"""How news calls platforms whose names in dossiers are longer."""

SMALLEST_FIGURE = 13
"""Smaller numbers stand in any text."""

EARLY_DAYS, FRESH_DAYS = 3, 14
"""News may be dated some days before its event's recorded day, and is mostly written within two weeks of it."""

NEAREST_PASSAGES = 3
SHOWN = 4
"""Names and figures that a reason lists."""

NAME = re.compile(r"[@#]?\b[A-Z][\w’'-]*\w|[@#]\w{2,}")
LOWER_WORD = re.compile(r"(?<![\w@#])[a-z][\w’'-]*\w")
CALENDAR = {*MONTHS, *map(str.lower, WEEKDAYS)}
_MONTH = "|".join(name.title() for name in sorted(MONTHS, key=len, reverse=True))
DAY_AND_MONTH = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})\b(?!,?\d)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{_MONTH}))"
    r"(?:,? (?P<year>\d{4}))?"
)
MONTH_AND_YEAR = re.compile(rf"\b({_MONTH})\.? (?:of )?(\d{{4}})\b")


@dataclass(frozen=True, slots=True)
class Article:
    """What is looked at of an article; `vectors` are those of its passages, `(n, d)`, none while they are to come."""

    text: str
    published: str | None
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event with its dossier's text and the vectors of its passages, `(m, d)`."""

    event: Event
    text: str
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an event.

    `platform` is the share of the article's platform names that are the event's; `date` 1 for an article of the
    event's days, falling towards 0 for later ones, -1 for one that is older than the event; `day` whether the text
    names the event's day (1) or month (0.5); `names` and `figures` how much rare ones both hold; `share` how much
    of the names that any dossier holds; `alike` the cosine of the article's passages to the nearest of the dossier,
    `behind` how far that lies below the most alike dossier's.
    """

    platform: float
    date: float
    day: float
    names: float
    share: float
    figures: float
    alike: float
    behind: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """An event that an article may be about; `score` in [0, 1], `why` in words for a moderator."""

    event_id: str
    score: float
    why: str


def propose(article: Article, candidates: Sequence[Candidate]) -> list[Proposal]:
    """Score every event for an article, best first, ties by id; what lies below `THRESHOLD` is a guess."""
    found = [
        Proposal(candidate.event.id, round(score_of(signals), 4), _why(candidate.event, signals, shared))
        for candidate, (signals, shared) in zip(candidates, compare(article, candidates), strict=True)
    ]
    return sorted(found, key=lambda proposal: (-proposal.score, proposal.event_id))


def compare(article: Article, candidates: Sequence[Candidate]) -> list[tuple[Signals, list[str]]]:
    """Compare an article with every event; with the names and figures that both hold, rarest first."""
    known = _Known(candidates)
    names, numbers = known.names(article.text), figures(article.text)
    alike = [_alike(article.vectors, candidate.vectors) for candidate in candidates]
    platforms = known.platforms(article.text)
    total = known.weight(names)
    found = []
    for number, candidate in enumerate(candidates):
        shared_names = known.rarest(names & known.names_of[number])
        shared_figures = known.rarest(numbers & known.figures_of[number])
        weight = known.weight(shared_names)
        signals = Signals(
            platform=sum(platforms[name] for name in _platform_names(candidate.event)) / (sum(platforms.values()) or 1),
            date=_date(article.published, candidate.event),
            day=_day(article.text, candidate.event),
            names=math.log1p(weight),
            share=weight / total if total else 0.0,
            figures=math.log1p(known.weight(shared_figures)),
            alike=alike[number],
            behind=max(alike) - alike[number],
        )
        found.append((signals, [*shared_names[:SHOWN], *shared_figures[:SHOWN]]))
    return found


def propose_for(
    article: Article, snapshot: Snapshot, scopes: Sequence[str], model: str, dimension: int
) -> list[Proposal]:
    """Propose events of some scopes for an article, none that scores below `THRESHOLD`."""
    found = propose(article, candidates_in(snapshot, scopes, model, dimension))
    return [proposal for proposal in found if proposal.score >= THRESHOLD]


def article_of(snapshot: Snapshot, document_row: int, model: str, dimension: int) -> Article:
    """Read what is looked at of an article that is stored."""
    return article_from(snapshot.load_document(document_row), _vectors(snapshot, document_row, model, dimension))


def article_from(document: Document, vectors: Vectors) -> Article:
    """Take what is looked at of an article, stored or not; `vectors` are those of its passages, `(n, d)`."""
    text = f"{document.title or ''}\n{document.text[document.body_start : document.body_end]}"
    return Article(text, document.sources[0].published, vectors)


def candidates_in(snapshot: Snapshot, scopes: Sequence[str], model: str, dimension: int) -> list[Candidate]:
    """List the events that the dossiers of some scopes define."""
    found = []
    for stored in snapshot.dossiers(scopes):
        lines = snapshot.statements_of_documents([stored.row])
        text = "\n".join([stored.title or "", *(_line(one.statement.speaker, one.text) for one in lines)])
        vectors = _vectors(snapshot, stored.row, model, dimension)
        found += [Candidate(event, text, vectors) for event in snapshot.events([stored.row])]
    return found


def score_of(signals: Signals) -> float:
    """Weigh the signals: a logistic regression fitted on the development half of `tests/gate/proposals.jsonl`."""
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, astuple(signals), strict=True))
    return 1 / (1 + math.exp(-total))


class _Known:
    """All candidates together: which names and figures are rare among them."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._plain = {word for one in candidates for word in LOWER_WORD.findall(one.text)}
        self._platforms = {name for one in candidates for name in _platform_names(one.event)}
        self.names_of = [self.names(one.text) for one in candidates]
        self.figures_of = [figures(one.text) for one in candidates]
        self._spread = Counter(token for held in (*self.names_of, *self.figures_of) for token in held)
        self._most = math.log(max(2, len(candidates)))

    def names(self, text: str) -> set[str]:
        """List what is named in a text, in lower case: capitalised words that no dossier writes small."""
        found = {name.lower().removesuffix("’s").removesuffix("'s") for name in NAME.findall(text)}
        found -= self._plain | set(LOWER_WORD.findall(text)) | CALENDAR
        return {name for name in found if name.title() not in self._platforms}

    def platforms(self, text: str) -> dict[str, int]:
        """Count how often a text names each platform."""
        return {name: len(re.findall(rf"\b{re.escape(name)}\b", text)) for name in self._platforms}

    def weight(self, tokens: Iterable[str]) -> float:
        """Sum up names or figures: 1 for one that one dossier holds, less where several do, 0 where none or all do."""
        return sum(1 - math.log(self._spread[token]) / self._most for token in tokens if self._spread[token])

    def rarest(self, tokens: Iterable[str]) -> list[str]:
        """Sort names or figures, those of the fewest dossiers first."""
        return sorted(tokens, key=lambda token: (self._spread[token], token))


def figures(text: str) -> set[str]:
    """List the numbers of a text that may tell an event from another, in one spelling; years are none."""
    found = set()
    for match in NUMBER.finditer(text):
        digits = match[1].replace(",", "")
        if digits.count(".") > 1 or (len(digits) == 4 and digits[:2] in ("19", "20") and "," not in match[1]):
            continue
        value = float(digits) * SCALES.get((match[2] or "").lower(), 1)
        if value >= SMALLEST_FIGURE:
            found.add(f"{value:,g}" if value != int(value) else f"{int(value):,}")
    return found


def _line(speaker: str | None, text: str) -> str:
    return f"{speaker}: {text}" if speaker else text


def _vectors(snapshot: Snapshot, document_row: int, model: str, dimension: int) -> Vectors:
    passages = {one.passage_id for one in snapshot.statements_of_documents([document_row])}
    found = passage_vectors(snapshot, sorted(passages), model, dimension)
    rows = [one.whole for one in found.values()]
    return np.array(rows, dtype=np.float32).reshape(len(rows), dimension)


def _platform_names(event: Event) -> list[str]:
    return [SHORT_NAMES.get(name, name) for name in event.platforms]


def _alike(article: Vectors, dossier: Vectors) -> float:
    if not len(article) or not len(dossier):
        return 0.0
    nearest = np.sort((article @ dossier.T).max(axis=1))[::-1]
    return float(nearest[:NEAREST_PASSAGES].mean())


def _date(published: str | None, event: Event) -> float:
    if published is None or published.startswith("--"):
        return 0.0
    first, last = _span(published)
    start, end = _span(event.date)[0], _span(event.date_end or event.date)[1]
    if last < start - timedelta(days=EARLY_DAYS):
        return -1.0
    late = max(0, (first - end).days)
    return FRESH_DAYS / max(FRESH_DAYS, late)


def _day(text: str, event: Event) -> float:
    start, end = _span(event.date)[0], _span(event.date_end or event.date)[1]
    for match in DAY_AND_MONTH.finditer(text):
        month, number = MONTHS[(match["month"] or match["month2"]).lower()], int(match["day"] or match["day2"])
        year = int(match["year"]) if match["year"] else start.year
        try:
            if start <= day(year, month, number) <= end:
                return 1.0
        except ValueError:
            continue
    months = {(int(year), MONTHS[month.lower()]) for month, year in MONTH_AND_YEAR.findall(text)}
    return 0.5 if {(start.year, start.month), (end.year, end.month)} & months else 0.0


def _span(date: str) -> tuple[day, day]:
    """Return the first and the last day that a date, cut to what is known, may mean."""
    year, *rest = (int(part) for part in date.split("-"))
    if len(rest) == 2:
        return day(year, *rest), day(year, *rest)
    first, months = (day(year, rest[0], 1), 1) if rest else (day(year, 1, 1), 12)
    after = first.month - 1 + months
    return first, day(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _why(event: Event, signals: Signals, shared: Sequence[str]) -> str:
    parts = [", ".join(event.platforms)] if signals.platform else []
    if signals.day or signals.date > 0:
        parts.append(spell_span(event.date, event.date_end))
    parts += [", ".join(shared)] if shared else []
    return "; ".join([*parts, f"text alike {signals.alike:.2f}"])
