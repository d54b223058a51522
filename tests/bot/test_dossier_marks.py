"""Keys, dashes and headings of a dossier become what a reader can follow; nothing else is touched."""

import pytest

from bot.dossier_marks import marks_in, names_of
from corpus.source import Source

NAMES = {"gazette": "1", "blog": "Wool Blog", "*": "all"}


def shown(text):
    """Put the marks in their places."""
    parts, at = [], 0
    for (start, end), mark in sorted(marks_in(text, NAMES).items()):
        parts += [text[at:start], mark]
        at = end
    return "".join([*parts, text[at:]])


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("One. [gazette]\n- Two.", "- One. \\[1\\]\n- Two."),
        ("One. [gazette; blog]", "- One. \\[1\\] \\[Wool Blog\\]"),
        ("One. [*]", "- One. \\[all\\]"),
        ("One. [gazette]\n## Critics\n- Two.", "- One. \\[1\\]\n__Critics__\n- Two."),
        ("One. [other]", "- One. [other]"),
        ("One [gazette] goes on.", "- One [gazette] goes on."),
        ("One - two.", "- One - two."),
        ("One.\n## No heading of a dossier", "- One.\n## No heading of a dossier"),
    ],
)
def test_what_is_ours_is_shown_otherwise(text, seen):
    assert shown(text) == seen


def test_a_listed_source_is_its_number_and_another_its_publisher():
    sources = [Source("knit/gazette", "The Gazette"), Source("knit/blog", "Wool Blog (copy)")]
    assert names_of(sources, {"knit/gazette": 2}) == {
        "gazette": "2",
        "blog": "Wool Blog",
        "*": "this dossier's sources",
    }


def test_a_publishers_name_is_data():
    names = names_of([Source("knit/evil", "@everyone [x](https://evil.example)")], {})
    (mark,) = [mark for mark in marks_in("One. [evil]", names).values() if mark != "- "]
    assert mark == "\\[\\@everyone \\[x\\](https\\:\\/\\/evil.example)\\]"
