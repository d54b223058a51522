"""What the bot keeps, as `bot/state.py` gives it back: answers, feedback, a server's settings."""

import hashlib
from dataclasses import dataclass

DIGEST_CHARS = 16


@dataclass(frozen=True, slots=True)
class ClaimId:
    """What is kept of a claim: where it stands, and a digest of its words to tell whether they are still there.

    `event` is the id of the event that it was listed under, where an answer went event by event.
    """

    document_id: str
    start: int
    end: int
    shown: bool
    digest: str = ""
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """One answer as it is kept; `question`, `after` and `asker_id` are None once they have been erased.

    `at` is UTC, ISO. `guild_id` is None in direct messages.
    """

    id: str
    guild_id: int | None
    channel_id: int
    message_id: int | None
    asker_id: int | None
    question: str | None
    after: str | None
    outcome: str
    revision: int
    at: str
    claims: tuple[ClaimId, ...]


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What a server's moderators decide.

    `channels`: where the bot answers; empty: everywhere. `in_thread`: a mention is answered in a new thread.
    `unprompted_channels`: threads and forum posts there are answered without a mention, where the operator
    allows it. Limits are questions an hour. `moderator_role` may do what Manage Server may.
    """

    channels: tuple[int, ...] = ()
    in_thread: bool = False
    unprompted_channels: tuple[int, ...] = ()
    member_per_hour: int = 30
    guild_per_hour: int = 600
    retention_days: int = 30
    moderator_role: int | None = None

    def answers_in(self, *channel_ids: int | None) -> bool:
        """Say whether it answers in a channel; give a thread's id and its parent's."""
        return not self.channels or any(one in self.channels for one in channel_ids)

    def answers_unprompted_in(self, parent_id: int | None) -> bool:
        """Say whether threads of a channel are answered without a mention."""
        return parent_id in self.unprompted_channels


@dataclass(frozen=True, slots=True)
class Report:
    """One reported problem; `kind` is wrong, private or outdated; `text` is empty once it has been erased."""

    kind: str
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """All that members said of one answer; `reasons` are those of the votes against it."""

    answer: Remembered
    up: int
    down: int
    reasons: tuple[str, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """One page of the feedback of a server or of direct messages, latest first.

    `page` counts from 0 and is the nearest one that there is.
    `total` counts answers; `up`, `down` and `reports` count over all pages.
    """

    entries: tuple[FeedbackEntry, ...]
    page: int
    pages: int
    total: int
    up: int
    down: int
    reports: int


def digest_of(text: str) -> str:
    """Digest a claim's words, as `ClaimId.digest` keeps them."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_CHARS]
