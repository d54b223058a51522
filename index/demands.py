"""A question -> what it demands of a statement beyond its kind of fact, and which statements have it.

Retrieval and the kinds of fact know words; that an answer is of the time asked about, tells of a return, or is by whom
and on what is asked, takes a look at question and statement together.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.document import Section, Voice
from corpus.lexicon import FINITE, POST_VERBS
from index.claims import Candidate
from index.facts import OF_THE_KIND, OWN, names_borne, said_by, shows
from index.figures import ONES
from index.lexical import stem_set, stems
from index.new_names import new_names
from index.numbers import numbers_in
from index.occasions import occasion_of, occasions_in
from index.question import Asks, Question
from index.reading import FILLERS, MONTHS, PLATFORMS, Ground, Grounds, Wants, platforms_of, speaker_in
from index.reasons import GIVEN
from index.retrieve import ALIKE_SHARE, DATED, Terms
from index.returns import asks_for_return, implies_return, tells_of_return
from index.sought import ANYBODY, SIDES, Fact
from index.synonyms import LIKE, alike
from index.vague_dates import days_in, is_within

SEQUENCE = re.compile(r"\b(?:before|after|since|until|prior|earlier|later|ahead)\b", re.IGNORECASE)
"""In front of a date: it is that of something else."""
ANYTHING = frozenset(stems("all this that it them these those everything"))
TOTAL_ASKED = re.compile(r"\b(?:between them|in total|all together|altogether|together|combined|in all|overall)\b")
TOTAL_TOLD = re.compile(
    r"\b(?:between them|totall?\w*|all together|altogether|together(?! with)|combined|in all|overall|jointly"
    r"|collective\w*)\b",
    re.IGNORECASE,
)
NAMES_ASKED = re.compile(
    r"\bnames of\b|\b(?:who|which)\b.*\bexactly\b|\bexactly (?:who|which)\b|\bby name\b"
    r"|(?<!\ba)(?<!\bits)(?<!\bhis)(?<!\bher)(?<!\btheir) names?[?.! ]*$"
    rf"|\bwhich (?:{'|'.join(ONES[1:])}|\d\d?) "
)
NO_NAME = "Nothing found here gives such a name."
EXACTLY = frozenset(stems("exactly"))
ATTRIBUTION = re.compile(r",? according to [^,.]+|,? as [A-Z][^,.]+ (?:reported|wrote|noted)")
_REASONS = r"(?:reasons?|explanations?|justifications?|excuses?|rationale|grounds)"
GIVER = re.compile(
    rf"\b{_REASONS} (?:did|does|do|has|have|had) (?P<gave>.{{2,50}}?)"
    r" (?:give|given|offer|cite|provide|state|name|use|have|take|throw|remove|suspend|ban|delete|lock|close|shut|block)"
    r"(?:d|ed|n)?\b"
    r"|\bhow (?:did|does|do|has|have) (?P<told>.{2,50}?) (?:explain|justif(?:y|ied)|defend|excuse|account for)"
    r"(?:ed|d)?\b"
    rf"|\b(?P<own>(?:\w+ )?[\w.-]+?)['’]?s (?:stated |official |given )?{_REASONS}\b"
    r"|\b(?:according to|(?:given|offered|cited) by) (?:the )?"
    r"(?P<by>[^,?!.]{2,50}?)(?: (?:who|what|why|when|how)\b|[,?!.]|$)",
    re.IGNORECASE,
)
"""Who is asked about for the reason that he gave, or for what he told."""
SIDE_ASKED = re.compile(
    r"^(?:so )?(?:who|which \w+)\b(?: (?:all|else|has|had|have|was|were|is))* "
    r"(?:(?P<against>complain\w*|object(?:ed|s)|protest\w*|critici[sz]\w+|condemn\w*|attacked|opposed|slammed)"
    r"|(?P<for>welcom\w+|prais\w+|defend\w*|support(?:ed|s)|celebrat\w+|applaud\w*|cheer\w*|thank\w*|backed))\b",
    re.IGNORECASE,
)
"""Who was against something, or for it."""
TOPIC = re.compile(r"\s*(?:(?:about|on|regarding|concerning) )+(?P<topic>[^?!]{3,})", re.IGNORECASE)
REACTING = re.compile(r"\bhow (?:did|do|does|have|has) .*\b(?:react|respond)", re.IGNORECASE)
"""Asks for deeds as well as for words."""
CLAIMS_TO = re.compile(r" to (?:be|have)\b")
TOPIC_HELD, OTHERWISE_SAID = 0.5, 0.4
"""The share of a topic that a statement must hold, and what a word counts for that it has in another word only, where
others found have the asked one."""
TELLING = (FINITE | POST_VERBS | {"celebrated", "cheered", "saying"}) - {
    "read", "reads", "continued", "continues", "shot", "fired", "went", "goes", "put", "puts", "offered", "shared",
    "ordered", "ruled", "agreed",
}  # fmt: skip
"""Verbs by which a narration tells of somebody's words; those left out tell of deeds as often."""
LOWER = re.compile(r"[a-z]+")
SPELLED = 4
"""Letters in which a name must agree that may be misspelt."""
COUNTED = 0.45
"""The fit from which on a number counts what is asked for."""
HELD = frozenset(stems("followers subscribers members views fans likes"))
"""What accounts and groups have."""
HOLDER = re.compile(r"\b(?:did|do|does|has|have|had)(?:n['’]?t)? (.{2,40}?) (?:los\w+|have|had|gain\w*|shed|drop\w*)\b")
"""Who has or lost them."""
ONE = frozenset(stems("one"))
NOBODY: frozenset[str] = frozenset()
COUNTING = frozenset(stems("number reckon guess suppose believe swear"))
"""What a number is asked for with, which no answer need repeat."""
NAMED, OWN_NAMED = 0.5, 0.34
"""The share of the question's names that a statement must have, with its header, to tell of a return of these."""
WEIGHT = 2.0
"""Log odds by which a thing that is demanded and stands in nothing found counts against an answer."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a question demands of a statement.

    `missing` is our sentence where no statement found has it. `met_by` is None where nothing tells. `strict`: what
    lacks it is no answer; otherwise it may stand behind those that have it. `weight` is what it counts against an
    answer that nothing found has it, as log odds. `of_topic`: it is that words of somebody are on what is asked about.
    """

    missing: str
    met_by: Callable[[Candidate, Ground | None], bool | None]
    strict: bool = True
    weight: float = WEIGHT
    of_topic: bool = False


