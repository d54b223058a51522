"""What an operator sets is read once, and nonsense is refused in one sentence."""

import pytest

from bot.settings import BadSetting, Settings


@pytest.mark.parametrize(("given", "on"), [({}, False), ({"PURGEBOT_MESSAGE_CONTENT": "off"}, False),
                                           ({"PURGEBOT_MESSAGE_CONTENT": "On"}, True)])  # fmt: skip
def test_message_content_is_off_unless_switched_on(given, on):
    assert Settings.from_env(given).message_content is on


def test_another_word_than_on_or_off_is_refused():
    with pytest.raises(BadSetting, match="use on or off"):
        Settings.from_env({"PURGEBOT_MESSAGE_CONTENT": "maybe"})
