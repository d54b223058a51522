"""Dossiers: one event in our own words, each line tied to its sources.

The form is drawn in `corpus/README.md`. A dossier that breaks it is refused with file, line and remedy.
"""

import re
from typing import Any

from corpus.document import Document, Kind, Section, Statement, Voice
from corpus.errors import BadDocument, clip
from corpus.front_matter import FrontMatter
from corpus.source import Event, ReasonStatus, Source, is_address, is_date

SECTIONS = {
    "What happened": (Section.HAPPENED, Voice.REPORTER),
    "The platform's reason": (Section.REASON, Voice.PLATFORM),
    "Those affected": (Section.AFFECTED, Voice.AFFECTED),
    "Critics": (Section.CRITICS, Voice.CRITIC),
    "Defenders": (Section.DEFENDERS, Voice.DEFENDER),
    "Reporters and researchers": (Section.REPORTERS, Voice.REPORTER),
    "Where sources disagree": (Section.DISAGREEMENT, Voice.REPORTER),
    "What came after": (Section.AFTER, Voice.REPORTER),
}
"""Heading -> the section that it opens and the voice of its lines."""

SPOKEN = {Section.REASON, Section.AFFECTED, Section.CRITICS, Section.DEFENDERS, Section.REPORTERS}
"""Sections whose lines begin with a speaker."""

EVENT_KEYS = {
    "id", "platforms", "date", "date_end", "title", "accounts", "accounts_unit", "confidence", "reason", "sources",
}  # fmt: skip
SOURCE_KEYS = {
    "publisher", "title", "title_exact", "author", "date", "url", "archive_url", "url_doubtful", "url_missing",
}  # fmt: skip
STATUSES = [status for status in ReasonStatus if status is not ReasonStatus.NONE]
CONFIDENCE = ("high", "medium", "low")
ANY_SOURCE = "*"
LINE_WORDS = 70
"""A line holds one fact or one saying; a longer one cannot be shown whole on a phone."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9]+")
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,11}")
UNIT = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)?")
KEYS = re.compile(r"\[(\*|[a-z0-9]+(?:; [a-z0-9]+)*)\]$")
SPEAKER = re.compile(
    r"(?P<speaker>@\w+(?:[.@-]\w+)*|[^@(:][^(:]{0,200}?)"
    r"(?: \((?P<aside>[^)]*)\))?"
    r"(?:, (?P<date>(?:--)?\d{2,4}(?:-\d{2}){0,2}))?"
    r"(?:, via (?P<via>[^:]{1,200}?))?: (?=\S)"
)
MISWRITTEN_DATE = re.compile(r", (-*\d[\d-]*)(?:$|,)")


def is_dossier(front: FrontMatter | None) -> bool:
    """Say whether a head is meant for a dossier: it has what no article's head has."""
    return front is not None and bool({"id", "platforms", "sources", "reason"} & front.fields.keys())


def read_dossier(text: str, front: FrontMatter, path: str) -> Document:
    """Read one dossier.

    Raises:
        BadDocument: an unknown or missing key, a bad date, a line without speaker or source, a source
            without an address; with the line and what to do.
    """
    head = _Head(text, front, path)
    event = head.event()
    sources = head.sources(event.id)
    statements = tuple(_read_lines(text, front.body_start, path, event, [source.id for source in sources]))
    if not statements:
        raise BadDocument(path, None, "the dossier has no lines; add at least 'What happened'")
    unused = {source.id.split("/")[1] for source in sources} - {
        key.split("/")[1] for statement in statements for key in statement.source_ids
    }
    if unused:
        key = min(unused)
        raise head.fault(key, f"no line cites the source '{clip(key)}'; cite it or take it out", "sources")
    return Document(
        id=event.id,
        text=text,
        body_start=front.body_start,
        body_end=len(text),
        sources=sources,
        statements=statements,
        title=event.title,
        events=(event,),
        event_ids=(event.id,),
        path=path,
    )


