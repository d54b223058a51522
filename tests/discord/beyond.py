"""What Discord refuses although its own document does not say so: body -> faults.

Source of every number: Discord, "Create Message", "Embed Limits", "Component Reference", "Application Command
Object", "Interaction Response Object".
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

CONTENT, EMBEDS, EMBED_SUM, FIELDS, ROWS, BUTTONS, OPTIONS, CUSTOM_ID, LABEL = 2000, 10, 6000, 25, 5, 5, 25, 100, 80
EMBED_PARTS = {"title": 256, "description": 4096}
FIELD_PARTS = {"name": 256, "value": 1024}
NONCE, ALT, COMMANDS, COMMAND_SUM = 25, 1024, 100, 8000
MODAL_TITLE, MODAL_LABEL, MODAL_TOLD, CHOICES, CHOICE = 45, 45, 100, 25, 100
ROW, BUTTON, LABELLED, LINK_STYLE = 1, 2, 18, 5
BY_NAME = 1


def message_faults(body: dict[str, Any], *, new: bool) -> list[str]:
    """Check a message that is sent, or one that is edited (`new` False: what is absent stays)."""
    return list(_message(body, new))


def _message(body: dict[str, Any], new: bool) -> Iterator[str]:
    content, embeds, rows = (body.get(name) or "" for name in ("content", "embeds", "components"))
    if new and not (content.strip() if content else "") and not embeds and not body.get("attachments"):
        yield "the message is empty"
    yield from _long(content, CONTENT, "content")
    yield from _long(str(body.get("nonce") or ""), NONCE, "nonce")
    if len(embeds) > EMBEDS:
        yield f"{len(embeds)} embeds"
    for embed in embeds:
        yield from _embed(embed)
    total = sum(_embed_chars(embed) for embed in embeds)
    if total > EMBED_SUM:
        yield f"{total} characters in all embeds together"
    for file in body.get("attachments") or ():
        yield from _long(file.get("description") or "", ALT, "an attachment's description")
    yield from _rows(rows or [])


def _embed(embed: dict[str, Any]) -> Iterator[str]:
    if not any(embed.get(name) for name in ("title", "description", "fields", "image", "author", "footer")):
        yield "an embed is empty"
    for name, most in EMBED_PARTS.items():
        yield from _long(embed.get(name) or "", most, f"an embed's {name}")
    yield from _long((embed.get("footer") or {}).get("text", "x"), 2048, "an embed's footer", least=1)
    yield from _long((embed.get("author") or {}).get("name", "x"), 256, "an embed's author", least=1)
    fields = embed.get("fields") or []
    if len(fields) > FIELDS:
        yield f"{len(fields)} fields in an embed"
    for field in fields:
        for name, most in FIELD_PARTS.items():
            yield from _long(str(field.get(name, "")).strip(), most, f"an embed field's {name}", least=1)


def _embed_chars(embed: dict[str, Any]) -> int:
    parts = [embed.get("title"), embed.get("description"), (embed.get("footer") or {}).get("text")]
    parts.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or ():
        parts += [field.get("name"), field.get("value")]
    return sum(len(part or "") for part in parts)


def _rows(rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) > ROWS:
        yield f"{len(rows)} rows of components"
    ids = []
    for row in rows:
        parts = row.get("components") or []
        if row.get("type") != ROW or not 1 <= len(parts) <= (BUTTONS if parts and parts[0]["type"] == BUTTON else 1):
            yield f"a row holds {len(parts)} components"
        for part in parts:
            ids.append(part.get("custom_id"))
            yield from _part(part)
    named = [one for one in ids if one]
    if len(named) != len(set(named)):
        yield "two components have one custom id"


def _part(part: dict[str, Any]) -> Iterator[str]:
    if part.get("style") != LINK_STYLE or part["type"] != BUTTON:
        yield from _long(part.get("custom_id") or "", CUSTOM_ID, "a custom id", least=1)
    yield from _long(part.get("label") or "", LABEL, "a label")
    if part["type"] == BUTTON and not (part.get("label") or part.get("emoji")):
        yield "a button without label and emoji"
    options = part.get("options") or []
    if len(options) > OPTIONS:
        yield f"{len(options)} options"
    for option in options:
        for name in ("label", "value"):
            yield from _long(option.get(name) or "", CHOICE, f"an option's {name}", least=1)
        yield from _long(option.get("description") or "", CHOICE, "an option's description")


def modal_faults(data: dict[str, Any]) -> list[str]:
    """Check a dialog."""
    return list(_modal(data))


def _modal(data: dict[str, Any]) -> Iterator[str]:
    yield from _long(data.get("title") or "", MODAL_TITLE, "a dialog's title", least=1)
    yield from _long(data.get("custom_id") or "", CUSTOM_ID, "a custom id", least=1)
    parts = data.get("components") or []
    if not 1 <= len(parts) <= ROWS:
        yield f"a dialog of {len(parts)} components"
    for part in parts:
        inner = part["component"] if part["type"] == LABELLED else (part.get("components") or [{}])[0]
        yield from _long(part.get("label") or "", MODAL_LABEL, "a field's label")
        yield from _long(part.get("description") or "", MODAL_TOLD, "a field's description")
        yield from _long(inner.get("custom_id") or "", CUSTOM_ID, "a custom id", least=1)
        yield from _long(inner.get("placeholder") or "", CHOICE, "a placeholder")
        yield from _long(inner.get("value") or "", inner.get("max_length") or 4000, "what a field begins with")


def choice_faults(choices: list[dict[str, Any]]) -> list[str]:
    """Check what an autocompletion offers."""
    faults = [f"{len(choices)} choices"] if len(choices) > CHOICES else []
    for choice in choices:
        for name in ("name", "value"):
            faults += _long(str(choice.get(name, "")), CHOICE, f"a choice's {name}", least=1)
    return faults


def command_faults(commands: list[dict[str, Any]]) -> list[str]:
    """Check the commands that are registered."""
    faults = [f"{len(commands)} commands"] if len(commands) > COMMANDS else []
    names = [(command.get("type", BY_NAME), command["name"]) for command in commands]
    if len(names) != len(set(names)):
        faults.append("two commands of one name")
    for command in commands:
        faults += _command(command)
    return faults


def _command(command: dict[str, Any]) -> Iterator[str]:
    name = command["name"]
    if command.get("type", BY_NAME) != BY_NAME:
        yield from _long(name, 32, f"the name of {name}", least=1)
        return
    total = 0
    for one in _all_options(command):
        for spelled in (one["name"], *(one.get("name_localizations") or {}).values()):
            if not _is_command_name(spelled):
                yield f"'{spelled}' is no name of a command"
        for told in (one["description"], *(one.get("description_localizations") or {}).values()):
            yield from _long(told, 100, f"the description of {name}", least=1)
        total += len(one["name"]) + len(one["description"])
    if total > COMMAND_SUM:
        yield f"{name} has {total} characters"
    required = [bool(one.get("required")) for one in command.get("options") or ()]
    if len(required) > OPTIONS or required != sorted(required, reverse=True):
        yield f"{name}: required options come first, at most {OPTIONS}"


def _all_options(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through a command and all its options, those of commands in a group too."""
    yield command
    for option in command.get("options") or ():
        yield from _all_options(option)


def _is_command_name(name: str) -> bool:
    """Say whether a name matches `^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$` and is in lower case."""
    fits = all(sign in "-_'" or unicodedata.category(sign)[0] in "LNM" for sign in name)
    return fits and 1 <= len(name) <= 32 and name == name.lower() and not re.search(r"\s", name)


def _long(text: str, most: int, what: str, least: int = 0) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{what} has {len(text)} characters"
