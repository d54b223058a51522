"""Document -> passages, the units of retrieval."""

from dataclasses import dataclass

from corpus.document import Document

CHUNKER = "1"
"""Raise it whenever a document would be cut otherwise than before."""

PASSAGE_WORDS = 60
PASSAGE_WORDS_MAX = 150


@dataclass(frozen=True, slots=True)
class Passage:
    """A character span of a document that holds whole statements.

    Invariant: `text == document.text[start:end]`. `statements` are the ordinals of the document's statements
    in it, `(first, last + 1)`. `header` says what the text is of; it is indexed before the text.
    """

    start: int
    end: int
    text: str
    header: str
    statements: tuple[int, int]

    @property
    def headed(self) -> str:
        """The text behind its header, as it is embedded."""
        return f"{self.header}\n{self.text}"


def chunk(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages of some 60 to 150 words, never inside a statement or its attribution.

    A statement longer than that is a passage of its own. Text between statements that nobody answers for
    (menus, heads) may lie inside a passage but never makes one.
    """
    header = header_of(document)
    return tuple(Passage(start, end, document.text[start:end], header, span) for start, end, span in _group(document))


def header_of(document: Document) -> str:
    """Say in one line what a document is: title, platforms or publisher, date."""
    source = document.sources[0]
    if document.events:
        event = document.events[0]
        parts: list[str | None] = [event.title, ", ".join(event.platforms), event.date]
    else:
        parts = [document.title, source.publisher, source.published]
    return " · ".join(part for part in parts if part)


def _group(document: Document) -> list[tuple[int, int, tuple[int, int]]]:
    groups: list[list[int]] = []
    for first, last in _blocks(document):
        words = _words(document, first, last)
        if groups:
            held = _words(document, groups[-1][0], groups[-1][1])
            if held < PASSAGE_WORDS and held + words <= PASSAGE_WORDS_MAX:
                groups[-1][1] = last
                continue
        groups.append([first, last])
    if len(groups) > 1:
        tail, before = _words(document, *groups[-1]), _words(document, *groups[-2])
        if tail < PASSAGE_WORDS // 2 and tail + before <= PASSAGE_WORDS_MAX:  # a scrap is found by nothing
            scrap = groups.pop()
            groups[-1][1] = scrap[1]
    return [(*_span(document, first, last), (first, last)) for first, last in groups]


def _blocks(document: Document) -> list[tuple[int, int]]:
    """List runs of statements, as (first, last + 1), whose blocks overlap and so must stay together."""
    runs: list[tuple[int, int]] = []
    reach = -1
    for number, statement in enumerate(document.statements):
        if runs and statement.block_start < reach:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
        reach = max(reach, statement.block_end)
    return runs


def _span(document: Document, first: int, last: int) -> tuple[int, int]:
    held = document.statements[first:last]
    return min(s.block_start for s in held), max(s.block_end for s in held)


def _words(document: Document, first: int, last: int) -> int:
    start, end = _span(document, first, last)
    return len(document.text[start:end].split())
