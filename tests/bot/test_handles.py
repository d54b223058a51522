"""`/handle`: complete, in pages, with choices that fit what was typed."""

import pytest

from bot.buttons import turn_id
from bot.listings import Wanted, handle_pages


def text_of(result):
    return result.response.embeds[0].description


@pytest.fixture
def busy_handle(tmp_path, shelf):
    """Make a library in which one handle has many posts."""
    folder = tmp_path / "posts"
    folder.mkdir()
    posts = "\n\n".join(
        f"Post {n} {'about wool ' * 12} — Purl Queen (@purlqueen) March {n % 28 + 1}, 2018" for n in range(60)
    )
    (folder / "posts.txt").write_text(f"What she wrote\n\nJo Field\n6 May 2020\n\n{posts}\n")
    shelf.reindex([folder], "test")


async def test_a_handle_shows_what_it_said(stage):
    result = await stage.member.slash(stage.channel, "handle", handle="@PurlQueen")
    assert "**\\@purlqueen (Purl Queen)**" in text_of(result)
    assert "lost 900 followers" in text_of(result)
    assert "The Gazette" in text_of(result)
    assert not result.ephemeral


async def test_a_handle_can_be_shown_to_the_asker_alone(stage):
    assert (await stage.member.slash(stage.channel, "handle", handle="purlqueen", only_me=True)).ephemeral


async def test_a_post_stands_in_quotation_marks(stage):
    assert "“Kites are back!!!" in text_of(await stage.member.slash(stage.channel, "handle", handle="kitekate"))


async def test_an_unknown_handle_gets_the_closest(stage):
    result = await stage.member.slash(stage.channel, "handle", handle="purlquen")
    assert "No source here mentions @purlquen" in result.response.content.replace("\\", "")
    assert "@purlqueen" in result.response.content.replace("\\", "")


@pytest.mark.parametrize("typed", ["_@purlqueen_", "**@purlqueen**", "(@PurlQueen),"])
async def test_a_handle_is_found_with_chats_marks_around_it(stage, typed):
    assert "lost 900 followers" in text_of(await stage.member.slash(stage.channel, "handle", handle=typed))
    choices = await stage.member.autocomplete(stage.channel, "handle", "handle", typed)
    assert [one["value"] for one in choices] == ["purlqueen"]


async def test_a_hostile_handle_is_harmless(stage):
    result = await stage.member.slash(stage.channel, "handle", handle="@everyone <@1> **x**")
    assert "@everyone" not in result.response.content.replace("\\@", "")


async def test_what_was_typed_is_completed(stage):
    choices = await stage.member.autocomplete(stage.channel, "handle", "handle", "@pur")
    assert [(one["name"], one["value"]) for one in choices] == [("@purlqueen", "purlqueen")]


async def test_nothing_typed_offers_the_first_handles(stage):
    choices = await stage.member.autocomplete(stage.channel, "handle", "handle", "")
    assert [one["value"] for one in choices] == ["kitefest", "kitekate", "purlqueen"]


async def test_a_removed_handle_is_offered_no_more(stage, shelf):
    shelf.remove("twitter-knitters-2019-03", "test")
    assert await stage.member.autocomplete(stage.channel, "handle", "handle", "pur") == []


async def test_direct_messages_get_shared_documents(stage):
    result = await stage.member.user.slash("handle", handle="purlqueen")
    assert "lost 900 followers" in text_of(result)


@pytest.mark.usefixtures("busy_handle")
@pytest.mark.parametrize("embedded", [True, False])
def test_pages_hold_every_post_once(desk, embedded):
    pages = handle_pages(desk, Wanted("purlqueen", "", embedded))
    together = "\n".join(page.description if embedded else page.content for page in pages)
    assert len(pages) > 2
    assert [together.count(f"Post {number} ") for number in range(60)] == [1] * 60


@pytest.mark.usefixtures("busy_handle")
def test_each_page_keeps_to_its_limit_and_names_its_sources(desk):
    pages = handle_pages(desk, Wanted("purlqueen", "", False))
    assert all(len(page.content) <= 2000 and "**Sources**" in page.content for page in pages)
    assert "page 2 of" in pages[1].content


@pytest.mark.usefixtures("busy_handle")
async def test_pages_are_turned_in_place_by_whoever_asked(stage):
    first = await stage.member.slash(stage.channel, "handle", handle="purlqueen")
    second = await stage.member.click(first.response, custom_id=turn_id("handle", 1, "purlqueen"))
    assert second.response.id == first.response.id
    assert "page 2 of" in second.response.embeds[0].footer.text


@pytest.mark.usefixtures("busy_handle")
async def test_somebody_else_turns_pages_in_a_copy(stage):
    first = await stage.member.slash(stage.channel, "handle", handle="purlqueen")
    bob = stage.guild.add_member(stage.create_user("bob"))
    copy = await bob.click(first.response, custom_id=turn_id("handle", 1, "purlqueen"))
    assert copy.ephemeral
    assert "page 1 of" in first.response.embeds[0].footer.text


@pytest.mark.usefixtures("busy_handle")
async def test_a_page_that_is_turned_shows_nothing_that_was_removed_since(stage, shelf):
    first = await stage.member.slash(stage.channel, "handle", handle="purlqueen")
    shelf.remove("posts", "test")
    second = await stage.member.click(first.response, custom_id=turn_id("handle", 1, "purlqueen"))
    assert "No source here mentions" in second.response.content
    assert not second.response.embeds


async def test_every_request_is_as_discord_describes_it(stage, contract):
    await stage.member.slash(stage.channel, "handle", handle="purlqueen")
    await stage.member.slash(stage.channel, "handle", handle="nobody")
    await stage.member.autocomplete(stage.channel, "handle", "handle", "")
    assert sum(contract.check(request) for request in stage.http_requests) == 6
