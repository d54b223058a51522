"""Text -> a question, understood without a language model."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from corpus.handles import handles_in
from index.aliases import usual_names
from index.carrying import carried
from index.errors import BadQuestion
from index.lexical import SCALES
from index.spelling import usual_spelling
from index.vague_dates import times_in
from index.verbs import NO_VERB_BEHIND

QUESTION_CHARS = 500
"""Longer questions are no questions."""
SHORT = 20
"""Words of a question that one statement may answer."""
POST = 10
"""Words from which on a text that asks nothing is a post."""

QUOTED = re.compile(r"[\"“”„«]([^\"“”„»]{3,})[\"“”»]|(?<!\w)['‘]([^'‘’]{3,}(?:['’]\w[^'‘’]*)*)['’](?!\w)")
NUMBER = re.compile(r"(?<![\w@#])(\d+(?:[.,]\d+)*)\s?(k|m|million|thousand|billion)?\b", re.IGNORECASE)
MOST = 10**15
"""From here on a number is spelled as it is: nobody counts accounts so, and floats grow coarse."""


class Asks(StrEnum):
    """The kind of fact that a question wants."""

    WHY = "why"
    HOW_MANY = "how_many"
    WHEN = "when"
    WHO = "who"
    SAID = "said"
    WHETHER = "whether"
    OTHER = "other"


_HELD = r"followers?|subscribers?|members?|views|patrons|fans|likes"
_THINGS = rf"{_HELD}|accounts?|users?|posts?|videos|pages|channels|groups|servers|messages"
COUNTABLE = re.compile(
    rf"\b(?:(?P<held>{_HELD})(?=\s*\??$| (?:lost|gone|before|after|now|of|\d{{4}})\b)|(?P<thing>{_THINGS})\s+(?:lost"
    r"|count|number|total|removed|banned|suspended|deleted|gone|hidden|restored|shut|purged|per \w+)\b)",
    re.IGNORECASE,
)
"""What in a question in key words asks for a number: `britain first twitter followers`."""
REMARKS = r"(?:statements?|reactions?|responses?|repl(?:y|ies)|quotes?|comments?|opinions?|apolog(?:y|ies)|stance)"
OPEN_WORD = re.compile(r"(?:who|which|what|why|when|where|how|did|do|does|is|are|was|were|has|have|had|can|could)\b")
ASKING = re.compile(
    r"(?:\S+ ){0,2}(?:who|which|what|why|when|where|how)\b|(?:(?:tell|give|show) me|list|name|find)\b|.*\?\W*$"
)
"""How a question opens that no verb of asking opens, or ends."""
POSTED = re.compile(r"https?://|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
"""What posts hold and questions do not: a link, a picture sign."""
STOP = re.compile(r"(?<![A-Z])[.!?…]+\s+(?=\S)")
STOPS = 2
"""Ends of sentences inside a text, from which on it is a post, whatever it asks on the way."""

_NO_NOUN = "".join(rf"(?<!\b{word} )" for word in sorted(NO_VERB_BEHIND - {"who", "which", "and", "or", "than", "as"}))
SAYS = (
    r"(?:(?:say|said|saying|respond\w*|react\w*|think|told|tell|write|wrote|complain\w*|warn\w*|admit\w*|announc\w*"
    r"|den(?:y|ied)|promis\w*|conced\w*|criti[cs]i[sz]\w+|accus\w+|object(?:ed)?|repl(?:y|ied))"
    rf"|(?=claim|tweet|post|comment|answer|respon|call){_NO_NOUN}(?<!['’]s )"
    r"(?:(?:claim|tweet|post|comment|answer|respon\w)(?:ed|ting|ing)?|call(?:ing)?))"
)
"""Verbs of saying; those that are nouns as often are none behind what stands in front of a noun: `the posts`."""
MARKET = r"\b(?:stocks?|shares?|markets?|prices?)\b.* react"
"""Reacts without a word."""
_OPENED = OPEN_WORD.pattern
_INNER = r"\b(?:and|or|says?|said|knows?|known|clear|tell(?: me| us)?|told|remember|find out|idea|reveal|explain)"
"""In front of a question word inside a question that opens with another: it asks, rather than to join a clause."""

KINDS = (
    (
        Asks.SAID,
        rf"^(?!.*{MARKET}|what (?:was|were) (?:the )?(?:\w+ )?names? of\b)(?:\w+,? ){{0,2}}?"
        rf"(?:what|how) (?:did|does|do|has|have|had|was|were) .*\b{SAYS}\b",
    ),
    (Asks.WHY, r"\b(why|what for|how come|reasons?|on what grounds|explain|explanation|justif\w+|cause)\b"),
    (
        Asks.HOW_MANY,
        r"\b(how (?:many|much|big|large|often|few|far)|what (?:number|share|percent\w*|figure))\b"
        r"|^(?!(?:who|why|when|where|did|do(?! you\b)|does|is|are|was|were|has|have|had)\b)"
        r".*\b(?:(?:number|size) of|count)\b",
    ),
    (
        Asks.WHEN,
        rf"^(?:when\b|(?!{_OPENED}).*\bwhen\b)|{_INNER} when\b"
        r"|\b(?:what (?:date|day|year|month|time)|which (?:date|day|year|month)|how long ago"
        r"|(?:date|deadline) (?:of|for|to))\b|\b(?:date|deadline)\W*$",
    ),
    (
        Asks.SAID,
        rf"\b{REMARKS} (?:of|from|by)\b"
        rf"|^(?!(?:who|which|when|where|how|did|do|does|is|are|was|were|has|have|had|can)\b).*\b{REMARKS}\b",
    ),
    (
        Asks.WHO,
        rf"^(?:(?:who|whom|whose)\b|(?!{_OPENED}).*\b(?:who|whom|whose)\b|(?:is|are|was|were) there\b.*\bwho\b)"
        rf"|(?:{_INNER}|\b(?:by|to)) (?:who|whom|whose)\b"
        r"|\bwhich (?:accounts?|people|users?|pages?|persons?|celebrit\w+|company|companies)\b",
    ),
    (
        Asks.WHO,
        r"^(?:(?:in|on|at|by|to|from|of) )?(?:which|what) "
        r"(?!happened|did|do|does|was|were|is|are|has|have|(?:about|if|else)\b)\w+"
        r"|\bnames? of\b|\breal name\b"
        r"|^(?!(?:why|how|when|where|did|do|does|is|are|was|were|has|have|had|can)\b).* names?\W*$"
        r"|^what (?:is|was|are|were) .*\bcalled\W*$",
    ),
    (Asks.WHETHER, r"^(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would)\b"),
)
"""What a question asks for; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    `text` is as typed, cleaned. `earlier` is the question that it goes on from, or empty. `search_text` is what
    is searched for: what still holds of the latter and the former, words, platforms and numbers as sources write
    them. `quoted` are the phrases in quotation marks. `counted` is what a question in key words wants counted, such as
    `followers`. `when` are the first and the last ISO day that it asks about, `times` the words that say so, `vague`
    those for times that no calendar tells, such as `before the midterms`.
    """

    text: str
    earlier: str
    search_text: str
    asks: Asks
    quoted: tuple[str, ...]
    handles: tuple[str, ...]
    numbers: tuple[str, ...]
    counted: str = ""
    when: tuple[str, str] | None = None
    vague: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it asks for one thing, as far as its length tells; what is longer may ask for several."""
        return len(self.text.split()) <= SHORT

    @property
    def is_post(self) -> bool:
        """Whether it tells something, as far as its form shows: a post, of which the source is looked for."""
        text = self.text.lower()
        words = len(text.split())
        asks = OPEN_WORD.match(text) or ASKING.match(text) or (self.asks is not Asks.OTHER and words <= SHORT)
        told = POSTED.search(text) or len(STOP.findall(self.text)) >= STOPS
        return words >= POST and bool(told or not asks)

    @property
    def is_single(self) -> bool:
        """Whether it asks for one thing that a statement or a passage may hold, and tells nothing."""
        return self.is_short and not self.is_post

    @property
    def with_earlier(self) -> str:
        """The question as typed, behind the one that it goes on from."""
        return f"{self.earlier} {self.text}".strip()


