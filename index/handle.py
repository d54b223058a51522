"""A handle -> everything that it said and every place where it is mentioned."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process

from corpus.document import Kind, Statement
from corpus.posts import LINK
from corpus.source import Source
from index.mentions import handles, handles_with_prefix, statements_by_handle, statements_mentioning, statements_naming
from index.snapshot import Snapshot
from index.stored import StoredStatement

CLOSEST = 5
CLOSEST_SCORE = 60
"""Of 100; below it a handle looks like another only by chance."""

EMBEDDED = re.compile(r"[—–―-][^\n]{0,90}\(\[?@(?P<at>\w+)\b(?!\.)[^\n]{0,60}\d{4}")
"""`— Name (@handle) February 21, 2018`: how a tweet stands in a page whose script did not run; a handle with dots is
another network's. Source: X developer platform, "oEmbed API"."""

LINKED = ((re.compile(r"pic\.twitter\.com|\btwitter\.com/"), "Twitter"), (re.compile(r"instagram\.com/"), "Instagram"))
"""Addresses that only posts on one platform hold."""

RENAMED = "2023-07-24"
"""Since then tweets are posts on X."""

FOLD = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class HandlePage:
    """What is known of a handle, each list in order of date, what has none last.

    `authored`: every statement by it. `mentioned`: every other statement in which the handle itself stands, and what
    surrounds it where it stands in none. `named`: those in which only its display name stands, or whose speaker has
    that name and no handle. The same words in two documents are one entry with the sources of both; a dossier's
    paraphrase of them is another. `platforms`: where the form of its posts or the events of its documents tell, else
    empty. `sources` come with the file that each was read from. `closest`: known handles that look like an unknown
    one, most alike first.
    """

    handle: str
    known: bool
    display_names: tuple[str, ...]
    platforms: tuple[str, ...]
    authored: tuple[StoredStatement, ...]
    mentioned: tuple[StoredStatement, ...]
    named: tuple[StoredStatement, ...]
    sources: tuple[tuple[Source, str | None], ...]
    closest: tuple[str, ...]


def look_up(handle: str, snapshot: Snapshot, scopes: Sequence[str]) -> HandlePage:
    """Look a handle up, with or without @, whatever its case."""
    wanted = key_of(handle)
    authored = statements_by_handle(snapshot, wanted, scopes)
    own = {stored.row for stored in authored}
    mentioned = [one for one in statements_mentioning(snapshot, wanted, scopes) if one.row not in own]
    names = tuple(dict.fromkeys(one.statement.speaker for one in authored if one.statement.speaker))
    named = _naming(names, wanted, own | {stored.row for stored in mentioned}, snapshot, scopes)
    spelled = next(iter(handles_with_prefix(snapshot, wanted, 1, scopes)), "") if authored or mentioned else ""
    lists = [tuple(sorted(_merged(found), key=_place)) for found in (authored, mentioned, named)]
    return HandlePage(
        handle=spelled or wanted,
        known=bool(authored or mentioned),
        display_names=tuple(name for name in names if key_of(name) != wanted),
        platforms=_platforms(authored or mentioned, snapshot, scopes),
        authored=lists[0],
        mentioned=lists[1],
        named=lists[2],
        sources=tuple(_cited([*authored, *mentioned, *named], snapshot)),
        closest=() if authored or mentioned else closest(wanted, handles(snapshot, scopes)),
    )


def suggest(prefix: str, limit: int, snapshot: Snapshot, scopes: Sequence[str]) -> list[str]:
    """List known handles that begin with what was typed so far, in order, as written."""
    return handles_with_prefix(snapshot, key_of(prefix), limit, scopes)


def key_of(handle: str) -> str:
    """Bring a handle into the form by which it is found: no @, no Mastodon server, lower case."""
    typed = handle.encode("utf-8", "ignore").decode()  # a shell may pass bytes that are no text
    return typed.strip().lstrip("@").split("@")[0].lower()


def closest(wanted: str, known: dict[str, str]) -> tuple[str, ...]:
    """List the known handles that look most like another."""
    found = process.extract(wanted, list(known), limit=CLOSEST, score_cutoff=CLOSEST_SCORE)
    return tuple(known[key] for key, _, _ in found)


