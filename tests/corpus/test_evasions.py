"""Not one connection is made to an address that is not public, however it is spelt, resolved or redirected to."""

from ipaddress import ip_address, ip_network

import pytest

from corpus.addresses import why_not_public
from corpus.errors import CorpusError, FetchRefused
from corpus.fetch import Fetcher

PUBLIC = "93.184.215.14"
PUBLIC_V6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
HTML = {"Content_Type": "text/html; charset=utf-8"}
METADATA = "169.254.169.254"
OUT = "only public ones are asked"
SCHEME = "only pages on the web are fetched"
BLANK = "holds a blank, a backslash or a control character"
ODD = "an oddly written number"
NAME = "the host is no valid name"
NO_HOST = "the host or the port is not one|the host is no valid name"
PLAIN_V6 = "the host is no plain IPv6 address|the host or the port is not one"
LOGIN = "holds a name or a password; give it without them"

EVASIONS = {
    # an address as the host
    "http://127.0.0.1/": rf"127\.0\.0\.1 leads to a loopback address, and {OUT}",
    "http://127.255.255.254/": "a loopback address",
    "http://0.0.0.0/": "an unspecified address",
    "http://0.1.2.3/": "an unspecified address",
    "http://10.0.0.1/": "a private address",
    "http://172.16.0.1/": "a private address",
    "http://172.31.255.255/": "a private address",
    "http://192.168.1.1/": "a private address",
    "http://100.64.0.1/": "an address behind a carrier's translation",
    "http://100.100.100.200/latest/meta-data/": "an address behind a carrier's translation",
    f"http://{METADATA}/latest/meta-data/": "a link-local address",
    "http://169.254.170.2/v2/credentials": "a link-local address",
    "http://168.63.129.16/machine": "a cloud provider's metadata address",
    "http://192.0.0.192/opc/v1/": "a reserved address",
    "http://192.0.2.1/": "a documentation address",
    "http://198.51.100.7/": "a documentation address",
    "http://203.0.113.7/": "a documentation address",
    "http://198.18.0.1/": "a reserved address",
    "http://192.88.99.1/": "a translated address",
    "http://224.0.0.1/": "a multicast address",
    "http://239.255.255.250/": "a multicast address",
    "http://240.0.0.1/": "a reserved address",
    "http://255.255.255.255/": "a reserved address",
    # IPv6 as the host
    "http://[::1]/": "leads to a loopback address",
    "http://[::]/": "an unspecified address",
    "http://[0:0:0:0:0:0:0:1]/": "a loopback address",
    "http://[::ffff:127.0.0.1]/": "an IPv4 address written as IPv6",
    "http://[::ffff:7f00:1]/": "an IPv4 address written as IPv6",
    f"http://[::ffff:{PUBLIC}]/": "an IPv4 address written as IPv6",
    "http://[::127.0.0.1]/": "an IPv4 address written as IPv6",
    "http://[::ffff:0:127.0.0.1]/": "an IPv4 address written as IPv6",
    "http://[64:ff9b::127.0.0.1]/": "a translated address",
    "http://[64:ff9b::a9fe:a9fe]/": "a translated address",
    "http://[64:ff9b:1::7f00:1]/": "a translated address",
    "http://[2002:7f00:1::]/": "a translated address",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/": "a translated address",
    "http://[2606:2800:21f::5efe:10.0.0.1]/": "a translated address",
    "http://[fc00::1]/": "a private address",
    "http://[fd00:ec2::254]/": "a private address",
    "http://[fec0::1]/": "a private address",
    "http://[fe80::1]/": "a link-local address",
    "http://[ff02::1]/": "a multicast address",
    "http://[2001:db8::1]/": "a documentation address",
    "http://[3fff::1]/": "a documentation address",
    "http://[100::1]/": "a reserved address",
    "http://[5f00::1]/": "a reserved address",
    "http://[4000::1]/": "a reserved address",
    "http://[fe80::1%25eth0]/": PLAIN_V6,
    "http://[::1%25lo]/": PLAIN_V6,
    "http://[v1.fe80]/": PLAIN_V6,
    "http://[127.0.0.1]/": PLAIN_V6,
    "http://::1/": NO_HOST,
    # odd spellings of IPv4
    "http://2130706433/": ODD,
    "http://0x7f000001/": ODD,
    "http://0x7f.1/": ODD,
    "http://0x7f.0x0.0x0.0x1/": ODD,
    "http://0X7F.0.0.1/": ODD,
    "http://0177.0.0.1/": ODD,
    "http://00000177.0.0.01/": ODD,
    "http://127.1/": ODD,
    "http://127.0.1/": ODD,
    "http://0/": ODD,
    "http://127.0.0.1./": "a loopback address",
    "http://127.0.0.256/": ODD,
    "http://127.0.0.1.0/": ODD,
    "http://017700000001/": ODD,
    "http://127.0.0.0x1/": ODD,
    "http://%31%32%37.0.0.1/": "a loopback address",
    "http://127%2e0%2e0%2e1/": "a loopback address",
    "http://１２７.０.０.１/": NO_HOST,
    "http://127。0。0。1/": NO_HOST,
    "http://①②⑦.⓪.⓪.①/": NO_HOST,
    "http://١٢٧.٠.٠.١/": f"{NO_HOST}|no address",
    "http://loc\u00adalhost/": NO_HOST,
    # names
    "http://localhost/": r"localhost leads to a loopback address \(127\.0\.0\.1\)",
    "http://LOCALHOST/": "a loopback address",
    "http://localhost./": "a loopback address",
    "http://localhost../": NAME,
    "http://.localhost/": NAME,
    "http://six.example/": r"a loopback address \(::1\)",
    "http://mapped.example/": "an IPv4 address written as IPv6",
    "http://scoped.example/": "a link-local address",
    "http://metadata.google.internal/computeMetadata/v1/": r"a link-local address \(169\.254\.169\.254\)",
    "http://127.0.0.1.nip.example/": "a loopback address",
    "http://mixed.example/": r"a private address \(10\.0\.0\.5\)",
    "http://mixed-six.example/": r"a private address \(fd00::1\)",
    "http://last.example/": "a loopback address",
    "http://rubbish.example/": "no address at all",
    "http://bücher.example/": "a loopback address",
    "http://xn--bcher-kva.example/": "a loopback address",
    f"http://{'a' * 64}.example/": NAME,
    f"http://{'a.' * 130}example/": NAME,
    "http://a..example/": NAME,
    "http://-a.example/": NAME,
    "http:///etc/passwd": NO_HOST,
    "http://?x": NO_HOST,
    # a name and password, and what hides a host
    "http://good.example@127.0.0.1/": LOGIN,
    "http://me:secret@good.example/": LOGIN,
    "http://@127.0.0.1/": LOGIN,
    "http://good.example:80@127.0.0.1/": LOGIN,
    "http://good.example%40127.0.0.1/": NAME,
    "http://127.0.0.1#@good.example/": "a loopback address",
    "http://127.0.0.1?@good.example/": "a loopback address",
    "http://127.0.0.1/@good.example/": "a loopback address",
    "http://good.example\\@127.0.0.1/": BLANK,
    "http://127.0.0.1\\.good.example/": BLANK,
    "http:\\\\127.0.0.1\\": BLANK,
    "http://good.example\r\nHost: localhost/": BLANK,
    "http://good.example/\r\nX: y": BLANK,
    "http://good.example/ HTTP/1.1\nX:": BLANK,
    "http://good.example\t.localhost/": BLANK,
    "http://127.0.0.1\x00.good.example/": BLANK,
    "ht\ntp://127.0.0.1/": BLANK,
    "http://local\u2028host/": BLANK,
    "http://127.0.0.1\u00a0/": BLANK,
    # other schemes and ports
    "file:///etc/passwd": SCHEME,
    "ftp://good.example/": SCHEME,
    "gopher://127.0.0.1:6379/_FLUSHALL": SCHEME,
    "dict://127.0.0.1:11211/stat": SCHEME,
    "data:text/html,<p>hello": SCHEME,
    "javascript:alert(1)": SCHEME,
    "ws://good.example/": SCHEME,
    "http:127.0.0.1": SCHEME,
    "http:/127.0.0.1": SCHEME,
    "//127.0.0.1/": SCHEME,
    "127.0.0.1": SCHEME,
    "": SCHEME,
    "http://good.example:22/": "port 22 is never asked; give an address with port 80 or 443",
    "http://good.example:8080/": "port 8080 is never asked",
    "http://good.example:0/": "port 0 is never asked",
    "http://good.example:65616/": NO_HOST,
    "http://good.example:-80/": NO_HOST,
    "http://good.example:８０/": NO_HOST,
    "http://good.example:80:22/": NO_HOST,
    "https://127.0.0.1/": "a loopback address",
    "https://good.example:8443/": "port 8443 is never asked",
    f"http://good.example/{'a' * 3000}": "longer than 2,000 characters",
}
NAMES = {
    "localhost": ["127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "scoped.example": ["fe80::1%eth0"],
    "metadata.google.internal": [METADATA],
    "127.0.0.1.nip.example": ["127.0.0.1"],
    "mixed.example": [PUBLIC, "10.0.0.5"],
    "mixed-six.example": [PUBLIC, "fd00::1"],
    "last.example": [PUBLIC, PUBLIC_V6, "8.8.8.8", "127.0.0.1"],
    "rubbish.example": ["0x7f.1"],
    "xn--bcher-kva.example": ["127.0.0.1"],
}


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(CorpusError) as caught:
        fetcher.fetch(url)
    return str(caught.value)


def page(response, body: bytes = b"<p>Kites</p>", **headers: str) -> list[bytes]:
    return [response(200, body, **{**HTML, **headers})]


# ---- evasions


@pytest.mark.parametrize("url", EVASIONS, ids=ascii)
def test_no_connection_is_made_to_what_is_forbidden(web, url: str) -> None:
    web.names.update(NAMES)
    with pytest.raises(FetchRefused, match=EVASIONS[url]) as caught:
        web.fetcher().fetch(url)
    assert (web.trap.connections, web.server.connections) == (0, 0)
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("url", [url for url in EVASIONS if url], ids=ascii)
def test_no_redirect_leads_to_what_is_forbidden(web, response, url: str) -> None:
    web.names.update(NAMES)
    where = url.replace("\r", "%0D").replace("\n", "%0A")
    web.pages["/"] = [response(302, Location=where)]
    refusal(web.fetcher(), "http://good.example/")
    assert web.server.requests[0].startswith("GET / HTTP/1.1")
    assert web.trap.connections == 0


def test_there_are_sixty_evasions_and_more() -> None:
    assert len(EVASIONS) >= 60


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "https://[::1]/"])
def test_the_fetcher_as_shipped_refuses_this_machine(url: str) -> None:
    assert "a loopback address" in refusal(Fetcher(), url)


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(web, response) -> None:
    web.pages["/"] = page(response)
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    fetcher = Fetcher(lambda host, port: next(answers), web.connect)
    assert fetcher.fetch("http://rebinding.example/").data == b"<p>Kites</p>"
    assert "a loopback address" in refusal(fetcher, "http://rebinding.example/")
    assert (web.server.connections, web.trap.connections) == (1, 0)


