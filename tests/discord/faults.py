"""A table of faults: which call of the bot goes wrong, and how. `Faults.pick` is asked once for every call.

faults.on("POST", "/channels/{channel_id}/messages", reset(after=True), nth=1)
faults.at_random(0.05, seed=7, kinds=[status(500), reset(after=True)])
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.discord.replies import Call, Reply

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10003, 10008, 10015, 10062
MISSING_ACCESS, MISSING_PERMISSIONS, ACKNOWLEDGED_BEFORE, INVALID_TOKEN = 50001, 50013, 40060, 50027
"""Source: Discord, "JSON Error Codes"."""
TOLD = {
    UNKNOWN_CHANNEL: "Unknown Channel", UNKNOWN_MESSAGE: "Unknown Message", UNKNOWN_WEBHOOK: "Unknown Webhook",
    UNKNOWN_INTERACTION: "Unknown interaction", MISSING_ACCESS: "Missing Access",
    MISSING_PERMISSIONS: "Missing Permissions", ACKNOWLEDGED_BEFORE: "Interaction has already been acknowledged.",
    INVALID_TOKEN: "Invalid Webhook Token",
}  # fmt: skip
STATUS = {MISSING_ACCESS: 403, MISSING_PERMISSIONS: 403, ACKNOWLEDGED_BEFORE: 400, INVALID_TOKEN: 401}
EVERY = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one call.

    `after` says that Discord has done what was asked before it goes wrong; else it has done nothing. `reply` None and
    no `reset` only takes time, and the call goes on. `resets` breaks the connection off without an answer.
    """

    reply: Reply | None = None
    resets: bool = False
    delay_s: float = 0.0
    after: bool = False


@dataclass(slots=True)
class Rule:
    """On which call of a route a fault happens: the n-th and as many more as `times` says; EVERY is all of them."""

    method: str
    template: str
    fault: Fault
    nth: int
    times: int
    seen: int = 0
    hit: int = 0

    def strikes(self, call: Call) -> bool:
        if call.method != self.method or call.template != self.template:
            return False
        self.seen += 1
        struck = self.nth == EVERY or self.nth <= self.seen < self.nth + self.times
        self.hit += struck
        return struck


@dataclass(slots=True)
class Chance:
    """A share of all calls to some routes (all, if none is named) goes wrong, the same ones for the same seed."""

    share: float
    kinds: Sequence[Fault]
    routes: frozenset[tuple[str, str]]
    dice: random.Random
    hit: int = 0

    def pick(self, call: Call) -> Fault | None:
        if self.routes and (call.method, call.template) not in self.routes:
            return None
        if self.dice.random() >= self.share:
            return None
        self.hit += 1
        return self.dice.choice(self.kinds)


@dataclass(slots=True)
class Faults:
    """All that goes wrong; empty at first."""

    rules: list[Rule] = field(default_factory=list)
    chances: list[Chance] = field(default_factory=list)

    def on(self, method: str, template: str, fault: Fault, nth: int = 1, times: int = 1) -> Rule:
        """Let the n-th call of a route from now on go wrong (1 is the next), and `times` - 1 more."""
        self.rules.append(Rule(method, template, fault, nth, times))
        return self.rules[-1]

    def at_random(
        self, share: float, kinds: Sequence[Fault], seed: int, routes: Sequence[tuple[str, str]] = ()
    ) -> Chance:
        """Let a share of calls go wrong."""
        self.chances.append(Chance(share, kinds, frozenset(routes), random.Random(seed)))
        return self.chances[-1]

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self.rules.clear()
        self.chances.clear()

    def pick(self, call: Call) -> Fault | None:
        """Say what goes wrong with a call; every rule counts it, the first that strikes wins."""
        struck = [rule.fault for rule in self.rules if rule.strikes(call)]
        picked = [fault for chance in self.chances if (fault := chance.pick(call))]
        return next(iter(struck + picked), None)


def status(code: int, *, after: bool = False) -> Fault:
    """Answer 500, 502, 503 or the like, as a page of HTML: that is what stands before Discord."""
    return Fault(Reply(code, f"<html><h1>{code}</h1></html>"), after=after)


def too_many(retry_after_s: float = 0.3, *, via: bool = True, everywhere: bool = False) -> Fault:
    """Answer 429; without Via it comes from Cloudflare, and discord.py gives up."""
    body = {"message": "You are being rate limited.", "code": 0, "retry_after": retry_after_s, "global": everywhere}
    scope = "global" if everywhere else "shared"
    headers = {"Via": "1.1 google"} if via else {}
    return Fault(Reply(429, body, headers | {"Retry-After": str(retry_after_s), "X-RateLimit-Scope": scope}))


def refusal(code: int) -> Fault:
    """Answer with one of Discord's own errors: UNKNOWN_CHANNEL, MISSING_PERMISSIONS ..."""
    return Fault(error(code))


def reset(*, after: bool = False) -> Fault:
    """Break the connection off: before Discord has done anything, or after it has done all."""
    return Fault(resets=True, after=after)


def slow(seconds: float, *, after: bool = False) -> Fault:
    """Take time before doing what is asked, or between doing and answering."""
    return Fault(delay_s=seconds, after=after)


def late(fault: Fault, seconds: float) -> Fault:
    """Let a fault take time first."""
    return replace(fault, delay_s=seconds)


def error(code: int) -> Reply:
    """Write one of Discord's errors."""
    return Reply(STATUS.get(code, 404), {"message": TOLD[code], "code": code})
