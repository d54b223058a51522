"""A model -> its export for ONNX Runtime: the one that is kept, or one that is made now, once."""

import hashlib
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from index.errors import ModelFault
from index.int8 import Int8Passages
from index.onnx_embed import OnnxEmbedder
from index.onnx_files import BAD_MODEL, CARD, Card, Unfit, usable

log = logging.getLogger(__name__)
KEY_CHARS = 12
Maker = Callable[[str, Path], None]


def make(location: str, folder: Path) -> None:
    """Export a model into a folder, in child processes, so that torch never comes into this one.

    Raises:
        ModelFault: the model is missing or damaged.
        Unfit: a child failed.
    """
    run_child("index.onnx_trace", location, str(folder))
    if not (folder / CARD).exists():
        run_child("index.onnx_fuse", str(folder))


def exported(location: str, name: str, digest: str | None, exports: Path, make: Maker = make) -> OnnxEmbedder | None:
    """Load a model's export, which is made where there is none that can be used; None where none can be made.

    Args:
        location: a folder, or the name of a model on a hub, which is exported as it is at the first use.
        digest: of the weights that it has to be made from; None takes any.
        exports: the folder of all exports.

    Raises:
        ModelFault: the model is missing or damaged.
    """
    key = digest or hashlib.sha256(location.encode()).hexdigest()
    folder = exports / key[:KEY_CHARS]
    try:
        card = card_of(folder, location, digest, make)
    except (OSError, Unfit) as error:
        log.warning("the model '%s' cannot be exported (%s); it runs on torch instead", name, error)
        return None
    if card.refused is not None:
        log.info("the model '%s' runs on torch: %s", name, card.refused)
        return None
    return OnnxEmbedder(folder, card, name)


def quantize(export: str, folder: Path) -> None:
    """Make an export's int8 form, in a child process.

    Raises:
        Unfit: the child failed.
    """
    run_child("index.onnx_quantize", export, str(folder))


def with_int8(exact: OnnxEmbedder, make: Maker = quantize) -> Int8Passages:
    """Put an export's int8 form beside it, which is made where there is none that can be used.

    Raises:
        ModelFault: none can be made.
    """
    folder = exact.folder.with_name(f"{exact.folder.name}-int8")
    try:
        card = card_of(folder, str(exact.folder), exact.digest, make)
    except (OSError, Unfit) as error:
        raise no_int8(exact.name, str(error)) from None
    if card.refused is not None:
        raise no_int8(exact.name, card.refused)
    return Int8Passages(exact, OnnxEmbedder(folder, card, exact.name))


def no_int8(name: str, reason: str) -> ModelFault:
    """Say that a model has no int8 form."""
    return ModelFault(f"the model '{name}' has no int8 form ({reason}); set PURGEBOT_EMBED_RUNTIME to onnx")


def card_of(folder: Path, location: str, digest: str | None, make: Maker) -> Card:
    """Look at what is in a folder, after making it where there is nothing that can be used.

    Raises:
        ModelFault: the model is missing or damaged.
        OSError, Unfit: it cannot be made.
    """
    with suppress(Unfit):
        return usable(folder, digest)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        try:
            return usable(folder, digest)  # another process has made it meanwhile
        except Unfit as unfit:
            log.debug("exporting the model for ONNX Runtime, once, which takes some seconds (%s)", unfit)
        making = folder.with_name(f"{folder.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        try:
            make(location, making)
            card = usable(making, digest)
            if card.refused is not None:
                _keep_card_alone(making)
            shutil.rmtree(folder, ignore_errors=True)
            making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return card


def _keep_card_alone(folder: Path) -> None:
    """Delete what a refused export has left behind, some 80 MB."""
    for path in folder.iterdir():
        if path.name != CARD:
            path.unlink()


def run_child(module: str, *words: str) -> None:
    """Take a step of an export in a process of its own.

    Raises:
        ModelFault: it found the model itself missing or damaged.
        Unfit: it failed.
    """
    root = Path(__file__).parents[1]
    given = {name: value for name, value in os.environ.items() if not name.startswith("DISCORD_")}
    paths = [str(root), *filter(None, [given.get("PYTHONPATH")])]
    ended = subprocess.run(  # noqa: S603  the command is ours, the model is the operator's
        [sys.executable, "-P", "-m", module, *words], env={**given, "PYTHONPATH": os.pathsep.join(paths)},
        check=False, capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    if ended.returncode == BAD_MODEL:
        raise ModelFault(ended.stdout.strip())
    if ended.returncode:
        last = (ended.stderr.strip() or f"status {ended.returncode}").splitlines()[-1]
        raise Unfit(f"the child process failed: {last}")
