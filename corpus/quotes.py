"""Running text -> statements: who says what, and whose words they are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.attribution import Draft, Sentence, join_questions, read_list, read_paragraph, read_sentence
from corpus.document import Kind, Statement, Voice
from corpus.furniture import leads_up
from corpus.marks import Quotation, find_quotations
from corpus.names import read_cast
from corpus.phrases import QUOTED
from corpus.posts import Post, find_posts
from corpus.sentences import Span, read_layout, sentences
from corpus.source import Source
from corpus.speech import Scene, Speaker, note_staff, read_handles
from corpus.voices import is_employee, is_industry, is_staff, lost_something, outsider_voice, publisher_voice

KNOWN = (
    "Twitter", "X Corp", "X", "Facebook", "Meta", "Instagram", "WhatsApp", "YouTube", "Google", "Alphabet",
    "Reddit", "TikTok", "ByteDance", "Tumblr", "Automattic", "Verizon Media", "Twitch", "Discord", "Telegram",
    "Snapchat", "Snap", "LinkedIn", "Pinterest", "Medium", "Substack", "Patreon", "PayPal", "GoFundMe",
    "Kickstarter", "Etsy", "Steam", "Valve", "Apple", "Spotify", "SoundCloud", "Amazon", "Amazon Web Services",
    "Vimeo", "Periscope", "Vine", "Parler", "Gab", "Truth Social", "Mastodon", "Bluesky", "Threads", "Weibo",
    "WeChat", "Tencent", "VKontakte", "VK", "Quora", "Flickr", "OnlyFans", "Pornhub", "MindGeek", "Mailchimp",
    "Shopify", "Stripe", "Cloudflare", "GitHub", "Wattpad", "DeviantArt", "LiveJournal", "MySpace", "Roblox",
    "Clubhouse", "Rumble", "Odysee", "BitChute", "Minds", "MeWe", "Nextdoor", "Tinder", "Microsoft", "Yahoo",
    "Wikipedia", "Wikimedia Foundation", "Imgur", "Venmo", "Airbnb", "Uber", "Eventbrite",
)  # fmt: skip
"""Platforms and the companies that run them, by the names that news gives them."""


OFFICIAL = re.compile(
    r"(\w+?)_?(?:safety|support|comms|policy|hq|help|news|gov|eng|engineering|press|security|transparency|app"
    r"|inc|official)?",
    re.IGNORECASE,
)


STRAY_MARKS = re.compile("[“”„«»\"‘]|'{3,}")
"""Marks that found no partner go: the library's time grows with the square of their number."""


def find_statements(
    text: str, start: int, end: int, *, source: Source, platforms: Sequence[str] = KNOWN
) -> tuple[Statement, ...]:
    """Find who says what in `text[start:end]`.

    Returns:
        Statements in order, none overlapping another. The speaker's own words are `post` and `direct`; whatever
        the publisher wrote, with or without a speaker in it, is `mixed`, `reported` or `narration`.
    """
    body = text[start:end]
    pattern = _platform_pattern(platforms)
    layout = read_layout(body)
    posts = find_posts(body, layout)
    paragraphs = list(_without(layout.paragraphs, posts))
    quotations = find_quotations(body, paragraphs)
    masked = _mask(body, posts, quotations)
    scene = _scene(body, masked, posts, quotations, pattern)
    drafts = _read_paragraphs(scene, masked, paragraphs, quotations)
    drafts += [_post_draft(post) for post in posts]
    drafts.sort(key=lambda draft: draft.span)
    return tuple(
        _statement(draft, voice, source, start) for draft, voice in _with_voices(body, drafts, pattern, source)
    )


def _platform_pattern(platforms: Sequence[str]) -> "re.Pattern[str]":
    names = "|".join(re.escape(name) for name in sorted(platforms, key=len, reverse=True))
    return re.compile(rf"(?<!Malcolm )(?<![\w#@/.-])(?:{names or '(?!)'})(?![\w-])(?!\.com)(?: Inc\.?| Corp\.?)?")


