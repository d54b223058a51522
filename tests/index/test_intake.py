"""A file is told from its former self without harm, whatever stands in the folder."""

import os
from pathlib import Path

from corpus.readers import FILE_BYTES
from index.intake import fingerprint


def test_a_sidecar_counts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    before = fingerprint(tmp_path / "a.txt")
    (tmp_path / "a.toml").write_text("title = 'x'")
    assert fingerprint(tmp_path / "a.txt") != before


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    before = fingerprint(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "a.toml")
    assert fingerprint(tmp_path / "a.txt") == before


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(FILE_BYTES + 1)
    assert fingerprint(path) == fingerprint(tmp_path / "missing.txt")
