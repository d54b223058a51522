"""A server's settings as one message: what holds now, and the menus and buttons that change it.

Each carries in its id what it changes, so that it works after a restart. Two moderators do not undo each other: only
what one of them changes is saved, on top of what holds at that moment; and where another has changed that very thing
since the form or the dialog showed it, nothing is saved: the form shows what holds now, and one sentence says why.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Self

import discord

from bot.attribution import count
from bot.desk import desk_of
from bot.dialogs import fields_of
from bot.limits import MENU_VALUES
from bot.permits import as_moderator, manages_server
from bot.remembered import GuildSettings
from bot.render import Reply
from bot.sending import acknowledge, edit_reply, respond, tell

NAMED = 10
RANGES = {
    "member_per_hour": ("Questions a member may ask in an hour", 1, 1_000),
    "guild_per_hour": ("Questions the whole server may ask in an hour", 1, 100_000),
    "retention_days": ("Days after which I erase questions", 1, 365),
}
LIMITS_ID = re.compile(r"pb\.limits" + "".join(rf":(?P<{name}>\d+)" for name in RANGES))
"""A dialog of the limits says in its id which numbers it showed at its opening."""
PLACES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]
LABELS = {
    "thread": "Answer mentions in threads",
    "place": "Answer mentions in place",
    "limits": "Limits and retention",
}
UNPROMPTED_OFF = "Whoever runs this bot has not switched on answers without a mention."
ROLE_REFUSED = "Only members with the permission Manage Server may change who the moderators are."
OVERTAKEN = "Somebody else has changed this meanwhile, so nothing was saved. The form above shows what holds now."
Menu = discord.ui.ChannelSelect[Any] | discord.ui.RoleSelect[Any]


class BadValue(Exception):
    """A value cannot be used; the message is one sentence for the moderator, escaped."""


class Overtaken(Exception):
    """Somebody else has changed a setting since it was shown; `now` are the settings that hold."""

    def __init__(self, now: GuildSettings) -> None:
        super().__init__("somebody else has changed this meanwhile")
        self.now = now


class SettingMenu(discord.ui.DynamicItem[Any], template=re.compile(r"pb\.menu:(?P<field>[a-z_]+)")):
    """A menu of channels or roles that changes one setting."""

    def __init__(self, field: str, item: Menu) -> None:
        """Wrap a menu that has been made, or found again."""
        self.field = field
        super().__init__(item)

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /) -> Self:
        """Find a menu again by its id."""
        return cls(match["field"], item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Take what was chosen; nothing chosen takes the setting back."""
        chosen = tuple(one.id for one in self.item.values)
        shown = {one.id for one in self.item.default_values}
        await acknowledge(interaction)
        await as_moderator(interaction, lambda _: choose(interaction, self.field, chosen, shown))


class SettingButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=re.compile(r"pb\.set:(?P<action>thread|place|limits)")
):
    """A button that changes one setting to what it says, or opens the dialog of the limits."""

    def __init__(self, action: str) -> None:
        """Make a button."""
        self.action = action
        button: discord.ui.Button[Any] = discord.ui.Button(
            style=discord.ButtonStyle.secondary, label=LABELS[action], custom_id=f"pb.set:{action}"
        )
        super().__init__(button)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Find a button again by its id."""
        return cls(match["action"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button says."""
        if self.action == "limits":
            await as_moderator(interaction, lambda settings: open_limits(interaction, settings))
        else:
            await acknowledge(interaction)
            in_thread = self.action == "thread"
            await as_moderator(interaction, lambda _: _save(interaction, partial(replace, in_thread=in_thread)))


SETTINGS_ITEMS = (SettingMenu, SettingButton)


async def show_settings(interaction: discord.Interaction[Any], settings: GuildSettings, note: str = "") -> None:
    """Put a server's settings in place of an acknowledgement, or of the form as it was."""
    content = settings_text(settings, interaction, note)
    await edit_reply(interaction, Reply(content), _form(interaction, settings))


