"""The pages that dossiers cite are fetched politely, once, and become articles linked to the dossiers' events."""

import json

import pytest

from bot.originals import TRIES, Collector, Original, Record, cited_originals
from bot.robots import Robots
from corpus.errors import FetchFailed, FetchRefused
from corpus.source import Source
from index.errors import DataUnwritable
from tests.corpus.conftest import PUBLIC, Web, response

EVENT = "twitter-knitters-2019-03"
GAZETTE, BLOG = "https://gazette.example/knit", "https://wool.example/post"
WORDS = "Twitter suspended 240 accounts of knitting clubs, and the clubs said that nobody told them why. " * 8


class Site:
    """Fetches from a table: a page's text, or an error to raise; remembers what it was asked, and when."""

    def __init__(self, clock):
        self.clock, self.asked = clock, []
        self.pages = {GAZETTE: WORDS, BLOG: WORDS.replace("240", "300")}

    def fetch(self, url):
        from datetime import UTC, datetime

        from corpus.fetch import Fetched

        self.asked.append((url, self.clock.now))
        found = self.pages.get(url, FetchFailed(f"{url}: there is no such page", 404))
        if isinstance(found, Exception):
            raise found
        html = f"<html><head><title>T</title></head><body><article><p>{found}</p></article></body></html>"
        plain = url.endswith("robots.txt")
        kind, data = ("text/plain", found) if plain else ("text/html", html)
        return Fetched(url, kind, "utf-8", data.encode(), datetime.now(UTC))

    def pages_asked(self):
        return [url for url, _ in self.asked if not url.endswith("robots.txt")]


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def site():
    return Site(Clock())


@pytest.fixture
def collect(library, site, tmp_path):
    """Return a function that makes one run and gives back what came of each page."""

    def run(wanted=None, retry=False):
        record = Record(tmp_path)
        wanted = cited_originals(library) if wanted is None else wanted
        left = [one for one in wanted if not record.is_done(one.url, retry=retry)]
        collector = Collector(library, site, record, 5.0, site.clock.sleep, site.clock)
        return {original.url: attempt for original, attempt in collector.collect(left)}

    return run


def test_each_page_is_cited_once_with_its_events(library):
    assert [(one.url, one.event_ids) for one in cited_originals(library)] == [(GAZETTE, (EVENT,)), (BLOG, (EVENT,))]


def test_a_page_becomes_an_article_with_what_the_dossier_records_of_it(library, collect):
    found = collect()
    document = library.show(found[GAZETTE].document_id).document
    source = document.sources[0]
    assert (source.publisher, source.title, source.published) == ("The Gazette", "Knitters locked out", "2019-03-05")
    assert document.event_ids == (EVENT,)
    assert library.show(found[BLOG].document_id).document.title != "composed"


def test_what_is_held_is_not_fetched_again(collect, site):
    collect()
    site.asked.clear()
    assert collect() == {}
    assert site.asked == []


def test_a_host_is_left_in_peace_between_two_pages(collect, site):
    wanted = [Original(f"https://gazette.example/{n}", Source(f"s{n}"), (EVENT,)) for n in range(3)]
    collect([*wanted, Original(BLOG, Source("b"), (EVENT,))])
    times = {url: when for url, when in site.asked if not url.endswith("robots.txt")}
    assert [times[one.url] for one in wanted] == [0.0, 5.0, 10.0]
    assert times[BLOG] == 0.0


def test_a_site_may_ask_for_longer_pauses(collect, site):
    site.pages["https://gazette.example/robots.txt"] = "User-agent: *\nCrawl-delay: 30"
    collect([Original(f"https://gazette.example/{n}", Source(f"s{n}"), (EVENT,)) for n in range(2)])
    assert [when for url, when in site.asked if not url.endswith("robots.txt")] == [0.0, 30.0]


def test_what_robots_txt_forbids_is_not_asked_for(collect, site):
    site.pages["https://gazette.example/robots.txt"] = "User-agent: Purgebot\nDisallow: /knit"
    found = collect()
    assert "robots.txt asks" in found[GAZETTE].reason
    assert found[GAZETTE].final
    assert site.pages_asked() == [BLOG]


