"""Document + rulings -> the document as it may be shown, letter for letter as long as before.

What is hidden is taken out here, before anything is cut, embedded or counted, so that nothing behind has to know of it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.document import Document, Statement
from corpus.source import Source
from index.rulings import Action, Ruling, Target, handle_pattern, name_pattern, words_pattern

COVER = "█"
HIDDEN = "[hidden]"
"""Stands at the place of a whole statement, filled up with spaces."""
ADDRESS_HIDDEN = "hidden by the operator"
LAST_NAME_CHARS = 4
"""A shorter last name is not looked for alone: it is too often another word."""

PATTERNS = {Target.HANDLE: handle_pattern, Target.PERSON: name_pattern, Target.STATEMENT: words_pattern}
"""How what is hidden is found in a text."""

Span = tuple[int, int]
Text = TypeVar("Text", str, str | None)


def redacted(document: Document, rulings: Iterable[Ruling]) -> Document:
    """Take out of a document what is hidden; all that stays keeps its place.

    Statements by a hidden handle or person go with the words that attribute them. Elsewhere their names are
    covered. Hidden words go wherever they stand.

    Args:
        rulings: those that hold for the document's scope; whole documents are hidden when they are read.
    """
    hiding = [one for one in rulings if one.action is Action.HIDE and one.target is not Target.DOCUMENT]
    if not hiding:
        return document
    gone = [*_by_hidden(document.statements, hiding), *_hidden_words(document.text, hiding)]
    names = _covered_names(document, hiding)
    covered = [match.span() for pattern in names for match in pattern.finditer(document.text)]
    if not gone and not any(pattern.search(_spoken(document)) for pattern in names):
        return document
    kept = [s for s in document.statements if not any(s.start < end and start < s.end for start, end in gone)]
    return replace(
        document,
        text=_blotted(document.text, gone, covered),
        title=_cover(document.title, names),
        sources=tuple(_source(one, names, _file(document)) for one in document.sources),
        events=tuple(replace(one, title=_cover(one.title, names)) for one in document.events),
        statements=tuple(_statement(one, names) for one in kept),
    )


def naming(rulings: Iterable[Ruling]) -> Callable[[str], str]:
    """Return what covers hidden names and handles in a document's id, which was made of its file's name."""
    hiding = [one for one in rulings if one.action is Action.HIDE]
    names = [*_patterns(hiding, Target.PERSON), *_patterns(hiding, Target.HANDLE)]
    return lambda text: _cover(text, names)


def _by_hidden(statements: Sequence[Statement], hiding: Sequence[Ruling]) -> list[Span]:
    """Find the blocks of statements by somebody who is hidden."""
    handles = {one.value for one in hiding if one.target is Target.HANDLE}
    names = _patterns(hiding, Target.PERSON)
    return [
        (s.block_start, s.block_end)
        for s in statements
        if (s.handle or "").lower() in handles or any(name.search(s.speaker or "") for name in names)
    ]


def _hidden_words(text: str, hiding: Sequence[Ruling]) -> list[Span]:
    patterns = _patterns(hiding, Target.STATEMENT)
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


def _patterns(hiding: Iterable[Ruling], target: Target) -> list[re.Pattern[str]]:
    return [PATTERNS[target](one.value) for one in hiding if one.target is target]


def _covered_names(document: Document, hiding: Sequence[Ruling]) -> list[re.Pattern[str]]:
    """List what is covered in a document; a last name alone only where the whole name stands too."""
    found = _patterns(hiding, Target.HANDLE)
    spoken = _spoken(document)
    for whole in _patterns(hiding, Target.PERSON):
        written = {match["last"] for match in whole.finditer(spoken) if match["last"] in match[0].split()[1:]}
        last = [re.escape(name) for name in sorted(written) if len(name) >= LAST_NAME_CHARS]
        found += [whole, *(re.compile(rf"(?<!\w){name}(?!\w)") for name in last)]
    return found


def _spoken(document: Document) -> str:
    """Give all that a reader may see of a document in one text."""
    parts: list[str | None] = [
        document.text,
        document.title,
        *(event.title for event in document.events),
        _file(document),
    ]
    for source in document.sources:
        parts += [source.publisher, source.title, source.author, source.url, source.archive_url, source.url_missing]
    for statement in document.statements:
        parts += [statement.speaker, statement.role, statement.via]
    return "\n".join(part for part in parts if part)


def _blotted(text: str, gone: Iterable[Span], covered: Iterable[Span]) -> str:
    letters = list(text)
    for start, end in covered:
        letters[start:end] = [COVER if not letter.isspace() else letter for letter in letters[start:end]]
    for start, end in gone:
        mark = HIDDEN if end - start >= len(HIDDEN) else COVER * (end - start)
        blank = [letter if letter == "\n" else " " for letter in letters[start:end]]
        letters[start:end] = [*mark, *blank[len(mark) :]]
    return "".join(letters)


def _cover(text: Text, names: Iterable[re.Pattern[str]]) -> Text:
    if text is None:
        return text
    for pattern in names:
        text = pattern.sub(lambda match: COVER * len(match[0]), text)
    return text


def _statement(statement: Statement, names: Sequence[re.Pattern[str]]) -> Statement:
    return replace(
        statement,
        speaker=_cover(statement.speaker, names),
        role=_cover(statement.role, names),
        via=_cover(statement.via, names),
    )


def _file(document: Document) -> str:
    """Name the file that stands for the address of a source that has none; the folders above it are never shown."""
    return re.split(r"[/\\]", document.path or "")[-1]


def _source(source: Source, names: Sequence[re.Pattern[str]], file: str) -> Source:
    told = _tells(source.url or file, names)
    return replace(
        source,
        publisher=_cover(source.publisher, names),
        title=_cover(source.title, names),
        author=_cover(source.author, names),
        url=None if told else source.url,
        url_missing=ADDRESS_HIDDEN if told else _cover(source.url_missing, names),
        archive_url=None if _tells(source.archive_url or "", names) else source.archive_url,
    )


def _tells(url: str, names: Iterable[re.Pattern[str]]) -> bool:
    """Say whether an address holds a name, as such or with hyphens between its words."""
    return any(pattern.search(url) or pattern.search(re.sub(r"[-_+.]|%20", " ", url)) for pattern in names)
