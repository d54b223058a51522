"""What the operator hides or answers: recorded as rulings, applied to all that is held, kept through every reindex."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, func, or_, select

from index import schema as t
from index.catalog import SHARED, Change
from index.errors import BadRuling, NothingToUndo
from index.handle import key_of
from index.history import Historian
from index.intake import Summary, index_documents, no_progress
from index.keeper import require_unmoved, until_unmoved
from index.redact import naming, redacted
from index.rulings import Action, Ruling, Target, concerning, words_pattern
from index.shelf import find, seen_by
from index.snapshot import Snapshot
from index.stored import StoredDocument
from index.visible import live

LEAST_CHARS = 2
"""A shorter name or handle would cover letters everywhere."""

WORD = re.compile(r"\w+")
NOTE_CHARS = 500
"""A longer correction or reply leaves no room on a phone for what it stands by."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a ruling did: the rulings that hold since or no more, the documents that read otherwise now, and how many
    statements fewer (or, where one was lifted, more) they show.
    """

    rulings: tuple[Ruling, ...]
    documents: tuple[str, ...]
    statements: int
    revision: int


@dataclass(frozen=True, slots=True)
class _Turn:
    """Rulings to record and to end in one change."""

    made: tuple[Ruling, ...] = ()
    lifted: tuple[Ruling, ...] = ()


class Overseer(Historian):
    """Hides statements, documents, persons and handles from every surface, and puts corrections and replies to them."""

    def rulings(self, scope: str = SHARED) -> list[Ruling]:
        """List the rulings that a scope made and that hold."""
        with self._catalog.read() as snapshot:
            return [one for one in snapshot.rulings() if one.scope == scope]

    def naming(self, scope: str = SHARED) -> Callable[[str], str]:
        """Return what writes a document's id as a scope may read it: what is hidden in it is covered."""
        with self._catalog.read() as snapshot:
            return naming(concerning(snapshot.rulings(), scope))

    def hide(
        self, target: Target, value: str, actor: str, scope: str = SHARED, *, document_id: str | None = None
    ) -> Ruled:
        """Hide something from every surface, now and after every reindex, until the ruling is lifted.

        With a person go the handles that speak under that name.

        Args:
            value: a document's or source's id, some words of one statement, a name, or a handle.
            scope: whom it is hidden from, with whose documents; for `SHARED` everybody, in every server.
            document_id: the document that holds the statement.

        Raises:
            BadRuling: it names nothing, or too much, or is hidden already.
            UnknownDocument: the scope sees no document of that id.
        """
        with self._catalog.read() as snapshot:
            ruling = _named(snapshot, Ruling(0, scope, Action.HIDE, target, value, document_id))
            made = [ruling, *_handles_of(snapshot, ruling)]
        return self._turn(_Turn(made=tuple(made)), actor, scope, "hide")

    def annotate(self, ruling: Ruling, actor: str) -> Ruled:
        """Put a correction or a reply to something, to be shown wherever it is cited.

        Raises:
            BadRuling, UnknownDocument: as for `hide`; or it has no text, or nobody is named who replies.
        """
        text = " ".join((ruling.text or "").split())
        author = " ".join((ruling.author or "").split()) or None
        if not 0 < len(text) <= NOTE_CHARS:
            raise BadRuling(f"the {ruling.action} has {len(text)} characters; write 1 to {NOTE_CHARS}")
        if ruling.action is Action.REPLY and not author:
            raise BadRuling("a reply needs its author; name who replies")
        with self._catalog.read() as snapshot:
            named = replace(_named(snapshot, ruling), text=text, author=author)
        return self._turn(_Turn(made=(named,)), actor, ruling.scope, str(ruling.action))

    def lift(self, number: int, actor: str, scope: str = SHARED) -> Ruled:
        """End a ruling: what it hid is seen again, what it said is shown no more.

        Raises:
            BadRuling: the scope made none of that number that holds.
        """
        held = [one for one in self.rulings(scope) if one.number == number]
        if not held:
            raise BadRuling(f"no ruling {number} holds; see 'purgebot rulings list'")
        return self._turn(_Turn(lifted=tuple(held)), actor, scope, "lift")

    def undo(self, actor: str, scope: str = SHARED, number: int | None = None) -> Summary:
        """Take back a change, a ruling too; see `Historian`."""
        with self._catalog.read() as snapshot:
            number = self._to_undo(snapshot, scope, number).revision
            made, lifted = _ruled_by(snapshot, scope, number)
        if not made and not lifted:
            return super().undo(actor, scope, number)
        done = self._turn(_Turn(made=tuple(lifted), lifted=tuple(made)), actor, scope, "undo", number)
        return Summary(changed=done.documents, revision=done.revision)

    def _turn(self, turn: _Turn, actor: str, scope: str, action: str, of: int | None = None) -> Ruled:
        return until_unmoved(lambda: self._turn_once(turn, actor, scope, action, of))

    def _turn_once(self, turn: _Turn, actor: str, scope: str, action: str, of: int | None) -> Ruled:
        with self._catalog.read() as snapshot:
            state = snapshot.state()
            held = snapshot.rulings()
            _refuse_again(held, turn)
            ended = {one.number for one in turn.lifted}
            rulings = [*(one for one in held if one.number not in ended), *turn.made]
            stale, fewer = [], 0
            for stored in _in_reach(snapshot, turn, scope):
                original, before = snapshot.load_original(stored.row), snapshot.load_document(stored.row)
                after = redacted(original, concerning(rulings, stored.scope))
                if after != before:
                    stale.append((original, stored))
                    fewer += len(before.statements) - len(after.statements)
        fresh = [(original, stored.fingerprint, stored.origin, stored.scope) for original, stored in stale]
        indexed = index_documents(fresh, rulings, self._embedder, self._catalog, no_progress) if fresh else []
        with self._catalog.write(actor, scope, action) as change:
            require_unmoved(change, state)
            _record(change, turn)
            for _, stored in stale:
                change.remove(stored.row)
            for one in indexed:
                change.add(one)
            change.detail = {
                "made": [f"{one.action} {one.target}" for one in turn.made],
                "lifted": [one.number for one in turn.lifted],
                "documents": [stored.id for _, stored in stale],
                **({"of": of} if of is not None else {}),
            }
        for changed in {stored.scope for _, stored in stale}:
            self._catch_up(changed)
        made = [one for one in self.rulings(scope) if one.number not in {ruling.number for ruling in held}]
        ids = tuple(stored.id for _, stored in stale)
        return Ruled(tuple(made) or turn.lifted, ids, fewer, change.number)


