"""The library: open it, ask it, search it, look around in it, change what it holds."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from corpus.document import Document
from index.answer import Answer, Outcome
from index.catalog import SHARED
from index.compose import Held, compose, refusal
from index.counts import count, sources_by_publisher
from index.embed import Embedder, Vector
from index.engine import View
from index.errors import CatalogOutdated, NothingIndexed
from index.feed import holds_any, whole_vectors
from index.floor import Floor
from index.hearing import REREAD, reread
from index.holdings import Found
from index.initials import written_out
from index.intake import ADDED
from index.language import is_foreign, load_languages
from index.lexical import forget_texts
from index.overseer import Overseer
from index.placing import placed
from index.preview import Preview, alike_to, preview_of
from index.propose import article_from, propose_for
from index.publishers import publishers_of
from index.question import Question, understand
from index.reader import Reader, Reading
from index.rerank import RERANKED, Reranker, reordered
from index.retrieve import Hit, Terms, mended, retrieve, weigh_terms
from index.shelf import seen_by
from index.snapshot import Snapshot
from index.stored import StoredDocument

HITS = 12
"""Passages that an answer is read from."""
ENGINE_PATIENCE_S = 5
"""How long a question waits for the engines where what it was first answered from is gone."""
OUT_OF_PATIENCE = -1.0
"""Instead of a time to wait: take what is there."""
FIRST_QUESTION = "why were accounts suspended?"
TRIES = 30
"""How often a question is answered anew where a change comes between; each costs milliseconds."""


@dataclass(frozen=True, slots=True)
class State:
    """One consistent state of everything that a scope may see."""

    scope: str
    snapshot: Snapshot
    views: list[View]
    reranker: Reranker | None = None

    def look_up(
        self, asked: Question, embed: Callable[[str], Vector], embedder: Embedder, k: int
    ) -> tuple[Question, Terms, list[Hit]]:
        """Find passages for a question as the corpus spells it; once more if they write out what it gives by initials.

        Args:
            embed: makes the question's vector, `(d,)`.
        """
        asked = mended(asked, self.views)
        terms = weigh_terms(asked, self.views)
        hits = self.find(asked, terms, embed(terms.embedded), embedder, k)
        text = written_out(asked.search_text, [hit.passage.headed for hit in hits])
        if text == asked.search_text:
            return asked, terms, hits
        asked = replace(asked, search_text=text)
        terms = weigh_terms(asked, self.views)
        return asked, terms, self.find(asked, terms, embed(terms.embedded), embedder, k)

    def find(self, asked: Question, terms: Terms, vector: Vector, embedder: Embedder, k: int) -> list[Hit]:
        """Find passages in it; see `retrieve` and `reordered`."""
        wanted = max(k, RERANKED) if self.reranker else k
        hits = retrieve(asked, terms, vector, self.views, self.snapshot, seen_by(self.scope), embedder, wanted)
        return (reordered(asked, hits, self.reranker) if self.reranker else hits)[:k]


@dataclass(frozen=True, slots=True)
class _Beside:
    """A reader that others think beside."""

    inner: Reader
    floor: Floor

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        with self.floor.left():
            return self.inner.read(question, texts)


class Library(Overseer):
    """All that the program knows, behind one door. Safe to use from several threads."""

    def __init__(
        self,
        data: Path,
        load_embedder: Callable[[], Embedder],
        load_reranker: Callable[[], Reranker] | None = None,
        load_reader: Callable[[], Reader | None] | None = None,
    ) -> None:
        """Open the library in a folder, making it where there is none; see `Keeper`."""
        super().__init__(data, load_embedder)
        self._load_reranker = cache(load_reranker) if load_reranker else lambda: None
        self._load_reader = cache(load_reader) if load_reader else lambda: None
        self._held: dict[str, tuple[tuple[object, ...], Held]] = {}
        self.floor = Floor()

    def warm_up(self) -> None:
        """Load the models and the shared engine and answer a question now, so that the first one need not wait."""
        load_languages()
        self._load_reranker()
        self._load_reader()
        self._catch_up(SHARED)
        with suppress(NothingIndexed, CatalogOutdated):  # said to whoever asks
            self.ask(FIRST_QUESTION)

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
        wait_s = 0.0
        for _ in range(TRIES):
            with self.floor.taken():
                answer = self._answer(asked, scope, wait_s)
                holds = self._still_holds(answer, scope)
            if holds:
                break
            wait_s = max(0.0, begin + ENGINE_PATIENCE_S - time.perf_counter()) or OUT_OF_PATIENCE
        else:
            raise NothingIndexed("the sources are being changed at this moment; ask again")
        total = round(1000 * (time.perf_counter() - begin), 2)
        return replace(answer, timings_ms={**answer.timings_ms, "total": total})

    def _answer(self, asked: Question, scope: str, wait_s: float) -> Answer:
        """Answer from one state, with the milliseconds that each part took."""
        with self.state(scope, wait_s) as state:
            held = self._held_in(state)
            if is_foreign(asked.text, state.views):
                return refusal(asked.text, Outcome.UNSUPPORTED_LANGUAGE, 0.0, held)
            spent = dict.fromkeys(("embed", "search", "answer"), 0.0)

            def embed(text: str) -> Vector:
                with _timed(spent, "embed"):
                    return self._embedded(text)

            with _timed(spent, "search"):
                asked, terms, hits = state.look_up(asked, embed, self._embedder, HITS)
            spent["search"] -= spent["embed"]
            with _timed(spent, "answer"):
                answer = compose(asked, terms, hits, state.snapshot, held, self._reader())
        return replace(answer, timings_ms={part: round(time_ms, 2) for part, time_ms in spent.items()})

    def _reader(self) -> Reader | None:
        reader = self._load_reader()
        return _Beside(reader, self.floor) if reader else None

    def _embedded(self, text: str) -> Vector:
        """Embed a question while others think."""
        with self.floor.left():
            vector: Vector = self._embedder.embed([text])[0]
        return vector

    def _still_holds(self, answer: Answer, scope: str) -> bool:
        """Check each claim once more, before it goes out, against the document as it is stored now."""
        with self._catalog.read() as snapshot:
            texts = snapshot.texts_named([claim.document_id for claim in answer.claims], seen_by(scope))
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
        with self.floor.taken(), self.state(scope, OUT_OF_PATIENCE) as state:
            self._held_in(state)
            asked, _, hits = state.look_up(asked, self._embedded, self._embedder, max(k, REREAD))
            reader = None if state.reranker else self._reader()
            hits = (reread(reader, asked, hits) if reader else hits)[:k]
            documents = state.snapshot.documents_in([hit.passage.document_row for hit in hits])
            return [_found(hit, documents[hit.passage.document_row]) for hit in hits]

    def close(self) -> None:
        """Let the files go, once what engines build in the background is built."""
        with self._opening:
            for engine in self._engines.values():
                engine.close()
        super().close()

    def forget_scope(self, scope: str, actor: str) -> int:
        """Delete a server's documents for good; see `Keeper`."""
        number = super().forget_scope(scope, actor)
        self._held.pop(scope, None)
        return number

    def preview(self, document: Document, fingerprint: str, scope: str = SHARED) -> Preview:
        """Say what adding a document to a scope would do; nothing is kept of it but vectors.

        Raises:
            CatalogOutdated, UnknownDocument, UnknownEvent: as for `add`.
        """
        self._require_same_model()
        with self._catalog.read() as snapshot:
            document, held = placed(snapshot, document, scope)
            rulings = snapshot.rulings()
        [indexed] = self._indexed([(document, fingerprint, ADDED, scope)], rulings)
        model, dimension, seen = self._embedder.digest, self._embedder.dimension, seen_by(scope)
        with self.state(scope, OUT_OF_PATIENCE) as state:
            vectors = whole_vectors(state.snapshot, indexed.keys, model, dimension)
            article = article_from(indexed.document, vectors)
            proposals = [] if document.is_dossier else propose_for(article, state.snapshot, seen, model, dimension)
            replaced = [stored.row for stored in held]
            alike = alike_to(indexed.document, vectors, replaced, state.views, state.snapshot, seen)
            return preview_of(indexed, held, proposals, alike, state.snapshot)

    @contextmanager
    def state(self, scope: str, wait_s: float) -> Iterator[State]:
        """Open one state of the catalog and the engines, whatever is written meanwhile.

        Where an engine is behind, its scope is looked at as it was when the engine was not.

        Args:
            wait_s: for engines that are behind; `OUT_OF_PATIENCE` looks at the catalog as it is all the same: what is
                gone is not found, what is new perhaps not yet.
        """
        try:
            with self._catalog.read() as snapshot:
                if views := self._views_of(snapshot, scope):
                    yield State(scope, snapshot, views, self._load_reranker())
                    return
            views, reached = self._views(scope, max(0.0, wait_s))
            with self._catalog.read() as snapshot:
                behind = {one: at for one, at in reached.items() if at < snapshot.last_change([SHARED, one])}
                snapshot.as_of = {} if wait_s == OUT_OF_PATIENCE else behind
                yield State(scope, snapshot, views, self._load_reranker())
        finally:
            forget_texts()

    def _views_of(self, snapshot: Snapshot, scope: str) -> list[View]:
        """Look at the engines of what a scope sees; at none where one of them is not at this very state."""
        self._require_model(snapshot)
        scopes = _held_among(seen_by(scope), snapshot)
        views = [self._engine(one).view() for one in scopes if one in self._engines]
        alike = len(views) == len(scopes) and all(view.state == snapshot.state() for view in views)
        return list(views) if alike else []

    def _views(self, scope: str, wait_s: float) -> tuple[list[View], dict[str, int]]:
        """Look at the engines of what a scope sees; with the revision that each scope is found at."""
        with self._catalog.read() as snapshot:
            self._require_model(snapshot)
            state = snapshot.state()
            scopes = _held_among(seen_by(scope), snapshot)
        for one in scopes:
            if one not in self._engines or self._engine(one).view().state != state:
                with self.floor.left():
                    self._catch_up(one, wait_s)
        views = {one: self._engine(one).view() for one in scopes}
        reached = dict.fromkeys(seen_by(scope), state[1])
        return list(views.values()), {**reached, **{one: view.revision for one, view in views.items()}}

    def _held_in(self, state: State) -> Held:
        """Sum up what a scope sees, anew after a change of what it sees only.

        Raises:
            NothingIndexed: it sees nothing.
        """
        scopes, snapshot = seen_by(state.scope), state.snapshot
        revision = min(snapshot.as_of.values(), default=snapshot.revision())
        looked_at = snapshot.state_of(scopes), *sorted(snapshot.as_of.items())
        known, held = self._held.get(state.scope, ((), None))
        if held is None or known != looked_at:
            held = Held(
                counts=count(snapshot, scopes, self._embedder.digest),
                events={event.id: event for event in snapshot.events_seen(scopes)},
                revision=revision,
                publishers=publishers_of(sources_by_publisher(snapshot, scopes)),
                changed=max((one.at for name in scopes for one in state.snapshot.log(name, 1)), default=None),
            )
            self._held[state.scope] = looked_at, held
        if not held.counts.documents:
            raise NothingIndexed("nothing is indexed yet; run 'purgebot reindex'")
        return replace(held, revision=revision)


@contextmanager
def _timed(spent: dict[str, float], part: str) -> Iterator[None]:
    """Add the milliseconds that a part takes to those that it has taken."""
    begin = time.perf_counter()
    yield
    spent[part] += 1000 * (time.perf_counter() - begin)


def _held_among(scopes: Sequence[str], snapshot: Snapshot) -> list[str]:
    """Take the scopes that have an engine: the shared one, and those with documents of their own."""
    return [one for one in scopes if one == SHARED or holds_any(snapshot, one)]


def _found(hit: Hit, stored: StoredDocument) -> Found:
    source_ids = dict.fromkeys(
        source_id for evidence in hit.statements for source_id in evidence.stored.statement.source_ids
    )
    return Found(hit, stored.id, tuple(source_ids))
