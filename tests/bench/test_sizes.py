"""A made-up library is made once, and holds the shipped dossiers among its passages."""

from pathlib import Path

import pytest

from corpus import SHIPPED
from corpus.readers import list_files
from index.library import Library
from tests.bench.sizes import PASSAGES_FROM, STAMP, Place, build
from tests.conftest import HashedWords


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the smallest made-up library."""
    place = Place(tmp_path_factory.mktemp("bench"))
    build(PASSAGES_FROM, place, HashedWords())
    return place.data(PASSAGES_FROM)


def test_the_dossiers_lie_among_the_made_up_passages(data: Path) -> None:
    library = Library(data, HashedWords)
    status, found = library.status(), library.search("Alex Jones Infowars", 5)
    library.close()
    assert status.passages > PASSAGES_FROM
    assert status.vectors_pending == 0
    assert {path.stem for path in list_files(SHIPPED)} & {one.document_id for one in found}


def test_what_is_there_is_not_made_again(data: Path) -> None:
    before = (data / STAMP).stat().st_mtime_ns
    build(PASSAGES_FROM, Place(data.parent), HashedWords())
    assert (data / STAMP).stat().st_mtime_ns == before


def test_what_other_code_made_is_made_again(data: Path) -> None:
    (data / STAMP).write_text("{}", encoding="ascii")
    build(PASSAGES_FROM, Place(data.parent), HashedWords())
    assert "model" in (data / STAMP).read_text(encoding="ascii")
