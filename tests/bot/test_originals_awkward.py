"""Sites that loop, dawdle, send too much, ask for a login or for patience: what comes of their pages, over sockets."""

import gzip

import pytest

from bot.originals import TRIES, Collector, Original, Record
from corpus.source import Source
from tests.corpus.conftest import PUBLIC, Web, response

EVENT = "twitter-knitters-2019-03"
SITE, OTHER = "http://good.example", "http://other.example"
WORDS = "Twitter suspended 240 accounts of knitting clubs, and the clubs said that nobody told them why. " * 8
LOGIN = "To read on, log in with your account or make one now, it is free and takes a minute of your time. " * 8


def page(words=WORDS, **headers):
    html = f"<html><head><title>T</title></head><body><article><p>{words}</p></article></body></html>"
    return [response(200, html.encode(), **{"Content_Type": "text/html", **headers})]


@pytest.fixture
def web():
    """Open a web of two names on one server."""
    opened = Web()
    opened.names["other.example"] = [PUBLIC]
    yield opened
    opened.close()


@pytest.fixture
def collect(library, web, tmp_path):
    """Return a function that makes one run and gives back what came of each page, in order."""

    def run(*urls, **limits):
        record, slept = Record(tmp_path), []
        left = [Original(url, Source("s"), (EVENT,)) for url in urls if not record.is_done(url)]
        collector = Collector(library, web.fetcher(**limits), record, sleep=slept.append)
        return {original.url: attempt for original, attempt in collector.collect(left)}

    return run


def asked(web, path):
    return sum(request.startswith(f"GET {path} ") for request in web.server.requests)


def test_a_loop_of_redirects_is_given_up_at_once(collect, web):
    web.pages |= {"/a": [response(302, Location="/b")], "/b": [response(302, Location="/a")]}
    attempt = collect(f"{SITE}/a")[f"{SITE}/a"]
    assert "in a circle" in attempt.reason
    assert attempt.final
    assert asked(web, "/a") == 1


def test_redirects_without_end_are_given_up(collect, web):
    web.pages |= {f"/{n}": [response(302, Location=f"/{n + 1}")] for n in range(20)}
    assert "redirects more than 5 times" in collect(f"{SITE}/0")[f"{SITE}/0"].reason


def test_a_page_that_comes_byte_by_byte_is_cut_off_and_tried_later(collect, web):
    web.pages["/slow"] = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        *[step for _ in range(99) for step in (b"<", 0.1)],
    ]
    attempt = collect(f"{SITE}/slow", seconds=1.0)[f"{SITE}/slow"]
    assert "longer than 1 seconds" in attempt.reason
    assert not attempt.final


def test_a_site_that_does_not_answer_is_asked_once_in_a_run_and_for_other_pages_in_the_next(collect, web):
    web.pages |= {"/broken": [b""], "/fine": page(), "/too": page(WORDS.replace("240", "9"))}
    assert list(collect(f"{SITE}/broken", f"{SITE}/fine", f"{OTHER}/too")) == [f"{SITE}/broken", f"{OTHER}/too"]
    found = collect(f"{SITE}/broken", f"{SITE}/fine")
    assert list(found) == [f"{SITE}/fine", f"{SITE}/broken"]
    assert found[f"{SITE}/fine"].document_id
    assert not found[f"{SITE}/broken"].final


@pytest.mark.parametrize("headers", [{}, {"Content_Encoding": "gzip"}])
def test_a_huge_body_is_left_alone(collect, web, headers):
    body = b"<p>" + b"x" * 300_000
    body = gzip.compress(body) if headers else body
    web.pages["/huge"] = [response(200, body, Content_Type="text/html", **headers)]
    attempt = collect(f"{SITE}/huge", size=100_000)[f"{SITE}/huge"]
    assert "larger than 100,000 bytes" in attempt.reason
    assert attempt.final


def test_a_wrong_charset_spoils_no_letter(library, collect, web):
    text = WORDS.replace("nobody", "nobody in Muñoz’s café").replace("that", "that –")
    web.pages["/a"] = page(text, Content_Type="text/html; charset=klingon")
    held = collect(f"{SITE}/a")[f"{SITE}/a"].document_id
    assert "Muñoz’s café" in library.show(held).document.text


@pytest.mark.parametrize(
    "where", ["/login?next=%2Fa", "/account/sign-in", "/users/signin/", "/wp-login.php", "/consent", "/"]
)
def test_where_a_login_or_the_first_page_stands_in_for_it_it_is_no_article(library, collect, web, where):
    web.pages |= {"/a": [response(302, Location=where)], where: page(LOGIN), "/b": [response(302, Location=where)]}
    for attempt in collect(f"{SITE}/a", f"{SITE}/b").values():
        assert attempt.document_id is None
        assert "it leads to" in attempt.reason
        assert attempt.final


@pytest.mark.parametrize("where", ["/news/logins-of-activists", "/news/how-to-register-a-party", "/?p=12"])
def test_a_page_that_moved_is_taken(collect, web, where):
    web.pages |= {"/2018/a": [response(301, Location=where)], where: page()}
    assert collect(f"{SITE}/2018/a")[f"{SITE}/2018/a"].document_id


def test_a_site_that_forbids_even_robots_txt_forbids_no_page_but_may_refuse_each(collect, web):
    web.pages |= {"/robots.txt": [response(403)], "/a": [response(403)], "/b": page()}
    found = collect(f"{SITE}/a", f"{SITE}/b")
    assert "does not let programs read it" in found[f"{SITE}/a"].reason
    assert found[f"{SITE}/b"].document_id


def test_a_site_that_asks_for_fewer_requests_is_left_in_peace_for_this_run_and_never_given_up(collect, web):
    web.pages |= {"/a": [response(429, Retry_After="3600")], "/b": page(), "/c": page(WORDS.replace("240", "9"))}
    for _ in range(TRIES + 1):
        found = collect(f"{SITE}/a", f"{SITE}/b", f"{OTHER}/c")
        assert not found[f"{SITE}/a"].final
    assert asked(web, "/b") <= 1


def test_a_site_that_asks_for_fewer_requests_at_robots_txt_is_not_read(collect, web):
    web.pages |= {"/robots.txt": [response(429)], "/a": page()}
    attempt = collect(f"{SITE}/a")[f"{SITE}/a"]
    assert "robots.txt cannot be had" in attempt.reason
    assert asked(web, "/a") == 0


def test_a_page_that_is_held_and_hidden_ends_no_run(library, collect, web):
    from index.rulings import Target

    web.pages |= {"/a": page(), "/b": page(WORDS.replace("240", "9"))}
    held = collect(f"{SITE}/a")[f"{SITE}/a"].document_id
    library.hide(Target.DOCUMENT, held, "ops")
    (library._data / "originals.json").unlink(missing_ok=True)
    assert collect(f"{SITE}/b")[f"{SITE}/b"].document_id
