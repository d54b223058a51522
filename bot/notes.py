"""A short note to a member, by direct message, where an answer has no other way to them."""

import logging
import time
from collections.abc import Callable

import discord

from bot.delivery import PATIENT, SHUT, UNKNOWN_CHANNEL, Patience, deliver, short
from bot.pending import Pending
from bot.render import Reply
from bot.sending import UNSENT, send_reply

log = logging.getLogger(__name__)
SELDOM_S = 3600
"""A member gets one note of a channel in this time, however often they ask there."""
KEPT = 1000
NO_WRITING = "I may not write in <#{channel}>, so I cannot answer there. Ask me here or in another channel."
GONE = "The place where you asked me is gone, so I could not answer there. Ask me here, or in another channel."
REFUSED = "Discord did not take my answer in <#{channel}>. Ask me here, or in another channel."


class Notes:
    """Writes notes, and remembers in memory whom it wrote to."""

    def __init__(
        self, client: discord.Client, patience: Patience = PATIENT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the client to write with; `clock` gives seconds."""
        self._client, self._patience, self._clock = client, patience, clock
        self._written: dict[tuple[int, int], float] = {}

    async def write(self, asked: Pending, text: str) -> None:
        """Tell whoever asked the bot in a server's channel why there is no answer; to others there is no other way."""
        reachable = asked.prompted and asked.guild_id is not None and asked.token is None
        if not reachable or not self._is_due(asked):
            return
        try:
            someone = discord.Object(asked.asker_id)
            channel = await deliver(lambda: self._client.create_dm(someone), self._patience)
            note = Reply(text.format(channel=asked.channel_id))
            await send_reply(channel, note, nonce=asked.nonce, patience=self._patience)
        except UNSENT as error:
            log.info("question %s: no note either: %s", asked.id, short(error))

    def _is_due(self, asked: Pending) -> bool:
        now, key = self._clock(), (asked.asker_id, asked.channel_id)
        if len(self._written) > KEPT:
            self._written = {one: at for one, at in self._written.items() if now - at < SELDOM_S}
        if now - self._written.get(key, -SELDOM_S) < SELDOM_S:
            return False
        self._written[key] = now
        return True


def note_for(error: BaseException) -> str:
    """Choose what is said where Discord refuses an answer for good."""
    code = getattr(error, "code", 0)
    if code in SHUT:
        return NO_WRITING
    return GONE if code == UNKNOWN_CHANNEL else REFUSED
