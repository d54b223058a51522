"""The commands of moderators' work: sources list, show, add, link, remove, undo."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from bot.shell import ACTOR, AsJson, BadInput, Scope, checked_scope, open_library, print_json

sources = typer.Typer(help="See, add and remove sources.", no_args_is_help=True, rich_markup_mode=None)


@sources.command("list")
def list_sources(scope: Scope = "", as_json: AsJson = False) -> None:
    """List the documents and their sources."""
    from bot.forms import document_form
    from bot.terminal import show_documents

    with open_library(ready=True) as library:
        found = library.documents(checked_scope(scope))
        if as_json:
            print_json({"documents": [document_form(stored, cited) for stored, cited in found]})
        else:
            show_documents(found)


@sources.command()
def show(
    identifier: Annotated[str, Argument(metavar="ID", help="Of a document or a source.")],
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Show one document whole, as stored."""
    from bot.forms import proposals_form, shown_form
    from bot.terminal import show_document, show_proposals

    with open_library(ready=True) as library:
        shown = library.show(identifier, checked_scope(scope))
        proposals = library.propose(identifier, checked_scope(scope))
        if as_json:
            print_json({**shown_form(shown), **proposals_form(proposals)})
        else:
            show_document(shown)
            show_proposals(shown.document.event_ids, proposals)


@sources.command()
def add(
    path: Annotated[str, Argument(help="The file to add.")],
    title: Annotated[str | None, Option(help="Title of the source.")] = None,
    publisher: Annotated[str | None, Option(help="Who published it.")] = None,
    author: Annotated[str | None, Option(help="Who wrote it.")] = None,
    date: Annotated[str | None, Option(help="When it was published, such as 2018-10-11.")] = None,
    url: Annotated[str | None, Option(help="Where it was published.")] = None,
    event: Annotated[
        list[str] | None, Option(metavar="ID", help="An event that it is about; may be given several times.")
    ] = None,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Add a document from a file, and propose the events that it may be about."""
    from bot.forms import proposals_form, summary_form
    from bot.terminal import show_proposals, show_summary
    from corpus.readers import described, read_file
    from index.intake import fingerprint

    if path.lower().startswith(("http://", "https://")):
        raise BadInput(f"{path}: addresses cannot be added yet; save the page and add the file")
    file = Path(path).absolute()
    given = {"title": title, "publisher": publisher, "author": author, "date": date, "url": url}
    document = described(read_file(file), {name: value for name, value in given.items() if value})
    with open_library(ready=True) as library:
        if event:
            document = replace(document, event_ids=(*document.event_ids, *event))
        summary = library.add(document, fingerprint(file), ACTOR, checked_scope(scope))
        [identifier] = summary.added or summary.changed
        linked = library.show(identifier, checked_scope(scope)).document.event_ids
        proposals = library.propose(identifier, checked_scope(scope))
    if as_json:
        print_json({**summary_form(summary), "event_ids": list(linked), **proposals_form(proposals)})
    else:
        show_summary(summary)
        show_proposals(linked, proposals)


@sources.command()
def link(
    identifier: Annotated[str, Argument(metavar="ID", help="Of an article or its source.")],
    event: Annotated[
        list[str] | None, Option(metavar="ID", help="An event that it is about; may be given several times.")
    ] = None,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Say which events an article is about: those given and no others; 'sources undo' takes it back."""
    from bot.forms import summary_form
    from bot.terminal import show_summary

    with open_library() as library:
        summary = library.link(identifier, event or [], ACTOR, checked_scope(scope))
    if as_json:
        print_json(summary_form(summary))
    else:
        show_summary(summary)


@sources.command()
def remove(
    identifier: Annotated[str, Argument(metavar="ID", help="Of a document or a source.")],
    yes: Annotated[bool, Option("--yes", help="Do not ask.")] = False,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Remove a document; 'sources undo' brings it back."""
    from bot.forms import summary_form
    from bot.terminal import show_summary

    with open_library() as library:
        shown = library.show(identifier, checked_scope(scope))
        if not yes:
            if not sys.stdin.isatty():
                raise BadInput(f"removing '{shown.stored.id}' needs --yes")
            typer.confirm(f"Remove '{shown.stored.id}' ({shown.stored.title or 'no title'})?", abort=True, err=True)
        summary = library.remove(identifier, ACTOR, checked_scope(scope))
    if as_json:
        print_json(summary_form(summary))
    else:
        show_summary(summary)


@sources.command()
def undo(scope: Scope = "", as_json: AsJson = False) -> None:
    """Take back the last change."""
    from bot.forms import summary_form
    from bot.terminal import show_summary

    with open_library() as library:
        summary = library.undo(ACTOR, checked_scope(scope))
    if as_json:
        print_json(summary_form(summary))
    else:
        show_summary(summary)
