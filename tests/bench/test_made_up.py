"""A made-up catalog is one that the library reads like any other."""

from pathlib import Path

from corpus.document import faults
from index.embed import Embedder
from index.library import Library
from tests.bench.made_up import PASSAGES_EACH, STATEMENTS_EACH, make


def test_a_made_up_catalog_can_be_searched_and_counts_what_it_holds(tmp_path: Path, embedder: Embedder) -> None:
    make(tmp_path / "data", 3 * PASSAGES_EACH, embedder)
    library = Library(tmp_path / "data", lambda: embedder)
    status = library.status()
    document = library.show("made-up-2")
    found = library.search(document.statements[4].text, 1)
    library.close()
    assert (status.documents, status.passages, status.vectors_pending) == (3, 3 * PASSAGES_EACH, 0)
    assert status.statements == 3 * PASSAGES_EACH * STATEMENTS_EACH
    assert faults(document.document) == []
    assert found[0].document_id == "made-up-2"
