"""The buttons, menus and the dialog of moderators' work. Each carries in its id all that it needs, as everywhere.

What they do stands in `bot/source_acts.py`, which asks for permission at every press.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self, cast

import discord

from bot.buttons import GREY, RED
from bot.drafts import Draft
from bot.escape import reveal, squeeze
from bot.limits import CUSTOM_ID_UNITS, MENU_UNITS, MENU_VALUES, clip, units
from bot.sending import respond
from bot.sourcing import Prepared, key_of

COG = "Sources"
GREEN = discord.ButtonStyle.success
DIALOG_ID = re.compile(r"pb\.details:(?P<key>[\w-]+)")
FIELDS = {
    "title": ("Title", "", 300),
    "publisher": ("Publisher", "", 200),
    "author": ("Author", "", 200),
    "date": ("Date of publication", "2018-10-11, or 2018-10, or 2018", 20),
    "url": ("Address on the web", "https://...", 1000),
}
"""Each detail's label, example and most characters."""


class Presses(Protocol):
    """What happens when a button or a menu of this file is used."""

    async def press(self, interaction: discord.Interaction[Any], action: str, key: str) -> None:
        """Do what a button says."""

    async def choose(self, interaction: discord.Interaction[Any], key: str, values: Sequence[str]) -> None:
        """Link a draft to events, and to no others."""

    async def turn(self, interaction: discord.Interaction[Any], listing: str, number: int, key: str) -> None:
        """Show a page, counted from 0."""


class SourceButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=re.compile(r"pb\.source:(?P<action>[a-z]+):(?P<key>.+)")
):
    """A button that does one thing to a draft, a document or a job."""

    def __init__(
        self, action: str, key: str, label: str = "again", style: discord.ButtonStyle = GREY, disabled: bool = False
    ) -> None:
        """Make a button; the label may be left out where it is only found again."""
        self.action, self.key = action, key
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=style, label=label, disabled=disabled, custom_id=f"pb.source:{action}:{key}"
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Find a button again by its id."""
        return cls(match["action"], match["key"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press over."""
        await _presses(interaction).press(interaction, self.action, self.key)


class SourcePageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=re.compile(r"pb\.sources:(?P<listing>[a-z]+):(?P<number>\d{1,5}):(?P<key>.*)", re.DOTALL),
):
    """A button that shows another page."""

    def __init__(self, listing: str, number: int, key: str, label: str = "again", disabled: bool = False) -> None:
        """Make a button that leads to a page, counted from 0."""
        self.listing, self.number, self.key = listing, number, key
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=GREY, label=label, disabled=disabled, custom_id=page_id(listing, number, key)
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Find a button again by its id."""
        return cls(match["listing"], int(match["number"]), match["key"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press over."""
        await _presses(interaction).turn(interaction, self.listing, self.number, self.key)


class EventMenu(discord.ui.DynamicItem[discord.ui.Select[Any]], template=re.compile(r"pb\.events:(?P<key>[\w-]+)")):
    """A menu of the events that a draft may be about."""

    def __init__(self, key: str, menu: discord.ui.Select[Any]) -> None:
        """Wrap a menu that has been made, or found again."""
        self.key = key
        super().__init__(menu)

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /) -> Self:
        """Find a menu again by its id."""
        return cls(match["key"], item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice over."""
        await _presses(interaction).choose(interaction, self.key, self.item.values)


SOURCE_ITEMS = (SourceButton, SourcePageButton, EventMenu)


def page_id(listing: str, number: int, key: str) -> str:
    """Write the id of a button that shows a page."""
    return f"pb.sources:{listing}:{number}:{key}"


def draft_view(draft: Draft, prepared: Prepared, titles: Mapping[str, str]) -> discord.ui.View:
    """Lay out what can be done with a draft."""
    view = discord.ui.View(timeout=None)
    menu = _event_menu(draft, prepared, titles)
    if menu:
        view.add_item(menu)
    unchanged = prepared.preview.unchanged
    view.add_item(SourceButton("add", draft.id, "Add", GREEN, disabled=unchanged))
    if not prepared.document.is_dossier:
        view.add_item(SourceButton("edit", draft.id, "Edit details"))
    view.add_item(SourceButton("cancel", draft.id, "Cancel", RED))
    return view


def removal_view(identifier: str) -> discord.ui.View:
    """Ask whether a document is to be removed."""
    view = discord.ui.View(timeout=None)
    view.add_item(SourceButton("remove", key_of(identifier), "Remove", RED))
    view.add_item(SourceButton("keep", key_of(identifier), "Keep it"))
    return view


def undo_view(number: int) -> discord.ui.View:
    """Ask whether a change is to be taken back."""
    view = discord.ui.View(timeout=None)
    view.add_item(SourceButton("undo", str(number), "Take it back", RED))
    view.add_item(SourceButton("leave", str(number), "Leave it"))
    return view


def job_view(job_id: str) -> discord.ui.View:
    """Let moderators stop a job."""
    view = discord.ui.View(timeout=None)
    view.add_item(SourceButton("stop", job_id, "Cancel", RED))
    return view


def pages_view(listing: str, number: int, pages: int, key: str) -> discord.ui.View | None:
    """Lay out the buttons under a page; none where there is only one."""
    if pages < 2 or units(page_id(listing, pages, key)) > CUSTOM_ID_UNITS:
        return None
    view = discord.ui.View(timeout=None)
    view.add_item(SourcePageButton(listing, max(number - 1, 0), key, "◀ Back", disabled=number == 0))
    view.add_item(SourcePageButton(listing, number + 1, key, "Next ▶", disabled=number == pages - 1))
    return view


def shown_detail(name: str, text: str) -> str:
    """Write a detail as the dialog shows it: on one line, with nothing hidden in it."""
    return clip(reveal(squeeze(text)), FIELDS[name][2])


async def open_details(interaction: discord.Interaction[Any], draft: Draft) -> None:
    """Ask for what is to be said of a source, beginning with what is said now."""
    modal = discord.ui.Modal(title="Details of the source", custom_id=f"pb.details:{draft.id}")
    now = {**draft.found, **draft.details}
    for name, (label, example, most) in FIELDS.items():
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name, required=False, max_length=most, placeholder=example or None,
            default=shown_detail(name, now.get(name, "")) or None,
        )  # fmt: skip
        modal.add_item(discord.ui.Label(text=label, description="Empty: not recorded", component=field))
    modal.stop()  # so that discord.py keeps nothing: the cog hears of what is sent
    await respond(interaction, lambda: interaction.response.send_modal(modal))


def _event_menu(draft: Draft, prepared: Prepared, titles: Mapping[str, str]) -> EventMenu | None:
    offered = {one.event_id: one.why for one in prepared.preview.proposals}
    offered |= {one: "" for one in draft.event_ids if one not in offered}
    fitting = [(one, why) for one, why in offered.items() if units(one) <= MENU_UNITS][:MENU_VALUES]
    if not fitting or prepared.document.is_dossier:
        return None
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=f"pb.events:{draft.id}", placeholder="Link it to events that it is about",
        min_values=0, max_values=len(fitting),
    )  # fmt: skip
    for event_id, why in fitting:
        menu.add_option(
            label=clip(reveal(squeeze(titles.get(event_id, event_id))), MENU_UNITS), value=event_id,
            description=clip(reveal(squeeze(why)), MENU_UNITS) or None, default=event_id in draft.event_ids,
        )  # fmt: skip
    return EventMenu(draft.id, menu)


def _presses(interaction: discord.Interaction[Any]) -> Presses:
    return cast(Presses, interaction.client.get_cog(COG))
