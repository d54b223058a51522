"""Sentences with their quotation marks and verbs of speech -> drafts of statements: whose words they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.document import Kind
from corpus.furniture import OPENER, WORDS, is_told
from corpus.grammar import Cue, find_cues, is_denied, may_speak, sentence_subject
from corpus.lexicon import BASE, POST_VERBS, REPORTING, ROLE_NOUNS, SOME, TITLES
from corpus.marks import Quotation
from corpus.outlets import via_outlet
from corpus.phrases import QUOTED, head, tokenize
from corpus.sentences import CLOSERS, Span
from corpus.speech import Scene, Speaker

REPORTED_BY = REPORTING | BASE | {
    "according to", "saying", "arguing", "claiming", "insisting", "alleging", "warning", "announcing", "denying",
}  # fmt: skip

POSTED_ON = re.compile(
    r"\b(?:on|to|via) (?:Twitter|Facebook|Instagram|X|Reddit|Tumblr|Threads|Bluesky|Mastodon|Telegram|Truth"
    r" Social|Parler"
    r"|Gab|LinkedIn|Weibo|TikTok|YouTube)\b|\bin (?:a|an|another|one|his|her|its) (?:\w+ ){0,3}?(?<!blog"
    r" )(?:tweet|thread"
    r"|Facebook post|Instagram post|social media post)\b"
)


DATELINE = re.compile(
    r"[A-Z][A-Z .’'-]{2,30}(?:, [A-Z][\w. ]{1,20})?(?:,? \(?[A-Z][a-z]{2,8}\.? \d{1,2}\)?)?(?: \([\w"
    r" .&]{2,40}\))? ?(?:—|–|--|-) ?(?=\S)"
)


BULLET = re.compile(r"(?:[#>*•–—-]{1,6}[ \t]+|\d{1,2}[.)][ \t]+)+(?=\S)")


NOTE = re.compile(r"(?:\[(?:\d+|[a-z][^\]\n\"“”]{0,40})\]\s*)+(?=\S)")
"""Marks of notes in front of a sentence, which belong to the one before it: `[3]`, `[citation needed]`."""


LONGEST_SENTENCE_CHARS = 8000
"""More is no sentence: a quoted letter of several pages is still one."""


LIST_WORDS = 40
"""From here on a list is parted."""


BESIDE_WORDS = 14
"""So many words beside a quotation tell more than who speaks."""


LONG_QUOTATION_WORDS = 8
"""From here on, a whole sentence after a comma is speech even if no verb of speech is known."""


@dataclass(slots=True)
class Draft:
    """A statement whose voice is not told yet."""

    span: Span
    block: Span
    kind: Kind
    speaker: Speaker | None
    via: str | None = None
    date: str | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence and what was found in it; `listed` is what stands behind the mark of a list."""

    span: Span
    words: str
    masked: str
    quotations: list[Quotation]
    cues: list[Cue]
    drafts: list[Draft]
    speaker: Speaker | None = None
    listed: bool = False


ASKED = re.compile(
    rf"{QUOTED}\s*(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:\([^)]*\)\s*)?(?:said|asked|wrote|tweeted|added|says|told|replied)\b"
)


def join_questions(body: str, masked: str, spans: Sequence[Span]) -> list[Span]:
    """Join `"Why?"` with `Roe asked.`, but not `"It is gone."` with `Roe said that he would ask.`"""
    joined: list[Span] = []
    for low, high in spans:
        if (
            joined
            and masked[joined[-1][1] - 1] == QUOTED
            and ASKED.match(masked, joined[-1][1] - 1, min(high, low + 80))
            and body[joined[-1][0] : joined[-1][1]].rstrip(CLOSERS)[-1:] != "."
        ):
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def read_sentence(scene: Scene, span: Span, inside: list[Quotation]) -> Sentence:
    note = NOTE.match(scene.text, *span)
    low = note.end() if note else span[0]
    bullet = BULLET.match(scene.text, low, span[1])
    low = bullet.end() if bullet else low
    dateline = DATELINE.match(scene.text, low, span[1])
    low = dateline.end() if dateline else low
    words = scene.text[low : span[1]]
    cues = find_cues(tokenize(words)) if len(words) <= LONGEST_SENTENCE_CHARS and may_speak(words) else []
    listed = bullet is not None and "#" not in bullet[0]
    return Sentence((low, span[1]), scene.body[low : span[1]], words, inside, cues, [], listed=listed)