def demands_of(question: Question, wants: Wants, terms: Terms, grounds: Grounds) -> list[Demand]:
    """List what a question demands; mostly nothing."""
    found = (
        *_of_the_time(question), _of_return(question), *_of_speech(question, wants, terms, grounds),
        _of_count(question, wants), _of_group(wants), _of_giver(question, wants), _of_names(question, wants),
        _of_occasion(question), _of_platform(wants), _of_side(question, wants),
    )  # fmt: skip
    return [one for one in found if one]


def _of_the_time(question: Question) -> list[Demand]:
    """Demand the years asked about of every statement, and the very days of figures; others may come after."""
    when = question.when
    if when is None or SEQUENCE.search(question.text.partition(question.times[0])[0]):
        return []
    years = f"{when[0][:4]}-01-01", f"{when[1][:4]}-12-31"
    missing = f"Nothing found here is of the time asked about, {' and '.join(question.times)}."
    return [
        Demand("", partial(_is_of, years), weight=0.0),
        Demand(missing, partial(_is_of, when), strict=question.asks is Asks.HOW_MANY),
    ]


def _is_of(when: tuple[str, str], one: Candidate, ground: Ground | None) -> bool | None:
    """Say whether a statement may be of a time, by the dates in it or else by its own; None where it has none."""
    told = days_in(one.stored.text)
    if told:
        return any(first <= when[1] and last >= when[0] for first, last in told)
    header = DATED.search(ground.header) if ground else None
    dated = one.stored.statement.date or (header[1] if header else "")
    return is_within(dated, when) if dated and not dated.startswith("-") else None