def test_a_name_that_changes_between_redirects_is_checked_again(web, response) -> None:
    web.pages["/"] = [response(302, Location="/next")]
    answers = iter([[PUBLIC], [METADATA]])
    told = refusal(Fetcher(lambda host, port: next(answers), web.connect), "http://rebinding.example/")
    assert told.startswith(
        "http://rebinding.example/ redirects to http://rebinding.example/next: rebinding.example leads"
    )
    assert (web.server.connections, web.trap.connections) == (1, 0)


def test_proxies_of_the_environment_are_not_asked(web, response, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{web.trap.port}")
    web.pages["/"] = page(response)
    web.fetcher().fetch("http://good.example/")
    assert web.trap.connections == 0


# ---- addresses


@pytest.mark.parametrize(
    "address", [PUBLIC, PUBLIC_V6, "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "2a00::1"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert why_not_public(ip_address(address)) is None


@pytest.mark.parametrize("bits", [32, 128])
def test_nothing_is_public_that_python_calls_special(bits: int) -> None:
    networks = [ip_network((number << (bits - 16), 16)) for number in range(0, 1 << 16, 5)]
    for network in networks:
        first = network[1]
        special = (
            first.is_private or first.is_reserved or first.is_multicast or first.is_loopback or first.is_link_local
        )
        assert not special or why_not_public(first)
