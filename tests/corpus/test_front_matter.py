"""The head of a Markdown file is read as strings, or refused with a line and a remedy."""

import pytest

from corpus.errors import BadDocument
from corpus.front_matter import FrontMatter, read_front_matter


def read(text: str) -> FrontMatter:
    front = read_front_matter(text, "a.md")
    assert front is not None
    return front


def refusal(text: str) -> BadDocument:
    with pytest.raises(BadDocument) as caught:
        read_front_matter(text, "a.md")
    return caught.value


@pytest.mark.parametrize(
    "text", ["", "Plain text.\n", " ---\ntitle: x\n---\n", "----\n", "--- \n---\n", "text\n---\nx: y\n---\n"]
)
def test_a_text_that_does_not_begin_with_the_fence_has_no_head(text: str) -> None:
    assert read_front_matter(text, "a.md") is None


def test_every_scalar_stays_a_string() -> None:
    text = "---\ndate: 2018-10-11\nexact: no\nnumber: 08\nlist: [1, null]\n---\nBody.\n"
    assert read(text).fields == {"date": "2018-10-11", "exact": "no", "number": "08", "list": ["1", "null"]}


def test_the_body_begins_after_the_second_fence() -> None:
    text = "---\ntitle: x\n---\nBody.\n"
    assert text[read(text).body_start :] == "Body.\n"


def test_a_rule_in_the_body_is_left_there() -> None:
    text = "---\ntitle: x\n---\nOne.\n---\nTwo.\n"
    assert text[read(text).body_start :] == "One.\n---\nTwo.\n"


def test_the_second_fence_may_be_the_last_line() -> None:
    text = "---\ntitle: x\n---"
    assert read(text) == FrontMatter({"title": "x"}, len(text))


def test_a_missing_second_fence_is_named() -> None:
    assert str(refusal("---\ntitle: x\n")) == "a.md, line 1: the front matter has no closing line '---'; add it"


def test_broken_yaml_is_named_with_its_line() -> None:
    fault = refusal('---\ntitle: x\nauthor: "y\n---\n')
    assert "a.md, line" in str(fault)
    assert "not YAML" in str(fault)


def test_a_tab_is_named_with_its_line() -> None:
    assert refusal("---\ntitle: x\n\tauthor: y\n---\n").line == 3


@pytest.mark.parametrize("text", ["---\n---\n", "---\n- one\n---\n", "---\nwords\n---\n"])
def test_a_head_without_keys_is_refused(text: str) -> None:
    assert "'key: value'" in str(refusal(text))


def test_a_key_that_stands_twice_is_named_with_its_second_line() -> None:
    fault = refusal("---\ntitle: x\ndate: 2018\ntitle: y\n---\n")
    assert (fault.line, "'title' stands twice" in fault.fault) == (4, True)


def test_a_key_that_stands_twice_below_another_is_named_as_well() -> None:
    assert refusal("---\nsources:\n  a: {url: x}\n  a: {url: y}\n---\n").line == 4


@pytest.mark.parametrize(
    "text",
    [
        "---\na: " + "[" * 5000 + "\n---\n",
        "---\n? [a]\n: b\n---\n",
        "---\na: \x01\n---\n",
        '---\na: "\\UFFFFFFFF"\n---\n',
    ],
)
def test_what_yaml_chokes_on_is_refused(text: str) -> None:
    assert str(refusal(text)).endswith("mend it")


def test_no_tag_makes_an_object() -> None:
    assert read("---\na: !!python/object/apply:os.getcwd []\n---\n").fields == {"a": []}


@pytest.mark.parametrize("written", ["a\\uD800b", "a\\u202Eb", "a\\0b", "a\\nb"])
def test_a_value_that_cannot_be_stored_is_refused_with_its_line(written: str) -> None:
    fault = refusal(f'---\ntitle: x\nsources: {{a: {{url: "{written}"}}}}\n---\n')
    assert (fault.line, "cannot be stored" in fault.fault) == (3, True)
    str(fault).encode()


def test_a_character_that_does_not_exist_is_refused() -> None:
    assert "does not exist" in str(refusal('---\ntitle: "\\UFFFFFFFFb"\n---\n'))


@pytest.mark.parametrize("text", ["---\na: &x [y]\nb: z\n---\n", "---\na: *x\nb: z\n---\n"])
def test_anchors_and_aliases_are_refused(text: str) -> None:
    fault = refusal(text)
    assert (fault.line, "refers to another place" in fault.fault) == (2, True)


def test_a_long_key_is_shortened_in_the_message() -> None:
    assert len(str(refusal("---\n" + 2 * ("k" * 100 + ": x\n") + "---\n"))) < 300
