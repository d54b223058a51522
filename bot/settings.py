"""Environment -> settings, read once in `__main__`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus import SHIPPED


class BadSetting(Exception):
    """A variable has a value that cannot be used; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set. `.env.example` says what each is for; `model` None is the packaged one."""

    discord_token: str | None = field(default=None, repr=False)
    data: Path = Path("data")
    corpus: tuple[Path, ...] = (SHIPPED,)
    model: str | None = None
    model_sha256: str | None = None
    log_level: str = "INFO"
    message_content: bool = False

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings; an empty variable counts as unset.

        Raises:
            BadSetting: a value cannot be used.
        """
        given = {name: value.strip() for name, value in env.items() if value.strip()}
        level = given.get("PURGEBOT_LOG_LEVEL", cls().log_level).upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise BadSetting(f"PURGEBOT_LOG_LEVEL is '{level}'; use DEBUG, INFO, WARNING or ERROR")
        switch = given.get("PURGEBOT_MESSAGE_CONTENT", "off").lower()
        if switch not in ("on", "off"):
            raise BadSetting(f"PURGEBOT_MESSAGE_CONTENT is '{switch}'; use on or off")
        folders = [part for part in given.get("PURGEBOT_CORPUS", "").split(os.pathsep) if part.strip()]
        return cls(
            discord_token=given.get("DISCORD_TOKEN"),
            data=Path(given.get("PURGEBOT_DATA", "data")).expanduser(),
            corpus=tuple(Path(part).expanduser().absolute() for part in folders) or (SHIPPED,),
            model=given.get("PURGEBOT_MODEL"),
            model_sha256=given.get("PURGEBOT_MODEL_SHA256"),
            log_level=level,
            message_content=switch == "on",
        )