def _without(paragraphs: Sequence[Span], posts: Sequence[Post]) -> Iterator[Span]:
    """Cut the blocks of posts out of the paragraphs."""
    blocks = [(post.block_start, post.block_end) for post in posts]
    number = 0
    for low, high in paragraphs:
        while number < len(blocks) and blocks[number][1] <= low:
            number += 1
        for block_low, block_high in blocks[number:]:
            if block_low >= high:
                break
            if low < block_low:
                yield low, block_low
            low = max(low, block_high)
        if low < high:
            yield low, high


def _mask(body: str, posts: Sequence[Post], quotations: Sequence[Quotation]) -> str:
    """Blank what is not the publisher's: posts become spaces, quotations a run of one sign."""
    holes = [(post.block_start, post.block_end, " " * (post.block_end - post.block_start)) for post in posts]
    holes += [(quoted.open, quoted.close, QUOTED * (quoted.close - quoted.open)) for quoted in quotations]
    return _fill(body, holes)


def _plain(body: str, posts: Sequence[Post], quotations: Sequence[Quotation]) -> str:
    """Make quotations one word each, so that the library, which loses count of marks, finds the sentences."""
    holes = [(post.block_start, post.block_end, " " * (post.block_end - post.block_start)) for post in posts]
    for quoted in quotations:
        stop = "." if body[quoted.end - 1] in ".!?…" else "x"
        first = "x" if body[quoted.start].islower() else "X"
        holes.append((quoted.open, quoted.close, first + "x" * (quoted.close - quoted.open - 2) + stop))
    return STRAY_MARKS.sub(lambda mark: " " * len(mark[0]), _fill(body, holes))


def _fill(body: str, holes: list[tuple[int, int, str]]) -> str:
    pieces, position = [], 0
    for low, high, filling in sorted(holes):
        pieces += [body[position:low], filling]
        position = high
    return "".join([*pieces, body[position:]])


def _scene(
    body: str, masked: str, posts: Sequence[Post], quotations: Sequence[Quotation], pattern: "re.Pattern[str]"
) -> Scene:
    places = [(match.start(), match[0]) for match in pattern.finditer(masked)]
    handles = read_handles(body, [(post.name, post.handle) for post in posts])
    cast = read_cast(masked)
    note_staff(masked, cast, places)
    plain = _plain(body, posts, quotations)
    return Scene(body, masked, cast, pattern, places, plain, handles)


def _post_draft(post: Post) -> Draft:
    speaker = Speaker(post.name or f"@{post.handle}", handle=post.handle, person=True)
    return Draft((post.start, post.end), (post.block_start, post.block_end), Kind.POST, speaker, date=post.date)


