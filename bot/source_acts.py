"""What moderators do with sources in Discord, once it is known that they may: look, add, remove, undo, hide.

A preview, a list, a log are shown to whoever asked alone: a moderator may look and change their mind in any channel.
What has been done is said in the channel, so that members and other moderators see that answers may differ from now
on, but only where the bot answers; elsewhere `/sources log` tells it.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from bot import source_pages as pages
from bot.delivery import LOST, short
from bot.desk import desk_of, scope_of
from bot.drafts import Draft
from bot.errors import Refused
from bot.escape import escape, restore, squeeze
from bot.limits import clip
from bot.remembered import GuildSettings
from bot.render import Reply
from bot.sending import UNSENT, edit_reply, may_embed, send_reply, tell
from bot.source_views import FIELDS, draft_view, pages_view, removal_view, shown_detail
from bot.source_words import named, tell_preview
from bot.sourcing import Prepared, SourceDesk, add, chosen, hidden_documents, key_of, keyed, prepare, title_of
from corpus.errors import CorpusError, FetchRefused
from corpus.front_matter import UNSTORABLE
from corpus.incoming import DETAILS, Incoming, check_size, from_page, from_upload, uploaded_name
from corpus.source import is_address, is_date
from index.catalog import SHARED
from index.errors import BadRuling, NothingToUndo, UnknownDocument, UnknownEvent
from index.rulings import Target
from index.stored import StoredDocument

log = logging.getLogger(__name__)
PLAIN = (CorpusError, NothingToUndo, BadRuling, UnknownDocument, UnknownEvent)
"""Errors whose sentences are about what the moderator asked for, and theirs to read."""
COMMAND = re.compile(r"'purgebot (\w+ ?\w*)[^']*'")
HOST = re.compile(r" \([0-9A-Fa-f.:]+(?:%[\w.-]+)?\)")
"""The address that a name leads to; where it is not public, it is nobody's business."""
READ_S = 60
TITLE_UNITS = 150
GONE = "I do not keep this draft any more (a day at most, and ten for a server); use `/sources add` again."
KEPT = "Only you see this. Nothing is added before you press Add; I keep this draft for a day."
UNDO = "`/sources undo` takes it back, for 30 days."


def sources_of(interaction: discord.Interaction[Any]) -> SourceDesk:
    """Find what moderators' work needs."""
    found = desk_of(interaction).sources
    if found is None:
        raise Refused("sources cannot be changed from Discord here; whoever runs this bot can do it from its shell")
    return found


def actor_of(interaction: discord.Interaction[Any]) -> str:
    """Name a member for the log."""
    return f"{interaction.user.name} ({interaction.user.id})"


@contextmanager
def plainly() -> Iterator[None]:
    """Let the moderator read what is wrong with what they asked for."""
    try:
        yield
    except PLAIN as error:
        told = HOST.sub("", str(error)) if isinstance(error, FetchRefused) else str(error)
        raise Refused(COMMAND.sub(r"/\1", told).replace("/rulings list", "/sources list")) from error


# ---- add


async def preview_new(interaction: discord.Interaction[Any], url: str | None, file: discord.Attachment | None) -> None:
    """Fetch or read what is given and show what would be added."""
    if (url is None) == (file is None):
        raise Refused("give either an address or a file")
    desk = sources_of(interaction)
    with plainly():
        incoming = await _uploaded(file) if file else await _fetched(desk, (url or "").strip())
        draft, prepared, titles = await desk.work.run(_keep, desk, incoming, interaction.guild_id or 0)
    await _show_draft(interaction, draft, prepared, titles)


async def add_draft(interaction: discord.Interaction[Any], settings: GuildSettings, draft_id: str) -> None:
    """Add what was looked at; a draft that cannot be added now stays."""
    desk = sources_of(interaction)
    with plainly():
        prepared = await desk.work.run(_add, desk, draft_id, interaction.guild_id or 0, actor_of(interaction))
    if prepared is None:  # told beside the message, which may say by now that another press has added it
        await tell(interaction, GONE)
        return
    name = named(prepared)
    if prepared.preview.unchanged:
        await edit_reply(
            interaction, Reply(f"I hold ‹{escape(clip(name, TITLE_UNITS))}› already, as it is; nothing was changed.")
        )
        return
    done = "replaced" if prepared.preview.replaces else "added"
    told = f"You {done} ‹{escape(clip(name, TITLE_UNITS))}›. Members can ask about it now. {UNDO}"
    await edit_reply(interaction, Reply(told))
    await announce(interaction, settings, f"{done} the source", name)


async def edit_draft(interaction: discord.Interaction[Any], draft_id: str, given: Mapping[str, str]) -> None:
    """Take in the dialog of the details; what cannot be is told, and all else is kept."""
    draft = await _draft(interaction, draft_id)
    if draft is None:
        return
    now = {**draft.found, **draft.details}
    said = {name: (squeeze(given.get(name, "")), now.get(name, "")) for name in FIELDS}
    changed = {name: _typed(text, was) for name, (text, was) in said.items() if text != shown_detail(name, was)}
    wrong = [name for name in changed if changed[name] and not _fits(name, changed[name])]
    kept = {name: text for name, text in changed.items() if name not in wrong}
    notes = [_wrong(name, changed[name]) for name in wrong]
    await _change(interaction, draft, lambda now: replace(now, details={**now.details, **kept}), *notes)


