"""A line of a text -> whether it is told, or stands on the page beside it: a heading, a menu, a credit, an offer."""

import re

FURNITURE = re.compile(
    r"you are commenting using|fill in your details|leave a (?:reply|comment)\b|all rights reserved|©|copyright \d{4}"
    r"|(?:/|via |by )getty images|terms of use apply|the rest of the article|comments are closed"
    r"|your email address|reporting by .*editing by|\(reuters\)\s*$|\bread (?:more|the (?:full|rest))\b.{0,40}\bhere\b"
    r"|\bnewsletters?\b.*\binbox|\b(?:sign up (?:for|to)|subscribe to) (?:our|the|this)\b.*\bnewsletter"
    r"|\b(?:we|this site|this website) uses? cookies|learn how and when to remove",
    re.IGNORECASE,
)
"""What only a page says, wherever it stands."""
_PICTURE, _NAMES = r"(?:file )?(?:photo|image|picture|video)(?:graph)?s?", r"(?-i:(?:[A-Z][\w.'’/-]+,? ?){1,5}$)"
OFFERED = re.compile(
    r"\W*(?:(?:please|click to|for more,?) )?"
    r"(?:click (?:here|an icon)\b|sign up (?:for|to|here|now)\b|subscribe\b|read (?:more|the (?:full|rest))\b"
    r"|follow (?:us|me) on|share this\b|related:|view comments|have a tip\?|log ?in to\b|powered by [\w.]+\W*$"
    r"|file photo\b"
    r"|to contact (?:us|the (?:reporter|editor|author|writer)s?|.*\b(?:visit|e-?mail|write to))\b"
    r"|advertisement(?: ?[-–—:]|\W*$)"
    rf"|{_PICTURE} ?(?:credits?|courtesy|via|:)|{_PICTURE} by {_NAMES}|(?-i:By) {_NAMES})",
    re.IGNORECASE,
)
"""What a page says where a line begins so: an offer, a credit, a byline."""
TERMINAL = re.compile(r"[.!?…](?: ?(?:[\"'”’»)\]*_]|\[\d+\]))*$")
OPENER = re.compile(r"[\"'“‘«(\[*_#@$£€¡¿`]*(?:[A-Z0-9À-ÞI]|[a-z]+[A-Z]|@\w)")
WORDS = re.compile(r"[^\W_][\w'’-]*")
FEWEST = 4
"""Words of the shortest sentence of the publisher's that is worth keeping."""
FEWEST_OPEN = 6
"""The same of one that begins with a small letter, as chats and names of sites do."""
FEWEST_LEADING = 8
"""The same of one that ends in a colon."""


def is_furniture(line: str) -> bool:
    """Say whether a line belongs to a page, whatever the page tells."""
    return bool(FURNITURE.search(line) or OFFERED.match(line))


def is_told(line: str) -> bool:
    """Say whether a line is a sentence rather than a heading, a menu or a credit."""
    words = WORDS.findall(line)
    fewest = FEWEST if OPENER.match(line) else FEWEST_OPEN
    ended = TERMINAL.search(line[-12:]) is not None
    return ended and len(words) >= fewest and any(word.islower() for word in words) and not is_furniture(line)


def leads_up(line: str) -> bool:
    """Say whether a line that ends in a colon tells enough to be kept for itself."""
    words = WORDS.findall(line)
    return len(words) >= FEWEST_LEADING and OPENER.match(line) is not None and not is_furniture(line)
