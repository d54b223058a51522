"""The library: open it, ask it, search it, look around in it, change what it holds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index.answer import Answer, Outcome
from index.catalog import SHARED
from index.compose import Held, compose, refusal
from index.embed import Embedder
from index.engine import View
from index.errors import NothingIndexed
from index.holdings import Found
from index.keeper import Keeper
from index.language import is_foreign
from index.question import Question, understand
from index.retrieve import Hit, retrieve, weigh_terms
from index.shelf import seen_by
from index.snapshot import Snapshot

HITS = 12
"""Passages that an answer is read from."""
TRIES = 30
"""How often a question is answered anew where a change comes between; each costs milliseconds."""


@dataclass(frozen=True, slots=True)
class _State:
    """One consistent state of everything that a scope may see."""

    snapshot: Snapshot
    views: list[View]
    held: Held


class Library(Keeper):
    """All that the program knows, behind one door. Safe to use from several threads."""

    def __init__(self, data: Path, load_embedder: Callable[[], Embedder]) -> None:
        """Open the library in a folder, making it where there is none; see `Keeper`."""
        super().__init__(data, load_embedder)
        self._held: dict[str, Held] = {}

    def warm_up(self) -> None:
        """Load the model and the shared engine now, so that the first question need not wait."""
        self._embedder.embed(["warm up"])
        self._catch_up(SHARED)

    def ask(self, question: str, scope: str = SHARED, after: str | None = None) -> Answer:
        """Answer a question from what a scope may see.

        Args:
            scope: a server's id, or `SHARED`.
            after: the earlier question that this one goes on from.

        Raises:
            BadQuestion: it is empty, too long or holds control characters.
            NothingIndexed: there is nothing to answer from.
        """
        begin = time.perf_counter()
        asked = understand(question, after)
        for _ in range(TRIES):
            answer = self._answer(asked, scope)
            if self._still_holds(answer, scope):
                break
        else:
            raise NothingIndexed("the sources are being changed at this moment; ask again")
        total = round(1000 * (time.perf_counter() - begin), 2)
        return replace(answer, timings_ms={**answer.timings_ms, "total": total})

    def _answer(self, asked: Question, scope: str) -> Answer:
        """Answer from one state, with the milliseconds that each part took."""
        with self._state(scope) as state:
            if is_foreign(asked.text, state.views):
                return refusal(asked.text, Outcome.UNSUPPORTED_LANGUAGE, 0.0, state.held, ())
            clock = [time.perf_counter()]
            terms = weigh_terms(asked, state.views)
            vector = self._embedder.embed([terms.text])[0]
            clock.append(time.perf_counter())
            hits = retrieve(asked, terms, vector, state.views, state.snapshot, self._embedder, HITS)
            clock.append(time.perf_counter())
            answer = compose(asked, terms, hits, state.snapshot, state.held)
            clock.append(time.perf_counter())
        spent = {
            part: round(1000 * (end - start), 2)
            for part, start, end in zip(("embed", "search", "answer"), clock, clock[1:], strict=False)
        }
        return replace(answer, timings_ms=spent)

    def _still_holds(self, answer: Answer, scope: str) -> bool:
        """Check each claim once more, before it goes out, against the document as it is stored now."""
        names = [claim.document_id for claim in answer.claims]
        with self._catalog.read() as snapshot:
            texts: dict[str, list[str]] = {}
            for stored in snapshot.documents_named(names, seen_by(scope)):
                texts.setdefault(stored.id, []).append(snapshot.document_text(stored.row))
        return all(
            any(text[claim.start : claim.end] == claim.text for text in texts.get(claim.document_id, ()))
            for claim in answer.claims
        )

    def search(self, query: str, k: int, scope: str = SHARED) -> list[Found]:
        """Rank at most `k` passages for a query, best first.

        Raises:
            BadQuestion, NothingIndexed: as for `ask`.
        """
        asked = understand(query)
        with self._state(scope) as state:
            terms = weigh_terms(asked, state.views)
            vector = self._embedder.embed([terms.text])[0]
            hits = retrieve(asked, terms, vector, state.views, state.snapshot, self._embedder, k)
            return [_found(hit, state.held) for hit in hits]

    def forget_scope(self, scope: str, actor: str) -> int:
        """Delete a server's documents for good; see `Keeper`."""
        number = super().forget_scope(scope, actor)
        self._held.pop(scope, None)
        return number

    @contextmanager
    def _state(self, scope: str) -> Iterator[_State]:
        """Open one state: the catalog and each engine at the same revision, whatever is written meanwhile."""
        self._require_same_model()
        for attempt in range(TRIES):
            views = self._views(scope)
            with self._catalog.read() as snapshot:
                revision = snapshot.revision()
                if attempt == TRIES - 1 or all(view.revision == revision for view in views):
                    yield _State(snapshot, views, self._held_by(scope, snapshot))
                    return

    def _views(self, scope: str) -> list[View]:
        with self._catalog.read() as snapshot:
            scopes = [one for one in seen_by(scope) if one == SHARED or snapshot.passage_count(one)]
        for one in scopes:
            self._catch_up(one, 0)
        return [self._engine(one).view() for one in scopes]

    def _held_by(self, scope: str, snapshot: Snapshot) -> Held:
        held = self._held.get(scope)
        revision = snapshot.revision()
        if held is None or held.revision != revision:
            documents = {stored.row: stored for stored in snapshot.documents(seen_by(scope))}
            held = Held(
                counts=snapshot.counts(seen_by(scope), self._embedder.digest),
                documents=documents,
                events={event.id: event for event in snapshot.events_seen(seen_by(scope))},
                event_ids=snapshot.event_ids(list(documents)),
                revision=revision,
            )
            self._held[scope] = held
        if not held.documents:
            raise NothingIndexed("nothing is indexed yet; run 'purgebot reindex'")
        return held


def _found(hit: Hit, held: Held) -> Found:
    source_ids = dict.fromkeys(
        source_id for evidence in hit.statements for source_id in evidence.stored.statement.source_ids
    )
    return Found(hit, held.documents[hit.passage.document_row].id, tuple(source_ids))
