"""The sources that shipped dossiers cite -> this installation's own copies of the publishers' pages, fetched politely.

One page at a time; between two pages of one host there is a pause, and what its robots.txt forbids is left alone.
What was done stands in a file, so that a run may be ended at any moment and goes on where it was.
"""

import heapq
import json
import os
import re
import time
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from bot.robots import Robots, origin_of
from corpus.errors import CorpusError, FetchFailed
from corpus.fetch import Fetcher
from corpus.incoming import DETAILS, from_page, read_incoming
from corpus.source import Source
from corpus.targets import shown
from index.errors import DataUnwritable, IndexingError
from index.library import Library

ORIGINALS_FILE = "originals.json"
ACTOR = "originals"
PAUSE_S = 5.0
TRIES = 3
"""A page that answers with a fault as often is left alone."""
LEAST_WORDS = 80
"""Less is a notice, a login or a choice of cookies, and no article."""
TOO_SHORT = "only {} words were found there, so it is no article, or it asks for a login; add it from a file"
STAND_IN = re.compile(
    r"(?:^|/)(?:\w+-)?(?:log-?in|sign-?in|sign-?up|register|subscribe|consent|captcha)(?:\.\w+)?(?:/|$)", re.I | re.A
)
"""A path to which sites lead instead of a page; `logins-of-activists` is an article."""
STOOD_IN = "it leads to {}, which is a login or a first page and no article; add it from a file"


