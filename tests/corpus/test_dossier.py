"""A dossier is read as it is meant, or refused with file, line and remedy."""

import pytest

from corpus.document import Document, Kind, Section, Statement, Voice, faults
from corpus.dossier import LINE_WORDS, SECTIONS, is_dossier, read_dossier
from corpus.errors import BadDocument
from corpus.front_matter import FrontMatter, read_front_matter
from corpus.source import ReasonStatus

DOSSIER = """---
id: twitter-knitters-2019-03
platforms: [Twitter, Facebook]
date: 2019-03-04
date_end: 2019-03
title: Twitter suspends knitting clubs
confidence: high
reason: {Twitter: [general, denied_by_affected], Facebook: specific}
sources:
  gazette: {publisher: The Gazette, title: Locked out, author: Ann Ply, date: 2019-03-05, url: "https://gazette.example/knit"}
  blog:
    publisher: Wool Blog
    title: Wool and woe
    title_exact: false
    url: "https://wool.example/post"
    archive_url: "https://archive.example/1"
    url_doubtful: true
  radio: {publisher: Loom Radio, url_missing: broadcast only}
---
## What happened
- Twitter suspended 240 accounts of knitting clubs. [gazette]
## The platform's reason
- Twitter: Said that it acts against spam. [gazette; radio]
## Those affected
- @purlqueen (Purl Queen; club chair), 2019-03-04, via Loom Radio: Said that she got no explanation. [blog]
## What came after
- Most accounts were restored within nine days. [*]
"""
GAZETTE, BLOG, RADIO = (f"twitter-knitters-2019-03/{key}" for key in ("gazette", "blog", "radio"))


def read(text: str) -> Document:
    front = read_front_matter(text, "a.md")
    assert front is not None
    return read_dossier(text, front, "a.md")


def changed(old: str, new: str) -> str:
    assert DOSSIER.count(old) == 1
    return DOSSIER.replace(old, new)


def spoken(line: str, heading: str = "Critics") -> Statement:
    document = read(DOSSIER + f"## {heading}\n- {line} [gazette]\n")
    return document.statements[-1]


def who(line: str) -> tuple[str | None, str | None, str | None]:
    statement = spoken(line)
    return statement.speaker, statement.role, statement.handle


def refusal(text: str) -> BadDocument:
    with pytest.raises(BadDocument) as caught:
        read(text)
    return caught.value


def line_of(part: str, text: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if part in line)


def test_the_example_is_sound() -> None:
    document = read(DOSSIER)
    assert faults(document) == []
    assert document.is_dossier


def test_the_head_becomes_an_event() -> None:
    [event] = read(DOSSIER).events
    assert (event.id, event.platforms, event.title) == (
        "twitter-knitters-2019-03", ("Twitter", "Facebook"), "Twitter suspends knitting clubs",
    )  # fmt: skip
    assert (event.date, event.date_end, event.confidence) == ("2019-03-04", "2019-03", "high")


def test_each_status_of_a_reason_is_paired_with_its_platform() -> None:
    assert read(DOSSIER).events[0].reasons == (
        ("Twitter", ReasonStatus.GENERAL),
        ("Twitter", ReasonStatus.DENIED_BY_AFFECTED),
        ("Facebook", ReasonStatus.SPECIFIC),
    )


def test_a_source_carries_all_that_is_told_of_it() -> None:
    source = read(DOSSIER).sources[0]
    assert (source.id, source.publisher, source.title) == (GAZETTE, "The Gazette", "Locked out")
    assert (source.author, source.published, source.url) == ("Ann Ply", "2019-03-05", "https://gazette.example/knit")


def test_doubts_about_a_source_are_kept() -> None:
    _, blog, radio = read(DOSSIER).sources
    assert (blog.title_exact, blog.url_doubtful, blog.archive_url) == (False, True, "https://archive.example/1")
    assert (radio.url, radio.url_missing) == (None, "broadcast only")


def test_what_a_source_does_not_tell_is_none() -> None:
    radio = read(DOSSIER).sources[2]
    assert (radio.title, radio.author, radio.published, radio.archive_url) == (None, None, None, None)


def test_a_statement_is_the_line_without_speaker_and_sources() -> None:
    document = read(DOSSIER)
    texts = [document.text[s.start : s.end] for s in document.statements]
    assert texts[1:3] == ["Said that it acts against spam.", "Said that she got no explanation."]


