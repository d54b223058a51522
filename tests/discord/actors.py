"""What a member does: write, mention, call a command, press, fill in a dialog. Each act returns what it made."""

import secrets
from typing import TYPE_CHECKING, Any

from tests.discord.interaction import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT, Interaction
from tests.discord.payloads import interaction_json, message_json
from tests.discord.world import Channel, Message, Upload, User

if TYPE_CHECKING:
    from tests.discord.server import Loopback

BY_NAME, MENU = 1, 3
PARTS = (1, 2)
"""Types of options that are commands in a group, and groups. Source: Discord, "Application Command Option Type"."""
BUTTON, SELECT, TEXT_INPUT, LABEL = 2, 3, 4, 18
SELECTS = {3: "string", 5: "user", 6: "role", 7: "mentionable", 8: "channel"}


class Actor:
    """A member. `user` is who it is."""

    def __init__(self, discord: "Loopback", user: User) -> None:
        self.user = user
        self._discord = discord
        self._world = discord.world

    # ---- messages

    def says(self, channel: Channel, text: str, *, reply_to: Message | None = None, ping: bool = True) -> Message:
        """Write a message; a reply pings its author unless told otherwise."""
        message = self._discord.mailbox.draft(channel, self.user, text, reply_to, ping=ping)
        self._discord.mailbox.put(message)
        return message

    def asks(self, channel: Channel, text: str) -> Message:
        """Mention the bot with a question."""
        return self.says(channel, f"<@{self._world.bot.id}> {text}".strip())

    def writes(self, text: str) -> Message:
        """Send the bot a direct message."""
        return self.says(self._world.direct(self.user), text)

    def deletes(self, message: Message) -> None:
        """Delete a message."""
        self._discord.mailbox.delete(message)

    # ---- interactions

    def slash(self, channel: Channel, name: str, /, **options: Any) -> Interaction:
        """Call a command, or one of a group ("sources add"); an option may be a file (`Upload`)."""
        return self._interact(COMMAND, channel, self._call(name, options))

    def types(self, channel: Channel, name: str, /, **options: Any) -> Interaction:
        """Type into an option of a command, the last one named, and see what is offered."""
        data = self._call(name, options)
        inner = data
        while inner["options"][-1]["type"] in PARTS:
            inner = inner["options"][-1]
        inner["options"][-1]["focused"] = True
        return self._interact(AUTOCOMPLETE, channel, data)

    def menu(self, message: Message, name: str) -> Interaction:
        """Choose an entry of a message's menu."""
        command = self._discord.account.command(name)
        held = {"messages": {str(message.id): message_json(message, self._world)}}
        data = {"id": command["id"], "name": name, "type": MENU, "target_id": str(message.id), "resolved": held}
        return self._interact(COMMAND, message.channel, data, menu=True)

    def press(self, message: Message, words: str) -> Interaction:
        """Press the button whose label, emoji or custom id holds some words."""
        custom_id = words if words in message.buttons().values() else message.button(words)
        data = {"custom_id": custom_id, "component_type": BUTTON}
        return self._interact(COMPONENT, message.channel, data, message)

    def chooses(self, message: Message, custom_id: str, *values: str) -> Interaction:
        """Choose values in a menu of a message."""
        parts = [part for row in message.components for part in row["components"]]
        kind = next(part["type"] for part in parts if part.get("custom_id") == custom_id)
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": kind, "values": list(values)}
        if SELECTS[kind] != "string":
            data["resolved"] = {}
        return self._interact(COMPONENT, message.channel, data, message)

    def submits(self, opened: Interaction, **fields: str) -> Interaction:
        """Fill in the dialog that an interaction opened."""
        assert opened.modal is not None, "no dialog was opened"
        components = [_filled(part, fields) for part in opened.modal["components"]]
        data = {"custom_id": opened.modal["custom_id"], "components": components}
        return self._interact(MODAL_SUBMIT, opened.channel, data, opened.message)

    async def opens(self, message: Message, words: str) -> Interaction:
        """Press a button and wait for the dialog that it opens."""
        pressed = self.press(message, words)
        await self._world.until(lambda: pressed.modal, f"the dialog of {words!r}")
        return pressed

    def _call(self, path: str, options: dict[str, Any]) -> dict[str, Any]:
        name, *parts = path.split(" ")
        command = self._discord.account.command(name)
        resolved: dict[str, Any] = {}
        data = {"id": command["id"], "name": name, "type": BY_NAME}
        data["options"] = self._options(command, parts, options, resolved)
        return data | ({"resolved": {"attachments": resolved}} if resolved else {})

    def _options(
        self, command: dict[str, Any], parts: list[str], options: dict[str, Any], resolved: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Write options as Discord does; `parts` are the names of a group and a command in it."""
        known = {option["name"]: option for option in command.get("options", [])}
        if parts:
            inner = known[parts[0]]
            written = self._options(inner, parts[1:], options, resolved)
            return [{"name": parts[0], "type": inner["type"], "options": written}]
        given = []
        for name, value in options.items():
            if isinstance(value, Upload):
                attachment = self._upload(value)
                resolved[attachment["id"]] = attachment
                value = attachment["id"]
            given.append({"name": name, "type": known[name]["type"], "value": value})
        return given

    def _upload(self, file: Upload) -> dict[str, Any]:
        number = self._world.new_id()
        self._world.uploads[number] = file
        url = f"{self._discord.files}/{number}/{file.name}"
        return {
            "id": str(number), "filename": file.name, "size": len(file.held), "url": url, "proxy_url": url,
            "content_type": file.content_type, "ephemeral": True,
        }  # fmt: skip

    def _interact(
        self, kind: int, channel: Channel, data: dict[str, Any], message: Message | None = None, *, menu: bool = False
    ) -> Interaction:
        token = secrets.token_urlsafe(32)
        world = self._world
        interaction = Interaction(
            world.new_id(), token, kind, self.user, channel, data, world.clock.now(), message, menu
        )  # fmt: skip
        self._discord.callbacks.interactions[token] = interaction
        self._discord.gateway.emit("INTERACTION_CREATE", channel.guild_id, interaction_json(interaction, world))
        return interaction


def _filled(part: dict[str, Any], fields: dict[str, str]) -> dict[str, Any]:
    """Fill in one field: with what is given, else with what it began with or its first option."""
    inner = part["component"] if part["type"] == LABEL else part["components"][0]
    name = inner["custom_id"]
    if inner["type"] == TEXT_INPUT:
        made = {"type": TEXT_INPUT, "custom_id": name, "value": fields.get(name, inner.get("value") or "")}
    else:
        made = {"type": inner["type"], "custom_id": name, "values": [fields.get(name, inner["options"][0]["value"])]}
    made["id"] = 2
    if part["type"] == LABEL:
        return {"type": LABEL, "id": 1, "component": made}
    return {"type": part["type"], "id": 1, "components": [made]}
