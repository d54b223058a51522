"""`/sources reindex`: one message that shows how far it is, who may stop it, and what is said at its end."""

import discord
import pytest

from bot.jobs import Job
from bot.source_pages import progress_text
from bot.source_views import job_view

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


async def test_the_end_says_what_was_done_and_what_failed_by_name_alone(stage, boss, folder, shelf):
    (folder / "pigeons.txt").write_text("Pigeons grounded\n\nFacebook removed 31 pages, the club said.\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    result = await boss.slash(stage.channel, "sources reindex")
    assert result.ephemeral
    told = stage.channel.last_message.content.replace("\\", "")
    assert "3 added" in told
    assert "1 failed" in told
    assert "- binary.txt: this is not text" in told
    assert str(folder) not in told
    assert not stage.channel.last_message.components
    assert "pigeons" in [stored.id for stored, _ in shelf.documents()]


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
