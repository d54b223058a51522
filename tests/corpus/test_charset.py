"""The charset of a text is found: by its mark, its server, itself, or its bytes."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.charset import decode_page, decode_text

TEXT = "<p>Zoë’s café – “closed” – owed €5.</p>"
RUSSIAN = "<p>Сайт закрыл девять учётных записей во вторник.</p>" * 3


@pytest.mark.parametrize("decode", [decode_text, decode_page])
@pytest.mark.parametrize(
    ("data", "named"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "utf-8"),
        (TEXT.encode(), "us-ascii"),
        (TEXT.encode(), "ISO-8859-1"),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None),
        (TEXT.encode("utf-32"), None),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.encode("cp1252"), "ISO-8859-1"),
        (TEXT.encode("cp1252"), "us-ascii"),
        (TEXT.encode("cp1252"), None),
        (TEXT.encode("cp1252"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "windows-1252"),
        (TEXT.encode(), "hex"),
        (TEXT.encode(), "utf-7"),
        (TEXT.encode(), "no such charset"),
        (TEXT.encode(), "unicode_escape"),
    ],
)
def test_a_text_is_read_whatever_its_charset(decode, data: bytes, named: str | None) -> None:
    assert decode(data, named) == TEXT


@pytest.mark.parametrize(
    "head", ['<meta charset="windows-1251">', '<meta http-equiv=x content="text/html; charset=windows-1251">',
             '<?xml version="1.0" encoding="windows-1251"?>', "<META CHARSET = 'CP1251' />"],
)  # fmt: skip
def test_a_page_names_its_charset_itself(head: str) -> None:
    assert decode_page((head + RUSSIAN).encode("cp1251")) == head + RUSSIAN


def test_the_server_comes_before_the_page() -> None:
    page = '<meta charset="windows-1251"><p>café</p>'
    assert decode_page(page.encode("cp1252"), "windows-1252") == page


def test_a_page_that_claims_to_be_utf_16_in_ascii_is_utf_8() -> None:
    page = f'<meta charset="utf-16">{TEXT}'
    assert decode_page(page.encode()) == page


def test_a_page_with_one_broken_letter_keeps_all_others() -> None:
    page = f'<meta charset="utf-8">{TEXT * 60}'
    assert decode_page(page.encode() + b"\xe2\x80") == f"{page}\N{REPLACEMENT CHARACTER}"


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "shift_jis", "utf-16", "big5", "rot13", "\0"]))
def test_any_bytes_are_text_or_not(data: bytes, named: str | None) -> None:
    assert isinstance(decode_text(data, named), str | None)
    assert isinstance(decode_page(data, named), str | None)
