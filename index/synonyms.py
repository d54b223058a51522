"""Words that say the same in news on purges, so that a question need not use the source's word.

Used where it is asked how much of a question a statement covers; the search itself goes by the words as they are.
"""

from functools import cache

from index.lexical import stems

GROUPS = (
    "suspend suspension ban banned banning remove removal delete deletion lock lockout block terminate shut deactivate "
    "disable purge kick boot nuke axe deplatform takedown taken took down wipe cull hit "
    "zap yeet",
    "lose lost losing loss drop fall fell decrease decline shrink plunge gone vanish disappear",
    "restore reinstate recover regain unlock unban unsuspend back",
    "say said tell told state statement claim announce explain explanation comment respond response reply react "
    "write wrote tweet post",
    "account profile handle accs accts",
    "subscribers subs",
    "ceo chief boss",
    "twitter x",
    "facebook meta",
)
"""Each a group of words for one thing that news on purges tells of."""
LIKE = 5
"""Letters from which on a word that begins like another says the same: `censor`, `censorship`."""


@cache
def alike(stem: str) -> frozenset[str]:
    """Return the stems of the words that may stand for a word of this stem."""
    found = [group for group in _stemmed() if stem in group]
    return frozenset().union(*found) - {stem}


@cache
def _stemmed() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stems(group)) for group in GROUPS)
