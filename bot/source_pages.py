"""What is held, and what was changed -> pages for moderators. Blocks."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.attribution import count, short_name
from bot.escape import escape, squeeze
from bot.jobs import Job
from bot.limits import DESCRIPTION_UNITS, MESSAGE_UNITS, chunks, clip, units
from bot.listings import SECTIONS, entry_for
from bot.pages import cover, paginate
from bot.render import Reply
from bot.source_words import NAMES, Told, tell_kinds, tell_source, tell_summary
from bot.sourcing import Held, SourceDesk, hidden_documents, matching, title_of
from bot.wording import HEADINGS
from corpus.document import Kind
from index.answer import CitedSource
from index.catalog import SHARED
from index.claims import claim_of
from index.dates import spell_date
from index.intake import Summary
from index.stored import Revision

TITLE_UNITS = 120
NAME_UNITS = 60
FACT_UNITS = 300
REASON_UNITS = 160
PAGE_UNITS = MESSAGE_UNITS - 200
LOGGED = 500
REASONS = 5
ACTIONS = {
    "add": "added", "remove": "removed", "undo": "took back change", "hide": "hid", "lift": "shows again",
    "link": "linked", "reindex": "brought the folders into step", "share": "shared", "correction": "corrected",
    "reply": "put a reply to",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One page, counted from 0, of so many."""

    reply: Reply
    number: int
    pages: int


def list_page(desk: SourceDesk, scope: str, number: int, kind: str, words: str) -> Page:
    """List what a server sees, its own first, and what it hides."""
    held, named = desk.library.documents(scope), desk.library.naming(scope)
    found = sorted(matching(held, words, kind), key=lambda one: one[0].scope == SHARED)
    own = sum(stored.scope != SHARED for stored, _ in held)
    shown = f"**{count(len(found), 'source document')}**" + (
        f" that fit{'s' * (len(found) == 1)} “{escape(words)}”" if words else ""
    )
    head = [f"{shown} · {own} of this server's own, {len(held) - own} shared by all"]
    hidden = hidden_documents(desk.library.rulings(scope)) if scope else []
    if hidden and not words:
        gone = ", ".join(escape(clip(named(one.value), NAME_UNITS)) for one in hidden[:NAMES])
        head.append(f"-# Hidden from this server: {gone}{_more(len(hidden))}. `/sources unhide` shows one again.")
    return _page(head, [_listed(one, named) for one in found] or ["Nothing fits."], number)


def log_page(desk: SourceDesk, scope: str, number: int) -> Page:
    """List what was changed in a server, newest first."""
    found = desk.library.log(scope, LOGGED)
    named = desk.library.naming(scope)
    lines = [_logged(one, named) for one in found] or ["Nothing has been changed in this server yet."]
    return _page(["**Changes to this server's sources**"], lines, number)


def show_page(desk: SourceDesk, scope: str, number: int, identifier: str, *, embedded: bool) -> Page:
    """Show one document whole: what is recorded of it, then its statements.

    Raises:
        UnknownDocument: the scope sees none of that id.
    """
    shown = desk.library.show(identifier, scope)
    document, stored = shown.document, shown.stored
    sources = [CitedSource(source, None) for source in document.sources]
    claims = [claim_of(one, document.event_ids) for one in shown.statements]
    kinds = {kind: sum(claim.kind is kind for claim in claims) for kind in Kind}
    whose = "this server's own" if stored.scope != SHARED else "shared by all"
    facts = [("Kind", f"{'dossier' if stored.is_dossier else 'article'}, {whose}"), ("Text", tell_kinds(kinds))]
    if not stored.is_dossier:
        facts += list(tell_source(document.sources[0]))[1:]
        seen = {event.id for event in desk.library.timeline(scope)}
        facts.append(("Linked to", ", ".join(one for one in document.event_ids if one in seen) or "no event"))
    head = cover(title_of(stored), " · ".join(f"{label}: {clip(value, 150)}" for label, value in facts))
    entries = [entry_for(SECTIONS[one.section] if one.section else HEADINGS[one.voice], one, sources) for one in claims]
    pages = paginate(head, entries, sources, embedded=embedded)
    number = min(number, len(pages) - 1)
    return Page(pages[number], number, len(pages))


