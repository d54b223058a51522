"""What the bot may ask of this Discord apart from interactions: its account, its commands, channels, messages."""

from collections.abc import Callable
from typing import Any

from tests.discord.beyond import command_faults, message_faults
from tests.discord.faults import MISSING_ACCESS, MISSING_PERMISSIONS, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, error
from tests.discord.mailbox import Mailbox
from tests.discord.payloads import channel_json, message_json, own_user_json, thread_json, user_json
from tests.discord.replies import Call, Refused, Reply, invalid
from tests.discord.world import THREAD, Channel, Message, World

Handler = Callable[[Call], Reply]
EMPTY_MESSAGE, THREAD_THERE, NO_HISTORY = 50006, 160004, 160002
"""Source: Discord, "JSON Error Codes"."""
MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"
COMMANDS = "/applications/{application_id}/commands"


class Account:
    """The bot's own account. `shards` is how many Discord recommends; `commands` what is registered."""

    def __init__(self, world: World, gateway_url: Callable[[], str]) -> None:
        self._world, self._gateway_url = world, gateway_url
        self.shards = 1
        self.commands: list[dict[str, Any]] = []

    def routes(self) -> dict[tuple[str, str], Handler]:
        """List what is answered."""
        return {
            ("GET", "/users/@me"): lambda _call: Reply(200, own_user_json(self._world.bot)),
            ("GET", "/oauth2/applications/@me"): lambda _call: Reply(200, self._application()),
            ("GET", "/applications/@me"): lambda _call: Reply(200, self._application()),
            ("GET", "/gateway"): lambda _call: Reply(200, {"url": self._gateway_url()}),
            ("GET", "/gateway/bot"): lambda _call: Reply(200, self._gateway()),
            ("GET", COMMANDS): lambda _call: Reply(200, self.commands),
            ("PUT", COMMANDS): self.register,
            ("POST", "/users/@me/channels"): self.open_direct,
        }

    def register(self, call: Call) -> Reply:
        """Take in the commands; one that was there keeps its id."""
        faults = command_faults(call.body)
        if faults:
            raise invalid("; ".join(faults))
        ids = {(one["type"], one["name"]): one["id"] for one in self.commands}
        self.commands = [
            {"default_member_permissions": None, "description": "", "type": 1} | command
            | {"application_id": str(self._world.application_id), "version": str(self._world.new_id()),
               "id": ids.get((command.get("type", 1), command["name"])) or str(self._world.new_id())}
            for command in map(_without_null, call.body)
        ]  # fmt: skip
        self._world.touch()
        return Reply(200, self.commands)

    def command(self, name: str) -> dict[str, Any]:
        """Find a command that was registered."""
        return next(one for one in self.commands if one["name"] == name)

    def open_direct(self, call: Call) -> Reply:
        return Reply(200, channel_json(self._world.direct(self._world.users[int(call.body["recipient_id"])])))

    def _gateway(self) -> dict[str, Any]:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return {"url": self._gateway_url(), "shards": self.shards, "session_start_limit": limit}

    def _application(self) -> dict[str, Any]:
        nothing = ("icon", "interactions_endpoint_url", "role_connections_verification_url", "team", "type")
        zero = ("flags", "approximate_guild_count", "approximate_user_install_count",
                "approximate_user_authorization_count", "explicit_content_filter")  # fmt: skip
        return {
            **dict.fromkeys(nothing), **dict.fromkeys(zero, 0), "id": str(self._world.application_id),
            "name": "Purgebot", "description": "", "verify_key": "0" * 64, "flags_new": "0", "redirect_uris": [],
            "eligible_oauth2_scopes": [], "bot_public": True, "bot_require_code_grant": False,
            "owner": user_json(next(iter(self._world.users.values()))), "rpc_origins": [],
        }  # fmt: skip


