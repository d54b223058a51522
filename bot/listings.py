"""What is looked up -> pages: a handle, an event, what an answer left out. Blocks: runs on the pool."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.alt_text import spell_accounts
from bot.attribution import Line, count, line_for, listed, short_name
from bot.desk import Desk
from bot.escape import escape, squeeze
from bot.excerpts import excerpt_pages
from bot.limits import clip
from bot.pages import Entry, cover, paginate
from bot.remembered import ClaimId, digest_of
from bot.render import Reply
from bot.wording import HEADINGS, say_reasons
from corpus.document import Kind, Section
from corpus.source import Event, Source
from index.answer import CitedSource, Claim, Reason
from index.claims import claim_of
from index.dates import spell_date, spell_span
from index.errors import UnknownDocument
from index.handle import HandlePage
from index.linked import LinkedArticle
from index.recall import Excerpts, Recalled
from index.stored import StoredStatement

HANDLE_UNITS = 80
GONE = "I do not keep this answer any more. Ask the question again."
REMOVED = "This source has been removed since."
LINKED = "Articles linked to it"
NOTHING_MORE = "There is nothing more to show."
SECTIONS = {
    Section.HAPPENED: "What happened",
    Section.REASON: "The platform's reason",
    Section.AFFECTED: "Those affected",
    Section.CRITICS: "Critics",
    Section.DEFENDERS: "Defenders",
    Section.REPORTERS: "Reporters and researchers",
    Section.DISAGREEMENT: "Where sources disagree",
    Section.AFTER: "What came after",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What pages are asked for: `key` says of what, `scope` for whom, `embedded` as in `paginate`."""

    key: str
    scope: str
    embedded: bool


def handle_pages(desk: Desk, wanted: Wanted) -> list[Reply]:
    """Lay out everything that a handle said and every mention of it."""
    page = desk.shelf.handle(wanted.key, wanted.scope)
    if not page.known:
        return [_said(unknown_handle(page))]
    sources = [CitedSource(source, path) for source, path in page.sources]
    names = f" ({listed(page.display_names, 3)})" if page.display_names else ""
    platforms = f"On {listed(page.platforms, 5)}." if page.platforms else ""
    lists = (("Said", page.authored), ("Mentioned", page.mentioned), ("Named without the handle", page.named))
    counts = (
        count(len(page.authored), "statement"),
        f"{len(page.mentioned):,} by others that mention it" if page.mentioned else "",
        f"{len(page.named):,} that name its owner" if page.named else "",
    )
    entries = [entry for heading, found in lists for entry in _statements(heading, found, sources)]
    head = cover(f"@{page.handle}{names}", f"{platforms} {', '.join(part for part in counts if part)}.".strip())
    return paginate(head, entries, sources, embedded=wanted.embedded)


def unknown_handle(page: HandlePage) -> str:
    """Say that a handle is not known, and which ones look like it."""
    near = ", ".join(f"@{handle}" for handle in page.closest)
    told = f"No source here mentions @{clip(page.handle, HANDLE_UNITS)}."
    return f"{told} The closest that I know: {near}." if near else told


def event_pages(desk: Desk, wanted: Wanted) -> list[Reply]:
    """Lay out one dossier whole.

    Raises:
        UnknownDocument: the scope sees none of that id.
    """
    shown = desk.shelf.show(wanted.key, wanted.scope)
    document = shown.document
    sources = [CitedSource(source, document.path) for source in document.sources]
    claims = [claim_of(one, document.event_ids) for one in shown.statements]
    entries = [entry_for(_heading(claim), claim, sources) for claim in claims]
    head = cover(document.title or document.id)
    if document.events:
        event = document.events[0]
        reasons = [Reason(platform, status, ()) for platform, status in event.reasons]
        head = cover(event.title, about_event(event), reasons=tuple(say_reasons(reasons)))
        linked = desk.shelf.linked(event.id, wanted.scope)
        entries += linked_entries(linked, len(sources))
        sources += [cited for article in linked for cited in article.sources]
    return paginate(head, entries, sources, embedded=wanted.embedded)


def linked_entries(linked: Sequence[LinkedArticle], before: int) -> list[Entry]:
    """Name the articles that moderators linked to an event; their sources are numbered on behind `before` others."""
    entries = []
    for article in linked:
        first = article.sources[0].source if article.sources else None
        publisher = short_name(first.publisher) if first and first.publisher else "Publisher not recorded"
        when = f", {spell_date(first.published)}" if first and first.published else ""
        numbers = tuple(range(before + 1, before + 1 + len(article.sources)))
        title = article.stored.title or (first.title if first else None) or "title not recorded"
        entries.append(Entry(LINKED, Line(squeeze(f"{publisher}{when}:"), squeeze(title), "", numbers, 0)))
        before += len(article.sources)
    return entries