def _of_occasion(question: Question) -> Demand | None:
    """Prefer what names the occasion that a time is told by; where nothing does, the headline says so."""
    occasions = [occasion for phrase in question.vague if (occasion := occasion_of(phrase))]
    if not occasions:
        return None

    def met_by(one: Candidate, ground: Ground | None) -> bool:
        held = occasions_in(f"{ground.header if ground else ''} {one.stored.text}")
        return all(occasion <= held for occasion in occasions)

    return Demand("", met_by, weight=0.0)


def _of_platform(wants: Wants) -> Demand | None:
    """Prefer what is on a platform asked about to what names others alone."""
    if not wants.platforms:
        return None

    def met_by(one: Candidate, ground: Ground | None) -> bool | None:
        own = platforms_of(stem_set(one.evidence.block))
        if not own and ground and one.stored.statement.section is not None:
            own = platforms_of(ground.header_stems)
        return bool(own & wants.platforms) if own else None

    return Demand("", met_by, strict=False, weight=0.0)


def _of_side(question: Question, wants: Wants) -> Demand | None:
    """Demand those affected and critics where it is asked who complained, and defenders where it is who approved."""
    asked = SIDE_ASKED.search(question.text) if wants.sought.fact is Fact.WHO else None
    if asked is None:
        return None
    against, verb = bool(asked["against"]), frozenset(stems(asked[asked.lastgroup or 0]))
    meant = verb.union(*map(alike, verb))

    def met_by(one: Candidate, _ground: Ground | None) -> bool:
        voice = one.stored.statement.voice
        on_side = voice in (Voice.AFFECTED, Voice.CRITIC) if against else voice is Voice.DEFENDER
        return on_side or not meant.isdisjoint(stem_set(one.stored.text))

    return Demand("", met_by, weight=0.0)


def _of_return(question: Question) -> Demand | None:
    if question.quoted or not asks_for_return(question.text):
        return None
    whether = question.asks is Asks.WHETHER

    def met_by(one: Candidate, _ground: Ground | None) -> bool:
        dated = question.asks is not Asks.WHEN or (one.fit is not None and one.fit.kind >= OF_THE_KIND)
        told = tells_of_return(one.stored.text) or (whether and implies_return(one.stored.text))
        return dated and told and is_on(one)

    return Demand("Nothing found here tells of a return or a reversal.", met_by, strict=whether)


def is_on(one: Candidate) -> bool:
    """Say whether a statement, with its passage, is on those whom the question names."""
    if one.fit is None or one.fit.platform_near < 1.0:
        return False
    alone = one.stored.statement.section is not None  # a line of a dossier, which the lines around it do not explain
    return (one.fit.names if alone else one.fit.names_near) >= NAMED


def _is_on_matter(rest: frozenset[str], ground: Ground | None) -> bool:
    """Say whether a passage holds one of some words of the question."""
    held = ground.stems if ground else rest
    return not rest or any(stem in held or alike(stem) & held for stem in rest)


def _of_speech(question: Question, wants: Wants, terms: Terms, grounds: Grounds) -> list[Demand | None]:
    """Demand words of whoever is asked about by name, and that these are on what is asked about."""
    by = _speaker_of(wants)
    speaker = speaker_in(question.text) if by else None
    if speaker is None or CLAIMS_TO.match(question.text, speaker[1]):
        return []

    reacting = bool(REACTING.search(question.text))

    def met_by(one: Candidate, _ground: Ground | None) -> bool:
        return _is_by(one, by, wants.sought.speaker) or (reacting and _is_in(one, by))

    said = Demand(f"Nothing found here tells what {speaker[0]} said.", met_by, strict=False)
    topic = _topic_in(question.text if question.earlier else terms.text)
    about = frozenset(stems(topic)) - by - FILLERS - MONTHS - wants.years - ANYTHING
    typed = _topic_in(question.text).rstrip(" .")
    missing = f"Nothing found here tells what {speaker[0]} said of {f'“{typed}”' if typed else 'that'}."
    return [said, _of_topic(about, by, missing, wants, grounds)]


