"""The folder of an exported model: what its card says, and whether its files are still what was checked."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

GRAPH, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "card.json"
WEIGHTS = f"{GRAPH}.data"
"""Beside a graph that does not hold its weights itself: they are mapped, not read."""
PLAIN, TRACED = "plain.onnx", "traced.json"
"""Of an export that is being made."""
BAD_MODEL = 3
"""Exit status of a step that found the model itself missing or damaged."""
FORM = 3
"""Raised when another way of exporting makes the files of an older one unfit."""
MAKERS = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")


class Unfit(Exception):
    """A folder holds no export, a damaged one, one of another model, or one of other versions."""


@dataclass(frozen=True, slots=True)
class Card:
    """What lies beside an exported model.

    `model` is the digest of the weights that it was made from, `files` the sha256 of each file, `likeness` the least
    cosine to sentence-transformers on the sample texts. `refused` says why there are no files, if there are none.
    """

    model: str
    dimension: int = 0
    likeness: float = 0.0
    files: dict[str, str] | None = None
    refused: str | None = None


def write_card(folder: Path, card: Card) -> None:
    """Lay a card beside the files; last of all, for it says that they are whole."""
    text = json.dumps({"form": FORM, "made_with": _made_with(), **asdict(card)}, indent=1)
    (folder / CARD).write_text(text, encoding="utf-8")


def usable(folder: Path, model: str | None) -> Card:
    """Read the card of a folder after a look at every file.

    Args:
        model: digest of the weights; None takes those that it was made from.

    Raises:
        Unfit: the export has to be made again.
    """
    try:
        held = json.loads((folder / CARD).read_text(encoding="utf-8"))
        if held.pop("form") != FORM or held.pop("made_with") != _made_with():
            raise Unfit("it was made by other versions")
        card = Card(**held)
    except FileNotFoundError:
        raise Unfit("there is none yet") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unfit(f"its card cannot be read ({type(error).__name__})") from None
    if model not in (None, card.model):
        raise Unfit("it is of another model")
    if card.refused is None and (not card.files or card.files != digests(folder)):
        raise Unfit("a file is damaged")
    return card


def digests(folder: Path) -> dict[str, str] | None:
    """Hash the files of an export, by name; None where one is missing that every export has."""
    found = {}
    weights = [WEIGHTS] if (folder / WEIGHTS).exists() else []
    for name in (GRAPH, TOKENIZER, *weights):
        try:
            with (folder / name).open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
    return found


def _made_with() -> dict[str, str]:
    return {name: version(name) for name in MAKERS}
