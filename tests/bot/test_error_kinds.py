"""Every kind of error that the command line can print stands in its description, and no other."""

import re
from pathlib import Path

from bot.errors import BotError, Busy, NotAllowed, Refused, Stopping, UnknownAnswer
from bot.settings import BadSetting
from bot.shell import BadInput
from corpus.errors import CorpusError, NotFetched
from index.errors import IndexingError, Stopped

DESCRIPTION = Path(__file__).parents[2] / "docs" / "command-line.md"
ROW = re.compile(r"^\| `([A-Z]\w+)` \|", re.MULTILINE)
IN_DISCORD_ONLY = {Busy, NotAllowed, Refused, Stopping, Stopped, UnknownAnswer}
ABOVE_OTHERS = {BotError, IndexingError, NotFetched}
"""Never raised themselves."""


def below(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(below(one) for one in kind.__subclasses__()))


def kinds() -> set[str]:
    """List what `bot.__main__` names; usage errors are typer's and named by hand."""
    found = below(BotError) | below(CorpusError) | below(IndexingError) | {BadInput, BadSetting}
    ours = {kind for kind in found if kind.__module__.split(".")[0] in ("bot", "corpus", "index")}
    return {kind.__name__ for kind in ours - IN_DISCORD_ONLY - ABOVE_OTHERS} | {"Usage"}


def test_every_kind_of_error_is_described() -> None:
    described = ROW.findall(DESCRIPTION.read_text(encoding="utf-8"))
    assert sorted(described) == sorted(kinds())
