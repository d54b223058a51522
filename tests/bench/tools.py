"""What the measurements work with: the real model in its forms, each loaded when it is first asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.embed import Embedder, load_embedder
from index.onnx_reader import load_packaged_reader
from index.reader import Reader
from tests.bench.bare import bare_call, token_counter
from tests.bench.sizes import Place

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is asked: questions that go before, different ones one by one, and those that are profiled; numbers of
    askers, with the seconds that each gets; the seconds that the limit of indexing is measured for, each time.
    """

    warm_up: int = 64
    questions: int = 120
    profiled: int = 30
    levels: tuple[int, ...] = (1, 2, 4, 8, 16, 32, 64)
    seconds: float = 1.0
    rounds: int = 2
    limit_seconds: float = 0.6


class Tools(Protocol):
    """The model in its forms. `bare` embeds one text with nothing around it, `encode` is the plain bot's way."""

    @property
    def embedder(self) -> Embedder:
        """Return the program's own."""
        ...

    @property
    def reader(self) -> Reader | None:
        """Return the program's own, if it has one."""
        ...

    @property
    def bare(self) -> Callable[[str], object]:
        """Return the bare call."""
        ...

    @property
    def count(self) -> Callable[[list[str]], list[int]]:
        """Return what counts the tokens of texts."""
        ...

    @property
    def encode(self) -> Encode:
        """Return the plain bot's embedding."""
        ...


class RealTools:
    """The packaged model."""

    def __init__(self, place: Place) -> None:
        """Say where exported models are kept."""
        self._models = place.models

    @cached_property
    def embedder(self) -> Embedder:
        """Load it as the program does."""
        return load_embedder(exports=self._models)

    @cached_property
    def reader(self) -> Reader | None:
        """Load it as the program does."""
        return load_packaged_reader(self._models)

    @cached_property
    def bare(self) -> Callable[[str], object]:
        """Load the exported graph once more."""
        return bare_call(self._models, self.embedder.digest)

    @cached_property
    def count(self) -> Callable[[list[str]], list[int]]:
        """Load the tokenizer."""
        return token_counter(self._models, self.embedder.digest)

    @cached_property
    def encode(self) -> Any:
        """Load torch and sentence-transformers."""
        from tests.bench.plain_bot import sentence_transformer

        return sentence_transformer()