@dataclass(frozen=True, slots=True)
class Original:
    """A page that dossiers cite: what they record of it, and the events that it is about."""

    url: str
    source: Source
    event_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of a page: the document that it is held as, or the reason why not; `at` is UTC, ISO."""

    document_id: str | None
    reason: str | None
    tries: int
    final: bool
    at: str = ""


class Record:
    """What came of each page so far, in a file."""

    def __init__(self, folder: Path) -> None:
        """Read `originals.json` in a folder, if it is there.

        Raises:
            DataUnwritable: it cannot be read, or somebody else wrote it.
        """
        self._path = folder / ORIGINALS_FILE
        try:
            held = json.loads(self._path.read_text(encoding="utf-8")) if self._path.exists() else {}
            self.attempts = {url: Attempt(**one) for url, one in held.items()}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise DataUnwritable(f"{self._path}: this cannot be read ({error}); mend it or move it away") from None

    def note(self, url: str, attempt: Attempt) -> None:
        """Write down what came of a page, whole or not at all."""
        self.attempts[url] = replace(attempt, at=datetime.now(UTC).isoformat(timespec="seconds"))
        text = json.dumps({name: asdict(one) for name, one in self.attempts.items()}, indent=1, ensure_ascii=False)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, self._path)
        except OSError as error:
            raise DataUnwritable(f"{self._path}: cannot be written ({error.strerror}); give permission") from None

    def is_done(self, url: str, *, retry: bool = False) -> bool:
        """Say whether a page need not be asked for: it is held, or failed for good and is not to be tried again."""
        attempt = self.attempts.get(url)
        return attempt is not None and (attempt.document_id is not None or (attempt.final and not retry))


def cited_originals(library: Library, dossier: str | None = None) -> list[Original]:
    """List the pages that the shared dossiers, or one of them, cite; each once, with all its events.

    Raises:
        UnknownDocument: there is no such dossier.
    """
    ids = [dossier] if dossier else [stored.id for stored, _ in library.documents() if stored.is_dossier]
    found: dict[str, Original] = {}
    for document in (library.show(one).document for one in ids):
        events = tuple(event.id for event in document.events)
        for source in document.sources:
            if source.url and events:
                held = found.get(source.url, Original(source.url, source, ()))
                found[source.url] = replace(held, event_ids=tuple(dict.fromkeys((*held.event_ids, *events))))
    return list(found.values())


@dataclass(slots=True)
class Collector:
    """Fetches pages into a library, and writes down what came of each."""

    library: Library
    fetcher: Fetcher
    record: Record
    pause_s: float = PAUSE_S
    sleep: Callable[[float], object] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def collect(self, wanted: Sequence[Original]) -> Iterator[tuple[Original, Attempt]]:
        """Fetch pages one after another, taking turns among hosts; each is written down before it is given out."""
        held = {stored.path: stored.id for stored, _ in self.library.documents() if stored.path}
        robots = Robots(self.fetcher)
        shut: set[str] = set()
        for original in self._paced(wanted, robots, shut):
            number = 1 + self._tries(original)
            try:
                attempt = self._hold(original, robots, held, number)
            except (CorpusError, IndexingError) as error:
                attempt = Attempt(None, str(error), number, _is_final(error, number))
                shut |= {_host(original)} if _shuts(error) else set()
            self.record.note(original.url, attempt)
            yield original, attempt

    def _tries(self, original: Original) -> int:
        tried = self.record.attempts.get(original.url)
        return tried.tries if tried else 0

    def _paced(self, wanted: Sequence[Original], robots: Robots, shut: Container[str]) -> Iterator[Original]:
        """Give the pages out so that a host is left in peace between two of its own, and altogether once it is shut.

        What was tried least comes first, so that a page that always fails keeps no other from its turn.
        """
        queues: dict[str, list[Original]] = {}
        for original in sorted(wanted, key=self._tries):
            queues.setdefault(_host(original), []).append(original)
        due = [(self.clock(), number, host) for number, host in enumerate(queues)]
        while due:
            moment, number, host = heapq.heappop(due)
            if moment > self.clock():
                self.sleep(moment - self.clock())
            original = queues[host].pop(0)
            yield original
            if queues[host] and host not in shut:
                pause = max(self.pause_s, robots.delay(original.url))
                heapq.heappush(due, (self.clock() + pause, number, host))

    def _hold(self, original: Original, robots: Robots, held: dict[str, str], number: int) -> Attempt:
        if original.url in held:
            return Attempt(held[original.url], None, number, final=True)
        robots.require(original.url)
        page = self.fetcher.fetch(original.url)
        if origin_of(page.url) != origin_of(original.url):
            robots.require(page.url)
        if page.url in held:
            return Attempt(held[page.url], None, number, final=True)
        if _stands_in(page.url, original.url):
            return Attempt(None, f"{original.url}: {STOOD_IN.format(shown(page.url))}", number, final=True)
        document, fingerprint = read_incoming(from_page(page), details_of(original.source))
        words = len(document.text[document.body_start : document.body_end].split())
        if document.is_dossier or words < LEAST_WORDS:
            return Attempt(None, f"{original.url}: {TOO_SHORT.format(words)}", number, final=True)
        summary = self.library.add(replace(document, event_ids=original.event_ids), fingerprint, ACTOR)
        [identifier] = summary.added or summary.changed or summary.unchanged
        held[page.url] = identifier
        return Attempt(identifier, None, number, final=True)


def _host(original: Original) -> str:
    return urlsplit(original.url).hostname or ""


def _is_final(error: Exception, number: int) -> bool:
    """Say whether a page is given up; where nothing answered, our own network may be to blame."""
    return not isinstance(error, FetchFailed) or (not _shuts(error) and number >= TRIES)


def _shuts(error: Exception) -> bool:
    """Say whether a host is not to be asked for more in this run: it does not answer, or asks for fewer requests."""
    return isinstance(error, FetchFailed) and error.status in (None, HTTPStatus.TOO_MANY_REQUESTS)


def _stands_in(reached: str, wanted: str) -> bool:
    """Say whether a site led to its login or its first page, in place of the one that was asked for."""
    where, asked = urlsplit(reached), urlsplit(wanted)
    if where.path.strip("/") == asked.path.strip("/"):
        return False
    is_first = not where.path.strip("/") and not where.query
    return is_first or bool(STAND_IN.search(where.path) and not STAND_IN.search(asked.path))


def details_of(source: Source) -> dict[str, str]:
    """Say of a page what the dossier records of it; a title that was composed is not the page's own."""
    said = {name: getattr(source, field) for name, field in DETAILS.items()}
    return {name: text for name, text in said.items() if text and (name != "title" or source.title_exact)}
