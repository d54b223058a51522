"""What members see, as the bot sends it: the real library and client in an in-process Discord, written down as JSON.

    python tests/preview/scenes.py DATA SCENES.json

`DATA` is a folder for the index, built there once (minutes), and for nothing else.
"""

import asyncio
import base64
import json
import logging
import shutil
import struct
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
import simcord
from simcord.results import InteractionResult, ResponseMessage

from bot.client import PurgebotClient
from bot.desk import Desk
from bot.drafts import Drafts
from bot.sourcing import SourceDesk
from bot.state import State
from bot.work import Work
from corpus import SHIPPED
from corpus.readers import read_file
from index.answer import Answer, Outcome
from index.embed import Embedder
from index.errors import CatalogOutdated
from index.library import Library

SETTLE_S = 60.0
"""The real model takes longer than a test's stand-in."""
FAULTY = "what breaks?"
PARTLY = "why did Reddit ban r/The_Donald, and how many subscribers did it have?"
SAID = (
    ("down", {"reason": "The date of the article is missing from the second statement."}),
    ("report", {"kind": ["outdated"], "reason": "Some of these accounts were restored in 2023."}),
)
"""What the member says of an answer: button and dialog."""
ARTICLE = """Twitter suspends Occupy accounts, organisers say

Ann Ply
12 October 2018

Twitter suspended some 80 accounts tied to the Occupy movement on Thursday, organisers said.

"Nobody told us why," said Jo Field, who ran one of the accounts. Twitter said that it acts against spam.

We had 200,000 followers this morning. Gone. #Occupy — Occupy Leeds (@occupyleeds) Oct 11, 2018
"""
OTHER_ARTICLE = """Twitter bans Occupy

Ann Ply
12 October 2018

Twitter suspended the accounts of about 130 Occupy activists on Thursday, organisers said.

"Nobody told us why," said Jo Field, who ran one of the accounts.
"""
"""Gives another number than the dossier of its event."""
Scene = dict[str, Any]
Play = Callable[["Stage"], Awaitable[Scene]]


