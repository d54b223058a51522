"""A process that is killed while it adds a source leaves the draft, the source or both, and adds nothing twice."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.drafts import Drafts
from bot.source_acts import _add
from bot.sourcing import SourceDesk
from corpus.incoming import from_upload

ROOT = Path(__file__).parents[2]
SERVER = 7
TEXT = "Pigeon fanciers lose their pages\n\nFacebook removed 31 pages of pigeon fanciers, the club said.\n"
CHILD = """
import os, signal, sys
from pathlib import Path
from bot.drafts import Drafts
from bot.source_acts import _add
from bot.sourcing import SourceDesk
from index.library import Library
from tests.conftest import HashedWords

class Killed(Library):
    def add(self, *given):
        if sys.argv[2] == "after":
            super().add(*given)
        os.kill(os.getpid(), signal.SIGKILL)

folder = Path(sys.argv[1])
_add(SourceDesk(Killed(folder / "data", HashedWords), Drafts(folder / "state")), sys.argv[3], 7, "boss")
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_draft_is_there_after_a_kill_and_is_added_once(open_library, tmp_path, moment):
    draft = Drafts(tmp_path / "state").keep(SERVER, from_upload("pigeons.txt", TEXT.encode()), {})
    ended = subprocess.run([sys.executable, "-c", CHILD, str(tmp_path), moment, draft.id], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    desk = SourceDesk(open_library(), Drafts(tmp_path / "state"))
    held = [stored.id for stored, _ in desk.library.documents(str(SERVER))]
    assert held == (["pigeons"] if moment == "after" else [])
    assert _add(desk, draft.id, SERVER, "boss")
    assert [stored.id for stored, _ in desk.library.documents(str(SERVER))] == ["pigeons"]
    assert len(desk.library.log(str(SERVER))) == 1
    assert desk.drafts.guilds() == set()
