"""The YAML head of a Markdown file."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from corpus.errors import BadDocument, clip

FENCE = "---"
UNSTORABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a name or a fact must not hold: controls, marks that turn the direction of text, bytes that are not text."""


class _Refused(yaml.MarkedYAMLError):
    """YAML that is sound and not wanted here."""


class _StringLoader(yaml.BaseLoader):
    """Builds strings only, and refuses a key that stands twice (YAML would keep the last).

    Anchors and aliases are refused too: a few lines of them make a value of gigabytes.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            form = "*" if isinstance(event, yaml.AliasEvent) else "&"
            problem = f"'{form}{clip(event.anchor)}' refers to another place; write the value out or quote it"
            raise _Refused(problem=problem, problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_scalar(self, node: Any) -> str:
        value = super().construct_scalar(node)
        if not is_storable(value):
            raise _Refused(problem=f"{clip(value)!a} holds characters that cannot be stored; take them out",
                           problem_mark=node.start_mark)  # fmt: skip
        return value

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{clip(key.value)}' stands twice", key.start_mark
                )  # fmt: skip
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of a file: its fields (every scalar a string) and where the body begins, in characters."""

    fields: dict[str, Any]
    body_start: int


def read_front_matter(text: str, path: str) -> FrontMatter | None:
    """Read the head between two lines of `---`, or None where the text begins without one.

    Values stay strings (YAML would turn `2018-10-11` into a date and `no` into False).

    Raises:
        BadDocument: the head does not end, is not YAML, is not a mapping or holds what cannot be stored.
    """
    if not text.startswith(FENCE + "\n"):
        return None
    end = text.find(f"\n{FENCE}\n", len(FENCE))
    if end < 0 and text.endswith(f"\n{FENCE}"):
        end = len(text) - len(FENCE) - 1
    if end < 0:
        raise BadDocument(path, 1, "the front matter has no closing line '---'; add it")
    head = text[len(FENCE) + 1 : end + 1]
    try:
        fields = yaml.load(head, Loader=_StringLoader)  # noqa: S506 - it builds strings only
    except _Refused as error:
        raise BadDocument(path, _line(error), str(error.problem)) from None
    except yaml.YAMLError as error:
        raise BadDocument(path, _line(error), f"the front matter is not YAML ({_problem(error)}); mend it") from None
    except (ValueError, OverflowError):  # "\UFFFFFFFF" is no character
        raise BadDocument(path, 1, "the front matter holds a character that does not exist; mend it") from None
    except RecursionError:
        raise BadDocument(path, 1, "the front matter is nested too deeply; mend it") from None
    if not isinstance(fields, dict):
        raise BadDocument(path, 1, "the front matter is not a list of 'key: value' lines; mend it")
    return FrontMatter(fields, min(end + len(FENCE) + 2, len(text)))


def is_storable(value: str) -> bool:
    """Say whether a fact about a document can be stored and shown: one line, which may end in a newline."""
    return UNSTORABLE.search(value.strip("\t\r\n")) is None


def _line(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 2 if mark else None


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or "it cannot be parsed")
