"""What all surfaces in Discord share: what answers, what is held, what is kept, and where work runs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import discord

from bot.drafts import Drafts
from bot.logs import Counting
from bot.metrics import Metrics
from bot.rates import Rates
from bot.settings import Settings
from bot.sourcing import SourceDesk
from bot.state import State
from bot.visits import Visits
from bot.work import Work
from index.answer import Answer
from index.library import Library
from index.shelf import Shelf


class Asks(Protocol):
    """What answers questions."""

    def __call__(self, question: str, scope: str, after: str | None, /) -> Answer:
        """Answer one question; called on a thread of the pool.

        Args:
            scope: the id of the asker's server, or empty in direct messages.
            after: the earlier question that this one goes on from, if it does.
        """


class Documents(Protocol):
    """What holds the documents that servers have of their own."""

    def scopes(self) -> list[str]:
        """List the servers of which anything is held."""

    def forget_scope(self, scope: str, actor: str, /) -> int:
        """Delete a server's documents for good; returns how many."""


class NoDocuments:
    """Holds no server's documents."""

    def scopes(self) -> list[str]:
        """List nothing."""
        return []

    def forget_scope(self, _scope: str, _actor: str, /) -> int:
        """Delete nothing."""
        return 0


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts that the cogs and buttons work with. `shelf`, `state` and `documents` block: call them through `work`.

    `message_content` says that the operator switched on Discord's privileged intent of that name. `warm_up` blocks
    until the first question need not wait for anything. `sources` is what moderators need who change what is known.
    """

    asks: Asks
    shelf: Shelf
    state: State
    work: Work
    message_content: bool = False
    rates: Rates = field(default_factory=Rates)
    documents: Documents = field(default_factory=NoDocuments)
    visits: Visits = field(default_factory=Visits)
    metrics: Metrics = field(default_factory=Metrics)
    warm_up: Callable[[], object] = lambda: None
    sources: SourceDesk | None = None


def open_desk(settings: Settings, library: Library, state: State) -> Desk:
    """Put together what an open library and the bot's own notes give."""
    metrics = Metrics()
    logging.getLogger().addHandler(Counting(lambda level: metrics.logged.labels(level).inc()))
    return Desk(
        library.ask, library, state, Work(waited=metrics.wait.observe), settings.message_content,
        rates=Rates(per_hour=settings.per_hour), documents=library, metrics=metrics, warm_up=library.warm_up,
        sources=SourceDesk(library, Drafts(settings.data), settings.corpus),
    )  # fmt: skip


class HasDesk(Protocol):
    """A client that carries the desk."""

    @property
    def desk(self) -> Desk:
        """What its cogs and buttons work with."""


def desk_of(interaction: discord.Interaction) -> Desk:
    """Find the desk of the client that an interaction came to."""
    client: HasDesk = interaction.client  # type: ignore[assignment]
    return client.desk


def scope_of(guild_id: int | None) -> str:
    """Say what may be seen from a server, or from direct messages: shared documents only."""
    return str(guild_id) if guild_id else ""
