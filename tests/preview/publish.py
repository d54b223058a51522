"""Put the README's three pictures from `make preview` into docs/pictures, in few colours so that they are small."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[2]
SHOWN = ("answer-desktop-dark", "answer-phone-dark", "timeline-phone-dark")
COLOURS = 64
MOST_BYTES = 200_000


def publish(name: str) -> None:
    """Reduce one picture.

    Raises:
        ValueError: it is too large for the README all the same.
    """
    target = ROOT / "docs" / "pictures" / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(ROOT / "build" / "preview" / "pictures" / f"{name}.png") as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    if target.stat().st_size > MOST_BYTES:
        raise ValueError(f"{target} is larger than {MOST_BYTES} bytes; choose another scene or fewer colours")


if __name__ == "__main__":
    for shown in SHOWN:
        publish(shown)
