"""Every command is named and described in every language, as Discord takes it."""

import re

import pytest
from discord import Locale

from bot.translations import DESCRIPTIONS, LOCALES, NAMES, translated

NAME = re.compile(r"[-_'\w]{1,32}")
"""Source: Discord, "Application Command Naming"; lower case where there is one."""


@pytest.fixture
def commands(simcord_env):
    """Return the commands as they were sent to Discord."""
    (sync,) = [request for request in simcord_env.http_requests if request.path.endswith("/commands")]
    return sync.json


def parts(command):
    yield command
    for option in command.get("options") or []:
        yield from parts(option)


async def test_every_name_and_description_is_translated(commands):
    wanted = {locale.value for locale in LOCALES}
    for command in commands:
        for part in parts(command):
            assert wanted <= set(part["name_localizations"] or {}), part["name"]
            assert not part.get("description") or wanted <= set(part["description_localizations"] or {}), part["name"]


async def test_translated_names_are_names(commands):
    for command in commands:
        for part in parts(command):
            for name in part["name_localizations"].values():
                menu = part.get("type") == 3 and "description_localizations" not in part
                assert menu or (NAME.fullmatch(name) and name == name.lower()), name


async def test_no_two_commands_have_the_same_name(commands):
    for locale in LOCALES:
        names = [(one.get("type", 1), one["name_localizations"][locale.value]) for one in commands]
        assert len(set(names)) == len(names)


async def test_no_two_options_of_a_command_have_the_same_name(commands):
    for command in commands:
        for locale in LOCALES:
            names = [one["name_localizations"][locale.value] for one in command.get("options") or []]
            assert len(set(names)) == len(names)


@pytest.mark.parametrize("told", [*DESCRIPTIONS.values()], ids=lambda told: told[0][:20])
def test_descriptions_keep_to_the_limit(told):
    assert all(1 <= len(one) <= 100 for one in told)
    assert len(set(told)) == len(LOCALES)


def test_a_language_that_shares_words_gets_them():
    assert translated("ask", Locale.latin_american_spanish) == "preguntar"


def test_other_languages_get_english():
    assert translated("ask", Locale.japanese) is None
    assert translated("no such string", Locale.german) is None
    assert not NAMES.keys() & DESCRIPTIONS.keys()


async def test_the_commands_are_as_discord_describes_them(simcord_env, contract):
    assert any(contract.check(request) for request in simcord_env.http_requests)
