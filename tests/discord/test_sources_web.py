"""Moderators' work over the wire on what they meet: a page by its address, and an article as it was published."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sourcing import SourceDesk
from tests.corpus.conftest import Web, response
from tests.discord.running import Start
from tests.discord.server import Loopback
from tests.discord.test_sources import TEXT, ask, changed, moderator, sources
from tests.discord.world import Upload

__all__ = ["sources"]
SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
LINES = TEXT.decode().split("\n\n")[2:]
PAGE = "<html><head><title>Pigeon fanciers lose their pages</title></head><body><article>{}</article></body></html>"


@pytest.fixture
def web() -> Iterator[Web]:
    """Open a web of one server."""
    opened = Web()
    body = PAGE.format("".join(f"<p>{line}</p>" for line in LINES))
    opened.pages["/pigeons"] = [response(200, body.encode(), Content_Type="text/html; charset=utf-8")]
    yield opened
    opened.close()


async def test_a_page_is_added_by_its_address_corrected_removed_and_brought_back(
    discord: Loopback, start: Start, sources: SourceDesk, web: Web
) -> None:
    await start(sources=replace(sources, fetcher=web.fetcher()))
    boss = moderator(discord)
    shown = await discord.response(boss.slash(discord.channel, "sources add", url="http://good.example/pigeons"))
    assert "Pigeon fanciers lose their pages" in shown.text
    dialog = await boss.opens(shown, "Edit details")
    await changed(discord, lambda: boss.submits(dialog, date="2018-10-12"), shown)
    assert "12 Oct 2018" in shown.text
    await changed(discord, lambda: boss.press(shown, "Add"), shown)
    assert "live animals" in await ask(discord)
    asked = await discord.response(boss.slash(discord.channel, "sources remove", source="pigeon"))
    await changed(discord, lambda: boss.press(asked, "Remove"), asked)
    assert "live animals" not in await ask(discord)
    await discord.response(boss.slash(discord.channel, "sources undo"))
    assert "live animals" in await ask(discord)


@pytest.mark.parametrize("number", range(5))
async def test_an_article_is_added_as_an_attachment(
    discord: Loopback, start: Start, sources: SourceDesk, number: int
) -> None:
    articles = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if number >= len(articles):
        pytest.skip(f"{SEEDS} holds no such article")
    await start(sources=sources)
    boss, article = moderator(discord), articles[number]
    upload = Upload(article.name, article.read_bytes())
    shown = await discord.response(boss.slash(discord.channel, "sources add", file=upload))
    await changed(discord, lambda: boss.press(shown, "Add"), shown)
    assert "You added" in shown.text
    held = sources.library.show(article.stem, str(discord.guild.id)).document
    asked = f'who said "{held.text[held.statements[0].start : held.statements[0].end][:200]}"?'
    answer = sources.library.ask(asked, str(discord.guild.id))
    assert article.stem in {claim.document_id for claim in answer.claims}
