"""Running text -> the social media posts that are embedded in it."""

import re
from dataclasses import dataclass

from corpus.handles import HANDLE
from corpus.sentences import Layout, Span

POST_CHARS = 280
"""Longest post, links not counted. Source: X developer platform, "Counting characters"."""

MONTHS = {
    month: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for month in names.split()
}
MONTH = "(?:" + "|".join(sorted((name.title() for name in MONTHS), key=len, reverse=True)) + r")\.?"
DATE = re.compile(
    rf"(?P<month>{MONTH})[ \u00a0](?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?[ \u00a0](?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})[ \u00a0](?P<month2>{MONTH}),?[ \u00a0](?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
)
CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?[ \u00a0]*(?:[AaPp]\.?[Mm]\.?)?(?:[ \u00a0]?(?:UTC|GMT|[ECMP][SD]?T))?"
WHEN = re.compile(
    rf"[ \t\u00a0]*(?:on[ ]|[·•|,-][ \u00a0]*)?\[?(?:{CLOCK}[ \u00a0]*[·•-][ \u00a0]*)?(?P<date>{DATE.pattern})"
    rf"(?:,?[ \u00a0](?:at[ ])?{CLOCK})?(?:\]\([^)\s]{{1,300}}\))?"
)
AT = re.compile(rf"\(\[?(?P<at>{HANDLE.pattern})\]?(?:\([^)\s]{{1,200}}\))?\)|(?<=[—–―,-] )(?P<bare>{HANDLE.pattern})")
DASH = re.compile(r"(?:[—–―]|(?<!\S)--|(?<!\S)-(?=\s))[ \t\u00a0]*")
SHARED = re.compile(r"A (?:post|video|photo) shared by[ ]")
LINE_END = re.compile(r"[ .*_]*(?=\n|\Z)")
NAME_CHARS = 90
PREFIX = re.compile(
    rf"(?P<name>[A-Z][^\n:@\"“]{{0,60}}?[ ]\()?(?P<at>{HANDLE.pattern})\)?"
    rf"(?:[ ]?[·•|,-]?[ ]?(?P<date>{DATE.pattern}))?:[ \n]\s*"
)
LINK = re.compile(r"https?://\S+|pic\.twitter\.com/\S+|\bt\.co/\S+")
OPENING, CLOSING = '"“«', '"”»'


@dataclass(frozen=True, slots=True)
class Post:
    """One embedded post: its text, and the block that holds text and attribution."""

    start: int
    end: int
    block_start: int
    block_end: int
    name: str | None
    handle: str
    date: str | None


def find_posts(text: str, layout: Layout) -> list[Post]:
    """Find the embedded posts of a text, in order, none overlapping another."""
    if "@" not in text:
        return []
    found: list[Post] = []
    floor = 0
    for number, (low, high) in enumerate(layout.paragraphs):
        begin = low
        while begin < high:
            post = _prefixed(text, begin, high) or _signed(text, layout, number, begin, floor)
            if post is None:
                break
            found.append(post)
            begin = floor = post.block_end
    return found


def iso_date(written: str) -> str | None:
    """Turn a written date into ISO; a year that is not written stays unknown."""
    match = DATE.search(written)
    if not match:
        return None
    if match["iso"]:
        return match["iso"]
    month = MONTHS[(match["month"] or match["month2"]).rstrip(".").lower()]
    day, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
    if not 1 <= day <= 31:
        return None
    return f"{year}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def _prefixed(text: str, low: int, high: int) -> Post | None:
    """Read `@handle: words` and `Name (@handle): words`, which take the rest of their paragraph."""
    while low < high and text[low].isspace():
        low += 1
    match = PREFIX.match(text, low, high)
    if not match:
        return None
    start, end = match.end(), high
    if text[start : start + 1] in OPENING and start < high:
        closing = max(text.rfind(mark, start + 1, high) for mark in CLOSING)
        start, end = start + 1, closing if closing > start else high
    start, end = _trim(text, start, end)
    if start >= end:
        return None
    name = match["name"][:-1].strip() if match["name"] else None
    return Post(start, end, low, high, name, _handle(match["at"]), match["date"] and iso_date(match["date"]))


