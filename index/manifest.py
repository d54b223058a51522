"""What an engine's folder says of itself: which files belong to which change of the catalog.

`engine.json` and the words' index cannot be replaced in one step. So it is written first and names both states, the one
before a change and the one after it, with the number of the words' last commit. Their next commit is what makes the
change: whatever a process was killed at, one state or the other is whole, and the number tells which.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.lexical import DamagedLexical, last_commit
from index.slots import write_whole

FILE, WORDS = "engine.json", "lexical"
"""In the engine's folder: the manifest, and the folder of the words' index."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One state of an engine's folder. `at` is when that revision was made; empty where it was not written down."""

    format: str
    model: str
    dimension: int
    revision: int
    passages: int
    vectors: int
    catalog: str
    vectors_file: str
    rows_file: str
    at: str = ""


def read(folder: Path) -> Manifest | None:
    """Return the state that is whole; None where none is described."""
    try:
        now = json.loads((folder / FILE).read_text(encoding="utf-8"))
        after, at = now.pop("after", None), now.pop("commit", None)
        if after and last_commit(folder / WORDS) != at:
            return Manifest(**after)
        return Manifest(**now)
    except (OSError, ValueError, TypeError, AttributeError, DamagedLexical):
        return None


def announce(folder: Path, now: Manifest, after: Manifest) -> None:
    """Write down which state the words' next commit leads to.

    Raises:
        DamagedLexical: the words' last commit cannot be read.
    """
    _write(folder, {**asdict(now), "after": asdict(after), "commit": last_commit(folder / WORDS)})


def write(folder: Path, now: Manifest) -> None:
    """Write down the state that is there, which takes no commit."""
    _write(folder, asdict(now))


def forget(folder: Path) -> None:
    """Say that no state is whole, before files are deleted."""
    (folder / FILE).unlink(missing_ok=True)


def _write(folder: Path, fields: dict[str, object]) -> None:
    text = json.dumps(fields)
    write_whole(folder / FILE, lambda path: path.write_text(text, encoding="utf-8"))
