"""A question seeks a kind of fact; is a statement of that kind? Each rule reads one statement alone."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from corpus.document import Section
from index.calendar_words import MONTHS, WEEKDAYS
from index.figures import ONES
from index.lexical import OF_DOCUMENTS, stem_set, stems
from index.new_names import new_names
from index.numbers import Number, counts_thing, numbers_in
from index.sought import ANYBODY, SIDES, Fact, Sought
from index.stored import StoredStatement
from index.synonyms import alike
from index.verbs import is_done

OFF_TOPIC = 0.4
"""What words of the asked speaker count for that share none with what they are asked about."""
NOTHING_ASKED = 0.8
"""The fit of any statement where a question has no verb to go by."""
OF_THE_KIND = 0.6
"""The least fit of a statement that counts as being of the kind."""
PERHAPS_CAUSE = 0.4
"""The fit to a "why" of a loose conjunction."""

MONEY = re.compile(r"[$€£¥₹]\s?\d|\b\d[\d.,]*\s?(?:million|billion|thousand)?\s?(?:dollars?|euros?|pounds?|cents?)\b")
DATED = re.compile(
    rf"\b(?:19|20)\d\d\b|\b(?:{'|'.join(WEEKDAYS)}|{'|'.join(month for month in MONTHS if month != 'May')})\b"
    r"|\b(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\. \d|\bMay \d|\b\d{1,2} May\b|(?i:\b(?:today|yesterday|tonight)\b"
    r"|\b(?:last|this|next) (?:night|morning|week|month|year|spring|summer|autumn|fall|winter)\b"
    r"|\b(?:minutes?|hours?|days?|weeks?|months?|years?) (?:later|ago|after|before|earlier)\b|\d ?[ap]\.?m\b)"
)
LASTING = re.compile(
    r"\b(?:\d[\d.,-]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|couple of|many)[ -]"
    r"(?:more )?(?:second|minute|hour|day|week|month|year|decade)s?\b|\bpermanent|\bindefinite",
    re.IGNORECASE,
)
PLACED = re.compile(r"\b(?:in|at|from|near|outside|across|to|on) (?:the )?[A-Z]\w+")
CAUSE = re.compile(
    r"\b(?:because|reasons?|due to|cit(?:e|ing|ed|es)|violat\w+|breach\w*|broken?|breaking|grounds?|as part of"
    r"|in response|in order to|so that|blam\w+|attribut\w+|prompted|caused?|thanks to|owing to|justif\w+)\b"
    r"|\bfor (?:\w+ ){0,2}\w+ing\b"
    r"|\bto (?:combat|fight|curb|reduce|protect|remove|prevent|stop|avoid|improve|ensure)\b",
    re.IGNORECASE,
)
"""What tells a cause and nothing else."""
LOOSE_CAUSE = re.compile(
    r"\b(?:after|over|against|since|explain\w*|suspected|accus\w+|complain\w+|alleg\w+|object\w+|argu\w+|fear\w*"
    r"|worr\w+)\b|(?<!\bas many )(?<!\bas much )(?<!\bwell )\bas\b(?! (?:many|much|well|of)\b)",
    re.IGNORECASE,
)
"""What may tell one, and seldom does; `when` and `to make` tell one no more often than any sentence."""
SPEECH = re.compile(
    r"\b(?:sa(?:id|ys|ying)|told|tweeted|wrote|claim(?:s|ed)|called|asked|replied|responded|announced|stated|according"
    r"|explained|added|argued|complained|posted|denied|confirmed)\b",
    re.IGNORECASE,
)
UNTOLD = re.compile(
    r"\b(?:(?:did|do|does|has|have|had|would|could|will) not|\w+n['’]t) (?:\w+ly |yet |want to |wish to )?"
    r"(?:say|said|name|give|gave|disclos|reveal|respond|comment|answer|identif|explain|specif|provid|repl|release|tell|told|detail)"
    r"|\bdeclin\w+ to\b|\bunclear\b|\bnot (?:clear|known|named|disclosed|revealed)\b|\basked not to\b"
    r"|\bwithout (?:say|nam|giv|specify|explain|identify|disclos|reveal|provid)|\bno (?:decision|comment)\b"
    r"|\brefus\w+ to (?:say|name|comment|discuss|give|answer|reveal|disclose|identify)",
    re.IGNORECASE,
)
"""A source that says that something is not told."""
UNNAMED = re.compile(
    rf"\b(?:an?|{'|'.join(ONES)}|\d+|some|several|many|most|other|another|his|her|their|its|no|any|few|certain|unnamed"
    r"|dozens of|hundreds of|thousands of)\b(?!.*\b(?:the|this|that|these|those)\b)",
    re.IGNORECASE,
)
"""In front of what is not named, or by a name that is set off from it."""
PARTED_BY = re.compile(r"[,(—]\s*(?:[\w-]+\s+){0,3}$")
APPOSED = re.compile(
    r"[^.;A-Z]{0,25}?(?:[,:(—]|\b(?:named|called|such as|including|among them|like|known as))\s*(?:[a-z]+ ){0,3}[A-Z@#]"
)
OF_OTHERS = re.compile(
    r"\b(?:anti|non)-\w+|\b(?:former|ex)[- ][\w-]+|\b[\w-]+(?:['’]s?)? (?:users?|critics|opponents|rivals?)\b",
    re.IGNORECASE,
)
"""Words by which a speaker is told from whom they name."""
OWN = re.compile(r"\b(?:I|[Mm]y|me|mine|we|We|us|[Oo]ur)\b")
"""By what one speaks of oneself."""
IN_HANDLE = 5
"""Letters from which on a name inside a handle is no chance: `bongino` in `@dbongino`."""
OTHERS_ASKED = frozenset(stems("anti former ex user users critics opponents rivals rival"))
TOKEN = re.compile(r"[@#]?[\w’'-]+")
NAME_BEFORE, NAME_BEHIND = 4, 6
"""How many words from what is asked for its name may stand."""
DETERMINED, APART = 4, re.compile(r"[,.;:!?“”\"]")
"""How many words in front of what is asked for `some` may stand (`some other social media site`), and what parts it
from that."""
PARTED_BEFORE, PARTED_BEHIND = re.compile(r"[;:]\s"), re.compile(r";\s")
"""What parts it from names in front of it, and from those behind it, which a colon opens: `three journalists: Ann`."""


def fit_of_kind(sought: Sought, stored: StoredStatement) -> float:
    """Say how well a statement is of the kind of fact sought, in [0, 1]; 0 for kinds that nothing shows."""
    reader = READERS.get(sought.fact)
    return reader(sought, stored) if reader else 0.0


def shows(pattern: re.Pattern[str], text: str) -> bool:
    """Say whether a document's text holds a pattern; remembered, so never for a question's words."""
    return _shows(pattern.pattern, pattern.flags, text)  # a pattern's own hash takes as long as a search


@lru_cache(OF_DOCUMENTS)
def _shows(pattern: str, flags: int, text: str) -> bool:
    return bool(re.search(pattern, text, flags))


def said_by(stored: StoredStatement) -> frozenset[str]:
    """Return the stems of whoever makes a statement."""
    statement = stored.statement
    if not (statement.speaker or statement.handle or statement.role):
        return frozenset()
    return stem_set(f"{statement.speaker or ''} {statement.handle or ''} {statement.role or ''}")


def names_in_handle(stored: StoredStatement, names: Iterable[str]) -> frozenset[str]:
    """Return those of some names, as stems, that stand in a statement's handle, which runs them together."""
    handle = (stored.statement.handle or "").lower()
    return frozenset(one for one in names if len(one) >= IN_HANDLE and one in handle)


