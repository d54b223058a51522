"""Discord's gateway on a socket: sessions of shards, events in order, what was missed, heartbeats."""

import asyncio
import json
import secrets
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord.evidence import Evidence
from tests.discord.payloads import guild_json, own_user_json
from tests.discord.world import Guild, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 3, 6, 7, 9, 10, 11
UNKNOWN_OP, WRONG_TOKEN, SHARDING_REQUIRED, WRONG_INTENTS = 4001, 4004, 4011, 4014
"""Source: Discord, "Opcodes and Status Codes"."""
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | CONTENT
"""Source: Discord, "Gateway Intents"."""
HEARTBEAT_S = 5.0
WITHOUT_INTENT = ("INTERACTION_CREATE", "READY", "RESUMED")


@dataclass(eq=False, slots=True)
class Line:
    """One connection. What is put into `queue` is sent in order; None ends it."""

    socket: web.WebSocketResponse
    queue: "asyncio.Queue[str | None]" = field(default_factory=asyncio.Queue)
    session: "Session | None" = None
    last_beat: float = field(default_factory=time.perf_counter)

    def send(self, op: int, data: Any = None) -> None:
        self.queue.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))


@dataclass(eq=False, slots=True)
class Session:
    """A shard's session, which outlives its connection. `sent` keeps what a RESUME may ask for again."""

    id: str
    shard: int
    shards: int
    intents: int
    line: Line | None
    seq: int = 0
    sent: list[tuple[int, str]] = field(default_factory=list)


