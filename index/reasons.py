"""Claims -> what is known of each platform's reason: the status, who states it, who says that there was none."""

import re
from collections.abc import Sequence

from corpus.document import Voice
from corpus.quotes import KNOWN as PLATFORMS
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Reason

ABOUT_MEASURES = re.compile(
    r"\b(?:suspen|remov|ban|lock|delet|terminat|block|clos|restrict|purg|tak(?:e|en|ing) down|took down)\w*",
    re.IGNORECASE,
)


def _not_given(*things: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:without|no|any|never|nobody|not)\b[^.]{{0,60}}\b(?:{'|'.join(things)})\b", re.IGNORECASE)


REASON = ("explanation", "explained", "reason", "told why")
NO_REASON = _not_given(*REASON)
NO_EXPLANATION = _not_given(*REASON, "warning", "notice")
"""How those affected deny a platform's reason; whoever got no warning need not contradict one, see `NO_REASON`."""


def reasons_of(claims: Sequence[Claim], event: Event | None) -> tuple[Reason, ...]:
    """Tell what is known of each platform's reason for an event; by what the claims say where they are on none."""
    stating = [n for n, claim in enumerate(claims) if claim.voice is Voice.PLATFORM]
    denying = [
        n for n, claim in enumerate(claims) if claim.voice is Voice.AFFECTED and NO_EXPLANATION.search(claim.text)
    ]
    if event is None:
        return _reasons_told(claims, stating, denying)
    stating = [n for n in stating if event.id in claims[n].event_ids]
    denying = [n for n in denying if event.id in claims[n].event_ids]
    found = []
    for platform in event.platforms:
        statuses = [status for name, status in event.reasons if name == platform]
        own = tuple(n for n in stating if _speaks_for(claims[n], platform, event))
        for status in statuses:
            denies = status is ReasonStatus.DENIED_BY_AFFECTED
            found.append(Reason(platform, status, tuple(denying) if denies else own))
        if not statuses:
            found.append(Reason(platform, ReasonStatus.NONE, ()))
    return tuple(found)


def _speaks_for(claim: Claim, platform: str, event: Event) -> bool:
    said_by = f"{claim.speaker or ''} {claim.role or ''}"
    return platform in said_by or not any(other in said_by for other in event.platforms)


def _reasons_told(claims: Sequence[Claim], stating: Sequence[int], denying: Sequence[int]) -> tuple[Reason, ...]:
    """Tell the reasons by what is said; those affected answer the platform only within one article."""
    found = []
    for platform in dict.fromkeys(name for n in stating if (name := _platform_of(claims[n]))):
        own = tuple(n for n in stating if _platform_of(claims[n]) == platform)
        told_in = {claims[n].document_id for n in own}
        denied = tuple(n for n in denying if claims[n].document_id in told_in)
        specific = any(ABOUT_MEASURES.search(claims[n].text) for n in own)
        found.append(Reason(platform, ReasonStatus.SPECIFIC if specific else ReasonStatus.GENERAL, own))
        if denied:
            found.append(Reason(platform, ReasonStatus.DENIED_BY_AFFECTED, denied))
    return tuple(found)


def _platform_of(claim: Claim) -> str | None:
    """Name the platform that a claim states something for; a named employee may speak for himself alone."""
    return next((name for name in PLATFORMS if re.search(rf"\b{name}\b", claim.speaker or "")), None)
