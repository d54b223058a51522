"""`/sources reindex`: the job, and the one message that shows how far it is.

The message is the bot's own, because an interaction's token dies after fifteen minutes; where the bot may not write,
the interaction itself serves while it lives.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import discord

from bot.delivery import HURRIED, PATIENT, short
from bot.errors import explain
from bot.escape import escape
from bot.jobs import Job
from bot.permits import runs_the_bot
from bot.render import Reply
from bot.sending import UNSENT, edit_reply, put_reply, send_reply
from bot.source_acts import actor_of, may_write, sources_of
from bot.source_pages import progress_text, summary_text
from bot.source_views import job_view
from bot.sourcing import SourceDesk
from index.errors import Stopped
from index.intake import Progress, Summary

log = logging.getLogger(__name__)
BELOW = "The message below shows how far it is."
HERE = "-# I may not write in this channel, so only you see this, for fifteen minutes. My log has the end of it."
OVER = "This is over: it is done, or was ended by a restart. Nothing was changed by halves."


class Board:
    """Where a job's progress is shown: a message of the bot, or the answer to an interaction."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        """Begin without a message."""
        self._interaction = interaction
        self._message: discord.Message | None = None
        self._shown = ""

    async def open(self, job: Job) -> None:
        """Show that a job begins."""
        if may_write(self._interaction):
            await self._send(progress_text(job), job_view(job.id))
        if self._message:
            await edit_reply(self._interaction, Reply(BELOW))
        else:
            await self.show(job)

    async def show(self, job: Job) -> None:
        """Show how far a job is, if that has changed; a miss is made good by the next."""
        text = progress_text(job)
        if text == self._shown:
            return
        try:
            await self._put(text, job_view(job.id), HURRIED)
            self._shown = text
        except UNSENT as error:
            log.info("progress was not shown: %s", short(error))

    async def close(self, text: str) -> None:
        """Show how a job ended: in its message, or in a new one if that is gone."""
        try:
            await self._put(text, None, PATIENT)
        except UNSENT as error:
            log.warning("the end of a job was not shown in its message: %s", short(error))
            self._message = None
            if may_write(self._interaction):
                await self._send(text, None)

    async def _put(self, text: str, view: discord.ui.View | None, patience: Any) -> None:
        if self._message:
            await put_reply(self._message.edit, Reply(text), view, patience=patience)
        else:
            edit = self._interaction.edit_original_response
            await put_reply(edit, Reply(f"{text}\n{HERE}"), view, patience=patience)

    async def _send(self, text: str, view: discord.ui.View | None) -> None:
        channel: Any = self._interaction.channel
        nonce = str(self._interaction.id + (view is None))  # the end of a job is another message than its beginning
        try:
            self._message = await send_reply(channel, Reply(text), view, nonce=nonce)
            self._shown = text
        except UNSENT as error:
            log.warning("a job's message was not sent: %s", short(error))


async def reindex(interaction: discord.Interaction[Any], *, full: bool) -> None:
    """Bring the shared folders into step, and show how far it is until it has ended.

    The folders are the operator's, and all servers share what is in them: who is no operator reads of no file by name,
    and has everything read again once a day at most.

    Raises:
        Refused: another reindex is running, or it is too soon for a full one.
    """
    desk, is_operator = sources_of(interaction), await runs_the_bot(interaction)
    job = desk.jobs.begin(interaction.guild_id or 0, interaction.user.name)
    board = Board(interaction)
    try:
        if full and not is_operator:
            desk.jobs.require_full()
        await board.open(job)
        # the shared log outlives what is kept of a server that is left, so that it names nobody of it
        actor = actor_of(interaction) if is_operator else f"a moderator of server {interaction.guild_id}"
        told = partial(summary_text, names_files=is_operator)
        await board.close(await _followed(desk, job, board, partial(_reindex, desk, actor, full), told))
    finally:
        desk.jobs.end(job)


async def _followed(desk: SourceDesk, job: Job, board: Board, work: Any, told: Callable[[Job, Summary], str]) -> str:
    """Run a job and show how far it is at Discord's pace; returns how it ended, in words."""
    task = asyncio.ensure_future(desk.jobs.run(job, work))
    while not (await asyncio.wait({task}, timeout=desk.jobs.pace_s))[0]:
        await board.show(job)
    try:
        return told(job, task.result())
    except Stopped:
        return f"**Reindexing was stopped** by {escape(job.stopped_by or 'somebody')}; nothing was changed."
    except Exception as error:  # noqa: BLE001 - the last stop: `explain` logs what it does not know
        return f"**Reindexing failed.** {escape(explain(error))} Nothing was changed."


async def stop(interaction: discord.Interaction[Any], job_id: str) -> None:
    """Stop a server's job."""
    job = sources_of(interaction).jobs.find(job_id, interaction.guild_id or 0)
    if job is None:
        await edit_reply(interaction, Reply(OVER))
        return
    job.stop(interaction.user.name)
    await edit_reply(interaction, Reply(progress_text(job)))


def _reindex(desk: SourceDesk, actor: str, full: bool, progress: Progress) -> Summary:
    summary = desk.library.reindex(desk.folders, actor, full=full, progress=progress)
    for path, reason in summary.failed:
        log.warning("%s is left out: %s", path, reason)
    return summary
