"""One interaction: how long it may be acknowledged, how long its token holds, and what came of it."""

import time
from dataclasses import dataclass, field
from typing import Any

from tests.discord.world import Channel, Message, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
SAY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
"""Source: Discord, "Interaction Callback Type"."""
ACKNOWLEDGE_S, TOKEN_S = 3.0, 15 * 60.0
"""Source: Discord, "Responding to an Interaction": three seconds, then fifteen minutes."""
ALLOWED = {
    COMMAND: {SAY, DEFER, MODAL},
    COMPONENT: {SAY, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {SAY, DEFER, DEFER_UPDATE, UPDATE},
}


@dataclass(eq=False, slots=True)
class Interaction:
    """What a member did, and what the bot made of it.

    `created` is Discord's time, `sent_at` and `acknowledged_at` count as `time.perf_counter` does. `original` is the
    response, or the message whose button was pressed; `message` the one whose component was used.
    """

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    data: dict[str, Any]
    created: float
    message: Message | None = None
    menu: bool = False
    sent_at: float = field(default_factory=time.perf_counter)
    acknowledged_at: float | None = None
    acknowledged_by: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None

    @property
    def took_s(self) -> float:
        """Say how long the acknowledgement took."""
        assert self.acknowledged_at is not None, "not acknowledged"
        return self.acknowledged_at - self.sent_at

    def acknowledge(self, kind: int) -> None:
        self.acknowledged_at, self.acknowledged_by = time.perf_counter(), kind
