"""Files of every kind become sound documents, or are refused with a name and a remedy."""

import os
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import readers
from corpus.document import Document, faults
from corpus.errors import BadDocument, CorpusError, UnknownFormat, Unreadable
from corpus.head import Head, read_head
from corpus.readers import READERS, Place, decode, described, list_files, read_file, read_text

BODY = "Kite Site closed nine accounts on Tuesday. “We closed them for spam,” a spokesperson for Kite Site said.\n"
HEAD = "Kite Site closes nine accounts\n\nJo Field\n6 May 2020\n\n"
PAGE = f"""<html><head><title>Kite Site closes nine accounts</title>
<meta property="og:site_name" content="The Kite Gazette"><meta name="author" content="Jo Field">
<meta property="article:published_time" content="2020-05-06">
<link rel="canonical" href="https://kites.example/nine"></head>
<body><nav>Home | About</nav><article><h1>Kite Site closes nine accounts</h1>
<p>{BODY} The accounts had been open since the spring of the year before, their owners said.</p>
<p>Nobody at Kite Site would say how many more accounts were to be closed in the summer.</p>
</article><footer>Subscribe!</footer></body></html>"""
NOBODY = 65534
A_TXT = Place("a.txt", "a", Path("a.txt"))


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, name: str, content: str | bytes) -> Document:
    return read_file(write(folder, name, content))


def texts(document: Document) -> list[str]:
    return [document.text[s.start : s.end] for s in document.statements]


def body(document: Document) -> str:
    return document.text[document.body_start : document.body_end]


# ---- each suffix


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", BODY), ("a.md", BODY), ("a.html", PAGE), ("a.htm", PAGE), ("A.TXT", BODY)]
)
def test_every_suffix_has_a_reader_that_finds_statements(tmp_path: Path, name: str, content: str) -> None:
    document = read(tmp_path, name, content)
    assert faults(document) == []
    assert "Kite Site closed nine accounts on Tuesday." in texts(document)


def test_the_stem_is_the_id_of_document_and_source(tmp_path: Path) -> None:
    document = read(tmp_path, "kites-2020.txt", BODY)
    assert (document.id, [source.id for source in document.sources]) == ("kites-2020", ["kites-2020"])


def test_the_path_is_kept(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", BODY).path == str(tmp_path / "a.txt")


def test_what_a_text_does_not_tell_is_none(tmp_path: Path) -> None:
    source = read(tmp_path, "a.txt", BODY).sources[0]
    assert (source.title, source.author, source.published, source.publisher, source.url) == (None,) * 5


def test_front_matter_of_an_article_describes_its_source(tmp_path: Path) -> None:
    head = "---\ntitle: Nine\npublisher: Gazette\nauthor: Jo\ndate: 2020-05\nurl: https://a.example\n---\n"
    document = read(tmp_path, "a.md", head + BODY)
    source = document.sources[0]
    assert (source.title, source.publisher, source.author) == ("Nine", "Gazette", "Jo")
    assert (source.published, source.url) == ("2020-05", "https://a.example")
    assert body(document) == BODY


def test_a_markdown_heading_is_the_title(tmp_path: Path) -> None:
    document = read(tmp_path, "a.md", f"# Nine accounts\n\n{BODY}")
    assert (document.title, body(document).strip()) == ("Nine accounts", BODY.strip())


def test_markdown_with_the_head_of_a_dossier_is_read_as_one(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match="unknown key 'url'"):
        read(tmp_path, "a.md", f"---\nid: a\nurl: https://a.example\n---\n{BODY}")


def test_a_page_tells_its_source(tmp_path: Path) -> None:
    source = read(tmp_path, "a.html", PAGE).sources[0]
    assert (source.title, source.publisher, source.author) == (
        "Kite Site closes nine accounts", "The Kite Gazette", "Jo Field",
    )  # fmt: skip
    assert (source.published, source.url) == ("2020-05-06", "https://kites.example/nine")


def test_what_surrounds_the_main_text_of_a_page_is_left_out(tmp_path: Path) -> None:
    text = read(tmp_path, "a.html", PAGE).text
    assert "Subscribe" not in text
    assert "About" not in text


@pytest.mark.parametrize("page", ["", "<html></html>", "\x00\x01\x02", "<script>alert(1)</script>"])
def test_a_page_without_text_is_refused(tmp_path: Path, page: str) -> None:
    with pytest.raises(BadDocument, match="no main text was found in this page; save its text"):
        read(tmp_path, "a.html", page)


# ---- sidecar


def test_a_sidecar_describes_the_source(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'publisher = "Gazette"\ndate = 2020-05-06\ntitle_exact = false\ntitle = "Nine"\n')
    source = read(tmp_path, "a.txt", BODY).sources[0]
    assert (source.publisher, source.published, source.title, source.title_exact) == (
        "Gazette", "2020-05-06", "Nine", False,
    )  # fmt: skip


def test_a_sidecar_comes_before_what_the_text_tells(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'title = "Nine"\nauthor = "A. Other"\n')
    source = read(tmp_path, "a.txt", HEAD + BODY).sources[0]
    assert (source.title, source.author, source.published) == ("Nine", "A. Other", "2020-05-06")


def test_an_empty_value_counts_as_absent(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'title = ""\npublisher = " "\nurl = ""\n')
    source = read(tmp_path, "a.txt", HEAD + BODY).sources[0]
    assert (source.title, source.publisher, source.url) == ("Kite Site closes nine accounts", None, None)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('titel = "x"', "unknown key 'titel'; the keys are archive_url, author"),
        ('date = "May 2020"', "'May 2020' is no date; write 2018-10-11"),
        ('url = "javascript:alert(1)"', "'url' is 'javascript:alert(1)', which is no http address"),
        ('archive_url = "a.example"', "'archive_url' is 'a.example', which is no http address"),
        ('title_exact = "maybe"', "'title_exact' must be true or false"),
        ('author = ["A", "B"]', "'author' holds several values; write one text"),
        ("title = x", "this is not TOML"),
        ("title = " + "[" * 5000, "nested too deeply"),
    ],
    ids=lambda part: part[:20],
)
def test_a_fault_in_a_sidecar_is_named_with_its_file(tmp_path: Path, line: str, fault: str) -> None:
    sidecar = write(tmp_path, "a.toml", line + "\n")
    with pytest.raises(BadDocument) as caught:
        read(tmp_path, "a.txt", BODY)
    assert str(caught.value).startswith(f"{sidecar}: ")
    assert fault in str(caught.value)


