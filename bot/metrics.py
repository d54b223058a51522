"""What is counted and timed, in Prometheus' terms. Nothing that a member wrote becomes a label."""

import re
from types import SimpleNamespace
from typing import Any

import aiohttp
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from yarl import URL

from index.answer import Answer
from index.holdings import Status

MILLISECONDS = 1000
FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
SLOW = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 30, 60, 300)
TOKENS = re.compile(r"(/webhooks/|/interactions/)\d+/[^/]+")
IDS = re.compile(r"/\d+(?=/|$)")
API = re.compile(r"^/api/v\d+")
FILES = re.compile(r"^/((?:ephemeral-)?attachments)/.*", re.DOTALL)
"""What members sent, under the names that they gave it. Source: Discord, "Attachment Object", `url`."""


class Metrics:
    """All metrics of one process, in a registry of its own."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        of: dict[str, Any] = {"registry": self.registry}
        self.questions = Counter("purgebot_questions", "Questions that came in, by the way they came", ["kind"], **of)
        self.answers = Counter("purgebot_answers", "Answers that were found, by outcome", ["outcome"], **of)
        self.refused = Counter("purgebot_refused", "Questions not taken: the limit or the queue", ["limit"], **of)
        self.replies = Counter("purgebot_replies", "Replies to questions: sent, or given up", ["result"], **of)
        self.stage = Histogram(
            "purgebot_stage_seconds", "Time of each stage of an answer", ["stage"], buckets=FAST, **of
        )
        self.reply = Histogram("purgebot_reply_seconds", "From a question's coming to its reply", buckets=SLOW, **of)
        self.wait = Histogram("purgebot_queue_wait_seconds", "How long work waited for a thread", buckets=FAST, **of)
        self.queue = Gauge("purgebot_queue_length", "Work that waits for a thread", **of)
        self.logged = Counter("purgebot_log_messages", "Lines logged at WARNING and above", ["level"], **of)
        self.revision = Gauge("purgebot_index_revision", "Revision of the catalog", **of)
        self.documents = Gauge("purgebot_index_documents", "Documents that all servers share", **of)
        self.pending = Gauge("purgebot_index_vectors_pending", "Passages that have no vector yet", **of)
        self.guilds = Gauge("purgebot_guilds", "Servers that the bot is in", **of)
        self.shards = Gauge("purgebot_shards", "Connections to the gateway, by state", ["state"], **of)
        self.latency = Gauge("purgebot_gateway_latency_seconds", "From heartbeat to its receipt", ["shard"], **of)
        self.drops = Counter("purgebot_gateway_disconnects", "Connections to the gateway that were lost", **of)
        self.resumes = Counter("purgebot_gateway_resumes", "Connections that went on where they were lost", **of)
        self.requests = Counter(
            "purgebot_discord_requests", "Calls to Discord; status 0: no answer", ["method", "route", "status"], **of
        )

    def answered(self, answer: Answer) -> None:
        """Count an answer and the time of its stages."""
        self.answers.labels(answer.outcome.value).inc()
        for stage, spent_ms in answer.timings_ms.items():
            self.stage.labels(stage).observe(spent_ms / MILLISECONDS)

    def hold(self, status: Status) -> None:
        """Note what the library holds."""
        self.revision.set(status.revision)
        self.documents.set(status.documents)
        self.pending.set(status.vectors_pending)

    def text(self) -> bytes:
        """Write all metrics in Prometheus' text format."""
        return generate_latest(self.registry)


def trace_requests(metrics: Metrics) -> aiohttp.TraceConfig:
    """Count the calls to Discord as discord.py makes them."""

    async def ended(_session: object, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams) -> None:
        metrics.requests.labels(params.method, route_of(params.url), params.response.status).inc()

    async def failed(_session: object, _context: SimpleNamespace, params: aiohttp.TraceRequestExceptionParams) -> None:
        metrics.requests.labels(params.method, route_of(params.url), 0).inc()

    config = aiohttp.TraceConfig()
    config.on_request_end.append(ended)
    config.on_request_exception.append(failed)
    return config


def route_of(url: URL) -> str:
    """Take ids, tokens and names of files out of the address of a call, so that few different ones are left."""
    path = FILES.sub(r"/\1/{file}", API.sub("", url.path))
    return IDS.sub("/{id}", TOKENS.sub(r"\1{id}/{token}", path)) or "/"
