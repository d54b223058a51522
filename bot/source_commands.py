"""The commands of moderators' work: sources list, show, add, share, link, remove, log, undo; and originals."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from bot.original_command import originals
from bot.shell import ACTOR, AsJson, BadInput, Scope, checked_scope, confirm, open_library, print_json

if TYPE_CHECKING:
    from corpus.document import Document
    from index.intake import Summary
    from index.library import Library

sources = typer.Typer(help="See, add and remove sources.", no_args_is_help=True, rich_markup_mode=None)


@sources.command("list")
def list_sources(
    word: Annotated[str, Option(help="Only those that hold these words in title, publisher, author, date or id.")] = "",
    kind: Annotated[str, Option(help="Only those of this kind: dossier, article or own (the server's).")] = "",
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """List the documents and their sources."""
    from bot.forms import document_form
    from bot.sourcing import KINDS, matching
    from bot.terminal import show_documents

    if kind and kind not in KINDS:
        raise BadInput(f"--kind is '{kind}'; use {', '.join(KINDS[:-1])} or {KINDS[-1]}")
    with open_library(ready=True) as library:
        found = matching(library.documents(checked_scope(scope)), word, kind)
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
    path: Annotated[str, Argument(metavar="PATH-OR-URL", help="The file to add, or the address of a page.")],
    title: Annotated[str | None, Option(help="Title of the source.")] = None,
    publisher: Annotated[str | None, Option(help="Who published it.")] = None,
    author: Annotated[str | None, Option(help="Who wrote it.")] = None,
    date: Annotated[str | None, Option(help="When it was published, such as 2018-10-11.")] = None,
    url: Annotated[str | None, Option(help="Where it was published.")] = None,
    event: Annotated[
        list[str] | None, Option(metavar="ID", help="An event that it is about; may be given several times.")
    ] = None,
    preview: Annotated[bool, Option("--preview", help="Only show what would be added.")] = False,
    yes: Annotated[bool, Option("--yes", help="Do not ask.")] = False,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Add a document from a file or a page, after a look at it, and propose the events that it may be about."""
    from bot.source_forms import preview_form
    from bot.source_words import tell_preview
    from bot.sourcing import add as add_prepared
    from bot.sourcing import look
    from bot.terminal import show_told

    given = {"title": title, "publisher": publisher, "author": author, "date": date, "url": url}
    document, fingerprint = _read(path, {name: value for name, value in given.items() if value})
    with open_library(ready=True) as library:
        prepared = look(library, document, fingerprint, event or [], checked_scope(scope))
        form = {"preview": preview_form(prepared)}
        if not as_json:
            show_told(tell_preview(prepared, {one.id: one.title for one in library.timeline(checked_scope(scope))}))
        if preview:
            if as_json:
                print_json(form)
            return
        if not yes and not as_json and sys.stdin.isatty():
            confirm("Add it?")
        summary = add_prepared(library, prepared, ACTOR, checked_scope(scope))
        _tell_added(library, summary, checked_scope(scope), form if as_json else None)


def _read(path: str, given: "dict[str, str]") -> "tuple[Document, str]":
    """Read a file, or fetch and read a page."""
    from bot.terminal import waiting
    from corpus.fetch import Fetcher
    from corpus.incoming import from_page, read_incoming
    from corpus.readers import described, read_file
    from index.intake import fingerprint

    if not path.strip():
        raise BadInput("no file and no address was given; type purgebot sources add article.txt")
    if "://" in path:
        with waiting("Fetching the page"):
            return read_incoming(from_page(Fetcher().fetch(path)), given)
    file = Path(path).absolute()
    return described(read_file(file), given), fingerprint(file)


def _tell_added(library: "Library", summary: "Summary", scope: str, form: "dict[str, Any] | None") -> None:
    """Print what was added, and the events that it is about; as JSON where there is a form to begin with."""
    from bot.forms import proposals_form, summary_form
    from bot.terminal import show_proposals, show_summary

    [identifier] = summary.added or summary.changed or summary.unchanged
    linked = library.show(identifier, scope).document.event_ids
    proposals = library.propose(identifier, scope)
    if form is not None:
        print_json({**summary_form(summary), "event_ids": list(linked), **proposals_form(proposals), **form})
    else:
        show_summary(summary)
        show_proposals(linked, ())  # those that it may be about were shown before


@sources.command()
def share(
    identifier: Annotated[str, Argument(metavar="ID", help="Of a document that a server added, or of its source.")],
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Let all see a document that one server's moderators added; 'sources undo' takes it back."""
    from bot.forms import summary_form
    from bot.terminal import show_summary

    server = checked_scope(scope)
    if not server:
        raise BadInput("say whose document it is with --scope SERVER; what has no server is shared already")
    with open_library() as library:
        summary = library.share(identifier, server, ACTOR)
    if as_json:
        print_json(summary_form(summary))
    else:
        show_summary(summary)


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
            confirm(f"Remove '{shown.stored.id}' ({shown.stored.title or 'no title'})?")
        summary = library.remove(identifier, ACTOR, checked_scope(scope))
    if as_json:
        print_json(summary_form(summary))
    else:
        show_summary(summary)


@sources.command()
def log(
    most: Annotated[int, Option("--most", min=1, max=10_000, help="How many changes.")] = 50,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """List the last changes: who did what, when."""
    from bot.forms import log_form
    from bot.terminal import show_log

    with open_library() as library:
        found = library.log(checked_scope(scope), most)
    if as_json:
        print_json({"changes": [log_form(one) for one in found]})
    else:
        show_log(found)


@sources.command()
def undo(
    change: Annotated[int | None, Option(help="The change's number in 'sources log'; the last if left out.")] = None,
    yes: Annotated[bool, Option("--yes", help="Do not ask.")] = False,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Take back a change; where several documents come or go with it, ask first."""
    from bot.forms import summary_form
    from bot.sourcing import reach_of
    from bot.terminal import show_summary

    with open_library() as library:
        reach = reach_of(library, checked_scope(scope), change)
        if reach and reach.is_wide and not yes:
            concerned = f"change {reach.number}, with which {len(reach.documents)} documents came or went"
            if not sys.stdin.isatty():
                raise BadInput(f"taking back {concerned}, needs --yes")
            confirm(f"Take back {concerned}?")
        summary = library.undo(ACTOR, checked_scope(scope), reach.number if reach else change)
    if as_json:
        print_json(summary_form(summary))
    else:
        show_summary(summary)


sources.command()(originals)
