"""Closed and broken streams end a command with a sensible status and without a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def shell(line: str, data: Path, unbuffered: str = "") -> "subprocess.CompletedProcess[bytes]":
    """Run a line of bash in which `purgebot` is the command; the status is that of its first command."""
    program = f'purgebot() {{ "{sys.executable}" -m bot "$@"; }}; {line}; exit ${{PIPESTATUS[0]}}'
    env = {
        "PATH": os.environ["PATH"], "PURGEBOT_DATA": str(data), "PYTHONUNBUFFERED": unbuffered,
        "PURGEBOT_READER": "off",
    }  # fmt: skip
    return subprocess.run(["bash", "-c", program], capture_output=True, check=False, cwd=ROOT, env=env)


@pytest.mark.parametrize(
    "line", ["status >&-", "status <&-", "status 2>&-", "status <&- >&- 2>&-", "status --json >&-"]
)
def test_a_closed_stream_changes_nothing(tmp_path: Path, line: str) -> None:
    ended = shell(f"purgebot {line}", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("line", ["status", "status --json", "handle --json"])
def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path, line: str, unbuffered: str) -> None:
    ended = shell(f"purgebot {line} >/dev/full", tmp_path, unbuffered)
    assert ended.returncode == 2
    assert ended.stderr.startswith(b"standard output cannot be written (No space left")
    assert ended.stderr.count(b"\n") == 1


def test_a_complaint_that_cannot_be_written_leaves_the_status(tmp_path: Path) -> None:
    assert shell("purgebot handle @ 2>/dev/full", tmp_path).returncode == 2


@pytest.mark.parametrize("line", ["--help", "status", "status --json"])
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path, line: str) -> None:
    ended = shell(f"purgebot {line} | true", tmp_path)
    assert (ended.returncode, ended.stderr) == (1, b"")
