"""What is counted once for each version of a document adds up to what the tables hold."""

from pathlib import Path

from sqlalchemy import func, select

from corpus.readers import read_file
from index import schema as t
from index.catalog import SHARED
from index.counts import Counts, count
from index.embed import Embedder
from index.intake import ADDED, as_indexed, embed, no_progress
from index.library import Library
from index.rulings import Target
from index.snapshot import Snapshot


def counted(library: Library, scope: str = SHARED) -> Counts:
    with library._catalog.read() as snapshot:
        return count(snapshot, [SHARED, scope], snapshot.meta("model"))


def by_hand(snapshot: Snapshot) -> tuple[int, ...]:
    return tuple(
        snapshot.rows(
            select(func.count()).select_from(table.join(t.documents)).where(t.documents.c.removed_revision.is_(None))
        )[0][0]
        for table in (t.sources, t.statements, t.passages)
    )


def test_counts_are_those_of_the_tables_whatever_comes_and_goes(library: Library, folder: Path) -> None:
    (folder / "spoons.txt").write_text("Reddit banned 12 forums about spoons in 2011, it said.", encoding="utf-8")
    for change in (
        lambda: library.reindex([folder], "test"),
        lambda: library.remove("kites", "test"),
        lambda: library.undo("test"),
        lambda: library.hide(Target.HANDLE, "kitekate", "test"),
        lambda: library.reindex([folder], "test", full=True),
    ):
        change()
        found = counted(library)
        with library._catalog.read() as snapshot:
            assert (found.sources, found.statements, found.passages) == by_hand(snapshot)


def test_what_a_server_hides_is_not_counted_for_it(library: Library) -> None:
    library.hide(Target.DOCUMENT, "kites", "test", "7")
    assert counted(library, "7").passages < counted(library).passages
    assert (counted(library, "7").documents, counted(library).documents) == (1, 2)


def test_passages_whose_vectors_are_still_to_come_are_pending_until_they_come(
    library: Library, folder: Path, embedder: Embedder
) -> None:
    (folder / "spoons.txt").write_text("Reddit banned 12 forums about spoons in 2011, it said.", encoding="utf-8")
    indexed = as_indexed(read_file(folder / "spoons.txt"), "f", ADDED, SHARED, [])
    with library._catalog.write("test", SHARED, "add") as change:
        change.add(indexed)
    assert counted(library).vectors_pending == len(indexed.passages) == 1
    embed([indexed], embedder, library._catalog, no_progress)
    assert counted(library).vectors_pending == 0
