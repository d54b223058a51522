"""One hostile document and question on every surface: nothing pings, links, hides or turns text round."""

import json
import re
from dataclasses import replace

import discord
import pytest

from bot.remembered import GuildSettings
from index.answer import Outcome

EVENT = "twitter-evil-2019-03"
HEAD = (
    "EVIL\u200b @everyone <@&123456789012345678> [click](https://evil.example) **EVILBOLD** ||EVILSPOILER|| `EVILCODE`"
)
"""What a dossier's head may hold; it refuses marks that turn text round."""
NAME = "EVIL @everyone **EVILBOLD** \u200b"
"""Short enough to be offered as a choice."""
ASIDE = HEAD.replace("(", "").replace(")", "")
BODY = f"{HEAD} <@123456789012345678> @here \u202e\u2066 # EVILHEAD discord.gg/evil <t:1> \u200f"
QUESTION = f"why did Twitter suspend the accounts of evil knitters? {BODY}"
DOSSIER = f"""---
id: {EVENT}
platforms: [Twitter, {json.dumps(NAME, ensure_ascii=False)}]
date: 2019-03-04
title: {json.dumps(f"Twitter suspends accounts of evil knitters {HEAD}", ensure_ascii=False)}
confidence: high
sources:
  evil: {{publisher: {json.dumps(f"Gazette {HEAD}", ensure_ascii=False)}, title: {json.dumps(HEAD, ensure_ascii=False)},
          url: "https://source.example/a", archive_url: "https://source.example/b"}}
---
## What happened
- Twitter suspended 240 accounts of evil knitters, it is said {BODY}. [evil]
## The platform's reason
- Twitter: Said that the accounts of evil knitters were suspended for spam {BODY}. [evil]
## Those affected
- @purlevil (Purl {ASIDE}), 2019-03-04: Said that evil knitters got no reason {BODY}. [evil]
## Critics
- Ned @everyone ||EVIL|| (critic <@&123456789012345678>): Called it evil to knitters {BODY}. [evil]
"""
HIDDEN = set("\u200b\u200f\u202e\u2066")
OURS = ("https://source.example/", "https://discord.com/channels/")
MARKDOWN = {"content", "description"}
NOT_SHOWN = {"custom_id", "id", "value", "filename", "type", "emoji", "allowed_mentions", "message_reference", "nonce"}


@pytest.fixture(autouse=True)
def hostile(stage, shelf, oracle, state, tmp_path):
    """Add the dossier, let the oracle answer from it, and make the asker a moderator."""
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil" / f"{EVENT}.md").write_text(DOSSIER, encoding="utf-8")
    shelf.reindex([tmp_path / "evil"], "test")
    oracle.answer = shelf.ask(QUESTION)
    assert oracle.answer.claims
    state.change_settings(stage.guild.id, lambda _: GuildSettings(in_thread=True))
    role = stage.guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    stage.member = stage.guild.add_member(stage.create_user("eve"), roles=[role])


async def ask(stage, **more):
    return (await stage.member.slash(stage.channel, "ask", question=QUESTION, **more)).response


def ids(message):
    return [one["custom_id"] for row in message.components for one in row["components"]]


def pressing(action):
    async def surface(stage, _oracle):
        message = await ask(stage)
        found = next(one for one in ids(message) if one.startswith(f"pb:{action}:"))
        await stage.member.click(message, custom_id=found)

    return surface


def using(command, **options):
    return lambda stage, _oracle: stage.member.slash(stage.channel, command, **options)


def typing(command, option, typed=""):
    return lambda stage, _oracle: stage.member.autocomplete(stage.channel, command, option, typed)


async def asking(stage, _oracle):
    await ask(stage)


async def without_embeds(stage, _oracle):
    forbidden = discord.PermissionOverwrite(embed_links=False)
    stage.channel = stage.guild.create_text_channel("plain", overwrites={stage.bot.user: forbidden})
    await pressing("passages")(stage, _oracle)
    await stage.member.slash(stage.channel, "event", event=EVENT)


async def mentioning(stage, _oracle):
    await stage.member.send(stage.channel, f"<@{stage.bot.user.id}> {QUESTION}")


async def refused(stage, oracle):
    nearest = replace(oracle.answer.coverage, nearest_event=EVENT, nearest_title=f"Knitters {HEAD}", publishers=(HEAD,))
    oracle.answer = replace(oracle.answer, outcome=Outcome.NOT_IN_CORPUS, claims=(), coverage=nearest)
    await pressing("event")(stage, oracle)


