"""The bytes of a web page, a PDF or a Word file -> its text, taken out by a child process that may fail."""

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer
from typing import Any

from corpus.errors import BadDocument
from corpus.extract import CPU_SECONDS, REPLY_BYTES, Extract, Fault

SECONDS = 2 * CPU_SECONDS
KINDS = {"html": "page", "pdf": "PDF file", "docx": "Word file"}
OTHERWISE = "save its text as .txt and add that"
FAULTS = {
    Fault.BROKEN: f"this is no {{kind}}, or a damaged one; mend it, or {OTHERWISE}",
    Fault.LOCKED: f"this {{kind}} is locked with a password; take the password off, or {OTHERWISE}",
    Fault.EMPTY: f"this {{kind}} holds no text, perhaps pictures of it; run text recognition over it, or {OTHERWISE}",
    Fault.LARGE: f"this {{kind}} holds more than is read; split it, or {OTHERWISE}",
    Fault.GARBLED: f"the text of this {{kind}} cannot be told from its shapes; {OTHERWISE}",
}
NO_MAIN_TEXT = "no main text was found in this page; save its text as .txt instead"
SLOW = f"this {{kind}} takes longer than {{seconds:g}} seconds to read; split it, or {OTHERWISE}"
CRASHED = f"this {{kind}} is damaged, or takes too much time or memory to read; mend or split it, or {OTHERWISE}"
NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|office)\b|untitled|document ?\d*$|doc ?\d*$|unknown|title$|print(?:ing)?$)"
    r"|\.(?:docx?|rtf|pdf|odt|pages|indd|qxd|txt|html?|tex|dvi|pptx?|xlsx?)$|^https?:|^about:|^file:",
    re.IGNORECASE,
)
"""What programs write for a title where nobody gave one."""


def take_text(
    data: bytes, form: str, name: str, charset: str | None = None, url: str | None = None, seconds: float = SECONDS
) -> Extract:
    """Take the text out of a file, and what it plausibly says of itself.

    When a PDF or Word file was made or printed is not when its text was published, so these give no date.

    Args:
        form: a key of `KINDS`.
        name: what messages call the file.
        charset: what a server calls that of a page.
        url: where a page was.
        seconds: how long it may take, as a clock on the wall counts; the child counts its own work besides.

    Raises:
        BadDocument: it is damaged, locked, without text, or asks for too much time or memory.
    """
    reply = _ask_child(data, [form, charset or "", url or ""], name, seconds)
    if "fault" in reply:
        fault = Fault(reply["fault"])
        told = NO_MAIN_TEXT if (form, fault) == ("html", Fault.EMPTY) else FAULTS[fault].format(kind=KINDS[form])
        raise BadDocument(name, None, told)
    found = Extract(**reply)
    if form == "html":
        return found
    return Extract(found.text, plausible_title(found.title), plausible_author(found.author, found.text))


def plausible_title(title: str | None) -> str | None:
    """Keep a title of several words that no program made up."""
    plain = " ".join((title or "").split())
    return plain if " " in plain and not NO_TITLE.search(plain) else None


def plausible_author(author: str | None, text: str) -> str | None:
    """Keep an author of two words or more who stands in the text too: else it may be whoever saved the file."""
    plain = " ".join((author or "").split())
    return plain if " " in plain and plain.casefold() in " ".join(text.split()).casefold() else None


def _ask_child(data: bytes, arguments: list[str], name: str, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-P", "-s", "-B", "-m", "corpus.child", *arguments]
    with subprocess.Popen(  # noqa: S603  the command is ours, the file goes in by the pipe
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=os.sep,
        env={"PYTHONPATH": str(Path(__file__).parents[1])},  # no token, no other secret
    ) as child:
        late = Event()
        timer = Timer(seconds, _stop, (child, late))
        timer.start()
        try:
            reply = _exchange(child, data)
        finally:
            timer.cancel()
            child.kill()
    if late.is_set():
        raise BadDocument(name, None, SLOW.format(kind=KINDS[arguments[0]], seconds=seconds))
    try:
        answer = json.loads(reply)
    except ValueError:
        raise BadDocument(name, None, CRASHED.format(kind=KINDS[arguments[0]])) from None
    return dict(answer)


def _stop(child: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    child.kill()


def _exchange(child: subprocess.Popen[bytes], data: bytes) -> bytes:
    """Send the file, and read no more than a reply may be."""
    if child.stdin is None or child.stdout is None:
        raise AssertionError("the child has no pipes")
    with suppress(BrokenPipeError):  # a child that dies says so by its reply
        child.stdin.write(data)
    with suppress(BrokenPipeError):
        child.stdin.close()
    reply = child.stdout.read(REPLY_BYTES + 1)
    return reply if len(reply) <= REPLY_BYTES else b""