async def link_draft(interaction: discord.Interaction[Any], draft_id: str, event_ids: Sequence[str]) -> None:
    """Note which events a draft is about."""
    draft = await _draft(interaction, draft_id)
    if draft is not None:
        await _change(interaction, draft, lambda now: replace(now, event_ids=tuple(event_ids)))


async def cancel_draft(interaction: discord.Interaction[Any], draft_id: str) -> None:
    """Delete a draft."""
    desk = sources_of(interaction)
    if not await desk_of(interaction).work.run(
        _drop, desk, draft_id, interaction.guild_id or 0
    ):  # another press may be adding it at this moment
        await tell(interaction, GONE)
    else:
        await edit_reply(interaction, Reply("Nothing was added, and the draft is deleted."))


async def _draft(interaction: discord.Interaction[Any], draft_id: str) -> Draft | None:
    desk = sources_of(interaction)
    found = await desk_of(interaction).work.run(desk.drafts.find, draft_id, interaction.guild_id or 0)
    if found is None:
        await tell(interaction, GONE)
    return found


async def _change(
    interaction: discord.Interaction[Any], draft: Draft, change: Callable[[Draft], Draft], *notes: str
) -> None:
    desk = sources_of(interaction)
    with plainly():
        changed = await desk.work.run(_changed, desk, draft, change)
    if changed is None:  # added or cancelled meanwhile
        await tell(interaction, GONE)
    else:
        await _show_draft(interaction, *changed, *notes)


async def _show_draft(
    interaction: discord.Interaction[Any], draft: Draft, prepared: Prepared, titles: Mapping[str, str], *notes: str
) -> None:
    reply = pages.told_reply(tell_preview(prepared, titles), *notes, KEPT)
    await edit_reply(interaction, reply, draft_view(draft, prepared, titles))


async def _fetched(desk: SourceDesk, url: str) -> Incoming:
    return from_page(await desk.work.run(desk.fetcher.fetch, url))


async def _uploaded(file: discord.Attachment) -> Incoming:
    check_size(uploaded_name(file.filename), file.size)
    try:
        async with asyncio.timeout(READ_S):
            data = await file.read()
    except (discord.DiscordException, *LOST) as error:
        raise Refused("Discord does not give me this file right now; try again in a minute") from error
    return from_upload(file.filename, data)


def _keep(desk: SourceDesk, incoming: Incoming, guild_id: int) -> tuple[Draft, Prepared, dict[str, str]]:
    scope = scope_of(guild_id)
    prepared = prepare(desk.library, incoming, {}, (), scope)
    source = prepared.document.sources[0]
    found = {name: getattr(source, field) or "" for name, field in DETAILS.items()}
    return desk.drafts.keep(guild_id, incoming, found), prepared, _titles(desk, scope)


def _changed(
    desk: SourceDesk, draft: Draft, change: Callable[[Draft], Draft]
) -> tuple[Draft, Prepared, dict[str, str]] | None:
    """Change a draft if it can be added like that; what came to it meanwhile, as reading takes its time, is kept."""
    scope = scope_of(draft.guild_id)
    tried = change(draft)
    prepared = prepare(desk.library, tried.incoming, tried.details, tried.event_ids, scope)
    kept = desk.drafts.change(draft.id, draft.guild_id, change)
    if kept is None:
        return None
    if kept != tried:
        prepared = prepare(desk.library, kept.incoming, kept.details, kept.event_ids, scope)
    return kept, prepared, _titles(desk, scope)


def _add(desk: SourceDesk, draft_id: str, guild_id: int, actor: str) -> Prepared | None:
    """Add a draft and keep it no longer; only one of several presses gets it.

    A kill after the source is added and before the draft is deleted leaves both; then the draft is found to be held.
    """
    with desk.drafts.take(draft_id, guild_id) as draft:
        if draft is None:
            return None
        prepared = prepare(desk.library, draft.incoming, draft.details, draft.event_ids, scope_of(guild_id))
        add(desk.library, prepared, actor, scope_of(guild_id))
    return prepared


def _drop(desk: SourceDesk, draft_id: str, guild_id: int) -> bool:
    """Delete a draft; False where it is not kept any more, or is being added."""
    with desk.drafts.take(draft_id, guild_id) as draft:
        return draft is not None


def _titles(desk: SourceDesk, scope: str) -> dict[str, str]:
    return {event.id: event.title for event in desk.library.timeline(scope)}


def _typed(text: str, was: str) -> str:
    """Take in what a moderator made of a detail: hidden characters stay, but for those that no detail may hold."""
    return squeeze(UNSTORABLE.sub(" ", restore(text, was)))


def _fits(name: str, text: str) -> bool:
    return is_date(text) if name == "date" else is_address(text) if name == "url" else True


