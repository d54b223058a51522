"""What this process holds in memory, by what it is of."""

import re
from dataclasses import dataclass
from pathlib import Path

BYTES_PER_KB, BYTES_PER_MB = 1024, 1_000_000
HEADER = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \S+\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Memory:
    """In MB of a million bytes.

    `resident` is all; `mapped` is what of it are pages of the index's own files, which the system takes back when it
    needs them; `program` are pages of libraries and of the program; `anonymous` is the rest, and `peak` the most that
    `resident` ever was.
    """

    resident: float
    anonymous: float
    program: float
    mapped: float
    peak: float

    @property
    def own(self) -> float:
        """What the process needs whatever else the machine has to do."""
        return round(self.resident - self.mapped, 1)


def memory_of(data: Path) -> Memory:
    """Measure this process; pages of files below `data`, models apart, count as mapped.

    Source: proc(5), `/proc/pid/smaps` and `/proc/pid/status`.
    """
    smaps = Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace")
    resident, anonymous, mapped = _sums(smaps, str(data.resolve()))
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return Memory(
        resident=_mb(resident),
        anonymous=_mb(anonymous),
        program=_mb(resident - anonymous - mapped),
        mapped=_mb(mapped),
        peak=_mb(int(peak[1]) if peak else 0),
    )


def _sums(smaps: str, data: str) -> tuple[int, int, int]:
    """Add up kB: all that is resident, what of it is in no file, and what is in files of a folder."""
    resident = anonymous = mapped = 0
    of_data = False
    for line in smaps.splitlines():
        if header := HEADER.match(line):
            of_data = header[1].startswith(data) and "/models/" not in header[1]
            continue
        name, _, rest = line.partition(":")
        if name == "Rss":
            kilobytes = int(rest.split()[0])
            resident += kilobytes
            mapped += kilobytes if of_data else 0
        elif name == "Anonymous":
            kilobytes = int(rest.split()[0])
            anonymous += kilobytes
            mapped -= kilobytes if of_data else 0  # changed in memory only: not the file's any more
    return resident, anonymous, mapped


def _mb(kilobytes: int) -> float:
    return round(kilobytes * BYTES_PER_KB / BYTES_PER_MB, 1)
