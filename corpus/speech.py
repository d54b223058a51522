"""Cues of speech -> named speakers: whom "he", "the company" or a surname means at a place in a text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.handles import HANDLE
from corpus.lexicon import DOCUMENTS, ORGANISATIONS, PLATFORM_WORDS
from corpus.names import Cast, Person, first_name_gender, surname
from corpus.phrases import Mention

LOOK_BACK_CHARS = 2500
SHORT_BACK_CHARS = 400
SAME_ROLE = {
    "spokeswoman": "spokesperson", "spokesman": "spokesperson", "representative": "spokesperson",
    "congressman": "lawmaker", "congresswoman": "lawmaker", "senator": "lawmaker", "sen": "lawmaker", "rep": "lawmaker",
    "co-founder": "founder", "attorney": "lawyer", "organizer": "organiser",
}  # fmt: skip
"""Roles that later words may name otherwise."""
NAMED_HANDLE = re.compile(rf"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}}),? \({HANDLE.pattern}\)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: a name or a role to show, and what is known of it."""

    name: str
    role: str | None = None
    gender: str | None = None
    handle: str | None = None
    person: bool = False
    platform: bool = False


@dataclass(slots=True)
class Scene:
    """What a reader of a text knows at a place in it: who was named, who spoke last.

    `body` is the text, `text` the same with what others than the publisher wrote blanked out.
    """

    body: str
    text: str
    cast: Cast
    platforms: re.Pattern[str]
    platform_places: list[tuple[int, str]]
    plain: str
    handles: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Speaker] = field(default_factory=dict)
    last: Speaker | None = None
    last_place: int = -LOOK_BACK_CHARS
    focus: Person | None = None
    focus_place: int = -LOOK_BACK_CHARS

    def heard(self, speaker: Speaker, place: int) -> None:
        """Remember that somebody spoke."""
        self.last, self.last_place = speaker, place
        for words in (speaker.role, None if speaker.person else speaker.name):
            noun = _head_noun(words) if words else None
            if noun:
                self.roles[SAME_ROLE.get(noun, noun)] = speaker

    def noticed(self, low: int, high: int) -> None:
        """Remember whom a sentence without speech is about."""
        person = self.cast.first_in(low, high, None)
        if person:
            self.focus, self.focus_place = person, low

    def resolve(
        self, mention: Mention, place: int, sentence: tuple[int, int], before: tuple[int, int] | None
    ) -> Speaker | None:
        """Find whom a noun phrase means.

        Args:
            place: where it stands in the text.
            sentence: the sentence that it stands in, and `before` the one before it in the same paragraph.
        """
        if mention.name:
            return self._named(mention)
        if mention.pronoun:
            return self._pronoun(mention.pronoun, place, sentence, before)
        return self._role(mention, place)

    def _named(self, mention: Mention) -> Speaker:
        name = mention.name or ""
        if name[0] == "@":
            known = next((who for who, handle in self.handles.items() if handle.lower() == name[1:].lower()), None)
            return Speaker(known or name, handle=name[1:], person=True)
        whole = self.cast.resolve(name, mention.gender)
        person = self.cast.person(whole)
        if person is None and self.platforms.fullmatch(name):
            return Speaker(name, platform=True)
        role = mention.role if mention.role and len(mention.role) > 4 else None
        organised = role is not None and _head_noun(role) in ORGANISATIONS
        if person is not None and role and (not person.role or len(role) > len(person.role)):
            person.role = role
        return Speaker(
            whole,
            role or (person.role if person else None),
            mention.gender or (person.gender if person else None),
            self.handles.get(whole),
            person=not organised and (person is not None or first_name_gender(whole) is not None),
        )

    def _pronoun(
        self, pronoun: str, place: int, sentence: tuple[int, int], before: tuple[int, int] | None
    ) -> Speaker | None:
        if pronoun == "it":
            return self._organisation(place, sentence[0])
        if pronoun == "they":
            return self.last if self.last_place > place - LOOK_BACK_CHARS else None
        if pronoun not in ("he", "she"):
            return None
        person = self.cast.first_in(sentence[0], place, pronoun)
        if person is None and before:
            person = self.cast.first_in(*before, pronoun)
        if person is None and self.focus and self.focus_place > max(self.last_place, place - LOOK_BACK_CHARS):
            person = self.focus if self.focus.gender in (None, pronoun) else None
        recent = self.last is not None and self.last_place > place - LOOK_BACK_CHARS
        if person is None and recent and self.last and self.last.person and self.last.gender in (None, pronoun):
            return replace(self.last, gender=pronoun)
        if person is None and recent and self.last and not self.last.platform and self.last.gender == pronoun:
            return self.last
        person = person or self.cast.before(place, place - LOOK_BACK_CHARS, pronoun)
        if person:
            return Speaker(person.name, person.role, pronoun, self.handles.get(person.name), person=True)
        if recent and self.last and not self.last.platform and self.last.gender in (None, pronoun):
            return self.last
        return None

    def _organisation(self, place: int, sentence_start: int | None = None) -> Speaker | None:
        named = self.platform_before(place)
        if named and sentence_start is not None and self._platform_place(place) >= sentence_start:
            return Speaker(named, platform=True)
        if (
            self.last
            and not self.last.person
            and self.last_place > place - SHORT_BACK_CHARS
            and not _is_plural(self.last.name)
        ):
            return self.last
        if named:
            return Speaker(named, platform=True)
        recent = self.last is not None and self.last_place > place - LOOK_BACK_CHARS
        return self.last if recent and self.last and not self.last.person else None

    def _platform_place(self, place: int) -> int:
        number = bisect_left(self.platform_places, (place, ""))
        return self.platform_places[number - 1][0] if number else -LOOK_BACK_CHARS

    def platform_before(self, place: int) -> str | None:
        number = bisect_left(self.platform_places, (place, ""))
        if number and self.platform_places[number - 1][0] > place - LOOK_BACK_CHARS:
            return self.platform_places[number - 1][1]
        return None

    def _role(self, mention: Mention, place: int) -> Speaker | None:
        role, noun = mention.role or "", mention.noun or ""
        words = role.split()
        if self.platforms.fullmatch(role):
            return Speaker(role, platform=True)
        bare = len(words) <= 3 and not any(word[0].isupper() for word in words)
        definite = re.match(r"(?:the|its|that|this)\b", self.text[place : place + 5], re.IGNORECASE)
        if noun in DOCUMENTS:
            owner = self.platforms.search(role)
            if owner:
                return Speaker(owner[0], platform=True)
            return self._organisation(place) or (self.last if definite else None)
        if bare and noun in PLATFORM_WORDS and (definite or re.search(r"social", role)):
            named = self.platform_before(place)
            if named:
                return Speaker(named, platform=True)
        known = self.roles.get(SAME_ROLE.get(noun, noun))
        if bare and known and definite:
            return known
        if bare and noun.startswith(("spokes", "representative")) and len(words) == 1:
            named = self.platform_before(place)
            if named:
                return Speaker(f"{named} {noun}", role, mention.gender)
        plain = role.lower().startswith("former") or not re.search(r"['’]s?\s| (?:of|for|at|from|with|in) ", role)
        if definite and plain and not _is_plural(role) and noun not in ORGANISATIONS:
            meant = self._epithet(noun, place, role.lower().startswith("former"))
            if meant:
                return meant
        owner_word = words[0].lower() if words else ""
        if owner_word in ("his", "her") and len(words) > 1:
            owner_person = self.cast.before(place, place - LOOK_BACK_CHARS, "he" if owner_word == "his" else "she")
            if owner_person:
                role = f"{surname(owner_person.name)}'s {' '.join(words[1:])}"
        return Speaker(role, role, mention.gender)

    def _epithet(self, noun: str, place: int, former: bool) -> Speaker | None:
        """Find whom "the governor", "the singer" or "the 34-year-old" means."""
        if former and self.last and self.last.person:
            return self.last
        titled = TITLE_OF.get(noun, noun)
        for _, person in reversed(self.cast.mentions[: bisect_left(self.cast.places, place)][-30:]):
            if person.role and re.search(rf"\b(?:{re.escape(noun)}|{titled})\b", person.role, re.IGNORECASE):
                return Speaker(person.name, person.role, person.gender, self.handles.get(person.name), person=True)
        if self.focus and self.focus_place > max(self.last_place, place - LOOK_BACK_CHARS):
            return Speaker(self.focus.name, self.focus.role, self.focus.gender, person=True)
        if self.last and self.last.person and self.last_place > place - LOOK_BACK_CHARS:
            return self.last
        return None


