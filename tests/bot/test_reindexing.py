"""`/sources reindex`: one message that shows how far it is, who may stop it, and what is said at its end."""

import discord
import pytest

from bot.jobs import Job
from bot.limits import MESSAGE_UNITS, units
from bot.reindexing import HERE
from bot.source_pages import progress_text, summary_text
from bot.source_views import job_view
from index.intake import Summary

MANAGE = discord.Permissions(manage_guild=True)


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    role = stage.guild.create_role("bosses", permissions=MANAGE)
    return stage.guild.add_member(stage.create_user("boss"), roles=[role])


def edits(stage, message_id):
    return [
        request.json["content"]
        for request in stage.http_requests
        if request.method in ("POST", "PATCH") and str(request.path).endswith((f"/messages/{message_id}", "/messages"))
    ]


@pytest.fixture
def operator(stage, boss):
    """Let Discord know the same member as whoever runs the bot."""
    stage.bot.owner_id = boss.id
    return boss


async def test_the_end_tells_the_operator_what_was_done_and_what_failed_by_name_alone(stage, operator, folder, shelf):
    (folder / "pigeons.txt").write_text("Pigeons grounded\n\nFacebook removed 31 pages, the club said.\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    result = await operator.slash(stage.channel, "sources reindex")
    assert result.ephemeral
    told = stage.channel.last_message.content.replace("\\", "")
    assert "3 added" in told
    assert "1 failed" in told
    assert "- binary.txt: this is not text" in told
    assert str(folder) not in told
    assert not stage.channel.last_message.components
    assert "pigeons" in [stored.id for stored, _ in shelf.documents()]


async def test_to_a_moderator_what_failed_of_the_operators_files_is_counted_not_named(stage, boss, folder, caplog):
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    await boss.slash(stage.channel, "sources reindex")
    told = stage.channel.last_message.content
    assert "1 failed" in told
    assert "is in the log of whoever runs this bot" in told
    assert "binary" not in told
    assert "binary.txt: this is not text" in caplog.text


def test_the_summary_leaves_room_for_what_is_added_where_only_the_asker_sees_it():
    for marks in range(60):  # each of them takes eight units
        failed = tuple((f"{'⟨' * marks}{number}.txt", "this is not text") for number in range(6))
        told = summary_text(Job(1, "mona"), Summary(failed=failed), names_files=True)
        assert units(f"{told}\n{HERE}") <= MESSAGE_UNITS


async def test_the_shared_log_names_the_operator_and_of_others_the_server_alone(stage, boss, folder, shelf):
    for owner, text in ((None, "31 pages"), (boss.id, "32 pages")):
        stage.bot.owner_id = owner
        (folder / "pigeons.txt").write_text(f"Pigeons grounded\n\nFacebook removed {text}, the club said.\n")
        await boss.slash(stage.channel, "sources reindex")
    last, before, *_ = shelf.log()
    assert (last.actor, before.actor) == (f"boss ({boss.id})", f"a moderator of server {stage.guild.id}")


async def test_a_full_one_is_had_once_a_day_for_all_servers(stage, boss):
    await boss.slash(stage.channel, "sources reindex", full=True)
    assert "Reindexed" in stage.channel.last_message.content
    result = await boss.slash(stage.channel, "sources reindex", full=True)
    assert "leave out full, which reads what has changed, or ask again in 24 hours." in result.response.content
    await boss.slash(stage.channel, "sources reindex")
    assert "Reindexed" in stage.channel.last_message.content


async def test_the_operator_need_not_wait_for_a_full_one(stage, operator):
    for _ in range(2):
        result = await operator.slash(stage.channel, "sources reindex", full=True)
        assert "The message below" in result.response.content


async def test_the_message_is_the_bots_own_and_is_edited(stage, boss):
    await boss.slash(stage.channel, "sources reindex", full=True)
    first, *_, last = edits(stage, stage.channel.last_message.id)
    assert "begun by boss" in first
    assert "Reindexed" in last


async def test_where_the_bot_may_not_write_the_interaction_serves(stage, boss):
    forbidden = {stage.bot.user: discord.PermissionOverwrite(send_messages=False)}
    closed = stage.guild.create_text_channel("closed", overwrites=forbidden)
    result = await boss.slash(closed, "sources reindex")
    assert "Reindexed" in result.response.content
    assert "only you see this" in result.response.content


async def test_a_second_one_is_told_who_runs_the_first(stage, boss, desk):
    job = desk.sources.jobs.begin(stage.guild.id, "mona")
    result = await boss.slash(stage.channel, "sources reindex")
    assert "Mona is having the sources reindexed" in result.response.content
    desk.sources.jobs.end(job)


def test_the_time_left_is_told_by_the_rate_of_what_is_being_done():
    clock = iter([0.0, 100.0, 105.0, 120.0, 120.0, 160.0])
    job = Job(1, "mona", lambda: next(clock))
    job.report("reading", 9, 9)  # at 100
    assert job.left_s is None  # five seconds tell nothing yet
    job.report("reading", 3, 9)
    assert job.left_s == pytest.approx(40)
    job.report("embedding", 1, 5)  # at 120: another rate
    assert "embedding, 20 % · this step ends <t:" in progress_text(job)


async def test_another_server_is_told_no_name(stage, boss, desk):
    job = desk.sources.jobs.begin(stage.guild.id + 1, "mona")
    result = await boss.slash(stage.channel, "sources reindex")
    assert "Another server is having" in result.response.content
    assert "ona" not in result.response.content.replace("another", "")
    desk.sources.jobs.end(job)


@pytest.fixture
async def running(stage, desk):
    """Begin a job, and let the bot show it."""
    job = desk.sources.jobs.begin(stage.guild.id, "mona")
    channel = stage.bot.get_channel(stage.channel.id)
    await channel.send("**Reindexing**", view=job_view(job.id))
    await stage.settle()
    return job


async def test_a_moderator_stops_it(stage, boss, running):
    await boss.click(stage.channel.last_message, custom_id=f"pb.source:stop:{running.id}")
    assert running.stopped_by == "boss"
    assert "stopping" in stage.channel.last_message.content


async def test_a_member_does_not(stage, running):
    result = await stage.member.click(stage.channel.last_message, custom_id=f"pb.source:stop:{running.id}")
    assert "may do this" in result.followups[0].content
    assert running.stopped_by is None


async def test_after_a_restart_the_button_says_that_it_is_over(stage, boss, running, make_client):
    await stage.restart_bot(make_client())
    await boss.click(stage.channel.last_message, custom_id=f"pb.source:stop:{running.id}")
    assert "ended by a restart" in stage.channel.last_message.content
    assert not stage.channel.last_message.components


async def test_one_that_is_stopped_changes_nothing(stage, boss, desk, shelf, embedder, folder):
    (folder / "pigeons.txt").write_text("Pigeons grounded\n\nFacebook removed 31 pages, the club said.\n")
    before = shelf.status().revision

    class Stopping(type(embedder)):
        def embed_parts(self, texts, parts):
            desk.sources.jobs.running.stop("mona")
            return super().embed_parts(texts, parts)

    embedder.__class__ = Stopping
    await boss.slash(stage.channel, "sources reindex")
    assert "stopped** by mona; nothing was changed" in stage.channel.last_message.content
    assert shelf.status().revision == before
