"""Lessons -> passages of other lessons that the program takes for what answers their questions, and that do not.

A reader is asked of passages that the search found, so it learns from such, and not from texts drawn by chance alone.
What may be an answer after all is left out: all that a question finds which does not find its own text first ("how long
does it last"), and passages that hold most of its words.
"""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

from index.embed import Embedder
from index.errors import BadQuestion
from index.library import Library, State
from index.question import understand
from tests.gate.lessons import FOLDER, Confusable, Lesson
from tests.gate.libraries import KEPT, digest_of, look_up, open_library
from tests.gate.public import PublicText, write_texts

ASKED = 0.5
"""Share of the questions that are asked; each takes some 20 milliseconds."""
FOUND, TAKEN = 8, 3
"""Passages found for a question, and how many of other texts are taken at most."""
HELD = 0.7
"""Weighted share of a question's stems from which on a passage may answer it."""
PARAGRAPH = 3
"""Sentences of a paragraph."""
SEED = 3


def confusable(lessons: Sequence[Lesson], embedder: Embedder, kept: Path = KEPT) -> Confusable:
    """Find them, or read them from where they are kept if the lessons have not changed since."""
    digest = digest_of(sorted(FOLDER.glob("*.txt")))[:16]
    file = kept / f"confusable-{digest}.json"
    if file.is_file():
        found: Confusable = json.loads(file.read_text(encoding="utf-8"))
        return found
    texts = texts_of(lessons)
    write_texts(texts, kept / "lesson-texts")
    library = open_library("lessons", kept / "lesson-texts", embedder, kept)
    library.warm_up()
    found = _found(lessons, [text.name for text in texts], library, embedder)
    library.close()
    file.write_text(json.dumps(found), encoding="utf-8")
    return found


def texts_of(lessons: Sequence[Lesson]) -> list[PublicText]:
    """Write lessons as articles, in their order."""
    return [_text(place, lesson) for place, lesson in enumerate(lessons)]


def _found(lessons: Sequence[Lesson], names: Sequence[str], library: Library, embedder: Embedder) -> Confusable:
    drawn = random.Random(SEED)
    found: dict[str, tuple[str, ...]] = {}
    with library.state("", 0.0) as state:
        for lesson, name in zip(lessons, names, strict=True):
            for question in dict.fromkeys(task.question for task in lesson.tasks):
                if drawn.random() < ASKED and (others := _others(question, name, state, embedder)):
                    found[lesson.key_of(question)] = others
    return found


def _others(question: str, own: str, state: State, embedder: Embedder) -> tuple[str, ...]:
    """Return the passages of other texts that a question finds; none where its own text is not found first."""
    try:
        asked = understand(question)
    except BadQuestion:
        return ()
    _, terms, hits = look_up(asked, state, embedder, FOUND)
    names = state.snapshot.documents_in([hit.passage.document_row for hit in hits])
    if not hits or names[hits[0].passage.document_row].id != own:
        return ()
    others = [hit.passage.headed for hit in hits if names[hit.passage.document_row].id != own]
    return tuple(text for text in others if terms.coverage(text) < HELD)[:TAKEN]


def _text(place: int, lesson: Lesson) -> PublicText:
    title, *parts = lesson.header.split(" · ")
    dates = [part for part in parts if re.fullmatch(r"\d{4}(-\d\d){0,2}", part)]
    others = [part for part in parts if part not in dates]
    head = {"title": title, **({"publisher": others[0]} if others else {}), **({"date": dates[0]} if dates else {})}
    sentences = [lesson.sentences[number] for number in sorted(lesson.sentences)]
    paragraphs = [" ".join(sentences[at : at + PARAGRAPH]) for at in range(0, len(sentences), PARAGRAPH)]
    return PublicText(f"lesson-{place:04}", head, "\n\n".join(paragraphs))
