"""Figures of the last run of `make eval`, kept in build/gate for `floors.py`, each as `group/name`."""

import json
from collections.abc import Mapping
from pathlib import Path

from tests.gate.libraries import KEPT

PLACE = KEPT / "figures"
DIGITS = 4


def keep(group: str, figures: Mapping[str, float], place: Path = PLACE) -> None:
    """Keep the figures of one group."""
    place.mkdir(parents=True, exist_ok=True)
    rounded = {name: round(float(value), DIGITS) for name, value in figures.items()}
    (place / f"{group}.json").write_text(json.dumps(rounded, indent=1), encoding="utf-8")


def kept(place: Path = PLACE) -> dict[str, float]:
    """Read the figures of all groups; empty where nothing was measured."""
    return {
        f"{path.stem}/{name}": float(value)
        for path in sorted(place.glob("*.json"))
        for name, value in json.loads(path.read_text(encoding="utf-8")).items()
    }