def told_reply(told: Told, *notes: str) -> Reply:
    """Lay out a headline with its facts, and what we add in small print (escaped already)."""
    lines = [f"**{escape(clip(told.headline, TITLE_UNITS * 2))}**"]
    lines += [f"- **{label}:** {escape(clip(squeeze(value), FACT_UNITS))}" for label, value in told.facts]
    small = [f"-# {note}" for note in notes if note]
    taken = sum(len(note) + 1 for note in small)
    short, long = (next(chunks(lines, most - taken), "") for most in (MESSAGE_UNITS, DESCRIPTION_UNITS))
    return Reply("\n".join([short, *small]), "\n".join([long, *small]))


def progress_text(job: Job) -> str:
    """Say how far a job is: not in numbers, for they count what other servers added, too."""
    what, done, total = job.at
    now = f"{what}, {done / max(1, total):.0%}".replace("%", " %") if what else "looking at the folders"
    left_s = job.left_s
    left = "" if left_s is None else f" · this step ends <t:{int(time.time() + left_s)}:R>"
    return f"**Reindexing**, begun by {escape(job.who)}: {escape(now)}{' · stopping' if job.stopped_by else left}"


def summary_text(job: Job, summary: Summary, *, names_files: bool) -> str:
    """Say what a reindex did, in numbers.

    Args:
        names_files: whether to name the files that failed, with the reason; they are the operator's.
    """
    lines = [f"**Reindexed**, as {escape(job.who)} asked: {tell_summary(summary)}."]
    named = summary.failed[:REASONS] if names_files else ()
    lines += [f"- {escape(_reason(path, reason))}" for path, reason in named]
    rest = len(summary.failed) - len(named)
    if rest:
        which = f"{rest} more failed; the log of whoever runs this bot names them."
        lines.append(f"-# {which if named else 'Which files failed, and why, is in the log of whoever runs this bot.'}")
    return next(chunks(lines, PAGE_UNITS))


def _reason(path: str, reason: str) -> str:
    """Say what is the matter with a file, by its name alone: its folder is nobody's business."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    folder = path[: len(path) - len(name)]
    for private in (ascii(path), path, folder):  # `ascii` of a name that cannot be stored
        reason = reason.replace(private, "") if private else reason
    return clip(f"{clip(name, NAME_UNITS)}: {reason.lstrip(': ,')}", REASON_UNITS)


def _listed(held: Held, named: Callable[[str], str]) -> str:
    stored, cited = held
    kind = "dossier" if stored.is_dossier else "article"
    first = cited[0] if cited and not stored.is_dossier else None
    publisher = short_name(first.publisher) if first and first.publisher else ""
    when = spell_date(first.published) if first and first.published else ""
    told = [f"{kind} of this server" if stored.scope != SHARED else kind, clip(squeeze(publisher), NAME_UNITS), when]
    told += [count(len(cited), "source")] if stored.is_dossier else []
    small = escape(" · ".join(part for part in (*told, clip(named(stored.id), NAME_UNITS)) if part))
    return f"**{escape(clip(squeeze(title_of(stored)), TITLE_UNITS))}**\n-# {small}"


def _logged(one: Revision, named: Callable[[str], str]) -> str:
    when = f"<t:{int(datetime.fromisoformat(one.at).timestamp())}:f>"
    of = one.detail.get("of")
    names = [str(name) for key in ("documents", "restored", "removed", "added", "changed") for name in _names(one, key)]
    ids = ", ".join(clip(named(name), NAME_UNITS) for name in dict.fromkeys(names[:NAMES]))
    what = f"{ACTIONS.get(one.action, one.action)}{f' {of}' if of is not None else ''}"
    return f"- **{one.revision}** {when} {escape(clip(one.actor, NAME_UNITS))}: {escape(what)} {escape(ids)}".rstrip()


def _names(one: Revision, key: str) -> Sequence[object]:
    held = one.detail.get(key, ())
    return held if isinstance(held, list) else ()


def _page(head: Sequence[str], lines: Iterable[str], number: int) -> Page:
    room = PAGE_UNITS - sum(units(line) + 1 for line in head)
    pages = list(chunks(lines, room))
    number = min(number, len(pages) - 1)
    foot = [f"-# page {number + 1} of {len(pages)}"] if len(pages) > 1 else []
    text = "\n".join([*head, "", pages[number], *foot])
    return Page(Reply(text, text), number, len(pages))


def _more(number: int) -> str:
    return f" and {number - NAMES} more" if number > NAMES else ""
