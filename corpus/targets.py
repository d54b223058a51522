"""What somebody gave as an address on the web -> what may be asked for, and of whom."""

import re
from dataclasses import dataclass
from ipaddress import IPv6Address

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from corpus.addresses import Address, read_address
from corpus.errors import FetchRefused, clip

PORTS = {"http": 80, "https": 443}
URL_CHARS = 2000
"""No longer than what one message of Discord holds; RFC 9110, 4.1, asks for no less than 8000 of a server."""
HOST_CHARS = 253
"""Source: RFC 1035, 2.3.4, without the root's dot."""
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
UNFIT = re.compile(r"[\s\x00-\x20\x7f-\x9f\\]")
"""What no address holds: readers of addresses disagree on where a host ends that has one of these in it."""
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""A last label that makes a host an IPv4 address (WHATWG, "URL", ends-in-a-number checker)."""
USERINFO = re.compile(r"//[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Target:
    """One page to ask for.

    `url` is normal: host in lower case and ASCII, no fragment, no default port. `host` is without brackets and final
    dot. `address` is the host where it is an address. `request` is path and query as they are sent.
    """

    url: str
    scheme: str
    host: str
    port: int
    request: str
    address: Address | None

    @property
    def authority(self) -> str:
        """The host and any unusual port, as they stand in a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def shown(url: str) -> str:
    """Give an address as a message may show it: one short line, without name and password."""
    line = "".join(char if char.isprintable() else "�" for char in url)
    return clip(USERINFO.sub("//", line))


def read_target(text: str) -> Target:
    """Read an address that somebody typed, or that a page redirects to.

    Raises:
        FetchRefused: it is none, or one that is never asked.
    """
    text = text.strip(" \t\r\n")
    _check_text(text)
    url = _parse(text)
    scheme, host = url.scheme or "", (url.host or "").lower().removesuffix(".")
    port = url.port if url.port is not None else PORTS[scheme]
    if port not in PORTS.values():
        raise FetchRefused(f"{shown(text)}: port {port} is never asked; give an address with port 80 or 443")
    address = _read_host(host, text)
    path = url.path or "/"
    request = path if url.query is None else f"{path}?{url.query}"
    target = Target("", scheme, host.strip("[]"), port, request, address)
    return Target(f"{scheme}://{target.authority}{request}", scheme, target.host, port, request, address)


def _check_text(text: str) -> None:
    if len(text) > URL_CHARS:
        raise FetchRefused(f"{shown(text)}: this address is longer than {URL_CHARS:,} characters; give a shorter one")
    if UNFIT.search(text):
        raise FetchRefused(
            f"{shown(text)}: this address holds a blank, a backslash or a control character; copy it again"
        )
    scheme = SCHEME.match(text)
    if scheme is None or scheme[1].lower() not in PORTS or not text[scheme.end() :].startswith("//"):
        raise FetchRefused(
            f"{shown(text)}: only pages on the web are fetched; give an address with http:// or https://"
        )
    if USERINFO.search(text):
        raise FetchRefused(f"{shown(text)}: this address holds a name or a password; give it without them")


def _parse(text: str) -> Url:
    try:
        return parse_url(text)
    except LocationParseError:
        raise FetchRefused(f"{shown(text)}: the host or the port is not one; check the address") from None


def _read_host(host: str, text: str) -> Address | None:
    """Check the host; give its address if it is one."""
    if host.startswith("["):
        address = read_address(host.strip("[]"))
        if isinstance(address, IPv6Address) and address.scope_id is None:
            return address
        raise FetchRefused(f"{shown(text)}: the host is no plain IPv6 address; give the page's name instead")
    labels = host.split(".")
    if len(host) > HOST_CHARS or not all(LABEL.fullmatch(label) for label in labels):
        raise FetchRefused(f"{shown(text)}: the host is no valid name; check the address")
    if not NUMBER.fullmatch(labels[-1]):
        return None
    address = read_address(host)
    if address is None:
        raise FetchRefused(f"{shown(text)}: the host is an oddly written number; give the page's name instead")
    return address
