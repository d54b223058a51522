"""Claims, and what a dossier knows of its event -> what is known of each platform's stated reason."""

import re
from collections.abc import Sequence, Set

from corpus.document import Section, Voice
from corpus.quotes import KNOWN as PLATFORMS
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Reason
from index.lexical import stem_set
from index.reading import platforms_of

ABOUT_MEASURES = re.compile(
    r"\b(?:suspen|remov|ban|lock|delet|terminat|block|clos|restrict|purg|tak(?:e|en|ing) down|took down)\w*",
    re.IGNORECASE,
)


def _not_given(*things: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:without|no|any|never|nobody|not)\b[^.]{{0,60}}\b(?:{'|'.join(things)})\b", re.IGNORECASE)


COMPANIES = (
    frozenset({"Facebook", "Instagram", "WhatsApp", "Messenger"}), frozenset({"Google", "YouTube", "Google Play"}),
)  # fmt: skip
"""Platforms of which one statement mostly speaks for all."""
REASON = ("explanation", "explained", "reason", "told why")
NO_REASON = _not_given(*REASON)
NO_EXPLANATION = _not_given(*REASON, "warning", "notice")
"""How those affected deny a platform's reason; whoever got no warning need not contradict one, see `NO_REASON`."""
GIVEN = re.compile(
    r"\b(?:because|reasons?|due to|owing to|cit(?:e|ed|es|ing)|grounds?|in order to|so that|in response"
    r"|violat\w+|breach\w*|br(?:oke|oken|eak|eaks|eaking)|against|rules?|polic(?:y|ies)|terms|standards?|guidelines?"
    r"|tolerat\w+|prohibit\w*|forbid\w*|forbade|not allow\w*|tied|engag(?:e|ed|ing) in|participat\w+ in|involved in"
    r"|meant to|aimed at|suspected|caught|spam\w*|fake|inauthentic|coordinated|abus\w+|harm\w*|threat\w*|incit\w+"
    r"|to (?:\w+ly )?(?:combat|fight|curb|reduce|protect|prevent|stop|avoid|keep|improve|ensure|counter|tackle|limit"
    r"|make)|for (?:\w+ ){0,2}\w+ing)\b",
    re.IGNORECASE,
)
"""What shows that somebody gives a reason."""


def reasons_of(
    claims: Sequence[Claim], events: Sequence[Event], around: Sequence[frozenset[str]] = ()
) -> tuple[Reason, ...]:
    """Tell what is known of the reasons of the first event's platforms, or else what the first claim's article says.

    Args:
        around: the platforms that the passage of each claim names; only looked at where there is no event.
    """
    stating = [n for n, claim in enumerate(claims) if claim.voice is Voice.PLATFORM and _gives_reason(claim)]
    denying = [
        n for n, claim in enumerate(claims) if claim.voice is Voice.AFFECTED and NO_EXPLANATION.search(claim.text)
    ]
    if not events:
        lead = claims[0].document_id if claims else ""
        stating, denying = ([n for n in places if claims[n].document_id == lead] for places in (stating, denying))
        return _of_article(claims, stating, denying, around)
    event = events[0]
    stating, denying = ([n for n in places if event.id in claims[n].event_ids] for places in (stating, denying))
    return tuple(reason for name in event.platforms for reason in _of_platform(name, event, claims, stating, denying))


def with_company(platforms: Set[str]) -> set[str]:
    """Add to platforms those of the same company."""
    return set(platforms).union(*(company for company in COMPANIES if company & platforms))


def _gives_reason(claim: Claim) -> bool:
    return claim.section is Section.REASON or GIVEN.search(claim.text) is not None


def _of_platform(
    platform: str, event: Event, claims: Sequence[Claim], stating: Sequence[int], denying: Sequence[int]
) -> list[Reason]:
    """Pair the statuses that a dossier has for a platform with the claims that bear them out."""
    own = [n for n in stating if _speaks_for(claims[n], platform, event)]
    denied = tuple(n for n in denying if _may_deny(claims[n], platform, frozenset()))
    borne = {
        ReasonStatus.SPECIFIC: tuple(n for n in own if GIVEN.search(claims[n].text)),
        ReasonStatus.GENERAL: tuple(own),
        ReasonStatus.DENIED_BY_AFFECTED: denied,
    }
    statuses = [status for name, status in event.reasons if name == platform]
    if not statuses and (own or _company_spoke(platform, event)):  # an article, or the company, tells what it does not
        return []
    return [Reason(platform, status, borne.get(status, ())) for status in statuses or [ReasonStatus.NONE]]


def _company_spoke(platform: str, event: Event) -> bool:
    """Say whether a dossier knows a reason of another platform of the same company."""
    return any(platform in company and name in company for name, _ in event.reasons for company in COMPANIES)


def _speaks_for(claim: Claim, platform: str, event: Event) -> bool:
    said_by = f"{claim.speaker or ''} {claim.role or ''}"
    return platform in said_by or not any(other in said_by for other in event.platforms)


def _of_article(
    claims: Sequence[Claim], stating: Sequence[int], denying: Sequence[int], around: Sequence[frozenset[str]]
) -> tuple[Reason, ...]:
    """Tell the reasons by what is said; those affected answer the platform of which they speak."""
    found = []
    for platform in dict.fromkeys(name for n in stating if (name := _platform_of(claims[n]))):
        own = tuple(n for n in stating if _platform_of(claims[n]) == platform)
        near = around or [frozenset()] * len(claims)
        denied = tuple(n for n in denying if _may_deny(claims[n], platform, near[n]))
        specific = any(ABOUT_MEASURES.search(claims[n].text) for n in own)
        found.append(Reason(platform, ReasonStatus.SPECIFIC if specific else ReasonStatus.GENERAL, own))
        if denied:
            found.append(Reason(platform, ReasonStatus.DENIED_BY_AFFECTED, denied))
    return tuple(found)


def _may_deny(claim: Claim, platform: str, around: frozenset[str]) -> bool:
    """Say whether a denial speaks of a platform: it, or else its passage, names that one or none."""
    named = platforms_of(stem_set(claim.text)) or around
    return not named or (bool(named & platforms_of(stem_set(platform))) and (named is not around or len(around) == 1))


def _platform_of(claim: Claim) -> str | None:
    """Name the platform that a claim states something for; a named employee may speak for himself alone."""
    return next((name for name in PLATFORMS if re.search(rf"\b{name}\b", claim.speaker or "")), None)
