"""What was read of one state of the catalog is kept until the next change, and no longer."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import event

from index.catalog import SHARED, Catalog
from index.kept import MOST, MOST_KINDS, Kept, Memory
from index.library import Library

ASKED = "why did Twitter suspend accounts of knitting clubs?"


class Shelf:
    """Numbers and their squares; notes what was read."""

    def __init__(self) -> None:
        self.read: list[int] = []

    def squares(self, numbers: Sequence[int]) -> dict[int, int]:
        self.read += numbers
        return {number: number**2 for number in numbers if number >= 0}


def test_what_is_kept_is_not_read_again() -> None:
    kept, shelf = Kept(), Shelf()
    assert kept.many("squares", [3, 1], shelf.squares) == {3: 9, 1: 1}
    assert list(kept.many("squares", [2, 1, 3, 2], shelf.squares).items()) == [(2, 4), (1, 1), (3, 9)]
    assert shelf.read == [3, 1, 2]


def test_what_is_not_there_is_left_out_and_asked_for_again() -> None:
    kept, shelf = Kept(), Shelf()
    assert kept.many("squares", [-1, 2], shelf.squares) == {2: 4}
    assert kept.many("squares", [-1, 2], shelf.squares) == {2: 4}
    assert shelf.read == [-1, 2, -1]


def test_kinds_stay_apart() -> None:
    kept, shelf = Kept(), Shelf()
    kept.many("squares", [1], shelf.squares)
    kept.many("others", [1], shelf.squares)
    assert shelf.read == [1, 1]


def test_more_than_there_is_room_for_pushes_out_what_was_kept_first() -> None:
    kept, shelf = Kept(), Shelf()
    kept.many("squares", range(MOST), shelf.squares)
    assert kept.many("squares", [0, MOST], shelf.squares) == {0: 0, MOST: MOST**2}
    kept.many("squares", range(MOST + 1, 2 * MOST), shelf.squares)
    kept.many("squares", [1], shelf.squares)
    assert shelf.read[MOST:] == list(range(MOST, 2 * MOST))
    kept.many("squares", [2 * MOST, 1, MOST], shelf.squares)
    assert shelf.read[2 * MOST :] == [2 * MOST]
    kept.many("squares", [1], shelf.squares)
    assert shelf.read[2 * MOST + 1 :] == [1]


def test_who_reads_more_than_there_is_room_for_keeps_nothing_and_pushes_nothing_out() -> None:
    kept, shelf = Kept(), Shelf()
    kept.many("squares", [1], shelf.squares)
    assert len(kept.many("squares", range(2, MOST + 3), shelf.squares)) == MOST + 1
    kept.many("squares", [1, 2], shelf.squares)
    assert shelf.read[MOST + 2 :] == [2]


def test_more_kinds_than_there_is_room_for_push_out_what_was_kept() -> None:
    kept, shelf = Kept(), Shelf()
    for kind in range(MOST_KINDS + 1):
        assert kept.many(kind, [kind], shelf.squares) == {kind: kind**2}
    kept.many(MOST_KINDS, [MOST_KINDS], shelf.squares)
    kept.many(0, [0], shelf.squares)
    assert shelf.read[MOST_KINDS:] == [MOST_KINDS, 0]


def test_another_state_lets_go_of_what_was_kept_of_the_one_before() -> None:
    memory = Memory()
    first = memory.of(1)
    assert memory.of(1) is first
    assert memory.of(2) is not first
    assert memory.of(1) is not first


def test_a_change_by_another_process_is_seen_at_once(library: Library, tmp_path: Path) -> None:
    def seen() -> set[str]:
        with library._catalog.read() as snapshot:
            rows = [stored.row for stored in snapshot.documents([SHARED])]
            ids = [one.passage_id for one in snapshot.statements_of_documents(rows)]
            passages = snapshot.passages(ids, [SHARED]).values()
            return {stored.id for stored in snapshot.documents_in([one.document_row for one in passages]).values()}

    before = seen()
    other = Catalog(library._catalog.url)
    with other.read() as snapshot:
        [kites] = snapshot.documents_named(["kites"], [SHARED])
    with other.write("test", SHARED, "remove") as change:
        change.remove(kites.row)
    other.close()
    assert before - seen() == {"kites"}


def test_nothing_is_kept_within_a_change(library: Library) -> None:
    with library._catalog.write("test", SHARED, "note") as change:
        assert change.meta("word") is None
        change.set_meta("word", "yes")
        assert change.meta("word") == "yes"
        change.set_meta("word", "no")
        assert change.meta("word") == "no"


def test_a_question_looks_at_one_state_and_once_more_before_its_claims_go_out(library: Library) -> None:
    library.ask(ASKED)
    begun: list[object] = []
    event.listen(library._catalog._database.engine, "begin", begun.append)
    assert library.ask(ASKED).claims
    assert len(begun) == 2