async def choose(
    interaction: discord.Interaction[Any], field: str, chosen: tuple[int, ...], shown: Collection[int]
) -> None:
    """Save what was chosen in a menu that showed what held until then; what is no longer there is no difference."""
    refused = _refusal(interaction, field, chosen)
    if refused:
        await tell(interaction, refused)
        return
    there = {one.id for one in (*interaction.guild.channels, *interaction.guild.roles)} if interaction.guild else set()

    def change(now: GuildSettings) -> GuildSettings:
        held = _ids(getattr(now, field))
        if there & set(held) != there & set(shown) and set(held) != set(chosen):
            raise Overtaken(now)
        changes: dict[str, Any] = {field: next(iter(chosen), None) if field == "moderator_role" else chosen}
        return replace(now, **changes)

    await _save(interaction, change)


async def open_limits(interaction: discord.Interaction[Any], settings: GuildSettings) -> None:
    """Open the dialog of the limits, filled with those that hold; who asks has been checked."""
    shown = [str(getattr(settings, name)) for name in RANGES]
    modal = discord.ui.Modal(title="Limits and retention", custom_id=":".join(["pb.limits", *shown]))
    for name, (label, least, most) in RANGES.items():
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=name, default=str(getattr(settings, name)), max_length=10
        )
        row: discord.ui.Label[Any] = discord.ui.Label(
            text=label, description=f"From {least:,} to {most:,}", component=field
        )
        modal.add_item(row)
    modal.stop()  # so that discord.py keeps nothing: the cog hears of what is sent
    await respond(interaction, lambda: interaction.response.send_modal(modal))


async def save_limits(interaction: discord.Interaction[Any], shown: Mapping[str, str], data: Mapping[str, Any]) -> None:
    """Take in the dialog of the limits; what makes no sense changes nothing and is said in one sentence.

    Args:
        shown: the numbers that the dialog showed at its opening, by the name of the setting.
    """
    try:
        given = read_limits(fields_of(data))
        changed = {name: number for name, number in given.items() if number != int(shown[name])}
        await _save(interaction, partial(_limited, changed, shown))
    except BadValue as error:
        await tell(interaction, str(error))


def read_limits(fields: Mapping[str, str]) -> dict[str, int]:
    """Read the three numbers of the dialog.

    Raises:
        BadValue: one is no number, too small or too large.
    """
    found: dict[str, int] = {}
    for name, (label, least, most) in RANGES.items():
        text = fields.get(name, "").strip().replace(",", "")
        number = int(text) if text.isascii() and text.isdigit() else 0
        if not least <= number <= most:
            raise BadValue(f"“{label}” takes a whole number from {least:,} to {most:,}; nothing was changed.")
        found[name] = number
    return found


def _limited(changed: Mapping[str, int], shown: Mapping[str, str], now: GuildSettings) -> GuildSettings:
    """Change the limits that a moderator changed.

    Raises:
        Overtaken: somebody else changed one of them meanwhile.
        BadValue: a member could ask more than the server.
    """
    if any(getattr(now, name) not in (int(shown[name]), number) for name, number in changed.items()):
        raise Overtaken(now)
    limited = replace(now, **changed)  # type: ignore[arg-type]
    if limited.member_per_hour > limited.guild_per_hour:
        raise BadValue("One member cannot be allowed more questions than the whole server; nothing was changed.")
    return limited


def settings_text(settings: GuildSettings, interaction: discord.Interaction[Any], note: str = "") -> str:
    """Say what holds in a server. Channels and roles are shown by Discord under their present names."""
    where = _channels(settings.channels, interaction) or "every channel"
    lines = [
        "**Settings of this server**",
        f"- I answer in: {where}",
        f"- Mentions are answered: {'in a new thread' if settings.in_thread else 'in place'}",
        f"- Limits in an hour: {count(settings.member_per_hour, 'question')} a member, "
        f"{settings.guild_per_hour:,} in the whole server",
        f"- Questions are erased after: {count(settings.retention_days, 'day')}",
        f"- Moderators: members with Manage Server{_role(settings.moderator_role)}",
    ]
    if desk_of(interaction).message_content:
        threads = _channels(settings.unprompted_channels, interaction)
        lines.insert(3, f"- Answered without a mention: {f'threads and posts in {threads}' if threads else 'nothing'}")
    return "\n".join([*lines, *([f"-# {note}"] if note else [])])


