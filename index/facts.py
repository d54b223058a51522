"""A question seeks a kind of fact; is a statement of that kind? Each rule reads one statement alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.document import Section, Voice
from index.figures import ONES
from index.lexical import OF_DOCUMENTS, exact_words, stem_set, stems
from index.numbers import counts_thing, numbers_in
from index.question import Asks, Question
from index.stored import StoredStatement
from index.synonyms import alike
from index.verbs import forms_of, is_done, verb_of


class Fact(StrEnum):
    """The kind of fact that a question seeks; of `OTHER` no statement shows whether it is of the kind."""

    HOW_MANY = "how_many"
    WHEN = "when"
    HOW_LONG = "how_long"
    WHERE = "where"
    WHO = "who"
    WHY = "why"
    SAID = "said"
    WHETHER = "whether"
    OTHER = "other"


_MONTHS = "January February March April May June July August September October November December".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
CALENDAR = frozenset({*stems(" ".join(_MONTHS)), *stems(" ".join(_DAYS)), "i"})
"""Written with a capital, but no names."""
ANYBODY = frozenset(stems("people users activists everyone anyone somebody they he she those these the others"))
SAYING = frozenset(stems(
    "say said claim tweet post respond response react reaction comment answer think reply tell told write wrote"
    " statement"
))  # fmt: skip
NOBODY: frozenset[str] = frozenset()
OFF_TOPIC = 0.4
"""What words of the asked speaker count for that share none with what they are asked about."""
SIDES = {
    stem: voice
    for voice, words in (
        (Voice.CRITIC, "critics opponents"), (Voice.DEFENDER, "defenders supporters"),
        (Voice.AFFECTED, "affected victims"), (Voice.PLATFORM, "platform company"),
        (Voice.REPORTER, "reporters researchers journalists"),
    )
    for stem in stems(words)
}  # fmt: skip
"""Who may be asked about without a name."""

NOTHING_ASKED = 0.8
"""The fit of any statement where a question has no verb to go by."""
OF_THE_KIND = 0.6
"""The least fit of a statement that counts as being of the kind."""

LENGTH_ASKED = re.compile(r"\b(?:how long|over how|for how)\b(?! ago)")
PLACE_ASKED = re.compile(r"\bwhere\b|\b(?:what|which) (?:city|town|place)\b")
MONEY_ASKED = re.compile(
    r"\bhow much (?:money|revenue|cash)\b|\bhow much\b.*\b(?:earn\w*|cost|pay|paid|spend|spent|fined?|sell|sold"
    r"|charged?|raised?|mak(?:e|ing)|made|worth)\b|\b(?:fine|price|cost|salary|revenue)\b"
)
_AUXILIARY = frozenset(
    "did does do were was are is have has had will would can could in on at of them to by got get s that who for from"
    " with".split()
)
THINGS_ASKED = re.compile(
    r"\b(?:how (?:many|few|much)|number of|count of|percentage of|share of)\s+(?:of )?"
    r"(?:(?:the|all|those|these|their|his|her|its|different|other) )?((?:[\w'’-]+ ?){1,4})"
)
NAMED = re.compile(
    r"\b(?:who(?:['’]?s| is| are| was| were)|which|(?:real |last |first |full )?names? of|identity of"
    r"|what(?! (?:is|are|was|were)\b))\s+"
    r"(?:(?:the|an?|these|those|all|other|two|three|four|five|six|seven|eight|nine|ten) )*((?:[\w'’-]+ ?){1,4})"
)

MONEY = re.compile(r"[$€£¥₹]\s?\d|\b\d[\d.,]*\s?(?:million|billion|thousand)?\s?(?:dollars?|euros?|pounds?|cents?)\b")
DATED = re.compile(
    rf"\b(?:19|20)\d\d\b|\b(?:{'|'.join(_DAYS)}|{'|'.join(month for month in _MONTHS if month != 'May')})\b"
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
    r"\b(?:because|reasons?|due to|cit(?:e|ing|ed|es)|violat\w+|breach\w*|broken?|breaking|grounds?|explain\w*"
    r"|as part of|in response|in order to|so that|blam\w+|attribut\w+|prompted|caused?|since|thanks to|owing to"
    r"|justif\w+|accus\w+|complain\w+|alleg\w+|suspected|according to|object\w+|fear\w*|worr\w+|argu\w+)\b"
    r"|\bfor (?:\w+ ){0,2}\w+ing\b"
    r"|\bto (?:combat|fight|curb|reduce|protect|remove|prevent|stop|avoid|make|keep|get|let|improve|help|ensure)\b"
    r"|\b(?:after|over|against|when|as)\b",
    re.IGNORECASE,
)
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
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|some|several|many|most|other|another"
    r"|his|her|their|its|no|any|few|certain|unnamed|dozens of|hundreds of|thousands of)\b",
    re.IGNORECASE,
)
FOLLOWED = re.compile(r"\s+[A-Z]")
CAPITAL = re.compile(r"[@#]?\b[A-Z][\w’'-]*|@\w+")
TOKEN = re.compile(r"[@#]?[\w’'-]+")
SEVERAL = re.compile(
    r"\b(?:(?:which|what|names? of the|name the)|(?:who|what) (?:are|were|is|was) the) (?:other )?"
    r"(?P<number>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d\d?)\b"
)
"""How many are to be named."""
ENOUGH = 3
"""So many names are enough where more are asked for."""
PAST = re.compile(r"\b(?:did|has|have|had|was|were)\b")
NAME_BEFORE, NAME_BEHIND = 4, 6
"""How many words from what is asked for its name may stand."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question seeks, in stems.

    `known` is all that it says. `things` are what is counted, `heads` what is to be named (`countries`), `speaker` who
    is to have said something and `topic` on what, `deed` the forms of the verb asked about; empty where nothing tells.
    `several`: how many names are asked for. `degree`: it is asked how much; `money`: for a sum; `past`: for what has
    been.
    """

    fact: Fact
    known: frozenset[str]
    things: frozenset[str]
    heads: frozenset[str]
    speaker: frozenset[str]
    topic: frozenset[str]
    degree: bool
    money: bool
    several: int
    deed: frozenset[str]
    past: bool


def sought_by(
    question: Question, asked: str, known: frozenset[str], speaker: frozenset[str], names: frozenset[str]
) -> Sought:
    """Find out what is sought.

    Args:
        asked: the question in small letters, slips of spelling mended.
        names: the stems of names in it.
    """
    fact = _fact_of(question, asked)
    things = THINGS_ASKED.search(asked)
    named, several = (NAMED.search(asked), SEVERAL.search(asked)) if fact is Fact.WHO else (None, None)
    verb = verb_of(asked, names)
    return Sought(
        fact=fact,
        known=known,
        things=frozenset(_stem_all(_up_to_verb(things[1])[:3]) if things else stems(question.counted)),
        heads=frozenset(_stem_all(_heads(named[1]))) if named else frozenset(),
        speaker=speaker if fact is Fact.SAID else frozenset(),
        topic=frozenset(stems(asked)) & known - speaker - SAYING - ANYBODY - set(SIDES),
        degree="how much" in asked,
        money=bool(MONEY_ASKED.search(asked)) and "how many" not in asked,
        several=_number(several["number"]) if several else 1,
        deed=forms_of(verb) if verb else frozenset(),
        past=bool(PAST.search(asked)),
    )


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
        return NOBODY
    return stem_set(f"{statement.speaker or ''} {statement.handle or ''} {statement.role or ''}")


def _fact_of(question: Question, asked: str) -> Fact:
    if LENGTH_ASKED.search(asked):
        return Fact.HOW_LONG
    if PLACE_ASKED.search(asked) and question.asks in (Asks.OTHER, Asks.WHO, Asks.WHETHER):
        return Fact.WHERE
    return Fact(question.asks.value)


def _number(word: str) -> int:
    return min(ENOUGH, int(word) if word.isdigit() else 1 + ONES.index(word))


def _up_to_verb(phrase: str) -> list[str]:
    """Take the words of a phrase up to the first that is no part of what it names."""
    words = exact_words(phrase)
    return next((words[:place] for place, word in enumerate(words) if word in _AUXILIARY), words)


def _heads(phrase: str) -> list[str]:
    """Take the noun of a phrase, which stands last in a short one."""
    words = _up_to_verb(phrase)
    return words[-1:] if len(words) <= 2 else words[:2]


def _stem_all(words: list[str]) -> set[str]:
    return {stem for word in words for stem in stems(word)}


def _counts(sought: Sought, stored: StoredStatement) -> float:
    """Return most for a number of what is counted, less for one of something alike, little for one of anything."""
    if sought.money:
        return float(shows(MONEY, stored.text))
    # what the question itself gives is no answer
    new = [number for number in numbers_in(stored.text) if not number.stems or not number.stems <= sought.known]
    if sought.degree and any(number.share for number in new):
        return 1.0
    return max((counts_thing(sought.things, number) for number in new), default=0.0)


def _names(sought: Sought, stored: StoredStatement) -> float:
    """Return the share of the names asked for that a statement gives: most beside what is to be named, 0 for none."""
    text = stored.text
    found = _new_names(text, sought.known)
    new = {stem for names in found for stem in names}
    beside = _beside_heads(sought, text, new - said_by(stored))
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
        near = words[max(0, place - NAME_BEFORE) : place + NAME_BEHIND + 1]
        if any(set(stems(one[0])) & new for one in near):
            return True
        if UNNAMED.search(" ".join(one[0] for one in words[max(0, place - 3) : place])):
            nameless = False
    return nameless


def gives_names(text: str, known: frozenset[str]) -> bool:
    """Say whether a document's text has a name of which no word is known."""
    return bool(_new_names(text, known))


