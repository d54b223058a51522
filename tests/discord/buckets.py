"""Rate limits: how many calls a bucket takes in how many seconds, and what the headers say of it."""

import time
from dataclasses import dataclass, field
from hashlib import md5

from tests.discord.replies import Call, Reply

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
"""Parameters that have a bucket each. Source: Discord, "Rate Limits"."""
MESSAGES = ("POST", "/channels/{channel_id}/messages")
KNOWN = {
    MESSAGES: (5, 5.0),
    ("POST", "/channels/{channel_id}/typing"): (5, 5.0),
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads"): (50, 300.0),
}
"""Observed limits of Discord; it publishes none."""
OTHERWISE = (30, 10.0)
UNCOUNTED = "/interactions/"
GLOBAL_PER_S = 50
"""Source: Discord, "Global Rate Limit"; answers to interactions do not count."""


@dataclass(slots=True)
class Bucket:
    """Calls since the window began; `begun` counts as `time.monotonic` does."""

    most: int
    window_s: float
    begun: float = field(default_factory=time.monotonic)
    taken: int = 0


class Buckets:
    """All buckets. `limits` may be changed by a test; `refused` counts the calls that came too fast."""

    def __init__(self) -> None:
        self.limits = dict(KNOWN)
        self.refused = 0
        self._buckets: dict[str, Bucket] = {}
        self._everywhere = Bucket(GLOBAL_PER_S, 1.0)

    def take(self, call: Call) -> tuple[dict[str, str], Reply | None]:
        """Count a call: the headers of its reply, and the refusal if it comes too fast."""
        if call.template.startswith(UNCOUNTED):
            return {}, None
        if not call.template.startswith("/webhooks/") and not _count(self._everywhere):
            return {}, self._refuse(self._everywhere, {}, "global")
        route = f"{call.method} {call.template}"
        most, window_s = self.limits.get((call.method, call.template), OTHERWISE)
        key = ":".join((route, *(call.ids.get(name, "") for name in MAJOR)))
        bucket = self._buckets.setdefault(key, Bucket(most, window_s))
        fits = _count(bucket)
        headers = _headers(bucket, md5(route.encode()).hexdigest())
        return headers, None if fits else self._refuse(bucket, headers, "user")

    def _refuse(self, bucket: Bucket, headers: dict[str, str], scope: str) -> Reply:
        self.refused += 1
        wait_s = round(max(_left(bucket), 0.01), 3)
        body = {"message": "You are being rate limited.", "code": 0, "retry_after": wait_s, "global": scope == "global"}
        more = {"Via": "1.1 google", "Retry-After": str(wait_s), "X-RateLimit-Scope": scope}
        return Reply(429, body, headers | more | ({"X-RateLimit-Global": "true"} if scope == "global" else {}))


def _count(bucket: Bucket) -> bool:
    if _left(bucket) <= 0:
        bucket.begun, bucket.taken = time.monotonic(), 0
    if bucket.taken >= bucket.most:
        return False
    bucket.taken += 1
    return True


def _left(bucket: Bucket) -> float:
    return bucket.begun + bucket.window_s - time.monotonic()


def _headers(bucket: Bucket, name: str) -> dict[str, str]:
    left_s = max(_left(bucket), 0.0)
    return {
        "X-RateLimit-Limit": str(bucket.most),
        "X-RateLimit-Remaining": str(bucket.most - bucket.taken),
        "X-RateLimit-Reset": f"{time.time() + left_s:.3f}",
        "X-RateLimit-Reset-After": f"{left_s:.3f}",
        "X-RateLimit-Bucket": name,
    }
