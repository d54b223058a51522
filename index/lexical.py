"""Words -> passages by BM25. The only file that imports tantivy."""

import errno
import json
import math
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice, pairwise
from operator import itemgetter
from pathlib import Path

import tantivy
from rapidfuzz import process
from rapidfuzz.distance import OSA

ANALYSERS = "4"
"""Raise it whenever a text would be tokenised otherwise than before."""

STEMMED, EXACT = "stemmed", "exact"
WRITER_BYTES = 50_000_000
ADDED_AT_ONCE = 10_000
SPARE_BYTES = 50_000_000
"""With less room than this on the disk, that is why an index cannot be written."""
OF_DOCUMENTS = 16_384
"""Texts of documents of which stems are remembered: a few megabytes."""
REMEMBERED = 1024
"""Texts whose words are kept until the answer is there, which asks for the same ones several times."""
LONGEST_WORD = 60
SLIP_LETTERS, LONG_LETTERS = 4, 8
CUT_LETTERS = 3
"""What is cut off a word at least, where it is no slip."""
WORD = r"\d+(?:[.,]\d+)*|[\p{L}\p{N}_]+"
"""A number with its separators, or a run of letters: `10,000`, `dbongino`, and `Twitter` of `Twitter's`."""
PLAIN = re.compile(r"[\x00-\x7f\u00a0“”‘’–—…•·£€™]*")
"""A text that has no letters or digits but ASCII ones: Python splits it into the same words as tantivy, much faster."""
PLAIN_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z0-9_]+")
"""`WORD` where a text is plain."""
WORDS_KEPT = 32_768
"""Words of documents whose stems are kept, a few megabytes. A text has far fewer new words than words."""
SCALES = {
    "k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}  # fmt: skip
SCALED = re.compile(
    r"(?<![\w.,])([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})"
    rf"(?:(\.[0-9]{{1,9}})?[ -]?({'|'.join(SCALES)})\b)?(?![.,]?[0-9])",
    re.IGNORECASE,
)
"""A whole number with separators, or a number with its scale: `3,000`, `3k`, `3.5 million`."""
RUN_TOGETHER = re.compile(r"\b[A-Z]?[a-z]+(?:[A-Z][a-z]+)+\b")
HUMP = re.compile(r"[A-Z]?[a-z]+")
DOUBLED = re.compile(r"(.)\1+")
CLITICS = ["s", "t", "re", "ve", "ll", "d", "m"]
"""What an apostrophe leaves of `it's`, `don't`, `they're`."""
QUESTION_WORDS = (
    "what why who whom whose when where which how many much ever did does do doing were is am are be been being has"
    " have had can could would should about from any some there their them she he her his him its you your we our i"
    " me my"
).split()
"""Words of questions that the common list of English stop words leaves in."""


class DamagedLexical(Exception):
    """A folder is not an index that can be read."""


class LexicalView:
    """One state of an index: searches see nothing of what is committed later."""

    def __init__(self, searcher: "tantivy.Searcher") -> None:
        self._searcher = searcher
        self._words: dict[str, dict[str, int]] = {}

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, text: str, k: int) -> list[tuple[float, int]]:
        """Find the passages that share words with a text.

        Returns:
            BM25 scores and passage ids, at most `k`, best first, ties by id.
        """
        terms = dict.fromkeys(stems(text))
        query = _any_of([tantivy.Query.term_query(_schema(), STEMMED, term) for term in terms])
        return self._run(query, k)

    def search_phrase(self, text: str, k: int) -> list[tuple[float, int]]:
        """Find the passages that hold a text's words in its order, punctuation and case aside."""
        words = exact_words(text)
        if not words:
            return []
        if len(words) == 1:
            return self._run(tantivy.Query.term_query(_schema(), EXACT, words[0]), k)
        return self._run(tantivy.Query.phrase_query(_schema(), EXACT, list(words)), k)

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of a stem, BM25's; largest for one that no passage holds."""
        held = self.count(stem)
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5))

    def count(self, stem: str) -> int:
        """Count the passages that hold a stem."""
        return int(self._searcher.doc_freq(STEMMED, stem))

    def closest(self, word: str) -> str | None:
        """Find the commonest word of the corpus that a word may be a slip of; None where there is none.

        What is cut short (`algo`) is a slip too, of a word that is longer by three letters at least. One edit is
        allowed in a word of four to seven letters, two in a longer one; the first letter must fit. A letter doubled or
        not is the likeliest slip, then letters in the wrong order.
        """
        edits = 0 if len(word) < SLIP_LETTERS else 1 if len(word) < LONG_LETTERS else 2
        if not edits or not word.isalpha():
            return None
        counts = self._words_with(word[0])
        whole = [known for known in counts if known.startswith(word) and len(known) >= len(word) + CUT_LETTERS]
        if whole:
            return max(whole, key=lambda known: (counts[known], known))
        near = process.extract(word, counts.keys(), scorer=OSA.distance, score_cutoff=edits, limit=None)
        likely = [(*_likelihood(word, known, edits), -counts[known], known) for known, _, _ in near]
        return min(likely)[-1] if likely else None

    def _words_with(self, letter: str) -> dict[str, int]:
        """Return the words that begin with a letter, each with the number of passages that hold it; kept once read."""
        if letter not in self._words:
            terms = self._searcher.terms_with_prefix(EXACT, letter)
            self._words[letter] = {known: count for known, count in terms if known.isalpha()}
        return self._words[letter]

    def _run(self, query: "tantivy.Query", k: int) -> list[tuple[float, int]]:
        if not len(self) or k <= 0:
            return []
        # a count of all that fit would keep tantivy from passing over what cannot be among the best
        found = self._searcher.search(query, limit=k, count=False).hits
        ids = self._searcher.fast_field_values("id", [address for _, address in found])
        pairs = [(float(score), int(passage_id or 0)) for (score, _), passage_id in zip(found, ids, strict=True)]
        # two plain sorts take less time than one by pairs
        return sorted(sorted(pairs, key=itemgetter(1)), key=itemgetter(0), reverse=True)


