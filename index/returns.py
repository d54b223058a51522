"""Returns and reversals: whether a question asks for one, and whether a statement tells of one."""

import re

RETURNS = (
    r"reinstat\w+|restor\w+|un-?bann?\w*|un-?suspen\w+|un-?block\w*|unlock\w*|re-?admit\w*|lift(?:ed|s|ing)?"
    r"|revers(?:e[sd]?|al|ing)|overturn\w*|und(?:o|oes|id|one|oing)|return(?:ed|s|ing)?|regain\w*|recover\w*|reactivat\w+"
    r"|re-?enabl\w+|rescind\w*|re-?appear\w*|relist\w*"
)
ASKED = re.compile(
    rf"\b(?:{RETURNS}|(?:c[ao]me|coming|comes|g[eo]t|gets|getting|gotten|ga?[iv]ven?|gives?|br[io][nu]\w+|lets?|allow\w*"
    r"|put|went|goes|go) (?:[\w’'@.-]+ ){0,4}?back|(?:allow|let)\w* (?:[\w’'@.-]+ ){0,5}?again"
    r"|back (?:on(?:line)?|up|again))\b"
    r"(?! (?:at|then|and forth|in (?:the )?(?:19|20)\d\d))",
    re.IGNORECASE,
)
TOLD = re.compile(
    rf"\b(?:{RETURNS}|back(?! (?:in|to) (?:19|20)\d\d)|again|resum\w+|relaunch\w*|re-?open\w*|re-?appl\w+"
    r"|released|permanent\w*|for good|for life|lifetime|upheld|never|(?:remain\w*|still|stay\w*) (?:\w+ ){0,2}?"
    r"(?:bann?ed|suspended|offline|down|locked|blocked|off|out|closed|removed|barred|unavailable))\b",
    re.IGNORECASE,
)
"""What tells of a return, or that there was none."""
FOR_A_TIME = re.compile(r"\b(?:temporar\w+|briefly|for a (?:time|while|day|week|month))\b", re.IGNORECASE)
"""What says that there was a return, but nothing of it."""
NO_RETURN = re.compile(
    r"\b(?:trac|dat|look|h[eo]ld|cut|push|pull|fight|fought|talk)\w* (?:[\w’'-]+ ){0,6}?back\b", re.IGNORECASE
)
"""Where `back` tells of none."""
WANTED = re.compile(
    r"\b(?:should|ask\w*|demand\w*|want\w*|call(?:s|ed|ing)? (?:for|on)|request\w*|urg\w+"
    r"|hop(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
WANTING = 60
"""How many characters in front of a return such a word may stand, so that the return is only wanted."""


def asks_for_return(question: str) -> bool:
    """Say whether a question asks for a return or a reversal."""
    return ASKED.search(question) is not None


def tells_of_return(text: str) -> bool:
    """Say whether a text tells of a return or denies it; one that is only wanted is none."""
    told = NO_RETURN.sub(" ", text)
    places = [match.start() for match in TOLD.finditer(told)]
    return any(not WANTED.search(told[max(0, place - WANTING) : place]) for place in places)


def implies_return(text: str) -> bool:
    """Say whether a text tells of something that lasted for a time only."""
    return FOR_A_TIME.search(text) is not None
