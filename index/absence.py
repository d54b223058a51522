"""A question -> what it names and nothing found has: a platform, an office, a deed; each counts against an answer.

A statement on the same event holds most words of a question on something that never befell. What tells such a question
is the one thing that stands nowhere beside the rest of it.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from index.claims import Candidate
from index.concerned import concerned_in, other_words
from index.demands import NAMED, NO_NAME, SPELLED, WEIGHT, is_on
from index.facts import names_heads, said_by
from index.lexical import exact_words, stem_set, stems
from index.premise import DEEDS, DONE_TO
from index.question import Question
from index.reading import PLATFORMS, STEMS_OF, Grounds, Wants
from index.retrieve import NOTHING
from index.returns import asks_for_return
from index.sought import Fact
from index.synonyms import LIKE, alike

WORD = re.compile(r"[@#]?[\w’'-]+")
OF_REDDIT = re.compile(r"(?<![\w/.@])[ru]/([\w-]+)")
WORDS_TOO = frozenset(stems("medium minds threads steam stripe vine snap valve alphabet periscope rumble tinder gab"))
"""Of the names of platforms, those that are words like others where they are written small."""
OFFICE_ASKED = re.compile(
    r"\b(?:who(?:['’]?s| is| are| was| were) (?:the|an?)|names? of (?:the|an?)) "
    r"(?P<held>\w+(?: \w+)?)(?= (?:of|that|who|for|in|at|from|behind|on)\b|\W*$)"
    r"|\bwhich (?P<body>court|judge|law firm|university|school|hospital|church|bank|ministry|embassy|parliament"
    r"|government|police force|newspaper|union)\b"
)
"""Who holds an office, or which body of a kind that news call by one word."""
ANY_OFFICE = frozenset(stems(
    "account user page group people person individual figure company companies platform site website app service"
    " network channel thing one ones name man men woman women guy guys dude folks member members place city country"
    " first last only main owner author reason cause post event purge ban most biggest largest"
))  # fmt: skip
"""Words for them that an answer hardly repeats."""
SHORT = 16
"""Words of a question; a longer one weaves several things together, and none of its words alone tells what it asks."""
REAL_NAME_ASKED = re.compile(
    r"\breal (?:\w+ )?names?\b|\bidentity of\b|^who(?:['’]?s| is| was)\b.*\breally\b", re.IGNORECASE
)
REAL_NAME = re.compile(
    r"\breal (?:\w+ )?name|\bborn [A-Z]|\bwhose (?:full )?name (?:is|was)\b|\bunmasked\b|\bidentified (?:\w+ )?as\b"
    r"|\bturned out to be\b|\bnée\b"
)
"""How it is told who somebody is."""
LANGUAGE_ASKED = re.compile(r"\b(?:which|what|whose) languages?\b|^languages?\b")
LANGUAGE = re.compile(
    r"\b(?:Arabic|Bengali|Burmese|Cantonese|Chinese|Czech|Danish|Dutch|English|Farsi|Finnish|French|German|Greek|Hebrew"
    r"|Hindi|Hungarian|Indonesian|Italian|Japanese|Khmer|Korean|Kurdish|Latin|Malay|Mandarin|Norwegian|Pashto|Persian"
    r"|Polish|Portuguese|Punjabi|Romanian|Russian|Serbian|Somali|Spanish|Swahili|Swedish|Tagalog|Tamil|Thai|Tibetan|Turkish"
    r"|Uighur|Ukrainian|Urdu|Uyghur|Vietnamese)\b|\blanguages?\b",
)
CONCERNED, OF_OTHERS = 0.5, 3.0
"""The share that must be told, by weight, of the words that tell those concerned from others, and what it counts, as
log odds, that nothing found tells it: of gold questions on a measure 4 of 93 answerable ones lack it, and 24 of 38 on
measures that no dossier tells of."""
NEAR_ENOUGH = 0.3
"""What a statement must score to be heard on that."""
TOLD_OTHERWISE = frozenset(stems(
    "put take give send end set open turn pull hold keep stop start throw bring cut move leave run work play show use"
    " try manage need want plan mean think know believe agree allow permit ask admit confirm verify prove find see"
    " buy lose elect protest call report fight mark like seem look stay suggest indicate discuss describe identify"
    " mention claim portray attribute recognize change remain connect relate link associate tie suspect"
))  # fmt: skip
"""Verbs that say little by themselves, or whose sense other words carry as often."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Something that a question names and nothing found has: our sentence on it, empty where another says it already.

    `weight` is what it counts against an answer, as log odds.
    """

    missing: str
    weight: float = WEIGHT


def absences_of(
    question: Question, wants: Wants, asked: str, candidates: Sequence[Candidate], grounds: Grounds
) -> list[Absence]:
    """List what a question names and nothing found has; mostly nothing.

    Args:
        asked: the question in small letters, slips of spelling mended.
        candidates: statements found.
        grounds: their passages, and those of all others found.
    """
    platforms = _platforms(question, wants, candidates, grounds) if wants.platforms else []
    if platforms or len(question.text.split()) > SHORT:
        return platforms
    others = (
        _of_reddit(question, grounds),
        _office(wants, asked, grounds),
        _deed(question, wants, asked, candidates),
        _concerned(question, wants, asked, candidates, grounds),
        _name(wants, candidates),
        _real_name(question, candidates),
        _language(asked, candidates),
    )
    return [one for one in others if one]


def _platforms(question: Question, wants: Wants, candidates: Sequence[Candidate], grounds: Grounds) -> list[Absence]:
    """Find platforms asked about that nothing found names, or no article on those whom the question names."""
    found = NOTHING.union(*(ground.stems for ground in grounds.values()))
    on_them = _of_articles_on(wants, candidates, grounds)
    weight = WEIGHT / len(wants.platforms)
    absent = []
    for one in sorted(wants.platforms):
        if STEMS_OF[one] & WORDS_TOO and _is_written_small(STEMS_OF[one], question.text):
            continue
        if STEMS_OF[one].isdisjoint(found):
            absent.append(Absence(f"Nothing found here names {one}.", weight))
        elif on_them and STEMS_OF[one].isdisjoint(on_them) and len(question.text.split()) <= SHORT:
            absent.append(Absence(f"Nothing found here on those asked about names {one}.", weight))
    return absent


def _of_articles_on(wants: Wants, candidates: Sequence[Candidate], grounds: Grounds) -> Set[str]:
    """Take the stems of what was found of the articles in which the names of the question stand.

    Of dossiers, whose lines stand each for itself, those of the likely statements with these names and their headers.
    """
    if not wants.names:
        return NOTHING
    lines = [one for one in candidates if one.stored.statement.section is not None]
    if lines:
        likely = [one for one in lines if one.score >= NEAR_ENOUGH and one.fit and one.fit.names >= NAMED]
        return NOTHING.union(*(_stems_with_header(one, grounds) for one in likely))
    rows = {one.stored.passage_id: one.stored.document_row for one in candidates}
    held: dict[int, frozenset[str]] = {}
    for passage, row in rows.items():
        held[row] = held.get(row, frozenset()) | grounds[passage].stems
    return NOTHING.union(*(told for told in held.values() if wants.names_in(told, NOTHING) >= NAMED))


def _stems_with_header(one: Candidate, grounds: Grounds) -> frozenset[str]:
    return stem_set(one.evidence.block) | grounds[one.stored.passage_id].header_stems


def _is_written_small(names: Set[str], text: str) -> bool:
    return any(word[0].islower() and not names.isdisjoint(stems(word)) for word in WORD.findall(text))


def _of_reddit(question: Question, grounds: Grounds) -> Absence | None:
    """Find a group or user, such as `r/bakers`, that no passage names."""
    held = NOTHING.union(*(ground.stems for ground in grounds.values()))
    absent = [one[0] for one in OF_REDDIT.finditer(question.text) if not held.issuperset(stems(one[1]))]
    return Absence(f"Nothing found here names {absent[0]}.") if absent else None


def _office(wants: Wants, asked: str, grounds: Grounds) -> Absence | None:
    """Find an office of which no passage speaks that has the question's names."""
    match = OFFICE_ASKED.search(asked) if wants.sought.fact is Fact.WHO else None
    phrase = (match["held"] or match["body"]) if match else ""
    told = frozenset(stems(phrase))
    if not told or told & (ANY_OFFICE | wants.names | PLATFORMS.keys()):
        return None
    meant = told.union(*map(alike, told))
    near = [one for one in grounds.values() if wants.names_in(one.stems, one.header_stems) >= NAMED]
    spoken = any(not meant.isdisjoint(one.stems) for one in near)
    return None if spoken else Absence(f"Nothing found here speaks of “{phrase}”.")


