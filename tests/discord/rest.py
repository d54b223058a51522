"""Discord's REST API on a socket: reads a request, lets it go wrong if it shall, answers it, keeps the evidence."""

import asyncio
import json
import socket
import struct
import time
from collections.abc import Mapping

from aiohttp import BodyPartReader, web

from tests.discord.buckets import Buckets
from tests.discord.callbacks import CALLBACK
from tests.discord.evidence import Evidence
from tests.discord.faults import Fault, Faults
from tests.discord.replies import Call, Refused, Reply, Violation
from tests.discord.routes import Handler
from tests.discord.world import World

BASE = "/api/v10"
OPEN = ("/interactions/", "/webhooks/{webhook_id}/{webhook_token}")
"""Routes whose token stands in the address."""
ON_CLOSE_RESET = struct.pack("ii", 1, 0)


class Rest:
    """All routes. `calls` lists every request in order; `busy` counts those that are worked on."""

    def __init__(self, world: World, evidence: Evidence, token: str, unsure: set[int]) -> None:
        self.faults, self.buckets = Faults(), Buckets()
        self.calls: list[Call] = []
        self.busy = 0
        self._world, self._evidence, self._token, self._unsure = world, evidence, token, unsure
        self._handlers: dict[tuple[str, str], Handler] = {}

    def add_to(self, app: web.Application, *tables: Mapping[tuple[str, str], Handler]) -> None:
        """Serve some routes; anything else below the base is a violation."""
        for table in tables:
            self._handlers |= table
        for method, template in self._handlers:
            app.router.add_route(method, BASE + template, self._serve)
        app.router.add_route("*", BASE + "/{rest:.*}", self._unknown)

    def to(self, method: str, template: str) -> list[Call]:
        """List the calls of one route."""
        return [call for call in self.calls if (call.method, call.template) == (method, template)]

    async def _unknown(self, request: web.Request) -> web.Response:
        self._evidence.violations.append(f"unexpected request {request.method} {request.path}")
        return _written(Reply(404, {"message": "404: Not Found", "code": 0}))

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        call = await _read(request)
        self.calls.append(call)
        self._evidence.request(call)
        self.busy += 1
        try:
            return await self._answer(request, call)
        finally:
            self.busy -= 1
            self._world.touch()

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        fault = self.faults.pick(call) or Fault()
        if fault.after:
            self._doubt(call)
            reply = self._handle(call)
        await asyncio.sleep(fault.delay_s)
        if fault.resets:
            return _reset(request)
        if fault.reply:
            reply = fault.reply
        elif not fault.after:
            reply = self._handle(call)
        call.status = reply.status
        self._evidence.reply(call, reply)
        return _written(reply)

    def _doubt(self, call: Call) -> None:
        if call.template == CALLBACK:
            self._unsure.add(call.id("interaction_id"))

    def _handle(self, call: Call) -> Reply:
        if not call.template.startswith(OPEN) and call.token != f"Bot {self._token}":
            return Reply(401, {"message": "401: Unauthorized", "code": 0})
        headers, refused = self.buckets.take(call)
        if refused:
            return refused
        try:
            reply = self._handlers[call.method, call.template](call)
        except Violation as error:
            self._evidence.violations.append(f"{call.method} {call.template}: {error}\n  {call.body}")
            reply = error.reply
        except Refused as error:
            reply = error.reply
        return Reply(reply.status, reply.body, headers | reply.headers)


async def _read(request: web.Request) -> Call:
    body, files = None, []
    if request.content_type == "multipart/form-data":
        body, files = await _read_parts(request)
    elif request.can_read_body:
        body = json.loads(await request.read())
    assert request.match_info.route.resource is not None
    template = request.match_info.route.resource.canonical.removeprefix(BASE)
    token = request.headers.get("Authorization")
    transport = request.transport
    return Call(
        request.method, template, dict(request.match_info), dict(request.query), body, files, token,
        time.perf_counter(), lambda: transport is None or transport.is_closing(),
    )  # fmt: skip


async def _read_parts(request: web.Request) -> tuple[object, list[tuple[str, bytes]]]:
    body: object = None
    files: list[tuple[str, bytes]] = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        held = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(held)
        else:
            files.append((part.filename or "", held))
    return body, files


def _written(reply: Reply) -> web.Response:
    """Write a reply; JSON is of the type `application/json` and nothing more, as discord.py wants it."""
    if reply.body is None:
        return web.Response(status=reply.status, headers=reply.headers)
    if isinstance(reply.body, str):
        return web.Response(status=reply.status, text=reply.body, content_type="text/html", headers=reply.headers)
    written = json.dumps(reply.body).encode()
    return web.Response(status=reply.status, body=written, headers=reply.headers | {"Content-Type": "application/json"})


def _reset(request: web.Request) -> web.Response:
    """Break the connection off with a reset, not with a polite end."""
    if request.transport:
        request.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ON_CLOSE_RESET)
        request.transport.abort()
    return web.Response(status=500)
