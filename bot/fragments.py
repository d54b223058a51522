"""An address and words that stand on its page -> an address that jumps to them."""

from urllib.parse import quote

from bot.limits import URL_UNITS, units

EDGE_WORDS = 4
"""Words at either end by which a browser finds a text; more break at the first difference of spelling."""


def jump_to(url: str, words: str) -> str:
    """Let an address jump to some words; a browser that does not find them shows the page from its beginning.

    Source: WICG, "URL Fragment Text Directives", syntax `#:~:text=start,end`.
    """
    parts = words.split()
    if not parts or ":~:" in url:
        return url
    starts = parts if len(parts) <= 2 * EDGE_WORDS else parts[:EDGE_WORDS]
    ends = [] if len(parts) <= 2 * EDGE_WORDS else parts[-EDGE_WORDS:]
    text = ",".join(_encoded(part) for part in (starts, ends) if part)
    jump = f"{url}{'' if '#' in url else '#'}:~:text={text}"
    return jump if units(jump) <= URL_UNITS else url


def _encoded(words: list[str]) -> str:
    """Encode words, and the hyphen too, which has a meaning of its own in a text directive."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
