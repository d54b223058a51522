"""What the operator rules on: things that nobody may see any more, and what the person concerned says to one."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Statement

ALIKE = ("'’‘ʼ`´", "-‐‑‒–")
"""Apostrophes, and hyphens: whoever hides a name need not know which of them a source has."""
BETWEEN = r"(?:[\s*_+.\u00ad\u200b-\u200d\u2060\ufeff-]|%20)+"
"""What may stand between the words of a name: blanks seen and unseen, marks of Markdown, an address's own signs."""
PLAIN_HANDLE = 6
"""A handle of fewer letters ("jack") may be a word or name of its own where no @ stands before it."""


class Action(StrEnum):
    """What a ruling does."""

    HIDE = "hide"
    CORRECTION = "correction"  # the operator's: shown wherever the thing is cited
    REPLY = "reply"  # by the person concerned, in their own words: shown wherever the thing is cited


class Target(StrEnum):
    """What a ruling is about."""

    DOCUMENT = "document"
    STATEMENT = "statement"
    PERSON = "person"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling as it is recorded; it outlives every reindex and ends only when it is lifted.

    `value` is a document's id, a statement's words, a person's name, or a handle in lower case without @.
    `document_id` and `document_scope` are those of the document that a ruling on a document or statement names.
    `scope` is whom it holds for: empty for everybody. `text`, `author` and `date` are those of a correction or reply.
    """

    number: int
    scope: str
    action: Action
    target: Target
    value: str
    document_id: str | None = None
    document_scope: str | None = None
    text: str | None = None
    author: str | None = None
    date: str | None = None
    at: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A correction or a reply that stands by a statement; `author` is who replies, None for a correction."""

    kind: Action
    text: str
    author: str | None
    date: str | None


def concerning(rulings: Iterable[Ruling], scope: str) -> list[Ruling]:
    """Take the rulings that hold for the documents of one scope."""
    return [one for one in rulings if one.scope in ("", scope)]


def notes_on(
    rulings: Sequence[Ruling], scope: str, document_id: str, text: str, statement: Statement
) -> tuple[Note, ...]:
    """List the corrections and replies that stand by a statement.

    Args:
        scope: that of its document.
        text: its words.
    """
    return tuple(
        Note(one.action, one.text or "", one.author, one.date)
        for one in concerning(rulings, scope)
        if one.action is not Action.HIDE and _is_about(one, scope, document_id, text, statement)
    )


def words_pattern(words: str) -> re.Pattern[str]:
    """Find words as they are written, whatever white space stands between them."""
    escaped = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){escaped}(?!\w)", re.IGNORECASE)


def name_pattern(name: str) -> re.Pattern[str]:
    """Find a person's name, in an address too, however its accents, apostrophes and hyphens are typed.

    The group `last` is its last word.
    """
    *first, last = (_spelled(word) for word in name.split())
    begin = "".join(f"{word}{BETWEEN}" for word in first)
    return re.compile(rf"(?<![^\W_]){begin}(?P<last>{last})(?![^\W_])", re.IGNORECASE)


def _spelled(word: str) -> str:
    """Write one word of a name as a pattern for all its spellings."""
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
    return f"(?:{'|'.join(''.join(map(_sign, form)) for form in sorted(forms))})"


def _sign(sign: str) -> str:
    return next((f"[{re.escape(alike)}]" for alike in ALIKE if sign in alike), re.escape(sign))


def handle_pattern(handle: str) -> re.Pattern[str]:
    """Find a handle where it cannot be another word: behind @, in an address, or where its form shows it."""
    escaped = re.escape(handle)
    telling = re.search(r"[\d_]", handle) or len(handle) >= PLAIN_HANDLE
    bare = rf"(?<![\w@]){escaped}(?!\w)" if telling else rf"(?<=/){escaped}(?!\w)"
    return re.compile(rf"(?<!\w)@{escaped}(?!\w)|{bare}", re.IGNORECASE)


def _is_about(ruling: Ruling, scope: str, document_id: str, text: str, statement: Statement) -> bool:
    match ruling.target:
        case Target.DOCUMENT:
            return (ruling.value, ruling.document_scope) == (document_id, scope)
        case Target.STATEMENT:
            return ruling.value == text
        case Target.PERSON:
            return bool(name_pattern(ruling.value).search(f"{statement.speaker or ''}\n{text}"))
        case Target.HANDLE:
            own = (statement.handle or "").lower() == ruling.value
            return own or bool(handle_pattern(ruling.value).search(text))
