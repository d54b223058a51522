"""Pages, PDF and Word files give their words, in a child process that cannot harm; or it is told why not."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import faults
from corpus.errors import BadDocument
from corpus.extract import NoText, extract
from corpus.readers import read_file
from corpus.sandbox import plausible_author, plausible_title, take_text

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = ["Kite Site closed nine accounts on Tuesday, and said so.", "“We closed them for spam,” a spokesperson said."]
Placed = tuple[float, float, float, str]
"""From the left, from the foot, size, words."""


# ---- made here


def make_pdf(pages: Sequence[Sequence[Placed]], info: str = "", trailer: str = "") -> bytes:
    """Write a PDF file of lines in Helvetica."""
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + 2 * len(pages), 2))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        f"<<{info}>>".encode("cp1252"),
    ]
    for lines in pages:
        number = len(objects) + 2
        box = "/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>"
        objects += [f"<</Type/Page/Parent 2 0 R{box}/Contents {number} 0 R>>".encode(), stream(drawn(lines))]
    return written(objects, f"/Info 4 0 R{trailer}")


def drawn(lines: Sequence[Placed]) -> bytes:
    return "\n".join(f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET" for x, y, size, words in lines).encode("cp1252")


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def written(objects: Sequence[bytes], trailer: str = "") -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = f"trailer <</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    return out + head + b"".join(places) + end.encode()


ARTICLE = [
    (50.0, 740.0, 20.0, "Kite Site closes nine accounts"),
    (50.0, 710.0, 12.0, "By Jo Field"),
    (50.0, 690.0, 12.0, "6 May 2020"),
    (50.0, 660.0, 12.0, BODY[0]),
    (50.0, 630.0, 12.0, BODY[1]),
]


def make_docx(*paragraphs: str, title: str = "", author: str = "", xml: str = "") -> bytes:
    """Write a Word file; `xml` is put behind its paragraphs as it is."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title, document.core_properties.author = title, author
    if xml:
        for element in parse_xml(f'<w:body xmlns:w="{W}">{xml}</w:body>'):
            document.element.body.insert(len(document.element.body) - 1, element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(packed: bytes, name: str, content: bytes) -> bytes:
    """Copy a Word file with one part put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


# ---- what they give


@pytest.mark.parametrize(
    ("name", "data"),
    [("kites.pdf", make_pdf([ARTICLE])), ("kites.docx", make_docx(*(line[3] for line in ARTICLE)))],
    ids=["pdf", "docx"],
)
def test_a_file_becomes_a_sound_document(tmp_path: Path, name: str, data: bytes) -> None:
    document = read_file(write(tmp_path, name, data))
    source = document.sources[0]
    assert faults(document) == []
    assert document.text[document.body_start :].split("\n\n") == BODY
    assert (document.id, source.title, source.author, source.published) == (
        "kites", "Kite Site closes nine accounts", "Jo Field", "2020-05-06",
    )  # fmt: skip


def test_lines_of_a_pdf_are_joined_and_running_heads_left_out() -> None:
    def page(number: int) -> list[Placed]:
        lines = ["Kite Site closed nine accounts on Tuesday, and the", f"owners complained of that {number} times."]
        placed = [(50.0, 700.0 - 14 * at, 12.0, line) for at, line in enumerate(lines)]
        return [(50.0, 780.0, 9.0, "The Kite Gazette"), *placed, (290.0, 20.0, 9.0, f"{number} / 2")]

    paragraph = "Kite Site closed nine accounts on Tuesday, and the owners complained of that {} times."
    text = take_text(make_pdf([page(1), page(2)]), "pdf", "a.pdf").text
    assert text.split("\n\n") == [paragraph.format(1), paragraph.format(2)]


def test_what_a_pdf_says_of_itself_is_taken_where_plausible() -> None:
    info = "/Title(Nine accounts - The Kite Gazette)/Author(Jo Field)/CreationDate(D:20200506)"
    paper = take_text(make_pdf([ARTICLE], info), "pdf", "a.pdf")
    assert (paper.title, paper.author) == ("Nine accounts - The Kite Gazette", "Jo Field")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_when_a_file_was_made_is_no_date_of_publication(tmp_path: Path, form: str) -> None:
    made = make_pdf([ARTICLE[3:]], "/CreationDate(D:20200506)") if form == "pdf" else make_docx(*BODY)
    assert read_file(write(tmp_path, f"a.{form}", made)).sources[0].published is None


@pytest.mark.parametrize("title", [
    "Microsoft Word - kites v2.doc", "Untitled", "Document1", "untitled document", "the kites final.docx", "Kites", "",
    "https://kites.example/ nine", "Microsoft PowerPoint - Presentation", "page 4 final.indd.pdf",
])  # fmt: skip
def test_a_title_that_a_program_made_up_is_none(title: str) -> None:
    assert plausible_title(title) is None


def test_an_author_who_does_not_stand_in_the_text_is_none() -> None:
    assert plausible_author("Jo Field", "By Jo\nField, staff") == "Jo Field"
    for author in ("Ann Ply", "Jo", "", None):
        assert plausible_author(author, "By Jo Field") is None


def test_a_word_file_reads_as_with_all_changes_accepted() -> None:
    xml = (
        "<w:p><w:r><w:t xml:space='preserve'>It closed </w:t></w:r><w:ins><w:r><w:t>nine</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>ten</w:delText></w:r></w:del><w:r><w:tab/><w:t>accounts</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a table.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    text = take_text(make_docx("First.", xml=xml), "docx", "a.docx").text
    assert text == "First.\n\nIt closed nine accounts\n\nIn a table.\n\nIn a field."


def test_the_author_of_a_word_file_is_whom_its_text_names() -> None:
    made = make_docx("Nine accounts", "By Jo Field", BODY[0], title="Nine accounts closed", author="python-docx")
    paper = take_text(made, "docx", "a.docx")
    assert (paper.title, paper.author) == ("Nine accounts closed", None)


def test_a_text_is_stored_in_normal_form(tmp_path: Path) -> None:
    document = read_file(write(tmp_path, "a.docx", make_docx("The cafe\u0301 was closed on Tuesday, it said.")))
    assert document.text == "The café was closed on Tuesday, it said."


# ---- what they do not give

BOGUS = "<" + "00" * 32 + ">"
LOCKED = f"/Encrypt<</Filter/Standard/V 1/R 2/O{BOGUS}/U{BOGUS}/P -4>>/ID[<00><00>]"
PLAIN = make_docx(*BODY)
FAULTS = {
    "no pdf": (b"hello", "pdf", "this is no PDF file, or a damaged one; mend it, or save its text as .txt"),
    "empty pdf": (b"", "pdf", "this is no PDF file"),
    "head alone": (b"%PDF-1.7\n", "pdf", "this is no PDF file"),
    "cut pdf": (make_pdf([ARTICLE])[:300], "pdf", "this (is no PDF file|PDF file holds no text)"),
    "locked pdf": (make_pdf([ARTICLE], trailer=LOCKED), "pdf", "this PDF file is locked with a password; take the"),
    "pictures": (make_pdf([[]]), "pdf", "this PDF file holds no text, perhaps pictures of it; run text recognition"),
    "no docx": (b"hello", "docx", "this is no Word file, or a damaged one; mend it"),
    "empty docx": (b"", "docx", "this is no Word file"),
    "cut docx": (PLAIN[:2000], "docx", "this is no Word file"),
    "other zip": (repacked(PLAIN, "[Content_Types].xml", b"<x/>"), "docx", "this is no Word file"),
    "bad xml": (repacked(PLAIN, "word/document.xml", b"<w:p"), "docx", "this is no Word file"),
    "old doc": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "docx", "this is no Word file"),
    "locked docx": (
        bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "docx", "this Word file is locked"
    ),
    "nothing": (make_docx(), "docx", "this Word file holds no text"),
    "zip bomb": (repacked(PLAIN, "word/x.bin", bytes(201_000_000)), "docx", "this Word file holds more than is read"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_without_a_text_is_refused_in_words(tmp_path: Path, name: str) -> None:
    data, form, told = FAULTS[name]
    path = write(tmp_path, f"a.{form}", data)
    with pytest.raises(BadDocument, match=f"^{path}: {told}"):
        read_file(path)


def test_a_pdf_that_repeats_itself_without_end_is_given_up() -> None:
    def form(below: int) -> bytes:
        return stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>" % below)

    words = stream(drawn([(10, 10, 12, "again")]), b"/Type/XObject/Subtype/Form/Resources<</Font<</F 4 0 R>>>>")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(b"/X Do " * 10),
        *(form(number) for number in range(7, 15)),
        words,
    ]
    with pytest.raises(BadDocument, match=r"a\.pdf: this PDF file is damaged, or takes too much time or memory"):
        take_text(written(objects), "pdf", "a.pdf")


def test_a_page_that_is_made_to_take_long_is_given_up() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(100_000))
    page = f"<p {attributes}>{BODY[0]}</p>"
    with pytest.raises(BadDocument, match=r"a\.html: this page takes longer than 2 seconds to read; split it"):
        take_text(page.encode(), "html", "a.html", seconds=2)


def test_external_entities_of_a_word_file_are_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", b"the secret")
    xml = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Hi. &e;'
    made = repacked(PLAIN, "word/document.xml", f"{xml}</w:t></w:r></w:p></w:body></w:document>".encode())
    assert "secret" not in take_text(made, "docx", "a.docx").text


@pytest.mark.parametrize("head", [b"", b"%PDF-1.4\n", b"PK\x03\x04", PLAIN[:400], make_pdf([ARTICLE])[:400]])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rubbish=st.binary(max_size=400))
def test_rubbish_gives_a_reason_and_no_other_error(head: bytes, rubbish: bytes) -> None:
    for form in ("pdf", "docx", "html"):
        try:
            found = extract(head + rubbish, form)
        except NoText:
            continue
        assert found.text.strip()


# ---- the child


@pytest.mark.parametrize("more", [0, 15_000_000])
def test_a_child_that_takes_too_long_is_ended(more: int) -> None:
    with pytest.raises(BadDocument, match=r"a\.pdf: this PDF file takes longer than 0\.001 seconds to read; split it"):
        take_text(make_pdf([ARTICLE]) + bytes(more), "pdf", "a.pdf", seconds=0.001)


def in_bounds(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"from corpus.child import bound\nbound()\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_child_has_no_more_memory_than_its_bound() -> None:
    assert "MemoryError" in in_bounds("bytearray(2 << 30)").stderr


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    assert "File too large" in in_bounds(f"open({str(tmp_path / 'a')!r}, 'wb', 0).write(b'x')").stderr


def test_the_child_cannot_loosen_its_bounds() -> None:
    code = "import json, resource\nprint(json.dumps([resource.getrlimit(kind) for kind in (0, 9, 1, 4)]))"
    assert json.loads(in_bounds(code).stdout) == [[20, 20], [1 << 30] * 2, [0, 0], [0, 0]]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system does not show what a process inherits")
def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a-secret")
    spy = tmp_path / "python"
    spy.write_text(f'#!/bin/sh\ncat /proc/$$/environ > {tmp_path}/seen\nexec {sys.executable} "$@"\n')
    spy.chmod(0o755)
    monkeypatch.setattr(sys, "executable", os.fspath(spy))
    assert take_text(make_docx(*BODY), "docx", "a.docx").text == "\n\n".join(BODY)
    assert b"PYTHONPATH" in (tmp_path / "seen").read_bytes()
    assert b"a-secret" not in (tmp_path / "seen").read_bytes()
