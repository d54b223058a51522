"""Question -> what it seeks: the kind of fact, and what is counted, named, said or done."""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from corpus.document import Voice
from index.figures import ONES
from index.lexical import exact_words, stems
from index.question import Asks, Question
from index.verbs import forms_of, verb_of


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


ANYBODY = frozenset(stems("people users activists everyone anyone somebody they he she those these the others"))
SAYING = frozenset(stems(
    "say said claim tweet post respond response react reaction comment answer think reply tell told write wrote"
    " statement"
))  # fmt: skip
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

LENGTH_ASKED = re.compile(r"\b(?:how long|over how|for how)\b(?! ago)")
PLACE_ASKED = re.compile(r"\bwhere\b|\b(?:what|which) (?:city|town|place)\b")
MONEY_ASKED = re.compile(
    r"\bhow much (?:money|revenue|cash)\b|\bhow much\b.*\b(?:earn\w*|cost|pay|paid|spend|spent|fined?|sell|sold"
    r"|charged?|raised?|mak(?:e|ing)|made|worth)\b|\b(?:fine|price|cost|salary|revenue)\b"
)
_AUXILIARY = frozenset(
    "did does do were was are is have has had will would can could in on at of them to by got get s that who for from"
    " with behind".split()
)
THINGS_ASKED = re.compile(
    r"\b(?:how (?:many|few|much)|number of|count of|percentage of|share of)\s+(?:of )?"
    r"(?:(?:the|all|those|these|their|his|her|its|different|other) )?((?:[\w'’-]+ ?){1,4})"
)
AMOUNT_ASKED = re.compile(
    r"\b(?:how (?:fast|quick\w*|soon|bad(?:ly)?|old|high|low|deep|strong|popular|rich)|size|sum|total|amount|combined"
    r"|average|share|rate|percent\w*|proportion|drop|fall|fell|rise|rose|decline|growth|increase|decrease|cost|price|fee"
    r"|fine|bill|debt|budget|spend\w*|spent|revenue|salary|worth|audience|reach|turnout|signatures?|votes|followers"
    r"|subscribers|members|views|threshold|limit|minimum|maximum|figures?|stats)\b"
)
"""Words for how much of something there is, in a question that no other word makes one for a number."""
NAMED = re.compile(
    r"\b(?:who(?:['’]?s| is| are| was| were)|which|(?:real |last |first |full )?names? of|identity of"
    r"|what(?! (?:is|are|was|were)\b))\s+(?P<of>of )?"
    r"(?:(?:the|an?|these|those|all|other|his|her|its|their|two|three|four|five|six|seven|eight|nine|ten) )*"
    r"(?P<held>(?:[\w'’-]+ ?){1,6})"
)
SEVERAL = re.compile(
    r"\b(?:(?:which|what|names? of the|name the)|(?:who|what) (?:are|were|is|was) the) (?:other )?"
    rf"(?P<number>{'|'.join(ONES[1:])}|\d\d?)\b"
)
"""How many are to be named."""
OF_MANY = re.compile(r"\bwhich of\b")
OWNER = " s "
"""What is left of `'s` between words."""
DONE = re.compile(r"...ed$")
"""What somebody did stands behind what is to be named: `which minister ordered`."""
ENOUGH = 3
"""So many names are enough where more are asked for."""
PAST = re.compile(r"\b(?:did|has|have|had|was|were)\b")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a question seeks, in stems.

    `known` is all that it says. `things` are what is counted, `heads` what is to be named (`countries`), `speaker` who
    is to have said something and `topic` on what, `deed` the forms of the verb asked about; empty where nothing tells.
    `several`: how many names are asked for. `degree`: it is asked how much; `money`: for a sum; `past`: for what has
    been; `amount`: for how much of something there is, though in no such words as make it `HOW_MANY`; `of_many`: which
    of several it is.
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
    amount: bool
    of_many: bool


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
        heads=frozenset(_stem_all(_heads(named, verb))) if named else frozenset(),
        speaker=speaker if fact is Fact.SAID else frozenset(),
        topic=frozenset(stems(asked)) & known - speaker - SAYING - ANYBODY - set(SIDES),
        degree="how much" in asked,
        money=bool(MONEY_ASKED.search(asked)) and "how many" not in asked,
        several=_number(several["number"]) if several else 1,
        deed=forms_of(verb) if verb else frozenset(),
        past=bool(PAST.search(asked)),
        amount=fact is Fact.OTHER and bool(AMOUNT_ASKED.search(asked)),
        of_many=fact is Fact.WHO and bool(OF_MANY.search(asked)),
    )


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


def _heads(named: re.Match[str], verb: str) -> list[str]:
    """Take the noun of what is to be named, which stands last in a short phrase.

    Of `the paper's source` that is the source, of `which paper's source` the paper.
    """
    which = named[0].startswith(("which", "what"))
    held = takewhile(lambda word: word == "s" or word not in _AUXILIARY, exact_words(named["held"]))
    parts = " ".join(held).split(OWNER)
    words = parts[0 if which and not named["of"] else -1].split()
    words = [*words[:1], *takewhile(lambda word: not DONE.search(word) and (word != verb or not which), words[1:])]
    return words[-1:] if len(words) <= 2 else words[:2]


def _stem_all(words: list[str]) -> set[str]:
    return {stem for word in words for stem in stems(word)}
