"""Commands -> seconds from the start of a process to its first line, in turn with others."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.plain_bot import VECTORS

QUESTION = "Why did Twitter suspend the Occupy accounts?"
BIN = Path(sys.executable).parent
TRIES = 3


@dataclass(frozen=True, slots=True)
class Start:
    """Of a command: seconds to its first line, and seconds of processor time to its end; medians of `tries`."""

    seconds: float
    cpu_seconds: float
    tries: int


@dataclass(frozen=True, slots=True)
class Command:
    """What to start, how often, and with what besides this process's environment."""

    words: tuple[str, ...]
    tries: int = TRIES
    settings: Mapping[str, str] | None = None


def ask_command(data: Path) -> Command:
    """Return the command line's way to ask one question of a library."""
    words = (str(BIN / "purgebot"), "ask", "--json", QUESTION)
    return Command(words, settings={"PURGEBOT_DATA": str(data)})


def help_command() -> Command:
    """Return the command that tells of all commands."""
    return Command((str(BIN / "purgebot"), "--help"), tries=5)


def plain_command(folder: Path, *options: str, tries: int) -> Command:
    """Return the plain bot's way to answer one question."""
    if not (folder / VECTORS).is_file():
        raise FileNotFoundError(folder / VECTORS)
    script = Path(__file__).with_name("plain_bot.py")
    return Command((sys.executable, str(script), str(folder), QUESTION, *options), tries)


def measure_starts(commands: Mapping[str, Command], folder: Path) -> dict[str, Start]:
    """Start commands in turn, each as often as it wants, in a folder that holds no `.env`.

    Raises:
        RuntimeError: one failed, or printed nothing.
    """
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(max(command.tries for command in commands.values())):
        for name, command in commands.items():
            if turn < command.tries:
                spent[name].append(_started(command, folder))
    return {
        name: Start(round(median(one for one, _ in runs), 3), round(median(cpu for _, cpu in runs), 3), len(runs))
        for name, runs in spent.items()
    }


def _started(command: Command, folder: Path) -> tuple[float, float]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PURGEBOT_", "DISCORD_"))}
    before, begin = os.times(), time.perf_counter()
    with subprocess.Popen(
        command.words, env={**kept, **(command.settings or {})}, cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        first = process.stdout.readline()
        seconds = time.perf_counter() - begin
        _, errors = process.communicate()
    if process.returncode or not first:
        raise RuntimeError(f"{_short(command.words)} failed: {errors.strip()[-500:]}")
    after = os.times()
    return seconds, after.children_user + after.children_system - before.children_user - before.children_system


def _short(words: Sequence[str]) -> str:
    return " ".join(words)[:200]
