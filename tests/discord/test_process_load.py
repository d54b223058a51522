"""Many members at once ask the real bot, first as Discord should be, then with faults on a share of its calls."""

from collections.abc import Callable
from statistics import quantiles

import pytest

from tests.discord.faults import Fault, reset, slow, status, too_many
from tests.discord.interaction import ACKNOWLEDGE_S, Interaction
from tests.discord.process import Process
from tests.discord.server import Loopback
from tests.discord.world import Guild, Message

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUESTIONS = (
    "how many accounts of knitting clubs did Twitter suspend?",
    "what did those affected by the suspension of knitting clubs say?",
    "why did Facebook remove pages of kite makers?",
    "what did critics say of the suspension of knitting clubs?",
    "who runs the moon base?",
)
MEMBERS, GUILDS = 50, 5
"""Every other member mentions the bot: five in a channel, which is what Discord takes there in five seconds."""
ALL_ANSWERED_S = 90.0
SHARE, SEED = 0.05, 5
KINDS: tuple[Fault, ...] = (
    status(500), status(502), status(503), status(503, after=True), too_many(), too_many(via=False),
    reset(), reset(after=True), slow(0.5), slow(0.5, after=True),
)  # fmt: skip
Asked = tuple[list[Interaction], list[Message]]


@pytest.fixture
def guilds(city: Loopback, live: Process) -> list[Guild]:
    """Invite the bot to some more servers, of both shards."""
    return [city.join(f"crowd {number}", number % 2, 2) for number in range(GUILDS)]


def all_ask(city: Loopback, guilds: list[Guild]) -> Asked:
    """Let every member ask at the same moment: half by command, half by mention."""
    called, written = [], []
    for number in range(MEMBERS):
        guild, question = guilds[number % GUILDS], QUESTIONS[number % len(QUESTIONS)]
        (channel,) = guild.channels.values()
        member = city.member(f"member {number}", guild)
        if number // GUILDS % 2:
            called.append(member.slash(channel, "ask", question=question))
        else:
            written.append(member.asks(channel, question))
    return called, written


async def all_answered(city: Loopback, asked: Asked) -> None:
    """Wait until everybody has an answer, and until whatever would come twice has come."""
    called, written = asked
    for interaction in called:
        await city.response(interaction, ALL_ANSWERED_S)
    for message in written:
        await city.reply_to(message, ALL_ANSWERED_S)
    await city.quiet(1.0, ALL_ANSWERED_S)


def answers(city: Loopback, asked: Asked) -> list[int]:
    """Count the answers that each member got."""
    called, written = asked
    told = [len([one for one in (interaction.original, *interaction.followups) if one]) for interaction in called]
    return told + [len(city.replies_to(message)) for message in written]


async def test_fifty_members_at_once_are_each_answered_once_and_in_time(
    city: Loopback, guilds: list[Guild], record_property: Callable[[str, object], None]
) -> None:
    asked = all_ask(city, guilds)
    await all_answered(city, asked)
    assert answers(city, asked) == [1] * MEMBERS
    took = [interaction.took_s for interaction in asked[0]]
    p95 = quantiles(took, n=20)[-1]
    record_property("acknowledged_p95_s", round(p95, 3))
    print(f"\nacknowledged: p95 {p95:.3f} s, slowest {max(took):.3f} s of {len(took)}")
    assert max(took) < ACKNOWLEDGE_S
    assert city.rest.buckets.refused == 0
    assert city.gateway.late_s == []


async def test_fifty_members_are_each_answered_once_though_a_share_of_calls_goes_wrong(
    city: Loopback, guilds: list[Guild], live: Process
) -> None:
    chance = city.faults.at_random(SHARE, KINDS, SEED)
    asked = all_ask(city, guilds)
    await all_answered(city, asked)
    print(f"\n{chance.hit} calls went wrong")
    assert chance.hit > 0
    assert answers(city, asked) == [1] * MEMBERS
    assert city.gateway.late_s == []