class Stage:
    """One member of one server, and what that member can do; each deed gives a scene."""

    def __init__(self, env: Any, library: Library) -> None:
        """Set up the server."""
        guild = env.create_guild()
        self._env, self._library = env, library
        self._channel = guild.create_text_channel("general")
        role = guild.create_role("Moderators", permissions=discord.Permissions(manage_guild=True))
        self._member = guild.add_member(env.create_user("ada"), roles=[role])
        self._guest = guild.add_member(env.create_user("bo"))

    async def use(self, command: str, **options: Any) -> Scene:
        """Use a slash command."""
        return await self._seen(await self._member.slash(self._channel, command, **options), command=f"/{command}")

    async def say(self, text: str) -> Scene:
        """Mention the bot; the scene shows the bot's reply below."""
        await self._member.send(self._channel, f"<@{self._env.bot.user.id}> {text}")
        return {"said": f"@Purgebot {text}", "message": await _message(self._channel.last_message)}

    async def press(self, action: str, question: str) -> Scene:
        """Ask a question and press a button under the answer."""
        asked = (await self._member.slash(self._channel, "ask", question=question)).response
        button = next(one for one in _buttons(asked) if one["custom_id"].startswith(f"pb:{action}:"))
        return await self._seen(await self._member.click(asked.message, custom_id=button["custom_id"]))

    async def judge(self, question: str) -> Scene:
        """Ask a question, say what is to be said of the answer, and read it as a moderator."""
        asked = (await self._member.slash(self._channel, "ask", question=question)).response
        for action, fields in SAID:
            button = next(one for one in _buttons(asked) if one["custom_id"].startswith(f"pb:{action}:"))
            dialog = await self._member.click(asked.message, custom_id=button["custom_id"])
            await self._member.submit_modal(dialog, fields)
        return await self.use("feedback")

    async def read_answer(self) -> Scene:
        """Open the first answer of the feedback."""
        shown = (await self._member.slash(self._channel, "feedback")).response
        menu = shown.components[0]["components"][0]
        chosen = await self._member.select(shown.message, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
        return await self._seen(chosen)

    async def limits(self) -> Scene:
        """Open the dialog of the limits."""
        shown = (await self._member.slash(self._channel, "settings")).response
        return await self._seen(await self._member.click(shown.message, custom_id="pb.set:limits"))

    async def offer(self) -> Scene:
        """Give a file to look at before it is added."""
        return await self._seen(await self._offered(), command="/sources add")

    async def add(self) -> Scene:
        """Link it to the first event that is proposed, add it, and see what the moderator is told."""
        looked_at = (await self._offered()).response
        menu = looked_at.components[0]["components"][0]
        await self._member.select(looked_at.message, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
        button = next(one for one in _buttons(looked_at) if one["custom_id"].startswith("pb.source:add:"))
        return await self._seen(await self._member.click(looked_at.message, custom_id=button["custom_id"]))

    async def announced(self) -> Scene:
        """Look at what the channel was told last."""
        return {"message": await _message(self._channel.last_message)}

    async def contradict(self) -> Scene:
        """Ask for a number of which an article that the operator added says something else than a dossier."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "bans.txt"
            file.write_text(OTHER_ARTICLE, encoding="utf-8")
            article = replace(read_file(file), event_ids=("twitter-occupy-2018-10",))
        self._library.add(article, "preview", "operator")
        return await self.use("ask", question="how many Occupy accounts did Twitter suspend?")

    async def trespass(self) -> Scene:
        """Use a moderators' command without being one."""
        return await self._seen(await self._guest.slash(self._channel, "sources log"), command="/sources log")

    async def _offered(self) -> InteractionResult:
        return await self._member.slash(self._channel, "sources add", file=("occupy.txt", ARTICLE.encode()))

    async def _seen(self, result: InteractionResult, command: str | None = None) -> Scene:
        shown = result.followups[-1] if result.followups else result.response
        message = await _message(shown) if shown and not result.modal else None
        return {"command": command, "message": message, "modal": result.modal}


def _buttons(shown: ResponseMessage) -> list[Scene]:
    return [button for row in shown.components for button in row["components"]]


async def _message(shown: "ResponseMessage | discord.Message") -> Scene:
    """Write down a message, with its files in it."""
    rows = [row if isinstance(row, dict) else row.to_dict() for row in shown.components]
    return {
        "content": shown.content,
        "flags": shown.flags.value,
        "embeds": [embed.to_dict() for embed in shown.embeds],
        "components": rows,
        "attachments": [await _file(file) for file in shown.attachments],
    }


async def _file(file: discord.Attachment) -> Scene:
    """Write down a PNG with its size, which its header begins with. Source: W3C, "PNG", IHDR."""
    content = await file.read()
    width, height = struct.unpack(">II", content[16:24])
    return {
        "filename": file.filename,
        "description": file.description,
        "data": f"data:image/png;base64,{base64.b64encode(content).decode()}",
        "width": width,
        "height": height,
    }


def using(command: str, **options: Any) -> Play:
    """Use a slash command."""
    return lambda stage: stage.use(command, **options)


def saying(text: str) -> Play:
    """Mention the bot."""
    return lambda stage: stage.say(text)


def pressing(action: str, question: str) -> Play:
    """Press a button under an answer."""
    return lambda stage: stage.press(action, question)


def judging(question: str) -> Play:
    """Say something of an answer and read the feedback."""
    return lambda stage: stage.judge(question)


OCCUPY = "why were Occupy accounts suspended?"
SUSPENDED = "how many accounts did Twitter suspend?"
PLAYS: dict[str, Play] = {
    "answer": using("ask", question=OCCUPY),
    "answer-long": using("ask", question="why did Twitter ban Trump?"),
    "answer-to-mention": saying("how many followers did Dan Bongino lose?"),
    "disagreement": using("ask", question="How much money did PewDiePie lose in the adpocalypse?"),
    "answer-by-event": using("ask", question=SUSPENDED),
    "answer-by-event-few": using("ask", question="How many Myanmar pages did Facebook delete?"),
    "answer-events-listed": using("ask", question="What was the biggest purge of 2021?"),
    "answer-unsaid": using("ask", question="why did Twitter purge patriots in 2016?"),
    "answer-unsure": using("ask", question="what nsfw stuff was still ok on tumblr after december 2018?"),
    "answer-unsaid-and-unsure": using("ask", question="how many accounts did twitter remove last month?"),
    "disagreement-denial": using("ask", question="Did The Epoch Times admit a link to The BL?"),
    "partial": using("ask", question=PARTLY),
    "refusal-not-in-corpus": using("ask", question="did Snapchat remove the accounts of drug dealers?"),
    "refusal-off-topic": using("ask", question="how do I bake bread?"),
    "refusal-language": using("ask", question="warum wurden die Konten von Occupy gesperrt?"),
    "error": using("ask", question=FAULTY),
    "show-more": pressing("more", SUSPENDED),
    "passages": pressing("passages", OCCUPY),
    "handle": using("handle", handle="dbongino"),
    "handle-unknown": using("handle", handle="dbonginoo"),
    "timeline": using("timeline", platform="Reddit"),
    "timeline-all": using("timeline"),
    "timeline-of-answer": pressing("timeline", OCCUPY),
    "event": using("event", event="twitter-occupy-2018-10"),
    "about": using("about"),
    "help": using("help"),
    "privacy": using("privacy"),
    "settings": using("settings"),
    "feedback-none": using("feedback"),
    "feedback": judging(OCCUPY),
    "feedback-answer": Stage.read_answer,
    "sources-preview": Stage.offer,
    "sources-added": Stage.add,
    "sources-announced": Stage.announced,
    "sources-list": using("sources list"),
    "sources-show": using("sources show", source="occupy"),
    "sources-log": using("sources log"),
    "sources-remove": using("sources remove", source="occupy"),
    "sources-reindex": using("sources reindex"),
    "sources-reindexed": Stage.announced,
    "sources-refusal": Stage.trespass,
    "disagreement-across": Stage.contradict,
    "dialog-follow-up": pressing("follow", OCCUPY),
    "dialog-reason": pressing("down", OCCUPY),
    "dialog-report": pressing("report", OCCUPY),
    "dialog-limits": Stage.limits,
}


def asking(library: Library) -> Callable[[str, str, str | None], Answer]:
    """Answer from a library, but fail on `FAULTY` and leave a part of `PARTLY` open."""

    def ask(question: str, scope: str, after: str | None = None) -> Answer:
        if question == FAULTY:
            raise RuntimeError("raised so that its picture can be taken")
        answer = library.ask(question, scope, after)
        if question == PARTLY:
            return replace(answer, outcome=Outcome.PARTIAL, not_covered=("how many subscribers did it have?",))
        return answer

    return ask


async def play(desk: Desk, library: Library) -> list[Scene]:
    """Play every scene once, in the order of `PLAYS`."""
    async with simcord.run(PurgebotClient(desk), settle_timeout=SETTLE_S) as env:
        stage = Stage(env, library)
        return [{"name": name, **await deed(stage)} for name, deed in PLAYS.items()]


def _opened(data: Path, load_embedder: Callable[[], Embedder]) -> Library:
    """Open the library; one of an older form is built anew."""
    try:
        return Library(data, load_embedder)
    except CatalogOutdated:
        shutil.rmtree(data)
        return Library(data, load_embedder)


def main(data: Path, target: Path) -> None:
    """Write the scenes of the shipped corpus into a file."""
    from index.embed import load_embedder
    from index.onnx_reader import load_packaged_reader

    logging.disable(logging.ERROR)  # the error scene is meant to fail
    with closing(_opened(data, load_embedder)) as library:
        library.reindex([SHIPPED], "preview")
    with TemporaryDirectory() as kept:
        copied = shutil.copytree(data, Path(kept) / "data")  # what the scenes add does not stay
        reader = load_packaged_reader(data.parent / "models")
        opened = Library(copied, load_embedder, load_reader=lambda: reader)
        with closing(opened) as library, closing(State(Path(kept))) as state:
            library.warm_up()
            sources = SourceDesk(library, Drafts(Path(kept)))
            desk = Desk(asking(library), library, state, Work(), documents=library, sources=sources)
            scenes = asyncio.run(play(desk, library))
    target.write_text(json.dumps(scenes), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