# ---- heads


def test_title_byline_and_date_are_read_and_left_out_of_the_body(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", HEAD + BODY)
    source = document.sources[0]
    assert (source.title, source.author, source.published) == (
        "Kite Site closes nine accounts", "Jo Field", "2020-05-06",
    )  # fmt: skip
    assert body(document).strip() == BODY.strip()


@pytest.mark.parametrize("line", ["6 May 2020", "May 6, 2020", "2020-05-06"])
def test_a_date_line_is_read_in_three_forms(line: str) -> None:
    assert read_head(f"Nine accounts\n{line}\n{BODY}", 0).date == "2020-05-06"


@pytest.mark.parametrize("line", ["31 June 2020", "2020-13-01", "May 2020 was warm"])
def test_a_line_that_is_no_date_is_none(line: str) -> None:
    assert read_head(f"Nine accounts\n{line}\n{BODY}", 0).date is None


@pytest.mark.parametrize("line", ["By Jo Field", "Jo Field"])
def test_a_byline_follows_a_title(line: str) -> None:
    assert read_head(f"Nine accounts closed\n{line}\n\n{BODY}", 0).author == "Jo Field"


def test_a_date_prefix_is_read_and_left_out() -> None:
    text = "date: 2020-05-06 " + BODY
    head = read_head(text, 0)
    assert (head.date, text[head.body_start :]) == ("2020-05-06", BODY)


def test_a_prefix_that_is_no_date_stays_in_the_body() -> None:
    assert read_head("date: 2020-13-06 " + BODY, 0) == Head(None, None, None, 0)


def test_a_first_sentence_is_no_title() -> None:
    assert read_head(BODY, 0) == Head(None, None, None, 0)


def test_a_long_first_line_is_no_title() -> None:
    assert read_head("word " * 60 + "\n" + BODY, 0).title is None


def test_a_post_is_no_title() -> None:
    assert read_head(f"Kites are back!!! — Kite Kate (@kitekate) May 5, 2020\n\n{BODY}", 0).title is None


# ---- bytes


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", b"\xef\xbb\xbf" + BODY.encode()).text == BODY


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_every_newline_is_stored_as_one_character(tmp_path: Path, newline: str) -> None:
    text = HEAD + BODY
    assert read(tmp_path, "a.txt", text.replace("\n", newline)).text == text


def test_a_text_is_stored_in_nfc(tmp_path: Path) -> None:
    text = "Zoë of Café Kite lost her account.\n"
    assert read(tmp_path, "a.txt", unicodedata.normalize("NFD", text)).text == text


@pytest.mark.parametrize("text", [BODY, "José Muñoz lost his account.\n", "It cost £5 – or €6 – a month, Zoë said.\n"])
def test_windows_1252_is_read_without_a_wrong_letter(text: str) -> None:
    assert decode(text.encode("cp1252"), A_TXT) == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_unicode_with_a_mark_is_read(encoding: str) -> None:
    assert decode(BODY.encode(encoding), A_TXT) == BODY


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)), b"text\x00text", "Привет".encode("cp1251") * 9,
     "plain".encode("utf-16-le"), b"\xff\xfe\x00"],
    ids=["png", "every byte", "nul", "cyrillic", "utf-16 without mark", "half a character"],
)  # fmt: skip
def test_a_binary_named_txt_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"a\.txt: this is not text.*save it as UTF-8"):
        read(tmp_path, "a.txt", data)


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_a_file_without_a_sentence_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadDocument, match="no sentence was found in it; take it out or put text in"):
        read(tmp_path, "a.txt", content)


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "FILE_BYTES", 1000)
    with pytest.raises(Unreadable, match="1,001 bytes, more than 1,000; split it"):
        read(tmp_path, "a.txt", "x" * 1001)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"a\.txt: cannot be read \(No such file or directory\); check the name"):
        read_file(tmp_path / "a.txt")