def _read_paragraphs(
    scene: Scene, masked: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> list[Draft]:
    read: list[list[Sentence]] = []
    lead: Sentence | None = None
    waiting = iter(quotations)
    quotation = next(waiting, None)
    unbroken = [(quoted.open, quoted.close) for quoted in quotations]
    for spans in sentences(scene.plain, paragraphs, unbroken):
        paragraph: list[Sentence] = []
        for span in join_questions(scene.body, masked, spans):
            inside = []
            while quotation and quotation.open < span[1]:
                inside.append(quotation)
                quotation = next(waiting, None)
            paragraph.append(read_sentence(scene, span, inside))
        read_paragraph(scene, paragraph, lead)
        lead = paragraph[-1] if paragraph and paragraph[-1].words.endswith(":") else None
        read.append(paragraph)
    drafts = [draft for paragraph in read for sentence in paragraph for draft in sentence.drafts]
    return [*drafts, *_listed(scene.body, [paragraph for paragraph in read if paragraph])]


def _listed(body: str, paragraphs: Sequence[Sequence[Sentence]]) -> Iterator[Draft]:
    """Draft what sentences that end in a colon list, or these alone where nobody's words follow."""
    lead: Sentence | None = None
    items: list[Sentence] = []
    for paragraph in (*paragraphs, ()):
        if lead and _is_item(paragraph):
            items.append(paragraph[0])
            continue
        after = items[0] if items else paragraph[0] if paragraph else None
        if lead and len(items) > 1:
            yield from read_list(lead, items)
        elif lead and leads_up(lead.words) and not _is_said(body, lead, after):
            yield from read_list(lead, [lead])
        last = paragraph[-1] if paragraph else None
        lead = last if last and last.words.endswith(":") and not last.drafts else None
        items = []


def _is_item(paragraph: Sequence[Sentence]) -> bool:
    return len(paragraph) == 1 and paragraph[0].listed and not paragraph[0].drafts


def _is_said(body: str, lead: Sentence, after: Sentence | None) -> bool:
    """Say whether a quotation or a post, which is cut out of the paragraphs, stands behind a sentence."""
    between = body[lead.span[1] : after.span[0] if after else len(body)]
    return bool(after and after.quotations) or any(letter.isalnum() for letter in between)


def _with_voices(
    body: str, drafts: Sequence[Draft], pattern: "re.Pattern[str]", source: Source
) -> Iterator[tuple[Draft, Voice]]:
    voices = [_voice(body, draft, pattern, source) for draft in drafts]
    stances: dict[str, Counter[Voice]] = {}
    for draft, voice in zip(drafts, voices, strict=True):
        if draft.speaker and voice not in (Voice.PLATFORM, Voice.REPORTER):
            stances.setdefault(draft.speaker.name, Counter())[voice] += 1
    for draft, voice in zip(drafts, voices, strict=True):
        stance = stances.get(draft.speaker.name) if draft.speaker else None
        if stance and voice is not Voice.PLATFORM:
            voice = Voice.AFFECTED if stance[Voice.AFFECTED] else _settled(stance, voice)
        yield draft, voice


def _settled(stance: "Counter[Voice]", voice: Voice) -> Voice:
    """Give a speaker who takes sides elsewhere in the text his side where he only states something."""
    return stance.most_common(1)[0][0] if voice is Voice.REPORTER else voice


def _voice(body: str, draft: Draft, pattern: "re.Pattern[str]", source: Source) -> Voice:
    words = body[slice(*draft.span)]
    if draft.kind is Kind.NARRATION:
        return publisher_voice(words)
    speaker = draft.speaker
    if speaker is None:
        return outsider_voice(words, draft.kind)
    if speaker.platform or is_industry(speaker.name) or _is_official(speaker, pattern):
        return Voice.PLATFORM
    office = f"{speaker.role or ''} {speaker.name}"
    if is_staff(office, pattern):
        return Voice.PLATFORM
    if not draft.kind.is_quotation and is_employee(office, pattern):  # what he let out, in the publisher's words
        return Voice.REPORTER
    voice = outsider_voice(words, draft.kind)
    if voice is not Voice.AFFECTED and draft.kind is Kind.DIRECT and lost_something(_around(body, draft)):
        return Voice.AFFECTED
    return voice


def _around(body: str, draft: Draft) -> str:
    """Give the publisher's words about a speaker that stand beside a quotation."""
    return f"{body[draft.block[0] : draft.span[0]]} {body[draft.span[1] : draft.block[1]]}"


def _is_official(speaker: Speaker, pattern: "re.Pattern[str]") -> bool:
    """Say whether a handle is a platform's own: @murmursafety."""
    match = OFFICIAL.fullmatch(speaker.handle) if speaker.handle else None
    return match is not None and any(pattern.fullmatch(form) for form in (match[1], match[1].title(), match[1].upper()))


def _statement(draft: Draft, voice: Voice, source: Source, shift: int) -> Statement:
    speaker = draft.speaker
    narrated = draft.kind is Kind.NARRATION
    via = draft.via if draft.via and draft.via.removeprefix("the ") != source.publisher else None
    return Statement(
        start=draft.span[0] + shift,
        end=draft.span[1] + shift,
        block_start=min(draft.block[0], draft.span[0]) + shift,
        block_end=max(draft.block[1], draft.span[1]) + shift,
        kind=draft.kind,
        voice=voice,
        source_ids=(source.id,),
        speaker=speaker.name if speaker else (source.publisher if narrated else None),
        role=speaker.role if speaker and speaker.role != speaker.name else None,
        handle=speaker.handle if speaker else None,
        date=draft.date,
        via=via,
    )
