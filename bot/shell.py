"""What the commands share: options, settings, the open library, and how a result or a fault is printed."""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from dotenv import dotenv_values
from typer import Option

from bot.escape import reveal
from bot.settings import BadSetting, Settings

if TYPE_CHECKING:
    from corpus.source import Event
    from index.intake import Summary
    from index.library import Library

ACTOR = "shell"
EXPORTS = "models"
"""The folder, in that of the data, of models in the form that ONNX Runtime reads."""

UNPRINTED = re.compile(r"[\x7f-\x9f\u2028\u2029]")
"""JSON lets them stand as they are (RFC 8259, 7), unlike controls below U+0020; xterm takes U+009B for an escape."""

AsJson = Annotated[bool, Option("--json", help="Print one JSON object on standard output.")]
Scope = Annotated[str, Option(metavar="SERVER", help="A Discord server's id; what all may see if left out.")]


class BadInput(Exception):
    """What was typed cannot be used; the message names it and the remedy. `form` stands beside it under --json."""

    def __init__(self, message: str, form: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.form = form or {}


def print_json(form: dict[str, Any]) -> None:
    """Print one JSON object on one line; what would steer a terminal or part the line is written as `\\uXXXX`."""
    text = json.dumps(form, ensure_ascii=False)
    print(UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text), flush=True)


def complain(error: object) -> None:
    """Say on standard error what is wrong; what a source wrote into it steers no terminal."""
    print(reveal(str(error)), file=sys.stderr)


def confirm(question: str) -> None:
    """Ask, on standard error; where the answer is no, the command ends."""
    typer.confirm(reveal(question), abort=True, err=True)


def read_settings() -> Settings:
    try:
        file = {name: value or "" for name, value in dotenv_values(".env").items()}
    except UnicodeDecodeError:
        raise BadSetting(".env: this is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise BadSetting(f".env: cannot be read ({error.strerror}); give read permission") from None
    return Settings.from_env({**file, **os.environ})


@contextmanager
def open_library(*, ready: bool = False) -> "Iterator[Library]":
    """Open the library; `ready` also builds the index where there is none."""
    from bot.logs import set_up_logs
    from bot.terminal import progress_bars, waiting
    from index.errors import NothingIndexed
    from index.library import Library

    settings = read_settings()
    set_up_logs(settings.log_level, settings.log_format, [settings.discord_token or ""])

    def load() -> Any:
        from index.embed import load_embedder

        exports = settings.data / EXPORTS if settings.embed_runtime != "torch" else None
        int8 = settings.embed_runtime == "onnx-int8"
        with waiting("Loading the model"):
            return load_embedder(settings.model, settings.model_sha256, exports, int8=int8)

    def load_reranker() -> Any:
        from index.rerank import CrossEncoderReranker

        with waiting("Loading the reranker"):
            return CrossEncoderReranker(settings.reranker or "")

    def load_reader() -> Any:
        from index.onnx_reader import load_packaged_reader
        from index.reader import SpanReader

        with waiting("Loading the reader"):
            return SpanReader(settings.reader) if settings.reader else load_packaged_reader(settings.data / EXPORTS)

    reads = (settings.reader or "").lower() != "off"
    library = Library(settings.data, load, load_reranker if settings.reranker else None, load_reader if reads else None)
    try:
        if ready and library.is_empty():
            with progress_bars() as progress:
                summary = library.reindex(settings.corpus, ACTOR, progress=progress)
            for _, reason in summary.failed:
                complain(f"left out: {reason}")
        yield library
    except NothingIndexed:
        if not (ready and library.is_empty()):
            raise
        folders = os.pathsep.join(map(str, settings.corpus))
        raise NothingIndexed(
            f"{folders}: holds no document that can be read; put one in or mend PURGEBOT_CORPUS"
        ) from None
    finally:
        library.close()


@contextmanager
def going_on(as_json: bool) -> Iterator[None]:
    """Report a bad line of a batch and go on with the next."""
    from corpus.errors import CorpusError
    from index.errors import BadQuestion

    try:
        yield
    except (BadQuestion, CorpusError) as error:
        if as_json:
            print_json({"error": {"kind": type(error).__name__, "message": str(error)}})
        else:
            complain(error)


def lines_of(path: Path) -> Iterable[str]:
    """Read a file of questions whole before the first is answered; standard input line by line."""
    if str(path) == "-":
        return _typed()
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read ({error.strerror}); check the name and the permission") from None
    return text.removesuffix("\n").replace("\r\n", "\n").split("\n")


def _typed() -> Iterator[str]:
    try:
        for line in sys.stdin:
            yield line.rstrip("\n")
    except OSError as error:
        raise BadInput(f"standard input cannot be read ({error.strerror}); give a file to --batch") from None


def tell_failed(summary: "Summary", as_json: bool) -> str:
    """Print why each of several files was left out, unless JSON will hold it; return the sentence for all."""
    first, *more = [reason for _, reason in summary.failed]
    if not more:
        return f"{first}; the other files are indexed"
    if as_json:
        return f"{first} (and {len(more)} more); the other files are indexed"
    for reason in (first, *more):
        complain(reason)
    return f"{len(summary.failed)} files are left out; the other files are indexed"


def draw_into(path: Path, events: "Sequence[Event]") -> None:
    """Draw events into a file, whole or not at all."""
    from bot.picture import draw_timeline

    try:
        draw_timeline(events, path)
    except OSError as error:
        raise BadInput(f"{path}: cannot be written ({error.strerror}); check the name and the permission") from None


def checked_scope(scope: str) -> str:
    if scope and not (scope.isascii() and scope.isdigit() and len(scope) <= 20):
        raise BadInput(f"'{scope}' is no server's id; Discord shows it under 'Copy Server ID'")
    return scope
