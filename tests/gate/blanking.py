"""A sentence that answers a question -> the same without the answer: `removed by Ann Roe` -> `removed by someone`.

A source that speaks of the very thing and leaves open what is asked ("some hacking groups") has all the words of an
answer. So a reader learns such questions from two sentences that differ in nothing but the answer. Most of what the
rules leave is English, and nearly all of it is no answer.
"""

import random
import re

_DIGITS = r"[$€£¥]?\d[\d.,]*%?(?!\w)"
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen)"
)
_NUMBER = rf"(?:{_DIGITS}|\b{_NUMBER_WORD}(?:-{_NUMBER_WORD})?\b)"
AMOUNT = re.compile(
    r"(?:\b(?:about|around|almost|nearly|roughly|some|over|exactly|only|just|at least|at most|more than|fewer than"
    rf"|less than|up to|an? (?={_NUMBER_WORD})) ?)?{_NUMBER}(?:[ -]{_NUMBER})*",
    re.IGNORECASE,
)
"""A number with what softens it and the numbers right behind it."""
AMOUNT_ASKED = re.compile(
    r"\bhow\b|\b(?:number|share|price|percent\w*|amount|age|size|cost|fine|rate|limit|value|sum|total|fee|budget"
    r"|salary)\b"
)
SUM = re.compile(r"[$€£¥]|\b(?:euros?|dollars?|pounds?|francs?|crowns?|cents?|kroner|roubles|rupees|pesos|yen)\b")
SHARE = re.compile(r"^ ?(?:percent|per cent)\b|%$")
LASTING = re.compile(r"[ -](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b")
"""Behind an amount: `a few hours` is an answer still."""
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?"
DATE = re.compile(
    rf"(?:(?:{_DAY},? )?(?:(?:early|late|mid-?|the end of) )?"
    rf"(?:\d\d? {_MONTH}|{_MONTH} \d\d?\b(?:st|nd|rd|th)?|{_MONTH})(?:,? (?:19|20)\d\d)?"
    rf"|{_DAY}|(?:the (?:spring|summer|autumn|fall|winter) of )?(?:1[5-9]|20)\d\d)"
)
_IN_TIME = r"\b(?:(?:early |late )?(?:on|in|since|from|until|till|by|before|after) (?:the )?)"
BEFORE_DATE, LEADING = re.compile(rf"{_IN_TIME}$", re.IGNORECASE), re.compile(_IN_TIME, re.IGNORECASE)
BEFORE_PLACE = re.compile(r"\b(?:in|at|near|from|to|outside) (?:the )?$")
PLACE_ASKED = re.compile(r"\bwhere\b|\b(?:which|what) (?:city|town|country|place|village|state)\b")
NAME = re.compile(r"(?:[Tt]he |an? )?[A-Z@][\w.’'@-]*(?: (?:(?:of|the|de|van|von|and|for|&) )*[A-Z][\w.’'-]*){0,5}")
CALLED = re.compile(r",? (?:called|named|entitled|titled|nicknamed)$")
BEHIND_ROLE = re.compile(
    r"\b(?:the|her|his|its|their|our|my|an?) (?:[a-z-]+ ){0,2}[a-z-]+"
    r"(?<!ed)(?<!s)(?<!\bbe)(?<!\bbeing)(?<!\b(?:by|of|to|at|on|in))(?<!\bfrom)(?<!\bwith)(?<!\b(?:and|who))"
    r"(?<!\b(?:than|that))(?<!\bwere) $",
    re.IGNORECASE,
)
"""`the writer ` in front of a name, which it can do without."""
DETERMINED = re.compile(
    r"\b(?:the|all|these|those|his|her|its|their|our|my|an?|no|any|other|last|first|next|['’]s) $", re.IGNORECASE
)
BEFORE_SOMEONE = re.compile(r"(?:^|\b(?:by|to|from|with|and|for|told|against|among|called) )$")
"""In front of a name in whose place `someone` makes a sentence."""
CAUSE = re.compile(r"(?:because|as|since|after|so that|in order|to|for|due|owing|by|out of|following|over)\b")