TITLE_OF = {
    "governor": "gov", "senator": "sen", "congressman": "rep", "congresswoman": "rep", "representative": "rep",
    "lawmaker": "rep|sen", "councillor": "cllr", "general": "gen", "doctor": "dr", "professor": "prof",
}  # fmt: skip


def _is_plural(role: str) -> bool:
    noun = _head_noun(role) or ""
    return noun.endswith("s") and not noun.endswith("ss")


def _head_noun(words: str) -> str | None:
    """Give the last word of a role before its complement: "spokesman" of "spokesman for the group"."""
    core = re.split(r"\s(?:of|for|at|from|with|in|behind|that|who)\s", words)[0].split()
    return core[-1].lower().rstrip(".") if core else None


OFFICER_BEFORE = re.compile(r"(?:['’]s)?(?:,? (?:[a-z][\w&/-]*|[A-Z]{2,4}|[A-Z]\w+)){1,9}?,? $")
OFFICER_AFTER = re.compile(
    r",? (?:who (?:runs|leads|heads)|(?:[\w'’&/-]+ ){1,9}?(?:at|of|for|with)) $|,(?: [\w&/-]+){0,3} $"
)
OWNED_OFFICE = re.compile(r"['’]s((?: (?!who\b|which\b)\w[\w-]*){1,8})(?=[,.;])")
OFFICE = re.compile(r".*")
STAFF_WORDS = re.compile(
    r"\b(?:spokes\w+|chief|ceo|cto|coo|cfo|head|director|president|manager|founder|co-founder|engineer|officer"
    r"|counsel|runs"
    r"|leads|heads|executive|representative|boss|chairman)\b",
    re.IGNORECASE,
)
OUTSIDER_WORDS = re.compile(
    r"\b(?:former|ex-\w+|users?|critic|page|group|account|channel|investor|and)\b", re.IGNORECASE
)
APPOSED_CHARS = 90


