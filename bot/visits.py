"""Who is being served: an id for every call upon the bot, and how many are not finished yet."""

import asyncio
import secrets
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the shell, which needs no Discord, logs the id too
    import discord

END_S = 0.5
"""For what was given up to end."""
CURRENT: ContextVar["Visit | None"] = ContextVar("visit", default=None)
KINDS = {"application_command": "command", "component": "button", "modal_submit": "dialog"}
"""Words of ours for `discord.InteractionType`; others keep theirs."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One call upon the bot: a command, a press, a message.

    `id` stands in every line of the log about it and in an apology. `began` is of `time.monotonic`. `late` says that
    the bot was stopping already.
    """

    id: str
    kind: str
    guild_id: int | None
    channel_id: int | None
    member_id: int
    began: float
    late: bool = False


class Visits:
    """Notes who comes in and waits for all to be served before the bot goes. Belongs to one event loop."""

    def __init__(self) -> None:
        """Start with nobody inside."""
        self.stopping = False
        self._inside: set[asyncio.Task[Any]] = set()

    def admit(self, kind: str, guild_id: int | None, channel_id: int | None, member_id: int) -> Visit:
        """Note that the running task serves a member, until it ends; a task that is noted already stays as it was."""
        task = asyncio.current_task()
        visit = CURRENT.get()
        if visit is None:
            number = secrets.token_hex(4)
            visit = Visit(number, kind, guild_id, channel_id, member_id, time.monotonic(), self.stopping)
            CURRENT.set(visit)  # every event has a task, and with it a context, of its own
        if task is not None and task not in self._inside:
            self._inside.add(task)
            task.add_done_callback(self._inside.discard)
        return visit

    def admit_interaction(self, interaction: "discord.Interaction[Any]") -> Visit:
        """Note who used a command, a button or a dialog."""
        kind = KINDS.get(interaction.type.name, interaction.type.name)
        return self.admit(kind, interaction.guild_id, interaction.channel_id, interaction.user.id)

    def admit_message(self, message: "discord.Message") -> Visit:
        """Note who wrote a message to the bot."""
        kind = "message" if message.guild else "direct message"
        return self.admit(kind, message.guild.id if message.guild else None, message.channel.id, message.author.id)

    async def close(self, seconds: float) -> int:
        """Wait for those inside; whoever comes meanwhile is late, and is waited for only as long as the others.

        Who is still inside after `seconds` is given up: nothing more is sent to them.

        Returns:
            How many were given up.
        """
        self.stopping = True
        end = time.monotonic() + seconds
        for _ in ("those inside", "those who came meanwhile"):
            if self._inside:
                await asyncio.wait(self._inside, timeout=max(0.0, end - time.monotonic()))
        given_up = list(self._inside)
        for task in given_up:
            task.cancel()
        if given_up:
            await asyncio.wait(given_up, timeout=END_S)
        return len(given_up)


def visit_id() -> str:
    """Say the id of what is being served, or a new one where nothing is."""
    visit = CURRENT.get()
    return visit.id if visit else secrets.token_hex(4)
