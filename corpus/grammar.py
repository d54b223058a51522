"""One sentence -> who is said to speak in it: the noun phrase that belongs to a verb of speech.

Rules, no tagger: `tests/gate/HISTORY.md` says what was measured against them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lexicon import (
    AUXILIARY,
    BASE,
    BOUNDARY,
    DETERMINERS,
    FINITE,
    INVERTED,
    LEADS,
    MODAL,
    NOUNS_TOO,
    PARTICIPLES,
    PASSIVE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    ROLE_NOUNS,
    WITH_PARTICLE,
)
from corpus.phrases import QUOTED, Mention, Token, head, is_adverb, name_at_end

DISTRICT = re.compile(r"^(?:[RDI]-.*|\d+|[RDI]\.?)$")
SPEECH_WORDS = FINITE | PARTICIPLES | BASE | {"according"}
NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech (or "according to") and whose it is."""

    start: int
    end: int
    verb: str
    subject: Mention
    inverted: bool = False
    participle: bool = False


def may_speak(masked: str) -> bool:
    """Say whether a verb of speech stands in a sentence at all: cheaper than to take it apart."""
    return not SPEECH_WORDS.isdisjoint(NO_WORD.split(masked.lower()))


def find_cues(tokens: Sequence[Token]) -> list[Cue]:
    """Find every verb of speech with its subject, in order. Places count from the start of the sentence."""
    found: list[Cue] = []
    for number, token in enumerate(tokens):
        low = token.low
        if low == "according" and number + 2 < len(tokens) and tokens[number + 1].low == "to":
            subject = _after(tokens, number + 2)
            if subject:
                found.append(Cue(token.start, tokens[number + 1].end, "according to", subject))
        elif (low in FINITE or low in PARTICIPLES or low in BASE) and _is_verb(tokens, number):
            cue = _cue(tokens, number, found)
            if cue:
                found.append(cue)
        if len(found) >= 8:
            break
    return found


def sentence_subject(tokens: Sequence[Token]) -> Mention | None:
    """Find the noun phrase that a sentence begins with, lead-ins ("On Monday, ") left out."""
    for group in _comma_groups(tokens, 0, min(len(tokens), 40))[:3]:
        if not group or group[0].low in RELATIVE:
            continue
        if group[0].low in PREPOSITIONS or group[0].low.endswith("ing") or group[0].low in BOUNDARY:
            continue
        return head(_until_verb(group))
    return None


def _until_verb(group: Sequence[Token]) -> Sequence[Token]:
    """Cut a clause after its first noun phrase: at the first lower-case word after a capitalised run or role."""
    for number, token in enumerate(group):
        if number and (token.low in AUXILIARY or token.low in PASSIVE or token.low in FINITE or token.low in RELATIVE):
            return group[:number]
        if (
            number
            and group[number - 1].text[0].isupper()
            and token.text[0].islower()
            and (
                token.low not in PREPOSITIONS
                and token.low not in ROLE_NOUNS
                and token.low not in ("and", "de", "van", "von")
                and group[number - 1].low not in LEADS
                and not group[number - 1].text.endswith(("'s", "’s"))
            )
        ):
            return group[:number]
    return group


def _is_verb(tokens: Sequence[Token], number: int) -> bool:
    token = tokens[number]
    before = tokens[number - 1].low if number else ""
    after = tokens[number + 1].low if number + 1 < len(tokens) else ""
    if number and token.text[0].isupper():
        return False
    skip = number - 1
    while skip >= 0 and (tokens[skip].low in AUXILIARY or is_adverb(tokens[skip])) and tokens[skip].low not in PASSIVE:
        skip -= 1
    if after in ("is", "are", "was", "were") and token.low not in ("said", "says", "added"):
        return False
    if token.low in PARTICIPLES and before in PREPOSITIONS and before != "in":
        return False  # "after announcing"; but "weighed in saying"
    if before == "to" or (token.low in BASE - FINITE and not _is_modal(tokens, number)):
        return False
    if token.low in FINITE and skip >= 0 and tokens[skip].low in PASSIVE and before != "being":
        return False
    if token.low in WITH_PARTICLE and after not in WITH_PARTICLE[token.low]:
        return False
    if token.low in PARTICIPLES and before in ("the", "a", "an", "his", "her", "their", "its", "of", "for", "without"):
        return False
    if token.low == "reading" and after not in (":", ",") and not after.startswith(QUOTED):
        return False
    if token.low in NOUNS_TOO and token.low not in WITH_PARTICLE:
        if before in DETERMINERS - {
            "others",
            "some",
            "many",
            "critics",
            "supporters",
            "several",
            "both",
            "all",
            "most",
        }:
            return False
        if before in PREPOSITIONS or before.endswith(("'s", "’s", "s'", "s’")) or before in ("and", "or", ""):
            return False
        if after in ("of", "and", "or", "to", "from", "were", "was", "are") and token.low not in ("read", "reads"):
            return False
    return after != "-"