@pytest.mark.parametrize("status", [None, 503])
def test_a_site_that_cannot_say_what_it_allows_is_not_read(site, status):
    site.pages["https://gazette.example/robots.txt"] = FetchFailed("no answer", status)
    with pytest.raises(FetchFailed, match=r"robots\.txt cannot be had"):
        Robots(site).require(GAZETTE)


@pytest.mark.parametrize("fault", [FetchFailed("no such page", 404), FetchRefused("too large")])
def test_a_site_without_robots_txt_allows_everything(site, fault):
    site.pages["https://gazette.example/robots.txt"] = fault
    Robots(site).require(GAZETTE)


def test_a_refusal_is_for_good_unless_it_is_tried_again_on_purpose(collect, site):
    site.pages[GAZETTE] = FetchRefused("not public")
    assert collect()[GAZETTE].final
    assert collect() == {}
    site.pages[GAZETTE] = WORDS
    assert collect(retry=True)[GAZETTE].document_id


def test_a_failure_is_tried_again_and_given_up_in_the_end(collect, site):
    site.pages[GAZETTE] = FetchFailed("out of order", 503)
    assert [collect()[GAZETTE].final for _ in range(TRIES)] == [False] * (TRIES - 1) + [True]
    assert collect() == {}


def test_a_page_is_not_given_up_because_nothing_answers(collect, site):
    site.pages[GAZETTE] = FetchFailed("no way to it")
    assert [collect()[GAZETTE].final for _ in range(TRIES + 1)] == [False] * (TRIES + 1)


def test_a_login_is_no_article(collect, site):
    site.pages[GAZETTE] = "Please log in to read on, it is free and takes a minute only."
    assert "no article" in collect()[GAZETTE].reason


def test_a_run_that_is_ended_goes_on_where_it_was(library, site, tmp_path, collect):
    collector = Collector(library, site, Record(tmp_path), 5.0, site.clock.sleep, site.clock)
    next(collector.collect(cited_originals(library)))
    assert len(json.loads((tmp_path / "originals.json").read_text())) == 1
    assert list(collect()) == [BLOG]


def test_an_article_that_somebody_removed_does_not_come_back(library, collect):
    library.remove(collect()[GAZETTE].document_id, "ops")
    assert collect() == {}


def test_a_damaged_record_is_told(tmp_path):
    (tmp_path / "originals.json").write_text("[1, 2]")
    with pytest.raises(DataUnwritable, match="mend it or move it away"):
        Record(tmp_path)


@pytest.fixture
def web():
    """Open a web of one server, with pages that are read and one that must not be."""
    opened = Web()
    page = f"<html><head><title>T</title></head><body><article><p>{WORDS}</p></article></body></html>".encode()
    opened.names["old.example"] = [PUBLIC]
    opened.pages |= {
        "/robots.txt": [response(200, b"User-agent: *\nDisallow: /private", Content_Type="text/plain")],
        "/knit": [response(200, page, Content_Type="text/html")],
        "/moved": [response(301, Location="http://good.example/knit")],
        "/private": [response(200, page, Content_Type="text/html")],
    }
    yield opened
    opened.close()


def test_over_loopback_sockets_what_is_forbidden_is_never_asked_for(library, web, tmp_path):
    urls = ("http://good.example/knit", "http://good.example/private", "http://old.example/moved", "http://10.0.0.1/a")
    wanted = [Original(url, Source("s"), (EVENT,)) for url in urls]
    collector = Collector(library, web.fetcher(), Record(tmp_path), sleep=lambda _: None)
    found = {original.url: attempt for original, attempt in collector.collect(wanted)}
    assert found[urls[0]].document_id == found[urls[2]].document_id
    assert "robots.txt asks" in found[urls[1]].reason
    assert "private address" in found[urls[3]].reason
    assert not any("GET /private" in request for request in web.server.requests)
    assert web.trap.connections == 0
