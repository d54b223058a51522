"""A question -> one answer in Discord: never none and never two, through faults of the network and restarts.

This is the one place where a question is taken (and kept), answered, and settled (and erased). What Discord does not
take for a while is kept, and so is what a restart cuts off: `finish_left_over` answers it while somebody may wait for
it. Twice it cannot come: edits and nonces may be repeated, and an older message is looked for before it is sent again.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

import discord
from discord.abc import Messageable

from bot.asking import Asked, Told, answer_on, take_in
from bot.buttons import answer_view
from bot.delivery import EXPIRED, LOST, PATIENT, UNKNOWN_MESSAGE, Patience, deliver, is_passing, short
from bot.desk import Desk
from bot.errors import Busy, StateFault, Stopping, explain
from bot.listening import Heard
from bot.notes import NO_WRITING, Notes, note_for
from bot.pending import Pending
from bot.places import is_known, is_shown, may_embed_in, may_write, open_thread, place_of, reference_to
from bot.question_log import UNKNOWN as LEFT_OVER
from bot.question_log import note_reply
from bot.render import Reply, question_line
from bot.sending import UNSENT, Edit, put_reply, send_reply
from bot.typing_sign import typing
from bot.webhooks import edit_of, follow_up

log = logging.getLogger(__name__)
HELP = (
    "Ask me about accounts that platforms removed, for example: *why were Occupy accounts suspended?* "
    "Write the question after my name, or use `/ask`. I answer from sources only, and name them. `/help` tells more."
)


class Answers:
    """Takes questions and answers each once."""

    def __init__(
        self,
        client: discord.Client,
        desk: Desk,
        patience: Patience = PATIENT,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the client to send with and the desk; `clock` gives seconds since 1970."""
        self._client, self._desk, self._patience, self._clock = client, desk, patience, clock
        self._notes = Notes(client, patience)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, asked: Pending, heard: Heard | None = None, edit: Edit | None = None) -> None:
        """Answer a question, unless it was taken before or the moderators let the bot not answer it.

        Args:
            heard: the message that asks it, if one does.
            edit: changes the message that acknowledged it, if it came with an interaction.
        """
        try:
            taken = await self._desk.work.run(take_in, self._desk, asked, heard)
        except (Busy, Stopping):
            taken = asked  # whoever asked will be told so
        if taken is not None:
            await self._finish(taken, edit)

    async def finish_left_over(self) -> None:
        """Answer what an earlier run of the program or a fault left unanswered, if it is not too late."""
        if self._desk.visits.stopping:
            return
        left = await self._desk.work.run(self._desk.state.left_over, self._clock())
        for ended in await asyncio.gather(*map(self._finish_one, left), return_exceptions=True):
            if isinstance(ended, Exception):
                explain(ended)

    # ---- one question

    async def _finish_one(self, asked: Pending) -> None:
        self._desk.visits.admit(LEFT_OVER, asked.guild_id, asked.channel_id, asked.asker_id)
        if asked.is_too_late(self._clock()):
            log.warning("question %s: it is too late for an answer", asked.id)
        elif not await self._is_answered(asked):
            await self._finish(asked)
            return
        await self._settle(asked)

    async def _finish(self, asked: Pending, edit: Edit | None = None) -> None:
        """Answer a question and settle it; what Discord does not take for a while is left over."""
        try:
            await (self._to_message(asked) if asked.token is None else self._in_place(asked, edit))
        except UNSENT as error:
            log.warning("question %s: no answer: %s", asked.id, short(error))
            await (self._leave(asked) if is_passing(error) else self._give_up(asked, note_for(error)))
        except Exception:
            if not self._client.is_closed():  # else the next start answers it
                await self._settle(asked)
            raise

    async def _to_message(self, asked: Pending) -> None:
        """Answer a message where it stands or in its thread, showing that it is worked on."""
        place = place_of(self._client, asked)
        if not may_write(place):
            log.info("question %s: the bot may not write in channel %s", asked.id, asked.channel_id)
            await self._give_up(asked, NO_WRITING)
            return
        asked = replace(asked, may_embed=may_embed_in(place, asked.may_embed))
        thread = await open_thread(self._client, place, asked) if asked.in_thread else None
        async with typing(thread or place):
            told = await self._told(asked, asked.id if thread else asked.channel_id)
        sent = await self._to_thread(thread, asked, told) if thread else None
        sent = sent or await self._send(place, asked, told, reference=reference_to(asked))
        await self._settle(asked, told, sent)

    async def _in_place(self, asked: Pending, edit: Edit | None) -> None:
        """Answer in place of an acknowledgement; where that is gone, where the member will see it."""
        told = await self._told(asked, asked.channel_id)
        view, head = answer_view(told, only_me=asked.only_me), question_line(asked.question)
        shown: discord.Message | None
        try:
            shown = await put_reply(
                edit or edit_of(self._client, asked), told.reply, view,
                embedded=asked.may_embed, head=head, patience=self._patience,
            )  # fmt: skip
        except discord.HTTPException as error:
            shown = await self._elsewhere(asked, told, error)
        await self._settle(asked, told, shown)

    async def _elsewhere(self, asked: Pending, told: Told, error: discord.HTTPException) -> discord.Message | None:
        """Show an answer that has lost its place: to the asker alone where somebody deleted it, else in the channel.

        Returns:
            The message; None where it was sent and nobody knows whether it arrived.

        Raises:
            discord.HTTPException: it may stand nowhere else.
        """
        head = question_line(asked.question)
        if error.code == UNKNOWN_MESSAGE:
            try:
                return await follow_up(self._client, asked, told.reply, answer_view(told, only_me=True), head)
            except LOST as lost:
                log.warning("question %s: its answer may be lost: %s", asked.id, short(lost))
                return None
        place = place_of(self._client, asked)
        private = asked.only_me or (asked.guild_id is not None and not is_known(place))
        unsure = asked.again and asked.may_have_lost_its_nonce(self._clock())
        if error.code not in EXPIRED or private or unsure or not may_write(place):
            raise error
        log.info("question %s: its interaction has expired; the answer goes into the channel", asked.id)
        asked = replace(asked, may_embed=may_embed_in(place, asked.may_embed))
        return await self._send(place, asked, told, head=head)

    # ---- its parts

    async def _told(self, asked: Pending, channel_id: int) -> Told:
        if not asked.question:
            return Told(Reply(HELP))
        return await answer_on(
            self._desk,
            Asked(
                question=asked.question, guild_id=asked.guild_id, channel_id=channel_id, asker_id=asked.asker_id,
                after=asked.after, may_embed=asked.may_embed, parent_id=asked.parent_id,
                check_place=asked.token is not None and not asked.only_me, counted=asked.again,
            ),
        )  # fmt: skip

    async def _to_thread(self, thread: Messageable, asked: Pending, told: Told) -> discord.Message | None:
        """Answer in the thread that was opened for it; None where it is gone or shut, so that the channel must do."""
        try:
            return await self._send(thread, asked, told)
        except discord.HTTPException as error:
            if is_passing(error):
                raise
            log.info("question %s: not in its thread: %s", asked.id, short(error))
            return None

    async def _send(
        self,
        place: Messageable,
        asked: Pending,
        told: Told,
        *,
        reference: discord.MessageReference | None = None,
        head: str = "",
    ) -> discord.Message:
        async with self._turn(place):
            return await send_reply(
                place, told.reply, answer_view(told), nonce=asked.nonce, reference=reference,
                embedded=asked.may_embed, head=head, patience=self._patience,
            )  # fmt: skip

    def _turn(self, place: Messageable) -> asyncio.Lock:
        """Let one answer at a time go into a channel: waiting for Discord's limit must not use up its patience."""
        return self._turns.setdefault(getattr(place, "id", 0), asyncio.Lock())

    # ---- its end

    async def _settle(self, asked: Pending, told: Told | None = None, shown: discord.Message | None = None) -> None:
        note_reply(self._desk.metrics, sent=shown is not None)
        noted = (told.answer_id, shown.id, shown.channel.id) if told and shown and not asked.only_me else ()
        await self._note(self._desk.state.settle, asked.id, *noted)

    async def _leave(self, asked: Pending) -> None:
        """Leave a question for the next round; its answer is not shown, or nobody knows."""
        await self._note(self._desk.state.release, asked.id)

    async def _give_up(self, asked: Pending, note: str) -> None:
        await self._settle(asked)
        await self._notes.write(asked, note)

    async def _note(self, function: Callable[..., None], *args: object) -> None:
        """Write down what became of a question; without it a second answer would follow the next start."""
        try:
            await self._desk.work.run(function, *args)
        except (Busy, Stopping):  # the pool is full, or closed already
            function(*args)
        except StateFault as error:
            log.error("question %s is not settled: %s", args[0], error)

    async def _is_answered(self, asked: Pending) -> bool:
        """Say whether a question left over shows its answer already; where nobody can tell, it counts as answered."""
        if asked.token is not None or not asked.may_have_lost_its_nonce(self._clock()):
            return False  # to be done twice does no harm
        try:
            return await deliver(lambda: is_shown(self._client, asked), self._patience)
        except UNSENT as error:
            log.warning("question %s: left alone, it may be answered: %s", asked.id, short(error))
            return True
