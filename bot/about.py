"""`/about`, `/help`, `/privacy`: what the bot holds, what it can do, what it keeps."""

from collections.abc import Sequence
from datetime import datetime

import discord
from discord import app_commands
from discord.ext import commands

from bot.alt_text import period_of, platforms_of
from bot.attribution import count, listed
from bot.buttons import RED, ActionButton
from bot.desk import Desk, scope_of
from bot.escape import escape
from bot.pending import TOO_LATE_S
from bot.remembered import GuildSettings
from bot.render import Reply
from bot.sending import acknowledge, edit_reply
from corpus.source import Event
from index.catalog import SHARED
from index.holdings import Status
from index.recent import MOST

PLATFORMS = 4
HELP = """**What I can do**
I answer questions about accounts that online platforms removed: who, why, what the platform said, what those \
affected, critics and defenders said. I answer from my sources only, name each one, and say so where they do not tell.

**Ask**
- `/ask` with your question in English; `only_me` shows the answer to you alone
- Write to me: mention me in a channel, or send me a direct message
- On any message: Apps → *Ask about this*
- Go on from an answer: press 💬 *Follow up*, reply to it with the ping on, or mention me in the thread that I opened

**Look up**
- `/handle` what a handle said and where it is mentioned
- `/event` all that I hold on one purge
- `/timeline` purges of a platform or a time, drawn

**Moderators**
- `/sources` adds, lists, removes and hides what I answer from
- `/feedback` shows votes and reports
- `/settings` says where and how I answer

**Under an answer**
🔽 shows what did not fit · 📖 the passages that it was read from · 📅 other purges on the same platform · 👍 👎 your \
vote · 🚩 tells the moderators that something is wrong, private or outdated · 🗑️ deletes the answer (yours, or as a \
moderator)

`/about` says what I hold, `/privacy` what I keep of you."""
PRIVACY = """**What I keep**
- While I work on a question, what it takes to finish it after a restart: for at most {minutes}, and if I am stopped \
meanwhile, until I am started again
- Your question, your account's number, the channel and the time, for {days}; then they are erased
- Of the answer: where in the sources its statements stand. That stays, so that the buttons under it go on working
- Your votes and reports, with what you write to them, for the moderators of the server where you gave them and for \
whoever runs this bot; kept under a code in place of your account's number
- Of moderators who change this server's sources: who, what and when, in a log for its moderators, until I leave; and \
what they have begun to add, for a day
- Of the last {recent} questions, until I am restarted: numbers made from the words, so that the same question is \
understood faster when it comes again; neither the words nor who asked
- Nothing else: no other message, no list of members. I am told only of messages that mention me or are sent to me{more}

**What you can do**
The button below erases your questions, votes and reports at once, on every server. When I leave a server, all that I \
keep of it is deleted."""
CONTENT = ", and of those in threads that this server's moderators chose"


class About(commands.Cog):
    """`/about`, `/help`, `/privacy`. All are shown to the asker alone."""

    def __init__(self, desk: Desk) -> None:
        """Take the desk that all work with."""
        self._desk = desk

    @app_commands.command(name="about", description="Say what sources I hold and how old they are")
    async def about(self, interaction: discord.Interaction) -> None:
        """Show coverage and revision."""
        await acknowledge(interaction, ephemeral=True, thinking=True)
        scope = scope_of(interaction.guild_id)
        held = [await self._desk.work.run(self._desk.shelf.status, one) for one in dict.fromkeys((scope, SHARED))]
        events = await self._desk.work.run(self._desk.shelf.timeline, scope)
        changed = max((one.last_change.at for one in held if one.last_change), default=None)
        await edit_reply(interaction, _page(about_text(held[0], events, changed)))

    @app_commands.command(name="help", description="Say what I can do and how to ask")
    async def help(self, interaction: discord.Interaction) -> None:
        """Show what there is to do."""
        await acknowledge(interaction, ephemeral=True, thinking=True)
        await edit_reply(interaction, _page(HELP))

    @app_commands.command(name="privacy", description="Say what I keep of you, and delete it")
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Show what is kept, with a button that erases it."""
        await acknowledge(interaction, ephemeral=True, thinking=True)
        settings = await self._desk.work.run(self._desk.state.settings, interaction.guild_id)
        view = discord.ui.View(timeout=None)
        view.add_item(ActionButton("forget", "mine", "Delete my data", "🗑️", style=RED))
        text = privacy_text(settings, message_content=self._desk.message_content)
        await edit_reply(interaction, _page(text), view)


def about_text(status: Status, events: Sequence[Event], changed: str | None) -> str:
    """Say what is held, of what time, and when it was changed last (UTC, ISO)."""
    lines = [
        "**What I hold**",
        f"- {count(status.documents, 'document')} from {count(status.sources, 'source')}: dossiers, which sum up one "
        "purge each with every line tied to its sources, and articles",
    ]
    if events:
        lines.append(
            f"- {count(len(events), 'purge')}, {escape(period_of(events))}, most of them on {_platforms(events)}"
        )
    lines.append(f"- {count(status.statements, 'statement')} in {count(status.passages, 'passage')}")
    if status.vectors_pending:
        lines.append(
            f"- {count(status.vectors_pending, 'passage')} can be found by their words, not yet by their meaning"
        )
    when = f", last changed <t:{int(datetime.fromisoformat(changed).timestamp())}:D>" if changed else ""
    lines += [
        f"- Revision {status.revision}{when}",
        "",
        "**How I answer**",
        "I search these documents and show sentences of them, word for word; no language model writes for me. What "
        "stands in quotation marks was said by whoever is named before it. What my sources do not tell, I do not know.",
        "",
        "`/help` says how to ask, `/timeline` shows the purges that I know of.",
    ]
    return "\n".join(lines)


def privacy_text(settings: GuildSettings, *, message_content: bool) -> str:
    """Say what is kept and for how long."""
    return PRIVACY.format(
        minutes=count(TOO_LATE_S // 60, "minute"),
        days=count(settings.retention_days, "day"),
        recent=MOST,
        more=CONTENT if message_content else "",
    )


def _platforms(events: Sequence[Event]) -> str:
    return escape(listed([name for name, _ in platforms_of(events)[:PLATFORMS]], PLATFORMS))


def _page(text: str) -> Reply:
    return Reply(text, text)
