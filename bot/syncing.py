"""The commands' descriptions, sent to Discord only where it does not hold them as they are."""

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

log = logging.getLogger(__name__)
FILE = "commands.json"
Held = list[list[str]]
"""Id and version of each command that Discord holds; it gives a new version with every change."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What was sent when, and what Discord held afterwards."""

    application_id: int
    digest: str
    held: Held


async def sync_commands(client: discord.Client, tree: app_commands.CommandTree[Any], note: Path | None) -> bool:
    """Make Discord know our commands; returns whether anything had to be sent.

    Ours are compared with what was sent last, and Discord's with what it held then. Comparing the two with each other
    would be simpler, but Discord writes them with defaults of its own.

    Args:
        note: a file that remembers it; None: always send.
    """
    application_id = client.application_id or 0
    digest = await _digest(tree)
    if note and _read(note) == Synced(application_id, digest, await _held(client, application_id)):
        return False
    await tree.sync()
    log.info("the commands were sent to Discord")
    if note:
        _write(note, Synced(application_id, digest, await _held(client, application_id)))
    return True


async def _digest(tree: app_commands.CommandTree[Any]) -> str:
    commands = tree.get_commands()
    translator = tree.translator
    told = [await one.get_translated_payload(tree, translator) if translator else one.to_dict(tree) for one in commands]
    return hashlib.sha256(json.dumps(sorted(told, key=str), sort_keys=True).encode()).hexdigest()


async def _held(client: discord.Client, application_id: int) -> Held:
    commands = await client.http.get_global_commands(application_id)
    return sorted([str(one["id"]), str(one["version"])] for one in commands)


def _read(note: Path) -> Synced | None:
    """Read the note; one that is absent or damaged is none."""
    try:
        return Synced(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(note: Path, synced: Synced) -> None:
    try:
        note.write_text(
            json.dumps({"application_id": synced.application_id, "digest": synced.digest, "held": synced.held}),
            encoding="utf-8",
        )
    except OSError as error:
        log.warning("%s: cannot be written (%s); the commands are sent again at the next start", note, error.strerror)