def read_paragraph(scene: Scene, paragraph: list[Sentence], lead: Sentence | None) -> None:
    """Draft the statements of a paragraph; `lead` is a sentence before it that ends in a colon."""
    for number, sentence in enumerate(paragraph):
        if len(sentence.words) > LONGEST_SENTENCE_CHARS:
            continue
        before = paragraph[number - 1] if number else lead
        after = paragraph[number + 1] if number + 1 < len(paragraph) else None
        if sentence.quotations:
            _read_quoting(scene, sentence, before, after)
        else:
            _read_plain(scene, sentence, before)


def read_list(lead: Sentence, items: Sequence[Sentence]) -> list[Draft]:
    """Draft a list of things that are no sentences, with the words in front of it, as one statement or a few."""
    drafts: list[Draft] = []
    start, words = lead.span[0], 0
    for number, item in enumerate(items):
        words += len(WORDS.findall(item.words))
        if words >= LIST_WORDS or number == len(items) - 1:
            kind = Kind.REPORTED if lead.speaker else Kind.NARRATION
            drafts.append(Draft((start, item.span[1]), (start, item.span[1]), kind, lead.speaker))
            start, words = items[number + 1].span[0] if number + 1 < len(items) else item.span[1], 0
    return drafts


def _resolve(scene: Scene, cue: Cue, sentence: Sentence, before: Sentence | None) -> Speaker | None:
    place = sentence.span[0] + cue.subject.start
    return scene.resolve(cue.subject, place, sentence.span, before.span if before else None)


def _read_plain(scene: Scene, sentence: Sentence, before: Sentence | None) -> None:
    """Read a sentence without quotation marks: reported speech or narration."""
    if sentence.words.endswith(":") and sentence.cues:
        sentence.speaker = _resolve(scene, sentence.cues[-1], sentence, before)
    if not is_told(sentence.words):
        return
    for cue in _closing_first(sentence):
        if cue.verb in REPORTED_BY and not is_denied(tokenize(sentence.masked), cue):
            speaker = _resolve(scene, cue, sentence, before) if _can_speak(cue) else None
            if speaker:
                sentence.speaker = speaker
                scene.heard(speaker, sentence.span[0] + cue.start)
                sentence.drafts.append(
                    Draft(sentence.span, sentence.span, Kind.REPORTED, speaker, via_outlet(sentence.masked, speaker))
                )
                return
    scene.noticed(*sentence.span)
    sentence.drafts.append(Draft(sentence.span, sentence.span, Kind.NARRATION, None))


def _closing_first(sentence: Sentence) -> list[Cue]:
    """Put ", Roe said." at the end of a sentence before the verbs in what Roe said."""
    last = sentence.cues[-1] if len(sentence.cues) > 1 else None
    if last and not last.participle and sentence.masked[: last.subject.start].rstrip().endswith(","):
        rest = sentence.masked[max(last.end, last.subject.start) :]
        if len(WORDS.findall(rest)) <= 6:
            return [last, *sentence.cues[:-1]]
    return sentence.cues


def _can_speak(cue: Cue) -> bool:
    """Say whether a subject is somebody: "experts said", not "the latest figures confirmed"."""
    noun = cue.subject.noun
    if noun is None or cue.verb == "according to":
        return True
    return not {noun, noun.removesuffix("s")}.isdisjoint(ROLE_NOUNS | TITLES | SOME)


def _read_quoting(scene: Scene, sentence: Sentence, before: Sentence | None, after: Sentence | None) -> None:
    """Read a sentence that holds quotation marks."""
    direct: list[tuple[Quotation, Cue | None]] = []
    for number, quotation in enumerate(sentence.quotations):
        cue = _cue_for(sentence, quotation)
        earlier = direct[-1] if direct and direct[-1][0] is sentence.quotations[number - 1] else None
        if _is_direct(scene.body, sentence, quotation, cue, earlier is not None):
            direct.append((quotation, cue or (earlier[1] if earlier else None)))
    if direct:
        _add_direct(scene, sentence, direct, before, after)
    elif is_told(sentence.words):
        _add_mixed(scene, sentence, before)


