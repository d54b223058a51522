"""Is a question in English, the one language that the model reads?"""

from collections.abc import Sequence
from functools import cache
from mmap import ACCESS_READ, mmap
from tempfile import TemporaryFile
from typing import Any

from index.engine import View
from index.lexical import exact_words, stems

LANGUAGES = "en de fr es pt it nl pl tr ru uk ar fa he hi zh ja ko sv da no fi cs ro hu el id vi".split()
UNLIKELY = 0.1
"""Probability of English below which a question is taken as foreign."""
ENGLISH = frozenset("why how what who whom whose when where which did does the were been have of and that".split())
"""Words that no question in another language of the list is likely to hold."""
KNOWN_SHARE = 0.6
"""Names and slang look foreign to a detector; a question mostly of words that the corpus knows is taken as English."""


def is_foreign(text: str, views: Sequence[View]) -> bool:
    """Say whether a question is in another language than English."""
    words = exact_words(text)
    if ENGLISH.intersection(words):
        return False
    telling = [found[0] for found in map(stems, words) if found]
    known = sum(any(view.count(stem) for view in views) for stem in telling)
    if not telling or known / len(telling) >= KNOWN_SHARE:
        return False
    english = dict(_identifier().rank(text)).get("en", 0.0)
    return bool(english <= UNLIKELY)


def load_languages() -> None:
    """Load now what the first question in doubt would wait for, some 0.8 s."""
    _identifier()


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
    from py3langid.modelio import load_model

    chances, priors, languages, moves, rows, found = load_model(MODEL_DIR / MODEL_FILE)
    kept = [place for place, language in enumerate(languages) if language in LANGUAGES]
    return LanguageIdentifier(
        chances[:, kept], priors[kept], [languages[place] for place in kept], _set_aside(moves), found,
        norm_probs=True, tk_row=rows,
    )  # fmt: skip


def _set_aside(table: Any) -> Any:
    """Put an array into a file without a name, whose pages the system reads as they are looked at and may take back.

    The detector's table has 40 MB, and few questions come to it.
    """
    with TemporaryFile() as file:
        table.tofile(file)
        file.flush()
        whole = mmap(file.fileno(), 0, access=ACCESS_READ)
    return memoryview(whole).cast(table.typecode)
