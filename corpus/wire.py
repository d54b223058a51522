"""A checked address -> a connection that ends in time; and what is told when there is none."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from time import monotonic

import certifi

Resolve = Callable[[str, int], list[str]]
"""Name and port -> every address of the name, as text; raises OSError where there is none."""
Connect = Callable[[str, int, float], socket.socket]
"""Address, port and seconds -> a connected socket; raises OSError."""


def resolve_name(host: str, port: int) -> list[str]:
    """Ask the system for every address of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(address[0]) for *_, address in found]


def connect_to(address: str, port: int, timeout_s: float) -> socket.socket:
    """Connect to an address that was checked; nothing is resolved again."""
    return socket.create_connection((address, port), timeout_s)


@cache
def public_trust() -> ssl.SSLContext:
    """Return what certificates are checked against: the system's authorities and Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


def cause_of(error: Exception) -> str:
    """Say in words why a connection was not made or broke off."""
    match error:
        case socket.gaierror():
            return "its name has no address"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not valid ({error.verify_message})"
        case ssl.SSLError():
            return "no secure connection could be made"
        case ConnectionRefusedError():
            return "nothing answers there"
        case _:
            return "the connection failed"


def seconds_left(ends: float) -> float:
    """Say how long there is until a moment of `monotonic`; raises TimeoutError when it has passed."""
    left = ends - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def in_time(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """Wait so long for work that cannot be stopped; a thread of its own goes on with it."""
    results: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def run() -> None:
        try:
            results.put(work())
        except Exception as error:  # noqa: BLE001  handed on below
            results.put(error)

    Thread(target=run, daemon=True, name="resolve").start()
    try:
        result = results.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(result, Exception):
        raise result
    return result


@contextmanager
def cut_off(connected: socket.socket, ends: float) -> Iterator[None]:
    """End a connection when its time is over, whatever is being waited for: time-outs of reads begin anew each time."""
    with closing(connected.dup()) as handle:  # stays valid when TLS takes the socket over
        timer = Timer(max(0.0, ends - monotonic()), _shut, (handle,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):  # it has ended already
        connected.shutdown(socket.SHUT_RDWR)
