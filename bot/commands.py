"""The commands: run, ask, search, handle, timeline, reindex, status."""

import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option, Typer

from bot.feedback_command import feedback
from bot.ruling_commands import rulings
from bot.shell import (
    ACTOR,
    AsJson,
    BadInput,
    Scope,
    checked_scope,
    draw_into,
    going_on,
    lines_of,
    open_library,
    print_json,
    read_settings,
    tell_failed,
)
from bot.source_commands import sources

if TYPE_CHECKING:
    from index.answer import Answer
    from index.holdings import Found

app = Typer(
    help="Answers questions about platform purges from its sources, verbatim and attributed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(sources, name="sources")
app.add_typer(rulings, name="rulings")
app.command()(feedback)


@app.command()
def run() -> None:
    """Connect to Discord if DISCORD_TOKEN is set; otherwise answer in the terminal."""
    settings = read_settings()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # in a container nothing ends the building of the index else
    with open_library(ready=True) as library:
        if settings.discord_token:
            from bot.desk import open_desk
            from bot.running import run_client
            from bot.state import State

            with closing(State(settings.data)) as state:
                run_client(settings, open_desk(settings, library, state))
        else:
            from bot.terminal import converse

            converse(library)


@app.command()
def ask(
    question: Annotated[str | None, Argument(help="The question.", show_default=False)] = None,
    after: Annotated[str | None, Option(metavar="EARLIER", help="The question that this one goes on from.")] = None,
    batch: Annotated[
        Path | None,
        Option(metavar="FILE", help="Answer a file of questions, one a line; - reads standard input."),
    ] = None,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Answer one question, or a file of them."""
    from bot.forms import answer_form
    from bot.render import plain_text
    from bot.terminal import show_answer

    if (question is None) == (batch is None):
        raise BadInput("no question was given; type purgebot ask 'why were Occupy accounts suspended?'"
                       if question is None else "give either a question or --batch, not both")  # fmt: skip

    def tell(answer: "Answer") -> None:
        if as_json:
            print_json(answer_form(answer, plain_text(answer)))
        else:
            show_answer(answer)

    lines = lines_of(batch) if batch is not None else None
    with open_library(ready=True) as library:
        if question is not None:
            tell(library.ask(question, checked_scope(scope), after))
        for line in lines or ():
            with going_on(as_json):
                tell(library.ask(line, checked_scope(scope), after))


@app.command()
def search(
    query: Annotated[str | None, Argument(help="What to search for.", show_default=False)] = None,
    k: Annotated[int, Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    batch: Annotated[
        Path | None, Option(metavar="FILE", help="Search for each line of a file; - reads standard input.")
    ] = None,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Rank passages, for evaluation."""
    from bot.forms import hit_form
    from bot.terminal import show_hits

    if (query is None) == (batch is None):
        raise BadInput("give either a query or --batch")

    def tell(line: str, found: "list[Found]") -> None:
        if as_json:
            print_json({"query": line, "hits": [hit_form(one) for one in found]})
        else:
            show_hits(found)

    lines = lines_of(batch) if batch is not None else None
    with open_library(ready=True) as library:
        if query is not None:
            tell(query, library.search(query, k, checked_scope(scope)))
        for line in lines or ():
            with going_on(as_json):
                tell(line, library.search(line, k, checked_scope(scope)))


@app.command()
def handle(
    handle: Annotated[str, Argument(help="The handle, with or without @.")],
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Show every post by a handle and every mention of it."""
    from bot.forms import handle_form
    from bot.terminal import show_handle
    from bot.typed_handles import handle_of

    if not handle.strip().strip("@"):
        raise BadInput("no handle was given; type purgebot handle @dbongino")
    with open_library(ready=True) as library:
        page = library.handle(handle_of(handle), checked_scope(scope))
        if as_json:
            print_json(handle_form(page))
        else:
            show_handle(page)


@app.command()
def timeline(
    platform: Annotated[str | None, Option(help="Only events on this platform.")] = None,
    first: Annotated[str | None, Option("--from", metavar="DATE", help="Only events from this date on.")] = None,
    last: Annotated[str | None, Option("--to", metavar="DATE", help="Only events up to this date.")] = None,
    png: Annotated[Path | None, Option(metavar="FILE", help="Draw them into this picture, too.")] = None,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """List events by date."""
    from bot.alt_text import describe_timeline
    from bot.forms import event_form
    from bot.terminal import show_timeline
    from corpus.source import is_date

    for name, date in (("--from", first), ("--to", last)):
        if date is not None and (not is_date(date) or date.startswith("--")):
            raise BadInput(f"{name} is '{date}', which is no date; write 2018-10-11, 2018-10 or 2018")
    with open_library(ready=True) as library:
        events = library.timeline(checked_scope(scope), platform, first, last)
    if png is not None:
        draw_into(png, events)
    if as_json:
        drawn = {"png": str(png), "alt": describe_timeline(events)} if png is not None else {}
        print_json({"events": [event_form(event) for event in events], **drawn})
    else:
        show_timeline(events, png)


@app.command()
def reindex(
    full: Annotated[bool, Option("--full", help="Read and embed everything again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index into step with the folders of documents."""
    from bot.forms import summary_form
    from bot.terminal import progress_bars, show_summary

    settings = read_settings()
    with open_library() as library, progress_bars() as progress:
        summary = library.reindex(settings.corpus, ACTOR, full=full, progress=progress)
    if not as_json:
        show_summary(summary)
    if summary.failed:
        raise BadInput(tell_failed(summary, as_json), summary_form(summary))
    if as_json:
        print_json(summary_form(summary))


@app.command()
def status(scope: Scope = "", as_json: AsJson = False) -> None:
    """Say what the index holds, and what was changed last."""
    from bot.forms import status_form
    from bot.terminal import show_status

    with open_library() as library:
        found = library.status(checked_scope(scope))
        if as_json:
            print_json(status_form(found))
        else:
            show_status(found)
