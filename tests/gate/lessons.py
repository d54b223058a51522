"""Made-up texts with questions -> examples that a reader learns from: question, text, and where in it the answer is.

`lessons/*.txt` hold texts that were written for this, with nothing in them that happened. A text is written so:

    # Title | Publisher | 2021-03-04
    1 First sentence.
    2 Second sentence.
    ? a question that sentence 2 answers
    = 2 | the words of sentence 2 that answer it
    ? a near miss, which nothing in the text answers
    - 1

`= 2,5 | words`: sentence 5 answers too. `- 1`: of all sentences the first looks most as if it did.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("lessons")
HELD_OUT = 25
"""Of so many texts of a file the first is not learned from."""
SENTENCE = re.compile(r"(\d+) +(.+)")
ANSWERED = re.compile(r"= *(\d+(?:,\d+)*) *\| *(.+)")
NEAR_MISS = re.compile(r"- *(\d+)")

NEIGHBOURS = (0, 0, 1, 1, 2, 3, 4)
"""How many sentences stand beside the one that is read; each as likely."""
HEADED = 0.7
"""How often a text stands behind its header, as passages do."""
ELSEWHERE, FOREIGN, CONFUSED = 0.5, 0.25, 0.6
"""How often a question is asked of other sentences of its text too, of another text that shares words with it, and of a
passage of another text that the search takes for one that answers it (`confusable.py`), where there is one."""
LOOKED_AT = 150
"""Texts among which that other one is looked for."""

Confusable = Mapping[str, Sequence[str]]
"""By `Lesson.key_of`: passages of other texts, behind their headers."""
Example = tuple[str, str, tuple[int, int] | None]
"""A question, a text, and the characters in it that answer; None where it does not."""


@dataclass(frozen=True, slots=True)
class Task:
    """A question on a text: the sentences that answer it, and the answer's words in the first of these.

    Where `answer` is None nothing answers, and the one sentence is that which looks most as if it did.
    """

    question: str
    places: tuple[int, ...]
    answer: str | None


@dataclass(frozen=True, eq=False)
class Lesson:
    """A text, its sentences by their numbers, what is asked of it, and whether it is not learned from."""

    header: str
    sentences: Mapping[int, str]
    tasks: tuple[Task, ...]
    held_out: bool

    def key_of(self, question: str) -> str:
        """Name a question on this text."""
        return f"{self.header}\t{question}"

    def window(self, place: int, drawn: random.Random, avoid: Sequence[int] = ()) -> list[int]:
        """Draw a sentence's neighbourhood, in order, none of `avoid` in it."""
        numbers = sorted(self.sentences)
        first = last = numbers.index(place)
        for _ in range(drawn.choice(NEIGHBOURS)):
            before = first > 0 and numbers[first - 1] not in avoid
            behind = last + 1 < len(numbers) and numbers[last + 1] not in avoid
            if before and (not behind or drawn.random() < 0.5):
                first -= 1
            elif behind:
                last += 1
        return numbers[first : last + 1]

    def example(self, task: Task, window: Sequence[int], *, headed: bool) -> Example:
        """Ask a question of some sentences."""
        text = f"{self.header}\n" if headed else ""
        span = None
        for number in window:
            if task.answer is not None and number == task.places[0]:
                start = len(text) + self.sentences[number].index(task.answer)
                span = start, start + len(task.answer)
            text += f"{self.sentences[number]} "
        return task.question, text.rstrip(), span


def read_lessons(folder: Path = FOLDER) -> list[Lesson]:
    """Read all lessons.

    Raises:
        ValueError: a line is not understood, or an answer does not stand in its sentence.
    """
    return [
        _lesson(part, held_out=place % HELD_OUT == 0)
        for path in sorted(folder.glob("*.txt"))
        for place, part in enumerate(re.split(r"\n\n(?=# )", path.read_text(encoding="utf-8").strip()))
    ]


def _lesson(text: str, *, held_out: bool) -> Lesson:
    head, *lines = filter(None, map(str.strip, text.splitlines()))
    sentences: dict[int, str] = {}
    tasks: list[Task] = []
    question = ""
    for line in lines:
        if line.startswith("? "):
            question = line[2:].strip()
        elif found := SENTENCE.fullmatch(line):
            sentences[int(found[1])] = found[2]
        elif found := ANSWERED.fullmatch(line):
            tasks.append(Task(question, tuple(map(int, found[1].split(","))), found[2]))
        elif found := NEAR_MISS.fullmatch(line):
            tasks.append(Task(question, (int(found[1]),), None))
        else:
            raise ValueError(f"{head}: {line}")
    for task in tasks:
        if not task.question or (task.answer or "") not in sentences[task.places[0]]:
            raise ValueError(f"{head}: {task.question}: {task.answer}")
    return Lesson(head[2:].replace(" | ", " · "), sentences, tuple(tasks), held_out)


def examples(lessons: Sequence[Lesson], drawn: random.Random, confusable: Confusable | None = None) -> list[Example]:
    """Draw one pass of examples, in random order: every question once, some of what does not answer them too."""
    found = [one for lesson in lessons for task in lesson.tasks for one in _asked(lesson, task, lessons, drawn)]
    for lesson in lessons if confusable else ():
        for task in lesson.tasks:
            texts = (confusable or {}).get(lesson.key_of(task.question))
            if texts and drawn.random() < CONFUSED:
                found.append((task.question, drawn.choice(texts), None))
    drawn.shuffle(found)
    return found


def _asked(lesson: Lesson, task: Task, lessons: Sequence[Lesson], drawn: random.Random) -> Iterator[Example]:
    """Ask a question of its sentence, and now and then of what does not answer it."""
    yield lesson.example(task, lesson.window(task.places[0], drawn), headed=drawn.random() < HEADED)
    nothing = Task(task.question, (), None)
    others = [number for number in lesson.sentences if number not in task.places]
    if task.answer is not None and others and drawn.random() < ELSEWHERE:
        nearest = max(others, key=lambda number: _shared(task.question, lesson.sentences[number]) + 2 * drawn.random())
        window = lesson.window(nearest, drawn, task.places)
        yield lesson.example(nothing, window, headed=drawn.random() < HEADED)
    if drawn.random() < FOREIGN:
        among = [one for one in drawn.sample(lessons, min(LOOKED_AT, len(lessons))) if one is not lesson]
        other = max(among, key=lambda one: sum(_shared(task.question, text) for text in one.sentences.values()))
        nearest = max(other.sentences, key=lambda number: _shared(task.question, other.sentences[number]))
        yield other.example(nothing, other.window(nearest, drawn), headed=drawn.random() < HEADED)


def held_out_examples(lessons: Sequence[Lesson]) -> list[Example]:
    """Ask each question once of its sentence and those beside it, behind the header."""
    return [
        lesson.example(task, [place for place in range(at - 1, at + 2) if place in lesson.sentences], headed=True)
        for lesson in lessons
        for task in lesson.tasks
        for at in task.places[:1]
    ]


def _shared(question: str, text: str) -> int:
    return len(_words(question) & _words(text))


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) > 3)
