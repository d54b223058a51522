"""A statement and one on the same -> whether the second denies the first, or gives another reason."""

import re

from index.lexical import stems
from index.scope import COMMON, ORDINARY, Scope, clause_at, may_be_the_same, scope_of, shared

STRONG = re.compile(
    r"\b(?:den(?:ies|ied|ying|y(?= that| any| \w+ing))|disput(?:es?|ed|ing)|reject(?:s|ed|ing)?|refut(?:es?|ed)"
    r"|contradict(?:s|ed)|no evidence|(?:not|isn[’']t|wasn[’']t) true|untrue|(?:is|was|were|are|as) false|baseless"
    r"|unfounded|nothing to do with|(?:has|have|had|is|was|are|were) no (?:connection|link|ties)|fabricated)\b",
    re.IGNORECASE,
)
NOT = re.compile(
    r"\b(?:(?:did|was|were|had|has|have|had been)(?: not|n[’']t)|never) (?:\w+ly )?(?P<what>\w+)", re.IGNORECASE
)
OPEN = re.compile(
    r"\b(?:if|whether|unclear|did not (?:say|comment|respond|answer|explain|give)|no comment)\b", re.IGNORECASE
)
CUES = frozenset(stems(
    "deny denies denied dispute disputes disputed reject rejects rejected refute refuted contradict evidence true"
    " untrue false baseless unfounded nothing do does did never not connection link ties fabricated accusation claim"
    " allegation charge any ever having accused"
))  # fmt: skip
CAUSE = re.compile(
    r"\b(?:because of|because|due to|on (?:the )?grounds? (?:of|that)|as punishment for|in retaliation for"
    r"|cit(?:ed|ing) (?=(?:its|repeated|violat\w*|breach\w*|concern\w*))|(?:as|gave) (?:the|its|a) reason"
    r"|(?<=for )(?=violat|break|spam|post|critici|report|support|speak|tell|being|their|his|her|inauthentic|repeated"
    r"|alleged|hate)|for (?=\w+ing\b)|over (?=(?:his|her|their|its|alleged)\b))\s*(?P<why>[^.;,]{4,})",
    re.IGNORECASE,
)
NO_REASON = re.compile(
    r"\b(?:without|no|any|never|nobody|not)\b[^.]{0,60}\b(?:explanation|explained|reason|told why)\b", re.IGNORECASE
)
ALTERNATIVE = re.compile(r"\b(?:or|nor)\b")
"""What follows is denied as well, and need not have been said by the same."""
DENIED, DENIED_WORDS = 0.6, 0.5
"""The share of what a denial denies, names and all or words alone, that the statement denied must hold."""
UNLIKE = 0.25
"""Two reasons that share no more of their words than this are two."""


def denies(answer: str, said: str, known: frozenset[str]) -> bool:
    """Say whether one statement denies another: it says of much the same that it is not so."""
    strong = STRONG.search(answer)
    cue = strong or NOT.search(answer)
    if cue is None or OPEN.search(answer) or STRONG.search(said) or NOT.search(said) or OPEN.search(said):
        return False
    start, end = clause_at(answer, cue.start())
    alternative = ALTERNATIVE.search(answer, cue.end(), end)
    denied, told = scope_of(answer[start : alternative.start() if alternative else end]), scope_of(said)
    if strong is None:
        return _holds_but_not(cue["what"], denied, told, known)
    if len(denied.content - CUES) < 2:
        denied = scope_of(answer)
    return _is_on(denied, told, known)


def _holds_but_not(what: str, denied: Scope, told: Scope, known: frozenset[str]) -> bool:
    """Say whether one clause says that something was not done, and the other that it was."""
    done = scope_of(what).content & told.content
    own = (denied.content | denied.names) - CUES - known
    same = may_be_the_same(denied, told, known) and len(own) > 1
    return bool(done) and same and len(own & (told.content | told.names)) / len(own) >= DENIED


def _is_on(denied: Scope, told: Scope, known: frozenset[str]) -> bool:
    """Say whether what is denied is what was told."""
    what, there = (denied.content | denied.names) - CUES, told.content | told.names
    own = what - ORDINARY - known
    said = own - denied.names
    if not own & there - denied.acts or len(what & there) < 2:
        return False
    return len(own & there) / len(own) >= DENIED and (not said or len(said & there) / len(said) >= DENIED_WORDS)


def gives_other_reason(said: str, answer: str, known: frozenset[str]) -> bool:
    """Say whether one statement gives another reason for what the first explains, or says that none was given."""
    why, other = CAUSE.search(said), CAUSE.search(answer)
    if why is None or not may_be_on_one_act(said, answer):
        return False
    if NO_REASON.search(answer):
        return True
    if other is None:
        return False
    if scope_of(other["why"]).acts & scope_of(said).acts:  # thanked, or blamed, for the measure itself
        return False
    mine, theirs = _words(why["why"], known), _words(other["why"], known)
    return bool(mine and theirs) and shared(mine, theirs) <= UNLIKE


def may_be_on_one_act(one: str, other: str) -> bool:
    """Say whether two statements may explain the same measure."""
    mine, theirs = scope_of(one), scope_of(other)
    names = not mine.names or not theirs.names or bool(mine.names & theirs.names)
    return (
        bool(mine.acts & theirs.acts)
        and names
        and (mine.platforms <= theirs.platforms or theirs.platforms <= mine.platforms)
    )


def _words(text: str, known: frozenset[str]) -> frozenset[str]:
    scope = scope_of(text)
    return (scope.content | scope.names) - ORDINARY - COMMON - known
