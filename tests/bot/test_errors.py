"""Members are told what an error means for them, and nothing else; the log holds no secret."""

import re

import pytest

from bot.errors import QUIET, TOLD, Busy, StateFault, explain
from bot.redaction import redact
from bot.visits import Visits
from corpus.errors import BadDocument, CorpusError
from index import errors
from index.errors import BadQuestion, IndexingError, NothingIndexed

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe." + "x" * 38


def subclasses(kind):
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


@pytest.mark.parametrize("kind", sorted(subclasses(IndexingError) - {BadQuestion}, key=lambda kind: kind.__name__))
def test_no_indexing_error_shows_its_own_text(kind):
    assert "/srv" not in explain(kind("/srv/secret is broken"))


def test_an_error_below_a_known_one_is_told_as_that_one():
    told = explain(BadDocument("/srv/a.md", 3, "no title"))
    assert told.startswith(TOLD[CorpusError].partition("{")[0])


def test_a_bad_question_says_what_is_wrong_with_it():
    assert explain(BadQuestion("the question is empty")) == "The question is empty."


def test_an_unknown_error_is_an_apology_with_the_number_in_the_log(caplog):
    told = explain(ValueError("inner workings"))
    number = re.search(r"[0-9a-f]{8}$", told)
    assert "inner" not in told
    assert number is not None
    assert number[0] in caplog.text
    assert "inner workings" in caplog.text


async def test_the_number_is_that_of_what_is_served():
    visit = Visits().admit("command", 1, 2, 3)
    assert explain(ValueError("inner workings")).endswith(visit.id)


async def test_whoever_is_sent_to_the_log_is_told_what_to_look_for_there(caplog):
    visit = Visits().admit("command", 1, 2, 3)
    assert explain(StateFault("disk full")).endswith(f"finds the cause in its log, under {visit.id}.")
    assert [record.fields["id"] for record in caplog.records] == [visit.id]


def test_what_the_operator_must_know_is_logged(caplog):
    explain(NothingIndexed("no document in data/"))
    assert "no document in data/" in caplog.text


@pytest.mark.parametrize("kind", QUIET)
def test_what_concerns_the_asker_alone_is_not_logged(kind, caplog):
    explain(kind("full"))
    assert caplog.text == ""


@pytest.mark.parametrize(
    "secret",
    [
        TOKEN,
        "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24",
        "https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24/callback",
        "{'token': 'aW50ZXJhY3Rpb246MTIz'}",
        "postgresql://purgebot:hunter2@db/purgebot",
    ],
)
def test_secrets_are_taken_out(secret):
    told = redact(f"failed with {secret}")
    assert "[secret]" in told
    assert not re.search("hunter2|aW50ZXJ|xxxx", told)


def test_plain_text_is_not_redacted():
    assert redact("index/library.py, line 12: 'a.b.c'") == "index/library.py, line 12: 'a.b.c'"


def test_every_error_of_the_table_ends_a_sentence():
    assert all(told.endswith(".") for told in TOLD.values())
    assert Busy in TOLD
    assert issubclass(errors.BadQuestion, IndexingError)
