"""What moderators read of a fault names the address or the file and the remedy, never a folder of the operator's."""

import shutil

import discord
import pytest

from bot.errors import BotError, Refused, explain
from bot.jobs import Job
from bot.source_acts import plainly
from bot.source_pages import summary_text
from corpus.errors import BadDocument, CorpusError, FetchFailed, FetchRefused
from corpus.incoming import from_upload, read_incoming
from index.errors import DataUnwritable
from index.intake import Summary

FOLDER = "/srv/käse 'kept'/"
PATH = f"{FOLDER}purges.txt"
BAD_TOML = 'title = "Locked out'
BROKEN = {
    "binary.txt": bytes(range(256)),
    "empty.txt": b"",
    "no.pdf": b"no pdf at all",
    "no.docx": b"PK\x03\x04 and no more",
    "menu.html": b"<html></html>",
    "dossier.md": b"---\nid: a\nplatforms: [\n---\n",
    "head.md": b"---\ncolour: red\n---\nTwitter suspended 240 accounts.\n",
}


def below(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*(below(one) for one in kind.__subclasses__()))


def made(kind: type[Exception]) -> Exception:
    return BadDocument(PATH, 3, "no title") if kind is BadDocument else kind(f"{PATH}: broken")


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    role = stage.guild.create_role("bosses", permissions=discord.Permissions(manage_guild=True))
    return stage.guild.add_member(stage.create_user("boss"), roles=[role])


@pytest.mark.parametrize(
    "kind", sorted((below(CorpusError) | below(BotError)) - {Refused}, key=lambda kind: kind.__name__)
)
def test_no_error_of_corpus_or_bot_shows_its_own_text_unless_a_moderator_asked(kind):
    assert "srv" not in explain(made(kind))


@pytest.mark.parametrize("kind", [FetchRefused, FetchFailed])
def test_a_moderator_reads_which_address_and_what_to_do(kind):
    told = "https://good.example/a: no such page; check the address"
    with pytest.raises(Refused) as caught, plainly():
        raise kind(told)
    assert explain(caught.value) == f"{told[0].upper()}{told[1:]}."


def test_what_concerns_the_operator_alone_is_not_made_plain():
    with pytest.raises(DataUnwritable), plainly():
        raise DataUnwritable(f"{FOLDER}: no space left; make room")


@pytest.mark.parametrize(("name", "data"), BROKEN.items(), ids=BROKEN)
def test_of_a_file_that_was_sent_its_name_is_told(name, data):
    with pytest.raises(CorpusError) as caught:
        read_incoming(from_upload(f"/home/ann/{name}", data))
    assert str(caught.value).startswith(name)
    assert "/" not in str(caught.value)


@pytest.mark.parametrize(
    "reason",
    [
        f"{PATH}: 21,000,000 bytes, more than 20,000,000; split it",
        f"{PATH}, line 3: this line names no source",
        f"{FOLDER}purges.toml: this is not TOML; mend it",
        f"{PATH!a}: this name holds characters that cannot be stored; rename the file",
    ],
)
def test_a_file_left_out_of_a_reindex_is_told_by_its_name(reason):
    told = summary_text(Job(1, "mona"), Summary(failed=((PATH, reason),)), names_files=True)
    assert "purges.txt: " in told
    assert reason.rpartition(": ")[2] in told
    assert "srv" not in told


async def test_a_reindex_of_broken_files_tells_no_folder(stage, boss, folder, caplog):
    for name, data in list(BROKEN.items())[:4]:
        (folder / name).write_bytes(data)
    (folder / "kites.toml").write_text(BAD_TOML)
    stage.bot.owner_id = boss.id
    await boss.slash(stage.channel, "sources reindex", full=True)
    told = stage.channel.last_message.content.replace("\\", "")
    assert "5 failed" in told
    assert all(f"- {name}: " in told for name in ("binary.txt", "kites.txt", "no.pdf"))
    assert folder.name not in told
    assert str(folder) in caplog.text


async def test_a_reindex_of_a_missing_folder_sends_the_moderator_to_the_operator(stage, boss, folder):
    shutil.rmtree(folder)
    await boss.slash(stage.channel, "sources reindex")
    told = stage.channel.last_message.content.replace("\\", "")
    assert "in its log, under" in told
    assert folder.name not in told
