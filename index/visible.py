"""Which documents some scopes see, told in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, or_, select

from index import schema as t
from index.rulings import Action, Target

SCOPES_KEPT = 256


def visible(scopes: Any, as_of: Mapping[str, int] | None = None) -> Any:
    """Tell, in SQL, the documents of some scopes that are live, or were at a revision, and hidden from none of them."""
    return _visible(tuple(scopes)) if isinstance(scopes, list) and not as_of else _seen(scopes, as_of)


@lru_cache(SCOPES_KEPT)
def _visible(scopes: tuple[str, ...]) -> Any:
    return _seen(scopes, None)


def _seen(scopes: Any, as_of: Mapping[str, int] | None) -> Any:
    hides = t.rulings.c
    hidden = select(hides.number).where(
        hides.removed_revision.is_(None), hides.action == Action.HIDE, hides.target == Target.DOCUMENT,
        hides.scope.in_(scopes), hides.value == t.documents.c.id, hides.document_scope == t.documents.c.scope,
    )  # fmt: skip
    return and_(_live_as_of(scopes, as_of) if as_of else live(scopes), ~hidden.exists())


def live(scopes: Any) -> Any:
    """Tell, in SQL, the documents of some scopes that are live, hidden or not."""
    return and_(t.documents.c.scope.in_(scopes), t.documents.c.removed_revision.is_(None))


def _live_as_of(scopes: Sequence[str], as_of: Mapping[str, int]) -> Any:
    rows = t.documents.c
    gone = rows.removed_revision
    then = [
        and_(rows.scope == one, rows.added_revision <= at, or_(gone.is_(None), gone > at)) for one, at in as_of.items()
    ]
    return or_(live([one for one in scopes if one not in as_of]), *then)
