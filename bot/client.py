"""The Discord client: what it may see, whom it may ping (nobody), and the cogs that it loads."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.about import About
from bot.ask import Ask
from bot.buttons import BUTTONS
from bot.desk import Desk
from bot.errors import NoConnection
from bot.events import Events
from bot.handles import Handles
from bot.moderators import MODERATOR_ITEMS, Moderators
from bot.sending import tell_error
from bot.timeline import TimelineCog
from bot.translations import Translations
from bot.upkeep import Upkeep
from bot.views import Views


def intents(message_content: bool = False) -> discord.Intents:
    """List what the bot hears of: servers, and messages without a right to their content, unless that is given."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=message_content)


class Tree(app_commands.CommandTree["PurgebotClient"]):
    """The slash commands, and what a member is told when one fails before it could answer."""

    async def on_error(
        self, interaction: discord.Interaction["PurgebotClient"], error: app_commands.AppCommandError
    ) -> None:
        """Tell the member; an interaction that Discord has given up on gets one line in the log."""
        await tell_error(interaction, error.original if isinstance(error, app_commands.CommandInvokeError) else error)


class PurgebotClient(commands.Bot):
    """Purgebot in Discord. Closing it waits for the answers that are being worked on."""

    def __init__(self, desk: Desk) -> None:
        """Prepare the client; nothing connects before `start` or `run`. The desk's pool is closed with the client."""
        super().__init__(
            command_prefix=commands.when_mentioned,  # never used: see on_message
            help_command=None,
            intents=intents(desk.message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,  # no message is kept
            tree_cls=Tree,
        )
        self.desk = desk

    async def setup_hook(self) -> None:
        """Load the cogs and make Discord know their commands."""
        desk = self.desk
        cogs = [Ask(self, desk), Views(desk), Handles(desk), TimelineCog(desk), Events(desk), About(desk)]
        for cog in [*cogs, Moderators(), Upkeep(self, desk)]:
            await self.add_cog(cog)
        self.add_dynamic_items(*BUTTONS, *MODERATOR_ITEMS)
        await self.tree.set_translator(Translations())
        await self.tree.sync()

    async def on_message(self, message: discord.Message, /) -> None:
        """Read no prefix commands; the cogs listen for themselves."""

    async def close(self) -> None:
        """Let the work end, then disconnect."""
        await self.desk.work.close()
        await super().close()


def run_client(token: str, desk: Desk) -> None:
    """Connect to Discord and answer, until the process is told to stop.

    Raises:
        NoConnection: Discord refuses the token, or cannot be reached at the start.
    """
    client = PurgebotClient(desk)
    try:
        client.run(token, log_handler=None)
    except discord.LoginFailure:
        raise NoConnection("Discord refuses the token; copy it anew into DISCORD_TOKEN") from None
    except discord.PrivilegedIntentsRequired:
        raise NoConnection(
            "Discord does not let this bot read messages; allow 'Message Content Intent' in its developer portal, "
            "or set PURGEBOT_MESSAGE_CONTENT=off"
        ) from None
    except (discord.HTTPException, OSError) as error:
        raise NoConnection(f"no way to Discord ({type(error).__name__}); check the network") from error