def _of_topic(about: frozenset[str], by: frozenset[str], missing: str, wants: Wants, grounds: Grounds) -> Demand | None:
    """Demand that words of somebody are on a topic."""
    if not about:
        return None
    known = {stem for stem in about if any(stem in ground.stems for ground in grounds.values())}
    weights = {stem: wants.weights.get(stem, 1.0) for stem in about}

    def met_by(one: Candidate, ground: Ground | None) -> bool:
        if not _is_by(one, by, wants.sought.speaker):
            return False
        held = stem_set(one.stored.text) | (ground.stems if ground else frozenset())
        on_it = sum(weight * _held(stem, held, stem in known) for stem, weight in weights.items())
        return on_it >= TOPIC_HELD * sum(weights.values())

    return Demand(missing, met_by, of_topic=True)


def _topic_in(asked: str) -> str:
    """Take from a question what somebody is to have spoken of; empty where it names nothing."""
    speaker = speaker_in(asked)
    topic = TOPIC.match(asked, speaker[1]) if speaker else None
    return topic["topic"] if topic else ""


def _is_by(one: Candidate, by: frozenset[str], asked: frozenset[str]) -> bool:
    """Say whether somebody says a statement, or is in one with a verb of saying that nobody else says."""
    return _says(one, by, asked) or (_is_in(one, by) and _tells_of_words(one.stored.text))


def _says(one: Candidate, by: frozenset[str], asked: frozenset[str]) -> bool:
    return bool(names_borne(one.stored, by, asked)) and not _shares_first_name(
        stems(one.stored.statement.speaker or ""), by
    )


def _is_in(one: Candidate, by: frozenset[str]) -> bool:
    return one.stored.statement.speaker is None and by <= stem_set(one.stored.text)


def _tells_of_words(text: str) -> bool:
    """Say whether a sentence has a verb that tells of words, somebody's or others'."""
    return not TELLING.isdisjoint(LOWER.findall(text.lower()))


def _shares_first_name(name: Sequence[str], by: frozenset[str]) -> bool:
    """Say whether a name has no more of another than its first part; the others may be misspelt."""
    rest = by - {*name[:1]}
    alike = any(own.startswith(stem[:SPELLED]) for own in name[1:] for stem in rest)
    return len(name) > 1 and bool(rest) and by & {*name} == {name[0]} and not alike


def _speaker_of(wants: Wants) -> frozenset[str]:
    return wants.sought.speaker - ANYBODY - SIDES.keys() if wants.sought.fact is Fact.SAID else frozenset()


def _held(stem: str, held: frozenset[str], known: bool) -> float:
    """Weigh that a text has a word of a topic: in another word alone it counts little if others have the very word."""
    if stem in held or (len(stem) >= LIKE and any(other.startswith(stem) for other in held)):
        return 1.0
    return (OTHERWISE_SAID if known else ALIKE_SHARE) if alike(stem) & held else 0.0


def _of_giver(question: Question, wants: Wants) -> Demand | None:
    """Prefer words of whoever is asked about for his reason, or for what he tells, to what others say of it."""
    found = None if wants.sought.fact is Fact.SAID else GIVER.search(question.text)
    if found is None:
        return None
    asked = frozenset(stems(found[found.lastgroup or 0])) - FILLERS
    by = asked & (wants.names | PLATFORMS.keys()) or (NOBODY if found["own"] else asked)
    if not by or by & (ANYBODY | SIDES.keys()):
        return None

    why = wants.sought.fact is Fact.WHY

    def met_by(one: Candidate, _ground: Ground | None) -> bool:
        return _says(one, by, asked) or (_is_in(one, by) and (not why or shows(GIVEN, one.stored.text)))

    return Demand("", met_by, strict=False, weight=0.0)


