"""The buttons under replies. Each carries in its id all that it needs, so that it works after a restart, years later.

What a button does stands in `bot/views.py`; this file only says which there are, and finds them again.
"""

import re
from typing import Any, Protocol, Self, cast

import discord

from bot.asking import Told
from bot.attribution import count
from bot.limits import CUSTOM_ID_UNITS, units

COG = "Views"
GREY, BLUE, RED = discord.ButtonStyle.secondary, discord.ButtonStyle.primary, discord.ButtonStyle.danger


class Presses(Protocol):
    """What happens when a button is pressed."""

    async def press(self, interaction: discord.Interaction, action: str, key: str) -> None:
        """Do what a button under an answer says; `key` is the answer's id, or an event's."""

    async def turn(self, interaction: discord.Interaction, listing: str, page: int, key: str) -> None:
        """Show a page, counted from 0, of a listing."""


class ActionButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=re.compile(r"pb:(?P<action>[a-z]+):(?P<key>.+)")
):
    """A button that does one thing, mostly to one answer."""

    def __init__(
        self, action: str, key: str, label: str | None = None, emoji: str | None = None, row: int | None = None,
        style: discord.ButtonStyle = GREY,
    ) -> None:  # fmt: skip
        """Make a button; the label may be left out where it is only found again."""
        self.action, self.key = action, key
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=style, label=label, emoji=emoji, custom_id=f"pb:{action}:{key}"
        )
        super().__init__(button, row=row)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Find a button again by its id."""
        return cls(match["action"], match["key"], label="again")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press over."""
        await _presses(interaction).press(interaction, self.action, self.key)


class TurnButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=re.compile(r"pb\.turn:(?P<listing>[a-z]+):(?P<page>\d{1,5}):(?P<key>.+)"),
):
    """A button that shows another page."""

    def __init__(self, listing: str, page: int, key: str, label: str = "", disabled: bool = False) -> None:
        """Make a button that leads to a page, counted from 0."""
        self.listing, self.page, self.key = listing, page, key
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=GREY, label=label or "again", disabled=disabled, custom_id=turn_id(listing, page, key)
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Find a button again by its id."""
        return cls(match["listing"], int(match["page"]), match["key"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press over."""
        await _presses(interaction).turn(interaction, self.listing, self.page, self.key)


BUTTONS = (ActionButton, TurnButton)


def turn_id(listing: str, page: int, key: str) -> str:
    """Write the id of a button that shows a page."""
    return f"pb.turn:{listing}:{page}:{key}"


def answer_view(told: Told, *, only_me: bool = False) -> discord.ui.View | None:
    """Lay out the buttons under an answer: at the top what leads on, below what is thought of it.

    Returns:
        None for an answer that was not remembered. Only the asker sees an `only_me` answer and can dismiss it,
        so that it needs no Delete.
    """
    if told.answer_id is None:
        return None
    view = discord.ui.View(timeout=None)
    key = told.answer_id
    if told.waiting:
        view.add_item(ActionButton("more", key, f"Show {told.waiting} more", "🔽", row=0, style=BLUE))
    if told.has_claims:
        view.add_item(ActionButton("passages", key, "Passages", "📖", row=0))
    if told.has_events:
        view.add_item(ActionButton("timeline", key, "Timeline", "📅", row=0))
    if told.nearest and units(told.nearest) <= CUSTOM_ID_UNITS - len("pb:event:"):
        view.add_item(ActionButton("event", told.nearest, "Nearest event", "📁", row=0))
    view.add_item(ActionButton("follow", key, "Follow up", "💬", row=0))
    view.add_item(ActionButton("up", key, None, "👍", row=1))
    view.add_item(ActionButton("down", key, None, "👎", row=1))
    view.add_item(ActionButton("report", key, "Report", "🚩", row=1))
    if not only_me:
        view.add_item(ActionButton("delete", key, "Delete", "🗑️", row=1))
    return view


def turn_view(listing: str, page: int, pages: int, key: str) -> discord.ui.View | None:
    """Lay out the buttons under a page; none where there is only one, or its key is too long for an id."""
    if pages < 2 or units(turn_id(listing, pages, key)) > CUSTOM_ID_UNITS:
        return None
    view = discord.ui.View(timeout=None)
    view.add_item(TurnButton(listing, max(page - 1, 0), key, "◀ Back", disabled=page == 0))
    view.add_item(
        TurnButton(
            listing, page + 1, key, f"Next ({count(pages - page - 1, 'page')} left) ▶", disabled=page == pages - 1
        )
    )
    return view


def _presses(interaction: discord.Interaction[Any]) -> Presses:
    return cast(Presses, interaction.client.get_cog(COG))