def _deed(question: Question, wants: Wants, asked: str, candidates: Sequence[Candidate]) -> Absence | None:
    """Find a deed asked about, such as to sue, of which no statement on those asked about speaks."""
    deed = wants.sought.deed
    if wants.sought.fact is not Fact.WHETHER or not deed or deed & TOLD_OTHERWISE or question.earlier:
        return None
    if asks_for_return(question.text):
        return None
    known = deed.union(*(group for group in DEEDS if group & deed))
    long = tuple(stem for stem in known if len(stem) >= LIKE)  # `censor` stands in `censorship` too
    if any(is_on(one) and _speaks_of(known, long, stem_set(one.evidence.block)) for one in candidates):
        return None
    suffered = DONE_TO.search(question.text)
    if suffered and any(group & deed for group in DEEDS):
        return Absence("")  # `premise` has its sentence on it
    word = next((word for word in exact_words(asked) if deed & set(stems(word))), "")
    return Absence(f"Nothing found here on those asked about speaks of “{word}”.")


def _concerned(
    question: Question, wants: Wants, asked: str, candidates: Sequence[Candidate], grounds: Grounds
) -> Absence | None:
    """Find that no article with a likely statement has the words that tell whom the measure asked about hit."""
    typed = question.text.lower()
    mended, telling = concerned_in(typed if question.earlier else asked)
    if not telling or OF_REDDIT.search(question.text):
        return None
    phrase = concerned_in(typed)[0] or mended
    weights = {stem: wants.weights.get(stem, 1.0) for stem in telling}
    least = CONCERNED * sum(weights.values())
    told: dict[int, frozenset[str]] = {}
    for one in candidates:
        row = one.stored.document_row
        told[row] = told.get(row, NOTHING) | grounds[one.stored.passage_id].stems
    for one in candidates:
        if one.score < NEAR_ENOUGH:
            continue
        held = told[one.stored.document_row] | said_by(one.stored) | _stems_with_header(one, grounds)
        if sum(weight for stem, weight in weights.items() if _is_told(stem, held)) >= least:
            return None
    return Absence(f"Nothing found here tells of measures against “{phrase}”.", OF_OTHERS)


