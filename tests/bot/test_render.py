"""Replies say whose words they show, when they were said and where they stand, on every surface alike."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.escape import unescape
from bot.forms import answer_form
from bot.limits import MESSAGE_UNITS, embed_fits, units
from bot.render import discord_reply, plain_text, question_line, safe_url
from corpus.document import Kind, Voice
from corpus.source import ReasonStatus, Source
from index.answer import CitedSource, Disagreement, OfEvent, Outcome, Reason
from index.headline import DIFFERING, MAY_BE_NONE

REFUSALS = [Outcome.NOT_IN_CORPUS, Outcome.OFF_TOPIC, Outcome.UNSUPPORTED_LANGUAGE]
ENGADGET = Source("engadget", "Engadget", "Twitter locks out users", published="2018-02-21", url="https://e.example/1")


def lines(answer):
    return [line for line in plain_text(answer).splitlines() if line.startswith("- ")]


def shown(answer):
    return unescape(discord_reply(answer).description)


@pytest.fixture
def line(make_answer, make_claim):
    """Render one claim as a line."""
    return lambda **changes: lines(make_answer(make_claim(**changes), sources=(ENGADGET,)))[0]


def test_a_post_stands_in_quotation_marks_under_its_speaker(line):
    said = line(
        text="Lost 1k.",
        kind=Kind.POST,
        quotation=True,
        speaker="Dan Bongino",
        handle="dbongino",
        date="2018-02-21",
    )
    assert said == "- Dan Bongino (@dbongino), 21 Feb 2018: “Lost 1k.” [1]"


def test_reported_speech_is_the_publishers(line):
    said = line(
        text="Twitter denied bias.",
        kind=Kind.REPORTED,
        speaker="Twitter",
        date=None,
        source_ids=("engadget",),
    )
    assert said == "- Engadget (speaker: Twitter): Twitter denied bias. [1]"


@pytest.mark.parametrize("speaker", ["some", "Members of the club", "anonymous source"])
def test_whoever_speaks_needs_no_article(speaker, line):
    said = line(text="It denied bias.", kind=Kind.REPORTED, speaker=speaker, date=None, source_ids=("engadget",))
    assert said == f"- Engadget (speaker: {speaker}): It denied bias. [1]"


def test_the_role_of_a_reported_speaker_follows_his_name(line):
    told = {"speaker": "Ann Ply", "role": "baker", "handle": "annply"}
    said = line(text="She denied it.", kind=Kind.REPORTED, date=None, source_ids=("engadget",), **told)
    assert said == "- Engadget (speaker: Ann Ply, @annply, baker): She denied it. [1]"


def test_narration_is_the_publishers(line):
    said = line(text="Bots went.", kind=Kind.NARRATION, speaker=None, date="2018-02", source_ids=("engadget",))
    assert said == "- Engadget, Feb 2018: Bots went. [1]"


def test_a_publisher_is_not_quoted_on_itself(line):
    assert line(kind=Kind.MIXED, speaker="Engadget", source_ids=("engadget",)).startswith("- Engadget, Oct 2018:")


def test_a_paraphrase_names_who_reported_it(line):
    assert line() == "- Occupy organisers, Oct 2018: Said that no reason was given. (reported by WIRED UK) [1]"


def test_a_paraphrase_of_several_names_two_and_counts_the_rest(line):
    assert "(reported by WIRED UK and Engadget)" in line(source_ids=("wired", "engadget", "third"))


def test_what_passed_the_words_on_is_named(line):
    assert line(via="The New York Times").startswith("- Occupy organisers, via The New York Times, Oct 2018:")


def test_role_and_handle_stand_beside_the_name(line):
    assert line(handle="x", role="commentator").startswith("- Occupy organisers (@x; commentator), Oct 2018:")


def test_a_handle_stands_alone_where_no_name_is_known(line):
    assert line(speaker=None, handle="x", date=None).startswith("- @x: Said")


def test_a_quotation_of_nobody_known_says_so(line):
    said = line(kind=Kind.DIRECT, quotation=True, speaker=None, date=None)
    assert said.startswith("- Someone unnamed, quoted by WIRED UK: “")


def test_a_cut_statement_is_marked(line):
    assert "Oct 2018: [...] Said that no reason was given. [...] (" in line(cut_before=True, cut_after=True)


def test_line_breaks_in_a_claim_become_spaces(line):
    assert "one two" in line(text="one\n\ntwo")


def test_a_compiled_line_names_three_sources_and_counts_all(make_answer, make_claim):
    answer = make_answer(make_claim(compiled=True, source_ids=tuple(f"s{number}" for number in range(20))))
    assert lines(answer)[0].endswith("(compiled from 20 sources) [1] [2] [3]")
    assert plain_text(answer).count("WIRED UK, ") == 3


def test_a_claim_of_many_sources_names_five(line):
    assert line(source_ids=tuple(f"s{number}" for number in range(9))).endswith("[4] [5] and 4 more")


def test_a_repost_is_named_in_the_list_of_sources_alone(make_answer, make_claim):
    source = Source("s", "Ars Technica (reposted by X)", "T", url="https://a.example")
    text = plain_text(make_answer(make_claim(source_ids=("s",), via="Ars Technica"), sources=(source,)))
    assert "reported by" not in text
    assert '[1] Ars Technica (reposted by X), "T"' in text


def test_a_source_without_publisher_is_the_article_and_its_file(make_answer, make_claim):
    cited = CitedSource(Source("s"), "/srv/corpus/000_a.txt")
    claim = make_claim(kind=Kind.NARRATION, speaker=None, date=None, source_ids=("s",))
    text = plain_text(replace(make_answer(claim), sources=(cited,)))
    assert "- The article: Said" in text
    assert "[1] 000_a.txt, publisher not recorded, title, date and address not recorded" in text


def test_the_date_of_a_file_without_publisher_and_title_is_told(make_answer, make_claim):
    cited = CitedSource(Source("s", published="2020-05-06"), "/srv/corpus/kites.txt")
    text = plain_text(replace(make_answer(make_claim(source_ids=("s",))), sources=(cited,)))
    assert "[1] kites.txt, publisher not recorded, 6 May 2020, title and address not recorded" in text


def test_claims_stand_under_their_voice_in_the_order_given(make_answer, make_claim):
    voices = [Voice.AFFECTED, Voice.PLATFORM, Voice.CRITIC]
    text = plain_text(make_answer(*(make_claim(voice=voice) for voice in voices)))
    assert text.index("Those affected") < text.index("The platform") < text.index("Critics")


def test_a_reason_has_its_place_and_its_status_in_words(make_answer, make_claim):
    reasons = [Reason("Twitter", status, (0,)) for status in (ReasonStatus.GENERAL, ReasonStatus.DENIED_BY_AFFECTED)]
    text = plain_text(make_answer(make_claim(), reason=(*reasons, Reason("Facebook", ReasonStatus.NONE, ()))))
    assert "(Twitter): a general policy statement, not about these accounts; those affected dispute it" in text
    assert "(Facebook): no source here states one." in text
    assert text.index("(Facebook):") < text.index("Those affected")


def test_what_no_shown_statement_says_of_a_reason_is_not_said(make_answer, make_claim):
    claims, reason = (
        [make_claim(), make_claim(shown=False)],
        (Reason("Twitter", ReasonStatus.DENIED_BY_AFFECTED, (1,)),),
    )
    assert "Stated reason" not in plain_text(make_answer(*claims, reason=reason))


@pytest.mark.parametrize(("headline", "again"), [("Twitter gave a reason", False), ("What the platform said", True)])
def test_what_the_headline_says_of_a_reason_is_not_said_again(headline, again, make_answer, make_claim):
    reason = (Reason("Twitter", ReasonStatus.SPECIFIC, (0,)),)
    text = plain_text(make_answer(make_claim(), reason=reason, headline=f"{headline} (1 source)."))
    assert ("Stated reason" in text) is again


@pytest.mark.parametrize("question", ["What happened to the knitters?", "tell me about the knitters"])
def test_a_reason_stands_below_where_all_is_asked_for(question, make_answer, make_claim):
    reason = (Reason("Twitter", ReasonStatus.GENERAL, (0,)),)
    text = plain_text(make_answer(make_claim(), reason=reason, question=question))
    assert text.index("(Twitter): a general policy statement") > text.index("Those affected")


@pytest.mark.parametrize("question", ["how many accounts were suspended?", "who was suspended?", "did it say so?"])
def test_a_reason_that_was_not_asked_for_is_left_out(question, make_answer, make_claim):
    reason = (Reason("Twitter", ReasonStatus.GENERAL, (0,)),)
    assert "Stated reason" not in plain_text(make_answer(make_claim(), reason=reason, question=question))


def test_platforms_of_which_the_same_is_known_share_a_line(make_answer, make_claim):
    statuses = [ReasonStatus.SPECIFIC, ReasonStatus.GENERAL]
    reasons = tuple(Reason(name, status, (0,)) for name in ("Apple", "Spotify") for status in statuses)
    text = plain_text(make_answer(make_claim(), reason=reasons))
    assert "(Apple and Spotify): a reason about these accounts; a general policy statement as well." in text


def test_disagreeing_claims_stand_together_and_once(make_answer, make_claim):
    claims = [make_claim(f"Claim {number}.") for number in range(3)]
    text = plain_text(make_answer(*claims, disagreements=(Disagreement("how many", (1, 2)),)))
    assert text.index("Claim 0.") < text.index("Where sources disagree\nhow many") < text.index("Claim 1.")
    assert all(text.count(f"Claim {number}.") == 1 for number in range(3))


def test_a_disagreement_on_what_was_asked_for_stands_first(make_answer, make_claim):
    claims = [make_claim(f"Claim {number}.") for number in range(3)]
    text = plain_text(make_answer(*claims, disagreements=(Disagreement("how many", (0, 2)),)))
    assert text.index("Where sources disagree") < text.index("Claim 2.") < text.index("Claim 1.")


def test_numbers_that_differ_stand_first_where_a_number_was_asked_for(make_answer, make_claim):
    claims = [make_claim(f"Claim {number}.") for number in range(3)]
    told = (Disagreement("The numbers differ", (1, 2)),)
    text = plain_text(make_answer(*claims, headline=f"{DIFFERING} (3 sources).", disagreements=told))
    assert text.index("Where sources disagree") < text.index("Claim 1.") < text.index("Claim 0.")


def test_claims_that_wait_are_counted_and_not_told(make_answer, make_claim):
    answer = make_answer(make_claim(), make_claim("Later.", shown=False, source_ids=("later",)))
    assert "and 1 more statement\n" in plain_text(answer)
    assert "Later." not in plain_text(answer)
    assert "[2]" not in plain_text(answer)


def test_what_is_not_covered_is_named(make_answer, make_claim):
    answer = make_answer(make_claim(), outcome=Outcome.PARTIAL, not_covered=("whether they came back",))
    assert "Not covered: whether they came back" in plain_text(answer)


def test_the_foot_tells_coverage_and_revision(make_answer, make_claim):
    assert plain_text(make_answer(make_claim())).endswith(
        "66 documents · 380 sources · Sep 2012 to Sep 2024 · revision 12"
    )


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, *REFUSALS])
def test_every_foot_tells_when_the_sources_were_changed_last(make_answer, make_claim, outcome):
    coverage = replace(make_answer().coverage, changed="2026-11-22T02:42:33+00:00")
    answer = make_answer(make_claim(), outcome=outcome, coverage=coverage)
    assert plain_text(answer).endswith("last change 22 Nov 2026 · revision 12")
    assert discord_reply(answer).footer.endswith("last change 22 Nov 2026 · revision 12")


def test_a_time_that_the_headline_names_is_not_named_again_below(make_answer, make_claim):
    headline = "Numbers given; “before the vote” was not taken into account (1 source)."
    answer = make_answer(make_claim(), headline=headline, not_covered=("before the vote", "how long"))
    assert plain_text(answer).count("before the vote") == 1
    assert "Not covered: how long" in plain_text(answer)


def test_a_refusal_says_what_nothing_found_tells(make_answer):
    text = plain_text(make_answer(outcome=Outcome.NOT_IN_CORPUS, unsaid=("Nothing found here gives that number.",)))
    assert text.splitlines()[2] == "Nothing found here gives that number."


@pytest.mark.parametrize("outcome", REFUSALS)
def test_a_refusal_has_words_of_its_own(make_answer, outcome):
    others = [plain_text(make_answer(outcome=other, headline="")) for other in REFUSALS if other != outcome]
    text = plain_text(make_answer(outcome=outcome, headline=""))
    assert not {line for other in others for line in other.splitlines()[:3] if line} & set(text.splitlines()[:3])


def test_nothing_found_says_what_is_held_and_what_is_nearest(make_answer):
    text = plain_text(make_answer(outcome=Outcome.NOT_IN_CORPUS))
    assert "66 documents from 380 sources, Sep 2012 to Sep 2024" in text
    assert "Twitter suspends accounts tied to Occupy" in text
    assert "Try naming" in text


@pytest.mark.parametrize(
    ("publishers", "told"),
    [
        (("A",), "published by A."),
        (("A", "B", "C", "D"), "published by A, B, C and D."),
        (("A", "B", "C", "D", *map(str, range(1300))), "published by A, B, C, D and 1,300 more."),
    ],
)
def test_a_refusal_names_the_publishers_with_most_sources(make_answer, publishers, told):
    coverage = replace(make_answer().coverage, publishers=publishers)
    assert told in plain_text(make_answer(outcome=Outcome.NOT_IN_CORPUS, coverage=coverage))


@pytest.mark.parametrize(
    ("changes", "shown_as"),
    [
        ({}, '[1] [WIRED UK, "Twitter bans left-wing accounts", Oct 2018](https://wired.example/a)'),
        ({"title_exact": False}, "[WIRED UK, Twitter bans left-wing accounts, Oct 2018]("),
        ({"url_doubtful": True}, "/a) · address not certain"),
        ({"archive_url": "https://web.archive.org/x"}, "/a) · [archived](https://web.archive.org/x)"),
        ({"published": None}, 'accounts"](https://wired.example/a) · date not recorded'),
        ({"published": "--04-02"}, "2 Apr (year not recorded)](https"),
        (
            {"title": None, "publisher": None},
            "[Publisher not recorded, Oct 2018](https://wired.example/a) · title not recorded",
        ),
        ({"url": None, "url_missing": "offline"}, "Oct 2018 · no address: offline"),
        ({"url": "javascript:alert(1)"}, "Oct 2018 · address not shown"),
        ({"title": "A [video]"}, '"A [video]", Oct 2018 · [link](https://wired.example/a)'),
    ],
)
def test_a_source_shows_what_is_known_of_it(make_answer, make_claim, changes, shown_as):
    source = replace(ENGADGET, id="s", publisher="WIRED UK", title="Twitter bans left-wing accounts")
    source = replace(source, published="2018-10", url="https://wired.example/a")
    answer = make_answer(make_claim(source_ids=("s",)), sources=(replace(source, **changes),))
    assert shown_as in shown(answer)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x_(y) z", "https://a.example/x_%28y%29%20z"),
        ("https://a.example/%20?q=1&r=<b>", "https://a.example/%20?q=1&r=%3Cb%3E"),
        ("http://a.example", "http://a.example"),
        ("ftp://a.example", None),
        ("https://user:word@a.example", None),
        ("https:///nowhere", None),
        ("https://a.example/\u202e", None),
        ("https://\u0430.example", None),
        ("https://a.example/" + "x" * 3000, None),
        ("https://[bad", None),
        (None, None),
    ],
)
def test_only_a_safe_address_becomes_a_link(url, safe):
    assert safe_url(url) == safe


def test_both_surfaces_say_the_same(make_answer, make_claim):
    answer = make_answer(make_claim("Lost * and _ and @everyone."), make_claim(voice=Voice.CRITIC))
    for line in lines(answer):
        assert line in shown(answer).replace("**", "")


def test_who_speaks_stands_out(make_answer, make_claim):
    assert "- **Occupy organisers, Oct 2018:** Said that" in shown(make_answer(make_claim()))


def test_what_is_in_dispute_is_not_repeated_below_a_headline_that_names_it(make_answer, make_claim):
    claims, disputed = (make_claim(), make_claim("No.")), (Disagreement("The knitters", (0, 1)),)
    assert "*The knitters*" in shown(make_answer(*claims, disagreements=disputed))
    assert "*The knitters*" not in shown(make_answer(*claims, disagreements=disputed, headline="On “The knitters”."))


def test_names_and_titles_are_escaped(make_answer, make_claim):
    source = Source("s", "**P**", "||T||", url="https://a.example")
    answer = make_answer(make_claim(speaker="`X`", role="~~r~~", source_ids=("s",)), sources=(source,))
    reply = discord_reply(answer)
    assert all(part in reply.description for part in (r"\*\*P", r"\|\|T", r"\`X", r"\~\~r"))


def test_the_footer_is_not_escaped(make_answer, make_claim):
    assert "\\" not in discord_reply(make_answer(make_claim())).footer


def test_the_question_is_repeated_on_one_harmless_line():
    assert question_line("why\n# <@1>?") == "-# why # \\<\\@1\\>?"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(texts=st.lists(st.text(min_size=1, max_size=900), min_size=1, max_size=12))
def test_replies_fit_and_no_claim_is_cut(make_answer, make_claim, texts):
    claims = [make_claim(f"BEGIN{number} x{text}x END{number}") for number, text in enumerate(texts)]
    reply = discord_reply(make_answer(*claims))
    assert embed_fits(reply.description, reply.footer)
    assert units(reply.content) <= MESSAGE_UNITS
    for part in (reply.description, reply.content):
        assert part.count("BEGIN") == part.count("END")


def test_a_headline_and_parts_of_any_length_fit(make_answer, make_claim):
    answer = make_answer(
        make_claim("x " * 4000),
        headline="*" * 9000,
        not_covered=("_" * 9000,),
        reason=(Reason("~" * 9000, ReasonStatus.NONE, ()),),
    )
    reply = discord_reply(answer)
    assert embed_fits(reply.description, reply.footer)
    assert units(reply.content) <= MESSAGE_UNITS
    assert "and 1 more statement" in reply.description


def test_figures_of_several_events_stand_under_their_dates_and_titles(make_answer, make_claim):
    told = (OfEvent("b", "Bees", "2021-05-06", None, (0,)), OfEvent("a", "Bells", "2017-02", None, (1,)))
    text = plain_text(make_answer(make_claim("1,730 went."), make_claim("411 went."), by_event=told))
    places = [text.index(part) for part in ("6 May 2021 · Bees", "1,730 went.", "Feb 2017 · Bells", "411 went.")]
    assert places == sorted(places)


def test_events_that_wait_are_counted_as_events(make_answer, make_claim):
    told = (OfEvent("b", "Bees", "2021", None, (0,)), OfEvent("a", "Bells", "2017", None, (1, 2)))
    claims = [make_claim(text, shown=not place) for place, text in enumerate(("1,730 went.", "411 went.", "400 did."))]
    text = plain_text(make_answer(*claims, by_event=told))
    assert "and 1 more event\n" in text


def test_no_reason_is_stated_where_the_statements_only_come_closest(make_answer, make_claim):
    reason = (Reason("Twitter", ReasonStatus.SPECIFIC, (0,)),)
    assert "Stated reason" in plain_text(make_answer(make_claim(), reason=reason))
    assert "Stated reason" not in plain_text(make_answer(make_claim(), reason=reason, headline=f"{MAY_BE_NONE}."))


def test_what_no_source_says_stands_below_the_headline(make_answer, make_claim):
    text = plain_text(make_answer(make_claim(), unsaid=("Nothing found here uses the word “illegally”.",)))
    assert text.splitlines()[2] == "Nothing found here uses the word “illegally”."


def test_what_no_source_says_is_among_what_is_not_covered(make_answer, make_claim):
    told = ("Nothing found here uses the word “illegally”.",)
    answer = make_answer(make_claim(), not_covered=("how long",), unsaid=told)
    assert answer_form(answer, "")["not_covered"] == ["how long", *told]
