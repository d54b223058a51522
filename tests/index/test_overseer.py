"""Rulings: what they hide stays hidden through every change, what they say is shown wherever the thing is cited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.readers import read_file
from index.errors import BadRuling, UnknownDocument
from index.library import Library
from index.rulings import Action, Ruling, Target

EVENT = "twitter-knitters-2019-03"
KNIT = "how many followers did the knitting club lose?"


def shown(library: Library, question: str = KNIT, scope: str = "") -> str:
    """Return all that a library says to a question."""
    return " ".join(claim.text for claim in library.ask(question, scope).claims)


def test_a_hidden_statement_is_cited_no_more(library: Library) -> None:
    assert "900 followers" in shown(library)
    ruled = library.hide(Target.STATEMENT, "the club lost  900 followers", "ops", document_id=EVENT)
    assert (ruled.documents, ruled.statements) == ((EVENT,), 1)
    assert "900 followers" not in shown(library)
    assert all("900" not in one.hit.passage.text for one in library.search("followers lost", 10))


def test_a_hidden_document_is_in_no_count(library: Library) -> None:
    before = library.status()
    library.hide(Target.DOCUMENT, EVENT, "ops")
    after = library.status()
    assert (after.documents, after.sources) == (before.documents - 1, before.sources - 2)
    assert library.timeline() == []
    assert library.suggest_handles("pur") == []
    with pytest.raises(UnknownDocument):
        library.show(EVENT)
    assert "knitting" not in shown(library, "who removed kite makers and knitting clubs?")


def test_a_hidden_person_takes_their_handle_along(library: Library) -> None:
    ruled = library.hide(Target.PERSON, "Purl  Queen", "ops")
    assert [(one.target, one.value) for one in ruled.rulings] == [
        (Target.PERSON, "Purl Queen"), (Target.HANDLE, "purlqueen"),
    ]  # fmt: skip
    assert not library.handle("purlqueen").known


@pytest.mark.parametrize("full", [False, True])
def test_what_is_hidden_stays_hidden_through_a_reindex(library: Library, folder: Path, full: bool) -> None:
    library.hide(Target.HANDLE, "@KiteKate", "ops")
    (folder / "kites.txt").write_text((folder / "kites.txt").read_text().replace("55 pages", "56 pages"))
    library.reindex([folder], "ops", full=full)
    assert "56 pages" in shown(library, "how many pages of kite makers did Facebook remove?")
    assert not library.handle("kitekate").known


def test_what_is_added_later_is_hidden_as_well(library: Library, tmp_path: Path) -> None:
    library.hide(Target.HANDLE, "kitekate", "ops")
    path = tmp_path / "more.txt"
    path.write_text("More kites\n\nWinds are good — Kite Kate (@kitekate) May 9, 2020\n")
    library.add(read_file(path), "f", "mod", "7")
    assert not library.handle("kitekate", "7").known


def test_a_document_that_comes_back_comes_back_without_what_was_hidden_meanwhile(library: Library) -> None:
    library.remove("kites", "mod")
    library.hide(Target.HANDLE, "kitekate", "ops")
    library.undo("mod", number=2)
    assert "55 pages" in shown(library, "how many pages of kite makers did Facebook remove?")
    assert not library.handle("kitekate").known
    library.lift(1, "ops")
    assert library.handle("kitekate").known


def test_lifting_gives_back_letter_by_letter(library: Library) -> None:
    before = library.show("kites").document
    [ruling] = library.hide(Target.HANDLE, "kitekate", "ops").rulings
    library.lift(ruling.number, "ops")
    assert library.show("kites").document == before
    assert library.rulings() == []


def test_a_ruling_is_undone_like_any_change(library: Library) -> None:
    library.hide(Target.PERSON, "Kite Kate", "ops")
    assert library.undo("ops").changed == ("kites",)
    assert library.handle("kitekate").known
    library.undo("ops")
    assert not library.handle("kitekate").known


def test_two_rulings_on_one_document_are_lifted_one_by_one(library: Library) -> None:
    first = library.hide(Target.HANDLE, "kitekate", "ops").rulings[0]
    library.hide(Target.HANDLE, "kitefest", "ops")
    library.lift(first.number, "ops")
    assert library.handle("kitekate").known
    assert not library.handle("kitefest").known


def test_a_server_hides_for_itself_alone(library: Library) -> None:
    library.hide(Target.DOCUMENT, EVENT, "mod", "7")
    assert library.timeline("7") == []
    assert "900 followers" not in shown(library, scope="7")
    assert "900 followers" in shown(library, scope="8")
    assert len(library.timeline()) == 1
    library.forget_scope("7", "left")
    assert len(library.timeline("7")) == 1


def test_a_server_undoes_what_it_added_though_some_of_it_was_hidden_since(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "more.txt"
    path.write_text("More kites\n\nWinds are good — Kite Kate (@kitekate) May 9, 2020\n")
    library.add(read_file(path), "f", "mod", "7")
    library.hide(Target.HANDLE, "kitekate", "ops")
    assert library.undo("mod", "7").removed == ("more",)


@pytest.mark.parametrize("action", [Action.CORRECTION, Action.REPLY])
def test_a_note_is_shown_wherever_the_thing_is_cited(library: Library, action: Action) -> None:
    library.annotate(Ruling(0, "", action, Target.HANDLE, "@purlqueen", text=" It was  90. ", author="Ann"), "ops")
    claim = next(one for one in library.ask(KNIT).claims if "900 followers" in one.text)
    [note] = claim.notes
    assert (note.kind, note.text) == (action, "It was 90.")
    assert library.handle("purlqueen").authored[0].notes == claim.notes
    assert [one.notes for one in library.show(EVENT).statements if "900" in one.text] == [claim.notes]
    assert [one.claim.notes for one in library.recall([claim]).recalled if one] == [claim.notes]


@pytest.mark.parametrize(
    ("target", "value"),
    [
        (Target.DOCUMENT, EVENT), (Target.STATEMENT, "900 followers"),
        (Target.PERSON, "purl queen"), (Target.HANDLE, "purlqueen"),
    ],
)  # fmt: skip
def test_a_note_stands_by_each_kind_of_thing(library: Library, target: Target, value: str) -> None:
    library.annotate(Ruling(0, "", Action.CORRECTION, target, value, document_id=EVENT, text="It was 90."), "ops")
    noted = [one for one in library.show(EVENT).statements if one.notes]
    assert len(noted) == (len(library.show(EVENT).statements) if target is Target.DOCUMENT else 1)


def test_a_note_outlives_a_reindex(library: Library, folder: Path) -> None:
    library.annotate(Ruling(0, "", Action.CORRECTION, Target.DOCUMENT, "kites", text="It was 50."), "ops")
    library.reindex([folder], "ops", full=True)
    assert all(one.notes for one in library.show("kites").statements)


def bad(library: Library, make: Callable[[], object]) -> str:
    revision = library.status().revision
    with pytest.raises((BadRuling, UnknownDocument)) as caught:
        make()
    assert library.status().revision == revision
    return str(caught.value)


def test_rulings_that_name_nothing_or_too_much_are_refused(library: Library) -> None:
    words = {"document_id": EVENT}
    assert "no statement" in bad(library, lambda: library.hide(Target.STATEMENT, "moon base", "ops", **words))
    assert "statements of" in bad(library, lambda: library.hide(Target.STATEMENT, "knitting clubs", "ops", **words))
    assert "no statement" in bad(library, lambda: library.hide(Target.STATEMENT, " ", "ops", **words))
    assert "is no handle" in bad(library, lambda: library.hide(Target.HANDLE, "@", "ops"))
    assert "is no handle" in bad(library, lambda: library.hide(Target.HANDLE, "two words", "ops"))
    assert "is no person" in bad(library, lambda: library.hide(Target.PERSON, "x", "ops"))
    assert "nosuch" in bad(library, lambda: library.hide(Target.DOCUMENT, "nosuch", "ops"))
    assert "no ruling 9" in bad(library, lambda: library.lift(9, "ops"))


def test_a_ruling_is_not_made_twice(library: Library) -> None:
    library.hide(Target.HANDLE, "kitekate", "ops")
    assert "ruling 1 does that already" in bad(library, lambda: library.hide(Target.HANDLE, "KITEKATE", "ops"))


def test_a_note_without_words_or_author_is_refused(library: Library) -> None:
    empty = Ruling(0, "", Action.CORRECTION, Target.HANDLE, "kitekate", text=" ")
    assert "0 characters" in bad(library, lambda: library.annotate(empty, "ops"))
    nobody = Ruling(0, "", Action.REPLY, Target.HANDLE, "kitekate", text="No.")
    assert "name who replies" in bad(library, lambda: library.annotate(nobody, "ops"))


def test_hiding_embeds_only_what_reads_otherwise(library: Library, embedder: object) -> None:
    before = embedder.embedded  # type: ignore[attr-defined]
    library.hide(Target.HANDLE, "kitekate", "ops")
    passages = library.status().passages
    assert 0 < embedder.embedded - before < passages  # type: ignore[attr-defined]
    library.lift(1, "ops")
    assert embedder.embedded - before < passages  # type: ignore[attr-defined]


def test_a_name_is_found_in_what_is_held_whatever_its_apostrophe(library: Library, tmp_path: Path) -> None:
    (tmp_path / "spoons.txt").write_text("Spoons\n\nReddit banned 12 forums, Conor O’Brien of Leeds said.\n")
    library.add(read_file(tmp_path / "spoons.txt"), "f", "mod")
    assert library.hide(Target.PERSON, "Conor O'Brien", "ops").documents == ("spoons",)
    assert "Brien" not in library.show("spoons").document.text


def test_a_name_in_the_name_of_a_file_alone_is_hidden(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "pat-coop.txt"
    path.write_text("Spoons\n\nReddit banned 12 forums, the club said.\n")
    library.add(read_file(path), "f", "mod")
    assert library.hide(Target.PERSON, "Pat Coop", "ops").documents == ("pat-coop",)
