"""Question and passage -> how much of the question stands in the passage word for word.

It is read from the texts of the passages that share most words with the question, so that the index holds nothing for
it: what an index of word pairs would add is had at a fraction of a millisecond.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.question import Question

READ = 30
"""Passages that are read, those with most words of the question first. 20 found as much, 15 less (measured)."""
FREE_WORDS = 3
"""Runs of so many words stand in any text."""
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
        pairs = set(pairwise(words_of(text)))
        quoted = max((longest_run(phrase, pairs) for phrase in self.quoted), default=0)
        return max(0, longest_run(self.words, pairs) - FREE_WORDS), max(0, quoted - FREE_WORDS)

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


def longest_run(words: Sequence[str], pairs: set[tuple[str, str]]) -> int:
    """Return how many words in a row stand in a text too, by the pairs of neighbours that it holds; 0 for one alone."""
    longest = run = 0
    for pair in pairwise(words):
        run = run + 1 if pair in pairs else 0
        longest = max(longest, run)
    return longest + 1 if longest else 0
