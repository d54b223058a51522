"""The terminal: a prompt with the same answers as in Discord, and how each result is printed."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.alt_text import spell_accounts
from bot.attribution import count, say_note
from bot.escape import reveal, squeeze
from bot.render import plain_text
from bot.source_words import Told
from corpus.source import Event, Source
from index.answer import Answer
from index.dates import spell_date, spell_span
from index.errors import BadQuestion
from index.handle import HandlePage
from index.holdings import Found, ShownDocument, Status
from index.intake import Progress as Report
from index.intake import Summary
from index.library import Library
from index.overseer import Ruled
from index.propose import Proposal
from index.rulings import Ruling, Target
from index.stored import Revision, StoredDocument, StoredStatement

PROMPT = "purgebot> "
PASSAGE_CHARS = 300
LOG_NAMES = 5
"""Documents that a line of the log names."""

out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())  # a pipe has no width to wrap to
err = Console(stderr=True, highlight=False)


@contextmanager
def progress_bars() -> Iterator[Report]:
    """Show bars on standard error for what takes its time; they vanish when it is done."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _RateColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        tasks: dict[str, object] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what.capitalize(), total=total)
            bars.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report


class _RateColumn(ProgressColumn):
    """How much is done in a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.0f}/s" if speed else "", style="progress.data.speed")


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on standard error, if somebody looks at it, what is waited for."""
    with err.status(f"{what} ...") if err.is_terminal else nullcontext():
        yield


def say(text: str, style: str | None = None) -> None:
    """Print a text as it is: no markup in it counts, and nothing in it is hidden or steers the terminal."""
    out.print(reveal(text), style=style, markup=False)


def converse(library: Library) -> None:
    """Answer questions from standard input until it ends."""
    if sys.stdin.isatty():
        held = library.status()
        say(f"Purgebot knows {held.documents} documents from {held.sources} sources. "
            "Ask a question; end with Ctrl-D."
        )  # fmt: skip
    for line in _questions():
        if not line.strip():
            continue
        try:
            show_answer(library.ask(line))
        except BadQuestion as error:
            err.print(reveal(str(error)), markup=False)


def _questions() -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    while True:
        try:
            yield out.input(PROMPT)
        except (EOFError, KeyboardInterrupt):
            out.print()
            return


def show_answer(answer: Answer) -> None:
    """Print an answer, in which what is hidden has been made visible."""
    headline, _, rest = plain_text(answer).partition("\n")
    out.print(headline, style="bold", markup=False)
    out.print(rest.rstrip(), markup=False)
    out.print()


def show_hits(found: Iterable[Found]) -> None:
    """Print ranked passages."""
    for number, one in enumerate(found, 1):
        passage = one.hit.passage
        text = " ".join(passage.text.split())
        say(f"{number}. {one.hit.score:.3f}  {one.document_id} [{passage.start}:{passage.end}]", "bold")
        say(f"   {text[:PASSAGE_CHARS]}{'...' if len(text) > PASSAGE_CHARS else ''}")


def show_handle(page: HandlePage) -> None:
    """Print what is known of a handle."""
    if not page.known:
        near = ", ".join(f"@{handle}" for handle in page.closest)
        say(f"@{page.handle} is not known here.{f' Closest: {near}' if near else ''}")
        return
    names = f" ({', '.join(page.display_names)})" if page.display_names else ""
    say(f"@{page.handle}{names}", "bold")
    for title, statements in (("Said", page.authored), ("Mentioned", page.mentioned), ("Named", page.named)):
        if statements:
            say(f"\n{title} ({len(statements)})", "bold")
        for stored in statements:
            say(f"- {_statement_line(stored)}")


def _statement_line(stored: StoredStatement) -> str:
    statement = stored.statement
    text = " ".join(stored.text.split())
    text = f"“{text}”" if statement.kind.is_quotation else text
    by = f"@{statement.handle}" if statement.handle else statement.speaker or "unknown"
    said = f"{by}, {spell_date(statement.date)}: {text} [{'; '.join(statement.source_ids)}]"
    return "\n  ".join([said, *(say_note(note) for note in stored.notes)])


def show_rulings(found: Sequence[Ruling]) -> None:
    """Print the rulings that hold."""
    if not found:
        out.print("No ruling holds.")
    for one in found:
        of = f" of {one.document_id}" if one.target is Target.STATEMENT else ""
        said = f": {one.text}" if one.text else ""
        by = f" by {one.author}" if one.author else ""
        ruled = f"{one.number}  {one.action} {one.target} “{one.value}”{of}{by}{said}"
        say(f"{ruled} ({one.at}, {one.actor})")


def show_ruled(ruled: Ruled, done: str) -> None:
    """Print what a ruling did."""
    numbers = ", ".join(f"{one.number} ({one.action} {one.target} “{one.value}”)" for one in ruled.rulings)
    say(f"{done}: ruling {numbers}")
    if not ruled.documents and any(one.target is not Target.DOCUMENT and not one.text for one in ruled.rulings):
        out.print("Nothing that is held is concerned; what is added later will be.")
    if ruled.documents:
        number = len(ruled.documents)
        change = f"{count(abs(ruled.statements), 'statement')} {'fewer' if ruled.statements >= 0 else 'more'}"
        say(f"{count(number, 'document')} read{'s' * (number == 1)} otherwise now: {change}")


