"""`/about`, `/help`, `/privacy`."""

from bot.about import HELP, PRIVACY, privacy_text
from bot.limits import MESSAGE_UNITS, units
from bot.remembered import GuildSettings

QUESTION = "why were Occupy accounts suspended?"


def text_of(result):
    return result.response.embeds[0].description


async def test_about_says_what_is_held_and_since_when(stage):
    result = await stage.member.slash(stage.channel, "about")
    assert "2 documents from 3 sources" in text_of(result)
    assert "1 purge, 4 Mar 2019, most of them on Twitter" in text_of(result)
    assert "Revision 1, last changed <t:" in text_of(result)
    assert result.ephemeral


async def test_about_an_empty_library_says_so(stage, shelf):
    for name in ("kites", "twitter-knitters-2019-03"):
        shelf.remove(name, "test")
    assert "0 documents" in text_of(await stage.member.slash(stage.channel, "about"))


async def test_help_names_every_command_of_members(stage):
    text = text_of(await stage.member.slash(stage.channel, "help"))
    assert all(f"`/{name}`" in text for name in ("ask", "handle", "event", "timeline", "about", "privacy"))
    assert "Ask about this" in text


async def test_help_names_what_moderators_have(stage):
    text = text_of(await stage.member.slash(stage.channel, "help"))
    assert all(f"`/{name}`" in text for name in ("sources", "feedback", "settings"))


async def test_privacy_says_for_how_long(stage, state):
    state.change_settings(stage.guild.id, lambda _: GuildSettings(retention_days=7))
    text = text_of(await stage.member.slash(stage.channel, "privacy"))
    assert "for 7 days" in text
    assert "for at most 15 minutes" in text


async def test_the_button_erases_what_was_asked(stage, state):
    await stage.member.slash(stage.channel, "ask", question=QUESTION)
    shown = await stage.member.slash(stage.channel, "privacy")
    for told in ("Done", "I keep no question, vote or report of yours."):
        result = await stage.member.click(shown.response, label="Delete my data")
        assert told in result.response.content
    assert state.latest_in(stage.channel.id).question is None


def test_what_is_read_where_content_is_allowed_is_told():
    assert "threads that this server's moderators chose" in privacy_text(GuildSettings(), message_content=True)
    assert "threads" not in privacy_text(GuildSettings(), message_content=False)


def test_the_texts_fit_in_a_message():
    assert units(HELP) <= MESSAGE_UNITS
    assert units(PRIVACY) <= MESSAGE_UNITS


async def test_all_three_work_in_direct_messages(stage):
    for name in ("about", "help", "privacy"):
        assert (await stage.member.user.slash(name)).response.embeds


async def test_every_request_is_as_discord_describes_it(stage, contract):
    for name in ("about", "help", "privacy"):
        await stage.member.slash(stage.channel, name)
    assert sum(contract.check(request) for request in stage.http_requests) == 7
