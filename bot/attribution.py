"""Claim -> Line, source -> SourceLine: who speaks, whose words they are, where they stand. No markup."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.escape import squeeze
from bot.limits import clip
from corpus.document import Kind
from corpus.source import Source
from index.answer import Answer, CitedSource, Claim
from index.dates import spell_date
from index.headline import sources_named
from index.redact import ADDRESS_HIDDEN
from index.rulings import Action, Note

PUBLISHERS = 2
ABOUT_UNITS = 400
"""What is said of a speaker, so that names without end leave room for the words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One claim: who speaks, the words with the marks around them, what we add, the sources' numbers.

    `notes` are the corrections and replies to it, each with who makes it.
    """

    lead: str
    words: str
    tail: str
    numbers: tuple[int, ...]
    unnamed: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One numbered source: its label, what is to be known of it, its addresses as recorded.

    `passage` are words that stand on its page; empty where we hold only a summary of it.
    """

    number: int
    label: str
    note: str
    url: str | None
    archive_url: str | None
    passage: str = ""


def line_of(answer: Answer, place: int) -> Line:
    """Put the claim at one place of an answer into words."""
    return line_for(answer.claims[place], answer.sources)


def line_for(claim: Claim, sources: Sequence[CitedSource]) -> Line:
    """Put a claim into words; a source's number is its place among `sources` plus one."""
    numbers = {cited.source.id: number for number, cited in enumerate(sources, start=1)}
    named = sources_named(claim)
    publishers = _publishers(sources, claim)
    words = f"“{squeeze(claim.text)}”" if claim.quotation else squeeze(claim.text)
    before, after = "[...] " * claim.cut_before, " [...]" * claim.cut_after
    return Line(
        lead=clip(squeeze(_lead(claim, publishers)), ABOUT_UNITS),
        words=f"{before}{words}{after}",
        tail=clip(squeeze(_tail(claim, publishers)), ABOUT_UNITS),
        numbers=tuple(sorted(numbers[source_id] for source_id in named if source_id in numbers)),
        unnamed=0 if claim.compiled else len(claim.source_ids) - len(named),
        notes=tuple(say_note(note) for note in claim.notes),
    )


def say_note(note: Note) -> str:
    """Put a correction or a reply into words; only a reply is its author's own."""
    when = f", {spell_date(note.date)}" if note.date else ""
    if note.kind is Action.REPLY:
        return squeeze(f"Reply by {note.author}{when}: “{note.text}”")
    return squeeze(f"Correction by the operator of this bot{when}: {note.text}")


def _lead(claim: Claim, publishers: list[str]) -> str:
    """Say who speaks, in what role, through whom and when."""
    publisher = publishers[0] if publishers else "The article"
    speaker = _speaker(claim)
    if claim.kind is Kind.PARAPHRASE:
        who = speaker
    elif claim.quotation:
        who = speaker or f"Someone unnamed, quoted by {publisher}"
    elif speaker and short_name(claim.speaker or "") not in publishers:
        who = f"{publisher} (speaker: {_speaker(claim, brackets=False)})"
    else:
        who = publisher
    via = f"via {claim.via}" if claim.via and claim.via != who else ""
    when = spell_date(claim.date) if claim.date and who else ""
    parts = [part for part in (who, via, when) if part]
    return f"{', '.join(parts)}:" if parts else ""


def _speaker(claim: Claim, *, brackets: bool = True) -> str:
    handle = f"@{claim.handle}" if claim.handle else ""
    name = claim.speaker or ""
    if name.lstrip("@").casefold() == handle.lstrip("@").casefold():
        name, handle = handle or name, ""
    if not name:
        name, handle = handle, ""
    about = [part for part in (handle, claim.role) if part]
    if not name or not about:
        return name
    return f"{name} ({'; '.join(about)})" if brackets else ", ".join([name, *about])


def _tail(claim: Claim, publishers: list[str]) -> str:
    """Say whose report our own words sum up, unless the lead says it already."""
    if claim.compiled:
        return f"(compiled from {count(len(claim.source_ids), 'source')})"
    if claim.kind is not Kind.PARAPHRASE or not publishers:
        return ""
    said = [short_name(name) for name in (claim.speaker, claim.via) if name]
    others = [name for name in publishers if name not in said]
    return f"(reported by {listed(others, PUBLISHERS)})" if others else ""


def _publishers(sources: Sequence[CitedSource], claim: Claim) -> list[str]:
    """Name those who published a claim's sources, each once, in order."""
    held = {cited.source.id: short_name(cited.source.publisher or "") for cited in sources}
    return list(dict.fromkeys(name for source_id in claim.source_ids if (name := held.get(source_id))))


def short_name(publisher: str) -> str:
    """Leave out what stands in brackets behind a publisher's name; the list of sources shows it whole."""
    return publisher.split(" (")[0]


def source_line(number: int, cited: CitedSource, passage: str = "") -> SourceLine:
    """Put one cited source into words; what is not known of it is said."""
    source = cited.source
    file = "" if source.url_missing == ADDRESS_HIDDEN else re.split(r"[/\\]", cited.path or "")[-1]
    date = spell_date(source.published) if source.published else ""
    known = [part for part in (source.publisher, _title(source), date) if part]
    named = bool(source.publisher or source.title)
    label = squeeze(", ".join(known if named else [_unnamed(file), *known]))
    notes = ["address not certain"] if source.url and source.url_doubtful else []
    if source.url_missing and not source.url:
        notes.append(f"no address: {source.url_missing}")
    if file and not source.url and named:
        notes.append(f"file {file}")
    notes.extend(_absent(source, named))
    return SourceLine(number, label, squeeze("; ".join(notes)), source.url, source.archive_url, passage)


def passage_of(source_id: str, claims: Iterable[Claim]) -> str:
    """Find words that stand on a source's page: those of the first claim that was taken from its full text."""
    whole = (claim.text for claim in claims if source_id in claim.source_ids and claim.kind is not Kind.PARAPHRASE)
    return next(whole, "")


def _title(source: Source) -> str:
    """Write a title; only one that is exact stands in quotation marks."""
    title = source.title or ""
    if not title or not source.title_exact:
        return title
    return f"“{title}”" if '"' in title else f'"{title}"'


def _unnamed(file: str) -> str:
    """Name a source of which nobody recorded publisher or title."""
    return f"{file}, publisher not recorded" if file else "Publisher not recorded"


def _absent(source: Source, named: bool) -> list[str]:
    """Say which facts of a source nobody recorded; the label of one that is not `named` tells of the publisher."""
    facts = {
        "publisher": source.publisher or not named,
        "title": source.title,
        "date": source.published,
        "address": source.url or source.url_missing,
    }
    absent = [name for name, value in facts.items() if not value]
    return [f"{listed(absent, len(absent))} not recorded"] if absent else []


def listed(names: Sequence[str], most: int) -> str:
    """Join names as a sentence does; past `most` of them the rest is counted."""
    named, rest = list(names[:most]), len(names) - most
    if rest > 0:
        named.append(count(rest, "other"))
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def count(number: int, noun: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
