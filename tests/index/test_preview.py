"""A preview shows what adding would do, and adds nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document, Kind
from corpus.readers import read_file
from index.errors import UnknownDocument
from index.library import Library
from index.preview import SAMPLES, difference
from index.rulings import Target

EVENT = "twitter-knitters-2019-03"
WOOL = """Twitter locks out knitting clubs

5 March 2019

Purl Queen lost 900 followers when Twitter suspended 240 accounts of knitting clubs, The Gazette and Wool Blog wrote.

“It hurts us,” said @purlqueen.

See you on the hill @kitefest — Purl Queen (@purlqueen) May 5, 2020
"""
Write = Callable[..., Document]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, name: str = "wool.txt", url: str | None = None) -> Document:
        (tmp_path / "new").mkdir(exist_ok=True)
        path = tmp_path / "new" / name
        path.write_text(text, encoding="utf-8")
        document = read_file(path)
        return replace(document, path=None, sources=(replace(document.sources[0], url=url),)) if url else document

    return written


def test_a_preview_counts_and_proposes_and_changes_nothing(library: Library, write: Write) -> None:
    before = library.status()
    shown = library.preview(write(WOOL), "f", "")
    assert library.status() == before
    assert (shown.document.id, shown.replaces, shown.difference, shown.unchanged) == ("wool", None, None, False)
    assert shown.words == len(WOOL[WOOL.index("Purl") :].split())
    assert shown.kinds == {Kind.POST: 2, Kind.REPORTED: 1}
    assert shown.handles == ("purlqueen", "kitefest")
    assert [one.event_id for one in shown.proposals] == [EVENT]


def test_what_was_previewed_is_added_without_embedding_it_again(library: Library, write: Write, embedder: Any) -> None:
    shown = library.preview(write(WOOL), "f", "7")
    embedded = embedder.embedded
    assert library.add(write(WOOL), "f", "mod", "7").added == (shown.document.id,)
    assert embedder.embedded == embedded
    assert library.show("wool", "7").document == shown.document
    assert library.propose("wool", "7") == list(shown.proposals)


def test_the_first_document_of_all_can_be_previewed(open_library: Callable[[], Library], write: Write) -> None:
    shown = open_library().preview(write(WOOL), "f", "7")
    assert (shown.alike, shown.proposals) == ((), ())


def test_a_near_duplicate_is_named_with_its_share(library: Library, folder: Path, write: Write) -> None:
    copied = (folder / "kites.txt").read_text(encoding="utf-8") + "\nTwo more lines follow here, he said.\n"
    [alike] = library.preview(write(copied, "copy.txt"), "f", "").alike
    assert (alike.document_id, alike.title) == ("kites", "Facebook removes pages of kite makers")
    assert 0.8 < alike.share < 1
    assert library.preview(write(WOOL), "f", "").alike == ()


def test_another_servers_copy_is_never_named(library: Library, write: Write) -> None:
    library.add(write(WOOL), "f", "mod", "7")
    library.add(write(WOOL, "again.txt"), "f", "mod", "7")
    assert [one.document_id for one in library.preview(write(WOOL, "more.txt"), "f", "7").alike] == ["again", "wool"]
    for other in ("", "8"):
        shown = library.preview(write(WOOL), "f", other)
        assert (shown.alike, shown.replaces, shown.document.id) == ((), None, "wool")


def test_a_hidden_copy_is_not_named(library: Library, folder: Path, write: Write) -> None:
    library.hide(Target.DOCUMENT, "kites", "mod", "7")
    copied = (folder / "kites.txt").read_text(encoding="utf-8")
    assert library.preview(write(copied, "copy.txt"), "f", "7").alike == ()
    assert len(library.preview(write(copied, "copy.txt"), "f", "8").alike) == 1


def test_a_new_version_shows_what_changed_and_is_no_duplicate_of_the_old(library: Library, write: Write) -> None:
    library.add(write(WOOL), "f", "mod")
    shown = library.preview(write(WOOL.replace("240 accounts", "250 more accounts")), "g", "")
    assert (shown.replaces.id if shown.replaces else None, shown.alike, shown.unchanged) == ("wool", (), False)
    assert shown.difference is not None
    assert (shown.difference.added_words, shown.difference.removed_words) == (2, 1)
    assert [(one[0], "250 more" in one) for one in shown.difference.samples] == [("-", False), ("+", True)]


def test_the_same_version_is_unchanged_until_a_detail_changes(library: Library, write: Write) -> None:
    document = write(WOOL)
    library.add(document, "f", "mod", "7")
    library.link("wool", [EVENT], "mod", "7")
    assert library.preview(document, "f", "7").unchanged
    dated = replace(document, sources=(replace(document.sources[0], published="2019-03-06"),))
    shown = library.preview(dated, "f", "7")
    assert not shown.unchanged
    assert shown.difference is not None
    assert shown.difference.samples == ()


def test_a_page_is_known_by_its_address(library: Library, write: Write) -> None:
    library.add(write(WOOL, url="https://wool.example/a"), "f", "mod", "7")
    same, other = "https://wool.example/a", "https://wool.example/b"
    assert library.preview(write(WOOL, "b.txt", same), "f", "7").document.id == "wool"
    assert library.preview(write(WOOL, "b.txt", other), "f", "7").replaces is None
    assert library.preview(write(WOOL, "b.txt", same), "f", "8").replaces is None
    assert library.add(write(WOOL + "\nMore came, he said.\n", "b.txt", same), "g", "mod", "7").changed == ("wool",)


def test_what_is_hidden_shows_in_no_preview(library: Library, write: Write) -> None:
    library.hide(Target.HANDLE, "purlqueen", "ops")
    shown = library.preview(write(WOOL), "f", "")
    assert shown.handles == ()
    assert "purlqueen" not in shown.document.text
    library.add(write(WOOL), "f", "mod")
    assert library.preview(write(WOOL), "f", "").unchanged


def test_a_dossier_of_a_taken_id_is_refused_before_it_is_added(library: Library, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text((folder / f"{EVENT}.md").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(UnknownDocument, match="give this dossier its own"):
        library.preview(read_file(tmp_path / "other.md"), "f", "7")


def test_moved_sentences_are_no_difference_and_samples_are_few(write: Write) -> None:
    lines = [f"The club number {number} flew kites, it said." for number in range(20)]
    before, moved = write("\n\n".join(lines)), write("\n\n".join(reversed(lines)))
    assert (difference(before, moved).added_words, difference(before, moved).removed_words) == (0, 0)
    after = write("\n\n".join(line.replace("kites", "planes") for line in lines))
    assert len(difference(before, after).samples) == SAMPLES


def test_a_text_without_words_has_a_preview(library: Library, write: Write) -> None:
    shown = library.preview(write("!!! ??? ..."), "f", "")
    assert (shown.alike, shown.handles) == ((), ())


def test_a_dossier_without_a_file_is_known_by_its_id_and_never_takes_an_articles_place(
    library: Library, folder: Path, write: Write
) -> None:
    text = (folder / f"{EVENT}.md").read_text(encoding="utf-8").replace(EVENT, "own-event")
    own = replace(write(text, "own-event.md"), path=None)
    library.add(write(WOOL, "b.txt", own.sources[0].url), "f", "mod", "7")
    assert library.preview(own, "f", "7").replaces is None
    assert library.add(own, "f", "mod", "7").added == ("own-event",)
    assert library.preview(own, "f", "7").unchanged
    changed = replace(write(text.replace("900", "950"), "own-event.md"), path=None)
    assert library.add(changed, "g", "mod", "7").changed == ("own-event",)
    assert library.show("b", "7").document.text == WOOL
