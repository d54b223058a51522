"""Passages -> their vectors, batch after batch, on every core while the batches before are stored."""

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from index.embed import Embedder, PassageVectors, Span, cores

BATCH_CHARS, BATCH_CHARS_LEAST = 32_000, 4_000
"""Of the texts of one batch: two seconds' work of one core, so that a stop is soon heeded and loses little."""
BATCHES_EACH = 16
"""Batches of each core, at least, where they do not get too small: the last ones end at about the same time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is to be embedded for one key; `parts` as for `Embedder.embed_parts`."""

    key: str
    text: str
    parts: tuple[Span, ...]


Done = list[tuple[str, PassageVectors]]


def in_batches(waiting: Sequence[Waiting]) -> list[list[Waiting]]:
    """Part texts into batches of like length, so that next to nothing is padding.

    The batches come in no order of length: the rate, and the time left that follows from it, hold from the first on.
    """
    batches: list[list[Waiting]] = []
    share = sum(len(one.text) for one in waiting) // (BATCHES_EACH * cores())
    most = min(max(share, BATCH_CHARS_LEAST), BATCH_CHARS)
    size = most
    for one in sorted(waiting, key=lambda one: len(one.text)):
        if size + len(one.text) > most:
            batches.append([])
            size = 0
        batches[-1].append(one)
        size += len(one.text)
    random.Random(0).shuffle(batches)  # noqa: S311 - no secret
    return batches


@contextmanager
def embedding(
    batches: Sequence[Sequence[Waiting]], embedder: Embedder, threads: int | None = None
) -> Iterator[Iterator[Done]]:
    """Embed batches on threads, one for each core, in their order; leaving it early ends with what has begun.

    Args:
        embedder: safe to use from several threads.
    """

    def embed(batch: Sequence[Waiting]) -> Done:
        found = embedder.embed_parts([one.text for one in batch], [one.parts for one in batch])
        return list(zip([one.key for one in batch], found, strict=True))

    number = threads or cores()
    with ThreadPoolExecutor(number, thread_name_prefix="purgebot-embed") as pool:
        try:
            yield _in_order(pool, embed, batches, number)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _in_order(
    pool: ThreadPoolExecutor,
    embed: Callable[[Sequence[Waiting]], Done],
    batches: Sequence[Sequence[Waiting]],
    number: int,
) -> Iterator[Done]:
    begun: deque[Future[Done]] = deque()
    for batch in batches:
        begun.append(pool.submit(embed, batch))
        if len(begun) > 2 * number:  # one for each thread at work, and one ready for it
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()