def _add_direct(
    scene: Scene,
    sentence: Sentence,
    direct: list[tuple[Quotation, Cue | None]],
    before: Sentence | None,
    after: Sentence | None,
) -> None:
    for quotation, cue in direct:
        speaker = _resolve(scene, cue, sentence, before) if cue else None
        block = sentence.span
        if cue is None and _is_alone(sentence.masked):
            speaker, block = _context_speaker(scene, sentence, quotation, before, after)
        elif cue is None:
            speaker = _introduced(scene, sentence, quotation, before)
        if speaker:
            sentence.speaker = speaker
            scene.heard(speaker, quotation.open)
        posted = speaker is not None and _is_posted(sentence, cue, speaker)
        if cue is None and before and before.drafts and before.speaker == speaker:
            posted = posted or before.drafts[-1].kind is Kind.POST
        kind = Kind.POST if posted else Kind.DIRECT
        shown = speaker
        if speaker and kind is Kind.DIRECT and not _names_handle(sentence, speaker):
            shown = replace(speaker, handle=None)
        via = via_outlet(sentence.masked, speaker)
        sentence.drafts.append(Draft((quotation.start, quotation.end), block, kind, shown, via))
    for low, high in _beside(scene.body, sentence):
        sentence.drafts.append(Draft((low, high), sentence.span, Kind.NARRATION, None))


def _beside(body: str, sentence: Sentence) -> Iterator[Span]:
    """Find what the publisher tells at length in front of somebody's words and behind them."""
    edges = [
        sentence.span[0],
        *(place for one in sentence.quotations for place in (one.open, one.close)),
        sentence.span[1],
    ]
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        words = list(WORDS.finditer(body, low, high))
        if len(words) >= BESIDE_WORDS:
            first = words[words[0][0] in REPORTING]  # Jane Roe in `said Jane Roe, who ...`
            yield first.start(), words[-1].end()


def _names_handle(sentence: Sentence, speaker: Speaker) -> bool:
    return speaker.handle is not None and f"@{speaker.handle}" in sentence.masked


def _is_posted(sentence: Sentence, cue: Cue | None, speaker: Speaker) -> bool:
    if cue is None:
        return _names_handle(sentence, speaker)
    if cue.verb in POST_VERBS or _names_handle(sentence, speaker):
        return True
    return bool(POSTED_ON.search(sentence.masked)) and cue.verb not in ("told", "tells")


def _add_mixed(scene: Scene, sentence: Sentence, before: Sentence | None) -> None:
    longest = max(sentence.quotations, key=lambda quotation: quotation.end - quotation.start)
    speaker = None
    for cue in _cues_for(sentence, longest):
        speaker = speaker or _resolve(scene, cue, sentence, before)
    if speaker is None and not sentence.cues and longest.end - longest.start > 20:
        speaker = _subject(scene, sentence, before)
        speaker = speaker if speaker and (speaker.person or speaker.platform or speaker.role in scene.roles) else None
    if speaker is None:
        sentence.drafts.append(Draft(sentence.span, sentence.span, Kind.NARRATION, None))
        return
    sentence.speaker = speaker
    scene.heard(speaker, longest.open)
    sentence.drafts.append(
        Draft(sentence.span, sentence.span, Kind.MIXED, speaker, via_outlet(sentence.masked, speaker))
    )


def _subject(scene: Scene, sentence: Sentence, before: Sentence | None) -> Speaker | None:
    mention = sentence_subject(tokenize(sentence.masked))
    if mention is None:
        return None
    place = sentence.span[0] + mention.start
    return scene.resolve(mention, place, sentence.span, before.span if before else None)


def _introduced(scene: Scene, sentence: Sentence, quotation: Quotation, before: Sentence | None) -> Speaker | None:
    """Find the speaker of `Jane Roe: "..."` and of `Roe had an answer: "..."`."""
    lead = sentence.masked[: max(0, quotation.open - sentence.span[0])].rstrip(" :")
    mention = head(tokenize(lead)) if len(lead) < 80 else None
    if mention and (mention.name or mention.noun):
        place = sentence.span[0] + mention.start
        return scene.resolve(mention, place, sentence.span, before.span if before else None)
    return _subject(scene, sentence, before) or scene.last


