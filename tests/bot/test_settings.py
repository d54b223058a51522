"""What an operator sets is read once, and nonsense is refused in one sentence."""

import pytest

from bot.settings import BadSetting, Endpoint, Settings


@pytest.mark.parametrize(("given", "on"), [({}, False), ({"PURGEBOT_MESSAGE_CONTENT": "off"}, False),
                                           ({"PURGEBOT_MESSAGE_CONTENT": "On"}, True)])  # fmt: skip
def test_message_content_is_off_unless_switched_on(given, on):
    assert Settings.from_env(given).message_content is on


def test_another_word_than_on_or_off_is_refused():
    with pytest.raises(BadSetting, match="use on or off"):
        Settings.from_env({"PURGEBOT_MESSAGE_CONTENT": "maybe"})


LOOPBACK = {
    "PURGEBOT_DISCORD_API": "http://127.0.0.1:8080/api/v10",
    "PURGEBOT_DISCORD_GATEWAY": "ws://[::1]:8081",
}


def test_discord_is_itself_unless_set():
    assert Settings.from_env({}).endpoint is None


def test_a_stand_in_for_discord_on_this_machine_is_taken():
    assert Settings.from_env(LOOPBACK).endpoint == Endpoint(*LOOPBACK.values())


@pytest.mark.parametrize("name", LOOPBACK)
@pytest.mark.parametrize(
    "host", ["discord.com", "10.0.0.1", "localhost", "127.0.0.1.example.org", "127.0.0.1@example.org", "0.0.0.0"]
)
def test_any_other_host_is_refused(name, host):
    scheme = LOOPBACK[name].split(":")[0]
    with pytest.raises(BadSetting, match=f"{name} is .* an address of this machine"):
        Settings.from_env(LOOPBACK | {name: f"{scheme}://{host}:80"})


@pytest.mark.parametrize(("name", "value"), [
    ("PURGEBOT_DISCORD_API", "https://127.0.0.1:80"), ("PURGEBOT_DISCORD_GATEWAY", "wss://127.0.0.1:80"),
    ("PURGEBOT_DISCORD_API", "http://127.0.0.1"), ("PURGEBOT_DISCORD_GATEWAY", "ws://127.0.0.1:many"),
])  # fmt: skip
def test_an_address_of_another_kind_is_refused(name, value):
    with pytest.raises(BadSetting, match=f"{name} is"):
        Settings.from_env(LOOPBACK | {name: value})


@pytest.mark.parametrize("name", LOOPBACK)
def test_half_a_stand_in_is_refused(name):
    with pytest.raises(BadSetting, match="set both or neither"):
        Settings.from_env({name: LOOPBACK[name]})


@pytest.mark.parametrize(("given", "address"), [
    ({}, ("127.0.0.1", 8099)), ({"PURGEBOT_HEALTH": "OFF"}, None),
    ({"PURGEBOT_HEALTH": "0.0.0.0:9000"}, ("0.0.0.0", 9000)),
    ({"PURGEBOT_HEALTH": "[::1]:0"}, ("::1", 0)),
])  # fmt: skip
def test_the_address_of_health_and_metrics(given, address):
    assert Settings.from_env(given).health == address


@pytest.mark.parametrize("value", ["8099", "127.0.0.1", "127.0.0.1:many", "127.0.0.1:99999", "http://127.0.0.1:80"])
def test_no_address_is_refused(value):
    with pytest.raises(BadSetting, match="or off"):
        Settings.from_env({"PURGEBOT_HEALTH": value})


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5", "²"])
def test_a_limit_is_a_whole_number(value):
    with pytest.raises(BadSetting, match="a whole number from 1 on"):
        Settings.from_env({"PURGEBOT_QUESTIONS_PER_HOUR": value})


def test_the_format_of_logs_is_one_of_three():
    assert Settings.from_env({"PURGEBOT_LOG_FORMAT": "JSON"}).log_format == "json"
    with pytest.raises(BadSetting, match="auto, json or text"):
        Settings.from_env({"PURGEBOT_LOG_FORMAT": "xml"})


def test_the_runtime_of_the_model_is_one_of_three():
    assert Settings.from_env({}).embed_runtime == "onnx"
    assert Settings.from_env({"PURGEBOT_EMBED_RUNTIME": "Torch"}).embed_runtime == "torch"
    with pytest.raises(BadSetting, match="use onnx, onnx-int8 or torch"):
        Settings.from_env({"PURGEBOT_EMBED_RUNTIME": "cuda"})
