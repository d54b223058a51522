"""The command line: its JSON, its exit statuses, and one clear sentence for whatever is wrong."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path, folder: Path) -> Run:
    """Return a function that types a command, with data and corpus of this test."""

    def runner(
        *words: str | bytes, stdin: str = "", user: int | None = None, cwd: Path = ROOT, **env: str
    ) -> "subprocess.CompletedProcess[str]":
        base = {
            "PATH": os.environ["PATH"], "PURGEBOT_DATA": str(tmp_path / "data"), "PURGEBOT_CORPUS": str(folder),
            "PURGEBOT_READER": "off",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            input=stdin, capture_output=True, text=True, check=False, cwd=cwd, env=base | env, user=user,
        )  # fmt: skip

    return runner


def fault_line(ended: "subprocess.CompletedProcess[str]") -> str:
    """Return the one line on standard error of a command that ended with status 2."""
    assert ended.returncode == 2, ended.stderr
    [line] = ended.stderr.splitlines()
    assert "Traceback" not in line
    return line


def fault(ended: "subprocess.CompletedProcess[str]") -> str:
    """Return the sentence of a refused command, checking that it is one and that nothing else is printed."""
    assert ended.stdout == ""
    return fault_line(ended)


def test_no_question(run: Run) -> None:
    assert "no question was given" in fault(run("ask"))


def test_an_empty_question(run: Run, library: Library) -> None:
    assert "the question is empty" in fault(run("ask", " "))


def test_a_question_of_ten_thousand_characters(run: Run, library: Library) -> None:
    assert "10,000 characters" in fault(run("ask", "x" * 10_000))


def test_control_characters(run: Run, library: Library) -> None:
    assert "U+0007" in fault(run("ask", "why\x07?"))


def test_a_missing_folder(run: Run) -> None:
    assert "no such folder; mend PURGEBOT_CORPUS" in fault(run("reindex", PURGEBOT_CORPUS="/no/such/folder"))


def test_an_unreadable_file(run: Run, folder: Path) -> None:
    (folder / "loop.txt").symlink_to(folder / "nowhere.txt")
    assert "loop.txt: cannot be read" in fault(run("sources", "add", str(folder / "loop.txt")))


def test_a_binary_named_txt_leaves_the_other_files_indexed(run: Run, folder: Path) -> None:
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    assert "binary.txt: this is not text" in fault_line(run("reindex"))
    assert json.loads(run("status", "--json").stdout)["documents"] == 2


def test_a_damaged_database(run: Run, library: Library, tmp_path: Path) -> None:
    library.close()
    path = tmp_path / "data" / "catalog.sqlite"
    path.write_bytes(b"rubbish" * 1000)
    assert "damaged" in fault(run("ask", "why?"))
    assert path.read_bytes() == b"rubbish" * 1000


def test_a_wrong_hash_of_the_model(run: Run) -> None:
    line = fault(run("ask", "why were knitters suspended?", PURGEBOT_MODEL_SHA256="0" * 64))
    assert "not 0000" in line
    assert "PURGEBOT_MODEL_SHA256" in line


def test_a_missing_model(run: Run, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    assert "check PURGEBOT_MODEL" in fault(run("ask", "why?", PURGEBOT_MODEL=str(tmp_path / "model")))


def test_no_permission_to_write(run: Run, folder: Path) -> None:
    line = fault(run("status", PURGEBOT_DATA="/proc/nowhere"))
    assert "set PURGEBOT_DATA" in line


def test_an_unknown_command(run: Run) -> None:
    assert "No such command 'aks'" in fault(run("aks", "why?"))


def test_an_unknown_option(run: Run) -> None:
    assert "--frobnicate" in fault(run("status", "--frobnicate"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("handle", "@"), "no handle was given"),
        (("timeline", "--from", "yesterday"), "which is no date"),
        (("timeline", "--png", "/nowhere/a.png"), "/nowhere/a.png: cannot be written"),
        (("timeline", "--platform", "Myspace", "--png", "a.png"), "nothing to draw"),
        (("status", "--scope", "../x"), "no server's id"),
        (("sources", "show", "nothing"), "no document or source has the id 'nothing'"),
        (("sources", "remove", "kites"), "needs --yes"),
        (("sources", "add", "http://127.0.0.1/b"), "127.0.0.1 leads to a loopback address"),
        (("sources", "share", "kites"), "whose document it is with --scope"),
        (("sources", "list", "--kind", "book"), "use dossier, article or own"),
        (("ask", "--batch", "nowhere.txt"), "cannot be read"),
        (("ask", "why?", "--batch", "x.txt"), "not both"),
    ],
)
def test_other_bad_input(run: Run, library: Library, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in fault(run(*words))


def test_a_bad_setting(run: Run) -> None:
    assert "PURGEBOT_LOG_LEVEL is 'loud'" in fault(run("status", PURGEBOT_LOG_LEVEL="loud"))


def test_an_error_in_json_is_one_object_on_standard_output(run: Run) -> None:
    ended = run("ask", "--json")
    assert ended.returncode == 2
    assert json.loads(ended.stdout)["error"]["kind"] == "BadInput"
    assert ended.stderr == ""


def test_the_token_is_never_printed(run: Run) -> None:
    ended = run("status", DISCORD_TOKEN="very-secret-token")
    assert "very-secret" not in ended.stdout + ended.stderr


def test_status_and_sources_need_no_model(run: Run, library: Library) -> None:
    status = json.loads(run("status", "--json").stdout)
    assert (status["documents"], status["revision"], status["vectors_pending"]) == (2, 1, 0)
    shown = json.loads(run("sources", "show", "kites", "--json").stdout)
    assert shown["text"] == library.show("kites").document.text


def test_a_list_without_documents_says_so(run: Run, library: Library) -> None:
    assert run("sources", "list", "--word", "zzzz").stdout == "No document fits.\n"


def test_nothing_to_add(run: Run) -> None:
    assert "no file and no address was given" in fault(run("sources", "add", " "))


def test_a_missing_argument_is_one_line(run: Run) -> None:
    assert "document, statement, person, handle" in fault(run("rulings", "hide"))


def test_remove_and_undo_from_the_shell(run: Run, library: Library) -> None:
    assert json.loads(run("sources", "remove", "kites", "--yes", "--json").stdout)["removed"] == ["kites"]
    assert library.status().documents == 1
    assert json.loads(run("sources", "undo", "--json").stdout)["added"] == ["kites"]


def test_an_undo_that_takes_several_documents_out_needs_a_yes(run: Run, library: Library) -> None:
    assert "taking back change 1, with which 2 documents came or went, needs --yes" in fault(run("sources", "undo"))
    assert library.status().documents == 2
    assert len(json.loads(run("sources", "undo", "--yes", "--json").stdout)["removed"]) == 2


def test_a_handle_in_json(run: Run, library: Library) -> None:
    page = json.loads(run("handle", "--json", "@KiteKate").stdout)
    assert page["known"] is True
    [post] = page["authored"]
    assert post["text"] == library.show("kites").document.text[post["start"] : post["end"]]
    assert page["sources"][0]["id"] == "kites"


@pytest.mark.parametrize(
    "words", [("handle", b"\xff"), ("sources", "show", b"\xff"), ("timeline", "--platform", b"\xff")]
)
def test_words_that_are_not_text(run: Run, words: tuple[str | bytes, ...]) -> None:
    assert "not valid Unicode text" in fault(run(*words))
    assert json.loads(run(*words, "--json").stdout)["error"]["kind"] == "BadInput"


def test_a_setting_file_that_is_not_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DISCORD_TOKEN=\xff\n")
    assert fault(run("status", cwd=tmp_path, PYTHONPATH=str(ROOT))) == ".env: this is not UTF-8 text; save it as UTF-8"


def test_an_empty_search_is_an_error_outside_of_a_batch(run: Run, library: Library) -> None:
    assert "the question is empty" in fault(run("search", ""))
    ended = run("search", "--json", "")
    assert (ended.returncode, json.loads(ended.stdout)["error"]["kind"]) == (2, "BadQuestion")


def test_every_file_that_is_left_out_is_told_of(run: Run, folder: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (folder / name).write_bytes(bytes(range(256)))
    ended = run("reindex")
    assert [line.split(": ")[0].rsplit("/")[-1] for line in ended.stderr.splitlines()[:2]] == ["one.txt", "two.txt"]
    assert (ended.returncode, "2 files are left out" in ended.stderr) == (2, True)
    form = json.loads(run("reindex", "--json").stdout)
    assert [Path(failed["path"]).name for failed in form["failed"]] == ["one.txt", "two.txt"]
    assert (len(form["unchanged"]), form["error"]["kind"]) == (2, "BadInput")


def test_an_empty_folder_is_named(run: Run, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    assert f"{folder}: holds no document that can be read" in fault(run("ask", "why?"))


def test_help_is_printed_at_once(run: Run) -> None:
    ended = run("--help")
    assert ended.returncode == 0
    assert "reindex" in ended.stdout


def test_a_file_is_looked_at_added_for_a_server_and_shared_with_all(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pigeons.txt"
    file.write_text("Pigeons grounded\n\nFacebook removed 31 pages of @patcoop, the club said.\n", encoding="utf-8")
    add = ("sources", "add", str(file), "--date", "2018-10", "--scope", "7", "--json")
    looked = json.loads(run(*add, "--preview").stdout)["preview"]
    assert (looked["title"], looked["replaces"], looked["handles"]) == ("Pigeons grounded", None, ["patcoop"])
    assert looked["sources"][0]["published"] == "2018-10"
    added = json.loads(run(*add).stdout)
    assert (added["added"], added["preview"]["unchanged"]) == (["pigeons"], False)
    assert "Pigeons" not in run("sources", "list", "--word", "pigeons").stdout
    shared = run("sources", "share", "pigeons", "--scope", "7", "--json")
    assert shared.returncode == 0, shared.stderr
    assert "Pigeons" in run("sources", "list", "--word", "pigeons").stdout