def _named(snapshot: Snapshot, ruling: Ruling) -> Ruling:
    """Find what a ruling names, and write it as it is recorded."""
    value = " ".join(ruling.value.split())
    match ruling.target:
        case Target.DOCUMENT:
            stored = find(snapshot, value, seen_by(ruling.scope))
            return replace(ruling, value=stored.id, document_id=stored.id, document_scope=stored.scope)
        case Target.STATEMENT:
            return _statement_of(snapshot, replace(ruling, value=value))
        case Target.HANDLE:
            value = key_of(value)
    if len(value) < LEAST_CHARS or (ruling.target is Target.HANDLE and not value.replace(".", "").isidentifier()):
        raise BadRuling(f"'{ruling.value}' is no {ruling.target}; write it as it stands in the sources")
    return replace(ruling, value=value)


def _statement_of(snapshot: Snapshot, ruling: Ruling) -> Ruling:
    stored = find(snapshot, ruling.document_id or "", seen_by(ruling.scope))
    pattern = words_pattern(ruling.value)
    found = [
        one.text for one in snapshot.statements_of_documents([stored.row]) if ruling.value and pattern.search(one.text)
    ]
    if len(set(found)) != 1:
        held = (
            f"{len(set(found))} statements of '{stored.id}' hold" if found else f"no statement of '{stored.id}' holds"
        )
        raise BadRuling(f"{held} these words; copy words that one alone holds from 'purgebot sources show {stored.id}'")
    return replace(ruling, value=found[0], document_id=stored.id, document_scope=stored.scope)


