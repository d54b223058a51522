"""The commands of the operator's rulings: hide something, put a correction or a reply to it, list, lift."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from bot.shell import ACTOR, AsJson, BadInput, Scope, checked_scope, open_library, print_json
from index.rulings import Action, Ruling, Target

rulings = typer.Typer(help="Hide or answer what sources say.", no_args_is_help=True, rich_markup_mode=None)

What = Annotated[Target, Argument(help="What the ruling is about.", show_default=False)]
Value = Annotated[
    str, Argument(help="The document's id, some words of the statement, the name, or the handle.", show_default=False)
]
Of = Annotated[str | None, Option("--of", metavar="ID", help="The document that holds the statement.")]
Text = Annotated[str, Option(help="What is shown.")]
Date = Annotated[str | None, Option(help="When it was said, such as 2018-10-11.")]


@rulings.command()
def hide(target: What, value: Value, of: Of = None, scope: Scope = "", as_json: AsJson = False) -> None:
    """Hide something from every surface, until the ruling is lifted."""
    with open_library(ready=True) as library:
        ruled = library.hide(target, value, ACTOR, checked_scope(scope), document_id=_document(target, of))
        _tell(ruled, as_json, "hidden")


@rulings.command()
def correct(
    target: What, value: Value, text: Text, of: Of = None, date: Date = None, scope: Scope = "", as_json: AsJson = False
) -> None:
    """Put a correction to something, shown wherever it is cited."""
    _annotate(Ruling(0, checked_scope(scope), Action.CORRECTION, target, value, _document(target, of),
                     text=text, date=_checked(date)), as_json)  # fmt: skip


@rulings.command()
def reply(
    target: What,
    value: Value,
    by: Annotated[str, Option(help="Who replies.")],
    text: Text,
    of: Of = None,
    date: Date = None,
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """Put a reply by the person concerned to something, in their words, shown wherever it is cited."""
    _annotate(Ruling(0, checked_scope(scope), Action.REPLY, target, value, _document(target, of),
                     text=text, author=by, date=_checked(date)), as_json)  # fmt: skip


@rulings.command("list")
def list_rulings(scope: Scope = "", as_json: AsJson = False) -> None:
    """List the rulings that hold."""
    from bot.forms import ruling_form
    from bot.terminal import show_rulings

    with open_library() as library:
        found = library.rulings(checked_scope(scope))
    if as_json:
        print_json({"rulings": [ruling_form(one) for one in found]})
    else:
        show_rulings(found)


@rulings.command()
def lift(
    number: Annotated[int, Argument(help="The ruling's number in the list.")],
    scope: Scope = "",
    as_json: AsJson = False,
) -> None:
    """End a ruling: what it hid is seen again, what it said is shown no more."""
    with open_library() as library:
        _tell(library.lift(number, ACTOR, checked_scope(scope)), as_json, "lifted")


def _annotate(ruling: Ruling, as_json: bool) -> None:
    with open_library(ready=True) as library:
        _tell(library.annotate(ruling, ACTOR), as_json, "recorded")


def _tell(ruled: Any, as_json: bool, done: str) -> None:
    from bot.forms import ruled_form
    from bot.terminal import show_ruled

    if as_json:
        print_json(ruled_form(ruled))
    else:
        show_ruled(ruled, done)


def _document(target: Target, of: str | None) -> str | None:
    if target is Target.STATEMENT and not of:
        raise BadInput("a statement needs its document; give --of ID, see 'purgebot sources list'")
    return of if target is Target.STATEMENT else None


def _checked(date: str | None) -> str | None:
    from corpus.source import is_date

    if date is not None and not is_date(date):
        raise BadInput(f"--date is '{date}', which is no date; write 2018-10-11, 2018-10 or 2018")
    return date
