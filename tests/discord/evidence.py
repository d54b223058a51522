"""What went over the wire, kept as text, and what was wrong with it. Checked at the end, so that it slows nothing."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.discord.contract import Contract
from tests.discord.replies import Call, Reply

SHOWN_CHARS = 500


@dataclass(slots=True)
class Evidence:
    """`violations` are what the bot (or this Discord) never should have done, in order."""

    violations: list[str] = field(default_factory=list)
    _requests: list[tuple[str, str, str]] = field(default_factory=list)
    _replies: list[tuple[str, str, int, str]] = field(default_factory=list)
    _events: list[tuple[str, str]] = field(default_factory=list)

    def request(self, call: Call) -> None:
        self._requests.append((call.method, call.template, json.dumps(call.body)))

    def reply(self, call: Call, reply: Reply) -> None:
        self._replies.append((call.method, call.template, reply.status, json.dumps(reply.body)))

    def event(self, name: str, data: Any) -> None:
        self._events.append((name, json.dumps(data)))

    def against(self, contract: Contract) -> list[str]:
        """Say what Discord's documents object to."""
        told = [
            f"request {method} {template}: {fault}\n  {body[:SHOWN_CHARS]}"
            for method, template, body in self._requests
            for fault in contract.request_faults(method, template, json.loads(body))
        ]
        told += [
            f"reply {status} to {method} {template}: {fault}\n  {body[:SHOWN_CHARS]}"
            for method, template, status, body in self._replies
            for fault in contract.reply_faults(method, template, status, json.loads(body))
        ]
        told += [
            f"event {name}: {fault}\n  {data[:SHOWN_CHARS]}"
            for name, data in self._events
            for fault in contract.event_faults(name, json.loads(data))
        ]
        return told