def _handles_of(snapshot: Snapshot, ruling: Ruling) -> list[Ruling]:
    """Make rulings of the handles that speak under the name of a person."""
    if ruling.target is not Target.PERSON:
        return []
    rows = t.statements.c
    speaks = and_(func.lower(rows.speaker) == ruling.value.lower(), rows.handle_key.is_not(None))
    query = select(rows.handle_key).select_from(t.statements.join(t.documents)).distinct()
    spoken = snapshot.rows(query.where(speaks, live(_reach(snapshot, ruling.scope))))
    held = {(one.scope, one.target, one.value) for one in snapshot.rulings() if one.action is Action.HIDE}
    return [
        replace(ruling, target=Target.HANDLE, value=row.handle_key)
        for row in spoken
        if (ruling.scope, Target.HANDLE, row.handle_key) not in held
    ]


def _refuse_again(held: Sequence[Ruling], turn: _Turn) -> None:
    for made in turn.made:
        for one in held:
            same = (one.scope, one.action, one.target, one.value, one.document_scope, one.text)
            if same == (made.scope, made.action, made.target, made.value, made.document_scope, made.text):
                raise BadRuling(f"ruling {one.number} does that already; see 'purgebot rulings list'")


def _record(change: Change, turn: _Turn) -> None:
    for ruling in turn.made:
        change.rule(ruling)
    for ruling in turn.lifted:
        change.lift(ruling.number)


def _ruled_by(snapshot: Snapshot, scope: str, revision: int) -> tuple[list[Ruling], list[Ruling]]:
    """List the rulings that a change made and that hold still, and those that it lifted."""
    made = [one for one in snapshot.rulings(added=revision) if one.scope == scope]
    lifted = [one for one in snapshot.rulings(removed=revision) if one.scope == scope]
    if not made and snapshot.rulings(added=revision, held=False):
        raise NothingToUndo(f"change {revision} was taken back already; see 'purgebot sources log'")
    return made, lifted


def _in_reach(snapshot: Snapshot, turn: _Turn, scope: str) -> list[StoredDocument]:
    """List the documents that rulings may change: those that hold a word of theirs."""
    found: dict[int, StoredDocument] = {}
    for ruling in (*turn.made, *turn.lifted):
        if ruling.action is Action.HIDE and ruling.target is not Target.DOCUMENT:
            word = max(WORD.findall(ruling.value) or [ruling.value], key=len)
            reach = snapshot.documents_where(_holds(word), _reach(snapshot, scope))
            found.update((stored.row, stored) for stored in reach)
    return list(found.values())


def _reach(snapshot: Snapshot, scope: str) -> list[str]:
    """List the scopes whose documents a scope's rulings change."""
    if scope != SHARED:
        return [scope]
    return [row.scope for row in snapshot.rows(select(t.documents.c.scope).distinct())]


def _holds(word: str) -> Any:
    """Tell, in SQL, the documents that hold a word as they were read, whatever its case; SQLite folds ASCII only."""
    if not word.isascii():
        return t.documents.c.row.is_not(None)
    whole = t.documents.alias()
    read = func.coalesce(t.documents.c.original, t.documents.c.row)

    def holds(column: Any) -> Any:
        return func.instr(func.lower(func.coalesce(column, "")), word.lower()) > 0

    texts = select(whole.c.row).where(
        whole.c.row == read, or_(*map(holds, (whole.c.text, whole.c.title, whole.c.path)))
    )
    names = ("title", "author", "publisher", "url", "archive_url", "url_missing")
    cited = select(t.sources.c.id).where(
        t.sources.c.document_row == read, or_(*(holds(t.sources.c[name]) for name in names))
    )
    return or_(texts.exists(), cited.exists())
