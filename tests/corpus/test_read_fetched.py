"""A page from the web becomes a document whose source is where it was fetched."""

import io
from datetime import UTC, datetime

import docx
import pytest

from corpus.document import faults
from corpus.errors import BadDocument, Unreadable
from corpus.fetch import CONTENT_TYPES, Fetched
from corpus.readers import READERS, read_fetched

URL = "https://www.kites.example/2020/05/nine-accounts-closed"
BODY = "Kite Site closed nine accounts on Tuesday. “We closed them for spam,” a spokesperson for Kite Site said."
PAGE = f"""<html><head><title>Nine accounts closed</title>{{head}}</head><body><article>
<h1>Nine accounts closed</h1><p>{BODY} The accounts had been open since the spring of the year before.</p>
<p>Nobody at Kite Site would say how many more accounts were to be closed in the summer of that year.</p>
</article><footer>© 2019 Kites</footer></body></html>"""


def fetched(data: str | bytes, kind: str = "text/html", charset: str | None = "utf-8", url: str = URL) -> Fetched:
    return Fetched(url, kind, charset, data.encode() if isinstance(data, str) else data, datetime.now(UTC))


def word_file() -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(BODY)
    document.save(out)
    return out.getvalue()


def test_every_content_type_has_a_reader() -> None:
    assert set(CONTENT_TYPES.values()) <= READERS.keys()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PAGE, "text/html"), (PAGE, "application/xhtml+xml"), (BODY, "text/plain"), (f"# Nine\n\n{BODY}", "text/markdown"),
     (word_file(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")],
    ids=["html", "xhtml", "text", "markdown", "docx"],
)  # fmt: skip
def test_a_page_of_every_kind_becomes_a_sound_document(data: str | bytes, kind: str) -> None:
    document = read_fetched(fetched(data, kind))
    assert faults(document) == []
    assert "Kite Site closed nine accounts on Tuesday." in [document.text[s.start : s.end] for s in document.statements]
    assert (document.sources[0].url, document.path) == (URL, None)
    assert document.id == document.sources[0].id == "nine-accounts-closed"


def test_a_page_tells_its_source() -> None:
    head = """<meta property="og:site_name" content="The Kite Gazette"><meta name="author" content="Jo Field">
        <meta property="article:published_time" content="2020-05-06T08:00:00Z">"""
    source = read_fetched(fetched(PAGE.format(head=head))).sources[0]
    assert (source.title, source.publisher, source.author, source.published) == (
        "Nine accounts closed", "The Kite Gazette", "Jo Field", "2020-05-06",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_the_site_is_the_publisher_of_a_page_that_names_none(kind: str) -> None:
    assert read_fetched(fetched(PAGE.format(head="") if kind == "text/html" else BODY, kind)).sources[0].publisher == (
        "kites.example"
    )


def test_a_year_at_the_foot_of_a_page_is_no_date() -> None:
    page = fetched(PAGE.format(head=""), url="https://kites.example/nine-accounts-closed")
    assert read_fetched(page).sources[0].published is None


@pytest.mark.parametrize(
    ("named", "kept"),
    [("https://kites.example/nine", "https://kites.example/nine"), ("https://m.kites.example/a", "https://m.kites.example/a"),
     ("https://other.example/nine", URL), ("javascript:alert(1)", URL)],
)  # fmt: skip
def test_the_address_that_a_page_gives_itself_counts_on_its_own_site(named: str, kept: str) -> None:
    head = f'<link rel="canonical" href="{named}">'
    assert read_fetched(fetched(PAGE.format(head=head))).sources[0].url == kept


@pytest.mark.parametrize(
    ("url", "identifier"),
    [("https://kites.example/", "kites.example"), ("https://kites.example/12345", "kites.example-12345"),
     ("https://kites.example/a/index.html", "kites.example-index"),
     ("https://m.kites.example/p?x=1", "kites.example-p"),
     ("https://kites.example/nine-accounts-closed.html?x#y", "nine-accounts-closed"),
     ("https://kites.example/%3Cb%3E/..%2F..%2Fetc%0Ax", "kites.example-etc-x"),
     (f"https://kites.example/{'a-' * 200}", "-".join("a" * 40))],
)  # fmt: skip
def test_an_address_gives_a_readable_id(url: str, identifier: str) -> None:
    assert read_fetched(fetched(BODY, "text/plain", url=url)).id == identifier


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
@pytest.mark.parametrize("charset", ["windows-1252", "utf-8", None])
def test_the_charset_of_the_server_is_used_and_a_wrong_one_mended(kind: str, charset: str | None) -> None:
    text = PAGE.format(head="") if kind == "text/html" else BODY
    assert "“We closed them for spam,”" in read_fetched(fetched(text.encode("cp1252"), kind, charset)).text


def test_no_file_of_this_machine_describes_a_page(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nine-accounts-closed.toml").write_text('publisher = "Somebody"')
    assert read_fetched(fetched(BODY, "text/plain")).sources[0].publisher == "kites.example"


def test_what_cannot_be_read_is_told_with_its_address() -> None:
    with pytest.raises(BadDocument, match=f"^{URL}: no main text was found in this page"):
        read_fetched(fetched("<html></html>"))
    with pytest.raises(Unreadable, match=f"^{URL}: this is not text .*; save it as UTF-8 text and add that"):
        read_fetched(fetched(bytes(9), "text/plain"))
    with pytest.raises(BadDocument, match=f"^{URL}: this is no PDF file"):
        read_fetched(fetched("<p>Please log in</p>", "application/pdf"))
    with pytest.raises(BadDocument, match=f"^{URL}: no sentence was found in it"):
        read_fetched(fetched("\n", "text/plain"))


def test_a_page_is_fetched_and_read_in_one_go(web, response) -> None:
    web.pages["/nine-accounts-closed"] = [
        response(200, PAGE.encode("cp1252"), Content_Type="text/html; charset=cp1252")
    ]
    document = read_fetched(web.fetcher().fetch("http://good.example/nine-accounts-closed"))
    assert BODY in document.text
    assert document.sources[0].url == "http://good.example/nine-accounts-closed"
