"""A question seeks a kind of fact; is a statement of that kind? Each rule reads one statement alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Section, Voice
from index.claims import COUNT
from index.lexical import exact_words, stem_set, stems
from index.question import Asks, Question
from index.stored import StoredStatement
from index.synonyms import alike


class Fact(StrEnum):
    """The kind of fact that a question seeks; of `WHETHER` and `OTHER` no statement shows whether it is of the kind."""

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
    r"\b(?:who(?:['’]?s| is| are| was| were)|which|(?:real |last |first |full )?names? of|identity of|what)\s+"
    r"(?:(?:the|an?|these|those|all|other|two|three|four|five|six|seven|eight|nine|ten) )*((?:[\w'’-]+ ?){1,4})"
)

MONEY = re.compile(r"[$€£¥₹]\s?\d|\b\d[\d.,]*\s?(?:million|billion|thousand)?\s?(?:dollars?|euros?|pounds?|cents?)\b")
SHARE = re.compile(r"[\d.,]+\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
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
    r"\b(?:(?:did|do|does|has|have|had|would|could|will) not|\w+n['’]t) (?:immediately |yet |publicly )?(?:say|name"
    r"|give|disclos\w*|respond\w*|comment\w*|answer\w*|identif\w*|explain\w*|specif\w*|provid\w*|repl\w*|release\w*|said"
    r"|named|given|told|detail\w*)|\bdeclin\w+ to\b|\bunclear\b|\bnot (?:clear|known|named)\b"
    r"|\brefus\w+ to (?:say|name|comment|discuss|give)",
    re.IGNORECASE,
)
"""A source that says that something is not told."""
NUMERAL = re.compile(r"[$€£]?\d")
ALONE = re.compile(
    r"\s(?:of (?:them|these|those|us|you|it)\b|others?\b|more\b)|[,.;:)]|$"
    r"|\s(?:to|were|was|are|is|in|on|by|and|or|from|at|who|that|have|had)\b"
)
"""Behind a number that counts what an earlier word names."""
COUNTED_BEHIND, COUNTED_BEFORE = 5, 5
"""How many words from a number the thing that it counts may stand."""
UNNAMED = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|some|several|many|most|other|another"
    r"|his|her|their|its|no|any|few|certain|unnamed|dozens of|hundreds of|thousands of)\b",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"[@#]?\b[A-Z][\w’'-]*|@\w+")
TOKEN = re.compile(r"[@#]?[\w’'-]+")
NAME_BEFORE, NAME_BEHIND = 4, 6
"""How many words from what is asked for its name may stand."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question seeks, in stems.

    `known` is all that it says. `things` are what is counted, `heads` what is to be named (`countries`), `speaker` who
    is to have said something; empty where nothing tells. `degree`: it is asked how much; `money`: for a sum.
    """

    fact: Fact
    known: frozenset[str]
    things: frozenset[str]
    heads: frozenset[str]
    speaker: frozenset[str]
    degree: bool
    money: bool


def sought_by(question: Question, asked: str, known: frozenset[str], speaker: frozenset[str]) -> Sought:
    """Find out what is sought.

    Args:
        asked: the question in small letters, slips of spelling mended.
    """
    fact = _fact_of(question, asked)
    things = THINGS_ASKED.search(asked)
    named = NAMED.search(asked) if fact is Fact.WHO else None
    return Sought(
        fact=fact,
        known=known,
        things=frozenset(_stem_all(_up_to_verb(things[1])[:3]) if things else stems(question.counted)),
        heads=frozenset(_stem_all(_heads(named[1]))) if named else frozenset(),
        speaker=speaker if fact is Fact.SAID else frozenset(),
        degree="how much" in asked,
        money=bool(MONEY_ASKED.search(asked)) and "how many" not in asked,
    )


def fit_of_kind(sought: Sought, stored: StoredStatement) -> float:
    """Say how well a statement is of the kind of fact sought, in [0, 1]; 0 for kinds that nothing shows."""
    reader = READERS.get(sought.fact)
    return reader(sought, stored) if reader else 0.0


def said_by(stored: StoredStatement) -> set[str]:
    """Return the stems of whoever makes a statement."""
    statement = stored.statement
    return set(stem_set(f"{statement.speaker or ''} {statement.handle or ''} {statement.role or ''}"))


def _fact_of(question: Question, asked: str) -> Fact:
    if LENGTH_ASKED.search(asked):
        return Fact.HOW_LONG
    if PLACE_ASKED.search(asked) and question.asks in (Asks.OTHER, Asks.WHO, Asks.WHETHER):
        return Fact.WHERE
    return Fact(question.asks.value)


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
    text = stored.text
    if sought.money:
        return float(bool(MONEY.search(text)))
    best = 0.0
    for match in COUNT.finditer(text):
        if match["count"]:
            if sought.degree and SHARE.match(text, match.start("count")):
                return 1.0
            best = max(best, _counts_thing(sought.things, text, match))
    return best


def _counts_thing(things: frozenset[str], text: str, number: re.Match[str]) -> float:
    exactness = 1.0 if NUMERAL.match(number["count"]) else 0.8
    if not things:
        return 0.8 * exactness
    behind = _stem_all(exact_words(text[number.end() : number.end() + 70])[:COUNTED_BEHIND])
    before = _stem_all(exact_words(text[max(0, number.start() - 60) : number.start()])[-COUNTED_BEFORE:])
    like = {other for thing in things for other in alike(thing)}
    steps = (
        (1.0, bool(things & behind)), (0.8, bool(like & behind)), (0.7, bool(things & before)),
        (0.6, bool(ALONE.match(text, number.end()))), (0.5, bool(like & before)),
    )  # fmt: skip
    return exactness * next((value for value, holds in steps if holds), 0.3)


def _names(sought: Sought, stored: StoredStatement) -> float:
    """Return 1 where what is to be named has a name beside it that the question does not know, 0 where it has none."""
    text = stored.text
    new = _new_names(text, sought.known)
    words = list(TOKEN.finditer(text))
    nameless = False
    for place, word in enumerate(words):
        if word[0][0].isupper() or not set(stems(word[0])) & sought.heads:
            continue
        near = words[max(0, place - NAME_BEFORE) : place + NAME_BEHIND + 1]
        if any(set(stems(one[0])) & new for one in near):
            return 1.0
        nameless = nameless or bool(UNNAMED.search(" ".join(one[0] for one in words[max(0, place - 3) : place])))
    if nameless:
        return 0.0
    return 0.8 if new else 0.5 if said_by(stored) - sought.known else 0.0


def _new_names(text: str, known: frozenset[str]) -> set[str]:
    """Find the stems of names in a text, but for known ones; a first word counts if another capital follows."""
    found: set[str] = set()
    for match in CAPITAL.finditer(text):
        before = text[: match.start()].rstrip(" “\"‘'(")
        opens = not before or before[-1] in ".!?\n:—"
        if not opens or match[0][0] in "@#" or re.match(r"\s+[A-Z]", text[match.end() :]):
            found.update(stems(match[0]))
    return found - known - CALENDAR


def _says(sought: Sought, stored: StoredStatement) -> float:
    """Return the share of the asked speaker's names that the statement's speaker bears."""
    core = sought.speaker - ANYBODY - set(SIDES)
    sides = {SIDES[stem] for stem in sought.speaker if stem in SIDES}
    by = said_by(stored)
    if core:
        borne = len(core & by) / len(core)
        return borne or (0.5 if core <= stem_set(stored.text) and SPEECH.search(stored.text) else 0.0)
    if sides:
        return float(stored.statement.voice in sides)
    return 0.7 if by else 0.3


def _gives_cause(_sought: Sought, stored: StoredStatement) -> float:
    if stored.statement.section is Section.REASON:
        return 1.0
    return 0.8 if CAUSE.search(stored.text) else 0.0


def _is_dated(_sought: Sought, stored: StoredStatement) -> float:
    return 1.0 if DATED.search(stored.text) else 0.5 if stored.statement.date else 0.0


def _lasts(_sought: Sought, stored: StoredStatement) -> float:
    return float(bool(LASTING.search(stored.text)))


def _is_placed(sought: Sought, stored: StoredStatement) -> float:
    return float(bool(PLACED.search(stored.text) and _new_names(stored.text, sought.known)))


READERS: dict[Fact, Callable[[Sought, StoredStatement], float]] = {
    Fact.HOW_MANY: _counts,
    Fact.WHEN: _is_dated,
    Fact.HOW_LONG: _lasts,
    Fact.WHERE: _is_placed,
    Fact.WHO: _names,
    Fact.SAID: _says,
    Fact.WHY: _gives_cause,
}
