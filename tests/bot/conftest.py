"""A small real corpus of answers, the client in an in-process Discord, and checks of what it sent."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bot.client import PurgebotClient
from bot.desk import Desk
from bot.state import State
from bot.work import Work
from corpus.document import Kind, Voice
from corpus.source import Source
from index.answer import Answer, CitedSource, Claim, Coverage, Outcome
from index.library import Library

OPENAPI = Path(__file__).parents[2].parent / "shared" / "discord" / "openapi.json"
ID_LISTS = ("attachments", "default_values")
"""Lists in a body whose entries have an id of Discord's; that of a component is none."""
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

MakeClaim = Callable[..., Claim]
MakeAnswer = Callable[..., Answer]


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
def desk(oracle: Oracle, shelf: Library, state: State, work: Work) -> Desk:
    return Desk(oracle, shelf, state, work, documents=shelf)


@pytest.fixture
def simcord_bot(desk: Desk) -> PurgebotClient:
    return PurgebotClient(desk)


@pytest.fixture
def make_client(desk: Desk) -> Callable[[], PurgebotClient]:
    """Return a function that makes the client that a restart brings up: a new pool, the same files."""
    return lambda: PurgebotClient(replace(desk, work=Work()))


@pytest.fixture
def stage(simcord_env: Any) -> Iterator[Any]:
    """Set a stage: a server, a channel, a member. Every request made on it is checked afterwards."""
    guild = simcord_env.create_guild()
    simcord_env.channel = guild.create_text_channel("general")
    simcord_env.member = guild.add_member(simcord_env.create_user("alice"))
    yield simcord_env
    assert_nobody_pinged(simcord_env.http_requests)
    assert_within_limits(simcord_env.http_requests)


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


class Contract:
    """Discord's own description of its API, for the bodies of requests."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._paths = document["paths"]
        self._registry: Registry[Any] = Registry().with_resource("urn:discord", Resource(document, DRAFT202012))

    def check(self, request: Any) -> bool:
        """Raise if a body breaks the description; False if the request has none."""
        schema = self._schema(request.method.lower(), request.path)
        if schema is None or request.json is None:
            return False
        Draft202012Validator({"$ref": f"urn:discord{schema}"}, registry=self._registry).validate(
            _ids_as_text(request.json)
        )
        return True

    def _schema(self, method: str, path: str) -> str | None:
        for template in sorted(self._paths, key=lambda template: template.count("{")):
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
                parts = ("paths", template, method, "requestBody", "content", "application/json", "schema")
                held = self._paths[template].get(method, {}).get("requestBody", {}).get("content", {})
                return "#/" + "/".join(_pointer(part) for part in parts) if "application/json" in held else None
        raise AssertionError(f"Discord knows no {method} {path}")


def _ids_as_text(body: Any) -> Any:
    """Write ids as Discord describes them; discord.py sends some as numbers, which Discord takes."""
    if isinstance(body, list):
        return [_ids_as_text(part) for part in body]
    if not isinstance(body, dict):
        return body
    named = {name: [{**one, "id": str(one["id"])} for one in body[name]] for name in ID_LISTS if body.get(name)}
    return {
        name: str(part) if name.endswith("_id") and type(part) is int else _ids_as_text(part)
        for name, part in (body | named).items()
    }


def _pointer(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Read Discord's description of its API, which is no part of this repository."""
    if not OPENAPI.is_file():
        pytest.skip(f"{OPENAPI} is not here")
    return Contract(json.loads(OPENAPI.read_text(encoding="utf-8")))