def names_borne(stored: StoredStatement, names: frozenset[str], asked: frozenset[str]) -> frozenset[str]:
    """Return those of some names, as stems, that whoever makes a statement bears himself.

    `anti-ISIL activists` do not speak for ISIL, nor `Twitter users` for Twitter, unless such are `asked` about.
    """
    speaker = stored.statement.speaker or ""
    borne = (names & said_by(stored)) | names_in_handle(stored, names)
    if not borne or asked & OTHERS_ASKED:
        return borne
    return borne - (stem_set(" ".join(OF_OTHERS.findall(speaker))) - stem_set(OF_OTHERS.sub("", speaker)))


def _counts(sought: Sought, stored: StoredStatement) -> float:
    """Return most for a number of what is counted, less for one of something alike, little for one of anything."""
    if sought.money:
        return float(shows(MONEY, stored.text))
    new = new_numbers(stored.text, sought.known)
    if sought.degree and any(number.share for number in new):
        return 1.0
    return max((counts_thing(sought.things, number) for number in new), default=0.0)


def new_numbers(text: str, known: frozenset[str]) -> list[Number]:
    """Find the numbers of a document's text but for those that the question itself gives, which are no answer."""
    return [number for number in numbers_in(text) if not number.stems or not number.stems <= known]


def names_heads(sought: Sought, stored: StoredStatement) -> bool | None:
    """Say whether a statement names what is to be named, and False where it speaks of such without their names.

    None where it does not speak of any (`which groups`, and no groups in it), or nothing tells.
    """
    new = {stem for names in new_names(stored.text, sought.known) for stem in names}
    return _beside_heads(sought, stored.text, new - said_by(stored))


