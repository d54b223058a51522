"""Pages are fetched in time and within limits; every refusal says why. `test_evasions.py` says from where."""

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import CorpusError, FetchFailed
from corpus.fetch import Fetcher
from corpus.targets import read_target

PUBLIC = "93.184.215.14"
PUBLIC_V6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
HTML = {"Content_Type": "text/html; charset=utf-8"}


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(CorpusError) as caught:
        fetcher.fetch(url)
    return str(caught.value)


def page(response, body: bytes = b"<p>Kites</p>", **headers: str) -> list[bytes]:
    return [response(200, body, **{**HTML, **headers})]


# ---- good pages


@pytest.mark.parametrize("given", [
    "http://good.example/", "HTTP://GOOD.example", "http://good.example./", "http://good.example:80/",
    "  http://good.example/\n", "http://good.example/#part", "http://good.example:/",
])  # fmt: skip
def test_spellings_of_one_address_are_one(web, response, given: str) -> None:
    web.pages["/"] = page(response)
    fetched = web.fetcher().fetch(given)
    assert (fetched.url, fetched.data, fetched.content_type, fetched.charset) == (
        "http://good.example/", b"<p>Kites</p>", "text/html", "utf-8",
    )  # fmt: skip


def test_path_and_query_are_sent_as_ascii(web) -> None:
    target = read_target("http://good.example/a b".replace(" ", "%20") + "/ä/../é?q=ü&r=%2F#x")
    assert target.request == "/a%20b/%C3%A9?q=%C3%BC&r=%2F"


def test_an_international_name_is_asked_in_ascii(web, response) -> None:
    web.pages["/"] = page(response)
    web.names["xn--bcher-kva.example"] = [PUBLIC]
    assert web.fetcher().fetch("http://Bücher.example/").url == "http://xn--bcher-kva.example/"
    assert web.resolved == ["xn--bcher-kva.example"]


@pytest.mark.parametrize("host", [PUBLIC, f"[{PUBLIC_V6}]"])
def test_a_public_address_may_be_the_host(web, response, host: str) -> None:
    web.pages["/"] = page(response)
    assert web.fetcher().fetch(f"http://{host}/").url == f"http://{host}/"
    assert f"\r\nHost: {host}\r\n" in web.server.requests[0]
    assert web.resolved == []


def test_the_next_address_is_tried_where_one_does_not_answer(web, response) -> None:
    web.pages["/"] = page(response)
    web.names["good.example"] = ["8.8.8.8", PUBLIC]
    with socket.create_server(("127.0.0.1", 0)) as closed:
        web.ports["8.8.8.8", 80] = closed.getsockname()[1]
    assert web.fetcher().fetch("http://good.example/").data == b"<p>Kites</p>"


def test_a_silent_address_leaves_time_for_the_next(web, response) -> None:
    web.pages["/"] = page(response)
    web.names["good.example"] = ["8.8.8.8", PUBLIC]

    def connect(address: str, port: int, timeout_s: float) -> socket.socket:
        if address == PUBLIC:
            return web.connect(address, port, timeout_s)
        threading.Event().wait(timeout_s)
        raise TimeoutError

    limits = web.fetcher(seconds=2).limits
    assert Fetcher(web.resolve, connect, limits=limits).fetch("http://good.example/").data == b"<p>Kites</p>"


def test_a_request_tells_what_we_are_and_nothing_of_whoever_asks(web, response) -> None:
    web.pages["/"] = [response(302, Location="/a", Set_Cookie="id=1")]
    web.pages["/a"] = page(response)
    web.fetcher().fetch("http://good.example/")
    for request in web.server.requests:
        names = {line.split(":")[0].lower() for line in request.strip().split("\r\n")[1:]}
        assert names == {"host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"}
        assert "User-Agent: Purgebot" in request


def test_a_redirect_is_followed_and_the_last_address_kept(web, response) -> None:
    web.pages["/"] = [response(301, Location="http://other.example:80/ä?x#y")]
    web.pages["/%C3%A4?x"] = page(response)
    web.names["other.example"] = [PUBLIC]
    assert web.fetcher().fetch("http://good.example/").url == "http://other.example/%C3%A4?x"


