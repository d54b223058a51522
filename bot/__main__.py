"""The command line: what is typed -> one command, and every fault -> one sentence."""

import sys
from typing import Any, NoReturn

import typer

from bot.commands import app
from bot.shell import BadInput, complain, print_json
from bot.streams import BrokenOutput, open_streams

BROKEN_PIPE = 1
BAD_INPUT = 2
INTERRUPTED = 130
USAGE_ERROR: Any = typer.BadParameter.__base__
"""What typer raises for words that do not fit; it has no public name of its own."""


def main() -> NoReturn:
    """Run the command line; bad input ends in one sentence and exit status 2."""
    open_streams()
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on; typer and rich end so too
        sys.exit(BROKEN_PIPE)
    except BrokenOutput as error:
        print(error, file=sys.stderr)
        sys.exit(BAD_INPUT)
    sys.exit(status)


def _run() -> int:
    wants_json = "--json" in sys.argv[1:]
    try:
        _check_words()
        status = app(standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the one table decides what is bad input; the rest is raised again
        kind, message = _as_bad_input(error)
        _complain(kind, message, wants_json, error.form if isinstance(error, BadInput) else {})
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _check_words() -> None:
    for word in sys.argv[1:]:
        if any(0xD800 <= ord(character) <= 0xDFFF for character in word):
            raise BadInput(f"{word[:80]!a} is not valid Unicode text; type it again")


def _as_bad_input(error: Exception) -> tuple[str, str]:
    from bot.errors import BotError
    from bot.settings import BadSetting
    from corpus.errors import CorpusError
    from index.errors import IndexingError

    if isinstance(error, typer.Abort):
        sys.exit(INTERRUPTED)
    if isinstance(error, USAGE_ERROR):
        said = " ".join(error.format_message().split()).rstrip(".")
        return "Usage", f"{said}; see 'purgebot --help'"
    if isinstance(error, (BadInput, BadSetting, BotError, CorpusError, IndexingError)):
        return type(error).__name__, str(error)
    raise error


def _complain(kind: str, message: str, wants_json: bool, form: dict[str, Any]) -> None:
    if wants_json:
        print_json({"error": {"kind": kind, "message": message}, **form})
    else:
        complain(message)


if __name__ == "__main__":
    main()
