"""Discord's own two documents, and whether what went over the wire is as they say."""

import json
import re
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7, DRAFT202012

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "discord"
OPENAPI = DOCUMENTS / "openapi.json"
GATEWAY = DOCUMENTS / "gateway.schema.json"
ID_LISTS = ("attachments", "default_values")
"""Lists in a body whose entries have an id of Discord's; that of a component is none."""
NOT_DESCRIBED = {"RESUMED", "MESSAGE_DELETE", "CHANNEL_CREATE", "CHANNEL_DELETE", "CHANNEL_UPDATE", "THREAD_DELETE",
                 "GUILD_DELETE", "GUILD_ROLE_UPDATE"}  # fmt: skip
"""Events of which the gateway's document holds nothing."""
SUM_OF_BITS = {"type": "integer", "minimum": 0}
"""What flags are; the gateway's document lists single bits and would refuse none of them, or two."""
SHOWN_CHARS = 300


class Contract:
    """Discord's own description of its API, for bodies of requests and replies, and for events."""

    def __init__(self, openapi: dict[str, Any], gateway: dict[str, Any]) -> None:
        self._paths = openapi["paths"]
        self._rest: Registry[Any] = Registry().with_resource("urn:discord", Resource(openapi, DRAFT202012))
        gateway["definitions"] |= {name: SUM_OF_BITS for name in gateway["definitions"] if name.endswith("Flags")}
        self._gateway: Registry[Any] = Registry().with_resource("urn:gateway", Resource(gateway, DRAFT7))
        self._events = set(gateway["definitions"])
        self._validators: dict[str, Any] = {}

    @classmethod
    def read(cls) -> "Contract | None":
        """Read both documents, which are no part of this repository; None where they are absent."""
        if not (OPENAPI.is_file() and GATEWAY.is_file()):
            return None
        return cls(*(json.loads(path.read_text(encoding="utf-8")) for path in (OPENAPI, GATEWAY)))

    def check(self, request: Any) -> bool:
        """Raise if a request's body breaks the description; False if the request has none.

        Raises:
            AssertionError: Discord knows no such request.
            ValidationError: the body is not as described.
        """
        schema = self._body_schema(request.method.lower(), self._template(request.method, request.path))
        if schema is None or request.json is None:
            return False
        self._rest_validator(schema).validate(ids_as_text(request.json))
        return True

    def request_faults(self, method: str, template: str, body: Any) -> list[str]:
        """Say what is wrong with a request."""
        if method.lower() not in self._paths.get(template, {}):
            return [f"Discord knows no {method} {template}"]
        schema = self._body_schema(method.lower(), template)
        if schema is None:
            return [] if body is None else ["this request takes no body"]
        return _told(self._rest_validator(schema), ids_as_text(body))

    def reply_faults(self, method: str, template: str, status: int, body: Any) -> list[str]:
        """Say what is wrong with a reply; Discord describes none above 499."""
        if status >= 500:
            return []
        replies = self._paths[template][method.lower()]["responses"]
        name = str(status) if str(status) in replies else f"{status // 100}XX"
        if name not in replies:
            return [f"Discord never answers {status}"]
        parts = ["paths", template, method.lower(), "responses", name]
        if "$ref" in replies[name]:
            parts = ["components", "responses", replies[name]["$ref"].rsplit("/", 1)[1]]
        elif "content" not in replies[name]:
            return [] if body is None else [f"{status} has no body"]
        return _told(self._rest_validator(_joined(*parts, "content", "application/json", "schema")), body)

    def event_faults(self, name: str, data: Any) -> list[str]:
        """Say what is wrong with an event, or with a command (IDENTIFY, RESUME) to the gateway."""
        if name in NOT_DESCRIBED:
            return []
        if name not in self._events:
            return [f"the gateway knows no {name}"]
        return _told(self._gateway_validator(_joined("definitions", name)), data)

    def _template(self, method: str, path: str) -> str:
        for template, pattern in self._patterns:
            if pattern.fullmatch(path):
                return template
        raise AssertionError(f"Discord knows no {method} {path}")

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        templates = sorted(self._paths, key=lambda template: template.count("{"))
        return [(template, re.compile(re.sub(r"\{\w+\}", "[^/]+", template))) for template in templates]

    def _body_schema(self, method: str, template: str) -> str | None:
        held = self._paths[template].get(method, {}).get("requestBody", {}).get("content", {})
        parts = ("paths", template, method, "requestBody", "content", "application/json", "schema")
        return _joined(*parts) if "application/json" in held else None

    def _rest_validator(self, schema: str) -> Any:
        return self._kept(f"urn:discord{schema}", Draft202012Validator, self._rest)

    def _gateway_validator(self, schema: str) -> Any:
        return self._kept(f"urn:gateway{schema}", Draft7Validator, self._gateway)

    def _kept(self, reference: str, kind: Any, registry: "Registry[Any]") -> Any:
        if reference not in self._validators:
            self._validators[reference] = kind({"$ref": reference}, registry=registry)
        return self._validators[reference]


def ids_as_text(body: Any) -> Any:
    """Write ids as Discord describes them; discord.py sends some as numbers, which Discord takes."""
    if isinstance(body, list):
        return [ids_as_text(part) for part in body]
    if not isinstance(body, dict):
        return body
    named = {name: [{**one, "id": str(one["id"])} for one in body[name]] for name in ID_LISTS if body.get(name)}
    return {
        name: str(part) if name.endswith("_id") and type(part) is int else ids_as_text(part)
        for name, part in (body | named).items()
    }


def _told(validator: Any, instance: Any) -> list[str]:
    error: ValidationError | None = best_match(validator.iter_errors(instance))
    return [] if error is None else [f"{error.json_path}: {error.message[:SHOWN_CHARS]}"]


def _joined(*parts: str) -> str:
    return "#/" + "/".join(_pointer(part) for part in parts)


def _pointer(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")