# ---- redirects


def test_a_circle_of_redirects_is_told(web, response) -> None:
    web.pages.update({"/": [response(302, Location="/a")], "/a": [response(302, Location="/")]})
    assert "redirects in a circle" in refusal(web.fetcher(), "http://good.example/")


def test_too_many_redirects_are_told(web, response) -> None:
    web.pages.update({f"/{n}": [response(307, Location=f"/{n + 1}")] for n in range(9)})
    assert "redirects more than 5 times; give the last address" in refusal(web.fetcher(), "http://good.example/0")
    assert web.server.connections == 6


def test_a_redirect_without_an_address_is_told(web, response) -> None:
    web.pages["/"] = [response(302)]
    assert "http://good.example/: it redirects, and not to an address;" in refusal(
        web.fetcher(), "http://good.example/"
    )


# ---- limits


def test_a_page_that_is_too_large_is_refused(web, response) -> None:
    web.pages["/"] = page(response, b"x" * 2001)
    assert "it is larger than 2,000 bytes" in refusal(web.fetcher(size=2000), "http://good.example/")


def test_a_page_without_an_end_is_refused(web, response) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    web.pages["/"] = [head, *[b"2000\r\n" + b"x" * 0x2000 + b"\r\n"] * 500]
    assert "it is larger than 200,000 bytes" in refusal(web.fetcher(size=200_000), "http://good.example/")


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
def test_a_bomb_is_not_unpacked(web, response, encoding: str) -> None:
    packed = (zlib.compress if encoding == "deflate" else gzip.compress)(bytes(50_000_000))
    web.pages["/"] = page(response, packed, Content_Encoding=encoding)
    assert "it is larger than 1,000,000 bytes" in refusal(web.fetcher(size=1_000_000), "http://good.example/")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "rot13"])
def test_a_packing_that_was_not_asked_for_is_refused(web, response, encoding: str) -> None:
    web.pages["/"] = page(response, b"x", Content_Encoding=encoding)
    assert "it is packed in a way not asked for" in refusal(web.fetcher(), "http://good.example/")


def test_a_packed_page_is_unpacked(web, response) -> None:
    web.pages["/"] = page(response, gzip.compress(b"<p>Kites</p>"), Content_Encoding="gzip")
    assert web.fetcher().fetch("http://good.example/").data == b"<p>Kites</p>"


def test_a_damaged_packing_is_told(web, response) -> None:
    web.pages["/"] = page(response, b"no gzip", Content_Encoding="gzip")
    assert "the answer cannot be unpacked" in refusal(web.fetcher(), "http://good.example/")


SLOW = {
    "head": [b"HTTP/1.1 200 OK\r\nX: ", *[b"x", 0.05] * 200],
    "body": [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", *[b"x", 0.05] * 200],
    "silent": [10.0],
    "polite": [*[b"HTTP/1.1 100 Continue\r\n\r\n", 0.05] * 200],
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_slow_server_is_left_in_time(web, kind: str) -> None:
    web.pages["/"] = SLOW[kind]
    told = refusal(web.fetcher(seconds=0.4), "http://good.example/")
    assert told.startswith("http://good.example/: it took longer than 0.4 seconds; try again later")


def test_a_slow_resolver_is_left_in_time(web) -> None:
    done = threading.Event()
    fetcher = Fetcher(lambda host, port: [PUBLIC][: done.wait(20)], web.connect, limits=web.fetcher(seconds=0.2).limits)
    assert "it took longer than 0.2 seconds" in refusal(fetcher, "http://good.example/")
    done.set()


# ---- answers that are no page


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "application/json", "text/html-x", ""])
def test_other_content_is_refused(web, response, kind: str) -> None:
    web.pages["/"] = page(response, Content_Type=kind)
    assert "only web pages, PDF, plain text, Markdown and .docx are read" in refusal(
        web.fetcher(), "http://good.example/"
    )


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, "there is no such page; check the address"), (403, "does not let programs read it"), (410, "taken away"),
     (429, "fewer requests"), (500, r"out of order (status 500)"), (204, "answered with status 204"), (304, "304")],
)  # fmt: skip
def test_a_status_is_told_in_words(web, response, status: int, told: str) -> None:
    web.pages["/"] = [response(status, **HTML)]
    assert told in refusal(web.fetcher(), "http://good.example/")


