"""Many askers at once -> how many answers they get, and how long each waits."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.turns import Room
from bot.work import Work
from tests.bench.spread import Spread, spread
from tests.bench.tools import Effort

TICK_S = 0.005
Ask = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Level:
    """What so many askers get, each of whom asks the next question when the last is answered."""

    askers: int
    answers: int
    per_second: float
    ms: Spread


@dataclass(frozen=True, slots=True)
class Askers:
    """`threads` calls the library from a thread for each asker; `bot` goes through the bot's own pool.

    `loop_ms` is how late the bot's event loop came at most, at the most askers, less its tick.
    """

    threads: list[Level]
    bot: list[Level]
    loop_ms: float


def measure_askers(ask: Ask, questions: Iterator[str], effort: Effort) -> Askers:
    """Measure every number of askers on threads, and the least and the most through the bot's pool."""
    turns, seconds = _Turns(questions), effort.seconds
    threads = [best(by_threads(ask, turns, many, seconds) for _ in range(effort.rounds)) for many in effort.levels]
    through = [asyncio.run(by_the_bot(ask, turns, many, seconds)) for many in (effort.levels[0], effort.levels[-1])]
    return Askers(threads, [level for level, _ in through], round(through[-1][1], 2))


def best(levels: Iterator[Level]) -> Level:
    """Take the better of some tries: what else the machine did slowed the other."""
    return max(levels, key=lambda level: level.per_second)


def by_threads(ask: Ask, questions: Iterator[str], askers: int, seconds: float) -> Level:
    """Let threads ask until the time is over; each gets at least one answer."""
    spent: list[float] = []
    failed: list[Exception] = []
    begin = time.perf_counter()

    def work() -> None:
        try:
            while True:
                start = time.perf_counter()
                ask(next(questions))
                now = time.perf_counter()
                spent.append(1000 * (now - start))
                if now - begin >= seconds:
                    return
        except Exception as error:  # noqa: BLE001 - raised again below, in the thread that reports
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return _level(askers, spent, time.perf_counter() - begin)


async def by_the_bot(ask: Ask, questions: Iterator[str], askers: int, seconds: float) -> tuple[Level, float]:
    """Let askers wait for the bot's threads; also how late its event loop came at most, in ms."""
    work = Work(room=Room(total=askers, server=askers, member=askers))
    spent: list[float] = []
    begin = time.perf_counter()

    async def asker() -> None:
        while True:
            start = time.perf_counter()
            await work.run(ask, next(questions))
            spent.append(1000 * (time.perf_counter() - start))
            if time.perf_counter() - begin >= seconds:
                return

    late: list[float] = []
    ticking = asyncio.create_task(_tick(late))
    await asyncio.gather(*(asker() for _ in range(askers)))
    took = time.perf_counter() - begin
    ticking.cancel()
    await work.close()
    return _level(askers, spent, took), max(late, default=0.0)


async def _tick(late: list[float]) -> None:
    while True:
        start = time.perf_counter()
        await asyncio.sleep(TICK_S)
        late.append(1000 * (time.perf_counter() - start - TICK_S))


def _level(askers: int, spent: list[float], took: float) -> Level:
    return Level(askers, len(spent), round(len(spent) / took, 2), spread(spent))


class _Turns:
    """An iterator that threads may share: a generator refuses two at once."""

    def __init__(self, items: Iterator[str]) -> None:
        self._items, self._lock = items, threading.Lock()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        with self._lock:
            return next(self._items)
