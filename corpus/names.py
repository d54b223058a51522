"""Running text -> the people and organisations that it names, and whom a later word means."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from corpus.lexicon import CALENDAR, FEMALE, LEADS, MALE, OFFICES, ORGANISED, PARTIES, TITLES

WORD = r"[A-ZÀ-ÖØ-Þ][\w'’À-ÿ-]*[\wÀ-ÿ]|[A-Z]\.(?:[A-Z]\.)*|[A-Z]"
PARTICLE = r"(?:de|da|del|della|di|du|la|le|van|von|der|den|bin|ibn|al|el|ter|dos|y)"
ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Cllr|Insp|Amb|Atty|Cpl|Fr|Gen|Lt|Sgt|Col|Capt|Rev|Hon|Prof"
    r"|St|Maj|Adm|Cmdr|Det|Supt|Jr|Sr)\."
)
GAP = r"[ \u00a0]"
RUN = re.compile(
    rf"(?:\b{ABBREVIATION}|(?<![\w@#])(?:{WORD}))"
    rf"(?:{GAP}(?:{PARTICLE}{GAP}){{0,2}}(?:{ABBREVIATION}|[“\"][A-Z]\w+[”\"]|{WORD}|&(?= [A-Z])))*"
)
"""A run of capitalised words, titles and particles among them."""


@dataclass(slots=True)
class Person:
    """Somebody whom the text names in full."""

    name: str
    first: int
    gender: str | None = None
    role: str | None = None
    count: int = 1


@dataclass(slots=True)
class Cast:
    """The people of one text, by full name and by last name, and where each is mentioned, in order."""

    people: dict[str, Person] = field(default_factory=dict)
    by_surname: dict[str, list[Person]] = field(default_factory=dict)
    by_first: dict[str, list[Person]] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    mentions: list[tuple[int, Person]] = field(default_factory=list)
    owners: set[int] = field(default_factory=set)

    def resolve(self, name: str, gender: str | None = None) -> str:
        """Give the full name that a part of a name stands for, or the part itself."""
        if name in self.people:
            return name
        last = surname(name)
        known = self.by_surname.get(last, []) or self.by_surname.get(last.removesuffix("s"), [])
        words = name.split()
        if len(words) == 1 and not known and len(self.by_first.get(name, [])) == 1:
            return self.by_first[name][0].name
        if len(words) > 1:
            known = [person for person in known if person.name.split()[0] == words[0]]
        fitting = [person for person in known if gender is None or person.gender in (None, gender)]
        if not fitting:
            return name
        return max(fitting, key=lambda person: (person.count, -person.first)).name

    def person(self, name: str) -> Person | None:
        return self.people.get(name)

    def before(self, place: int, floor: int, gender: str | None) -> Person | None:
        """Find the person last mentioned in `floor:place` whose gender does not forbid it."""
        for _, person in reversed(self.mentions[bisect_left(self.places, floor) : bisect_left(self.places, place)]):
            if gender is None or person.gender in (None, gender):
                return person
        return None

    def first_in(self, low: int, high: int, gender: str | None) -> Person | None:
        """Find the person first mentioned in a span: by habit the subject of its sentence."""
        fitting = [
            (at, person)
            for at, person in self.mentions[bisect_left(self.places, low) : bisect_left(self.places, high)]
            if gender is None or person.gender in (None, gender)
        ]
        owners = [person for at, person in fitting if at in self.owners]
        return next((person for at, person in fitting if at not in self.owners), next(iter(owners), None))


def surname(name: str) -> str:
    words = [word for word in name.split() if word.rstrip(".,").lower() not in ("jr", "sr", "ii", "iii", "iv")]
    return re.sub(r"['’]s$", "", words[-1]) if words else name


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words, taken apart: what leads up to a name, and the name."""

    title: str
    name: str
    gender: str | None