class LexicalIndex:
    """An inverted index of passages on disk, by passage id."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder, or make one there.

        Raises:
            DamagedLexical: what is there cannot be read.
        """
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._index = _opened(folder)

    def view(self) -> LexicalView:
        """See what has been committed so far.

        Raises:
            DamagedLexical: the files cannot be read.
        """
        try:
            self._index.reload()
            return LexicalView(self._index.searcher())
        except (ValueError, OSError) as error:
            raise DamagedLexical(str(error)) from error

    def change(self, removed: Iterable[int], added: Iterable[tuple[int, str]]) -> None:
        """Take passages out and put others in, in one commit; ids that it holds already are replaced.

        Raises:
            DamagedLexical, OSError: as for `changing`.
        """
        with self.changing(removed, added):
            pass

    @contextmanager
    def changing(self, removed: Iterable[int], added: Iterable[tuple[int, str]]) -> Iterator[None]:
        """Make a change that is committed when the block is left; an exception in there undoes it.

        Raises:
            DamagedLexical: the files cannot be written.
            OSError: the disk is full; what was committed before is as it was.
        """
        self._index = _opened(self._folder)  # what other processes left there is known to a new one only
        try:
            with _writing(self._index) as writer:
                writer.garbage_collect_files()  # of a killed writer: the names that it gave are given again
                _delete(writer, removed)
                for batch in _batches(added):
                    _replace(writer, dict(batch))
                yield
                writer.commit()
        except ValueError as error:
            if shutil.disk_usage(self._folder).free < SPARE_BYTES:
                raise OSError(errno.ENOSPC, "the disk is full", str(self._folder)) from error
            raise DamagedLexical(str(error)) from error


@contextmanager
def _writing(index: "tantivy.Index") -> Iterator["tantivy.IndexWriter"]:
    """Hold an index's only writer; what it has not committed when the block is left is undone.

    Its own `with` would commit, even after an exception. Source: tantivy-py, tried with 0.27.
    """
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
    try:
        yield writer
    except BaseException:
        for end in (writer.rollback, writer.wait_merging_threads):
            with suppress(ValueError):
                end()
        raise
    writer.wait_merging_threads()


def _opened(folder: Path) -> "tantivy.Index":
    try:
        index = tantivy.Index(_schema(), path=str(folder))
    except (ValueError, OSError) as error:
        raise DamagedLexical(str(folder)) from error
    index.register_tokenizer(STEMMED, _analyser(stemmed=True))
    index.register_tokenizer(EXACT, _analyser(stemmed=False))
    return index


