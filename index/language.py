"""Is a question in English, the one language that the model reads?"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from index.engine import View
from index.lexical import exact_words, stems

LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "tr",
    "ru",
    "uk",
    "ar",
    "fa",
    "he",
    "hi",
    "zh",
    "ja",
    "ko",
    "sv",
    "da",
    "no",
    "fi",
    "cs",
    "ro",
    "hu",
    "el",
    "id",
    "vi",
]
SURE = 0.9
KNOWN_SHARE = 0.6
"""Names and slang look foreign to a detector; a question mostly of words that the corpus knows is taken as English."""


def is_foreign(text: str, views: Sequence[View]) -> bool:
    """Say whether a question is in another language than English."""
    words = exact_words(text)
    known = sum(_is_known(word, views) for word in words)
    if not words or known / len(words) >= KNOWN_SHARE:
        return False
    language, probability = _identifier().classify(text)
    return bool(language != "en" and probability >= SURE)


def _is_known(word: str, views: Sequence[View]) -> bool:
    found = stems(word)
    return not found or any(view.count(found[0]) for view in views)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads its model

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier
