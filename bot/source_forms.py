"""A look at a document before it is added -> its JSON, as `docs/command-line.md` gives it."""

from dataclasses import asdict
from typing import Any

from bot.forms import source_form
from bot.sourcing import Prepared


def preview_form(prepared: Prepared) -> dict[str, Any]:
    """Give a preview its form."""
    preview, document = prepared.preview, prepared.document
    return {
        "id": preview.document.id,
        "kind": "dossier" if document.is_dossier else "article",
        "title": preview.document.title,
        "sources": [source_form(source, document.path) for source in preview.document.sources],
        "words": preview.words,
        "statements": {str(kind): number for kind, number in preview.kinds.items()},
        "handles": list(preview.handles),
        "event_ids": list(document.event_ids),
        "proposed_events": [asdict(one) for one in preview.proposals],
        "alike": [{**asdict(one), "share": round(one.share, 4)} for one in preview.alike],
        "replaces": preview.replaces.id if preview.replaces else None,
        "difference": asdict(preview.difference) if preview.difference else None,
        "unchanged": preview.unchanged,
    }
