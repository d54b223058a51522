"""A line of the log is one JSON object that tells what happened, to whom it belongs, and no secret."""

import asyncio
import io
import json
import logging
import subprocess
import sys

import pytest

from bot.logs import Counting, JsonLines, TextLines, event
from bot.visits import Visits

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe." + "x" * 38
INTERACTION = "aW50ZXJhY3Rpb246" + "Zm9v" * 20


class Logged:
    """A logger with a handler of its own, as `set_up_logs` makes them."""

    def __init__(self, formatter):
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(formatter)

    @property
    def text(self):
        return self.stream.getvalue()

    @property
    def line(self):
        [line] = self.text.splitlines()
        return json.loads(line)


@pytest.fixture
def root():
    """Return the root logger; handlers that a test adds go with it."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield root
    root.handlers[:] = before


@pytest.fixture
def logged(root):
    logged = Logged(JsonLines(["s3cret"]))
    root.addHandler(logged.handler)
    return logged


def failure(text):
    try:
        raise RuntimeError(text)
    except RuntimeError as error:
        return error


def test_a_line_is_one_json_object(logged):
    logging.getLogger("bot.x").warning("two\nlines of %s", "text")
    line = logged.line
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "bot.x", "two\nlines of text")
    assert line["at"].endswith("Z")
    assert "id" not in line


async def test_a_line_has_the_id_of_who_is_served_on_a_thread_too(logged):
    visit = Visits().admit("command", 1, 2, 3)
    await asyncio.to_thread(logging.getLogger("bot.x").error, "broken")
    assert logged.line["id"] == visit.id


def test_an_event_has_fields(logged, caplog):
    caplog.set_level(logging.INFO)
    event(logging.getLogger("bot.x"), "question answered", outcome="partial", total_ms=3.5)
    assert (logged.line["outcome"], logged.line["total_ms"]) == ("partial", 3.5)


@pytest.mark.parametrize("logger", ["discord.client", "asyncio", "discord.webhook.async_", "bot.ask"])
@pytest.mark.parametrize(
    "secret", [TOKEN, INTERACTION, "s3cret", f"https://discord.com/api/v10/webhooks/123/{'A' * 40}/messages/@original"]
)
def test_no_secret_is_in_a_traceback_or_a_message(logged, logger, secret):
    logging.getLogger(logger).error("failed with %s", secret, exc_info=failure(f"in {secret}"))
    assert "RuntimeError: in " in logged.line["traceback"]
    assert logged.text.count("[secret]") >= 2
    assert not any(part in logged.text for part in ("xxxx", "Zm9v", "s3cret", "AAAA"))


async def test_what_discord_py_logs_of_a_failed_event_holds_no_secret(logged, simcord_bot):
    try:
        raise RuntimeError(f"Bot {TOKEN}")
    except RuntimeError:
        await simcord_bot.on_error("on_message")
    assert "[secret]" in logged.line["traceback"]
    assert "xxxx" not in logged.text


async def test_what_asyncio_logs_of_a_failed_callback_holds_no_secret(logged):
    error = failure(f"Bot {TOKEN}")
    asyncio.get_running_loop().call_exception_handler({"message": f"lost {INTERACTION}", "exception": error})
    assert "[secret]" in logged.line["traceback"]
    assert not any(part in logged.text for part in ("xxxx", "Zm9v"))


def test_text_is_for_a_terminal(root):
    logged = Logged(TextLines())
    root.addHandler(logged.handler)
    logging.getLogger("bot.x").warning("seen %s", TOKEN, extra={"fields": {"outcome": "partial"}})
    assert logged.text == "WARNING bot.x: seen [secret] outcome=partial\n"


@pytest.mark.parametrize("formatter", [TextLines, JsonLines])
def test_what_a_source_wrote_steers_no_terminal(root, formatter):
    logged = Logged(formatter())
    root.addHandler(logged.handler)
    logging.getLogger("bot.x").error("%s", "a\x9b31m\u202e", exc_info=failure("b\x9b31m"))
    assert logged.text.count("⟨U+009B⟩") == 2
    assert logged.text.replace("\n", "").isprintable()


def test_warnings_and_errors_are_counted(root):
    counted = []
    root.addHandler(Counting(counted.append))
    logging.getLogger("bot.x").info("fine")
    logging.getLogger("bot.x").error("broken")
    assert counted == ["error"]


SET_UP = """
import logging, sys
from bot.logs import set_up_logs
set_up_logs("DEBUG", "auto", ["s3cret"])
logging.getLogger("discord.gateway").debug("an event with what members wrote")
logging.getLogger("bot").debug("s3cret")
raise RuntimeError("the end of s3cret")
"""


def test_all_logs_go_to_standard_error_as_json_where_that_is_no_terminal():
    ended = subprocess.run([sys.executable, "-c", SET_UP], capture_output=True, text=True, check=False)
    first, last = (json.loads(line) for line in ended.stderr.splitlines())
    assert (ended.returncode, ended.stdout) == (1, "")
    assert first["message"] == "[secret]"
    assert "the end of [secret]" in last["traceback"]