class _Head:
    """Checks the front matter of one dossier and turns it into an event and its sources."""

    def __init__(self, text: str, front: FrontMatter, path: str) -> None:
        self.lines = text[: front.body_start].split("\n")
        self.fields = front.fields
        self.path = path

    def fault(self, key: str, message: str, after: str | None = None) -> BadDocument:
        return BadDocument(self.path, self.line_of(key, after), message)

    def line_of(self, key: str, after: str | None = None) -> int:
        """Find the line of a key, or with `after` that of a key below another one; 1 where there is none."""
        start = self.line_of(after) if after else 0
        form = rf"[\s{{]\s*{re.escape(key)}:" if after else rf"{re.escape(key)}:"
        for number, line in enumerate(self.lines[start:], start + 1):
            if re.match(form, line):
                return number
        return self.line_of(after) if after else 1

    def event(self) -> Event:
        for key in self.fields:
            if key not in EVENT_KEYS:
                raise self.fault(key, f"unknown key '{clip(key)}'; the keys are {', '.join(sorted(EVENT_KEYS))}")
        identifier = self.required("id")
        if not ID.fullmatch(identifier):
            raise self.fault("id", f"the id '{clip(identifier)}' must be lower-case words joined by '-'")
        platforms = self.fields.get("platforms")
        if not isinstance(platforms, list) or not platforms or not all(p and isinstance(p, str) for p in platforms):
            raise self.fault("platforms", "'platforms' must be a list such as [Twitter, Facebook]")
        start, end = self.date("date"), self.date("date_end") if "date_end" in self.fields else None
        if end and end < start[: len(end)]:
            raise self.fault("date_end", f"'date_end' {end} lies before 'date' {start}; mend one of them")
        confidence = self.required("confidence")
        if confidence not in CONFIDENCE:
            raise self.fault("confidence", f"'confidence' must be one of {', '.join(CONFIDENCE)}")
        return Event(
            id=identifier,
            platforms=tuple(platforms),
            date=start,
            date_end=end,
            title=self.required("title"),
            confidence=confidence,
            reasons=self.reasons(platforms),
            accounts=self.accounts(),
            accounts_unit=self.accounts_unit(),
        )

    def required(self, key: str) -> str:
        value = self.fields.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, f"'{key}' is missing or empty; give it")
        return value

    def date(self, key: str) -> str:
        value = self.required(key)
        if not is_date(value) or value.startswith("--"):
            raise self.fault(key, f"'{key}' is '{clip(value)}', which is no date; write 2018-10-11, 2018-10 or 2018")
        return value

    def accounts(self) -> int | None:
        value = self.fields.get("accounts")
        if value is None:
            return None
        if not isinstance(value, str) or not WHOLE_NUMBER.fullmatch(value):
            raise self.fault("accounts", f"'accounts' is '{clip(value)}', which is no whole number; write 70000000 for "
                                         "70 million, or leave it out where it is unknown")  # fmt: skip
        return int(value)

    def accounts_unit(self) -> str | None:
        value = self.fields.get("accounts_unit")
        if value is None:
            return None
        if "accounts" not in self.fields:
            raise self.fault("accounts_unit", "'accounts_unit' stands without 'accounts'; give the number too")
        if not isinstance(value, str) or not UNIT.fullmatch(value):
            raise self.fault("accounts_unit", f"'accounts_unit' is '{clip(value)}'; write one word or two, "
                                              "such as pages")  # fmt: skip
        return value

    def reasons(self, platforms: list[str]) -> tuple[tuple[str, ReasonStatus], ...]:
        value = self.fields.get("reason", {})
        remedy = "'reason' must map a platform to statuses, such as {Twitter: [general]}"
        if not isinstance(value, dict):
            raise self.fault("reason", remedy)
        found = []
        for platform, statuses in value.items():
            if platform not in platforms:
                raise self.fault("reason", f"'{clip(platform)}' under 'reason' is not among 'platforms'")
            for status in statuses if isinstance(statuses, list) else [statuses]:
                if status not in STATUSES:
                    raise self.fault("reason", f"{remedy}; the statuses are {', '.join(STATUSES)}")
                found.append((platform, ReasonStatus(status)))
        return tuple(found)

    def sources(self, dossier: str) -> tuple[Source, ...]:
        entries = self.fields.get("sources")
        if not isinstance(entries, dict) or not entries:
            raise self.fault("sources", "'sources' is missing or empty; name at least one")
        return tuple(self.source(dossier, key, fields) for key, fields in entries.items())

    def source(self, dossier: str, key: str, fields: Any) -> Source:
        what = f"the source '{clip(key)}'"
        if not isinstance(fields, dict):
            raise self.fault(key, f"{what} must be {{publisher: ..., title: ..., date: ..., url: ...}}",
                             "sources")  # fmt: skip
        if not KEY.fullmatch(key):
            raise self.fault(
                key, f"the key '{clip(key)}' must be made of a-z and 0-9, so that lines can cite it", "sources"
            )
        for name in fields:
            if name not in SOURCE_KEYS:
                raise self.fault(key, f"unknown key '{clip(name)}' in {what}; the keys are "
                                      f"{', '.join(sorted(SOURCE_KEYS))}", "sources")  # fmt: skip
            if not isinstance(fields[name], str):
                raise self.fault(key, f"'{name}' of {what} must be one text", "sources")
        if not fields.get("publisher"):
            raise self.fault(key, f"{what} has no publisher; name it", "sources")
        if bool(fields.get("url")) == bool(fields.get("url_missing")):
            raise self.fault(key, f"{what} needs either 'url' or, with the reason, 'url_missing'",
                             "sources")  # fmt: skip
        for name in ("url", "archive_url"):
            if fields.get(name) and not is_address(fields[name]):
                raise self.fault(key, f"the {name} of {what} is not an http address; mend it", "sources")
        if fields.get("date") and not is_date(fields["date"]):
            raise self.fault(key, f"{what} has the date '{clip(fields['date'])}', which is no date; "
                                  "write 2018-10-11, 2018-10 or 2018", "sources")  # fmt: skip
        for name in ("title_exact", "url_doubtful"):
            if fields.get(name, "false") not in ("true", "false"):
                raise self.fault(key, f"'{name}' of {what} must be true or false", "sources")
        return Source(
            id=f"{dossier}/{key}",
            publisher=fields["publisher"],
            title=fields.get("title") or None,
            title_exact=fields.get("title_exact", "true") == "true",
            author=fields.get("author") or None,
            published=fields.get("date") or None,
            url=fields.get("url") or None,
            archive_url=fields.get("archive_url") or None,
            url_doubtful=fields.get("url_doubtful") == "true",
            url_missing=fields.get("url_missing") or None,
        )


