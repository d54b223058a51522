"""Question and passage -> how much of the question stands in the passage word for word.

It is read from the texts of the passages that share most words with the question, so that the index holds nothing for
it: what an index of word pairs would add is had at a fraction of a millisecond.
"""

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from index.question import Question

READ = 30
"""Passages that are read, those with most words of the question first. 20 found as much, 15 less (measured)."""
FREE_WORDS = 3
"""Runs of so many words stand in any text."""
KEPT = 1024
"""Passages whose words are kept from one question to the next."""
RUN_WEIGHT, QUOTED_WEIGHT = 0.1, 0.5
"""Bonus for each further word of the longest run, of the question as a whole and of what stands in quotation marks; a
passage's whole score without it is 1 at most. Measured: see tests/gate/HISTORY.md."""

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")
"""As `index/lexical.py` splits words, whose analyser takes twice the time."""
MARKS = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words in order, and those of each phrase that it quotes."""

    words: tuple[str, ...]
    quoted: tuple[tuple[str, ...], ...]

    def runs(self, text: str) -> tuple[int, int]:
        """Count the words beyond `FREE_WORDS` of the longest run in a text: of all words, and of the quoted ones."""
        held, words = _plain(text)
        quoted = max(beyond_free(phrase, held, words) for phrase in self.quoted) if self.quoted else 0
        return beyond_free(self.words, held, words), quoted

    def bonus(self, text: str) -> float:
        """Say how much a passage gains by its wording."""
        run, quoted = self.runs(text)
        return RUN_WEIGHT * run + QUOTED_WEIGHT * quoted


def wording_of(question: Question) -> Wording:
    """Take a question apart into words."""
    return Wording(tuple(words_of(question.text)), tuple(tuple(words_of(phrase)) for phrase in question.quoted))


def words_of(text: str) -> list[str]:
    """Split a text into lower-case words without accents, all kept, in order."""
    if not text.isascii():
        text = MARKS.sub("", unicodedata.normalize("NFKD", text))
    return WORD.findall(text.lower())


def beyond_free(words: Sequence[str], held: str, among: Set[str]) -> int:
    """Return by how many words the longest run of words that stands in a text exceeds `FREE_WORDS`.

    Args:
        held: the words of the text, a space before and behind each.
        among: the same words.
    """
    longest = FREE_WORDS
    for start in range(len(words) - FREE_WORDS):
        # mostly; cheaper than to join what is looked for
        if words[start + FREE_WORDS] not in among or words[start] not in among:
            continue
        while start + longest < len(words) and f" {' '.join(words[start : start + longest + 1])} " in held:
            longest += 1
    return longest - FREE_WORDS


@lru_cache(KEPT)
def _plain(text: str) -> tuple[str, frozenset[str]]:
    words = words_of(text)
    return f" {' '.join(words)} ", frozenset(words)
