"""An address on the web -> the bytes of the page there, asked for only from public addresses."""

import re
import ssl
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from socket import EAI_NONAME, gaierror
from time import monotonic
from urllib.parse import urljoin

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError

from corpus.addresses import read_address, why_not_public
from corpus.errors import FetchFailed, FetchRefused, NotFetched, clip
from corpus.targets import Target, read_target, shown
from corpus.wire import (
    Connect,
    Resolve,
    cause_of,
    connect_to,
    cut_off,
    in_time,
    public_trust,
    resolve_name,
    seconds_left,
)

CONTENT_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""What is taken, and the suffix whose reader reads it."""
ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
REDIRECTS = (301, 302, 303, 307, 308)
HEADERS = {
    "User-Agent": "Purgebot (fetches pages that moderators name as sources)",
    "Accept": ", ".join(CONTENT_TYPES),
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "en",
    "Connection": "close",
}
STATUSES = {
    401: "the site asks for a login; save the page and add the file",
    402: "the site asks for payment; save the page and add the file",
    403: "the site does not let programs read it; save the page and add the file",
    404: "there is no such page; check the address",
    410: "the page was taken away; look for an archived copy",
    429: "the site asks for fewer requests; try again later",
    451: "the site withholds the page for legal reasons; look for an archived copy",
}
SERVER_FAULT = 500
CHUNK_BYTES = 65_536
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may take, over all its redirects; `size` is that of the unpacked page."""

    size: int = 20_000_000
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    `url` is where it was at last, after redirects. `content_type` is one of `CONTENT_TYPES`. `charset` is what
    the server calls the text's, unchecked. `data` is unpacked. `at` is when it came, in UTC.
    """

    url: str
    content_type: str
    charset: str | None
    data: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages. Every address is checked whatever the fields hold: `connect` is only ever given checked ones.

    Tests give a table for `resolve`, and a `connect` that leads from public addresses to servers of their own.
    """

    resolve: Resolve = resolve_name
    connect: Connect = connect_to
    trust: Callable[[], ssl.SSLContext] = public_trust
    limits: Limits = Limits()

    def fetch(self, url: str) -> Fetched:
        """Fetch the page at an address, following redirects.

        Raises:
            FetchRefused: the address, or one that it leads to, is not public or not one of a page; or the page is too
                large or of a kind that is not read.
            FetchFailed: nothing answers, or not in time, or not with a page.
        """
        ends = monotonic() + self.limits.seconds
        target = read_target(url)
        asked: list[str] = []
        while len(asked) <= self.limits.redirects:
            try:
                answer = self._ask(target, ends)
            except NotFetched as fault:
                if asked:
                    raise type(fault)(f"{shown(url)} redirects to {fault}", fault.status) from None
                raise
            if isinstance(answer, Fetched):
                return answer
            asked.append(target.url)
            if answer.url in asked:
                raise FetchRefused(f"{shown(url)}: it redirects in a circle; save the page and add the file")
            target = answer
        raise FetchRefused(f"{shown(url)}: it redirects more than {self.limits.redirects} times; give the last address")

    def _ask(self, target: Target, ends: float) -> Fetched | Target:
        """Ask one address; give the page, or where it redirects to."""
        late = FetchFailed(
            f"{shown(target.url)}: it took longer than {self.limits.seconds:g} seconds; try again later, "
            "or save the page and add the file"
        )
        try:
            with ExitStack() as stack:
                connection = self._open(target, ends, stack)
                answer = self._exchange(connection, target)
        except NotFetched:
            if monotonic() < ends:
                raise
            raise late from None  # what was cut off may look like another fault
        except DecodeError:
            raise FetchFailed(
                f"{shown(target.url)}: the answer cannot be unpacked; save the page and add the file"
            ) from None
        except (OSError, HTTPError, HTTPException, UnicodeError) as error:
            if isinstance(error, (TimeoutError, ReadTimeoutError)) or monotonic() >= ends:
                raise late from None
            raise FetchFailed(f"{shown(target.url)}: {cause_of(error)}; check the address or try again later") from None
        if monotonic() >= ends:  # a connection cut off looks like the end of a page
            raise late
        return answer

    def _open(self, target: Target, ends: float, stack: ExitStack) -> HTTPConnection:
        """Connect to the first address that answers, all of them having been checked."""
        addresses = self._addresses(target, ends)
        for left in range(len(addresses), 0, -1):
            try:  # an address that is silent leaves time for those after it
                plain = self.connect(addresses[-left], target.port, seconds_left(ends) / left)
                break
            except OSError:
                if left == 1:
                    raise
        stack.callback(plain.close)
        stack.enter_context(cut_off(plain, ends))
        connection = HTTPConnection(target.host, target.port, timeout=seconds_left(ends))
        connection.sock = plain
        if target.scheme == "https":
            connection.sock = self.trust().wrap_socket(plain, server_hostname=target.host)
        stack.enter_context(closing(connection))
        return connection

    def _addresses(self, target: Target, ends: float) -> list[str]:
        """Give the addresses of a target, in the resolver's order, if every one of them is public."""
        if target.address is not None:
            found = [str(target.address)]
        else:
            found = list(dict.fromkeys(in_time(lambda: self.resolve(target.host, target.port), seconds_left(ends))))
        if not found:
            raise gaierror(EAI_NONAME, "no address")
        for text in found:
            address = read_address(text)
            reason = "no address at all" if address is None else why_not_public(address)
            if reason is not None:
                raise FetchRefused(
                    f"{shown(target.url)}: {clip(target.host)} leads to {reason}"
                    + (f" ({text})" if text != target.host else "")
                    + ", and only public ones are asked; save the page and add the file"
                )
        return found

    def _exchange(self, connection: HTTPConnection, target: Target) -> Fetched | Target:
        connection.request("GET", target.request, headers={"Host": target.authority, **HEADERS}, preload_content=False)
        with closing(connection.getresponse()) as response:
            if response.status in REDIRECTS:
                return _redirected(response, target)
            _check_status(response, target)
            content_type, charset = _kind(response, target)
            data = self._body(response, target)
        return Fetched(target.url, content_type, charset, data, datetime.now(UTC))

    def _body(self, response: BaseHTTPResponse, target: Target) -> bytes:
        if response.headers.get("Content-Encoding", "").strip().lower() not in ENCODINGS:
            raise FetchRefused(
                f"{shown(target.url)}: it is packed in a way not asked for; save the page and add the file"
            )
        parts: list[bytes] = []
        size = 0
        while part := response.read(CHUNK_BYTES, decode_content=True):
            parts.append(part)
            size += len(part)
            if size > self.limits.size:
                raise FetchRefused(
                    f"{shown(target.url)}: it is larger than {self.limits.size:,} bytes; add a part as a file"
                )
        return b"".join(parts)