def _is_told(stem: str, held: Set[str]) -> bool:
    meant = {stem, *alike(stem), *other_words(stem)}
    return not meant.isdisjoint(held) or (len(stem) >= SPELLED and any(one.startswith(stem) for one in held))


def _name(wants: Wants, candidates: Sequence[Candidate]) -> Absence | None:
    """Find that statements speak of what is to be named (`some hacking groups`), and none of them names it."""
    if wants.sought.fact is not Fact.WHO or not wants.sought.heads:
        return None
    named = {names_heads(wants.sought, one.stored) for one in candidates if one.score >= NEAR_ENOUGH}
    return Absence(NO_NAME) if False in named and True not in named else None


def _real_name(question: Question, candidates: Sequence[Candidate]) -> Absence | None:
    """Find that it is asked who somebody really is, and that no statement tells who anybody is."""
    if not REAL_NAME_ASKED.search(question.text) or any(REAL_NAME.search(one.stored.text) for one in candidates):
        return None
    return Absence(NO_NAME)


def _language(asked: str, candidates: Sequence[Candidate]) -> Absence | None:
    """Find that a language is asked for and no statement names or speaks of one."""
    if not LANGUAGE_ASKED.search(asked):
        return None
    told = any(LANGUAGE.search(one.stored.text) for one in candidates if one.score >= NEAR_ENOUGH)
    return None if told else Absence("Nothing found here names a language.")


def _speaks_of(deed: Set[str], long: tuple[str, ...], held: Set[str]) -> bool:
    return not deed.isdisjoint(held) or any(stem.startswith(long) for stem in held)
