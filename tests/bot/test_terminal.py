"""What the terminal shows of sources steers no terminal and hides nothing."""

from dataclasses import replace

import pytest

from bot.terminal import show_document, show_documents, show_handle, show_hits, show_log, show_status, show_timeline
from index.holdings import Found

HOSTILE = "A\u202eb\x9b31m\x1b]0;owned\x07"
SHOWN = ("⟨U+202E⟩", "⟨U+009B⟩", "⟨U+001B⟩")


def shown_documents(library):
    [(stored, sources)] = [one for one in library.documents() if one[0].id == "kites"]
    show_documents([(replace(stored, title=HOSTILE), tuple(replace(one, author=HOSTILE) for one in sources))])


def shown_document(library):
    shown = library.show("kites")
    show_document(replace(shown, document=replace(shown.document, text=HOSTILE)))


def shown_handle(library):
    page = library.handle("kitekate")
    show_handle(replace(page, authored=tuple(replace(one, text=HOSTILE) for one in page.authored)))


def shown_hits(library):
    [found, *_] = library.search("kites", 1)
    show_hits([Found(replace(found.hit, passage=replace(found.hit.passage, text=HOSTILE)), found.document_id, ())])


def shown_log(library):
    show_log([replace(one, actor=HOSTILE) for one in library.log()])


def shown_timeline(library):
    show_timeline([replace(one, title=HOSTILE) for one in library.timeline()])


def shown_status(library):
    status = library.status()
    show_status(replace(status, last_change=replace(status.last_change, actor=HOSTILE)))


SHOWS = [shown_documents, shown_document, shown_handle, shown_hits, shown_log, shown_status, shown_timeline]


def test_what_looks_like_markup_is_shown_as_it_is(library, capsys):
    show_status(replace(library.status(), model="/srv/[bold]/[/no]"))
    assert "/srv/[bold]/[/no]" in capsys.readouterr().out


@pytest.mark.parametrize("show", SHOWS)
def test_nothing_that_a_source_holds_steers_the_terminal(library, capsys, show):
    show(library)
    printed = "".join(capsys.readouterr().out.split())
    assert all(token in printed for token in SHOWN)
    assert not any(character in printed for character in HOSTILE if not character.isprintable())
