"""What the bot may do with an interaction: acknowledge it once and in time, then use its token for a while."""

from typing import Any

from tests.discord.beyond import choice_faults, modal_faults
from tests.discord.faults import (
    ACKNOWLEDGED_BEFORE,
    INVALID_TOKEN,
    UNKNOWN_INTERACTION,
    UNKNOWN_MESSAGE,
    UNKNOWN_WEBHOOK,
    error,
)
from tests.discord.interaction import (
    ACKNOWLEDGE_S,
    ALLOWED,
    CHOICES,
    DEFER,
    DEFER_UPDATE,
    MODAL,
    SAY,
    TOKEN_S,
    UPDATE,
    Interaction,
)
from tests.discord.mailbox import Mailbox
from tests.discord.payloads import message_json, response_kind
from tests.discord.replies import Call, Refused, Reply, Violation, invalid
from tests.discord.routes import Handler, refuse_faulty
from tests.discord.world import EPHEMERAL, LOADING, Message, World

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = WEBHOOK + "/messages/@original"
FOLLOW_UP = WEBHOOK + "/messages/{message_id}"


class Callbacks:
    """All interactions. `unsure` holds those whose acknowledgement the bot cannot know to have arrived."""

    def __init__(self, world: World, mailbox: Mailbox) -> None:
        self._world, self._mailbox = world, mailbox
        self.interactions: dict[str, Interaction] = {}
        self.unsure: set[int] = set()
        self._acknowledged_by: dict[int, Call] = {}

    def routes(self) -> dict[tuple[str, str], Handler]:
        """List what is answered."""
        return {
            ("POST", CALLBACK): self.acknowledge,
            ("GET", ORIGINAL): lambda call: Reply(200, self._json(self._original(call))),
            ("PATCH", ORIGINAL): lambda call: self._change(call, self._original(call)),
            ("DELETE", ORIGINAL): lambda call: self._remove(self._original(call)),
            ("POST", WEBHOOK): self.follow_up,
            ("GET", FOLLOW_UP): lambda call: Reply(200, self._json(self._named(call))),
            ("PATCH", FOLLOW_UP): lambda call: self._change(call, self._named(call)),
            ("DELETE", FOLLOW_UP): lambda call: self._remove(self._named(call)),
        }

    def acknowledge(self, call: Call) -> Reply:
        """Take in the first response."""
        interaction = self.interactions.get(call.ids["interaction_token"])
        if interaction is None or self._world.clock.now() - interaction.created > ACKNOWLEDGE_S:
            raise Refused(error(UNKNOWN_INTERACTION))
        if interaction.acknowledged_by is not None:
            raise (Refused if self._may_be_unsure(interaction) else Violation)(error(ACKNOWLEDGED_BEFORE))
        kind, data = call.body["type"], call.body.get("data") or {}
        if kind not in ALLOWED[interaction.kind]:
            raise invalid(f"an interaction of type {interaction.kind} is not answered by {kind}")
        self._respond(interaction, kind, data, call)
        interaction.acknowledge(kind)
        self._acknowledged_by[interaction.id] = call
        self._world.touch()
        if call.query.get("with_response", "").lower() not in ("1", "true"):
            return Reply(204)
        return Reply(200, self._told(interaction, kind))

    def _may_be_unsure(self, interaction: Interaction) -> bool:
        """Whether the bot may not have had the answer to its acknowledgement: it was lost, or not waited for."""
        return interaction.id in self.unsure or self._acknowledged_by[interaction.id].is_gone()

    def _respond(self, interaction: Interaction, kind: int, data: dict[str, Any], call: Call) -> None:
        if kind == SAY:
            refuse_faulty(data, new=True)
            interaction.original = self._post(interaction, data, call.files)
        elif kind == DEFER:
            interaction.original = self._post(interaction, {"flags": LOADING | (data.get("flags") or 0) & EPHEMERAL})
        elif kind == DEFER_UPDATE:
            interaction.original = interaction.message
        elif kind == UPDATE and interaction.message:
            refuse_faulty(data, new=False)
            interaction.original = self._mailbox.edit(interaction.message, data, call.files)
        elif kind == CHOICES:
            _refuse(choice_faults(data["choices"]))
            interaction.choices = data["choices"]
        elif kind == MODAL:
            _refuse(modal_faults(data))
            interaction.modal = data

    def _post(self, interaction: Interaction, body: dict[str, Any], files: Any = None) -> Message:
        kind = response_kind(interaction)
        return self._mailbox.post(interaction.channel, self._world.bot, body, files, by=interaction, kind=kind)

    def follow_up(self, call: Call) -> Reply:
        """Say more; the first that follows a bare acknowledgement takes its place."""
        interaction = self._interaction(call)
        refuse_faulty(call.body, new=True)
        if interaction.original and interaction.original.flags & LOADING:
            message = self._mailbox.edit(interaction.original, call.body, call.files)
        else:
            message = self._mailbox.post(interaction.channel, self._world.bot, call.body, call.files, by=interaction)
            interaction.followups.append(message)
        return Reply(200, self._json(message)) if call.query.get("wait", "").lower() in ("1", "true") else Reply(204)

    def _interaction(self, call: Call) -> Interaction:
        interaction = self.interactions.get(call.ids["webhook_token"])
        if interaction is None or call.id("webhook_id") != self._world.application_id:
            raise Refused(error(UNKNOWN_WEBHOOK))
        if self._world.clock.now() - interaction.created > TOKEN_S:
            raise Refused(error(INVALID_TOKEN))
        if interaction.acknowledged_by is None:
            raise Refused(error(UNKNOWN_WEBHOOK))
        return interaction

    def _original(self, call: Call) -> Message:
        original = self._interaction(call).original
        if original is None or original.deleted:
            raise Refused(error(UNKNOWN_MESSAGE))
        return original

    def _named(self, call: Call) -> Message:
        interaction = self._interaction(call)
        for message in (interaction.original, *interaction.followups):
            if message and message.id == call.id("message_id") and not message.deleted:
                return message
        raise Refused(error(UNKNOWN_MESSAGE))

    def _change(self, call: Call, message: Message) -> Reply:
        refuse_faulty(call.body, new=bool(message.flags & LOADING))
        return Reply(200, self._json(self._mailbox.edit(message, call.body, call.files)))

    def _remove(self, message: Message) -> Reply:
        self._mailbox.delete(message)
        return Reply(204)

    def _json(self, message: Message) -> dict[str, Any]:
        return message_json(message, self._world)

    def _told(self, interaction: Interaction, kind: int) -> dict[str, Any]:
        form: dict[str, Any] = {"id": str(interaction.id), "type": interaction.kind}
        if interaction.original is None:
            return {"interaction": form}
        loading, ephemeral = bool(interaction.original.flags & LOADING), interaction.original.ephemeral
        form |= {
            "response_message_id": str(interaction.original.id), "response_message_loading": loading,
            "response_message_ephemeral": ephemeral, "channel_id": str(interaction.channel.id),
        }  # fmt: skip
        told = (
            {"resource": {"type": kind, "message": self._json(interaction.original)}} if kind in (SAY, UPDATE) else {}
        )
        return {"interaction": form} | told


def _refuse(faults: list[str]) -> None:
    if faults:
        raise invalid("; ".join(faults))