async def waiting(stage, oracle):
    oracle.answer = replace(
        oracle.answer, claims=tuple(replace(one, shown=n == 0) for n, one in enumerate(oracle.answer.claims))
    )
    await pressing("more")(stage, oracle)


async def asking_about(stage, _oracle):
    message = await stage.member.send(stage.channel, QUESTION)
    await stage.member.context_menu(stage.channel, "Ask about this", message)


async def asking_about_much(stage, _oracle):
    message = await stage.member.send(stage.channel, f"Evil {BODY} " * 6)
    await stage.member.context_menu(stage.channel, "Ask about this", message)


async def following(stage, oracle):
    message = await ask(stage)
    found = next(one for one in ids(message) if one.startswith("pb:follow:"))
    shown = await stage.member.click(message, custom_id=found)
    await stage.member.submit_modal(shown, {"question": QUESTION})


async def judged(stage, _oracle):
    message = await ask(stage)
    for action, fields in (("down", {"reason": BODY}), ("report", {"kind": ["wrong"], "reason": BODY})):
        found = next(one for one in ids(message) if one.startswith(f"pb:{action}:"))
        await stage.member.submit_modal(await stage.member.click(message, custom_id=found), fields)
    feedback = (await stage.member.slash(stage.channel, "feedback")).response
    await stage.member.select(feedback, [feedback.components[0]["components"][0]["options"][0]["value"]])


SURFACES = {
    "answer": asking,
    "answer to the asker alone": lambda stage, _oracle: ask(stage, only_me=True),
    "content without embeds": without_embeds,
    "reply in a thread and its name": mentioning,
    "refusal and nearest event": refused,
    "show more": waiting,
    "message menu": asking_about,
    "dialog of a long message": asking_about_much,
    "follow-up": following,
    "passages": pressing("passages"),
    "timeline of an answer": pressing("timeline"),
    "handle": using("handle", handle="purlevil"),
    "unknown handle": using("handle", handle="evil @everyone <@&123456789012345678> \u200b\u202e"),
    "choices of handles": typing("handle", "handle", "purlevil"),
    "event": using("event", event=EVENT),
    "unknown event": using("event", event="evil @everyone [x](https://evil.example) \u200b\u202e"),
    "choices of events": typing("event", "event", "evil"),
    "timeline and alternative text": using("timeline"),
    "timeline of a platform": using("timeline", platform="evil [x](https://evil.example)"),
    "what is no date": using("timeline", **{"from": "@evil\u202e"}),
    "choices of platforms": typing("timeline", "platform", "evil"),
    "about": using("about"),
    "feedback": judged,
}
SILENT = {"timeline of a platform", "about"}
"""Surfaces that leave out what was given them: nothing fits, or the platform is not among the first."""


def leaves(body, name=""):
    """List the texts of a request with the name of the field that holds each."""
    if isinstance(body, dict):
        for key, part in body.items():
            shown = key == "value" and body.get("type") == 4  # what a text field is filled with
            if shown or key not in NOT_SHOWN:
                yield from leaves(part, "alternative text" if name == "attachments" else key)
    elif isinstance(body, list):
        for part in body:
            yield from leaves(part, name)
    elif isinstance(body, str):
        yield name, body


def assert_harmless(name, text):
    assert not HIDDEN & set(text), (name, text)
    if name not in MARKDOWN:
        return
    live = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)
    for sign in ("@everyone", "@here", "<@", "||", "`EVIL", "**EVILBOLD", "://evil", "gg/evil", "<t:1>"):
        assert sign not in live, (sign, text)
    assert not re.search(r"^\s*#", live, re.MULTILINE)
    assert all(url.startswith(OURS) for url in re.findall(r"\]\(([^)]*)", live))


@pytest.mark.parametrize("name", SURFACES)
async def test_every_surface_gives_it_back_harmless(stage, oracle, name):
    before = len(stage.http_requests)
    await SURFACES[name](stage, oracle)
    seen = [leaf for request in stage.http_requests[before:] for leaf in leaves(request.json)]
    assert name in SILENT or any("evil" in text.casefold() for _, text in seen)
    for leaf in seen:
        assert_harmless(*leaf)
