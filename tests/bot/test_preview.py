"""What `make preview` draws is what the bot sent: nothing lost, nothing read as markup that was escaped."""

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.render import discord_reply, question_line
from bot.sending import embed_of
from corpus.document import Kind, Voice
from corpus.source import ReasonStatus
from index.answer import Disagreement, Outcome, Reason

PREVIEW = Path(__file__).parents[1] / "preview"
TO_HTML = """
import { sceneHtml } from './message.mjs';
let given = '';
for await (const part of process.stdin) given += part;
console.log(JSON.stringify(JSON.parse(given).map((scene) => sceneHtml(scene, 'dark', 'phone'))));
"""
HOSTILE = [
    "**Bold** __under__ ~~gone~~ ||hidden|| `code` [a](https://a.example) <b>&amp;</b>",
    "- no list # no heading > no quote 1. no number",
    "@everyone <@123456789012345678> <t:1> <:x:123456789012345678> https://b.example/x_y_z",
    "\u202eturned \u200b hidden",
]
needs_node = pytest.mark.skipif(
    not shutil.which("node") or not (PREVIEW / "node_modules").is_dir(),
    reason="the preview's packages are absent: `make preview` installs them",
)


class Text(HTMLParser):
    """Collects what is read on a page; a line break counts as one space."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""

    def handle_data(self, data: str) -> None:
        self.found += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found += " " * (tag in ("br", "discord-list-item"))


def pages(replies):
    """Write replies as HTML, as `make preview` does, and read the text back."""
    scenes = [{"message": {"flags": 0, "content": head, "embeds": [embed_of(r).to_dict()]}} for head, r in replies]
    ended = subprocess.run(
        ["node", "--input-type=module", "--eval", TO_HTML],
        input=json.dumps(scenes), capture_output=True, text=True, check=True, cwd=PREVIEW,
    )  # fmt: skip
    found = []
    for html in json.loads(ended.stdout):
        reader = Text()
        reader.feed(html)
        found.append(reader.found)
    return found


@pytest.fixture
def answers(make_answer, make_claim):
    """Make an answer of every kind."""
    said = [make_claim(text, voice=voice) for text, voice in zip(HOSTILE, Voice, strict=False)]
    quoted = [make_claim(text, kind=Kind.POST, quotation=True) for text in HOSTILE]
    return [
        make_answer(*said, reason=(Reason("Twitter", ReasonStatus.NONE, ()),)),
        make_answer(*quoted, disagreements=(Disagreement("how many", (0, 1)),)),
        make_answer(*said, outcome=Outcome.PARTIAL, not_covered=("how *many*?",)),
        *(make_answer(outcome=outcome) for outcome in Outcome if outcome not in (Outcome.ANSWERED, Outcome.PARTIAL)),
    ]


@needs_node
def test_every_claim_comes_back_as_it_was_said(answers):
    read = pages([("", discord_reply(answer)) for answer in answers])
    for answer, page in zip(answers, read, strict=True):
        for claim in answer.claims:
            assert claim.text.replace("\u202e", "⟨U+202E⟩").replace("\u200b", "⟨U+200B⟩") in page


@needs_node
def test_headline_question_and_foot_come_back(answers):
    read = pages([(question_line("why *me*?"), discord_reply(answer)) for answer in answers])
    for answer, page in zip(answers, read, strict=True):
        assert answer.headline in page
        assert "why *me*?" in page
        assert f"revision {answer.revision}" in page
        assert "**" not in page.replace("**Bold**", "")
