"""A web of loopback servers behind public addresses, for tests that fetch pages."""

import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import pytest

from corpus.fetch import Fetcher, Limits
from corpus.wire import public_trust

PUBLIC = "93.184.215.14"
PUBLIC_V6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
Step = bytes | float
"""Bytes to send, or seconds to wait."""


class Server(socketserver.ThreadingTCPServer):
    """Answers each path with raw bytes, keeps what it was asked, and counts connections."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, pages: dict[str, Sequence[Step]], tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), socketserver.BaseRequestHandler)
        self.pages, self.tls = pages, tls
        self.connections = 0
        self.requests: list[str] = []
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def finish_request(self, request: socket.socket, client_address: object) -> None:
        """Read one request and answer it."""
        self.connections += 1
        with suppress(OSError):  # whoever asked may be gone
            self._answer(self.tls.wrap_socket(request, server_side=True) if self.tls else request)

    def _answer(self, asked: socket.socket) -> None:
        with asked:
            text = b""
            while b"\r\n\r\n" not in text and not text.startswith(b"\x16"):  # a plain server hears no TLS
                part = asked.recv(65536)
                if not part:
                    return
                text += part
            if text.startswith(b"\x16"):
                asked.sendall(response(400))
                return
            self.requests.append(text.decode("latin-1"))
            for step in self.pages.get(text.split(b" ")[1].decode(), [response(404)]):
                asked.sendall(step) if isinstance(step, bytes) else time.sleep(step)


def response(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """Write an answer; `content_type="text/html"` becomes a header."""
    fields = {"Content_Length": str(len(body)), "Connection": "close", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([f"HTTP/1.1 {status} Said", *lines, "", ""]).encode() + body


class Web:
    """Names, and servers behind public addresses; whatever else is connected to ends in a trap that counts."""

    def __init__(self) -> None:
        self.pages: dict[str, Sequence[Step]] = {}
        self.names: dict[str, list[str]] = {"good.example": [PUBLIC]}
        self.resolved: list[str] = []
        self.server, self.trap = Server(self.pages), Server({})
        self.ports = {(address, port): self.server.port for address in (PUBLIC, PUBLIC_V6) for port in (80, 443)}

    def resolve(self, host: str, port: int) -> list[str]:
        """Look a name up in the table."""
        self.resolved.append(host)
        if host not in self.names:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self.names[host]

    def connect(self, address: str, port: int, timeout_s: float) -> socket.socket:
        """Lead public addresses to the server, and all others to the trap."""
        return socket.create_connection(("127.0.0.1", self.ports.get((address, port), self.trap.port)), timeout_s)

    def fetcher(self, trust: Callable[[], ssl.SSLContext] = public_trust, **limits: float) -> Fetcher:
        """Make a fetcher that lives in this web."""
        return Fetcher(self.resolve, self.connect, trust, Limits(**limits))  # type: ignore[arg-type]

    def close(self) -> None:
        """Stop the servers."""
        for server in (self.server, self.trap):
            server.shutdown()
            server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    """Return a web of one server and one trap."""
    opened = Web()
    yield opened
    opened.close()


@pytest.fixture(name="response")
def response_fixture() -> Callable[..., bytes]:
    """Return the function that writes answers."""
    return response
