"""The detector of languages, cut down to what is needed, says what the whole one says."""

from typing import Any

import pytest

from index.language import LANGUAGES, _identifier

QUESTIONS = [
    "why were Occupy accounts suspended?",
    "warum wurden die Konten von Occupy gesperrt?",
    "pourquoi ces comptes ont-ils été suspendus ?",
    "なぜアカウントが停止されたのか",
    "QANON 2020",
    "123",
]


@pytest.fixture(scope="module")
def whole() -> Any:
    """Return the whole detector, told to choose among the same languages."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(LANGUAGES)
    return found


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_detector_says_what_the_whole_one_says(question: str, whole: Any) -> None:
    assert _identifier().rank(question) == whole.rank(question)
