"""The vectors of what was asked last, kept without the words."""

import hashlib
import secrets
import threading
from collections import OrderedDict

from index.embed import Vector

MOST = 256
KEY_BYTES = 32
DIGEST_BYTES = 16


class Recent:
    """Vectors by text, those used longest ago leave first. Safe to use from several threads.

    No text is held: a vector is found again by a hash of its text under a key that is drawn anew with each object and
    never leaves it. Nothing says who asked, and nothing is written anywhere.
    """

    def __init__(self, most: int = MOST) -> None:
        """Begin with nothing; `most` vectors are kept."""
        self._most = most
        self._key = secrets.token_bytes(KEY_BYTES)
        self._held: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Count the vectors that are kept."""
        return len(self._held)

    def find(self, text: str) -> Vector | None:
        """Find the vector of a text, `(d,)`, not to be written to; None where it is not kept."""
        name = self._name(text)
        with self._lock:
            found = self._held.get(name)
            if found is not None:
                self._held.move_to_end(name)
            return found

    def keep(self, text: str, vector: Vector) -> None:
        """Keep a copy of a vector."""
        copy = vector.copy()
        copy.setflags(write=False)
        with self._lock:
            self._held[self._name(text)] = copy
            self._held.move_to_end(self._name(text))
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def _name(self, text: str) -> bytes:
        whole = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(whole, key=self._key, digest_size=DIGEST_BYTES).digest()