def _is_plain(tokens: Sequence[Token], number: int) -> bool:
    """Say whether "added" or "warning" is used of things: "added some paint", "a two-minute warning"."""
    before = tokens[number - 1].text
    after = tokens[number + 1] if number + 1 < len(tokens) else None
    if tokens[number].low == "warning":
        return before != "," and tokens[number - 1].low not in PASSIVE
    return (
        after is not None
        and after.text[0] not in (QUOTED, ",", ".", ":", "—")
        and after.low not in ("that", "he", "she", "it", "they")
        and (before != "," and QUOTED not in {token.text[0] for token in tokens})
    )


def _is_modal(tokens: Sequence[Token], number: int) -> bool:
    before = [token.low for token in tokens[max(0, number - 3) : number]]
    return bool(MODAL.intersection(before)) and "not" not in before


def is_denied(tokens: Sequence[Token], cue: Cue) -> bool:
    """Say whether a verb is negated: "has not said"."""
    number = next((n for n, token in enumerate(tokens) if token.start == cue.start), 0)
    return any(
        token.low in ("not", "never") or token.low.endswith(("n't", "n’t"))
        for token in tokens[max(0, number - 3) : number]
    )


def _cue(tokens: Sequence[Token], number: int, earlier: Sequence[Cue]) -> Cue | None:
    token = tokens[number]
    verb = token.low
    if verb in ("added", "warning") and tokens[number - 1 : number] and _is_plain(tokens, number):
        return None
    previous = number - 1
    while previous >= 0 and tokens[previous].text in (",", ".", "…", "—", "–", "-", ";"):
        previous -= 1
    follows_quotation = previous >= 0 and tokens[previous].text[0] == QUOTED
    if verb in PARTICIPLES and number and (tokens[number - 1].low in PASSIVE or _is_bare_name(tokens[number - 1])):
        named = name_at_end(tokens[max(0, number - 6) : number])
        size = len(named.name.split()) if named and named.name else 0
        if size and number - size - 1 >= 0 and tokens[number - size - 1].low in PREPOSITIONS - {"from", "by"}:
            named = sentence_subject(tokens)
        subject = named or _before(tokens, number)
        return Cue(token.start, token.end, verb, subject) if subject else None
    if verb in PARTICIPLES:
        subject = earlier[-1].subject if earlier else sentence_subject(tokens)
        return Cue(token.start, token.end, verb, subject, participle=True) if subject else None
    if follows_quotation or previous < 0:
        subject = _after(tokens, number + 1)
        if subject:
            return Cue(token.start, token.end, verb, subject, inverted=True)
    if number and tokens[number - 1].text == "," and verb in INVERTED:
        subject = _closing_subject(tokens, number + 1)
        if subject:
            return Cue(token.start, token.end, verb, subject, inverted=True)
    subject = _before(tokens, number)
    if subject is None and number and tokens[number - 1].low in ("and", "then", "but", ",", "also", "later"):
        subject = earlier[-1].subject if earlier else sentence_subject(tokens)
    return Cue(token.start, token.end, verb, subject) if subject else None


def _closing_subject(tokens: Sequence[Token], number: int) -> Mention | None:
    """Find the subject in ", said Jane Roe." and ", said Jane Roe, who ..."."""
    mention = _after(tokens, number)
    if mention is None or mention.pronoun:
        return None
    if mention.name:
        last = mention.name.split()[-1]
        end = next((n for n in range(number, min(len(tokens), number + 14)) if tokens[n].text == last), -1)
        closes = end >= 0 and (
            end + 1 >= len(tokens)
            or tokens[end + 1].text in (",", ".", ";", "—", "–")
            or tokens[end + 1].text[0] == "("
        )
        return mention if closes else None
    stop = next((n for n in range(number, min(len(tokens), number + 9)) if tokens[n].text in (",", ".", ";")), None)
    determined = tokens[number].low in DETERMINERS or tokens[number].low == "the"
    return mention if determined and stop is not None and mention.noun in ROLE_NOUNS else None


def _comma_groups(tokens: Sequence[Token], low: int, high: int) -> list[list[Token]]:
    groups: list[list[Token]] = [[]]
    for token in tokens[low:high]:
        if token.text == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return groups


