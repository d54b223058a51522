"""Shared fixtures: small real documents, an embedder of hashed words, and libraries built from them."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embed import PassageVectors, Span, Vectors
from index.library import Library

DIMENSION = 64

DOSSIER = """---
id: twitter-knitters-2019-03
platforms: [Twitter]
date: 2019-03-04
title: Twitter suspends accounts of knitting clubs
confidence: high
reason: {Twitter: [general, denied_by_affected]}
sources:
  gazette: {publisher: The Gazette, title: "Knitters locked out", date: 2019-03-05, url: "https://gazette.example/knit"}
  blog: {publisher: Wool Blog, title: composed, title_exact: false, date: 2019-03, url: "https://wool.example/post"}
---
## What happened
- On 4 March 2019 Twitter suspended 240 accounts of knitting clubs, The Gazette counted. [gazette]
## The platform's reason
- Twitter: Said that it acts against spam on its service and enforces its rules for everybody. [gazette]
## Those affected
- @purlqueen (Purl Queen; chair), 2019-03-04: Said the club lost 900 followers and got no explanation. [gazette; blog]
## Critics
- Ned Loom (weaver): Called the suspensions of knitting clubs careless. [blog]
## Where sources disagree
- The Gazette counts 240 suspended accounts of knitting clubs, Wool Blog counts 300. [gazette; blog]
## What came after
- Most of the knitting clubs' accounts were restored within nine days. [*]
"""

ARTICLE = """Facebook removes pages of kite makers

Jo Field
6 May 2020

Facebook removed 55 pages of kite makers on Tuesday, after complaints by an airport.

“We remove pages that break our rules on dangerous goods,” a Facebook spokesperson said.

Kites are back!!! See you on the hill @kitefest #kites — Kite Kate (@kitekate) May 5, 2020

The airport said that it had asked for nothing of the kind.
"""


class HashedWords:
    """An embedder that is a small real one: each word's hash is a direction; texts that share words are close."""

    name = "hashed-words"
    digest = "hashed-words-1"
    dimension = DIMENSION

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 `(n, 64)`, unit length."""
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(len(texts), DIMENSION)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed texts whole and in parts."""
        self.embedded += len(texts)
        return [
            PassageVectors(self.embed([text])[0], self.embed([text[start:end] for start, end in spans]))
            for text, spans in zip(texts, parts, strict=True)
        ]

    def _vector(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        total = np.full(DIMENSION, 1e-3)
        for word in re.findall(r"\w+", text.lower()):
            seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
            total += np.random.default_rng(seed).standard_normal(DIMENSION)
        return total / np.linalg.norm(total)


@pytest.fixture
def embedder() -> HashedWords:
    """Return a fresh embedder."""
    return HashedWords()


def write_documents(folder: Path) -> Path:
    """Make a folder with a dossier and an article."""
    folder.mkdir()
    (folder / "twitter-knitters-2019-03.md").write_text(DOSSIER, encoding="utf-8")
    (folder / "kites.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a dossier and an article."""
    return write_documents(tmp_path / "documents")


@pytest.fixture(scope="session")
def built_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data of a library that holds the dossier and the article; to be copied, not opened."""
    place = tmp_path_factory.mktemp("built")
    library = Library(place / "data", HashedWords)
    library.reindex([write_documents(place / "documents")], "test")
    library.close()
    return place / "data"


@pytest.fixture
def open_library(tmp_path: Path, embedder: HashedWords) -> Iterator[Callable[[], Library]]:
    """Return a function that opens the library of this test, as often as wanted."""
    opened: list[Library] = []

    def opener() -> Library:
        opened.append(Library(tmp_path / "data", lambda: embedder))
        return opened[-1]

    yield opener
    for library in opened:
        library.close()


@pytest.fixture
def library(open_library: Callable[[], Library], folder: Path) -> Library:
    """Return a library that holds the dossier and the article."""
    opened = open_library()
    opened.reindex([folder], "test")
    return opened
