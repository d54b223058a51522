"""Whose turn it is: what waits is taken from one server after another, and in each from one member after another."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lane:
    """Whose work it is; a direct message's `server` is the member's own, so that they share no turn."""

    server: Hashable = None
    member: Hashable = None


@dataclass(frozen=True, slots=True)
class Room:
    """How many pieces may wait: in all, of one server, of one member."""

    total: int = 512
    server: int = 128
    member: int = 16


class Turns(Generic[T]):
    """A queue with turns. Not safe to use from several threads."""

    def __init__(self, room: Room) -> None:
        """Start with nothing waiting."""
        self._room = room
        self._servers: OrderedDict[Hashable, OrderedDict[Hashable, deque[T]]] = OrderedDict()

    def __len__(self) -> int:
        """Count what waits."""
        return sum(self._of(server) for server in self._servers)

    def put(self, lane: Lane, item: T) -> bool:
        """Let something wait for its turn; False where there is no room."""
        waiting: OrderedDict[Hashable, deque[T]] = self._servers.get(lane.server, OrderedDict())
        mine = len(waiting.get(lane.member, ()))
        if len(self) >= self._room.total or self._of(lane.server) >= self._room.server or mine >= self._room.member:
            return False
        self._servers.setdefault(lane.server, OrderedDict()).setdefault(lane.member, deque()).append(item)
        return True

    def take(self) -> T | None:
        """Take what is next; its server and its member go to the end of their rows."""
        if not self._servers:
            return None
        server, members = self._servers.popitem(last=False)
        member, items = members.popitem(last=False)
        item = items.popleft()
        if items:
            members[member] = items
        if members:
            self._servers[server] = members
        return item

    def drop(self, lane: Lane, item: T) -> bool:
        """Take something out before its turn; False where it does not wait."""
        members = self._servers.get(lane.server, OrderedDict())
        items = members.get(lane.member, deque())
        if item not in items:
            return False
        items.remove(item)
        if not items:
            del members[lane.member]
        if not members:
            del self._servers[lane.server]
        return True

    def _of(self, server: Hashable) -> int:
        return sum(len(items) for items in self._servers.get(server, {}).values())
