"""Source text -> text that Discord shows as it is: no markup, no mention, no link, nothing hidden.

A backslash before ASCII punctuation makes Discord show that character as it is (Discord, "Markdown Text
101"; the same rule as in CommonMark). A footer takes no Markdown and therefore no backslash: `reveal` alone.
"""

import re
import unicodedata

ALWAYS = "\\*_~`|<>@[]/"
"""Emphasis, code, spoilers, mentions, emoji, timestamps, masked links, invitations (`discord.gg/...`)."""
SPECIAL = re.compile(
    rf"""[{re.escape(ALWAYS)}]             # anywhere
       | :(?=//)                           # an address
       | (?<![^\n]) [^\S\n]* (?:\d+[.)] | [-+\#])  # what a list, heading or small print begins with
    """,
    re.VERBOSE,
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|⟨U\+([0-9A-F]{4,6})⟩")
TOKEN = re.compile(r"⟨U\+[0-9A-F]{4,6}⟩")
"""What `reveal` puts in place of a hidden character."""
OPENER = "⟨"
BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0"
"""Invisible, though Unicode counts them as letters, marks or symbols."""
VISIBLE_FORMAT = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Counted as format characters, though they are seen."""
VIRAMA = 9
"""Canonical combining class of the marks that join letters in Indic scripts."""
JOINERS = "\u200c\u200d"
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MAY_HIDE = re.compile(f"[{OPENER}{BLANK_LETTERS}{SELECTORS.pattern[1:-1]}]")
"""What may have to be made visible though Python calls it printable."""
PICTURES = {"So", "Sm", "Sk", "Po", "Pd"}
"""General categories of the characters that emoji are made of."""


def escape(text: str) -> str:
    """Make a text harmless in Discord, so that it is shown character by character.

    Returns:
        A text for which `unescape` gives back `text` exactly.
    """
    return SPECIAL.sub(lambda found: _shield(found[0]), reveal(text))


def unescape(escaped: str) -> str:
    """Give back the text that `escape` was given."""
    return ESCAPED.sub(lambda found: found[1] or chr(int(found[2], 16)), escaped)


def reveal(text: str) -> str:
    """Replace characters that hide or turn text round by a visible token, as in `⟨U+202E⟩`.

    Joiners and selectors stay where they make an emoji or belong to a script's spelling.
    """
    if text.isprintable() and not MAY_HIDE.search(text):
        return text
    return "".join(_token(character) if _is_hidden(text, place) else character for place, character in enumerate(text))


def restore(shown: str, original: str) -> str:
    """Put back what `reveal` replaced in a text, wherever its token still stands in what somebody made of it.

    A token of a character that the original does not hold was typed, and stays what it is.
    """
    held = {_token(character): character for character in original}
    return TOKEN.sub(lambda found: held.get(found[0], found[0]), shown)


def squeeze(text: str) -> str:
    """Turn every run of white space, line breaks among them, into one space."""
    return " ".join(text.split())


def _token(character: str) -> str:
    return f"{OPENER}U+{ord(character):04X}⟩"


def _shield(found: str) -> str:
    return found[:-1] + "\\" + found[-1]


def _is_hidden(text: str, place: int) -> bool:
    character = text[place]
    if character in "\n\t" or character in VISIBLE_FORMAT:
        return False
    if character == OPENER or character in BLANK_LETTERS:
        return True
    if character in JOINERS:
        return not _joins(text, place)
    if SELECTORS.match(character):
        return not _selects(text, place)
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands inside an emoji or where a script's spelling needs it."""
    before, after = text[max(0, place - 2) : place].rstrip("\ufe0f")[-1:], text[place + 1 : place + 2]
    if not before or not after:
        return False
    if _is_picture(before) and _is_picture(after):
        return text[place] == "\u200d"
    arabic = unicodedata.bidirectional(before) == unicodedata.bidirectional(after) == "AL"
    return arabic or unicodedata.combining(before) == VIRAMA


def _selects(text: str, place: int) -> bool:
    """Whether a variation selector follows a character of which there are variants."""
    before = text[place - 1 : place]
    keycap = before in set("0123456789#*") and text[place + 1 : place + 2] == "\u20e3"
    return bool(before) and (_is_picture(before) or keycap)


def _is_picture(character: str) -> bool:
    return character == "\u2139" or (not character.isascii() and unicodedata.category(character) in PICTURES)
