"""What was read of one state of the catalog: kept in memory until a change makes another state."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

MOST = 4096
"""Of each kind of thing, twice: those read last and those before; who reads more at once keeps none of it. The vectors
of a passage take some 10 KB, all else of it less: 100 MB at the most."""
MOST_KINDS = 128
"""What each server sees of the passages is a kind of its own, of some 100 KB."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Keep = Callable[[Hashable], "Kept"]
"""Gives what is kept of a state, by what tells states apart."""


class Kept:
    """Things read of one state, by kind and key. Safe to use from several threads: what two read is the same."""

    def __init__(self) -> None:
        self._kinds: dict[Hashable, tuple[dict[Any, Any], dict[Any, Any]]] = {}

    def many(self, kind: Hashable, keys: Iterable[K], read: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """Return the things of some keys, in their order; those that are not kept are read, all at once.

        Args:
            read: gives things by key; a key that it leaves out is left out, and asked for again the next time.
        """
        wanted = dict.fromkeys(keys)
        last, before = self._kinds.get(kind, ({}, {}))
        missing = [key for key in wanted if key not in last and key not in before]
        if not missing:
            return {key: last[key] if key in last else before[key] for key in wanted}
        fresh = read(missing)
        found = {}
        for key in wanted:
            held = fresh if key in fresh else last if key in last else before
            if key in held:
                found[key] = held[key]
        if 0 < len(fresh) <= MOST:
            self._keep(kind, fresh)
        return found

    def _keep(self, kind: Hashable, fresh: Mapping[Any, Any]) -> None:
        """Keep things of a kind; where there is no room for them, what was read before the last is let go."""
        if kind not in self._kinds and len(self._kinds) >= MOST_KINDS:
            self._kinds = {}
        last, _ = self._kinds.setdefault(kind, ({}, {}))
        # no dict ever loses a key: another thread may be between its look and its use
        if len(last) + len(fresh) <= MOST:
            last.update(fresh)
        else:
            self._kinds[kind] = dict(fresh), last


class Memory:
    """What is kept of the state that was looked at last."""

    def __init__(self) -> None:
        self._state: tuple[Hashable, Kept] = (None, Kept())

    def of(self, state: Hashable) -> Kept:
        """Return what is kept of a state; that of another one is let go."""
        known, kept = self._state
        if known != state:
            kept = Kept()
            self._state = state, kept
        return kept

    def forget(self) -> None:
        """Keep nothing."""
        self._state = None, Kept()