def _wrong(name: str, text: str) -> str:
    remedy = "write 2018-10-11, 2018-10 or 2018" if name == "date" else "write it whole, with https:// at its beginning"
    kind = "date" if name == "date" else "address"
    return f"⚠ “{escape(clip(text, 60))}” is no {kind}: {remedy}. It stays as it was; the rest is taken in."


# ---- what is held


async def show_pages(interaction: discord.Interaction[Any], listing: str, number: int, key: str) -> None:
    """Show a page, counted from 0, of a list, the log or one document; on the questions' pool, as it is quick."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    work = desk_of(interaction).work
    with plainly():
        if listing == "list":
            kind, _, words = key.partition(":")
            page = await work.run(pages.list_page, desk, scope, number, kind, words)
        elif listing == "log":
            page = await work.run(pages.log_page, desk, scope, number)
        else:
            found = await work.run(_chosen, desk, scope, key)
            show = partial(pages.show_page, embedded=may_embed(interaction))
            page = await work.run(show, desk, scope, number, found.id)
            key = key_of(found.id)  # fits into a button's id, whatever was typed
    await edit_reply(interaction, page.reply, pages_view(listing, page.number, page.pages, key))


async def ask_removal(interaction: discord.Interaction[Any], typed: str) -> None:
    """Ask whether a document is to be removed."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    with plainly():
        found = await desk.work.run(_chosen, desk, scope, typed)
    name = escape(_title(found))
    if found.scope == SHARED:
        raise Refused(f"‹{_title(found)}› is shared by all servers; /sources hide hides it from this one")
    await edit_reply(interaction, Reply(f"Remove ‹{name}› from this server's sources? {UNDO}"), removal_view(found.id))


async def remove(interaction: discord.Interaction[Any], settings: GuildSettings, key: str) -> None:
    """Remove one of a server's own documents."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    with plainly():
        found = await desk.work.run(_found, desk, scope, key)
        summary = await desk.work.run(desk.library.remove, found.id, actor_of(interaction), scope)
    name = squeeze(title_of(found))
    told = f"You removed ‹{escape(clip(name, TITLE_UNITS))}› (change {summary.revision}). {UNDO}"
    await edit_reply(interaction, Reply(told))
    await announce(interaction, settings, "removed the source", name)


# ---- shared documents that a server does not want


async def hide(interaction: discord.Interaction[Any], settings: GuildSettings, typed: str) -> None:
    """Hide a shared document from a server."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    with plainly():
        found = await desk.work.run(_chosen, desk, scope, typed)
        if found.scope != SHARED:
            raise Refused(f"‹{_title(found)}› is this server's own; /sources remove takes it out")
        await desk.work.run(desk.library.hide, Target.DOCUMENT, found.id, actor_of(interaction), scope)
    name = squeeze(title_of(found))
    told = f"I do not use ‹{escape(clip(name, TITLE_UNITS))}› here any more. `/sources unhide` shows it again."
    await edit_reply(interaction, Reply(told))
    await announce(interaction, settings, "hid from this server the source", name)


async def unhide(interaction: discord.Interaction[Any], settings: GuildSettings, typed: str) -> None:
    """Use a document again that was hidden from a server."""
    desk, scope = sources_of(interaction), scope_of(interaction.guild_id)
    ruled = hidden_documents(await desk.work.run(desk.library.rulings, scope))
    named = [one for one in ruled if typed.strip() in (one.value, key_of(one.value))]
    if not named:
        raise Refused("this server hides no such document; choose one of those offered")
    with plainly():
        await desk.work.run(desk.library.lift, named[0].number, actor_of(interaction), scope)
    name = named[0].value
    await edit_reply(interaction, Reply(f"I use ‹{escape(clip(name, TITLE_UNITS))}› in this server again."))
    await announce(interaction, settings, "lets this server use again the source", name)


def _title(stored: StoredDocument) -> str:
    return clip(squeeze(title_of(stored)), TITLE_UNITS)


def _chosen(desk: SourceDesk, scope: str, typed: str) -> StoredDocument:
    return chosen(desk.library.documents(scope), typed)


def _found(desk: SourceDesk, scope: str, key: str) -> StoredDocument:
    return keyed(desk.library.documents(scope), key)


async def announce(interaction: discord.Interaction[Any], settings: GuildSettings, done: str, name: str) -> None:
    """Say in the channel who did what, if the bot answers there and may write; a miss is one line in the log."""
    channel = interaction.channel
    parent = getattr(channel, "parent_id", None)
    if not may_write(interaction) or not settings.answers_in(interaction.channel_id, parent):
        return
    named = f" ‹{escape(clip(name, TITLE_UNITS))}›" if name else ""
    reply = Reply(f"{escape(interaction.user.name)} {done}{named}.")
    try:
        await send_reply(channel, reply, nonce=str(interaction.id))  # type: ignore[arg-type]
    except UNSENT as error:
        log.warning("what was done could not be said in channel %s: %s", interaction.channel_id, short(error))


def may_write(interaction: discord.Interaction[Any]) -> bool:
    """Say whether the bot may write a message of its own where an interaction came from."""
    allowed, channel = interaction.app_permissions, interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        return False
    sends = allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages
    return allowed.view_channel and sends