def _naming(
    names: Iterable[str], wanted: str, seen: set[int], snapshot: Snapshot, scopes: Sequence[str]
) -> list[StoredStatement]:
    """Find statements that name an author by display name; "Ann" is not named by "Annual"."""
    found: dict[int, StoredStatement] = {}
    for name in names:
        if key_of(name) == wanted:
            continue
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for stored in statements_naming(snapshot, name, scopes):
            speaks = stored.statement.speaker == name and stored.statement.handle is None
            if stored.row not in seen and (speaks or whole.search(stored.text)):
                found[stored.row] = stored
    return list(found.values())


def _platforms(found: Sequence[StoredStatement], snapshot: Snapshot, scopes: Sequence[str]) -> tuple[str, ...]:
    """Tell the platforms of a handle by the form of its posts, else by the events of its documents."""
    texts = snapshot.document_texts([one.document_row for one in found])
    told = [
        name
        for one in found
        for name in _told(one.statement, texts[one.document_row])
        if one.statement.kind is Kind.POST
    ]
    if told:
        return tuple(dict.fromkeys(told))
    linked = {event_id for event_ids in snapshot.event_ids(list(texts)).values() for event_id in event_ids}
    platforms = [event.platforms for event in snapshot.events_seen(scopes) if event.id in linked]
    plain = [names for names in platforms if len(names) == 1]  # an event on several does not tell which is the handle's
    return tuple(dict.fromkeys(name for names in plain or platforms for name in names))


def _told(statement: Statement, text: str) -> list[str]:
    block = text[statement.block_start : statement.block_end]
    found = [name for pattern, name in LINKED if pattern.search(block)]
    embedded = any(match["at"].lower() == (statement.handle or "").lower() for match in EMBEDDED.finditer(block))
    if embedded and not found:
        found.append("Twitter")
    return ["X" if name == "Twitter" and (statement.date or "") >= RENAMED else name for name in found]


def _cited(found: Sequence[StoredStatement], snapshot: Snapshot) -> list[tuple[Source, str | None]]:
    rows = sorted({stored.document_row for stored in found})
    cited = {source_id for stored in found for source_id in stored.statement.source_ids}
    documents, sources = snapshot.documents_in(rows), snapshot.sources_by_document(rows)
    return [(source, documents[row].path) for row in rows for source in sources.get(row, ()) if source.id in cited]


def _merged(found: Iterable[StoredStatement]) -> list[StoredStatement]:
    """Join what two documents hold of the same words: the sources of both, the fuller of two dates."""
    merged: dict[tuple[str | bool | None, ...], list[StoredStatement]] = {}
    for stored in found:
        alike = merged.setdefault(_words_of(stored), [])
        for number, first in enumerate(alike):
            if _may_be_one_day(first.statement.date, stored.statement.date):
                alike[number] = _joined(first, stored)
                break
        else:
            alike.append(stored)
    return [stored for alike in merged.values() for stored in alike]


def _words_of(stored: StoredStatement) -> tuple[str | bool | None, ...]:
    """Give what the same post has in common wherever it is shown: not its links, quotation marks or line breaks."""
    statement = stored.statement
    words = " ".join(LINK.sub(" ", stored.text).translate(FOLD).split())
    speaker = statement.handle.lower() if statement.handle else statement.speaker
    return words or stored.text, speaker, statement.kind.is_quotation, statement.kind is Kind.PARAPHRASE


def _joined(first: StoredStatement, second: StoredStatement) -> StoredStatement:
    source_ids = tuple(dict.fromkeys((*first.statement.source_ids, *second.statement.source_ids)))
    date = max((first.statement.date, second.statement.date), key=_fullness)
    return replace(first, statement=replace(first.statement, source_ids=source_ids, date=date))


def _fullness(date: str | None) -> tuple[bool, int]:
    return (date is not None and not date.startswith("--"), len(date or ""))


def _may_be_one_day(first: str | None, second: str | None) -> bool:
    """Say whether two dates, cut to what is known, do not contradict each other."""
    if first is None or second is None:
        return True
    if first.startswith("--") or second.startswith("--"):
        return first[-5:] == second[-5:] or min(len(first), len(second)) == len("2018")
    return first.startswith(second) or second.startswith(first)


def _place(stored: StoredStatement) -> tuple[bool, str, str, int]:
    date = stored.statement.date
    undated = date is None or date.startswith("--")
    return undated, date or "~", stored.document_id, stored.ordinal
