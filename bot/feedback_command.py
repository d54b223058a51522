"""`purgebot feedback`: what members said of answers, in servers and in direct messages, for whoever runs the bot."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

from typer import Option

from bot.shell import AsJson, checked_scope, print_json, read_settings

if TYPE_CHECKING:
    from bot.forms import Form
    from bot.remembered import FeedbackEntry
    from bot.state import State

PER_PAGE = 200
DIRECT = "Direct messages"
Server = Annotated[
    str,
    Option("--scope", metavar="SERVER", help="A Discord server's id; all servers and direct messages if left out."),
]


def feedback(scope: Server = "", as_json: AsJson = False) -> None:
    """List votes, reasons and reports; of all servers and of direct messages unless one server is named."""
    from bot.state import State

    server = checked_scope(scope)
    with closing(State(read_settings().data)) as state:
        guilds = [int(server)] if server else [None, *sorted(state.guilds())]
        entries = [entry for guild_id in guilds for entry in entries_of(state, guild_id)]
    if as_json:
        print_json(feedback_form(entries))
    else:
        _show(entries)


def entries_of(state: "State", guild_id: int | None, per_page: int = PER_PAGE) -> "Iterator[FeedbackEntry]":
    """Read all that members of a server said, or that was said in direct messages, latest first."""
    number, pages = 0, 1
    while number < pages:
        page = state.feedback(guild_id, number, per_page)
        yield from page.entries
        number, pages = number + 1, page.pages


def feedback_form(entries: "Sequence[FeedbackEntry]") -> "Form":
    """Give what members said its form, as `docs/command-line.md` draws it."""
    return {
        "answers": [_entry_form(entry) for entry in entries],
        "up": sum(entry.up for entry in entries),
        "down": sum(entry.down for entry in entries),
        "reports": sum(len(entry.reports) for entry in entries),
    }


def _entry_form(entry: "FeedbackEntry") -> "Form":
    held = entry.answer
    return {
        "id": held.id,
        "server": str(held.guild_id) if held.guild_id is not None else None,
        "at": held.at,
        "question": held.question,
        "outcome": held.outcome,
        "up": entry.up,
        "down": entry.down,
        "reasons": list(entry.reasons),
        "reports": [{"kind": one.kind, "text": one.text, "at": one.at} for one in entry.reports],
    }


def _show(entries: "Sequence[FeedbackEntry]") -> None:
    """Print what members said, by server."""
    from itertools import groupby

    from bot.terminal import out

    if not entries:
        out.print("Nobody has voted on an answer or reported one yet.")
    for guild_id, group in groupby(entries, key=lambda entry: entry.answer.guild_id):
        out.print(DIRECT if guild_id is None else f"Server {guild_id}", style="bold", markup=False)
        for entry in group:
            for line in _lines(entry):
                out.print(line, markup=False)
        out.print()


def _lines(entry: "FeedbackEntry") -> Iterator[str]:
    """Write one answer's feedback; what members wrote stands on one line, nothing in it hidden."""
    from bot.escape import reveal, squeeze
    from bot.feedback import ERASED
    from index.dates import spell_date

    held = entry.answer
    yield f"{held.id}  {spell_date(held.at[:10])}  {reveal(squeeze(held.question or f'({ERASED})'))}"
    yield f"  for {entry.up}, against {entry.down}, reports {len(entry.reports)}"
    for report in entry.reports:
        yield f"  - reported as {report.kind}: {reveal(squeeze(report.text)) or '(nothing more was written)'}"
    for reason in entry.reasons:
        yield f"  - against it: {reveal(squeeze(reason))}"
