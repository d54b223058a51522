"""What a site's robots.txt asks of programs (RFC 9309), fetched with the same care as any page."""

from http import HTTPStatus
from urllib.parse import urlsplit

from protego import Protego

from corpus.charset import decode_text
from corpus.errors import FetchFailed, FetchRefused, NotFetched
from corpus.fetch import Fetcher

AGENT = "purgebot"
LONGEST_DELAY_S = 60.0
READ_CHARS = 512_000
"""What is read of a robots.txt. Source: RFC 9309, 2.5: at least 500 KiB."""
SERVER_FAULT = 500
FORBIDDEN = "{}: the site's robots.txt asks programs not to read this page; save it and add the file"
UNREACHABLE = "{}: the site's robots.txt cannot be had at the moment, so that nothing is read there; try again later"


class Robots:
    """Asks each site once what it allows."""

    def __init__(self, fetcher: Fetcher) -> None:
        """Start with no site asked."""
        self._fetcher = fetcher
        self._rules: dict[str, Protego | None] = {}

    def require(self, url: str) -> None:
        """Make sure that a site lets programs read a page.

        Raises:
            FetchRefused: it does not.
            FetchFailed: it cannot say at the moment, which forbids everything (RFC 9309, 2.3.1.4).
        """
        origin = origin_of(url)
        if origin not in self._rules:
            self._rules[origin] = self._ask(origin)
        rules = self._rules[origin]
        if rules is None:
            raise FetchFailed(UNREACHABLE.format(url))
        if not rules.can_fetch(url, AGENT):
            raise FetchRefused(FORBIDDEN.format(url))

    def delay(self, url: str) -> float:
        """Say how many seconds a site asks for between two pages; a site that was not asked asks for none."""
        rules = self._rules.get(origin_of(url))
        asked = rules.crawl_delay(AGENT) if rules else None
        return min(asked or 0.0, LONGEST_DELAY_S)

    def _ask(self, origin: str) -> Protego | None:
        try:
            page = self._fetcher.fetch(f"{origin}/robots.txt")
        except NotFetched as error:
            if isinstance(error, FetchFailed) and _may_pass(error.status):
                return None
            return read_rules("")  # there is none, or none that could be read: nothing is forbidden (2.3.1.3)
        return read_rules(decode_text(page.data, page.charset) or "")


def origin_of(url: str) -> str:
    """Take the scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def read_rules(text: str) -> Protego:
    """Read a robots.txt."""
    return Protego.parse(text.removeprefix("\ufeff")[:READ_CHARS])


def _may_pass(status: int | None) -> bool:
    """Say whether a site may tell later what it did not tell now."""
    return status is None or status >= SERVER_FAULT or status == HTTPStatus.TOO_MANY_REQUESTS
