"""The standard streams, made safe: closed, broken or fed with bytes that are no text, they cause no traceback."""

import os
import sys
from io import TextIOWrapper

BACKSLASHES = "backslashreplace"


class BrokenOutput(Exception):
    """Standard output cannot be written; the message names the reason and the remedy."""


class _Output(TextIOWrapper):
    """Fails once, under a name of its own; what comes after goes nowhere, so that the program can end."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError as error:
            raise _broken(self, error) from None

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise _broken(self, error) from None


class _Errors(TextIOWrapper):
    """Never fails: where it is broken nobody can be told so."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            _mute(self)
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            _mute(self)


def open_streams() -> None:
    """Put the null device where a stream was closed, and streams that fail in one way where one may break."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # else the next file that is opened, perhaps the database, takes its number
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the program
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout = _rewrapped(_Output, sys.stdout)
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr = _rewrapped(_Errors, sys.stderr)


def _rewrapped(kind: type[TextIOWrapper], stream: TextIOWrapper) -> TextIOWrapper:
    encoding, line, through = stream.encoding, stream.line_buffering, stream.write_through
    return kind(stream.detach(), encoding, BACKSLASHES, line_buffering=line, write_through=through)


def _broken(stream: TextIOWrapper, error: OSError) -> Exception:
    _mute(stream)
    if isinstance(error, BrokenPipeError):
        return error
    return BrokenOutput(f"standard output cannot be written ({error.strerror}); make room or send it elsewhere")


def _mute(stream: TextIOWrapper) -> None:
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