def entry_for(heading: str, claim: Claim, sources: Sequence[CitedSource]) -> Entry:
    """Put a claim under a heading, with the words by which a link can jump to it."""
    return Entry(heading, line_for(claim, sources), "" if claim.kind is Kind.PARAPHRASE else claim.text)


def about_event(event: Event) -> str:
    """Say when and where an event was, how many accounts it concerned, and how sure its record is."""
    when = spell_span(event.date, event.date_end or event.date)
    sure = f"confidence in this record: {event.confidence}"
    return " · ".join((when, ", ".join(event.platforms), spell_accounts(event), sure))


def more_pages(desk: Desk, wanted: Wanted) -> list[Reply]:
    """Lay out what an answer left waiting behind "Show more"."""
    held = desk.state.recall(wanted.key)
    if held is None:
        return [_said(GONE)]
    waiting = [claim for claim in held.claims if not claim.shown]
    found, gone = standing(desk, waiting, wanted.scope)
    claims = {one.claim: place.event for one, place in zip(found.recalled, waiting, strict=True) if one}
    if not claims:
        return [_said(REMOVED if gone else NOTHING_MORE)]
    events = {event.id: event for event in desk.shelf.timeline(wanted.scope)} if any(claims.values()) else {}
    told = [(claim, events[event]) for claim, event in claims.items() if event in events]
    rest = _by_voice([claim for claim, event in claims.items() if event not in events])
    entries = [
        *(entry_for(_when_and_what(event), claim, found.sources) for claim, event in told),
        *(entry_for(HEADINGS[claim.voice], claim, found.sources) for claim in rest),
    ]
    head = cover("More on this question", held.question or "", f"{REMOVED} ({gone})" if gone else "")
    return paginate(head, entries, found.sources, embedded=wanted.embedded)


def _when_and_what(event: Event) -> str:
    return f"{spell_span(event.date, event.date_end or event.date)} · {squeeze(event.title)}"


def passage_pages(desk: Desk, wanted: Wanted) -> list[Reply]:
    """Lay out the passages that an answer was read from, one a page, what it cited marked."""
    held = desk.state.recall(wanted.key)
    if held is None:
        return [_said(GONE)]
    found, gone = standing(desk, held.claims, wanted.scope)
    pages = excerpt_pages(
        found,
        embedded=wanted.embedded,
        gone=f"{REMOVED} ({gone})" if gone else "",
        dossiers=_dossiers(desk, found, wanted.scope),
    )
    return pages or [_said(REMOVED if gone else NOTHING_MORE)]


def _dossiers(desk: Desk, found: Excerpts, scope: str) -> dict[str, tuple[Source, ...]]:
    """Read the sources of the dossiers that some claims stand in; one that went this moment is left out."""
    ids = dict.fromkeys(one.claim.document_id for one in found.recalled if one and one.claim.kind is Kind.PARAPHRASE)
    held = {}
    for document_id in ids:
        with suppress(UnknownDocument):
            held[document_id] = desk.shelf.show(document_id, scope).document.sources
    return held


def standing(desk: Desk, places: Sequence[ClaimId], scope: str) -> tuple[Excerpts, int]:
    """Look again at the places of an answer's claims.

    Returns:
        What may be shown now, and how many claims are gone or do not have their words any more.
    """
    found = desk.shelf.recall(places, scope)
    recalled = [one if _is_same(one, place) else None for one, place in zip(found.recalled, places, strict=True)]
    return Excerpts(tuple(recalled), found.sources), sum(one is None for one in recalled)


def _is_same(one: Recalled | None, place: ClaimId) -> bool:
    return one is not None and (not place.digest or digest_of(one.claim.text) == place.digest)


def _statements(heading: str, found: Iterable[StoredStatement], sources: Sequence[CitedSource]) -> Iterable[Entry]:
    for stored in found:
        yield entry_for(heading, claim_of(stored), sources)


def _heading(claim: Claim) -> str:
    return SECTIONS[claim.section] if claim.section else HEADINGS[claim.voice]


def _by_voice(claims: Sequence[Claim]) -> list[Claim]:
    voices = list(dict.fromkeys(claim.voice for claim in claims))
    return sorted(claims, key=lambda claim: voices.index(claim.voice))


def _said(text: str) -> Reply:
    return Reply(escape(text))


LISTINGS: dict[str, Callable[[Desk, Wanted], list[Reply]]] = {
    "handle": handle_pages,
    "event": event_pages,
    "more": more_pages,
    "passages": passage_pages,
}
"""What can be turned page by page, by the name that a button's id carries."""
