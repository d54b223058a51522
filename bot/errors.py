"""What can go wrong in the bot itself, and what a member is told of any error.

    BotError
    ├── Busy            more is asked than the bot can work on
    ├── NoConnection    Discord refuses the token or cannot be reached
    ├── NotAllowed      only a moderator may do this
    ├── NothingToDraw   no event has a place in a picture
    ├── Refused         what a moderator asks for cannot be done; the message is for them
    ├── StateFault      the bot's own database cannot be used
    ├── Stopping        the bot is on its way out
    └── UnknownAnswer   an answer is not kept any more

`TOLD` is the one table of sentences. An error that is not in it is logged with its traceback under the id of what is
being served, and the member gets one fixed apology with that id; the error's own text never leaves the log.
"""

import logging

from bot.redaction import redact
from bot.visits import visit_id
from corpus.errors import CorpusError
from index.errors import (
    BadQuestion,
    CatalogDamaged,
    CatalogOutdated,
    DataUnwritable,
    IndexingError,
    ModelFault,
    NothingIndexed,
    UnknownDocument,
    UnknownEvent,
)

log = logging.getLogger(__name__)


class BotError(Exception):
    """Any fault of the bot itself."""


class Busy(BotError):
    """More is asked than the bot can work on."""


class NoConnection(BotError):
    """Discord refuses the token or cannot be reached; the message is for the operator."""


class NotAllowed(BotError):
    """Only a moderator may do this."""


class NothingToDraw(BotError):
    """No event has a place in a picture."""


class Refused(BotError):
    """What a moderator asks for cannot be done; the message says why, and is theirs to read."""


class StateFault(BotError):
    """The bot's own database cannot be used; the message is for the operator."""


class Stopping(BotError):
    """The bot is on its way out and takes nothing more."""


class UnknownAnswer(BotError):
    """An answer is not kept any more, so nothing can be said of it."""


OUT_OF_ORDER = "I cannot reach my sources at the moment. Whoever runs this bot finds the cause in its log, under {id}."
TOLD: dict[type[Exception], str] = {
    Busy: "I am answering many questions right now. Please ask again in a minute.",
    Stopping: "I am being restarted. Please ask again in a minute.",
    NotAllowed: "Only members with the permission Manage Server, or the role that this server's settings name, "
    "may do this.",
    StateFault: "I cannot reach my own notes at the moment. "
    "Whoever runs this bot finds the cause in its log, under {id}.",
    UnknownAnswer: "That answer is no longer kept. Please ask again.",
    NothingToDraw: "No event that I hold fits. Please ask for another platform or time.",
    NothingIndexed: "I hold no sources yet. Whoever runs this bot can add them with `purgebot reindex`.",
    UnknownDocument: "That source is no longer here. Please ask again.",
    UnknownEvent: "That event is no longer here. Please ask again.",
    CatalogDamaged: OUT_OF_ORDER,
    CatalogOutdated: OUT_OF_ORDER,
    DataUnwritable: OUT_OF_ORDER,
    ModelFault: OUT_OF_ORDER,
    IndexingError: OUT_OF_ORDER,
    CorpusError: "A document could not be read. Whoever runs this bot finds the cause in its log, under {id}.",
}
"""The sentence for an error is that of its own type, else of the nearest type above it; `{id}` is the visit's."""
QUIET = (Busy, Stopping, BadQuestion, NotAllowed, NothingToDraw, UnknownAnswer, UnknownDocument, UnknownEvent)
"""Errors that concern the asker alone and are not logged."""
APOLOGY = "Sorry, something went wrong on my side. If it happens again, report it with this number: {id}"


def explain(error: BaseException) -> str:
    """Say to a member what an error means for them, and log what the operator must know.

    Returns:
        Plain text, not escaped. Where it sends somebody to the log, it ends in the id to look for.
    """
    if isinstance(error, (BadQuestion, Refused)):
        return _sentence(str(error))  # written for the asker
    known = next((TOLD[kind] for kind in type(error).__mro__ if kind in TOLD), APOLOGY)
    if isinstance(error, QUIET):
        return known
    number = visit_id()
    if known is APOLOGY:
        log.error("error %s", number, exc_info=error, extra={"fields": {"id": number}})
    else:
        log.error("%s: %s", type(error).__name__, redact(str(error)), extra={"fields": {"id": number}})
    return known.format(id=number)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"
