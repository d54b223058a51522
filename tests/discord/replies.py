"""A request of the bot and a reply to it, apart from the network."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

INVALID_FORM = 50035
"""Source: Discord, "JSON Error Codes"."""


@dataclass(slots=True)
class Call:
    """A request: `template` is the route as Discord's document names it, `files` the names and bytes of uploads.

    `at` counts as `time.perf_counter` does. `is_gone` says whether the bot has closed the connection. `status` is
    None while it is worked on, and for ever if it was broken off.
    """

    method: str
    template: str
    ids: dict[str, str]
    query: dict[str, str]
    body: Any
    files: list[tuple[str, bytes]]
    token: str | None
    at: float
    is_gone: Callable[[], bool] = lambda: False
    status: int | None = None

    def id(self, name: str) -> int:
        return int(self.ids[name]) if self.ids[name].isdigit() else 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: JSON, a page (text), or nothing (204)."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Discord does not do what was asked."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status} {reply.body}")
        self.reply = reply


class Violation(Refused):
    """The bot did what it never should; the test fails."""


def invalid(told: str, code: int = INVALID_FORM) -> Violation:
    """Refuse a body that breaks a limit."""
    return Violation(Reply(400, {"message": told, "code": code}))
