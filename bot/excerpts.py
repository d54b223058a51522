"""Passages as they stand in their documents -> pages, with the words that an answer cited marked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.attribution import passage_of, say_note, source_line
from bot.dossier_marks import marks_in, names_of
from bot.escape import escape, reveal, squeeze
from bot.limits import MESSAGE_UNITS, clip, units
from bot.render import PAGE_UNITS, Reply, source_markdown
from corpus.source import Source
from index.recall import Excerpts, Recalled
from index.stored import StoredPassage

TITLE_UNITS = 200
FOOT_UNITS = 100
MARKED = "**"
SOURCES, NOTES = 3, 2
GOES_ON = escape("[...]")
NO_DOSSIERS: Mapping[str, Sequence[Source]] = {}
NO_MARKS: Mapping[tuple[int, int], str] = {}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a passage; `cited` if an answer cited it; `shown` is Markdown that stands for it, if not itself."""

    text: str
    cited: bool
    shown: str | None = None


def excerpt_pages(
    found: Excerpts, *, embedded: bool, gone: str = "", dossiers: Mapping[str, Sequence[Source]] = NO_DOSSIERS
) -> list[Reply]:
    """Lay out the passages around some claims, in the order of the claims, each once.

    Args:
        embedded: whether the pages will be shown as embeds, which hold more.
        gone: said under every page, where something may not be shown any more.
        dossiers: the sources of those documents that are dossiers, by document id; see `bot/dossier_marks.py`.
    """
    groups: dict[int, list[Recalled]] = {}
    for one in found.recalled:
        if one:
            groups.setdefault(one.passage.id, []).append(one)
    most = PAGE_UNITS if embedded else MESSAGE_UNITS
    texts = [
        text for group in groups.values() for text in _texts(group, found, _marks_in(group[0], found, dossiers), most)
    ]
    return [_reply(text, number, len(texts), gone) for number, text in enumerate(texts, start=1)]


def runs_of(
    passage: StoredPassage, spans: Iterable[tuple[int, int]], marks: Mapping[tuple[int, int], str] = NO_MARKS
) -> list[Run]:
    """Cut a passage where what is cited begins and ends; together the runs are the passage.

    Args:
        spans: start and end in the document, inside the passage.
        marks: as of `marks_in`; one that touches what is cited is left out, so that this stands as it is.
    """
    cited = [False] * len(passage.text)
    for start, end in spans:
        cited[start - passage.start : end - passage.start] = [True] * (end - start)
    edges = {place for place in range(1, len(cited)) if cited[place] != cited[place - 1]}
    ours = {span: shown for span, shown in marks.items() if span[0] < span[1] and not any(cited[slice(*span)])}
    cuts = sorted({0, *edges, len(cited), *(place for span in ours for place in span)})
    first = [Run("", False, marks[0, 0])] if (0, 0) in marks else []
    return [*first, *(Run(passage.text[a:b], cited[a], ours.get((a, b))) for a, b in pairwise(cuts))]


def _marks_in(
    one: Recalled, found: Excerpts, dossiers: Mapping[str, Sequence[Source]]
) -> Mapping[tuple[int, int], str]:
    """Find what is ours in the passage of a dossier; nothing in that of an article, whose text is data."""
    sources = dossiers.get(one.claim.document_id)
    if sources is None:
        return NO_MARKS
    numbers = {cited.source.id: number for number, cited in enumerate(found.sources, 1)}
    return marks_in(one.passage.text, names_of(sources, numbers))


def _texts(group: Sequence[Recalled], found: Excerpts, marks: Mapping[tuple[int, int], str], most: int) -> list[str]:
    """Write one passage, on as many pages as it takes."""
    head = _head(group, found)
    room = most - units(head) - FOOT_UNITS - 2 * units(GOES_ON)
    runs = runs_of(group[0].passage, [(one.claim.start, one.claim.end) for one in group], marks)
    parts = list(_parts(runs, max(room, most // 2)))
    return [
        f"{head}\n\n{f'{GOES_ON} ' if number else ''}{part}{f' {GOES_ON}' if number < len(parts) - 1 else ''}"
        for number, part in enumerate(parts)
    ]


def _head(group: Sequence[Recalled], found: Excerpts) -> str:
    title = escape(clip(squeeze(group[0].title or "Untitled document"), TITLE_UNITS))
    ids = {source_id for one in group for source_id in one.claim.source_ids}
    claims = [one.claim for one in group]
    numbered = [
        source_line(number, cited, passage_of(cited.source.id, claims))
        for number, cited in enumerate(found.sources, 1)
        if cited.source.id in ids
    ]
    lines = [source_markdown(source) for source in numbered[:SOURCES]]
    short = [line for line in lines if units(line) <= MESSAGE_UNITS // (2 * SOURCES)]
    notes = dict.fromkeys(note for claim in claims for note in claim.notes)
    said = [f"-# {escape(say_note(note))}" for note in notes]
    return "\n".join([f"**{title}**", *(f"-# {line}" for line in short), *said[:NOTES]])


def _parts(runs: Iterable[Run], room: int) -> Iterable[str]:
    """Write runs with their marks, in parts of at most `room` units that end at a word's end."""
    written, marked = "", False
    for word, cited in _words(runs):
        if units(written) + units(word) + 2 * units(MARKED) > room and written.strip():
            yield _close(written, marked).strip()
            written, marked = "", False
        if cited != marked and word.strip():
            written, marked = (written + MARKED, True) if cited else (_close(written, True), False)
        written += word
    if written.strip():
        yield _close(written, marked).strip()


def _close(written: str, marked: bool) -> str:
    """End the mark behind the last word, where Discord takes it for the end of one."""
    if not marked:
        return written
    bare = written.rstrip()
    return f"{bare}{MARKED}{written[len(bare) :]}"


def _words(runs: Iterable[Run]) -> Iterable[tuple[str, bool]]:
    for run in runs:
        if run.shown is not None:
            yield run.shown, run.cited
            continue
        for word in re.findall(r"\s+|\S{1,400}", run.text):
            yield escape(word), run.cited


def _reply(text: str, number: int, pages: int, gone: str) -> Reply:
    foot = " · ".join(part for part in (f"passage {number} of {pages}" if pages > 1 else "", gone) if part)
    return Reply(f"{text}\n-# {escape(foot)}" if foot else text, text, reveal(foot))