def clean_question(text: str) -> str:
    """Fold white space and drop invisible characters.

    Raises:
        BadQuestion: nothing is left, it is longer than `QUESTION_CHARS`, or it holds control characters.
    """
    text = unicodedata.normalize("NFC", text)
    control = next((c for c in text if unicodedata.category(c) == "Cc" and c not in "\t\n\r"), None)
    if control is not None:
        raise BadQuestion(f"the question holds the control character U+{ord(control):04X}; take it out and ask again")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise BadQuestion("the question is not valid Unicode text; type it again")
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    folded = " ".join(visible.split())
    if not any(c.isalnum() for c in folded):
        raise BadQuestion("the question is empty; ask, for example: why were Occupy accounts suspended?")
    if len(folded) > QUESTION_CHARS:
        raise BadQuestion(f"the question has {len(folded):,} characters; put it in at most {QUESTION_CHARS}")
    return folded


def understand(text: str, earlier: str | None = None, today: date | None = None) -> Question:
    """Find out what a question asks for.

    Args:
        text: the question.
        earlier: the question that this one goes on from, if it does.
        today: what `last week` is reckoned from; None takes the clock's.

    Raises:
        BadQuestion: see `clean_question`.
    """
    text = clean_question(text)
    earlier = clean_question(earlier) if earlier else ""
    spelled = usual_names(usual_spelling(text))
    before = carried(usual_names(usual_spelling(earlier)), spelled) if earlier else ""
    together = f"{before} {spelled}".strip()
    numbers = tuple(spelling for match in NUMBER.finditer(text) for spelling in _spellings(match))
    counted = None if OPEN_WORD.match(spelled.lower()) else COUNTABLE.search(spelled)
    times = times_in(together, today or date.today())
    return Question(
        text=text,
        earlier=earlier,
        search_text=" ".join([together, *(number for number in numbers if number not in together)]),
        asks=_kind_of(spelled.lower(), bool(counted)),
        quoted=tuple(match[1] or match[2] for match in QUOTED.finditer(text)),
        handles=tuple(dict.fromkeys(handle.lower() for _, _, handle in handles_in(text, 0, len(text)))),
        numbers=numbers,
        counted=(counted["held"] or counted["thing"]) if counted else "",
        when=times.when,
        vague=times.vague,
        times=times.words,
    )


def _kind_of(text: str, counts: bool) -> Asks:
    known = next((kind for kind, pattern in KINDS if re.search(pattern, text)), None)
    return known or (Asks.HOW_MANY if counts else Asks.OTHER)


def _spellings(match: re.Match[str]) -> list[str]:
    """Spell a number as news do: `10k` as `10,000`, `1.5m` as `1.5 million` and `1,500,000`."""
    digits, scale = match[1], (match[2] or "").lower()
    try:
        value = float(digits.replace(",", "")) * SCALES.get(scale, 1)
    except ValueError:
        return [digits]
    if value >= MOST:
        return [digits]
    spellings = [digits] if not scale else []
    if value == int(value) and value >= 1000 and not (not scale and 1900 <= value <= 2100 and "," not in digits):
        spellings.append(f"{int(value):,}")
        if value >= 1_000_000:
            spellings.append(f"{value / 1_000_000:g} million")
    return list(dict.fromkeys(spellings))
