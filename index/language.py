"""Is a question in English, the one language that the model reads?"""

from collections.abc import Sequence
from functools import cache
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
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads its model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
