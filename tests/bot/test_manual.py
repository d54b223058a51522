"""What the manual and `.env.example` say is complete."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.__main__ import app

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
COMMON = {"--help", "--json", "--scope"}
"""What the manual explains once, for all commands."""


def commands(group: Any, *words: str) -> "dict[str, Any]":
    """Return every command below a group, by its words."""
    found: dict[str, Any] = {}
    for name, one in group.commands.items():
        found |= commands(one, *words, name) if hasattr(one, "commands") else {" ".join((*words, name)): one}
    return found


COMMANDS = commands(typer.main.get_command(app))


def section(command: str) -> str:
    """Return the part of the manual on a command; one part tells of all rulings."""
    title = command.split()[0] if command.startswith("rulings ") else command
    [found] = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", MANUAL, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_manual(command: str) -> None:
    assert f"purgebot {command}" in section(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_in_the_manual(command: str) -> None:
    known = {name for one in COMMANDS[command].params for name in one.opts if name.startswith("-")} - COMMON
    assert {name for name in known if not re.search(rf"(?<![\w-]){name}(?![\w-])", section(command))} == set()


def test_the_manual_names_no_option_that_is_gone() -> None:
    known = {name for one in COMMANDS.values() for given in one.params for name in given.opts} | COMMON
    assert set(re.findall(r"(?<![\w-])--[a-z]+", MANUAL)) <= known


def test_the_example_names_every_setting_and_no_other() -> None:
    read = re.findall(
        r'"((?:PURGEBOT|DISCORD)_[A-Z0-9_]+)"', (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    )
    named = re.findall(r"^(?:# )?([A-Z0-9_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) == set(read)


@pytest.mark.parametrize("folder", ["corpus", "index", "bot"])
def test_every_file_is_in_the_tables_of_contributors(folder: str) -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [one.name for one in (ROOT / folder).glob("[a-z]*.py") if f"`{one.name}`" not in told] == []