def test_the_block_of_a_statement_holds_its_speaker() -> None:
    document = read(DOSSIER)
    reason = document.statements[1]
    assert document.text[reason.block_start : reason.block_end] == "Twitter: Said that it acts against spam."


def test_every_line_is_a_paraphrase() -> None:
    assert {statement.kind for statement in read(DOSSIER).statements} == {Kind.PARAPHRASE}


def test_a_line_is_tied_to_the_sources_that_it_names() -> None:
    assert [s.source_ids for s in read(DOSSIER).statements[:3]] == [(GAZETTE,), (GAZETTE, RADIO), (BLOG,)]


def test_a_star_marks_a_compiled_line_and_names_every_source() -> None:
    *others, compiled = read(DOSSIER).statements
    assert (compiled.compiled, compiled.source_ids) == (True, (GAZETTE, BLOG, RADIO))
    assert not any(statement.compiled for statement in others)


@pytest.mark.parametrize("heading", [h for h in SECTIONS if h not in DOSSIER])
def test_the_heading_gives_section_and_voice(heading: str) -> None:
    statement = spoken("Ned Loom: Called it careless.", heading)
    assert (statement.section, statement.voice) == SECTIONS[heading]


def test_a_platform_speaks_with_its_own_voice_under_any_heading() -> None:
    statement = spoken("Facebook: Called the count wrong.", "Critics")
    assert (statement.voice, statement.section) == (Voice.PLATFORM, Section.CRITICS)


def test_an_official_under_the_platforms_reason_has_the_platforms_voice() -> None:
    text = changed("- Twitter: Said", "- Jack Stitch (Twitter's head of yarn): Said")
    statement = read(text).statements[1]
    assert (statement.voice, statement.role) == (Voice.PLATFORM, "Twitter's head of yarn")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ned Loom: Called it careless.", ("Ned Loom", None, None)),
        ("Ned Loom (weaver): Called it careless.", ("Ned Loom", "weaver", None)),
        ("Loom, Reed and Co: Called it careless.", ("Loom, Reed and Co", None, None)),
        ("@ned (Ned Loom): Called it careless.", ("Ned Loom", None, "ned")),
        ("@ned (Ned Loom; weaver): Called it careless.", ("Ned Loom", "weaver", "ned")),
        ("@ned: Called it careless.", ("@ned", None, "ned")),
        ("@ned (; weaver): Called it careless.", ("@ned", "weaver", "ned")),
        ("@ned.loom.example (Ned Loom): Called it careless.", ("Ned Loom", None, "ned.loom.example")),
    ],
)
def test_the_start_of_a_line_names_its_speaker(line: str, expected: tuple[str | None, ...]) -> None:
    assert who(line) == expected


@pytest.mark.parametrize("date", ["2019", "2019-03", "2019-03-04", "--03-04"])
@pytest.mark.parametrize("name", ["Ned Loom", "Ned Loom (weaver)", "@ned", "@ned (Ned Loom; weaver)"])
def test_a_date_may_follow_the_speaker(name: str, date: str) -> None:
    statement = spoken(f"{name}, {date}: Called it careless.")
    assert statement.date == date
    assert statement.speaker in ("Ned Loom", "@ned")


@pytest.mark.parametrize("start", ["Ned Loom", "Ned Loom (weaver)", "Ned Loom, 2019", "@ned (Ned Loom), 2019-03-04"])
def test_an_outlet_that_passed_it_on_may_follow(start: str) -> None:
    statement = spoken(f"{start}, via The Gazette, Leeds: Called it careless.")
    assert statement.via == "The Gazette, Leeds"
    assert statement.speaker == "Ned Loom"


def test_a_colon_in_the_saying_stays_there() -> None:
    document = read(DOSSIER + "## Critics\n- Ned Loom: Named two faults: haste and spite. [gazette]\n")
    last = document.statements[-1]
    assert document.text[last.start : last.end] == "Named two faults: haste and spite."


def test_a_line_without_speaker_has_none_where_none_is_asked_for() -> None:
    document = read(changed("- Twitter suspended 240", "- Note well: Twitter suspended 240"))
    first = document.statements[0]
    assert first.speaker is None
    assert document.text[first.start :].startswith("Note well: Twitter")


def test_white_space_around_a_line_is_no_part_of_it() -> None:
    document = read(changed("- Most accounts were restored within nine days. [*]", "-   Most returned.   [*]  "))
    last = document.statements[-1]
    assert document.text[last.start : last.end] == "Most returned."
    assert faults(document) == []