MANY, MANY_OF_THE, SOME_OF = ("several", "some", "many", "a number of", "a few"), ("many", "few"), ("some", "several")
HIDDEN_SUM = ("an undisclosed sum", "a sum of money", "a good deal of money", "money")
PART = ("a part", "some", "a large share")
WHENEVER = ("recently", "at some point", "some time ago", "earlier", "one day", "lately", "")
WHEREVER = ("elsewhere", "in a town", "somewhere", "in another place", "abroad")
SOMEBODY = ("someone", "somebody", "a man", "a woman", "an insider", "a colleague", "one of them", "a user", "others")
SOMETHING = ("one of them", "something else", "another one", "a certain firm", "a certain group")
FOR_REASONS = ("for reasons of their own", "for some reason", "", "", "")
BEARABLE = 7
"""Words of the longest answer that something short may stand for."""


def without_answer(question: str, answer: str, sentence: str, drawn: random.Random) -> str | None:
    """Take an answer out of its sentence; None where no rule leaves a sentence, or it stands there twice."""
    start = sentence.index(answer)
    end, asked = start + len(answer), question.lower()
    digits = re.search(r"\d[\d.,]*\d|\d", answer)
    twice = any(word in sentence[:start] + sentence[end:] for word in (answer, *([digits[0]] if digits else [])))
    if twice or len(answer.split()) > 2 * BEARABLE:
        return None
    short = len(answer.split()) <= BEARABLE
    number = AMOUNT.search(answer)
    if DATE.fullmatch(LEADING.sub("", answer)):
        led = BEFORE_DATE.search(sentence[: end - len(LEADING.sub("", answer))])
        return _replaced(sentence, led.start(), end, drawn.choice(WHENEVER)) if led else None
    if number and short and AMOUNT_ASKED.search(asked):
        return _without_amount(answer, sentence, start + number.start(), start + number.end(), drawn)
    if NAME.fullmatch(answer) and short:
        return _without_name(asked, sentence, start, end, drawn)
    if not (asked.startswith(("why", "y ")) or "reason" in asked):
        return None
    told_behind = CAUSE.match(answer) and sentence[:start].endswith(" ") and sentence[end : end + 1] in (".", ",", ";")
    return _replaced(sentence, start, end, drawn.choice(FOR_REASONS)) if told_behind else None


def _replaced(sentence: str, start: int, end: int, words: str) -> str:
    words = words if start else words[:1].upper() + words[1:]
    return re.sub(r" +([ ,.;])", r"\1", sentence[:start] + words + sentence[end:]).strip()


def _without_amount(answer: str, sentence: str, start: int, end: int, drawn: random.Random) -> str | None:
    before, behind = sentence[:start], sentence[end:]
    is_part = before.endswith(("-", "–", ":", "/", "#", ".")) or behind.startswith(("-", "–", ":", "/"))
    if is_part or LASTING.match(behind) or sentence[start:end].lower() == "one":
        return None
    if SHARE.search(behind[:9]) or SHARE.search(sentence[start:end]):
        share = SHARE.match(behind)
        return _replaced(sentence, start, end + (len(share[0]) if share else 0), drawn.choice(PART))
    if SUM.search(answer):
        unit = SUM.search(behind[:12])
        return _replaced(sentence, start, end + (unit.end() if unit else 0), drawn.choice(HIDDEN_SUM))
    words = SOME_OF if behind.startswith(" of ") else MANY_OF_THE if DETERMINED.search(before) else MANY
    return _replaced(sentence, start, end, drawn.choice(words)) if re.match(" [a-z]", behind) else None


def _without_name(asked: str, sentence: str, start: int, end: int, drawn: random.Random) -> str | None:
    before, behind = sentence[:start], sentence[end:]
    if called := CALLED.search(before.rstrip()):
        return _replaced(sentence, called.start(), end, "")
    if before.endswith(", ") and behind.startswith(","):  # `her dealer, Ann Roe, who sold it`
        return _replaced(sentence, start - 2, end + (not re.match(", (?:who|whose|which)", behind)), "")
    if DETERMINED.search(before) or behind.startswith(("’", "'")):
        return None
    if BEHIND_ROLE.search(before):
        return _replaced(sentence, start - 1, end, "")
    if PLACE_ASKED.search(asked):
        led = BEFORE_PLACE.search(before)
        return _replaced(sentence, led.start(), end, drawn.choice(WHEREVER)) if led else None
    if not BEFORE_SOMEONE.search(before) or asked.startswith(("when", "how", "why", "did", "was", "is ", "does")):
        return None
    return _replaced(sentence, start, end, drawn.choice(SOMEBODY if asked.startswith("who") else SOMETHING))