def test_a_folder_or_a_pipe_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("folder.txt", "pipe.txt"):
        with pytest.raises(Unreadable, match="this is not a file; name a file"):
            read_file(tmp_path / name)


@pytest.mark.parametrize("name", ["a\udcff.txt", "a\nb.txt", "a\x1b[2J.txt", "a\u202eb.txt"])
def test_a_name_that_cannot_be_stored_or_shown_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable, match="this name holds characters that cannot be stored; rename the file") as caught:
        read(tmp_path, name, BODY)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", ["ä b.txt", "a\u202fb.txt", "a\xa0b.txt", "ツ.txt"])
def test_a_name_in_any_script_is_taken(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, name, BODY).id == name.removesuffix(".txt")


@pytest.mark.parametrize("name", ["a.doc", "a", "a.txt.gz", ".txt"])
def test_an_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnknownFormat, match=r"no reader for '.*'; use one of \.docx, \.htm, \.html, \.md, \.pdf"):
        read(tmp_path, name, BODY)


# ---- permissions


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """Run a test as a user whom permissions bind."""
    for part in (tmp_path, *tmp_path.parents[:2]):
        part.chmod(0o755)
    if os.geteuid() != 0:
        yield
        return
    os.chown(tmp_path, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.usefixtures("nobody")
def test_a_forbidden_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", BODY)
    path.chmod(0)
    with pytest.raises(
        Unreadable, match=r"a\.txt: cannot be read \(Permission denied\); check the name and the permission"
    ):
        read_file(path)


@pytest.mark.usefixtures("nobody")
def test_a_forbidden_folder_is_refused_rather_than_taken_for_empty(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    inner.chmod(0)
    for folder in (inner, tmp_path):
        with pytest.raises(Unreadable, match=r"inner: cannot be listed \(Permission denied\); give read permission"):
            list_files(folder)
    inner.chmod(0o755)


# ---- folders


def test_files_are_listed_in_order_through_all_folders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/d.md", "b/a.HTML", "a.htm"):
        write(tmp_path, name, BODY)
    assert [str(path.relative_to(tmp_path)) for path in list_files(tmp_path)] == [
        "a.htm",
        "b/a.HTML",
        "b/d.md",
        "c.txt",
    ]


def test_hidden_files_and_other_suffixes_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "folder.txt").mkdir()
    for name in (".a.txt", ".git/b.txt", "c.toml", "d.doc", "e.txt~", "~$f.docx"):
        write(tmp_path, name, BODY)
    assert list_files(tmp_path) == []


def test_a_hidden_folder_above_hides_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ".documents"
    folder.mkdir()
    path = write(folder, "a.txt", BODY)
    assert list_files(folder) == [path]


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such folder; mend PURGEBOT_CORPUS or create it"):
        list_files(tmp_path / "none")


def test_every_listed_file_has_a_reader(folder: Path) -> None:
    assert [path.name for path in list_files(folder)] == ["kites.txt", "twitter-knitters-2019-03.md"]
    assert all(path.suffix in READERS and read_file(path).statements for path in list_files(folder))


# ---- described


def test_facts_that_are_given_come_before_those_that_were_read(tmp_path: Path) -> None:
    document = described(
        read(tmp_path, "a.txt", HEAD + BODY), {"title": "Nine", "publisher": "Gazette", "date": "2020"}
    )
    source = document.sources[0]
    assert (source.title, document.title, source.publisher) == ("Nine", "Nine", "Gazette")
    assert (source.published, source.author) == ("2020", "Jo Field")


def test_what_the_publisher_wrote_is_then_the_given_publishers(tmp_path: Path) -> None:
    document = described(read(tmp_path, "a.txt", BODY), {"publisher": "The Kite Gazette"})
    assert document.statements[0].speaker == "The Kite Gazette"
    assert faults(document) == []


def test_nothing_given_changes_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", BODY)
    assert described(document, {}) == document


@pytest.mark.parametrize("given", [{"date": "soon"}, {"url": "a.example"}])
def test_a_given_fact_that_cannot_be_used_is_refused(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(BadDocument, match=r"a\.txt: .*'(soon|a\.example)'"):
        described(read(tmp_path, "a.txt", BODY), given)


def test_a_dossier_is_not_described_from_outside(folder: Path) -> None:
    dossier = read_file(folder / "twitter-knitters-2019-03.md")
    with pytest.raises(BadDocument, match="stand in its head; change them there"):
        described(dossier, {"title": "Nine"})


# ---- any text

MARKS = ["“", "”", '"', "'", "’", "‘", "«", "»", "``", "''", ". ", "? ", ": ", "—", " — ", "…", "[...]", "*", "_", ">"]
SPACES = ["\n", "\n\n", "\r\n", " ", "\t", "\u2028", "\xa0", "\x0c"]
HANDLES = ["@kate", "(@kate)", "@kate: ", "Kate Kite", "RT ", "#kites", "http://a.example/@b", "e\u0301", "🪁"]
DATES = ["May 5, 2020", "2020-05-06", "6 May 2020", "date: 2020-05-06 ", "By Jo Field", "1,000", "U.S. ", "Mr. "]
WORDS = ["Twitter", "a spokesperson", "said", "tweeted", "We closed them for spam", "the accounts were removed"]
PARTS = st.sampled_from([*MARKS, *SPACES, *HANDLES, *DATES, *WORDS])
TEXTS = st.one_of(st.text(max_size=200), st.lists(PARTS, max_size=40).map("".join), st.lists(PARTS).map(" ".join))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_whatever_text_is_read_gives_a_sound_document(text: str) -> None:
    try:
        document = read_text(text.encode(), A_TXT)
    except CorpusError:
        return
    assert faults(document) == []
    assert all(document.body_start <= s.start < s.end <= document.body_end for s in document.statements)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_whatever_bytes_are_read_are_text_in_stored_form_or_refused(data: bytes) -> None:
    try:
        text = decode(data, A_TXT)
    except Unreadable:
        return
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("text", ["Trump says he won the vote by a landslide", "vaccines contain microchips\n", "LIES"])
def test_a_text_of_one_line_is_its_own_body(tmp_path: Path, text: str) -> None:
    path = tmp_path / "claim.txt"
    path.write_text(text, encoding="utf-8")
    document = read_file(path)
    assert [document.text[s.start : s.end] for s in document.statements] == [text.strip()]
    assert document.title is None


# ---- what would stop a whole folder


@pytest.mark.parametrize("line", ['title = "a\\u202Eb"', 'author = "a\\u0000b"', f"title = {'9' * 5000}"])
def test_a_sidecar_that_cannot_be_stored_is_refused(tmp_path: Path, line: str) -> None:
    write(tmp_path, "a.toml", line)
    with pytest.raises(BadDocument, match=r"a\.toml"):
        read(tmp_path, "a.txt", BODY)


def test_given_facts_that_cannot_be_stored_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDocument, match="'title' holds characters that cannot be stored"):
        described(read(tmp_path, "a.txt", BODY), {"title": "a\udcffb"})


def test_a_sidecar_that_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    with pytest.raises(Unreadable, match=r"a\.toml: this is not a file"):
        read(tmp_path, "a.txt", BODY)


def test_the_encoding_of_a_large_file_is_guessed_in_time() -> None:
    begin = time.perf_counter()
    assert decode((BODY * 20_000 + "Muñoz\n").encode("cp1252"), A_TXT).endswith("Muñoz\n")
    assert time.perf_counter() - begin < 10


def test_what_the_guess_does_not_fit_is_no_text() -> None:
    with pytest.raises(Unreadable, match="not text"):
        decode(("Muñoz " * 50_000).encode("cp1252") + b"\x81", A_TXT)
