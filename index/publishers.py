"""Sources -> who published them, those with most first."""

from collections import Counter
from collections.abc import Iterable


def publishers_of(names: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Name each publisher once, those with most sources first, then by name.

    What stands in brackets behind a name ("WIRED UK (reposted by SOTT)") tells of one source and is left out.

    Args:
        names: as sources give them, each with how many do.
    """
    found: Counter[str] = Counter()
    for name, number in names:
        found[name.split(" (")[0]] += number
    return tuple(sorted(found, key=lambda name: (-found[name], name)))
