"""Words of a sentence -> noun phrases: whom they name, by name, pronoun or role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.lexicon import (
    AUXILIARY,
    DETERMINERS,
    FINITE,
    LEADS,
    NOUNS_TOO,
    PARTICLES,
    PARTY_MEMBERS,
    PASSIVE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    ROLE_NOUNS,
    SOME,
    TITLES,
)
from corpus.names import split_title

QUOTED = "\ue000"
"""Stands in a masked sentence for each character of a quotation."""

TOKEN = re.compile(
    rf"{QUOTED}+|@\w+|\([^()]{{0,80}}\)"
    r"|(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Sgt|Col|Capt|Rev|Hon|Prof|St|Jr|Sr|Maj|Adm|Cmdr|Det|Supt|Cllr"
    r"|Insp|Amb|Atty"
    r"|Cpl|Fr)\."
    r"|(?:[A-Z]\.)+|[RDI]-[A-Z][\w.]+|[^\W_](?:[\w'’/&]|-(?=\w)|\.(?=\w))*|--|[^\w\s]"
)
ROLE_WORDS = 9
"""A longer role has swallowed a clause."""

SENTENCE_CHARS = 1500
"""How much of one sentence is read: more is no sentence."""


class Token(NamedTuple):
    """A word or mark; a named tuple, because there is one for each word of an article."""

    text: str
    start: int
    end: int
    low: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may be a speaker.

    Exactly one of `name`, `pronoun`, `noun` is set; `noun` is the head of a role, `role` all its words.
    """

    start: int
    name: str | None = None
    pronoun: str | None = None
    noun: str | None = None
    role: str | None = None
    gender: str | None = None


def tokenize(masked: str) -> list[Token]:
    return [Token(match[0], *match.span(), match[0].lower()) for match in TOKEN.finditer(masked[:SENTENCE_CHARS])]


def head(tokens: Sequence[Token]) -> Mention | None:
    """Find what a noun phrase is about: its name, its pronoun, or its head noun."""
    words = [token for token in tokens if token.text[0] != "(" and token.text not in ("*", "_", "'", '"')]
    titled = next((n for n, token in enumerate(words[:-1]) if token.text == "The" and token.start), None)
    while (
        words
        and words[0].low in LEADS
        and words[0].low not in DETERMINERS | PRONOUNS
        and words[0].low not in PREPOSITIONS
    ):
        words = words[1:]
    while len(words) > 1 and is_adverb(words[0]):
        words = words[1:]
    if not words:
        return None
    first = words[0]
    if first.text[0] == "@" and len(first.text) > 1:
        return Mention(first.start, name=first.text)
    if first.low in PREPOSITIONS:
        return _tail_phrase(words)
    if first.low in PRONOUNS:
        return Mention(first.start, pronoun=first.low) if len(words) <= 2 else None
    cut = next((n for n, word in enumerate(words) if n and word.low in PREPOSITIONS), len(words))
    core = words[:cut]
    name = name_at_end(core) or _name_after_office(words, cut)
    if name:
        return replace(name, name=f"The {name.name}") if titled is not None and name.name and not name.role else name
    return _role(words, core, cut)


def is_adverb(token: Token) -> bool:
    return (
        token.text.endswith("ly")
        and len(token.text) > 4
        and token.text.islower()
        and token.text not in ("family", "ally")
    )


def _is_caps(token: Token) -> bool:
    return token.text[0].isupper() or token.text in ("&",)


def name_at_end(core: Sequence[Token]) -> Mention | None:
    last = len(core) - 1
    if last < 0 or not _is_caps(core[last]) or (core[last].text[0].isdigit()):
        return None
    if core[last].low in ROLE_NOUNS and (last == 0 or core[last].start == 0):
        return None
    begin = last
    while begin > 0:
        before = core[begin - 1]
        if before.text.endswith(("'s", "’s", "s'", "s’")):
            break
        if _is_caps(before) or (
            before.low in PARTICLES and before.low != "and" and begin > 1 and _is_caps(core[begin - 2])
        ):
            begin -= 1
        else:
            break
    if begin and core[begin - 1].low == "the" and core[last].low in PARTY_MEMBERS:
        return None  # "the Ohio Republican" is somebody named before
    parts = split_title(" ".join(token.text for token in core[begin:]))
    lead = " ".join(token.text for token in core[:begin])
    lead = _article_off(f"{lead} {parts.title}".strip())
    if not parts.name:
        if not parts.title:
            return None
        noun = parts.title.split()[-1].lower().rstrip(".")
        return Mention(core[begin].start, noun=noun, role=_article_off(" ".join(token.text for token in core)))
    if re.sub(r"['’]\w+$", "", parts.name.lower()) in LEADS:
        return None
    lead = lead if len(lead.split()) <= ROLE_WORDS else ""
    gender = parts.gender or _noun_gender(lead)
    return Mention(core[0].start, name=_possessive_off(parts.name), role=lead or None, gender=gender)