@pytest.mark.parametrize(
    "answer",
    [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 50\r\n\r\nshort",
     b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
)  # fmt: skip
def test_what_is_no_answer_is_told(web, answer: bytes) -> None:
    web.pages["/"] = [answer]
    with pytest.raises(FetchFailed, match="the connection failed; check the address or try again later"):
        web.fetcher().fetch("http://good.example/")


def test_a_name_without_an_address_is_told(web) -> None:
    web.names["empty.example"] = []
    with pytest.raises(FetchFailed, match=r"http://empty\.example/: its name has no address"):
        web.fetcher().fetch("http://empty.example/")
    with pytest.raises(FetchFailed, match=r"http://nowhere\.example/: its name has no address"):
        web.fetcher().fetch("http://nowhere.example/")


def test_a_closed_port_is_told(web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        web.ports[PUBLIC, 80] = closed.getsockname()[1]
    with pytest.raises(FetchFailed, match="nothing answers there"):
        web.fetcher().fetch("http://good.example/")


@pytest.mark.parametrize(
    ("kind", "charset"),
    [("text/html", None), ("text/html; charset=windows-1251", "windows-1251"), ('Text/HTML;Charset="UTF-8"', "UTF-8"),
     ("text/html;x=y; charset = koi8-r ;z", "koi8-r"), ("text/html; charset=\x01", None)],
)  # fmt: skip
def test_the_charset_is_what_the_server_names(web, response, kind: str, charset: str | None) -> None:
    web.pages["/"] = page(response, Content_Type=kind)
    assert web.fetcher().fetch("http://good.example/").charset == charset


# ---- certificates


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("openssl"):
        pytest.skip("openssl is absent, which makes the certificate of this test")
    place = tmp_path_factory.mktemp("tls") / "both.pem"
    name = "subjectAltName=DNS:good.example"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=good.example -addext {name}".split()
    subprocess.run([*command, "-keyout", place, "-out", place.with_name("cert.pem")], check=True, capture_output=True)
    place.write_bytes(place.read_bytes() + place.with_name("cert.pem").read_bytes())
    return place


@pytest.fixture
def secured(web, certificate: Path) -> Callable[[], ssl.SSLContext]:
    """Put the certificate on the server, and return what trusts it."""
    web.server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    web.server.tls.load_cert_chain(certificate)
    web.names["other.example"] = [PUBLIC]
    return lambda: ssl.create_default_context(cafile=certificate)


def test_a_secured_page_is_fetched_by_its_name(web, response, secured) -> None:
    asked: list[str] = []
    web.server.tls.sni_callback = lambda sock, name, context: asked.append(name)
    web.pages["/"] = page(response)
    assert web.fetcher(secured).fetch("https://good.example./").url == "https://good.example/"
    assert asked == ["good.example"]
    assert "\r\nHost: good.example\r\n" in web.server.requests[0]


@pytest.mark.parametrize("host", ["other.example", PUBLIC])
def test_a_certificate_for_another_name_is_refused(web, secured, host: str) -> None:
    assert "its certificate is not valid" in refusal(web.fetcher(secured), f"https://{host}/")
    assert web.server.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(web, secured) -> None:
    assert "its certificate is not valid (self-signed certificate)" in refusal(web.fetcher(), "https://good.example/")


def test_a_server_that_is_not_secured_is_told(web, response) -> None:
    web.pages["/"] = page(response)
    assert "no secure connection could be made" in refusal(web.fetcher(seconds=5), "https://good.example/")


def test_a_handshake_without_an_end_is_left_in_time(web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        web.ports[PUBLIC, 443] = silent.getsockname()[1]
        assert "it took longer than 0.3 seconds" in refusal(web.fetcher(seconds=0.3), "https://good.example/")
