"""What a member types for a handle, with the marks that chat puts around it -> the handle."""

import re

BEFORE = re.compile(r"[\W_]*@|\W*")
"""What may stand before a name: `@`, with marks and the underscores of emphasis, or marks alone."""
POSSESSIVE = re.compile(r"['’]s(?=[\W_]*$)")


def handle_of(typed: str) -> str:
    """Take the handle out of what was typed: `_@jack_`, `**@jack**`, `(@jack),` and `@jack’s` are jack.

    An underscore belongs to the handle unless one before the @ answers to it; whoever types `_jack_` means that.

    Returns:
        The handle without @; what was typed where there is none in it.
    """
    text = typed.strip().replace("＠", "@")
    before = BEFORE.match(text)
    marks = before[0] if before else ""
    name = POSSESSIVE.sub("", text[len(marks) :])
    emphasis = marks.count("_")
    while name and (not re.match(r"\w", name[-1]) or (name[-1] == "_" and emphasis)):
        emphasis -= name[-1] == "_"
        name = name[:-1]
    return name or typed.strip()
