"""A small real corpus of answers, the client in an in-process Discord, and checks of what it sent."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.client import PurgebotClient
from bot.desk import Desk
from bot.drafts import Drafts
from bot.jobs import Jobs
from bot.sourcing import SourceDesk
from bot.state import State
from bot.work import Work
from corpus.document import Kind, Voice
from corpus.source import Source
from index.answer import Answer, CitedSource, Claim, Coverage, Outcome
from index.library import Library
from tests.discord.contract import DOCUMENTS, Contract

COVERAGE = Coverage(66, 380, "2012-09", "2024-09", "occupy", "Twitter suspends accounts tied to Occupy", 0)
WIRED = Source(
    "wired", "WIRED UK", "Twitter bans left-wing accounts", published="2018-10", url="https://wired.example/a"
)
CLAIM = Claim(
    text="Said that no reason was given.",
    kind=Kind.PARAPHRASE,
    quotation=False,
    shown=True,
    voice=Voice.AFFECTED,
    speaker="Occupy organisers",
    role=None,
    handle=None,
    via=None,
    date="2018-10",
    event_ids=("occupy",),
    document_id="occupy",
    source_ids=("wired",),
    start=0,
    end=30,
    score=0.7,
)
ANSWER = Answer(
    question="why were Occupy accounts suspended?",
    outcome=Outcome.ANSWERED,
    confidence=0.9,
    headline="Twitter gave a general reason (October 2018, 1 source).",
    claims=(CLAIM,),
    reason=(),
    disagreements=(),
    not_covered=(),
    sources=(CitedSource(WIRED, None),),
    coverage=COVERAGE,
    revision=12,
)

SETTLE_S = 60.0
"""Until a test gives up a bot that has not done what it was asked for. simcord's own 5 s are too few where much else
runs: the first picture of a process loads matplotlib, which takes a second of the processor."""

MakeClaim = Callable[..., Claim]
MakeAnswer = Callable[..., Answer]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test with an in-process Discord wait as long as a busy machine takes."""
    for item in items:
        if "simcord_env" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.simcord(settle_timeout=SETTLE_S))


@pytest.fixture
def make_claim() -> MakeClaim:
    """Return a function that makes a claim which differs in what is named."""
    return lambda text=CLAIM.text, **changes: replace(CLAIM, text=text, end=len(text), **changes)


@pytest.fixture
def make_answer() -> MakeAnswer:
    """Return a function that makes an answer of claims; each source id that they cite gets a source."""

    def make(*claims: Claim, sources: tuple[Source, ...] = (), **changes: Any) -> Answer:
        given = {source.id: source for source in (WIRED, *sources)}
        ids = dict.fromkeys(source_id for claim in claims for source_id in claim.source_ids)
        cited = tuple(CitedSource(given.get(name, replace(WIRED, id=name)), None) for name in ids)
        return replace(ANSWER, claims=claims, sources=cited, **changes)

    return make


class Oracle:
    """Answers every question with `answer`, or raises it; remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer | Exception = ANSWER
        self.asked: list[tuple[str, str]] = []
        self.after: list[str | None] = []
        self.before: Callable[[], object] = lambda: None

    def __call__(self, question: str, scope: str, after: str | None, /) -> Answer:
        self.before()
        self.asked.append((question, scope))
        self.after.append(after)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def oracle() -> Oracle:
    return Oracle()


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    held = State(tmp_path / "state")
    yield held
    held.close()


@pytest.fixture
def shelf(built_data: Path, tmp_path: Path, open_library: Callable[[], Library]) -> Library:
    """Return a library that holds the dossier and the article, copied instead of built."""
    shutil.copytree(built_data, tmp_path / "data")
    return open_library()


@pytest.fixture
def desk(oracle: Oracle, shelf: Library, state: State, work: Work, folder: Path, tmp_path: Path) -> Desk:
    sources = SourceDesk(shelf, Drafts(tmp_path / "state"), (folder,), jobs=Jobs(pace_s=0.01))
    return Desk(oracle, shelf, state, work, documents=shelf, sources=sources)


@pytest.fixture
def simcord_bot(desk: Desk) -> PurgebotClient:
    return PurgebotClient(desk)


@pytest.fixture
def make_client(desk: Desk) -> Callable[[], PurgebotClient]:
    """Return a function that makes the client that a restart brings up: a new pool, the same files."""
    sources = replace(desk.sources, work=Work(), jobs=Jobs(pace_s=0.01))
    return lambda: PurgebotClient(replace(desk, work=Work(), sources=sources))


@pytest.fixture
def stage(simcord_env: Any, described: "Contract | None") -> Iterator[Any]:
    """Set a stage: a server, a channel, a member. Every request made on it is checked afterwards."""
    guild = simcord_env.create_guild()
    simcord_env.channel = guild.create_text_channel("general")
    simcord_env.member = guild.add_member(simcord_env.create_user("alice"))
    yield simcord_env
    assert_nobody_pinged(simcord_env.http_requests)
    assert_within_limits(simcord_env.http_requests)
    for request in simcord_env.http_requests if described else ():
        described.check(request)


def messages(requests: list[Any]) -> list[dict[str, Any]]:
    """Take the bodies of all messages out of the bot's requests."""
    bodies = [request.json for request in requests if isinstance(request.json, dict)]
    bodies = [body.get("data", body) if "type" in body else body for body in bodies]
    return [body for body in bodies if body and ("content" in body or "embeds" in body)]


def assert_nobody_pinged(requests: list[Any]) -> None:
    for body in messages(requests):
        assert body["allowed_mentions"].get("parse") == []
        assert not body["allowed_mentions"].get("replied_user")
        assert not body["allowed_mentions"].get("users")


def assert_within_limits(requests: list[Any]) -> None:
    """Check what Discord's own document does not say: content, and the sum of all embeds."""
    for body in messages(requests):
        assert len(body.get("content") or "") <= 2000
        assert sum(_embed_chars(embed) for embed in body.get("embeds") or []) <= 6000


def _embed_chars(embed: dict[str, Any]) -> int:
    return len(embed.get("description", "")) + len(embed.get("footer", {}).get("text", ""))


@pytest.fixture(scope="session")
def described() -> Contract | None:
    """Read Discord's description of its API, which is no part of this repository; None where it is not there."""
    return Contract.read()


@pytest.fixture
def contract(described: Contract | None) -> Contract:
    """Return the description, for a test that counts what was checked."""
    if described is None:
        pytest.skip(f"{DOCUMENTS} is not here")
    return described
