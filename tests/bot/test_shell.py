"""What commands print besides results: nothing that a source wrote into it steers the terminal."""

import io
import json

import pytest
from typer import Abort

from bot.shell import complain, confirm, going_on, print_json, tell_failed
from corpus.errors import BadDocument
from index.intake import Summary

HOSTILE = "a\x7fb\x80c\x9b31m\x85d\u2028e"
BOTH = Summary(failed=(("a", HOSTILE), ("b", HOSTILE)))


def batch():
    with going_on(as_json=False):
        raise BadDocument("a.md", 1, HOSTILE)


@pytest.mark.parametrize("say", [lambda: complain(HOSTILE), batch, lambda: tell_failed(BOTH, as_json=False)])
def test_a_complaint_steers_no_terminal(say, capsys):
    say()
    told = capsys.readouterr().err
    assert "⟨U+009B⟩31m" in told
    assert told.replace("\n", "").isprintable()


@pytest.mark.parametrize(("answer", "goes_on"), [("y", True), ("n", False)])
def test_a_question_steers_no_terminal_and_no_means_no(answer, goes_on, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
    try:
        confirm(f"Remove '{HOSTILE}'?")
        assert goes_on
    except Abort:
        assert not goes_on
    captured = capsys.readouterr()
    assert "⟨U+009B⟩" in captured.err
    assert "\x9b" not in captured.out + captured.err


def test_json_is_exact_and_on_one_line_for_everybody(capsys):
    print_json({"text": HOSTILE, "name": "käse"})
    [line] = capsys.readouterr().out.splitlines()
    assert line.isprintable()
    assert "käse" in line
    assert json.loads(line) == {"text": HOSTILE, "name": "käse"}
