"""The tables of the bot's own database."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, MetaData, String, Table, Text

SCHEMA = "1"
"""Raise it whenever a table changes."""

tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""`schema`, and the `key` of the hashes that stand for members."""

answers = Table(
    "answers",
    tables,
    Column("id", String, primary_key=True),
    Column("guild_id", BigInteger, index=True),
    Column("channel_id", BigInteger, nullable=False, index=True),
    Column("message_id", BigInteger, index=True),
    Column("asker_id", BigInteger, index=True),
    Column("question", Text),
    Column("after", Text),
    Column("outcome", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", String, nullable=False, index=True),
    Column("claims", JSON, nullable=False),
)
"""`asker_id`, `question` and `after` are null once they have been erased; `at` is UTC, ISO."""

votes = Table(
    "votes",
    tables,
    Column("answer_id", String, primary_key=True),
    Column("who", String, primary_key=True, index=True),
    Column("up", Boolean, nullable=False),
    Column("reason", Text),
    Column("at", String, nullable=False),
)
"""`who` is a keyed hash of the member's id."""

reports = Table(
    "reports",
    tables,
    Column("answer_id", String, primary_key=True),
    Column("who", String, primary_key=True, index=True),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String, nullable=False),
)

guilds = Table(
    "guilds",
    tables,
    Column("id", BigInteger, primary_key=True),
    Column("settings", JSON, nullable=False),
)
