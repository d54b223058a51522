"""The dialogs that buttons open, and what members wrote into them.

A dialog's id carries all that it needs and nothing is kept while it is open: it may be sent after a restart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from bot.escape import TOKEN, reveal, squeeze
from bot.limits import FIELD_CHARS, clip
from bot.sending import respond
from index.question import QUESTION_CHARS

QUESTION_FIELD, REASON_FIELD, KIND_FIELD = "question", "reason", "kind"
KINDS = {
    "wrong": ("It is wrong", "Something in it is not what the source says, or not true"),
    "private": ("It is private", "It shows something about a person that should not be shown"),
    "outdated": ("It is outdated", "Something has changed since"),
}
"""What may be reported, as `State.report` takes it: label and description."""
DIALOG_ID = re.compile(r"pb\.dialog:(?P<dialog>[a-z]+):(?P<key>.*)")


async def open_follow_up(interaction: discord.Interaction, answer_id: str) -> None:
    """Ask for a question that goes on from an answer."""
    field = _text(QUESTION_FIELD, "for example: and what did Twitter say?", QUESTION_CHARS)
    await _open(interaction, "follow", answer_id, "Follow up", [("Your question", None, field)])


async def open_question(interaction: discord.Interaction, text: str) -> None:
    """Ask for a question, beginning with a text that was too long for one, without what is hidden in it."""
    begun = clip(TOKEN.sub("", reveal(squeeze(text))), QUESTION_CHARS)
    field = _text(QUESTION_FIELD, "for example: why were Occupy accounts suspended?", QUESTION_CHARS, begun)
    told = "The message is long. What do you want to know about it?"
    await _open(interaction, "ask", "", "Ask about this", [("Your question", told, field)])


async def open_reason(interaction: discord.Interaction, answer_id: str) -> None:
    """Ask what was not good about an answer."""
    field = _text(REASON_FIELD, "", FIELD_CHARS, required=False)
    readers = "the moderators of this server" if interaction.guild_id is not None else "whoever runs this bot"
    told = f"For {readers}; your vote counts without it"
    await _open(interaction, "reason", answer_id, "What was not good?", [("Your reason", told, field)])


async def open_report(interaction: discord.Interaction, answer_id: str) -> None:
    """Ask what is the matter with an answer."""
    options = [discord.SelectOption(value=kind, label=label, description=told) for kind, (label, told) in KINDS.items()]
    kind: discord.ui.Select[Any] = discord.ui.Select(custom_id=KIND_FIELD, options=options)
    text = _text(REASON_FIELD, "", FIELD_CHARS, required=False)
    readers = "the moderators" if interaction.guild_id is not None else "whoever runs this bot"
    rows = [("What is the matter?", None, kind), (f"Tell {readers} more", None, text)]
    await _open(interaction, "report", answer_id, "Report a problem", rows)


def kind_of(fields: Mapping[str, str]) -> str:
    """Read which kind of problem was reported; what is none that we offered counts as wrong."""
    kind = fields.get(KIND_FIELD, "")
    return kind if kind in KINDS else "wrong"


def fields_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Read what was written or chosen in a dialog, by the id of the field."""
    return dict(_fields(data.get("components") or []))


def _fields(components: list[Any]) -> Iterator[tuple[str, str]]:
    for component in components:
        inner = component.get("components") or ([component["component"]] if component.get("component") else [])
        yield from _fields(inner)
        if "values" in component:
            yield component["custom_id"], (component["values"] or [""])[0]
        elif "value" in component:
            yield component["custom_id"], component["value"] or ""


def _text(
    name: str, example: str, most: int, filled: str | None = None, *, required: bool = True
) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=name, style=discord.TextStyle.paragraph, max_length=most, required=required,
        placeholder=example or None, default=filled,
    )  # fmt: skip


async def _open(
    interaction: discord.Interaction,
    dialog: str,
    key: str,
    title: str,
    rows: Sequence[tuple[str, str | None, discord.ui.Item[Any]]],
) -> None:
    modal = discord.ui.Modal(title=title, custom_id=f"pb.dialog:{dialog}:{key}")
    for label, told, field in rows:
        modal.add_item(discord.ui.Label(text=label, description=told, component=field))
    modal.stop()  # so that discord.py keeps nothing: the cog hears of what is sent
    await respond(interaction, lambda: interaction.response.send_modal(modal))
