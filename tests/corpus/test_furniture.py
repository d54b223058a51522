"""What a text tells is kept, whatever words it uses; what only a page says is not."""

import pytest

from corpus.furniture import is_told, leads_up


@pytest.mark.parametrize(
    "line",
    [
        "The network had spent $33,100 on advertisements since 2016.",
        "Advertisements for a bank ran before clips that praised the bombing.",
        "Rivvel, the newsletter company, has removed five publications.",
        "Images of the march were taken down within the hour.",
        "Photographs posted before June were missing, members said.",
        "A video by the group was removed twice.",
        "Members could not log in to their accounts for a week.",
        "The page asked readers to subscribe to a channel of its own.",
        "She tried in vain to contact the company.",
        "Rivvel was fined for setting cookies without consent.",
        "Powered by a bot, the account posted every minute.",
        "r/bakers was a forum on the network with 900 members.",
        "``Flour Wars '' was the forum 's oldest thread .",
        "( Nobody was hurt , the guild said . )",
        "eBay closed 40 shops on Friday.",
        'Posts that read "click here to win bread" were removed.',
    ],
)
def test_a_sentence_is_told_whatever_it_is_about(line: str) -> None:
    assert is_told(line)


@pytest.mark.parametrize(
    "line",
    [
        "What the company says",
        "Home | About us | Contact us",
        "You are commenting using your Twitter account.",
        "Leave a reply to this post below.",
        "Subscribe to our channel for more stories like this.",
        "Sign up for our daily newsletter.",
        "Get the newsletter straight to your inbox.",
        "For more, read the full statement here.",
        "Read more of our coverage of the purge.",
        "Click here for more of our stories.",
        "Log in to leave your own comment.",
        "Related: Rivvel closes forty more pages.",
        "Photo: Ruth Adler for The Lantern.",
        "Video courtesy of the guild of bakers.",
        "Photograph by Ruth Adler.",
        "By Ruth Adler and Ned Loom",
        "(Reporting by Ruth Adler; editing by Ned Loom.)",
        "© The Lantern, all rights are reserved.",
        "Powered by WordPress.com.",
        "To contact the Lantern and its guild, visit the office.",
        "This site uses cookies to count its visitors.",
        "Advertisement: the story goes on below.",
        "via the app.",
        "NO ROOM IS SAFE!",
    ],
)
def test_what_a_page_says_is_not(line: str) -> None:
    assert not is_told(line)


@pytest.mark.parametrize(
    ("line", "led"),
    [
        ("A forum that sells nothing but second-hand flour was hit as well:", True),
        ("Ruth Adler tweeted on Monday:", False),
        ("To contact the guild and the bakers of the town visit:", False),
    ],
)
def test_what_ends_in_a_colon_is_kept_where_it_tells_enough(line: str, led: bool) -> None:
    assert leads_up(line) is led
