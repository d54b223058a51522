"""Discord can be stood in for by a server on this machine, and nothing of that stays behind."""

from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.endpoint import pointed_at
from bot.settings import Endpoint

HERE = Endpoint("http://127.0.0.1:8080/api/v10", "ws://127.0.0.1:8081")


def test_requests_and_gateway_go_to_the_stand_in():
    with pointed_at(HERE):
        assert Route("GET", "/gateway/bot").url == "http://127.0.0.1:8080/api/v10/gateway/bot"
        assert str(DiscordWebSocket.DEFAULT_GATEWAY.with_query(v=10)) == "ws://127.0.0.1:8081/?v=10"


def test_afterwards_discord_is_itself_again():
    with pointed_at(HERE):
        pass
    assert Route("GET", "/gateway/bot").url.startswith("https://discord.com/api/")
    assert DiscordWebSocket.DEFAULT_GATEWAY.host == "gateway.discord.gg"


def test_without_a_stand_in_nothing_changes():
    with pointed_at(None):
        assert Route("GET", "/gateway/bot").url.startswith("https://discord.com/api/")
