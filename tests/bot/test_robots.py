"""robots.txt is read as RFC 9309 says."""

import pytest

from bot.robots import AGENT, read_rules

PAGE = "https://a.example/news/2018/page.html?print=1"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow:", True),
        ("\ufeffUser-agent: *\nDisallow: /news/", False),
        ("User-agent: *\r\nDisallow: /*?print=", False),
        ("User-agent: *\nDisallow: /*.html$", True),
        ("User-agent: *\nDisallow: /*print=1$", False),
        ("User-agent: *\nDisallow: /\nAllow: /news/", True),
        ("User-agent: *\nAllow: /news/\nDisallow: /news/2018/", False),
        ("User-agent: *\nDisallow: /news/\nAllow: /news/", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Purgebot\nDisallow: /private", True),
        ("User-agent: purgebot\nUser-agent: other\nDisallow: /news", False),
        ("User-agent: purgebot\nAllow: /x\nUser-agent: *\nDisallow: /\nUser-agent: PurgeBot\nDisallow: /news", False),
        ("User-agent: bot\nDisallow: /", True),
        ("User-agent: *\nDisallow: /%6Eews # not yet", False),
        ("Disallow: /", True),
        ("<html><body>Not found: /</body></html>", True),
        ("User-agent: *\nDisallow: /" + "*a" * 5000, True),
    ],
)
def test_what_a_site_asks_for_is_kept(text, allowed):
    assert read_rules(text).can_fetch(PAGE, AGENT) is allowed


@pytest.mark.parametrize(("asked", "delay_s"), [("2", 2.0), ("0.5", 0.5), ("-3", None), ("soon", None), ("", None)])
def test_a_pause_is_a_number(asked, delay_s):
    assert read_rules(f"User-agent: *\nCrawl-delay: {asked}").crawl_delay(AGENT) == delay_s