def _before(tokens: Sequence[Token], number: int) -> Mention | None:
    """Find the subject to the left of a verb."""
    last = number - 1
    while last >= 0 and (tokens[last].low in AUXILIARY or tokens[last].low in PASSIVE or is_adverb(tokens[last])):
        last -= 1
    if last < 0:
        return None
    low = _clause_start(tokens, last)
    if tokens[last].text == ",":
        return _apposed(_comma_groups(tokens, low, last))
    if tokens[last].low in RELATIVE:
        groups = _comma_groups(tokens, low, last)
        group = next((group for group in reversed(groups) if group), [])
        return name_at_end(group) or head(group[-6:])
    begin = last
    while begin > low and tokens[begin - 1].text != "," and not _parts_clause(tokens, begin - 1, last):
        begin -= 1
    if tokens[begin].low in ("including", "like", "such", "among") and begin > low:
        return _apposed(_comma_groups(tokens, low, begin - 1))
    mention = head(tokens[begin : last + 1])
    if mention is None and begin > low and tokens[begin - 1].text == ",":
        return None
    return mention


def _parts_clause(tokens: Sequence[Token], number: int, last: int) -> bool:
    low = tokens[number].low
    if low in BOUNDARY or low in RELATIVE:
        return True
    if low in ("and", "or"):
        after = tokens[number + 1] if number < last else None
        return after is not None and after.low in PRONOUNS
    return False


def _clause_start(tokens: Sequence[Token], last: int) -> int:
    for number in range(last, -1, -1):
        if tokens[number].text[0] == QUOTED or tokens[number].text in (";", ":", "—", "–", "--", ".", "!", "?"):
            return number + 1
    return 0


def _apposed(groups: Sequence[Sequence[Token]]) -> Mention | None:
    """Find the subject among comma-separated groups before a verb: "Jane Roe, R-Ohio, the chair, said"."""
    role: Mention | None = None
    for number in range(len(groups) - 1, -1, -1):
        group = groups[number]
        if not group or group[0].low in RELATIVE or DISTRICT.match(group[0].text):
            continue
        if group[0].low in BOUNDARY:
            opened = head(group[1:])
            if role and opened and opened.name:
                return Mention(opened.start, opened.name, role=opened.role or role.role, gender=opened.gender)
        if group[0].low in PREPOSITIONS or group[0].low in BOUNDARY or group[0].low.endswith("ing"):
            if role:
                break
            continue
        mention = head(group)
        if mention is None:
            if role:
                break
            continue
        if mention.name and " " not in mention.name and number and role is None and _has_name(groups[number - 1]):
            continue  # "Jane Roe, Ohio, said"
        if mention.name and role is None and number:
            role = _apposed_role(groups[number - 1])
        if mention.name or mention.pronoun:
            if role and mention.name:
                return Mention(mention.start, mention.name, role=mention.role or role.role, gender=mention.gender)
            return mention
        role = mention
    return role


def _apposed_role(group: Sequence[Token]) -> Mention | None:
    mention = head(group)
    return mention if mention is not None and mention.noun is not None else None


def _has_name(group: Sequence[Token]) -> bool:
    mention = head(group)
    return mention is not None and mention.name is not None


def _after(tokens: Sequence[Token], number: int) -> Mention | None:
    """Find the noun phrase to the right of a verb ("said Jane Roe, ...") or of "according to"."""
    end = number
    while end < len(tokens) and end - number < 16:
        token = tokens[end]
        if token.text[0] == QUOTED or token.text in (",", ";", ":", ".", "—", "–", "--", "!", "?"):
            break
        if end > number and (
            token.low in RELATIVE
            or token.low in BOUNDARY
            or token.low in ("following", "during", "after", "when", "who", "told", "said", "speaking")
        ):
            break
        end += 1
    mention = head(tokens[number:end])
    if mention and mention.noun and end < len(tokens) and tokens[end].text == ",":
        stop = end + 1
        while stop < len(tokens) and stop - end < 6 and tokens[stop].text not in (",", ".", ";", "—", "–"):
            stop += 1
        named = head(tokens[end + 1 : stop])
        if (
            named
            and named.name
            and " " in named.name
            and stop - end - 1 <= len(named.name.split()) + 2
            and (tokens[end + 1].text[0].isupper())
        ):
            return Mention(mention.start, named.name, role=mention.role, gender=named.gender)
    return mention


def _is_bare_name(token: Token) -> bool:
    return token.text[0].isupper() and token.low not in LEADS and not token.text.endswith(("'s", "’s"))