def _redirected(response: BaseHTTPResponse, target: Target) -> Target:
    where = response.headers.get("Location", "")
    try:
        where = where.encode("latin-1").decode()  # headers are read as Latin-1, addresses are written in UTF-8
        joined = urljoin(target.url, where.strip())
    except ValueError:
        joined = where
    if not where.strip():
        raise FetchRefused(f"{shown(target.url)}: it redirects, and not to an address; save the page and add the file")
    try:
        return read_target(joined)
    except FetchRefused as refused:
        raise FetchRefused(f"{shown(target.url)} redirects to {refused}") from None


def _check_status(response: BaseHTTPResponse, target: Target) -> None:
    if response.status == HTTPStatus.OK:
        return
    if response.status >= SERVER_FAULT:
        fault = f"the site is out of order (status {response.status}); try again later"
    else:
        fault = STATUSES.get(
            response.status, f"the site answered with status {response.status}; save the page and add the file"
        )
    raise FetchFailed(f"{shown(target.url)}: {fault}", response.status)


def _kind(response: BaseHTTPResponse, target: Target) -> tuple[str, str | None]:
    """Read the content type and the charset that the server names."""
    header = response.headers.get("Content-Type", "")
    content_type = re.split("[;,]", header)[0].strip().lower()
    if content_type not in CONTENT_TYPES:
        named = f"'{clip(shown(content_type))}'" if content_type else "of no named type"
        raise FetchRefused(
            f"{shown(target.url)}: it is {named}, and only web pages, PDF, plain text, Markdown and .docx are read; "
            "give the address of the page itself"
        )
    found = CHARSET.search(header)
    return content_type, found[1] if found else None