def _new_names(text: str, known: frozenset[str]) -> list[set[str]]:
    """Find the names in a text, as stems, without the words that are known; words next to each other are one name."""
    found: list[set[str]] = []
    begins = True
    for held, joined in _capitals(text):
        if held & known:
            begins = True
        elif joined and not begins:
            found[-1] |= held
        else:
            found.append(set(held))
            begins = False
    return found


@lru_cache(OF_DOCUMENTS)
def _capitals(text: str) -> tuple[tuple[frozenset[str], bool], ...]:
    """Find the words of names in a document's text, and whether each stands right behind the one before.

    A first word counts if another capital follows.
    """
    found = []
    last = -1
    for match in CAPITAL.finditer(text):
        held = frozenset(stems(match[0])) - CALENDAR
        before = text[: match.start()].rstrip(" “\"‘'(")
        opens = not before or before[-1] in ".!?\n:—"
        if held and (not opens or match[0][0] in "@#" or FOLLOWED.match(text, match.end())):
            found.append((held, text[last : match.start()] == " "))
            last = match.end()
    return tuple(found)


def _says(sought: Sought, stored: StoredStatement) -> float:
    """Say how far a statement is by the asked speaker, and on what is asked about."""
    held, topic = stem_set(stored.text), sought.topic
    on_topic = sum(stem in held or bool(alike(stem) & held) for stem in topic) / len(topic) if topic else 1.0
    return _is_by(sought, stored) * (OFF_TOPIC + (1 - OFF_TOPIC) * on_topic)


def _is_by(sought: Sought, stored: StoredStatement) -> float:
    """Return the share of the asked speaker's names that the statement's speaker bears."""
    core = sought.speaker - ANYBODY - set(SIDES)
    sides = {SIDES[stem] for stem in sought.speaker if stem in SIDES}
    by = said_by(stored)
    if core:
        borne = len(core & by) / len(core)
        return borne or (0.5 if core <= stem_set(stored.text) and shows(SPEECH, stored.text) else 0.0)
    if sides:
        return float(stored.statement.voice in sides)
    return 0.7 if by else 0.3


def _gives_cause(_sought: Sought, stored: StoredStatement) -> float:
    if stored.statement.section is Section.REASON:
        return 1.0
    return 0.8 if shows(CAUSE, stored.text) else 0.0


def _is_dated(_sought: Sought, stored: StoredStatement) -> float:
    return 1.0 if shows(DATED, stored.text) else 0.5 if stored.statement.date else 0.0


def _lasts(_sought: Sought, stored: StoredStatement) -> float:
    return float(shows(LASTING, stored.text))


def _is_placed(sought: Sought, stored: StoredStatement) -> float:
    return float(bool(shows(PLACED, stored.text) and _new_names(stored.text, sought.known)))


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
