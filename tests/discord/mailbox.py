"""Bodies of requests -> messages that stand in channels, and the events that tell of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, Protocol, TypeGuard

from tests.discord.interaction import Interaction
from tests.discord.payloads import message_event, thread_json
from tests.discord.world import EPHEMERAL, LOADING, PLAIN, REPLY, Channel, Message, User, World

NONCE_S = 120
"""For how long a nonce is known: "the past few minutes". Source: Discord, "Create Message", `enforce_nonce`."""
FROM_BODY = ("content", "embeds", "components")


class Emits(Protocol):
    """The gateway, as those see it who tell it of events."""

    sees_content: bool

    def emit(self, name: str, guild_id: int | None, data: dict[str, Any]) -> None:
        """Send an event to the shard of a server, or to the first one."""


class Mailbox:
    """Writes, edits and deletes messages. `object_to` is told of what the bot should not have sent."""

    def __init__(self, world: World, gateway: Emits, object_to: Callable[[str], None]) -> None:
        self._world, self._gateway, self._object_to = world, gateway, object_to
        self._nonces: dict[tuple[int, str], Message] = {}

    def post(
        self, channel: Channel, author: User, body: dict[str, Any], files: list[tuple[str, bytes]] | None = None,
        *, by: Interaction | None = None, kind: int = PLAIN,
    ) -> Message:  # fmt: skip
        """Put a message into a channel; one whose nonce was seen before is not put there again."""
        key = (author.id, str(body.get("nonce")))
        earlier = self._nonces.get(key)
        if body.get("enforce_nonce") and body.get("nonce") is not None and self._is_fresh(earlier):
            return earlier
        message = Message(self._world.new_id(), channel, author, self._world.clock.iso(), kind=kind, by_interaction=by)
        message.flags, message.nonce = body.get("flags") or 0, body.get("nonce")
        self._refer(message, body.get("message_reference"))
        self._fill(message, body, files or [])
        self._nonces[key] = message
        self.put(message)
        return message

    def draft(self, channel: Channel, author: User, text: str, reply_to: Message | None, *, ping: bool) -> Message:
        """Write a member's message without sending it yet."""
        message = Message(self._world.new_id(), channel, author, self._world.clock.iso(), text)
        message.mentions = self._world.mentioned_in(text)
        if reply_to:
            message.reference, message.kind = reply_to.id, REPLY
            message.mentions += [reply_to.author] if ping and reply_to.author not in message.mentions else []
        return message

    def put(self, message: Message) -> None:
        """Put a message into its channel and tell of it."""
        message.channel.messages[message.id] = message
        self._tell("MESSAGE_CREATE", message)

    def _is_fresh(self, earlier: Message | None) -> TypeGuard[Message]:
        now = datetime.fromtimestamp(self._world.clock.now(), UTC)
        return earlier is not None and (now - datetime.fromisoformat(earlier.timestamp)).total_seconds() < NONCE_S

    def edit(self, message: Message, body: dict[str, Any], files: list[tuple[str, bytes]] | None = None) -> Message:
        """Change what the body names, and leave the rest."""
        if message.flags & LOADING:
            message.flags &= ~LOADING
        else:
            message.edited = self._world.clock.iso()
        self._fill(message, body, files or [])
        self._tell("MESSAGE_UPDATE", message)
        return message

    def delete(self, message: Message) -> None:
        """Take a message away."""
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        form = {"id": str(message.id), "channel_id": str(message.channel.id)}
        guild_id = message.channel.guild_id
        if not message.ephemeral:
            self._gateway.emit("MESSAGE_DELETE", guild_id, form | ({"guild_id": str(guild_id)} if guild_id else {}))
        self._world.touch()

    def tell_thread(self, thread: Channel) -> None:
        """Tell of a thread that was opened."""
        self._gateway.emit("THREAD_CREATE", thread.guild_id, thread_json(thread) | {"newly_created": True})
        self._world.touch()

    def _fill(self, message: Message, body: dict[str, Any], files: list[tuple[str, bytes]]) -> None:
        for name in FROM_BODY:
            if name in body:
                setattr(message, name, body[name] or ("" if name == "content" else []))
        message.embeds = [{"type": "rich"} | embed for embed in message.embeds]
        message.components = _numbered(message.components)
        if "attachments" in body or files:
            message.attachments = self._attachments(message, body.get("attachments") or [], files)
        if body.get("content"):
            message.mentions = self._notified(message, body)
        self._world.touch()

    def _attachments(
        self, message: Message, named: list[dict[str, Any]], files: list[tuple[str, bytes]]
    ) -> list[dict[str, Any]]:
        kept = {one["id"]: one for one in message.attachments}
        made = []
        for one in named:
            if str(one["id"]) in kept:
                made.append(kept[str(one["id"])])
                continue
            name, held = files[int(one["id"])]
            url = f"https://cdn.discordapp.com/attachments/{message.channel.id}/{self._world.new_id()}/{name}"
            made.append(
                {
                    "id": str(self._world.new_id()),
                    "filename": name,
                    "size": len(held),
                    "url": url,
                    "proxy_url": url,
                    "description": one.get("description") or "",
                    "content_type": "image/png",
                }
            )
        return made  # fmt: skip

    def _refer(self, message: Message, reference: dict[str, Any] | None) -> None:
        """Note what is replied to; a message that is gone is replied to by none."""
        if reference and self._world.message(int(reference["message_id"])):
            message.reference, message.kind = int(reference["message_id"]), REPLY

    def _notified(self, message: Message, body: dict[str, Any]) -> list[User]:
        """List whom a message mentions; the bot must mention nobody. Source: Discord, "Allowed Mentions Object"."""
        mentioned = self._world.mentioned_in(message.content)
        if message.author is not self._world.bot:
            return mentioned
        allowed = body.get("allowed_mentions")
        if allowed is None or allowed.get("parse") != [] or any(allowed.get(n) for n in ("users", "replied_user")):
            self._object_to(f"the bot may ping with {body.get('content')!r} and {allowed}")
        return []

    def _tell(self, name: str, message: Message) -> None:
        if not message.flags & EPHEMERAL:
            form = message_event(message, self._world, sees_content=self._gateway.sees_content)
            self._gateway.emit(name, message.channel.guild_id, form)
        self._world.touch()


def _numbered(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write components as Discord gives them back: numbered, and without what is null."""
    places = count(1)
    rows = []
    for row in components:
        numbered = {"type": row["type"], "id": next(places)}
        rows.append(
            numbered | {"components": [_without_null(part) | {"id": next(places)} for part in row["components"]]}
        )
    return rows


def _without_null(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _without_null(value) for name, value in part.items() if value is not None}
    return part
