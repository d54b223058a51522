"""What is known of a source before and after it is added -> words, plain, for Discord and the shell alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.attribution import count, listed
from bot.escape import squeeze
from bot.limits import clip
from bot.sourcing import Prepared
from corpus.document import Kind
from corpus.source import Source
from index.dates import spell_date
from index.intake import Summary
from index.preview import Alike, Difference

UNKNOWN = "not recorded"
HANDLES = 10
SAMPLES = 3
SAMPLE_UNITS = 160
OPENING_UNITS = 240
EVENTS = 5
NAMES = 10
KINDS = {
    Kind.POST: "post",
    Kind.DIRECT: "quotation",
    Kind.MIXED: "sentence quoted in part",
    Kind.REPORTED: "sentence of reported speech",
    Kind.NARRATION: "sentence of narration",
    Kind.PARAPHRASE: "line of a summary",
}
PLURALS = {Kind.MIXED: "sentences quoted in part", Kind.REPORTED: "sentences of reported speech",
           Kind.NARRATION: "sentences of narration", Kind.PARAPHRASE: "lines of a summary"}  # fmt: skip
DONE = ("added", "changed", "removed", "unchanged", "kept_out", "failed")


@dataclass(frozen=True, slots=True)
class Told:
    """A headline, and below it facts, each with its label; a label may stand for several facts."""

    headline: str
    facts: tuple[tuple[str, str], ...]


def tell_preview(prepared: Prepared, titles: Mapping[str, str]) -> Told:
    """Say what would be added.

    Args:
        titles: of the events that the scope sees, by id.
    """
    return Told(_headline(prepared), tuple(_facts(prepared, titles)))


def tell_source(source: Source | None) -> Iterable[tuple[str, str]]:
    """Say what is recorded of a source."""
    yield "Title", (source.title if source else None) or UNKNOWN
    yield "Publisher", (source.publisher if source else None) or UNKNOWN
    yield "Author", (source.author if source else None) or UNKNOWN
    yield "Date", spell_date(source.published) if source and source.published else UNKNOWN
    yield "Address", (source.url if source else None) or UNKNOWN


def tell_summary(summary: Summary) -> str:
    """Sum up what a change did, in numbers."""
    counts = [f"{len(getattr(summary, name))} {name.replace('_', ' ')}" for name in DONE if name != "kept_out"]
    kept_out = f", {len(summary.kept_out)} kept out because somebody removed them" if summary.kept_out else ""
    return f"{', '.join(counts)}{kept_out}"


def named(prepared: Prepared) -> str:
    """Name a document that may be added, without what the operator hides."""
    return squeeze(prepared.preview.document.title or prepared.preview.document.id)


def _headline(prepared: Prepared) -> str:
    preview = prepared.preview
    title = named(prepared)
    if preview.unchanged:
        return f"Held already, and nothing has changed: ‹{title}›"
    return f"A new version of what is held: ‹{title}›" if preview.replaces else f"A new source: ‹{title}›"


def _facts(prepared: Prepared, titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    preview, document, shown = prepared.preview, prepared.document, prepared.preview.document
    if document.is_dossier:
        yield "Dossier", f"on {listed([titles.get(one.id, one.title) for one in shown.events], EVENTS)}"
        yield "Sources", count(len(document.sources), "source")
    else:
        yield from tell_source(shown.sources[0])
    yield "Text", f"{count(preview.words, 'word')}; {tell_kinds(dict(preview.kinds))}"
    yield "Begins", clip(squeeze(shown.text[shown.body_start :]), OPENING_UNITS)
    if preview.handles:
        named = [f"@{handle}" for handle in preview.handles[:HANDLES]]
        more = len(preview.handles) - len(named)
        yield "Handles", ", ".join([*named, *([f"and {more} more"] if more else [])])
    for proposal in preview.proposals[:EVENTS]:
        if proposal.event_id not in document.event_ids:
            yield "May be about", f"{titles.get(proposal.event_id, proposal.event_id)} ({proposal.why})"
    for event_id in document.event_ids:
        if not document.is_dossier:
            yield "Linked to", titles.get(event_id, event_id)
    for alike in preview.alike:
        yield "Already held", tell_alike(alike)
    if preview.difference is not None and not preview.unchanged:
        yield "Changed", tell_difference(preview.difference)


def tell_kinds(kinds: Mapping[Kind, int]) -> str:
    """Count statements, by kind, most first."""
    total = sum(kinds.values())
    ordered = sorted(((number, kind) for kind, number in kinds.items() if number), key=lambda one: -one[0])
    parts = [
        f"{number:,} {PLURALS[kind]}" if number != 1 and kind in PLURALS else count(number, KINDS[kind])
        for number, kind in ordered
    ]
    return f"{count(total, 'statement')}{': ' if parts else ''}{', '.join(parts)}"


def tell_alike(alike: Alike) -> str:
    """Say how much of a text is held already, and where."""
    return f"{alike.share:.0%} the same as ‹{squeeze(alike.title or alike.document_id)}›".replace("%", " %", 1)


def tell_difference(difference: Difference) -> str:
    """Say what a new version adds and takes away, with some of the words."""
    counts = f"{count(difference.added_words, 'word')} more, {count(difference.removed_words, 'word')} fewer"
    samples = [f"{one[:1]} “{clip(squeeze(one[1:]), SAMPLE_UNITS)}”" for one in difference.samples[:SAMPLES]]
    return "; ".join([counts, *samples])
