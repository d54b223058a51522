"""`/sources undo` takes back the change that was the last when it was asked for, and no other."""

import discord
import pytest

from corpus.incoming import from_upload, read_incoming

TEXT = "Pigeons grounded\n\nFacebook removed {} pages of pigeon fanciers, the club said.\n"


@pytest.fixture
def boss(stage):
    """Add a member who may manage the server."""
    role = stage.guild.create_role("bosses", permissions=discord.Permissions(manage_guild=True))
    return stage.guild.add_member(stage.create_user("boss"), roles=[role])


@pytest.fixture
def add(stage, shelf):
    """Return a function that adds a source to the stage's server."""

    def adding(number):
        name = f"pigeons{number}.txt"
        document, fingerprint = read_incoming(from_upload(name, TEXT.format(number).encode()))
        shelf.add(document, fingerprint, "mona", str(stage.guild.id))

    return adding


async def test_what_another_moderator_adds_at_the_same_moment_stays(stage, boss, shelf, add):
    add(1)

    class Meddling(type(shelf)):
        def log(self, *asked):
            found = super().log(*asked)
            shelf.__class__ = Meddling.__base__
            add(2)
            return found

    shelf.__class__ = Meddling
    result = await boss.slash(stage.channel, "sources undo")
    assert "Taken back" in result.response.content
    assert [stored.id for stored, _ in shelf.documents(str(stage.guild.id)) if stored.scope] == ["pigeons2"]
