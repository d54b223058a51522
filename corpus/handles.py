"""Handles in text: `@name`, as the platforms write them."""

import re

HANDLE = re.compile(
    r"(?<![\w@])(?<!\w[.+%/-])"  # not the middle of an email address or of a path; ".@name" is one
    r"@(?!\d+(?:[ap]m)?\b)"  # "@ 5pm" is a time
    r"(\w{1,30}(?:[.-][a-z0-9_]{2,30}){0,3})"  # dots: Bluesky and Instagram; hyphens: YouTube
    r"(?:@[\w-]+(?:\.[\w-]+)+)?"  # Mastodon names its server
    r"(?!\w)",
    re.ASCII,
)
"""One handle; group 1 is the name without @ and without a server."""

URL = re.compile(r"(?:https?://|www\.)\S+|\b(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}/\S*", re.ASCII)


def handles_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """List the handles that stand in a span, in order.

    An email address and an @ inside a web address are none.

    Returns:
        Start (at the @), end, and the handle without @, as written.
    """
    if text.find("@", start, end) < 0:
        return []
    addresses = [match.span() for match in URL.finditer(text, start, end)]
    return [
        (match.start(), match.start() + 1 + len(match[1]), match[1])
        for match in HANDLE.finditer(text, start, end)
        if not any(low <= match.start() < high for low, high in addresses)
    ]
