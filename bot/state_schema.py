"""The tables of the bot's own database."""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, Integer, MetaData, String, Table, Text

SCHEMA = "2"
"""Raise it whenever a table changes."""
UPGRADED = ("1",)
"""Schemas that lack whole tables only: making those that are missing brings them up."""

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

pending = Table(
    "pending",
    tables,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("parent_id", BigInteger),
    Column("asker_id", BigInteger, index=True),
    Column("question", Text),
    Column("after", Text),
    Column("token", String),
    Column("only_me", Boolean, nullable=False),
    Column("may_embed", Boolean, nullable=False),
    Column("in_thread", Boolean, nullable=False),
    Column("prompted", Boolean, nullable=False),
    Column("at", Float, nullable=False, index=True),
    Column("run", String, nullable=False),
)
"""Questions taken, for a quarter of an hour. `at` is in seconds since 1970; `run` is the process that works on it,
empty if none does. Once it is answered `question`, `after`, `token` and `asker_id` are null: the row then only says
that an event which comes twice is answered already."""
