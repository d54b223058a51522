"""Environment -> settings, read once in `__main__`."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from corpus import SHIPPED

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
HEALTH = "127.0.0.1:8099"
PER_HOUR = 5000
"""A question takes some 50 ms, bot and reader and all, one at a time: this is a fourteenth of what it can do."""


class BadSetting(Exception):
    """A variable has a value that cannot be used; the message names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A stand-in for Discord: `api` like `http://127.0.0.1:8080/api/v10`, `gateway` like `ws://127.0.0.1:8081`."""

    api: str
    gateway: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set. `.env.example` says what each is for; `model` None is the packaged one.

    `reader` None is the packaged one, "off" none. `endpoint` None is Discord itself. `log_format` is json, text, or
    auto: text on a terminal, else json. `health` is host and port, None for none. `per_hour` counts the questions of
    all servers together.
    """

    discord_token: str | None = field(default=None, repr=False)
    data: Path = Path("data")
    corpus: tuple[Path, ...] = (SHIPPED,)
    model: str | None = None
    model_sha256: str | None = None
    reranker: str | None = None
    reader: str | None = None
    embed_runtime: str = "onnx"
    log_level: str = "INFO"
    log_format: str = "auto"
    message_content: bool = False
    health: tuple[str, int] | None = None
    per_hour: int = PER_HOUR
    endpoint: Endpoint | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings; an empty variable counts as unset.

        Raises:
            BadSetting: a value cannot be used.
        """
        given = {name: value.strip() for name, value in env.items() if value.strip()}
        folders = [part for part in given.get("PURGEBOT_CORPUS", "").split(os.pathsep) if part.strip()]
        return cls(
            discord_token=given.get("DISCORD_TOKEN"),
            data=Path(given.get("PURGEBOT_DATA", "data")).expanduser(),
            corpus=tuple(Path(part).expanduser().absolute() for part in folders) or (SHIPPED,),
            model=given.get("PURGEBOT_MODEL"),
            model_sha256=given.get("PURGEBOT_MODEL_SHA256"),
            reranker=given.get("PURGEBOT_RERANKER"),
            reader=given.get("PURGEBOT_READER"),
            embed_runtime=_one_of(given, "PURGEBOT_EMBED_RUNTIME", cls().embed_runtime, ("onnx", "onnx-int8", "torch")),
            log_level=_one_of(given, "PURGEBOT_LOG_LEVEL", cls().log_level, LEVELS),
            log_format=_one_of(given, "PURGEBOT_LOG_FORMAT", cls().log_format, ("auto", "json", "text")),
            message_content=_one_of(given, "PURGEBOT_MESSAGE_CONTENT", "off", ("on", "off")) == "on",
            health=_health(given.get("PURGEBOT_HEALTH", HEALTH)),
            per_hour=_number(given, "PURGEBOT_QUESTIONS_PER_HOUR", cls().per_hour),
            endpoint=_endpoint(given.get("PURGEBOT_DISCORD_API"), given.get("PURGEBOT_DISCORD_GATEWAY")),
        )


def _one_of(given: Mapping[str, str], name: str, default: str, choices: Collection[str]) -> str:
    """Read one of several words, in whatever case it is written."""
    value = given.get(name, default)
    chosen = next((choice for choice in choices if choice.lower() == value.lower()), None)
    if chosen is None:
        *others, last = choices
        raise BadSetting(f"{name} is '{value}'; use {', '.join(others)} or {last}")
    return chosen


def _number(given: Mapping[str, str], name: str, default: int) -> int:
    value = given.get(name, str(default))
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 10**9):
        raise BadSetting(f"{name} is '{value}'; use a whole number from 1 on")
    return int(value)


def _health(value: str) -> tuple[str, int] | None:
    if value.lower() == "off":
        return None
    parts = _parts(f"//{value}")
    if parts is None or not parts.hostname or parts.port is None or parts.path:
        raise BadSetting(f"PURGEBOT_HEALTH is '{value}'; use an address and a port like {HEALTH}, or off")
    return parts.hostname, parts.port


def _endpoint(api: str | None, gateway: str | None) -> Endpoint | None:
    if api is None and gateway is None:
        return None
    if api is None or gateway is None:
        missing = "PURGEBOT_DISCORD_API" if api is None else "PURGEBOT_DISCORD_GATEWAY"
        raise BadSetting(f"{missing} is not set, but its companion is; set both or neither")
    _check_loopback("PURGEBOT_DISCORD_API", api, "http", "http://127.0.0.1:8080/api/v10")
    _check_loopback("PURGEBOT_DISCORD_GATEWAY", gateway, "ws", "ws://127.0.0.1:8081")
    return Endpoint(api.rstrip("/"), gateway)


def _check_loopback(name: str, value: str, scheme: str, example: str) -> None:
    parts = _parts(value)
    if parts is None or parts.scheme != scheme or parts.port is None or not _is_loopback(parts.hostname):
        raise BadSetting(f"{name} is '{value}'; it is for tests and takes an address of this machine, like {example}")


def _parts(address: str) -> SplitResult | None:
    """Take an address apart; None where it is none."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - raises on a port that is no number
    except ValueError:
        return None
    return parts if parts.username is None and parts.password is None else None


def _is_loopback(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False