HEAD_FAULTS = [
    ("confidence: high", "confidance: high", "unknown key 'confidance'", "confidance"),
    ("id: twitter-knitters-2019-03", "id: Twitter Knitters", "lower-case words", "id:"),
    ("platforms: [Twitter, Facebook]", "platforms: Twitter", "'platforms' must be a list", "platforms"),
    ("platforms: [Twitter, Facebook]", "platforms: []", "'platforms' must be a list", "platforms"),
    ("date: 2019-03-04", "date: 4 March 2019", "which is no date; write", "date: 4"),
    ("date_end: 2019-03", "date_end: 2019-02", "lies before 'date'", "date_end"),
    ("date_end: 2019-03", "date_end: soon", "which is no date; write", "date_end"),
    ("confidence: high", "confidence: sure", "must be one of high, medium, low", "confidence"),
    ("title: Twitter suspends knitting clubs", "title:", "'title' is missing or empty; give it", "title:"),
    ("general, denied_by_affected", "vague", "the statuses are specific, general", "reason"),
    ("Facebook: specific", "Reddit: specific", "'Reddit' under 'reason' is not among 'platforms'", "reason"),
    ("{Twitter: [general, denied_by_affected], Facebook: specific}", "general", "'reason' must map", "reason"),
    ("publisher: Loom Radio", "publishr: Loom Radio", "unknown key 'publishr' in the source 'radio'", "radio"),
    ("publisher: Loom Radio", "publisher: [Loom, Radio]", "'publisher' of the source 'radio' must be one", "radio"),
    ("publisher: Loom Radio, ", "", "the source 'radio' has no publisher; name it", "radio"),
    (", url_missing: broadcast only", "", "needs either 'url' or, with the reason, 'url_missing'", "radio"),
    ("broadcast only", 'lost, url: "https://a.example"', "needs either 'url' or", "radio"),
    ('"https://gazette.example/knit"', "gazette.example/knit", "the url of the source 'gazette' is not", "gazette"),
    ('"https://gazette.example/knit"', "[a, b]", "'url' of the source 'gazette' must be one text", "gazette"),
    ('"https://archive.example/1"', "archive.example", "the archive_url of the source 'blog' is not", "blog:"),
    ("date: 2019-03-05", "date: 5.3.2019", "has the date '5.3.2019', which is no date; write", "gazette"),
    ("title_exact: false", "title_exact: maybe", "'title_exact' of the source 'blog' must be true or false", "blog:"),
    ("radio: {publisher: Loom Radio, url_missing: broadcast only}", "radio: Loom", "must be {publisher:", "radio"),
    ("  radio: {", "  loom-radio: {", "must be made of a-z and 0-9", "loom-radio"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault", "at"), HEAD_FAULTS, ids=[f"{f[0]}>{f[1]}"[:60] for f in HEAD_FAULTS])
def test_a_fault_in_the_head_is_named_with_its_line(old: str, new: str, fault: str, at: str) -> None:
    text = changed(f"\n{old}", f"\n{new}") if DOSSIER.count(old) > 1 else changed(old, new)
    found = refusal(text)
    assert fault in found.fault
    assert str(found).startswith(f"a.md, line {line_of(at, text)}: ")


@pytest.mark.parametrize("key", ["id", "platforms", "date", "title", "confidence"])
def test_a_missing_key_is_named(key: str) -> None:
    lines = [line for line in DOSSIER.split("\n") if not line.startswith(f"{key}:")]
    assert f"a.md, line 1: '{key}' " in str(refusal("\n".join(lines)))


def test_missing_sources_are_named() -> None:
    before, rest = DOSSIER.split("sources:\n")
    assert "'sources' is missing or empty; name at least one" in str(refusal(f"{before}---{rest.split('---')[1]}"))


def test_a_source_that_no_line_cites_is_named() -> None:
    found = refusal(changed("[gazette; radio]", "[gazette]").replace("[*]", "[gazette]"))
    assert found.line == line_of("radio: {", DOSSIER)
    assert found.fault == "no line cites the source 'radio'; cite it or take it out"


@pytest.mark.parametrize("key", ["title: a", "title: b\ntitle: c"])
def test_a_key_that_stands_twice_is_refused(key: str) -> None:
    assert "stands twice" in str(refusal(changed("confidence: high", f"confidence: high\n{key}")))


def test_a_dossier_without_lines_is_refused() -> None:
    assert "has no lines; add at least 'What happened'" in str(refusal(DOSSIER[: DOSSIER.index("## What happened")]))


LINE_FAULTS = [
    ("Twitter suspended 240 accounts.", "names no source; end it with [key]"),
    ("Twitter suspended 240 accounts. []", "names no source"),
    ("Twitter suspended 240 accounts. [gazette, blog]", "names no source"),
    ("Twitter suspended 240 accounts. [gazete]", "'gazete' is not among the sources; add it or mend the key"),
    ("Twitter suspended 240 accounts. [gazette; gazette]", "names a source twice; take one out"),
    ("[gazette]", "says nothing; write the fact before its sources"),
    ("word " * (LINE_WORDS + 1) + "[gazette]", f"longer than {LINE_WORDS} words; split it"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fault"), LINE_FAULTS, ids=[line[-30:] for line, _ in LINE_FAULTS])
def test_a_fault_in_a_line_is_named_with_its_line(line: str, fault: str) -> None:
    found = refusal(changed("Twitter suspended 240 accounts of knitting clubs. [gazette]", line))
    assert fault in found.fault
    assert str(found).startswith(f"a.md, line {line_of('## What happened', DOSSIER) + 1}: ")


SPEAKER_FAULTS = [
    ("Called it careless.", "names no speaker; begin it with 'Name: '"),
    (": Called it careless.", "names no speaker"),
    ("Ned Loom (weaver: Called it careless.", "names no speaker"),
    ("Ned Loom:", "says nothing; write the fact"),
    ("Ned Loom, 2019-02-30: Called it careless.", "'2019-02-30' is no date; write 2018-10-11"),
    ("Ned Loom, 12: Called it careless.", "'12' is no date"),
    ("Ned Loom, 2019-3-4: Called it careless.", "'2019-3-4' is no date"),
    ("@ned (Ned Loom), 2019-13: Called it careless.", "'2019-13' is no date"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "fault"), SPEAKER_FAULTS, ids=[line for line, _ in SPEAKER_FAULTS])
def test_a_fault_in_a_speaker_is_named_with_its_line(line: str, fault: str) -> None:
    text = DOSSIER + f"## Critics\n- {line} [gazette]\n"
    found = refusal(text)
    assert fault in found.fault
    assert found.line == line_of("## Critics", text) + 1


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("## What they said", "unknown heading 'What they said'; the headings are What happened"),
        ("## what happened", "unknown heading 'what happened'"),
        ("## What happened", "the heading 'What happened' stands twice; join the two"),
        ("### Critics", "must begin with '- ' or '## '"),
        ("* A line. [gazette]", "must begin with '- ' or '## '"),
        ("  and more of it. [gazette]", "must begin with '- ' or '## '"),
    ],
)
def test_a_fault_between_lines_is_named_with_its_line(lines: str, fault: str) -> None:
    found = refusal(DOSSIER + lines + "\n")
    assert fault in found.fault
    assert found.line == DOSSIER.count("\n") + 1


def test_a_line_before_the_first_heading_is_refused() -> None:
    assert "before the first heading; move it under one" in str(refusal(changed("## What happened\n", "")))


@pytest.mark.parametrize("key", ["id", "platforms", "sources", "reason"])
def test_a_key_that_no_article_has_makes_a_dossier(key: str) -> None:
    assert is_dossier(FrontMatter({key: "x"}, 0))


def test_an_articles_head_makes_no_dossier() -> None:
    assert not is_dossier(None)
    assert not is_dossier(FrontMatter({"title": "x", "date": "2018"}, 0))


@pytest.mark.parametrize(("old", "key"), [("date: 2019-03-04\n", "date"), ("date_end: 2019-03\n", "date_end")])
def test_the_date_of_an_event_has_a_year(old: str, key: str) -> None:
    with pytest.raises(BadDocument, match=f"'{key}' is '--03-04', which is no date"):
        read(changed(old, f"{key}: --03-04\n"))


def test_a_long_value_is_shortened_in_the_message() -> None:
    with pytest.raises(BadDocument, match="is no whole number") as caught:
        read(changed("confidence: high\n", f"confidence: high\naccounts: {'x' * 100_000}\n"))
    assert len(str(caught.value)) < 300