class Channels:
    """Messages and threads, with what the bot may do there. `typed` lists where it showed that it types."""

    def __init__(self, world: World, mailbox: Mailbox) -> None:
        self._world, self._mailbox = world, mailbox
        self.typed: list[Channel] = []

    def routes(self) -> dict[tuple[str, str], Handler]:
        """List what is answered."""
        return {
            ("POST", MESSAGES): self.send,
            ("GET", MESSAGES): self.history,
            ("GET", MESSAGE): lambda call: Reply(200, message_json(self._message(call), self._world)),
            ("PATCH", MESSAGE): self.change,
            ("DELETE", MESSAGE): self.remove,
            ("POST", "/channels/{channel_id}/typing"): self.type,
            ("POST", MESSAGE + "/threads"): self.open_thread,
            ("GET", "/channels/{channel_id}"): lambda call: Reply(200, channel_json(self._channel(call))),
        }

    def send(self, call: Call) -> Reply:
        """Put a message of the bot's into a channel."""
        channel = self._writable(call)
        refuse_faulty(call.body, new=True)
        needs = {"embed_links": bool(call.body.get("embeds")), "attach_files": bool(call.files)}
        self._require(channel, *(name for name, needed in needs.items() if needed))
        self._check_reference(channel, call.body.get("message_reference"))
        message = self._mailbox.post(channel, self._world.bot, call.body, call.files)
        return Reply(200, message_json(message, self._world))

    def history(self, call: Call) -> Reply:
        """List messages, latest first."""
        channel = self._channel(call)
        after, most = int(call.query.get("after", 0)), int(call.query.get("limit", 50))
        found = [one for one in channel.messages.values() if one.id > after and not one.ephemeral]
        return Reply(200, [message_json(one, self._world) for one in reversed(found[-most:])])

    def change(self, call: Call) -> Reply:
        """Edit a message of the bot's own."""
        message = self._message(call)
        if message.author is not self._world.bot:
            raise Refused(Reply(403, {"message": "Cannot edit a message authored by another user", "code": 50005}))
        refuse_faulty(call.body, new=False)
        return Reply(200, message_json(self._mailbox.edit(message, call.body, call.files), self._world))

    def remove(self, call: Call) -> Reply:
        """Delete a message, the bot's own unless it may do more."""
        message = self._message(call)
        if message.author is not self._world.bot:
            self._require(message.channel, "manage_messages")
        self._mailbox.delete(message)
        return Reply(204)

    def type(self, call: Call) -> Reply:
        """Show that the bot types."""
        self.typed.append(self._writable(call))
        return Reply(204)

    def open_thread(self, call: Call) -> Reply:
        """Open a thread at a message."""
        message = self._message(call)
        self._require(message.channel, "create_public_threads")
        if message.thread or message.channel.kind == THREAD:
            raise Refused(Reply(400, {"message": "A thread has already been created", "code": THREAD_THERE}))
        thread = self._world.add_thread(message, call.body["name"], self._world.bot)
        self._mailbox.tell_thread(thread)
        return Reply(201, thread_json(thread))

    def _channel(self, call: Call) -> Channel:
        channel = self._world.channels.get(call.id("channel_id"))
        if channel is None:
            raise Refused(error(UNKNOWN_CHANNEL))
        if channel.guild and self._world.bot.id not in channel.guild.members:
            raise Refused(error(MISSING_ACCESS))
        if channel.guild and not channel.guild.permissions(self._world.bot, channel).view_channel:
            raise Refused(error(MISSING_ACCESS))
        return channel

    def _writable(self, call: Call) -> Channel:
        channel = self._channel(call)
        self._require(channel, "send_messages_in_threads" if channel.kind == THREAD else "send_messages")
        return channel

    def _require(self, channel: Channel, *names: str) -> None:
        if channel.guild:
            may = channel.guild.permissions(self._world.bot, channel)
            if not all(getattr(may, name) for name in names):
                raise Refused(error(MISSING_PERMISSIONS))

    def _message(self, call: Call) -> Message:
        message = self._channel(call).messages.get(call.id("message_id"))
        if message is None or message.ephemeral:
            raise Refused(error(UNKNOWN_MESSAGE))
        return message

    def _check_reference(self, channel: Channel, reference: dict[str, Any] | None) -> None:
        if reference is None:
            return
        if int(reference["message_id"]) not in channel.messages and reference.get("fail_if_not_exists", True):
            raise Refused(Reply(400, {"message": "Unknown message", "code": 50035}))
        if channel.guild and not channel.guild.permissions(self._world.bot, channel).read_message_history:
            told = "Cannot reply without permission to read message history"
            raise Refused(Reply(400, {"message": told, "code": NO_HISTORY}))


def _without_null(command: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in command.items() if value is not None}


def refuse_faulty(body: dict[str, Any], *, new: bool) -> None:
    """Refuse a message that breaks a limit.

    Raises:
        Violation: it does.
    """
    faults = message_faults(body, new=new)
    if faults:
        raise invalid("; ".join(faults), EMPTY_MESSAGE if faults == ["the message is empty"] else 50035)
