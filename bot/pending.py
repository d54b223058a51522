"""A question that was taken and is not answered yet: what it takes to answer it, now or after a restart."""

from dataclasses import dataclass, field

TOO_LATE_S = 15 * 60
"""As long as the token of an interaction is valid. Source: Discord, "Interactions", "Followup Messages"."""
NONCE_S = 120
"""For so long Discord tells a message that is sent twice by its nonce: "in the past few minutes".
Source: Discord, "Create Message", `enforce_nonce`; two minutes are the least that the words allow."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A question, who asks it and where.

    `id` is that of the message or the interaction that asks, and the nonce of the answer. `token` is the
    interaction's, None for a message. `question` is empty for a bare mention, `after` as in `Asks`. `parent_id` is
    that of a thread; `in_thread` says that the answer gets a thread of its own, `only_me` that nobody else may see
    it. `prompted` says that the bot was addressed, so that its silence would be noticed. `at` is when it was taken,
    in seconds since 1970. `again` says that the bot has tried before, perhaps before a restart.
    """

    id: int
    guild_id: int | None
    channel_id: int
    asker_id: int
    question: str
    at: float
    parent_id: int | None = None
    after: str | None = None
    token: str | None = field(default=None, repr=False)
    only_me: bool = False
    may_embed: bool = True
    in_thread: bool = False
    prompted: bool = True
    again: bool = field(default=False, compare=False)

    @property
    def nonce(self) -> str:
        """What every message that answers it carries; at most 25 characters. Source: Discord, "Create Message"."""
        return str(self.id)

    def is_too_late(self, now: float) -> bool:
        """Say whether nobody waits for an answer any more."""
        return now - self.at > TOO_LATE_S

    def may_have_lost_its_nonce(self, now: float) -> bool:
        """Say whether Discord may not know any more that it has taken an answer."""
        return now - self.at > NONCE_S