def _context_speaker(
    scene: Scene, sentence: Sentence, quotation: Quotation, before: Sentence | None, after: Sentence | None
) -> tuple[Speaker | None, Span]:
    """Find the speaker of a quotation that stands alone, and the block with the words that name him."""
    if quotation.continues and scene.last:
        return scene.last, sentence.span
    if before:
        block = (before.span[0], sentence.span[1])
        if before.quotations and before.speaker:
            return before.speaker, block
        if before.speaker:
            return before.speaker, block
        subject = _person_subject(scene, before)
        if subject:
            return subject, block
    if after and after.quotations and after.cues and not _is_alone(after.masked):
        cue = _cue_for(after, after.quotations[0]) or after.cues[0]
        speaker = _resolve(scene, cue, after, None)
        if speaker:
            return speaker, (sentence.span[0], after.span[1])
    return scene.last, sentence.span


def _person_subject(scene: Scene, sentence: Sentence) -> Speaker | None:
    mention = sentence_subject(tokenize(sentence.masked))
    if mention is None or (mention.noun and not mention.role):
        return None
    speaker = scene.resolve(mention, sentence.span[0] + mention.start, sentence.span, None)
    return speaker if speaker and (speaker.person or speaker.platform or mention.noun) else None


def _cue_for(sentence: Sentence, quotation: Quotation) -> Cue | None:
    """Choose the verb of speech that a quotation hangs on: the nearest with no other quotation between."""
    return next(iter(_cues_for(sentence, quotation)), None)


def _cues_for(sentence: Sentence, quotation: Quotation) -> list[Cue]:
    """Put the verbs of speech of a sentence in order of how likely a quotation hangs on them."""
    low, high = quotation.open - sentence.span[0], quotation.close - sentence.span[0]
    costs: list[tuple[int, int, Cue]] = []
    for number, cue in enumerate(sentence.cues):
        after = cue.start >= high
        between = sentence.masked[high : cue.start] if after else sentence.masked[cue.end : low]
        cost = len(between) + (150 if QUOTED in between else 0) + (40 if after and cue.participle else 0)
        if after and (between[:1] == "," or between[:2] == " —" or cue.inverted):
            cost -= 20
        if after and cue.subject.start < low and not cue.participle:
            cost += 60
        costs.append((cost, number, cue))
    return [cue for _, _, cue in sorted(costs, key=lambda item: item[:2])]


def _is_alone(masked: str) -> bool:
    return not WORDS.search(masked.replace(QUOTED, " "))


def _is_direct(body: str, sentence: Sentence, quotation: Quotation, cue: Cue | None, follows_direct: bool) -> bool:
    """Say whether a quotation is a clause of its own rather than a phrase in the publisher's sentence."""
    low, high = quotation.open - sentence.span[0], quotation.close - sentence.span[0]
    before, after = sentence.masked[:low].rstrip(), sentence.masked[high:].lstrip()
    words = body[quotation.start : quotation.end]
    count = len(WORDS.findall(words))
    upper = bool(OPENER.match(words)) or quotation.continues
    closing = words.rstrip("'’\"”")[-1:] or words[-1:]
    ended = closing in ".!?…" or closing in ",—–-"
    if _is_alone(sentence.masked):
        return count >= 1 and (ended or count >= 5) and (upper or count >= 5)
    if not before:
        if cue is None or not (ended or after[:1] in ",.—–" or cue.inverted):
            return False
        return upper or count >= 8
    if follows_direct and before[-1:] in ",.:;—–":
        return count >= 2
    if before[-1:] == ":":
        return count >= 2 and (upper or count >= 6)
    if cue is None and upper and words[-1:] in ".!?" and before[-1:] == "," and count >= LONG_QUOTATION_WORDS:
        return True
    if cue is None or not upper or count < 2:
        return False
    if re.search(r"\b(?:that|as|a|an|the|of|his|her|its|their|called|it|titled|entitled)$", before):
        return False
    return (before[-1:] in ",—–" and count >= 3) or (ended and count >= 3)
