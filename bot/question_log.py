"""What an operator sees of one question: that it came, what was found, whether the reply was sent. Never its text."""

import logging
import time

from bot.logs import event
from bot.metrics import Metrics
from bot.rates import Wait
from bot.visits import CURRENT
from bot.work import WAITED_S
from index.answer import Answer

log = logging.getLogger(__name__)
QUEUE = "queue"
"""What the metric of refusals calls a queue without room; other limits are named as in `bot.rates.SAID`."""
UNKNOWN = "again"
"""The kind of a question that is answered after a restart, when nobody calls upon the bot."""


def note_arrival(metrics: Metrics, guild_id: int | None, channel_id: int) -> None:
    """Note that a question came in; ids are logged as text, as Discord writes them, for they are too long for some."""
    visit = CURRENT.get()
    kind = visit.kind if visit else UNKNOWN
    metrics.questions.labels(kind).inc()
    event(log, "question arrived", kind=kind, guild=guild_id and str(guild_id), channel=str(channel_id))


def note_answer(metrics: Metrics, found: Answer) -> None:
    """Note what was found; called on the thread that found it."""
    metrics.answered(found)
    spent = {f"{stage}_ms": milliseconds for stage, milliseconds in found.timings_ms.items()}
    waited_ms = round(1000 * WAITED_S.get(), 1)
    event(log, "question answered", outcome=found.outcome.value, claims=len(found.claims), revision=found.revision,
          waited_ms=waited_ms, **spent)  # fmt: skip


def note_refusal(metrics: Metrics, wait: Wait | None) -> None:
    """Note that a limit was reached; None: there was no room in the queue."""
    limit = wait.who if wait else QUEUE
    metrics.refused.labels(limit).inc()
    event(log, "question refused", limit=limit)


def note_reply(metrics: Metrics, *, sent: bool) -> None:
    """Note that Discord took the reply, or that it was given up."""
    visit = CURRENT.get()
    metrics.replies.labels("sent" if sent else "failed").inc()
    spent = time.monotonic() - visit.began if visit else None
    if spent is not None and sent:
        metrics.reply.observe(spent)
    event(log, "question closed", sent=sent, ms=None if spent is None else round(1000 * spent, 1))
