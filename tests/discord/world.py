"""What this Discord holds: a clock, ids, users, servers, roles, channels, threads, messages. No network."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from discord import Permissions

T = TypeVar("T")
EPOCH_MS = 1420070400000
"""Source: Discord, "Snowflakes"."""
TEXT, DM, THREAD = 0, 1, 11
PLAIN, REPLY, BY_COMMAND, BY_MENU = 0, 19, 20, 23
EPHEMERAL, LOADING = 1 << 6, 1 << 7
"""Source: Discord, "Message Flags"."""
WAIT_S = 20.0
MEMBERS_MAY = Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, embed_links=True, attach_files=True,
    read_message_history=True, create_public_threads=True, use_application_commands=True,
)  # fmt: skip


class Clock:
    """Discord's time, in seconds since 1970; a test may shift it forward."""

    def __init__(self) -> None:
        self.shifted_s = 0.0

    def now(self) -> float:
        return time.time() + self.shifted_s

    def iso(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat()


@dataclass(eq=False, slots=True)
class User:
    """Somebody, in no server."""

    id: int
    name: str
    bot: bool = False


@dataclass(eq=False, slots=True)
class Role:
    """What its bearers may do."""

    id: int
    name: str
    permissions: Permissions


@dataclass(eq=False, slots=True)
class Member:
    """A user in a server, with roles besides @everyone."""

    user: User
    joined_at: str
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Channel:
    """A text channel, a thread (with `parent`) or direct messages (with `recipient`)."""

    id: int
    name: str
    kind: int
    guild: "Guild | None" = None
    parent: "Channel | None" = None
    owner_id: int | None = None
    recipient: User | None = None
    denied: dict[int, Permissions] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)

    @property
    def guild_id(self) -> int | None:
        return self.guild.id if self.guild else None

    @property
    def last(self) -> "Message":
        return next(reversed(self.messages.values()))

    def by(self, author: User) -> "list[Message]":
        """List what somebody wrote here for all, in order; a pending acknowledgement is nothing written."""
        hidden = EPHEMERAL | LOADING
        return [one for one in self.messages.values() if one.author is author and not one.flags & hidden]


@dataclass(eq=False, slots=True)
class Guild:
    """A server. The role @everyone has the server's id."""

    id: int
    name: str
    owner: User
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def permissions(self, user: User, channel: Channel | None = None) -> Permissions:
        """Compute what a member may do, as Discord documents it under "Permission Overwrites"."""
        if user is self.owner:
            return Permissions.all()
        member = self.members[user.id]
        roles = [self.roles[self.id], *member.roles]
        allowed = Permissions(0)
        for role in roles:
            allowed |= role.permissions
        if allowed.administrator:
            return Permissions.all()
        place = (channel.parent or channel) if channel else None
        for bearer in (*(role.id for role in roles), user.id):
            allowed &= ~place.denied.get(bearer, Permissions(0)) if place else Permissions.all()
        return allowed


@dataclass(eq=False, slots=True)
class Message:
    """A message; `by_interaction` is what it responds to, `pinged` whom it notifies."""

    id: int
    channel: Channel
    author: User
    timestamp: str
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    kind: int = PLAIN
    reference: int | None = None
    mentions: list[User] = field(default_factory=list)
    edited: str | None = None
    nonce: str | int | None = None
    by_interaction: Any = None
    thread: Channel | None = None
    deleted: bool = False

    @property
    def text(self) -> str:
        """All that is read in it: content and the embeds' descriptions."""
        return "\n".join([self.content, *(embed.get("description", "") for embed in self.embeds)]).strip()

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    def buttons(self) -> dict[str, str]:
        """Map the label (or emoji) of every button to its custom id."""
        found = [part for row in self.components for part in row.get("components", []) if part["type"] == 2]
        return {one.get("label") or one["emoji"]["name"]: one["custom_id"] for one in found}

    def button(self, words: str) -> str:
        """Find the custom id of the button whose label or emoji holds some words."""
        found = [custom_id for label, custom_id in self.buttons().items() if words in label]
        assert found, f"no button '{words}' among {list(self.buttons())}"
        return found[0]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a member gives to a command."""

    name: str
    held: bytes
    content_type: str = "text/plain; charset=utf-8"


class World:
    """Everything at once. `until` waits for a change; `uploads` are the files by the id of their attachment."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.uploads: dict[int, Upload] = {}
        self._count = count()
        self._changed = asyncio.Event()
        self.bot = self.add_user("Purgebot", bot=True)
        self.application_id = self.bot.id

    def new_id(self, shard: int = 0, shards: int = 1) -> int:
        """Make an id; a server of that id is served by that shard of so many."""
        stamp = int(self.clock.now() * 1000) - EPOCH_MS
        return (stamp - (stamp - shard) % shards << 22) + next(self._count)

    def touch(self) -> None:
        """Wake all who wait for a change."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, find: Callable[[], T | None], what: str, within_s: float = WAIT_S) -> T:
        """Wait until something is found that is neither None nor False.

        Raises:
            AssertionError: it was not found in time.
        """
        try:
            async with asyncio.timeout(within_s):
                while not (found := find()):
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"waited {within_s} s for {what}") from None

    def add_user(self, name: str, *, bot: bool = False) -> User:
        user = User(self.new_id(), name, bot)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, shard: int = 0, shards: int = 1) -> Guild:
        """Make a server with one channel, `general`, in which the bot is a member."""
        owner = self.add_user(f"owner of {name}")
        guild = Guild(self.new_id(shard, shards), name, owner)
        guild.roles[guild.id] = Role(guild.id, "@everyone", MEMBERS_MAY)
        self.guilds[guild.id] = guild
        for user in (owner, self.bot):
            self.add_member(guild, user)
        self.add_channel(guild, "general")
        return guild

    def add_member(self, guild: Guild, user: User) -> Member:
        guild.members[user.id] = Member(user, self.clock.iso())
        return guild.members[user.id]

    def add_channel(self, guild: Guild, name: str) -> Channel:
        channel = Channel(self.new_id(), name, TEXT, guild)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        return channel

    def add_thread(self, start: Message, name: str, owner: User) -> Channel:
        """Open a thread at a message; it has the message's id."""
        parent = start.channel
        thread = Channel(start.id, name, THREAD, parent.guild, parent, owner.id)
        start.thread = self.channels[thread.id] = thread
        return thread

    def direct(self, user: User) -> Channel:
        """Find or make the direct messages between a user and the bot."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.new_id(), user.name, DM, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def message(self, message_id: int) -> Message | None:
        """Find a message that was not deleted, wherever it stands."""
        held = (channel.messages.get(message_id) for channel in self.channels.values())
        return next((one for one in held if one and not one.deleted), None)

    def mentioned_in(self, text: str) -> list[User]:
        ids = dict.fromkeys(int(one) for one in re.findall(r"<@!?(\d+)>", text))
        return [self.users[one] for one in ids if one in self.users]