def _names(sought: Sought, stored: StoredStatement) -> float:
    """Return the share of the names asked for that a statement gives: most beside what is to be named, 0 for none."""
    found = new_names(stored.text, sought.known)
    new = {stem for names in found for stem in names}
    beside = names_heads(sought, stored)
    if beside is False:
        return 0.0
    fit = 1.0 if beside else 0.8 if new else 0.5 if said_by(stored) - sought.known else 0.0
    return fit * min(1.0, len(found) / sought.several) if sought.several > 1 else fit


def _beside_heads(sought: Sought, text: str, new: set[str]) -> bool | None:
    """Say whether what is to be named has a new name beside it; None where nothing tells."""
    if not sought.heads & stem_set(text):
        return None
    words = list(TOKEN.finditer(text))
    nameless = None
    for place, word in enumerate(words):
        if word[0][0].isupper() or not set(stems(word[0])) & sought.heads:
            continue
        first, last = words[max(0, place - NAME_BEFORE)], words[min(place + NAME_BEHIND, len(words) - 1)]
        before = PARTED_BEFORE.split(text[first.start() : word.start()])[-1]
        behind = PARTED_BEHIND.split(text[word.end() : last.end()])[0]
        led = APART.split(text[words[max(0, place - DETERMINED)].start() : word.start()])[-1]
        if UNNAMED.search(led):  # `a judge, Ann Roe`, but `a judge in Rome`
            before, behind = (before if PARTED_BY.search(before) else ""), (behind if APPOSED.match(behind) else "")
            nameless = False
        elif sought.of_many:  # `the clients` are none of them by name
            nameless = False
        if not new.isdisjoint(stems(f"{before} {behind}")):
            return True
    return nameless


def _says(sought: Sought, stored: StoredStatement) -> float:
    """Say how far a statement is by the asked speaker, and on what is asked about."""
    held, topic = stem_set(stored.text), sought.topic
    on_topic = sum(stem in held or bool(alike(stem) & held) for stem in topic) / len(topic) if topic else 1.0
    return _is_by(sought, stored) * (OFF_TOPIC + (1 - OFF_TOPIC) * on_topic)


def _is_by(sought: Sought, stored: StoredStatement) -> float:
    """Return the share of the asked speaker's names that the statement's speaker bears."""
    core = sought.speaker - ANYBODY - set(SIDES)
    sides = {SIDES[stem] for stem in sought.speaker if stem in SIDES}
    if core:
        borne = len(names_borne(stored, core, sought.speaker)) / len(core)
        return borne or (0.5 if core <= stem_set(stored.text) and shows(SPEECH, stored.text) else 0.0)
    if sides:
        return float(stored.statement.voice in sides)
    return 0.7 if said_by(stored) else 0.3


def _gives_cause(_sought: Sought, stored: StoredStatement) -> float:
    if stored.statement.section is Section.REASON or shows(CAUSE, stored.text):
        return 1.0
    return PERHAPS_CAUSE if shows(LOOSE_CAUSE, stored.text) else 0.0


def _is_dated(_sought: Sought, stored: StoredStatement) -> float:
    return 1.0 if shows(DATED, stored.text) else 0.5 if stored.statement.date else 0.0


def _lasts(_sought: Sought, stored: StoredStatement) -> float:
    return float(shows(LASTING, stored.text))


def _is_placed(sought: Sought, stored: StoredStatement) -> float:
    return float(bool(shows(PLACED, stored.text) and new_names(stored.text, sought.known)))


def _is_done(sought: Sought, stored: StoredStatement) -> float:
    """Return 1 where a statement tells of the deed asked about, half where it tells of it as wanted or planned."""
    if not sought.deed:
        return NOTHING_ASKED
    if not sought.deed & (stem_set(stored.text) | said_by(stored)):
        return 0.0
    return 1.0 if not sought.past or is_done(sought.deed, stored.text) else 0.5


READERS: dict[Fact, Callable[[Sought, StoredStatement], float]] = {
    Fact.HOW_MANY: _counts,
    Fact.WHEN: _is_dated,
    Fact.HOW_LONG: _lasts,
    Fact.WHERE: _is_placed,
    Fact.WHO: _names,
    Fact.SAID: _says,
    Fact.WHY: _gives_cause,
    Fact.WHETHER: _is_done,
}