def show_log(found: Sequence[Revision]) -> None:
    """Print the log of changes, newest first."""
    if not found:
        out.print("Nothing has been changed yet.")
    for one in found:
        told = "; ".join(f"{name}: {_few(value)}" for name, value in one.detail.items() if value)
        say(f"{one.revision}  {one.at}  {one.actor}  {one.action}  {told}")


def _few(value: Any) -> str:
    named = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return ", ".join(named[:LOG_NAMES]) + (f" and {len(named) - LOG_NAMES} more" if len(named) > LOG_NAMES else "")


def show_timeline(events: Sequence[Event], picture: Path | None = None) -> None:
    """Print events by date, by the numbers that they have in the picture."""
    if not events:
        out.print("No event fits.")
    table = Table(box=None, pad_edge=False)
    for column in ("No.", "Date", "Platforms", "Event", "Accounts", "Id"):
        table.add_column(column, overflow="fold")
    for number, event in enumerate(events, 1):
        table.add_row(
            str(number), spell_span(event.date, event.date_end), _plain(", ".join(event.platforms)),
            _plain(event.title), spell_accounts(event) if event.accounts else "", _plain(event.id),
        )  # fmt: skip
    if events:
        out.print(table)
    if picture is not None:
        say(f"Picture: {picture}")


def _plain(text: str) -> Text:
    return Text(reveal(text))


def show_documents(found: Sequence[tuple[StoredDocument, tuple[Source, ...]]]) -> None:
    """Print the documents and their sources."""
    if not found:
        out.print("No document fits.")
    for stored, sources in found:
        kind = "dossier" if stored.is_dossier else "article"
        say(f"{stored.id}  ({kind}) {stored.title or 'title not recorded'}", "bold")
        for source in sources:
            say(f"  {_source_line(source)}")


def _source_line(source: Source) -> str:
    title = source.title or "title not recorded"
    doubts = "; ".join(
        note
        for note, holds in (
            ("title composed", not source.title_exact),
            ("address not certain", source.url_doubtful),
            (f"no address: {source.url_missing}", source.url_missing is not None),
        )
        if holds
    )
    parts = [
        source.publisher or "publisher not recorded",
        title,
        spell_date(source.published),
        source.url or "",
    ]
    return f"{source.id}: {', '.join(part for part in parts if part)}{f' ({doubts})' if doubts else ''}"


def show_document(shown: ShownDocument) -> None:
    """Print one document whole."""
    show_documents([(shown.stored, shown.document.sources)])
    for event in shown.document.events:
        say(f"Confidence in this record: {event.confidence}")
    out.print()
    print(reveal(shown.document.text))


def show_proposals(linked: Sequence[str], proposals: Sequence[Proposal]) -> None:
    """Print the events that an article is linked to, and those that it may be about."""
    if linked:
        say(f"about: {', '.join(linked)}")
    for proposal in proposals:
        if proposal.event_id not in linked:
            say(f"may be about: {proposal.event_id}  {proposal.score:.2f}  ({proposal.why})")


def show_told(told: Told) -> None:
    """Print a headline and the facts below it."""
    say(told.headline, "bold")
    for label, value in told.facts:
        say(f"  {label}: {squeeze(value)}")


def show_summary(summary: Summary) -> None:
    """Print what a change did."""
    for name in ("added", "changed", "removed", "kept_out"):
        ids = getattr(summary, name)
        if ids:
            say(f"{name}: {', '.join(ids)}")
    counts = (
        len(summary.added),
        len(summary.changed),
        len(summary.removed),
        len(summary.unchanged),
        len(summary.failed),
    )
    names = ("added", "changed", "removed", "unchanged", "failed")
    say(", ".join(f"{count} {name}" for count, name in zip(counts, names, strict=True)))
    if summary.loss:
        out.print(
            f"int8 keeps {summary.loss.kept:.1%} of each passage's ten nearest, measured on "
            f"{count(summary.loss.passages, 'passage')}; PURGEBOT_EMBED_RUNTIME=onnx loses none",
            markup=False,
        )  # fmt: skip


def show_status(status: Status) -> None:
    """Print the state of the library."""
    table = Table(box=None, show_header=False, pad_edge=False)
    change = status.last_change
    for name, value in (
        ("revision", status.revision),
        ("documents", status.documents),
        ("sources", status.sources),
        ("statements", status.statements),
        ("passages", status.passages),
        ("vectors pending", status.vectors_pending),
        ("model", f"{status.model or 'none yet'} {(status.model_sha256 or '')[:12]}"),
        ("last change", f"{change.action} by {change.actor}, {change.at}" if change else "none"),
    ):
        table.add_row(name, _plain(str(value)))
    out.print(table)