def _role(role: int | None) -> str:
    return f", and <@&{role}>" if role else ""


def _channels(ids: tuple[int, ...], interaction: discord.Interaction[Any]) -> str:
    named = [f"<#{one}>{_warning(one, interaction)}" for one in ids[:NAMED]]
    return ", ".join([*named, *([f"and {len(ids) - NAMED} more"] if len(ids) > NAMED else [])])


def _warning(channel_id: int, interaction: discord.Interaction[Any]) -> str:
    """Say where the bot could not answer though it should."""
    channel = interaction.guild.get_channel(channel_id) if interaction.guild else None
    if channel is None or interaction.guild is None:
        return " (no longer there)"
    allowed = channel.permissions_for(interaction.guild.me)
    return "" if allowed.view_channel and allowed.send_messages else " (I may not write there)"


def _form(interaction: discord.Interaction[Any], settings: GuildSettings) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(_channel_menu("channels", "Channels where I answer", settings.channels, interaction))
    if desk_of(interaction).message_content:
        told = "Threads without a mention"
        view.add_item(_channel_menu("unprompted_channels", told, settings.unprompted_channels, interaction))
    if manages_server(interaction):
        view.add_item(_role_menu(settings.moderator_role, interaction))
    view.add_item(SettingButton("place" if settings.in_thread else "thread"))
    view.add_item(SettingButton("limits"))
    return view


def _channel_menu(field: str, told: str, chosen: tuple[int, ...], interaction: discord.Interaction[Any]) -> SettingMenu:
    there = [one for one in chosen if interaction.guild and interaction.guild.get_channel(one)]
    defaults = [discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel) for one in there]
    return SettingMenu(field, discord.ui.ChannelSelect(
        custom_id=f"pb.menu:{field}", channel_types=PLACES, placeholder=told, min_values=0, max_values=MENU_VALUES,
        default_values=defaults[:MENU_VALUES],
    ))  # fmt: skip


def _role_menu(role: int | None, interaction: discord.Interaction[Any]) -> SettingMenu:
    there = role is not None and interaction.guild is not None and interaction.guild.get_role(role)
    return SettingMenu("moderator_role", discord.ui.RoleSelect(
        custom_id="pb.menu:moderator_role", placeholder="A role for moderators",
        min_values=0, max_values=1, default_values=[there] if there else [],
    ))  # fmt: skip


def _refusal(interaction: discord.Interaction[Any], field: str, chosen: Collection[int]) -> str:
    """Say why a choice is refused; empty if it is not."""
    if field == "moderator_role":
        if not manages_server(interaction):
            return ROLE_REFUSED
        if interaction.guild_id in chosen:  # the role of all members has the server's id
            return "Everybody has this role, so it cannot be the moderators'; nothing was changed."
    if field == "unprompted_channels" and not desk_of(interaction).message_content:
        return UNPROMPTED_OFF
    return ""


def _ids(held: tuple[int, ...] | int | None) -> tuple[int, ...]:
    """List what a setting names: channels, or one role at most."""
    return held if isinstance(held, tuple) else () if held is None else (held,)


async def _save(interaction: discord.Interaction[Any], change: Callable[[GuildSettings], GuildSettings]) -> None:
    """Save a change on top of what holds at this moment, and show what holds then."""
    desk = desk_of(interaction)
    assert interaction.guild_id is not None  # noqa: S101 - `as_moderator` has seen to it
    try:
        settings = await desk.work.run(desk.state.change_settings, interaction.guild_id, change)
    except Overtaken as error:
        await show_settings(interaction, error.now)
        await tell(interaction, OVERTAKEN)
    else:
        await show_settings(interaction, settings, "Saved.")