def split_title(run: str) -> Name:
    """Part the titles (and what stands before them) from the name in a run of capitalised words.

    `name` is empty where the run is a title only.
    """
    words = run.split()
    cut = 0
    while cut < len(words) and words[cut].lower().strip("’'") in LEADS and words[cut].lower() != "may":
        cut += 1
    words = words[cut:]
    last_title = -1
    for number, word in enumerate(words):
        plain = word.lower().rstrip(".")
        if plain in TITLES and (number + 1 < len(words) or number == last_title + 1):
            last_title = number
    title, rest = words[: last_title + 1], words[last_title + 1 :]
    while len(rest) > 2 and _is_office(rest[0]) and is_person(" ".join(rest[1:])):
        title, rest = [*title, rest[0]], rest[1:]
    while len(rest) > 1 and rest[-1].rstrip(".") in SUFFIXES:
        rest = rest[:-1]
    return Name(" ".join(title), " ".join(rest), _title_gender(title))


SUFFIXES = frozenset({"MP", "MSP", "MEP", "MBE", "OBE", "CBE", "QC", "KC", "PhD", "Esq", "TD", "MD"})


def _is_office(word: str) -> bool:
    return word in PARTIES or word in OFFICES or bool(HYPHENATED.match(word))


HYPHENATED = re.compile(r"[A-Z][a-z]+-(?:of-)?[a-z]+")  # "Mum-of-three Jane Roe"


def _title_gender(title: list[str]) -> str | None:
    words = {word.lower().rstrip(".") for word in title}
    if words & {"mr", "sir", "lord", "congressman", "chairman", "spokesman", "king", "prince", "father", "businessman"}:
        return "he"
    if words & {
        "mrs",
        "ms",
        "dame",
        "lady",
        "congresswoman",
        "chairwoman",
        "spokeswoman",
        "queen",
        "princess",
        "actress",
    }:
        return "she"
    return None


def first_name_gender(name: str) -> str | None:
    first = name.split()[0].lower().split("-")[0] if name else ""
    return "he" if first in MALE else "she" if first in FEMALE else None


def is_person(name: str) -> bool:
    """Whether a run looks like a person's full name: two to five words, none of them an organisation's."""
    words = name.split()
    if not 2 <= len(words) <= 5:
        return False
    lowered = [word.lower().strip(".,'’") for word in words]
    if any(word in ORGANISED or word in CALENDAR or word in LEADS for word in lowered):
        return False
    return not any(len(word) > 2 and word.isupper() and word.isalpha() for word in words)


PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)


def read_cast(text: str) -> Cast:
    """Find who is named in a text.

    A person is known by a full name; a surname alone counts as a mention of the person who bears it. Gender
    comes from titles, then from the commonest first names, then from the pronouns that follow.
    """
    cast = Cast()
    runs: list[tuple[int, Name]] = []
    for match in RUN.finditer(text):
        run = re.sub(r"['’]s?$", "", match[0])
        parts = split_title(run)
        if not parts.name:
            continue
        at = match.start() + run.rfind(parts.name)
        if len(run) < len(match[0]):
            cast.owners.add(at)
        runs.append((at, parts))
        if is_person(parts.name):
            _enter(cast, parts, at)
    for at, parts in runs:
        name = parts.name if parts.name in cast.people else cast.resolve(parts.name, parts.gender)
        person = cast.people.get(name)
        if person:
            person.count += 1
            person.gender = person.gender or parts.gender
            person.role = person.role or parts.title or None
            cast.mentions.append((at, person))
    cast.places = [at for at, _ in cast.mentions]
    _guess_genders(text, cast)
    return cast


def _enter(cast: Cast, parts: Name, at: int) -> None:
    if parts.name in cast.people:
        return
    person = Person(parts.name, at, parts.gender or first_name_gender(parts.name), parts.title or None)
    cast.people[parts.name] = person
    cast.by_first.setdefault(parts.name.split()[0], []).append(person)
    cast.by_surname.setdefault(surname(parts.name), []).append(person)


def _guess_genders(text: str, cast: Cast) -> None:
    votes: dict[str, Counter[str]] = {}
    for number, (at, person) in enumerate(cast.mentions):
        if person.gender:
            continue
        end = min(at + 250, cast.places[number + 1] if number + 1 < len(cast.places) else at + 250)
        found = PRONOUN.search(text, at, end)
        if found:
            pronoun = "he" if found[0].lower() in ("he", "his", "him") else "she"
            votes.setdefault(person.name, Counter())[pronoun] += 1
    for name, counted in votes.items():
        cast.people[name].gender = counted.most_common(1)[0][0]