def note_staff(text: str, cast: Cast, platforms: Sequence[tuple[int, str]]) -> None:
    """Give the people of "Murmur's chief executive, Jane Roe" and "Jane Roe, head of policy at Murmur" their role."""
    for at, name in platforms:
        end = at + len(name)
        following = _next_mention(cast, end)
        if following and following[0] - end < APPOSED_CHARS:
            _note_role(following[1], text[end : following[0]], name, OFFICER_BEFORE)
        number = bisect_left(cast.places, at) - 1
        if number >= 0:
            place, person = cast.mentions[number]
            after = place + len(person.name)
            if text.startswith(person.name, place) and after < at and at - after < APPOSED_CHARS:
                owned = OWNED_OFFICE.match(text, end) if text[after:at].strip() == "," else None
                if owned:
                    _note_role(person, owned[1], name, OFFICE)
                else:
                    _note_role(person, text[after:at], name, OFFICER_AFTER)


def _next_mention(cast: Cast, place: int) -> tuple[int, Person] | None:
    number = bisect_left(cast.places, place)
    return cast.mentions[number] if number < len(cast.mentions) else None


def _note_role(person: Person, between: str, platform: str, form: "re.Pattern[str]") -> None:
    fits = form.fullmatch(between) and STAFF_WORDS.search(between) and not OUTSIDER_WORDS.search(between)
    if fits and platform not in (person.role or ""):
        role = re.sub(r"^['’]s|^,? x\b|\b(?:at|of|for|with) $|,", "", between).strip()
        person.role = f"{platform} {re.sub(r'^(?:an?|the|its) ', '', role)}"


def read_handles(text: str, named: Sequence[tuple[str | None, str]]) -> dict[str, str]:
    """Map display names to handles, from "Jane Roe (@janeroe)" and from embedded posts."""
    handles = {match["name"]: match[2] for match in NAMED_HANDLE.finditer(text)} if "(@" in text else {}
    handles.update({name: handle for name, handle in named if name})
    return handles
