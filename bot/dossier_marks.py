"""What is ours in a dossier's text, not the reader's: keys of sources, dashes, headings -> what a reader can follow."""

import re
from collections.abc import Mapping, Sequence

from bot.attribution import short_name
from bot.escape import escape
from corpus.dossier import ANY_SOURCE, KEYS, SECTIONS
from corpus.source import Source

Span = tuple[int, int]
LINE = re.compile(r"[^\n]+")
DASH, HEADING = "- ", "## "
BULLET = "- "
"""Discord makes a bullet of it at the beginning of a line."""
ALL = "this dossier's sources"


def marks_in(text: str, names: Mapping[str, str]) -> dict[Span, str]:
    """Find what is to be shown otherwise in a piece of a dossier, which begins with a line whose dash is left out.

    Args:
        names: what to write for the key of a source; a bracket with another key in it stays as it is.

    Returns:
        Markdown by the span of the text that it stands for; the spans are in order and do not overlap.
    """
    found: dict[Span, str] = {} if text.startswith((DASH, HEADING)) else {(0, 0): BULLET}
    for match in LINE.finditer(text):
        line, start = match[0], match.start()
        if line.startswith(HEADING) and line[len(HEADING) :] in SECTIONS:
            found[start, match.end()] = f"__{escape(line[len(HEADING) :])}__"
            continue
        if line.startswith(DASH):
            found[start, start + len(DASH)] = BULLET
        keys = KEYS.search(line.rstrip())
        cited = keys[1].split("; ") if keys else []
        if keys and all(key in names for key in cited):
            found[start + keys.start(), start + keys.end()] = escape(" ".join(f"[{names[key]}]" for key in cited))
    return found


def names_of(sources: Sequence[Source], numbers: Mapping[str, int]) -> dict[str, str]:
    """Say for each key of a dossier's sources what to write: the number that a reader sees, or who published it.

    Args:
        sources: those of one dossier.
        numbers: by source id, where a source is listed.
    """
    names = {
        source.id.rpartition("/")[2]: str(numbers.get(source.id) or short_name(source.publisher or "source"))
        for source in sources
    }
    return {**names, ANY_SOURCE: ALL}
