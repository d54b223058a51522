"""What the library returns -> the JSON objects of the command line, as `docs/command-line.md` gives them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from corpus.source import Event, Source
from index.answer import Answer, Claim
from index.handle import HandlePage
from index.holdings import Found, ShownDocument, Status
from index.intake import Summary
from index.overseer import Ruled
from index.propose import Proposal
from index.redact import ADDRESS_HIDDEN
from index.rulings import Ruling
from index.stored import Revision, StoredDocument, StoredStatement

Form = dict[str, Any]
PUBLISHERS = 10
"""Publishers that each answer names; there may be thousands."""


def answer_form(answer: Answer, message: str) -> Form:
    """Give an answer its form; `message` is the whole reply as plain text."""
    coverage = answer.coverage
    return {
        "question": answer.question,
        "outcome": answer.outcome,
        "confidence": answer.confidence,
        "headline": answer.headline,
        "message": message,
        "claims": [_claim_form(claim) for claim in answer.claims],
        "reason": [asdict(reason) for reason in answer.reason],
        "disagreements": [asdict(disagreement) for disagreement in answer.disagreements],
        "by_event": [asdict(told) for told in answer.by_event],
        "not_covered": [*answer.not_covered, *answer.unsaid],
        "sources": [source_form(cited.source, cited.path) for cited in answer.sources],
        "coverage": {
            "documents": coverage.documents,
            "sources": coverage.sources,
            "from": coverage.first,
            "to": coverage.last,
            "publishers": list(coverage.publishers[:PUBLISHERS]),
            "publisher_count": len(coverage.publishers),
            "changed": coverage.changed,
            "nearest_event": coverage.nearest_event,
            "vectors_pending": coverage.vectors_pending,
        },
        "revision": answer.revision,
        "timings_ms": answer.timings_ms,
    }


def _claim_form(claim: Claim) -> Form:
    form = asdict(claim)
    return {
        **{name: form[name] for name in ("text", "kind", "quotation", "shown", "voice", "speaker", "role", "handle")},
        **{name: form[name] for name in ("via", "date", "event_ids", "document_id", "source_ids", "compiled")},
        **{name: form[name] for name in ("start", "end", "cut_before", "cut_after", "score")},
        "notes": [asdict(note) for note in claim.notes],
    }


def ruling_form(ruling: Ruling) -> Form:
    """Give a ruling its form."""
    return {name: value for name, value in asdict(ruling).items() if name != "document_scope"}


def ruled_form(ruled: Ruled) -> Form:
    """Give what a ruling did its form."""
    form = asdict(ruled)
    return {**form, "rulings": [ruling_form(one) for one in ruled.rulings]}


def log_form(revision: Revision) -> Form:
    """Give a line of the log of changes its form."""
    return asdict(revision)


def source_form(source: Source, path: str | None) -> Form:
    """Give a source its form; `path` is the file that it was read from."""
    return {**asdict(source), "path": None if source.url_missing == ADDRESS_HIDDEN else path}


def hit_form(found: Found) -> Form:
    """Give a ranked passage its form."""
    passage = found.hit.passage
    return {
        "document_id": found.document_id,
        "source_ids": list(found.source_ids),
        "passage_id": passage.id,
        "start": passage.start,
        "end": passage.end,
        "score": round(found.hit.score, 6),
        "text": passage.text,
    }


def handle_form(page: HandlePage) -> Form:
    """Give what is known of a handle its form."""
    return {
        "handle": page.handle,
        "known": page.known,
        "display_names": list(page.display_names),
        "platforms": list(page.platforms),
        "authored": [_authored_form(stored) for stored in page.authored],
        "mentioned": [{"by": stored.statement.handle, **_place_form(stored)} for stored in page.mentioned],
        "named": [{"by": stored.statement.speaker, **_place_form(stored)} for stored in page.named],
        "sources": [source_form(source, path) for source, path in page.sources],
        "closest": list(page.closest),
    }


def _authored_form(stored: StoredStatement) -> Form:
    statement = stored.statement
    return {
        "kind": statement.kind,
        "quotation": statement.kind.is_quotation,
        "voice": statement.voice,
        "date": statement.date,
        **_place_form(stored),
    }


def _place_form(stored: StoredStatement) -> Form:
    return {
        "text": stored.text,
        "document_id": stored.document_id,
        "source_ids": list(stored.statement.source_ids),
        "start": stored.statement.start,
        "end": stored.statement.end,
        "notes": [asdict(note) for note in stored.notes],
    }


def event_form(event: Event) -> Form:
    """Give an event its form."""
    return {
        "id": event.id,
        "platforms": list(event.platforms),
        "date": event.date,
        "date_end": event.date_end,
        "title": event.title,
        "confidence": event.confidence,
        "accounts": event.accounts,
        "accounts_unit": event.accounts_unit,
        "reasons": [{"platform": platform, "status": status} for platform, status in event.reasons],
    }


def document_form(stored: StoredDocument, sources: "tuple[Source, ...]") -> Form:
    """Give a line of the list of documents its form."""
    return {
        "id": stored.id,
        "scope": stored.scope or "shared",
        "origin": stored.origin,
        "kind": "dossier" if stored.is_dossier else "article",
        "title": stored.title,
        "path": stored.path,
        "sources": [source_form(source, stored.path) for source in sources],
    }


def shown_form(shown: ShownDocument) -> Form:
    """Give one document whole its form, with the text exactly as stored."""
    document = shown.document
    return {
        **document_form(shown.stored, document.sources),
        "text": document.text,
        "events": [event_form(event) for event in document.events],
        "event_ids": list(document.event_ids),
        "statements": [
            {**asdict(one.statement), "notes": [asdict(note) for note in one.notes]} for one in shown.statements
        ],
    }


def proposals_form(proposals: Sequence[Proposal]) -> Form:
    """Give the events that an article may be about their form."""
    return {"proposed_events": [asdict(proposal) for proposal in proposals]}


def summary_form(summary: Summary) -> Form:
    """Give what a change did its form."""
    form = asdict(summary)
    form["failed"] = [{"path": path, "reason": reason} for path, reason in summary.failed]
    return form


def status_form(status: Status) -> Form:
    """Give the state of the library its form."""
    return asdict(status)