def last_commit(folder: Path) -> int:
    """Return the number of the last commit of the index in a folder; each has a greater one than those before.

    Raises:
        DamagedLexical: it cannot be read.

    Source: tantivy, `IndexMeta.opstamp`.
    """
    try:
        return int(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["opstamp"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DamagedLexical(str(folder)) from error


def _replace(writer: "tantivy.IndexWriter", texts: dict[int, str]) -> None:
    _delete(writer, texts)
    for passage_id, text in texts.items():
        document = tantivy.Document(stemmed=_widened(text), exact=text)
        document.add_unsigned("id", passage_id)
        writer.add_document(document)


def _delete(writer: "tantivy.IndexWriter", ids: Iterable[int]) -> None:
    # a term of type "unsigned" has to come from a query: delete_documents_by_term takes ids as signed
    writer.delete_documents_by_query(tantivy.Query.term_set_query(_schema(), "id", sorted(ids)))


def _batches(added: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    rest = iter(added)
    while batch := list(islice(rest, ADDED_AT_ONCE)):
        yield batch


def _likelihood(word: str, known: str, edits: int) -> tuple[int, int]:
    """Rank a slip by its kind and the number of edits, the likeliest lowest; too many edits are `edits + 1`."""
    kind = 0 if undoubled(word) == undoubled(known) else 1 if sorted(word) == sorted(known) else 2
    return kind, OSA.distance(word, known, score_cutoff=edits)


def undoubled(word: str) -> str:
    """Write each doubled letter once."""
    return DOUBLED.sub(r"\1", word)


def stems(text: str) -> list[str]:
    """Split a text into lower-case English stems, stop words left out, in order; run-together words also apart."""
    return list(_stems(text))


@lru_cache(OF_DOCUMENTS)
def stem_set(text: str) -> frozenset[str]:
    """Return the stems of a text of a document, or of a header; remembered, so never for a question's words."""
    whole = _widened(text)
    words = _plain_words(whole)
    if words is None:
        return frozenset(_shared_analyser(True).analyze(whole))
    new = {word: "".join(_shared_analyser(True).analyze(word)) for word in words if word not in _kept_stems}
    if new and len(_kept_stems) + len(new) <= WORDS_KEPT:
        _kept_stems.update(new)
    found = {_kept_stems.get(word) or new.get(word) for word in words}
    return frozenset(stem for stem in found if stem)


def spread(text: str) -> str:
    """Write words that are run together apart: `#TwitterLockOut` as `Twitter Lock Out TwitterLock LockOut`."""
    if text.islower():
        return ""
    found = []
    for match in RUN_TOGETHER.finditer(text):
        parts = HUMP.findall(match[0])
        found += [*parts, *(one + other for one, other in pairwise(parts))]
    return " ".join(found)


def _widened(text: str) -> str:
    """Prepare a text for stems: numbers in one spelling, words that are run together also apart."""
    return f"{SCALED.sub(_in_digits, text)} {spread(text)}"


def _in_digits(match: re.Match[str]) -> str:
    """Write a whole number as its digits alone."""
    if match[0].isdigit():
        return match[0]
    value = Decimal(match[1].replace(",", "") + (match[2] or "")) * SCALES.get((match[3] or "").lower(), 1)
    return str(int(value)) if value == int(value) else match[0]


def exact_words(text: str) -> list[str]:
    """Split a text into lower-case words, all kept, in order."""
    return list(_exact_words(text))


def forget_texts() -> None:
    """Keep no words any longer: some are those of a question."""
    _stems.cache_clear()
    _exact_words.cache_clear()


@lru_cache(REMEMBERED)
def _stems(text: str) -> tuple[str, ...]:
    whole = _widened(text)
    return tuple(_stems_of_words(_plain_words(whole), whole))


@lru_cache(REMEMBERED)
def _exact_words(text: str) -> tuple[str, ...]:
    words = _plain_words(text)
    return tuple(_shared_analyser(False).analyze(text) if words is None else words)


def _plain_words(text: str) -> list[str] | None:
    """Split a plain text into lower-case words, in order; None where tantivy has to."""
    if not text.isascii() and not PLAIN.fullmatch(text):
        return None
    return [word for word in PLAIN_WORD.findall(text.lower()) if len(word) < LONGEST_WORD]


def _stems_of_words(words: Sequence[str] | None, text: str) -> list[str]:
    """Take the stems of a text's words from those that are kept; where some are not, all from tantivy."""
    if words is not None:
        found = [_kept_stems.get(word) for word in words]
        if None not in found:
            return [stem for stem in found if stem]
    return list(_shared_analyser(True).analyze(text))


_kept_stems: dict[str, str] = {}
"""Stems by word, empty for a stop word: of documents' words alone, for a question's are not to be kept."""


def _any_of(queries: Sequence["tantivy.Query"]) -> "tantivy.Query":
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


@cache
def _schema() -> "tantivy.Schema":
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=False, indexed=True, fast=True)
    builder.add_text_field(STEMMED, tokenizer_name=STEMMED, index_option="freq")
    builder.add_text_field(EXACT, tokenizer_name=EXACT, index_option="position")
    return builder.build()


@cache
def _shared_analyser(stemmed: bool) -> "tantivy.TextAnalyzer":
    return _analyser(stemmed=stemmed)


def _analyser(*, stemmed: bool) -> "tantivy.TextAnalyzer":
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD))
        .filter(tantivy.Filter.remove_long(LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    if stemmed:
        builder = (
            builder.filter(tantivy.Filter.stopword("english"))
            .filter(tantivy.Filter.custom_stopword(CLITICS + QUESTION_WORDS))
            .filter(tantivy.Filter.stemmer("english"))
        )
    return builder.build()