def _read_lines(text: str, body_start: int, path: str, event: Event, source_ids: list[str]) -> list[Statement]:
    statements: list[Statement] = []
    section: Section | None = None
    voice = Voice.REPORTER
    opened = set()
    offset = body_start
    first_line = text.count("\n", 0, body_start) + 1
    for number, line in enumerate(text[body_start:].split("\n"), first_line):
        if line.startswith("## "):
            if line[3:] not in SECTIONS:
                raise BadDocument(path, number, f"unknown heading '{clip(line[3:])}'; the headings are "
                                                f"{', '.join(SECTIONS)}")  # fmt: skip
            section, voice = SECTIONS[line[3:]]
            if section in opened:
                raise BadDocument(path, number, f"the heading '{clip(line[3:])}' stands twice; join the two")
            opened.add(section)
        elif line.startswith("- "):
            if section is None:
                raise BadDocument(path, number, "a line stands before the first heading; move it under one")
            statements.append(_read_line(line, offset, path, number, section, voice, event, source_ids))
        elif line.strip():
            raise BadDocument(path, number, "a line must begin with '- ' or '## '; one fact or saying a line")
        offset += len(line) + 1
    return statements


def _read_line(
    line: str,
    offset: int,
    path: str,
    number: int,
    section: Section,
    voice: Voice,
    event: Event,
    known: list[str],
) -> Statement:
    keys = KEYS.search(line.rstrip())
    if not keys:
        raise BadDocument(path, number, "this line names no source; end it with [key], [key; key] or [*]")
    compiled = keys[1] == ANY_SOURCE
    cited = known if compiled else [f"{event.id}/{key}" for key in keys[1].split("; ")]
    if len(set(cited)) < len(cited):
        raise BadDocument(path, number, f"[{clip(keys[1])}] names a source twice; take one out")
    for source_id in cited:
        if source_id not in known:
            key = source_id.split("/")[1]
            raise BadDocument(path, number, f"'{clip(key)}' is not among the sources; add it or mend the key")
    start, end = len(line) - len(line[2:].lstrip()), len(line[: keys.start()].rstrip())
    if end <= start:
        raise BadDocument(path, number, "this line says nothing; write the fact before its sources")
    block_start, speaker, role, handle, date, via = start, None, None, None, None, None
    if section in SPOKEN:
        match = SPEAKER.match(line, start)
        if not match:
            raise BadDocument(path, number, "this line names no speaker; begin it with 'Name: ', "
                                            "'Name (role): ' or '@handle (Name), 2018-02-21: '")  # fmt: skip
        start, date, via = match.end(), match["date"], match["via"]
        miswritten = MISWRITTEN_DATE.search(match["speaker"])
        written = miswritten[1] if miswritten else date
        if written and not is_date(written):
            raise BadDocument(path, number, f"'{clip(written)}' is no date; write 2018-10-11, 2018-10 or 2018")
        speaker, role, handle = _who(match["speaker"], match["aside"])
    if end <= start:
        raise BadDocument(path, number, "this line says nothing; write the fact before its sources")
    if len(line[start:end].split()) > LINE_WORDS:
        raise BadDocument(path, number, f"this line is longer than {LINE_WORDS} words; split it")
    if speaker in event.platforms:
        voice = Voice.PLATFORM
    return Statement(
        start=offset + start,
        end=offset + end,
        block_start=offset + block_start,
        block_end=offset + end,
        kind=Kind.PARAPHRASE,
        voice=voice,
        source_ids=tuple(cited),
        speaker=speaker,
        role=role,
        handle=handle,
        date=date,
        via=via,
        section=section,
        compiled=compiled,
    )


def _who(name: str, aside: str | None) -> tuple[str, str | None, str | None]:
    """Split `@handle (Display Name; role)` or `Name (role)` into speaker, role and handle."""
    if not name.startswith("@"):
        return name, aside, None
    display, _, role = (aside or name).partition("; ")
    return display or name, role or None, name[1:]
