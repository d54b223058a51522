"""Metrics are named as Prometheus wants them, and hold nothing that tells who asked what."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families
from yarl import URL

from bot.metrics import Metrics, route_of


def samples(metrics):
    families = text_string_to_metric_families(metrics.text().decode())
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/api/v10/users/@me", "/users/@me"),
        ("/api/v10/channels/123/messages", "/channels/{id}/messages"),
        ("/api/v10/channels/123/messages/456", "/channels/{id}/messages/{id}"),
        ("/api/v10/interactions/123/aW50/callback", "/interactions/{id}/{token}/callback"),
        ("/api/v10/webhooks/123/aW50/messages/@original", "/webhooks/{id}/{token}/messages/@original"),
        ("/api/v10/webhooks/123/456", "/webhooks/{id}/{token}"),
        ("/api/v10/applications/123/commands", "/applications/{id}/commands"),
        ("/api/v10/gateway/bot", "/gateway/bot"),
    ],
)
def test_ids_and_tokens_are_no_labels(path, route):
    assert route_of(URL(f"https://discord.com{path}?with=query")) == route


@pytest.mark.parametrize("folder", ["attachments", "ephemeral-attachments"])
def test_the_name_of_a_file_that_a_member_sent_is_no_label(folder):
    sent = URL(f"https://cdn.discordapp.com/{folder}/123/456/my%20secret%2Fname%0A.txt?ex=1&hm=2")
    assert route_of(sent) == f"/{folder}/{{file}}"


def test_an_answer_is_counted_with_its_stages_in_seconds(make_answer, make_claim):
    metrics = Metrics()
    metrics.answered(make_answer(make_claim(), timings_ms={"embed": 8.0, "total": 10.0}))
    held = samples(metrics)
    assert held["purgebot_answers_total", "answered"] == 1
    assert held["purgebot_stage_seconds_sum", "embed"] == pytest.approx(0.008)


def test_two_processes_in_one_share_nothing():
    first, second = Metrics(), Metrics()
    first.drops.inc()
    assert samples(second)["purgebot_gateway_disconnects_total",] == 0


def test_names_end_in_their_unit_and_say_what_they_are():
    for family in Metrics().registry.collect():
        assert re.fullmatch("(purgebot|process)_[a-z_]+", family.name)
        assert family.documentation
        assert "_ms" not in family.name
