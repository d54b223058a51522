"""Words for a time that no calendar tells, such as `before the midterms` -> whether a text names the occasion."""

from collections.abc import Iterable

from index.lexical import stem_set, stems
from index.question import Question

LEADING = ("before", "after", "during", "since", "until", "around", "by", "ahead of")
"""How a time begins that is told by an occasion."""
BESIDE = frozenset(stems(" ".join([*LEADING, "the his her their last next us"])))
"""What stands beside the occasion."""
PROPER = frozenset(stems("olympics christmas easter ramadan world cup super bowl"))


def untold_times(question: Question, texts: Iterable[str]) -> tuple[str, ...]:
    """List the question's words for times, such as `before the midterms`, that no text shown has."""
    held = occasions_in(" ".join(texts))
    return tuple(phrase for phrase in question.vague if not (occasion := occasion_of(phrase)) or not occasion <= held)


def occasion_of(phrase: str) -> frozenset[str]:
    """Return the stems of the occasion that a time is told by; none for `lately`: nobody knows when that was."""
    return frozenset(stems(phrase)) - BESIDE if phrase.lower().startswith(LEADING) else frozenset()


def occasions_in(text: str) -> frozenset[str]:
    """Return the stems of a text's words but for names, which name no occasion: `Unicorn Riot`."""
    return stem_set(" ".join(word for word in text.split() if word[0].islower() or PROPER & stem_set(word)))