class Gateway:
    """All sessions. `late_s` lists by how much heartbeats came too late; `allowed` are the privileged intents."""

    def __init__(self, world: World, evidence: Evidence, token: str, url: Callable[[], str]) -> None:
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = self.refused = self.beats = 0
        self.late_s: list[float] = []
        self.heartbeat_s = HEARTBEAT_S
        self.allowed = 0
        self.needs_shards = 1
        self.open = asyncio.Event()
        self.open.set()
        self._lines: set[Line] = set()
        self._world, self._evidence, self._token, self._url = world, evidence, token, url

    @property
    def sees_content(self) -> bool:
        return any(session.intents & CONTENT for session in self.sessions.values())

    @property
    def live(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.line]

    def is_up(self, shards: int = 1) -> bool:
        """Say whether every shard is connected."""
        return {session.shard for session in self.live if session.shards == shards} == set(range(shards))

    def emit(self, name: str, guild_id: int | None, data: dict[str, Any]) -> None:
        """Send an event to the shard of a server, or to the first one; who is away gets it on resuming."""
        for session in self.sessions.values():
            if session.shard == _shard_of(guild_id, session.shards) and _wants(session, name, guild_id):
                self._dispatch(session, name, data)

    # ---- what tests let go wrong

    async def drop(self, code: int = 4000) -> None:
        """Close all connections; the sessions can be resumed."""
        for line in list(self._lines):
            await line.socket.close(code=code)

    def sever(self) -> None:
        """Break all connections off without a word."""
        for line in list(self._lines):
            transport = line.socket._writer.transport if line.socket._writer else None
            if transport:
                transport.abort()

    def ask_to_reconnect(self) -> None:
        """Ask every shard to connect anew and resume."""
        for session in self.live:
            if session.line:
                session.line.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell every shard that its session is invalid; unless it is resumable it must identify anew."""
        for session in self.live:
            if session.line:
                session.line.send(INVALID, resumable)
            if not resumable:
                del self.sessions[session.id]

    def forget_sessions(self) -> None:
        """Refuse to resume any session that there is now."""
        for session in list(self.sessions.values()):
            session.id = f"{session.id} forgotten"

    # ---- the connection

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection until it ends."""
        await self.open.wait()
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        line = Line(socket)
        self._lines.add(line)
        writer = asyncio.create_task(_write(line, squeezed=request.query.get("compress") == "zlib-stream"))
        line.send(HELLO, {"heartbeat_interval": int(self.heartbeat_s * 1000)})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(line, json.loads(message.data))
        finally:
            self._hang_up(line)
            line.queue.put_nowait(None)
            await writer
        return socket

    def _hang_up(self, line: Line) -> None:
        self._lines.discard(line)
        if line.session and line.session.line is line:
            line.session.line = None
        self._world.touch()

    async def _receive(self, line: Line, message: dict[str, Any]) -> None:
        op, data = message["op"], message.get("d")
        if op == HEARTBEAT:
            self._beat(line)
        elif op == IDENTIFY:
            self._evidence.event("IDENTIFY", data)
            await self._identify(line, data)
        elif op == RESUME:
            self._evidence.event("RESUME", data)
            await self._resume(line, data)
        elif op != PRESENCE:
            self._evidence.violations.append(f"unexpected gateway op {op}: {data}")
            await line.socket.close(code=UNKNOWN_OP)
        self._world.touch()

    def _beat(self, line: Line) -> None:
        now = time.perf_counter()
        self.beats += 1
        if now - line.last_beat > 2 * self.heartbeat_s:
            self.late_s.append(now - line.last_beat - self.heartbeat_s)
        line.last_beat = now
        line.send(ACK)

    async def _identify(self, line: Line, data: dict[str, Any]) -> None:
        shard, shards = data.get("shard") or (0, 1)
        refusals = {
            WRONG_TOKEN: data["token"] != self._token,
            WRONG_INTENTS: data["intents"] & PRIVILEGED & ~self.allowed,
            SHARDING_REQUIRED: shards < self.needs_shards,
        }
        code = next((code for code, refused in refusals.items() if refused), None)
        if code:
            self.refused += 1
            await line.socket.close(code=code)
            return
        self.identified += 1
        session = Session(secrets.token_hex(8), shard, shards, data["intents"], line)
        self.sessions = {key: one for key, one in self.sessions.items() if one.line or one.shard != shard}
        self.sessions[session.id] = line.session = session
        self._welcome(session)

    def _welcome(self, session: Session) -> None:
        here = [guild for guild in self._world.guilds.values() if _shard_of(guild.id, session.shards) == session.shard]
        self._dispatch(session, "READY", {
            "v": 10, "user": own_user_json(self._world.bot), "session_id": session.id,
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in here],
            "resume_gateway_url": self._url(), "shard": [session.shard, session.shards],
            "application": {"id": str(self._world.application_id), "flags": 0, "flags_new": "0"},
        })  # fmt: skip
        for guild in here:
            self._dispatch(session, "GUILD_CREATE", guild_json(guild, self._world.bot))

    async def _resume(self, line: Line, data: dict[str, Any]) -> None:
        if data["token"] != self._token:
            await line.socket.close(code=WRONG_TOKEN)
            return
        session = self.sessions.get(data["session_id"])
        if session is None or session.id != data["session_id"]:
            line.send(INVALID, False)
            return
        self.resumed += 1
        session.line, line.session = line, session
        for seq, text in session.sent:
            if seq > (data["seq"] or 0):
                line.queue.put_nowait(text)
        self._dispatch(session, "RESUMED", {})

    def _dispatch(self, session: Session, name: str, data: dict[str, Any]) -> None:
        self._evidence.event(name, data)
        session.seq += 1
        text = json.dumps({"op": DISPATCH, "t": name, "s": session.seq, "d": data})
        session.sent.append((session.seq, text))
        if session.line:
            session.line.queue.put_nowait(text)

    async def close(self) -> None:
        """End all connections."""
        self.open.set()
        await self.drop(code=1001)

    # ---- servers that come and go

    def announce(self, guild: Guild) -> None:
        """Tell the bot that it was invited."""
        self.emit("GUILD_CREATE", guild.id, guild_json(guild, self._world.bot))

    def dismiss(self, guild: Guild, *, outage: bool = False) -> None:
        """Tell the bot that it was thrown out, or that a server is out of reach."""
        self.emit("GUILD_DELETE", guild.id, {"id": str(guild.id)} | ({"unavailable": True} if outage else {}))


async def _write(line: Line, *, squeezed: bool) -> None:
    """Send what is queued, as one zlib stream if the bot wants that."""
    stream = zlib.compressobj()
    while (text := await line.queue.get()) is not None:
        try:
            if squeezed:
                await line.socket.send_bytes(stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH))
            else:
                await line.socket.send_str(text)
        except (ConnectionError, RuntimeError):
            return


def _shard_of(guild_id: int | None, shards: int) -> int:
    """Say which shard a server belongs to. Source: Discord, "Sharding"."""
    return (guild_id >> 22) % shards if guild_id else 0


def _wants(session: Session, name: str, guild_id: int | None) -> bool:
    if name in WITHOUT_INTENT:
        return True
    if name.startswith("MESSAGE_"):
        return bool(session.intents & (GUILD_MESSAGES if guild_id else DIRECT_MESSAGES))
    return bool(session.intents & GUILDS)