def _name_after_office(words: Sequence[Token], cut: int) -> Mention | None:
    """Read "vice president of trust Jane Roe" and "Secretary of State Jane Roe"."""
    if cut >= len(words) - 2 or words[0].low in DETERMINERS:
        return None
    name = name_at_end(words[cut + 1 :])
    if name is None or name.name is None or " " not in name.name or len(name.name.split()) > 4:
        return None
    direct = words[-len(name.name.split()) - 1]
    if direct.low in PREPOSITIONS or direct.low in DETERMINERS:
        return None
    if {words[cut - 1].low.rstrip("."), direct.low}.isdisjoint(TITLES | ROLE_NOUNS):
        return None
    role = _article_off(" ".join(word.text for word in words)).removesuffix(name.name).strip()
    return Mention(words[0].start, name=name.name, role=role, gender=name.gender)


def _role(words: Sequence[Token], core: Sequence[Token], cut: int) -> Mention | None:
    determined = core[0].low in DETERMINERS or core[0].text[0].isdigit()
    known = any(word.low in ROLE_NOUNS or word.low in TITLES for word in core)
    capital = any(_is_caps(word) for word in core[1:]) or (_is_caps(core[0]) and core[0].low not in LEADS)
    plural = core[-1].low.endswith("s") and not core[-1].low.endswith("ss") and len(core) <= 4
    if len(core) == 1 and core[0].low in DETERMINERS - SOME:
        return None
    if any(
        word.low in PASSIVE or word.low in AUXILIARY - {"all", "both", "first", "too"} or word.low in FINITE - NOUNS_TOO
        for word in core
    ):
        return None
    if len(core) > 9 or not core[-1].text[0].isalpha() or not (determined or known or plural):
        return None
    if not known and not plural and not capital and core[0].low in ("that", "this", "these", "those", "all", "no"):
        return None
    complement: Sequence[Token] = ()
    if cut < len(words) and words[cut].low in ("of", "for", "at", "from", "with", "in", "behind", "to", "on"):
        complement = _until_participle(words[cut : cut + 7])
    noun = next((word.low for word in reversed(core) if word.low in ROLE_NOUNS), core[-1].low)
    role = _article_off(" ".join(word.text for word in [*core, *complement]))
    return Mention(core[0].start, noun=noun, role=role, gender=_noun_gender(role))


def _until_participle(words: Sequence[Token]) -> Sequence[Token]:
    """Cut "for the ministry declined to" after "ministry"."""
    for number, word in enumerate(words):
        if (
            number > 1
            and word.text.islower()
            and (word.low.endswith("ed") or word.low in PASSIVE or word.low in RELATIVE)
        ):
            words = words[:number]
            break
    while words and (words[-1].low in PREPOSITIONS or words[-1].low in DETERMINERS or words[-1].low in ("the", "and")):
        words = words[:-1]
    return words


def _tail_phrase(words: Sequence[Token]) -> Mention | None:
    """Read "In a statement Roe": the noun phrase at the end of an opening that no comma parts."""
    name = name_at_end(words)
    if name and len(words) > 2:
        return Mention(name.start, name=name.name, role=None, gender=name.gender) if name.name else name
    if words[-1].low in PRONOUNS:
        return Mention(words[-1].start, pronoun=words[-1].low)
    for number in range(len(words) - 1, 1, -1):
        if words[number].low in DETERMINERS and words[number - 1].low not in PREPOSITIONS:
            return _role(words[number:], words[number:], len(words) - number)
    return None


def _article_off(role: str) -> str:
    return re.sub(r"^(?:(?:an?|the|its|then)\s+)+(?=\S)", "", role, flags=re.IGNORECASE).strip()


def _possessive_off(name: str) -> str:
    return re.sub(r"['’]s?$", "", name)


def _noun_gender(role: str) -> str | None:
    low = role.lower()
    if re.search(r"\b\w*(?:woman|mother|sister|daughter|wife|actress)\b", low):
        return "she"
    if re.search(r"\b(?:\w*[a-z]man|man|father|brother|son|husband)\b", low) and "human" not in low:
        return "he"
    return None
