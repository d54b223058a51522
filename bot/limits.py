"""The limits that Discord sets, and what keeps to them. Nothing else in `bot/` names one.

Discord does not say how it counts a character beyond U+FFFF: its clients count two (UTF-16), JSON Schema
counts one. `units` counts two, so that a text fits either way.
"""

from collections.abc import Iterable, Iterator

MESSAGE_UNITS = 2000
"""Source: Discord, "Create Message", field `content`: up to 2000 characters."""
DESCRIPTION_UNITS = 4096
FOOTER_UNITS = 2048
"""Source: Discord, "Message Resource", "Embed Limits"."""
EMBED_UNITS = 6000
"""All text of all embeds of one message. Source: the same."""
ACKNOWLEDGE_S = 3.0
"""Seconds until an interaction must be acknowledged. Source: Discord, "Responding to an Interaction"."""
URL_UNITS = 2048
"""The longest address that Discord takes. Source: Discord's openapi.json, `RichEmbed.url`, `maxLength`."""
CUSTOM_ID_UNITS = 100
"""The longest id of a button or dialog. Source: Discord, "Component Reference", `custom_id`."""
CHOICE_UNITS = 100
"""The longest name or value of a choice. Source: Discord, "Application Command Option Choice Structure"."""
CHOICES = 25
"""Choices that an autocompletion shows. Source: Discord, "Interaction Response Object", "Autocomplete"."""
FIELD_CHARS = 1000
"""What a text field of a dialog takes from us; Discord would take 4000. Source: Discord, "Text Input Structure"."""
THREAD_NAME_UNITS = 100
"""The longest name of a thread. Source: Discord, "Start Thread from Message", `name`."""
MENU_UNITS = 100
"""The longest label of an option in a menu. Source: Discord, "Component Reference", "Select Option Structure"."""
MENU_VALUES = 25
"""How many values a menu takes. Source: Discord, "Component Reference", "Channel Select Structure", `max_values`."""
ALT_CHARS = 1024
"""The longest description of an attachment. Source: Discord, "Attachment Object", `description`."""
ELLIPSIS = "…"
UNIT_BYTES = 2


def units(text: str) -> int:
    """Count a text as Discord may at most count it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // UNIT_BYTES


def embed_fits(description: str, footer: str) -> bool:
    """Say whether one embed of these two parts keeps to every limit."""
    sizes = units(description), units(footer)
    return sizes[0] <= DESCRIPTION_UNITS and sizes[1] <= FOOTER_UNITS and sum(sizes) <= EMBED_UNITS


def clip(text: str, most: int) -> str:
    """Shorten a text to `most` units, at the end of a word, with an ellipsis.

    Meant for our own words and names, before they are escaped; a claim is never clipped.
    """
    if units(text) <= most:
        return text
    kept = _head(text, most - units(ELLIPSIS))
    at_word = kept.rfind(" ")
    return (kept[:at_word] if at_word > 0 else kept).rstrip() + ELLIPSIS


def chunks(lines: Iterable[str], most: int) -> Iterator[str]:
    """Join lines, in order, into texts of at most `most` units; a line that is longer is clipped."""
    held: list[str] = []
    size = 0
    for line in (clip(line, most) for line in lines):
        added = units(line) + bool(held)
        if size + added > most:
            yield "\n".join(held)
            held, size, added = [], 0, units(line)
        held.append(line)
        size += added
    if held:
        yield "\n".join(held)


def _head(text: str, most: int) -> str:
    """Cut a text to `most` units without splitting a character."""
    size = 0
    for place, character in enumerate(text):
        size += units(character)
        if size > most:
            return text[:place]
    return text
