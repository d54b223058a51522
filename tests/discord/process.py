"""The real bot as a process of its own, as an operator starts it, connected to a loopback Discord."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.discord.server import TOKEN, Loopback

ROOT = Path(__file__).parents[2]
START_S, STOP_S = 120.0, 10.0
"""Loading the model takes some eight seconds; a stop must not take longer than `docker stop` waits."""


class Process:
    """`python -m bot run` with a folder for its data and nothing of the environment but what it needs."""

    def __init__(self, discord: Loopback, folder: Path, documents: Path) -> None:
        self._discord, self._folder, self._documents = discord, folder, documents
        self._log = folder / "log"
        self._running: subprocess.Popen[bytes] | None = None

    async def start(self, shards: int = 1) -> None:
        """Start it and wait until all its shards are connected.

        Raises:
            AssertionError: it ended, or did not connect.
        """
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], cwd=self._folder, env=self._environment(),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        ends_at = time.monotonic() + START_S
        while not self._discord.gateway.is_up(shards):
            assert self._running.poll() is None, self.log
            assert time.monotonic() < ends_at, self.log
            await asyncio.sleep(0.05)

    def signal(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal."""
        assert self._running is not None
        self._running.send_signal(number)

    async def ended(self, within_s: float = STOP_S) -> int:
        """Wait until it has ended; returns its exit status.

        Raises:
            TimeoutExpired: it has not.
        """
        assert self._running is not None
        return await asyncio.to_thread(self._running.wait, within_s)

    async def stop(self) -> None:
        """Stop it as an operator does, or by force where that does not help."""
        if self._running is None or self._running.poll() is not None:
            return
        self.signal()
        try:
            await self.ended()
        except subprocess.TimeoutExpired:
            self._running.kill()
            await self.ended()
            raise

    @property
    def log(self) -> str:
        """Read what it wrote to its log, in all its lives."""
        return self._log.read_text(encoding="utf-8")

    def _environment(self) -> dict[str, str]:
        at = self._discord.endpoint
        return {
            "PATH": os.environ["PATH"], "HOME": str(self._folder), "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": TOKEN,
            "PURGEBOT_DISCORD_API": at.api, "PURGEBOT_DISCORD_GATEWAY": at.gateway, "PURGEBOT_HEALTH": "off",
            "PURGEBOT_DATA": str(self._folder / "data"), "PURGEBOT_CORPUS": str(self._documents),
            "PURGEBOT_READER": "off",
        }  # fmt: skip
