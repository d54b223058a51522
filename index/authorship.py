"""Who wrote an article, where that is asked: its source tells it, and no statement does."""

import re
from collections.abc import Sequence

from corpus.source import Source
from index.lexical import stem_set, stems
from index.question import Question

ASKED = re.compile(
    r"\b(?:who (?:wrote|authored|penned)|who(?:['’]?s| is| was) the (?:author|writer|journalist) (?:of|behind)"
    r"|author of|byline (?:of|on))\b.{0,40}\b(?:articles?|pieces?|story|stories|reports?|column|write-?up|news)\b",
    re.IGNORECASE,
)
UNTOLD = "Nothing found here names the author."


def asks_for_author(question: Question) -> bool:
    """Say whether it is asked who wrote an article; whoever wrote a post is its speaker."""
    return ASKED.search(question.search_text) is not None


def author_of(question: Question, sources: Sequence[Source]) -> str:
    """Name the one author of some sources, of those alone whose publisher the question names; empty unless it is one.

    Args:
        sources: those of what was found first.
    """
    asked = frozenset(stems(question.search_text))
    named = [one for one in sources if one.publisher and stem_set(one.publisher) <= asked]
    authors = {one.author for one in named or sources}
    return (authors.pop() or "") if len(authors) == 1 else ""
