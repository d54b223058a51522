"""Who published what is held."""

from dataclasses import replace
from pathlib import Path

from corpus.readers import read_file
from corpus.source import Source
from index.library import Library
from index.publishers import publishers_of


def test_those_with_most_sources_come_first_and_each_once() -> None:
    names = [("B", 1), ("A", 1), ("C", 1), ("C (reposted by A)", 1), ("D", 3)]
    assert publishers_of(names) == ("D", "C", "A", "B")


def test_an_answer_tells_the_publishers_that_its_scope_sees(library: Library, folder: Path) -> None:
    document = read_file(folder / "kites.txt")
    own = replace(document, id="own", sources=(Source("own", "The Courier"),), statements=())
    library.add(own, "f", "test", "7")
    question = "why did Twitter suspend accounts of knitting clubs?"
    assert library.ask(question).coverage.publishers == ("The Gazette", "Wool Blog")
    assert library.ask(question, "7").coverage.publishers == ("The Courier", "The Gazette", "Wool Blog")


def test_an_answer_tells_when_what_its_scope_sees_was_changed_last(library: Library, folder: Path) -> None:
    question = "why did Twitter suspend accounts of knitting clubs?"
    assert library.ask(question).coverage.changed == library.status().last_change.at
    library.add(replace(read_file(folder / "kites.txt"), id="own"), "f", "test", "7")
    assert library.ask(question, "7").coverage.changed == library.status("7").last_change.at
