"""Wording -> what a surface shows: plain text, or a Discord message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from bot.attribution import Line, SourceLine
from bot.escape import escape, reveal, squeeze
from bot.fragments import jump_to
from bot.limits import MESSAGE_UNITS, URL_UNITS, clip, embed_fits, units
from bot.wording import Group, Wording, shown_count, word
from index.answer import Answer

HEADLINE_UNITS = 400
QUESTION_UNITS = 600
NOTE_UNITS = 300
FOOT_UNITS = 200
PAGE_UNITS = 3000
"""A page of a listing; more is too long a way down on a phone."""
URL_SAFE = "/?#@!$&'*+,;=%~-._:"
MASKABLE = ("[", "]", "://")
"""What a link's text may not hold: Discord then shows the whole link as it was written."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A Discord message: an embed's description and footer, and the same as content where none may be sent.

    `content` keeps to a message's limit, the other two to those of an embed. A reply without a description
    is sent as its content alone.
    """

    content: str
    description: str = ""
    footer: str = ""


def plain_text(answer: Answer) -> str:
    """Write a whole reply without Markdown; hidden characters are made visible."""
    wording = word(answer)
    reasons = "\n".join(f"Stated reason ({platform}): {status}." for platform, status in wording.reasons)
    groups = [_plain_group(group) for group in wording.groups]
    blocks = [
        wording.headline,
        *wording.paragraphs,
        *([*groups, reasons] if wording.reasons_last else [reasons, *groups]),
        wording.more,
        f"Not covered: {wording.not_covered}" if wording.not_covered else "",
        "\n".join(["Sources", *(_plain_source(source) for source in wording.sources)] if wording.sources else []),
        wording.foot,
    ]
    return reveal("\n\n".join(block for block in blocks if block))


def discord_reply(answer: Answer) -> Reply:
    """Write a reply as Discord shows it; claims that do not fit are counted, never cut."""
    embedded, bare = _fit(answer, _fits_embed), _fit(answer, _fits_content)
    return Reply(_content(bare), _markdown(embedded), _footer(embedded))


def kept_in(answer: Answer, *, embedded: bool) -> int:
    """Count the claims, from the first, that find a place in the embed of a reply, or in its content."""
    fits = _fits_embed if embedded else _fits_content
    return next((most for most in range(shown_count(answer), 0, -1) if fits(word(answer, most))), 0)


def page_reply(wording: Wording) -> Reply:
    """Write one page of a listing, which has been found to fit."""
    return Reply(_content(wording), _markdown(wording), _footer(wording))


def page_fits(wording: Wording, *, embedded: bool) -> bool:
    """Say whether a page can be shown: as an embed, at most `PAGE_UNITS` long, or as content."""
    if not embedded:
        return _fits_content(wording)
    return _fits_embed(wording) and units(_markdown(wording)) <= PAGE_UNITS


def question_line(question: str) -> str:
    """Repeat a question in small print above its answer: others do not see what a command was given."""
    return f"-# {escape(clip(squeeze(question), QUESTION_UNITS))}"


def _fit(answer: Answer, fits: Callable[[Wording], bool]) -> Wording:
    """Keep as many claims, from the first, as fit; where not even one can stand, the headline alone."""
    for most in range(shown_count(answer), -1, -1):
        wording = word(answer, most)
        if fits(wording):
            return wording
    return replace(word(answer, 0), paragraphs=(), reasons=(), not_covered="")


def _fits_embed(wording: Wording) -> bool:
    return embed_fits(_markdown(wording), _footer(wording))


def _fits_content(wording: Wording) -> bool:
    return units(_content(wording)) <= MESSAGE_UNITS


def _markdown(wording: Wording) -> str:
    reasons = "\n".join(_reason(platform, status) for platform, status in wording.reasons)
    groups = [_group(group) for group in wording.groups]
    blocks = [
        f"**{escape(clip(wording.headline, HEADLINE_UNITS))}**" if wording.headline else "",
        *(escape(clip(paragraph, HEADLINE_UNITS)) for paragraph in wording.paragraphs),
        *([*groups, reasons] if wording.reasons_last else [reasons, *groups]),
        f"*{wording.more}*" if wording.more else "",
        f"**Not covered:** {escape(clip(wording.not_covered, NOTE_UNITS))}" if wording.not_covered else "",
        "\n".join(_source_lines(wording.sources)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _source_lines(sources: Sequence[SourceLine]) -> list[str]:
    """List sources in small print, under their heading."""
    return ["__**Sources**__", *(f"-# {source_markdown(source)}" for source in sources)] if sources else []


def _content(wording: Wording) -> str:
    return f"{_markdown(wording)}\n-# {escape(clip(wording.foot, FOOT_UNITS))}"


def _footer(wording: Wording) -> str:
    """A footer takes no Markdown, so nothing in it is escaped."""
    return reveal(clip(wording.foot, FOOT_UNITS))


def _reason(platform: str, status: str) -> str:
    return f"**Stated reason ({escape(clip(platform, NOTE_UNITS))}):** {escape(status)}."


def _group(group: Group) -> str:
    head = [f"__**{escape(clip(group.heading, NOTE_UNITS))}**__"] if group.heading else []
    note = [f"*{escape(clip(group.note, NOTE_UNITS))}*"] if group.note else []
    return "\n".join([*head, *note, *(f"- {_line(line)}" for line in group.lines)])


def _line(line: Line) -> str:
    lead = f"**{escape(line.lead)}**" if line.lead else ""
    said = " ".join(part for part in (lead, escape(line.words), escape(line.tail), escape(_marks(line))) if part)
    return "\n".join([said, *(f"  - {escape(note)}" for note in line.notes)])


def _marks(line: Line) -> str:
    more = [f"and {line.unnamed} more"] if line.unnamed else []
    return " ".join([*(f"[{number}]" for number in line.numbers), *more])


def source_markdown(source: SourceLine) -> str:
    """Write a source as a link, where its address is safe and its label can be a link's text."""
    url, archive = safe_url(source.url), safe_url(source.archive_url)
    url = jump_to(url, source.passage) if url else None
    label = escape(clip(source.label, NOTE_UNITS))
    after = []
    if url and any(sign in source.label for sign in MASKABLE):
        after.append(f"[link]({url})")
    elif url:
        label = f"[{label}]({url})"
    if archive:
        after.append(f"[archived]({archive})")
    if source.note or (source.url and not url):
        after.append(escape(clip(source.note or "address not shown", NOTE_UNITS)))
    return " · ".join([f"{escape(f'[{source.number}]')} {label}", *after])


def safe_url(url: str | None) -> str | None:
    """Write an address so that it ends a link where it should, or None if it is not one to be followed."""
    try:
        parts = urlsplit(url or "")
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.hostname.isascii()
    except ValueError:
        return None
    if not url or not sound or "@" in parts.netloc or not url.isprintable():
        return None
    quoted = quote(url, safe=URL_SAFE)
    return quoted if units(quoted) <= URL_UNITS else None


def _plain_group(group: Group) -> str:
    lines = (
        "\n  ".join([" ".join(part for part in (line.lead, line.words, line.tail, _marks(line)) if part), *line.notes])
        for line in group.lines
    )
    return "\n".join(
        [
            *([group.heading] if group.heading else []),
            *([group.note] if group.note else []),
            *(f"- {line}" for line in lines),
        ]
    )


def _plain_source(source: SourceLine) -> str:
    archived = f"archived: {source.archive_url}" if source.archive_url else ""
    parts = [source.label, source.url or "", archived, source.note]
    return f"[{source.number}] " + ", ".join(part for part in parts if part)