def _of_count(question: Question, wants: Wants) -> Demand | None:
    sought = wants.sought
    if sought.fact is not Fact.HOW_MANY or not sought.things or sought.money or question.counted:
        return None
    of_held = bool(sought.things & HELD)
    whose = HOLDER.search(question.text) if of_held else None
    holder = wants.names & frozenset(stems(whose[1])) if whose else NOBODY
    total = bool(TOTAL_ASKED.search(question.text.lower()))
    numbers = frozenset(stems(" ".join(question.numbers)))
    matter = frozenset(stem for stem in wants.content - sought.things - COUNTING if not alike(stem))

    def met_by(one: Candidate, ground: Ground | None) -> bool:
        if one.fit is None or (one.fit.told and one.fit.kind < COUNTED):
            return False
        beside = _counts_beside(sought.things, one.stored.text)
        if of_held and not (beside and _is_on_matter(matter, ground) and _is_of_named(one, wants, holder, ground)):
            return False
        return not total or (shows(TOTAL_TOLD, one.stored.text) and numbers <= stem_set(one.stored.text))

    thing = "gives such a total" if total else "gives that number"
    return Demand(f"Nothing found here {thing}.", met_by, strict=bool(holder))


def _of_group(wants: Wants) -> Demand | None:
    """Prefer what names the group whose things are counted, as in `how many Gulls accounts`, to other counts."""
    sought = wants.sought
    group = wants.names & sought.things - PLATFORMS.keys() if sought.fact is Fact.HOW_MANY else NOBODY
    if not group:
        return None

    def met_by(one: Candidate, _ground: Ground | None) -> bool:
        return group <= stem_set(one.evidence.block) | said_by(one.stored)

    return Demand("", met_by, strict=False, weight=0.0)


def _is_of_named(one: Candidate, wants: Wants, holder: frozenset[str], ground: Ground | None) -> bool:
    """Say whether a statement is on one whom the question names: it has a name of his, or no other that is new.

    What one says of oneself is on nobody else, where it is asked what a `holder` has.
    """
    if holder and said_by(one.stored) and shows(OWN, one.stored.text):
        return bool(names_borne(one.stored, holder, NOBODY))
    if not wants.names or wants.names_in(stem_set(one.evidence.block) | said_by(one.stored), frozenset()) >= OWN_NAMED:
        return True
    known = wants.sought.known | PLATFORMS.keys() | said_by(one.stored) | (ground.header_stems if ground else set())
    return is_on(one) and not new_names(ATTRIBUTION.sub("", one.stored.text), known)


def _counts_beside(things: frozenset[str], text: str) -> bool:
    """Say whether a number stands beside what is counted: those of followers or members are of no one else."""
    return any(things & (number.behind | number.before) and number.stems != ONE for number in numbers_in(text))


def _of_names(question: Question, wants: Wants) -> Demand | None:
    if wants.sought.fact is not Fact.WHO or not NAMES_ASKED.search(question.text.lower()):
        return None

    beside = OF_THE_KIND if wants.sought.several > 1 or not wants.sought.heads - EXACTLY else 1.0

    def met_by(one: Candidate, ground: Ground | None) -> bool:
        known = wants.sought.known | (ground.header_stems if ground else frozenset())
        fits = one.fit is not None and one.fit.kind >= beside and is_on(one)
        compared = one.stored.statement.section is Section.DISAGREEMENT  # names those who report
        return fits and not compared and bool(new_names(ATTRIBUTION.sub("", one.stored.text), known))

    return Demand(NO_NAME, met_by)
