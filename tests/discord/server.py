"""The loopback Discord: world, REST and gateway on one port of 127.0.0.1, and waiting for what the bot does."""

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.settings import Endpoint
from tests.discord.actors import Actor
from tests.discord.callbacks import Callbacks
from tests.discord.evidence import Evidence
from tests.discord.gateway import Gateway
from tests.discord.interaction import Interaction
from tests.discord.mailbox import Mailbox
from tests.discord.payloads import channel_json
from tests.discord.rest import BASE, Rest
from tests.discord.routes import Account, Channels
from tests.discord.world import LOADING, TEXT, WAIT_S, Channel, Guild, Message, User, World

TOKEN = "wire-test-token"
START_S = 60.0


class Loopback:
    """A Discord to be used in an `async with`. `guild` and `channel` are there from the start."""

    def __init__(self) -> None:
        self.world, self.evidence = World(), Evidence()
        self.gateway = Gateway(self.world, self.evidence, TOKEN, lambda: self.endpoint.gateway)
        self.mailbox = Mailbox(self.world, self.gateway, self.evidence.violations.append)
        self.account = Account(self.world, lambda: self.endpoint.gateway)
        self.channels = Channels(self.world, self.mailbox)
        self.callbacks = Callbacks(self.world, self.mailbox)
        self.rest = Rest(self.world, self.evidence, TOKEN, self.callbacks.unsure)
        self.faults = self.rest.faults
        self.guild = self.world.add_guild("one")
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def channel(self) -> Channel:
        return next(iter(self.guild.channels.values()))

    @property
    def bot(self) -> User:
        return self.world.bot

    @property
    def endpoint(self) -> Endpoint:
        """Say where it is, as the bot's settings do."""
        return Endpoint(f"http://127.0.0.1:{self._port}{BASE}", f"ws://127.0.0.1:{self._port}/")

    @property
    def files(self) -> str:
        """Say where uploaded files are read."""
        return f"http://127.0.0.1:{self._port}/attachments"

    async def _file(self, request: web.Request) -> web.Response:
        file = self.world.uploads.get(int(request.match_info["number"]))
        if file is None:
            return web.Response(status=404)
        return web.Response(body=file.held, headers={"Content-Type": file.content_type})

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**25)
        self.rest.add_to(app, self.account.routes(), self.channels.routes(), self.callbacks.routes())
        app.router.add_get("/", self.gateway.serve)
        app.router.add_get(r"/attachments/{number:\d+}/{name}", self._file)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        await self.gateway.close()
        if self._runner:
            await self._runner.cleanup()

    # ---- who and where

    def member(self, name: str = "alice", guild: Guild | None = None) -> Actor:
        """Bring in a new member."""
        user = self.world.add_user(name)
        self.world.add_member(guild or self.guild, user)
        return Actor(self, user)

    def stranger(self, name: str = "stranger") -> Actor:
        """Bring in somebody who shares no server with the bot."""
        return Actor(self, self.world.add_user(name))

    def join(self, name: str, shard: int = 0, shards: int = 1) -> Guild:
        """Let the bot be invited to a new server."""
        guild = self.world.add_guild(name, shard, shards)
        self.gateway.announce(guild)
        return guild

    def leave(self, guild: Guild, *, outage: bool = False) -> None:
        """Let the bot be thrown out of a server, or the server be out of reach."""
        if not outage:
            del self.world.guilds[guild.id]
            del guild.members[self.world.bot.id]
        self.gateway.dismiss(guild, outage=outage)

    def add_channel(self, name: str, guild: Guild | None = None) -> Channel:
        """Open another channel."""
        channel = self.world.add_channel(guild or self.guild, name)
        self.gateway.emit("CHANNEL_CREATE", channel.guild_id, channel_json(channel))
        return channel

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or thread with all that stands in it."""
        for message in list(channel.messages.values()):
            message.deleted = True
        self.world.channels.pop(channel.id)
        if channel.guild:
            channel.guild.channels.pop(channel.id, None)
        name = "CHANNEL_DELETE" if channel.kind == TEXT else "THREAD_DELETE"
        self.gateway.emit(name, channel.guild_id, channel_json(channel))

    # ---- waiting

    async def up(self, shards: int = 1, within_s: float = START_S) -> None:
        """Wait until the bot is connected with all shards and has registered its commands."""
        await self.world.until(lambda: self.gateway.is_up(shards), f"{shards} shards to connect", within_s)

    async def reply_to(self, message: Message, within_s: float = WAIT_S) -> Message:
        """Wait for the bot's reply to a message, in its channel or in a thread opened at it."""
        found = await self.world.until(lambda: self.replies_to(message), f"a reply to {message.content!r}", within_s)
        return found[0]

    def replies_to(self, message: Message) -> list[Message]:
        """List the bot's replies to a message, in its channel and in a thread opened at it."""
        replies = [one for one in message.channel.by(self.world.bot) if one.reference == message.id]
        return replies + (message.thread.by(self.world.bot) if message.thread else [])

    async def response(self, interaction: Interaction, within_s: float = WAIT_S) -> Message:
        """Wait for what stands in place of an acknowledgement; for a button that changes its message, see `edited`."""

        def shown() -> Message | None:
            original = interaction.original
            return original if original and not original.flags & LOADING else None

        return await self.world.until(shown, f"a response to {interaction.data}", within_s)

    async def edited(self, message: Message, within_s: float = WAIT_S) -> Message:
        """Wait until a message is changed once more."""
        before = message.edited
        await self.world.until(lambda: message.edited != before, f"a change of {message.text!r}", within_s)
        return message

    async def quiet(self, for_s: float = 0.5, within_s: float = WAIT_S) -> None:
        """Wait until the bot has asked nothing of Discord for a while: whatever came twice has come by then."""
        async with asyncio.timeout(within_s):
            seen = -1
            while seen != len(self.rest.calls) or self.rest.busy:
                seen = len(self.rest.calls)
                await asyncio.sleep(for_s)
