"""The bytes of a web page -> its main text."""

from typing import Any

import trafilatura

from corpus.charset import decode_page
from corpus.extract import Extract, Fault, NoText


def read_html(data: bytes, charset: str | None, url: str | None) -> Extract:
    """Read the main text of a page and what it says of itself.

    The date is one that the page states as its own: guessing from its text makes "© 2020" a first of January.

    Args:
        charset: what the server calls it.
        url: where the page was, if known.

    Raises:
        NoText: it has no main text.
    """
    page: Any = trafilatura.bare_extraction(
        decode_page(data, charset) or "",
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or not page.text:
        raise NoText(Fault.EMPTY)
    return Extract(page.text, page.title, page.author, page.sitename, page.date, page.url)