def _signed(text: str, layout: Layout, number: int, begin: int, floor: int) -> Post | None:
    """Read `words — Name (@handle) date`, whose words may begin in an earlier paragraph."""
    limit = layout.paragraphs[number][1]
    for match in AT.finditer(text, begin, limit):
        when = WHEN.match(text, match.end(), limit)
        dash = _last_dash(text, begin, match.start())
        if dash is None or (when is None and not LINE_END.match(text, match.end(), limit)):
            continue
        if match["bare"] and not _closes_quotation(text, begin, dash[0]):
            continue
        span = _words(text, layout, number, begin, dash[0], max(floor, 0), text[dash[1] : match.start()])
        if span is None:
            continue
        low, high = span[1]
        while high > low and text[high - 1] == ">":  # a quotation in Markdown
            low, high = _trim(text, low, high - 1)
        if low >= high:
            continue
        end = when.end() if when else match.end()
        name = " ".join(text[dash[1] : match.start()].strip(" ,[*_").split()) or None
        date = iso_date(when["date"]) if when else None
        return Post(low, high, span[0], end, name, _handle(match["at"] or match["bare"]), date)
    return None


def _handle(at: str) -> str:
    match = HANDLE.match(at)
    return match[1] if match else at.lstrip("@")


def _last_dash(text: str, low: int, high: int) -> Span | None:
    low = max(low, high - NAME_CHARS)
    low = max(low, text.rfind("\n", low, high) + 1)
    last = None
    for match in DASH.finditer(text, low, high):
        if last is None or text[match.start()] in "—–―" or text[last[0]] not in "—–―":
            last = match.span()
    shared = SHARED.search(text, low, high)
    return last or (shared.span() if shared else None)


def _closes_quotation(text: str, low: int, high: int) -> bool:
    while high > low and text[high - 1].isspace():
        high -= 1
    return low < high and text[high - 1] in CLOSING


def _words(
    text: str, layout: Layout, number: int, begin: int, end: int, floor: int, name: str
) -> tuple[int, Span] | None:
    """Find where the words of a signed post begin, and its block."""
    low, high = _trim(text, begin, end)
    quoted = _quoted(text, low, high)
    if quoted:
        return quoted
    if low >= high or not text[low:high].strip("—–- "):
        number -= 1
        if number < 0 or layout.paragraphs[number][0] < floor:
            return None
        low, high = layout.paragraphs[number]
        quoted = _quoted(text, low, high)
        if quoted:
            return quoted
    elif begin > layout.paragraphs[number][0]:
        return low, (low, high)  # an earlier post ends in this paragraph
    while number > 0 and layout.paragraphs[number - 1][0] >= floor:
        before = layout.paragraphs[number - 1]
        if _length(text[before[0] : high]) > POST_CHARS:
            break
        gap = text.count("\n", before[1], low)
        likeness = _post_likeness(text[slice(*before)], name, gap, layout.usual_gap, text[low:high])
        if number > 1 and LEAD_IN.search(text, *layout.paragraphs[number - 2]):
            likeness += 1.5
        if likeness <= 0:
            break
        low = before[0]
        number -= 1
    return low, (low, high)


def _quoted(text: str, low: int, high: int) -> tuple[int, Span] | None:
    """Find the words between the marks where the whole, or all after a colon, stands in quotation marks."""
    if high - low < 3 or text[high - 1] not in CLOSING:
        return None
    for opening in OPENING:
        at = text.find(opening, low, high - 1)
        if at >= 0 and (at == low or text[low:at].rstrip()[-1:] == ":"):
            return low, _trim(text, at + 1, high - 1)
    return None


