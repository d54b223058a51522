"""Claims and the question -> what may be said of them above: that they tell what is asked, whose reason is known."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from corpus.document import Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Reason
from index.claims import Candidate
from index.facts import OF_THE_KIND, said_by
from index.lexical import stem_set, stems
from index.measures import Measure, has_hit, measure_asked
from index.question import Question
from index.reading import Ground, Wants, platforms_of
from index.reasons import reasons_of, with_company
from index.retrieve import Terms
from index.returns import asks_for_return, tells_of_return
from index.sought import Fact, Sought
from index.synonyms import alike
from index.verbs import AUXILIARY, LIGHT, forms_of

ASKING = frozenset(stems(
    "why reason reasons explain explained explanation justify justified justification give gave given state cite named"
    " offer provide grounds"
))  # fmt: skip
"""Words that ask for a reason, which no answer need have."""
BEHIND_WHO = re.compile(r"\bwho (?:(?:else|all|first|also|ever|\w+ly) )?([a-z]+)")
WHOLE = 1.0
"""The fit of a name that stands beside what is to be named."""
SPEAKER_ASKED = re.compile(
    r"\b(?:who|which|what)\b.*?\b(?:say|said|think|thought|thank|claim|tweet|post|wrote|write|call|complain|ask|argu|warn|prais"
    r"|blam|accus|celebrat|cheer|jok|mock|critici[sz]|react|respond|repl|believ|suggest|admit|den(?:y|ie)|defend|describ"
    r"|mention|want|hop|demand|welcom|predict)\w{0,5}\b",
    re.IGNORECASE,
)
"""What is done with words."""


@dataclass(frozen=True, slots=True)
class Made:
    """A claim, the statement that it is made of, and the passage of that, if the question found it."""

    claim: Claim
    one: Candidate
    ground: Ground | None


def shows_kind(question: Question, terms: Terms, wants: Wants, told: Sequence[Made], *, untold: bool) -> bool:
    """Say whether a shown claim is of the kind of fact sought, and tells it of the deed that is asked about.

    Args:
        untold: it is said that nothing found tells who or what is the most.
    """
    sought = wants.sought
    if sought.fact is Fact.WHO and untold:
        return False
    deed = frozenset() if sought.heads else _deed_asked(sought, terms)
    least = WHOLE if sought.fact is Fact.WHO and sought.heads else OF_THE_KIND
    of_return = asks_for_return(question.text)
    return any(
        made.claim.shown
        and made.one.fit is not None
        and made.one.fit.kind >= least
        and (not deed or not deed.isdisjoint(stem_set(made.claim.text) | said_by(made.one.stored)))
        and (not of_return or tells_of_return(made.claim.text))
        for made in told
    )


def speaker_told(question: Question, wants: Wants, told: Sequence[Made]) -> str:
    """Name who makes the best claim, where it is asked who says or thinks something.

    Empty where the question names him, or he is told by no name (`some experts`).
    """
    best = max((made for made in told if made.claim.shown), key=lambda made: made.claim.score, default=None)
    if wants.sought.fact is not Fact.WHO or best is None or not SPEAKER_ASKED.search(question.search_text):
        return ""
    speaker = best.claim.speaker or ""
    names_other = best.one.fit is not None and best.one.fit.kind >= WHOLE
    known = stem_set(speaker) <= wants.sought.known
    return "" if names_other or known or not speaker[:1].isupper() else speaker


def _deed_asked(sought: Sought, terms: Terms) -> frozenset[str]:
    """Return the forms of the verb asked about, which stands right behind a "who"."""
    behind = BEHIND_WHO.search(terms.text) if sought.fact is Fact.WHO else None
    stem = next(iter(stems(behind[1])), "") if behind and behind[1] not in AUXILIARY else ""
    return forms_of(stem) if stem and stem not in LIGHT else sought.deed


def reasons_asked(
    question: Question, terms: Terms, wants: Wants, told: Sequence[Made], events: Sequence[Event], texts: Sequence[str]
) -> tuple[Reason, ...]:
    """Tell the reasons of the platforms asked about, or else of all; none where a "why" asks somebody else's.

    Args:
        texts: what is found on the first event, or else in the article of the first claim.
    """
    claims = [made.claim for made in told]
    reasons = reasons_of(claims, events[:1], () if events else [_platforms_around(made) for made in told])
    if wants.sought.fact is not Fact.WHY:
        asked = [one for one in reasons if wants.platforms & platforms_of(stem_set(one.platform))]
        return tuple(asked or reasons) if events else tuple(asked)
    if not events and (concerned := wants.platforms or _platforms_in_title(told[0])):
        reasons = tuple(one for one in reasons if concerned & platforms_of(stem_set(one.platform)))
    measure = _measure(question, terms, wants, claims)
    if measure is None or not has_hit(measure.hit, texts) or not (events or _is_on_the_matter(wants, told[0])):
        return ()
    of_measure = [one for one in reasons if measure.concerns(one.platform)]
    if not measure.is_all_of({one.platform for one in of_measure}, {one.platform for one in reasons}):
        return ()
    first = claims[0].speaker or ""
    return tuple(sorted(of_measure, key=lambda one: (one.status is ReasonStatus.NONE, one.platform not in first)))


def _platforms_around(made: Made) -> frozenset[str]:
    return frozenset(platforms_of(made.ground.stems)) if made.ground else frozenset()


def _platforms_in_title(made: Made) -> set[str]:
    return with_company(platforms_of(stem_set(made.ground.header))) if made.ground else set()


def _measure(question: Question, terms: Terms, wants: Wants, claims: Sequence[Claim]) -> Measure | None:
    text = question.text.lower() if question.earlier else terms.text  # the latter has slips of spelling mended
    by: Set[str] = {stem for one in claims if one.voice is Voice.PLATFORM for stem in stem_set(one.speaker or "")}
    return measure_asked(text, question.earlier.lower(), wants.names, by)


def _is_on_the_matter(wants: Wants, lead: Made) -> bool:
    """Say whether the passage of the first claim has the words of the question, besides those that ask for a reason."""
    held = lead.ground.stems if lead.ground else frozenset[str]()
    return all(stem in held or alike(stem) & held for stem in wants.content - ASKING)
