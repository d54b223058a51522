"""What was found -> how sure a reader is that it answers the question: each statement, or each passage as a whole."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import numpy.typing as npt

from corpus.document import Statement
from index.claims import Candidate
from index.facts import IN_HANDLE, OWN, shows
from index.lexical import exact_words, stem_set
from index.question import Question
from index.reader import NONE, Reader, Reading
from index.retrieve import Hit
from index.stored import StoredPassage

READ = 4
"""Passages that are read, those of the statements that fit best; they take most of the time of an answer."""
REREAD = 12
"""Passages that are read to put them in order, where nothing but passages is asked for."""
READING_WEIGHT = 0.01
"""What one unit of a passage's log odds counts for in that order. Measured in a library of 3,444 documents: MRR@10 of
ten sets of questions .891 to .903; .02 finds as much, .03 less."""
SUREST = 12.0
"""Log odds beyond which a reader is believed no more, either way."""

AMOUNT = re.compile(
    r"^how much (?=(?:did|do|does|has|have|had|was|were|is|got) (?:.* )?"
    r"(?:remov|delet|suspend|ban|purg|wip|nuk|axe|tak(?:e|en) down|took down|block)\w*)",
    re.IGNORECASE,
)
"""Asks for what was removed, since no single thing is counted; a reader takes it for an amount of money or stuff."""
SON = re.compile(r"['’]?s (?:son|kid|boy)\b", re.IGNORECASE)
JUNIOR = "jr"


def hear(
    reader: Reader, question: Question, hits: Sequence[Hit], found: Sequence[Candidate], odds: npt.NDArray[np.float64]
) -> list[float | None]:
    """Let a reader read the passages of the statements that fit best, and posts behind their authors' names too.

    A passage has these behind a post, if at all, and what it says of `me` is asked of him by name.

    Args:
        found: the hits' statements.
        odds: of each of these, by what can be told without reading.

    Returns:
        For each of `found` how much surer an answer in it is than none, as log odds; None where it was not read.
    """
    order = np.argsort(-odds, kind="stable")
    passages = {hit.passage.id: hit.passage for hit in hits}
    chosen = list(dict.fromkeys(found[place].stored.passage_id for place in order))[:READ]
    told = (
        place for place in order if found[place].stored.passage_id in chosen and _is_told_by_its_author(found[place])
    )
    asked = AMOUNT.sub("what ", question.search_text)
    signed = {
        place: _signed(found[place], passages[found[place].stored.passage_id], asked) for place in islice(told, READ)
    }
    texts = [*(passages[one].headed for one in chosen), *(text for text, _ in signed.values())]
    readings = iter(reader.read(asked, texts))
    read = {one: next(readings) for one in chosen}
    again = {place: next(readings).within(begin, len(text)) for place, (text, begin) in signed.items()}
    heard: list[float | None] = []
    for place, one in enumerate(found):
        id_ = one.stored.passage_id
        sure = max(_sureness(read[id_], one, passages[id_]), again.get(place, NONE)) if id_ in read else None
        heard.append(None if sure is None else float(np.clip(sure, -SUREST, SUREST)))
    return heard


def reread(reader: Reader, question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """Let what a reader makes of the first hits count in their order; ties stay.

    A question that quotes is left alone, since what it wants is told by the words, and so are a post and what is too
    long.
    """
    first = hits[:REREAD]
    if question.quoted or not question.is_single or len(first) < 2:
        return list(hits)
    readings = reader.read(question.search_text, [hit.passage.headed for hit in first])
    sure = [float(np.clip(one.log_odds, -SUREST, SUREST)) + SUREST for one in readings]
    moved = [replace(hit, score=hit.score + READING_WEIGHT * one) for hit, one in zip(first, sure, strict=True)]
    return sorted([*moved, *hits[REREAD:]], key=lambda hit: -hit.score)


def _sureness(reading: Reading, one: Candidate, passage: StoredPassage) -> float:
    """Say how sure an answer in a statement is, or in the passage's header, if the statement has its figures or words.

    A title often tells the very thing, and a reader finds one answer of two.
    """
    begin, end, odds = reading.best_before(len(passage.headed) - len(passage.text))
    told = odds > NONE and _holds(one.evidence.block, passage.headed[begin:end])
    return max(reading.within(*_place(one, passage)), odds if told else NONE)


def _is_told_by_its_author(one: Candidate) -> bool:
    """Say whether a statement is a post, or has an `I` in it whose name stands elsewhere."""
    by = one.stored.statement
    return bool(by.handle or (by.speaker and shows(OWN, one.stored.text)))


def _signed(one: Candidate, passage: StoredPassage, asked: str) -> tuple[str, int]:
    """Put a statement behind its author's name and the passage's header; return this, and where its own words begin."""
    by, header = one.stored.statement, passage.headed[: len(passage.headed) - len(passage.text)]
    name = _name_asked(by, asked) or by.speaker
    author = " ".join(filter(None, (name, f"(@{by.handle})" if by.handle else "")))
    return f"{header}{author} said: {one.stored.text}", len(f"{header}{author} said: ")


def _name_asked(by: Statement, asked: str) -> str:
    """Return the name of a statement's author as a question has it, if his handle alone tells that it is his.

    `@mflynnJR` is `Michael Flynn Jr`, by `flynn` and by the `m` in front, and `Flynn's son`.
    """
    handle, known = (by.handle or "").lower(), exact_words(by.speaker or "")
    for name in re.finditer(r"\w+", asked):
        first = place = handle.find(name[0].lower()) if len(name[0]) >= IN_HANDLE else -1
        if first < 0 or name[0].lower() in known:
            continue
        begin, end = name.span()
        place += len(name[0])
        while (next_ := re.compile(r" (\w+)").match(asked, end)) and handle.startswith(next_[1].lower(), place):
            end, place = next_.end(), place + len(next_[1])
        before = re.search(r"\w+ $", asked[:begin])
        if before and first and before[0][0].lower() == handle[first - 1]:
            begin = before.start()
        behind = SON.match(asked, end) if JUNIOR in handle[place:] else None
        behind = behind or re.compile(rf" {JUNIOR}\b\.?", re.IGNORECASE).match(asked, end)
        return asked[begin : behind.end() if behind else end]
    return ""


def _holds(text: str, answer: str) -> bool:
    """Say whether a text has the figures of an answer, or else all its words."""
    words = stem_set(answer)
    needed = {word for word in words if word[0].isdigit()} or words
    return bool(needed) and needed <= stem_set(text)


def _place(one: Candidate, passage: StoredPassage) -> tuple[int, int]:
    """Tell where a statement's block stands in its passage behind the header."""
    before = len(passage.headed) - len(passage.text) - passage.start
    statement = one.stored.statement
    return statement.block_start + before, statement.block_end + before
