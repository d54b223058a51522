"""`faults` finds each broken invariant, and a document of running text can be given another id."""

from dataclasses import replace

import pytest

from corpus.document import Document, Kind, Statement, Voice, faults
from corpus.source import Event, Source

TEXT = "Head\nOne says two. Three.\n"
FIRST = Statement(5, 18, 5, 18, Kind.NARRATION, Voice.REPORTER, ("kites",))
SECOND = replace(FIRST, start=19, end=25, block_start=19, block_end=25)
SOUND = Document("kites", TEXT, 5, len(TEXT), (Source("kites"),), (FIRST, SECOND))


def with_statements(*statements: Statement) -> Document:
    return replace(SOUND, statements=statements)


def test_a_sound_document_has_no_faults() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (6, 5), (0, len(TEXT) + 1)])
def test_a_body_outside_the_text_is_found(start: int, end: int) -> None:
    assert "the body lies outside the text" in faults(replace(SOUND, body_start=start, body_end=end, statements=()))


def test_an_empty_statement_is_found() -> None:
    assert "statement 0 is empty" in faults(with_statements(replace(FIRST, end=5)))


@pytest.mark.parametrize("change", [{"block_start": 6}, {"block_end": 17}])
def test_a_statement_outside_its_block_is_found(change: dict[str, int]) -> None:
    assert "statement 0 leaves its block" in faults(with_statements(replace(FIRST, **change)))


@pytest.mark.parametrize("change", [{"block_start": 4}, {"block_end": len(TEXT) + 1}])
def test_a_block_outside_the_body_is_found(change: dict[str, int]) -> None:
    assert faults(with_statements(replace(FIRST, **change))) == ["statement 0 leaves the body"]


def test_an_overlap_is_found() -> None:
    late = replace(SECOND, start=14, block_start=14)
    assert faults(with_statements(FIRST, late)) == ["statement 1 overlaps the one before"]


def test_a_wrong_order_is_found() -> None:
    assert faults(with_statements(SECOND, FIRST)) == ["statement 1 overlaps the one before"]


@pytest.mark.parametrize("ids", [(), ("other",), ("kites", "other")])
def test_a_statement_without_a_known_source_is_found(ids: tuple[str, ...]) -> None:
    assert faults(with_statements(replace(FIRST, source_ids=ids))) == ["statement 0 has no known source"]


@pytest.mark.parametrize("change", [{"start": 8}, {"end": 14}])
def test_white_space_at_an_end_is_found(change: dict[str, int]) -> None:
    assert faults(with_statements(replace(FIRST, **change))) == ["statement 0 begins or ends with white space"]


def test_with_id_renames_the_document_its_source_and_their_use() -> None:
    renamed = SOUND.with_id("kites-2")
    assert (renamed.id, renamed.sources[0].id, renamed.statements[0].source_ids) == ("kites-2", "kites-2", ("kites-2",))


def test_with_id_leaves_text_and_spans() -> None:
    renamed = SOUND.with_id("kites-2")
    assert faults(renamed) == []
    assert (renamed.text, [(s.start, s.end) for s in renamed.statements]) == (TEXT, [(5, 18), (19, 25)])


def test_only_what_defines_an_event_is_a_dossier() -> None:
    event = Event("kites-2020", ("Facebook",), "2020", "Kites")
    assert not replace(SOUND, event_ids=("kites-2020",)).is_dossier
    assert replace(SOUND, events=(event,)).is_dossier


@pytest.mark.parametrize("kind", Kind)
def test_only_the_speakers_own_words_are_a_quotation(kind: Kind) -> None:
    assert kind.is_quotation == (kind in (Kind.POST, Kind.DIRECT))
