"""What is logged -> one line each, as JSON or as text, with the id of what is being served and without secrets."""

import json
import logging
import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from bot.escape import reveal
from bot.redaction import redact
from bot.visits import CURRENT

NOISY = ("sentence_transformers", "transformers", "httpx", "huggingface_hub")
TELLS_ALL = "discord"
"""At DEBUG discord.py writes out whole events: what members wrote, their names, tokens. It is never let."""
FIELDS = "fields"


class Lines(logging.Formatter):
    """Lays out one record; `secrets` are taken out wherever they stand, whatever their form."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted((secret for secret in secrets if secret), key=len, reverse=True)

    def clean(self, text: str) -> str:
        """Take out what nobody may read, and make visible what would steer a terminal."""
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return reveal(redact(text))

    def message(self, record: logging.LogRecord) -> str:
        """Put together what a record says."""
        return self.clean(record.getMessage())

    def trouble(self, record: logging.LogRecord) -> str:
        """Put together the traceback of a record, empty where it has none."""
        return self.clean(self.formatException(record.exc_info)) if record.exc_info else ""

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """Take the fields of a record that was made by `event`, and the id of what is being served."""
        visit = CURRENT.get()
        given = {name: self.clean(value) if isinstance(value, str) else value
                 for name, value in getattr(record, FIELDS, {}).items()}  # fmt: skip
        return ({"id": visit.id} if visit else {}) | given


class JsonLines(Lines):
    """One JSON object a line; `at` is UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Lay out one record."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        trouble = self.trouble(record)
        line = {
            "at": at.replace("+00:00", "Z"), "level": record.levelname, "logger": record.name,
            "message": self.message(record), **self.fields(record), **({"traceback": trouble} if trouble else {}),
        }  # fmt: skip
        return json.dumps(line, ensure_ascii=False, default=str)


class TextLines(Lines):
    """Level, logger, message, fields; a traceback in the lines below."""

    def format(self, record: logging.LogRecord) -> str:
        """Lay out one record."""
        fields = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        trouble = self.trouble(record)
        return f"{record.levelname} {record.name}: {self.message(record)}{fields}" + (f"\n{trouble}" if trouble else "")


class Counting(logging.Handler):
    """Counts what is logged, by level."""

    def __init__(self, count: Callable[[str], object], level: int = logging.WARNING) -> None:
        super().__init__(level)
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """Count one record."""
        self._count(record.levelname.lower())


def event(log: logging.Logger, message: str, **fields: object) -> None:
    """Log something that has fields of its own, at INFO."""
    log.info(message, extra={FIELDS: fields})


def set_up_logs(level: str, form: str, secrets: Collection[str] = (), stream: TextIO | None = None) -> None:
    """Send all that any library logs to standard error, in one form.

    Args:
        form: json, text, or auto: text on a terminal, else json.
        secrets: what must never be seen, besides what `redact` knows by its form.
    """
    stream = stream or sys.stderr
    as_json = form == "json" or (form == "auto" and not stream.isatty())
    handler = logging.StreamHandler(stream)
    handler.setFormatter((JsonLines if as_json else TextLines)(secrets))
    logging.basicConfig(level=level, handlers=[handler])
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.ERROR)
    logging.getLogger(TELLS_ALL).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    logging.getLogger("discord.client").setLevel(logging.ERROR)  # it warns that voice, which is not used, is missing
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("bot").critical("the program ends", exc_info=(kind, error, trace))
