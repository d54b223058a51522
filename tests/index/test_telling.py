"""What may be said above claims: that they tell what is asked."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Statement, Voice
from corpus.source import Event
from index.answer import Claim
from index.claims import Candidate
from index.compose import Held, _events
from index.counts import Counts
from index.lexical import stems
from index.question import Question, understand
from index.reading import Wants, fit_of, ground_of, wants_of
from index.retrieve import Evidence, Hit, Terms
from index.stored import StoredPassage, StoredStatement
from index.telling import Made, reasons_asked, shows_kind, speaker_told

CLAIM = Claim(
    text="Rivvel banned Ann Ply.", kind=Kind.NARRATION, quotation=False, shown=True, voice=Voice.REPORTER, speaker=None,
    role=None, handle=None, via=None, date=None, event_ids=(), document_id="a", source_ids=("a",), start=0, end=22,
    score=1.0,
)  # fmt: skip


def shown(question: str, text: str, *, untold: bool = False) -> bool:
    asked, terms, wants, made = asked_of(question, text, "Bakers")
    return shows_kind(asked, terms, wants, [made], untold=untold)


def asked_of(question: str, text: str, title: str) -> tuple[Question, Terms, Wants, Made]:
    asked = understand(question)
    terms = Terms(asked.search_text.lower(), dict.fromkeys(stems(asked.search_text), 1.0))
    statement = Statement(0, len(text), 0, len(text), Kind.NARRATION, Voice.REPORTER, ("a",))
    evidence = Evidence(StoredStatement(1, 1, "a", 1, 0, text, statement), text, 0.5, 0.5, 0.5)
    hit = Hit(StoredPassage(1, 1, 0, len(text), text, title), 1.0, 0.5, 1.0, (evidence,))
    wants, ground = wants_of(asked, terms, [hit]), ground_of(hit, terms)
    one = Candidate(evidence.stored, 1.0, evidence, fit_of(wants, evidence, ground))
    return asked, terms, wants, Made(replace(CLAIM, text=text, end=len(text)), one, ground)


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("who banned the bakers?", "In May the bakers were banned by Ann Ply.", True),
        ("who defended the bakers?", "In May the bakers were banned by Ann Ply.", False),
        ("who was the lawyer of the bakers?", "In May Ann Ply banned the bakers.", False),
        ("who was the lawyer of the bakers?", "In May the lawyer Ann Ply spoke for the bakers.", True),
        ("when were the bakers banned?", "The bakers were banned on 4 May 2020.", True),
        ("when were the bakers banned?", "The bakers met on 4 May 2020.", False),
        ("when will the bakers get their accounts back?", "The bakers were banned on 4 May 2020.", False),
        ("when will the bakers get their accounts back?", "The bakers got their accounts back on 4 May 2020.", True),
        ("how many bakers were fired?", "There were 40 bakers on it.", False),
        ("how many bakers were banned?", "It banned 40 bakers.", True),
    ],
)
def test_a_fact_is_promised_only_of_the_deed_asked_about(question: str, text: str, told: bool) -> None:
    assert shown(question, text) is told


def test_no_name_is_promised_where_it_is_said_that_nothing_tells_who() -> None:
    assert not shown("who lost the most followers?", "In May Ann Ply lost 900 followers.", untold=True)


def test_the_event_of_the_best_claim_is_named_first() -> None:
    events = {name: Event(name, ("Rivvel",), "2020", name) for name in "ab"}
    claims = [replace(CLAIM, event_ids=(name,)) for name in "abb"]
    assert [event.id for event in _events(claims, Held(Counts(0, 0, 0, 0, None, None, 0), events, 1))] == ["a", "b"]


@pytest.mark.parametrize(
    ("question", "title", "of"),
    [
        ("why were the bakers' accounts removed?", "Facebook removes bakers", ["Facebook"]),
        ("why were the bakers' accounts removed?", "Instagram removes bakers", ["Facebook"]),
        ("why were the bakers' accounts removed?", "Twitter removes bakers", []),
        ("why were the bakers' accounts removed?", "Bakers lose accounts", ["Facebook"]),
        ("why did Facebook remove the bakers' accounts?", "Twitter removes bakers", ["Facebook"]),
    ],
)
def test_of_an_article_only_the_platform_it_is_on_is_said_to_have_given_a_reason(
    question: str, title: str, of: list[str]
) -> None:
    text = "Facebook said that it removed the bakers' accounts because of spam."
    asked, terms, wants, made = asked_of(question, text, title)
    said = replace(made, claim=replace(made.claim, voice=Voice.PLATFORM, speaker="Facebook"))
    assert [one.platform for one in reasons_asked(asked, terms, wants, [said], [], [text])] == of


def told_by(question: str, text: str, *speakers: str | None) -> str:
    asked, _, wants, made = asked_of(question, text, "Bakers")
    said = [
        replace(made, claim=replace(made.claim, speaker=speaker, score=1 - place / 10))
        for place, speaker in enumerate(speakers)
    ]
    return speaker_told(asked, wants, said[::-1])


@pytest.mark.parametrize(
    ("question", "text", "speakers", "told"),
    [
        ("who thanked Rivvel for it?", "Thanks for that.", ("Ann Ply", None, "Ned Loom"), "Ann Ply"),
        ("who thanked Rivvel for it?", "Thanks for that.", (None, "Ann Ply"), ""),
        ("who thanked Rivvel for it?", "Thanks for that.", ("some bakers", "Ann Ply"), ""),
        ("who thanked Ann Ply?", "Thanks for that.", ("Ann Ply",), ""),
        ("who lost the most followers?", "Lost 900 followers.", ("Ann Ply",), ""),
        ("which baker thinks it was right?", "It was right.", ("Ann Ply",), "Ann Ply"),
        ("why did she thank Rivvel?", "Thanks for that.", ("Ann Ply",), ""),
        ("which baker was banned?", "The baker Ned Loom was banned.", ("Ann Ply",), ""),
    ],
)
def test_who_says_it_is_told_where_nothing_else_tells_who(
    question: str, text: str, speakers: tuple[str | None, ...], told: str
) -> None:
    assert told_by(question, text, *speakers) == told