def _length(words: str) -> int:
    return len(re.sub(r"\s+", " ", LINK.sub("", words)))


QUOTED_PART = re.compile(r"[“\"][^”\"]*[”\"]")
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Mm]ine|[Ww]e|[Ww]e['’]\w+|[Oo]ur|us)\b")
SECOND_PERSON = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ou['’]\w+|[Pp]lease|[Hh]ey|[Hh]ello|[Ff]olks|[Gg]uys|[Ww]ow)\b")
TAGS = re.compile(r"#\w|(?<![\w.])@\w")
ENDS_IN_TAG = re.compile(r"(?:[#@]\w+|https?://\S+|pic\.\S+)\s*$")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
SHOUT = re.compile(r"\b(?!U\.?S|FBI|CEO|CIA|ET\b)[A-Z]{4,}\b|!|\?\?|\.\.\.")
REPORTS = re.compile(
    r"\b(?:said|says|told|wrote|writes|tweeted|posted|asked|replied|responded|added|claimed|claims|according to"
    r"|announced"
    r"|complained|reported|celebrated|noted|argued|accused|shared|took to|spokes\w+|users?|commentators?|a"
    r" (?:tweet|post))\b"
)
INTERJECTION = re.compile(
    r"(?:Well|So|OK|Okay|Yes|No|Nope|Yep|lol|LOL|Wow|Oh|Look|Just|Ugh|Damn|Hmm|Really|Still|And)\b[, ]|\W*[A-Z]{4,}\b"
)
LEAD_IN = re.compile(
    r":\s*$|\b(?:took to|reacted|react|tweeted|posted|vented|went viral|responded|replied)\b[^.]*\.\s*$"
)
CONNECTIVE = re.compile(
    r"(?:However|Meanwhile|Others?|Some|Many|Several|But (?:others|some|not)|In (?:a|an|another|response"
    r"|January|February|"
    r"March|April|May|June|July|August|September|October|November|December)|On (?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day|"
    r"After|Earlier|Later|Last (?:week|month|year)|Another|One|Among|While|Also)\b"
)


def _post_likeness(words: str, name: str, gap: int, usual_gap: int, after: str) -> float:
    """Weigh whether a paragraph before a post is its beginning (above 0) or the publisher's (0 or below).

    The weights were set on the development half of `tests/gate/statements.jsonl` and the posts of the seeds.
    """
    plain = QUOTED_PART.sub(" ", words)
    score = -1.0
    score += 4.0 * (gap != usual_gap) + 5.0 * words.startswith(">")
    addresses = bool(SECOND_PERSON.search(plain))
    score += 2.5 * bool(FIRST_PERSON.search(plain)) + 1.5 * addresses
    score += 0.7 * bool(TAGS.search(plain)) + 1.0 * bool(ENDS_IN_TAG.search(plain)) + 2.5 * bool(EMOJI.search(plain))
    score += 1.0 * bool(SHOUT.search(plain)) + 1.0 * bool(re.match(r"[a-z*#@]", words))
    score += 1.0 * (plain.rstrip()[-1:].isalpha()) + 0.8 * (len(words) < 60)
    score += 1.5 * bool(INTERJECTION.match(plain)) + 1.0 * (len(plain) < 25 * plain.count(". ") + 25)
    score += 0.7 * bool(re.match(r"(?:[a-z]|And\b|But\b|So\b|Or\b|Also\b)", after))
    score -= (1.0 if addresses else 2.5) * bool(REPORTS.search(plain)) + 1.5 * bool(CONNECTIVE.match(plain))
    score -= 6.0 * words.rstrip().endswith(":") + 1.5 * (len(words) > 200)
    surname = name.split()[-1].strip(" ,") if name.split() else ""
    return score - 3.0 * (len(surname) > 2 and surname in plain)


def _trim(text: str, low: int, high: int) -> Span:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
