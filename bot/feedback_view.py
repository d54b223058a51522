"""`/feedback` in Discord: the pages, the menu that opens an answer, and the way back. All of it survives a restart."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord

from bot.buttons import GREY
from bot.desk import desk_of, scope_of
from bot.feedback import Overview, answer_pages, overview
from bot.listings import Wanted
from bot.permits import as_moderator
from bot.sending import acknowledge, edit_reply, may_embed


class FeedbackButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=re.compile(r"pb\.feedback:(?P<page>\d{1,5})(?::(?P<answer>[\w-]{12}):(?P<part>\d{1,3}))?"),
):
    """A button that shows a page of the feedback, counted from 0, or of one answer that was opened from it."""

    def __init__(
        self, page: int, answer_id: str | None = None, part: int = 0, label: str = "again", disabled: bool = False
    ) -> None:
        """Make a button; the label may be left out where it is only found again."""
        self.page, self.answer_id, self.part = page, answer_id, part
        custom_id = f"pb.feedback:{page}" + (f":{answer_id}:{part}" if answer_id else "")
        super().__init__(discord.ui.Button(style=GREY, label=label, disabled=disabled, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Find a button again by its id."""
        return cls(int(match["page"]), match["answer"], int(match["part"] or 0))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page."""
        answer_id = self.answer_id
        if answer_id is None:
            await _guarded(interaction, lambda: show_feedback(interaction, self.page))
        else:
            await _guarded(interaction, lambda: show_answer(interaction, answer_id, self.page, self.part))


class FeedbackMenu(
    discord.ui.DynamicItem[discord.ui.Select[Any]], template=re.compile(r"pb\.opinions:(?P<page>\d{1,5})")
):
    """A menu of the answers on a page; the one that is chosen is shown as it was."""

    def __init__(self, page: int, menu: discord.ui.Select[Any]) -> None:
        """Wrap a menu that has been made, or found again."""
        self.page = page
        super().__init__(menu)

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /) -> Self:
        """Find a menu again by its id."""
        return cls(int(match["page"]), item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the answer that was chosen."""
        await _guarded(interaction, lambda: show_answer(interaction, self.item.values[0], self.page, 0))


FEEDBACK_ITEMS = (FeedbackButton, FeedbackMenu)


async def show_feedback(interaction: discord.Interaction[Any], page: int) -> None:
    """Put a page of a server's feedback in place of an acknowledgement; who asks has been checked."""
    desk = desk_of(interaction)
    found = await desk.work.run(overview, desk, interaction.guild_id or 0, page)
    await edit_reply(interaction, found.reply, _overview_view(found))


async def show_answer(interaction: discord.Interaction[Any], answer_id: str, page: int, part: int) -> None:
    """Put one answer, as it was, in place of the page that it was chosen from; who asks has been checked."""
    desk = desk_of(interaction)
    wanted = Wanted(answer_id, scope_of(interaction.guild_id), may_embed(interaction))
    parts = await desk.work.run(answer_pages, desk, interaction.guild_id or 0, wanted)
    part = min(part, len(parts) - 1)
    view = discord.ui.View(timeout=None)
    view.add_item(FeedbackButton(page, label="All feedback"))
    if len(parts) > 1:
        view.add_item(FeedbackButton(page, answer_id, max(part - 1, 0), "◀ Back", disabled=part == 0))
        view.add_item(FeedbackButton(page, answer_id, part + 1, "Next ▶", disabled=part == len(parts) - 1))
    await edit_reply(interaction, parts[part], view)


def _overview_view(found: Overview) -> discord.ui.View | None:
    if not found.choices:
        return None
    view = discord.ui.View(timeout=None)
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=f"pb.opinions:{found.page}", placeholder="See an answer as it was"
    )
    for answer_id, label in found.choices:
        menu.add_option(label=label, value=answer_id)
    view.add_item(FeedbackMenu(found.page, menu))
    if found.pages > 1:
        last = found.pages - 1
        view.add_item(FeedbackButton(max(found.page - 1, 0), label="◀ Back", disabled=found.page == 0))
        view.add_item(FeedbackButton(found.page + 1, label="Next ▶", disabled=found.page == last))
    return view


async def _guarded(interaction: discord.Interaction[Any], show: Callable[[], Awaitable[None]]) -> None:
    """Acknowledge, check that a moderator asks, and show."""
    await acknowledge(interaction)
    await as_moderator(interaction, lambda _settings: show())
