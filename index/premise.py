"""A question that takes something for granted -> what of it no source found says, in one plain sentence each.

Only loaded words are looked at, ways to call people, measures or motives that take sides. That a word stands in no
source found is a fact that can be checked; nothing is said of whoever asks.
"""

import re
from collections.abc import Iterable, Sequence, Set

from index.answer import Claim
from index.clause import SPEECH
from index.lexical import stem_set, stems
from index.question import Asks, Question
from index.retrieve import Hit
from index.synonyms import GROUPS, LIKE, alike

PEOPLE = frozenset(stems(
    "patriot hero heroine martyr saint genius truther dissident innocent victim traitor coward thug goon criminal crook"
    " liar fraudster idiot moron fool clown loser snowflake sheep sheeple shill puppet stooge troll nazi fascist"
    " communist commie marxist racist bigot sexist misogynist homophobe antisemite extremist radical fanatic zealot"
    " terrorist jihadist insurrectionist rioter predator pedophile paedophile groomer monster villain tyrant dictator"
    " oligarch elitist globalist enemy leftist leftie rightist conservative liberal libtard populist nationalist"
    " supremacist separatist"
))  # fmt: skip
"""What people are called by those who take sides."""
LOADED = frozenset(stems(
    "innocent honest brave harmless peaceful loyal legal lawful corrupt evil wicked disgusting crazy insane"
    " stupid hateful bigoted biased unfair unfairly illegal illegally unlawful unlawfully unconstitutional unjust"
    " unjustly cruel shameful shamelessly cowardly tyrannical orwellian draconian woke treasonous"
    " silence silencing censor censorship muzzle gag persecute persecution crush destroy erase oppress bully"
    " betray betrayal steal rig spy tyranny conspiracy conspire coup massacre genocide hoax scam propaganda treason"
    " crusade vendetta blacklist whitewash brainwash"
))  # fmt: skip
"""Words for measures and those who take them that take sides, too."""
SAME = tuple(frozenset(stems(group)) for group in (
    "illegal illegally unlawful unlawfully", "unfair unfairly unjust unjustly wrongly",
    "innocent wrongly mistake error", "censor censorship silence silencing muzzle gag", "spy surveillance",
    "corrupt corruption bribe bribery",
))  # fmt: skip
"""Those of one sense, so that a source with one of them is not said to be without."""
DEEDS = tuple(frozenset(stems(group)) for group in (
    "fined fine penalty penalties", "sued sue suing lawsuit lawsuits court",
    "arrested arrest arrests jail jailed imprisoned imprisonment prison detained custody",
    "charged indicted prosecuted convicted conviction sentenced trial", "killed kill murdered murder death dead died",
    "apologised apologise apologized apologize apology sorry regret regrets",
    "compensated compensate compensation damages", "hacked hack hackers", "bribed bribe bribery", "raided raid",
    "boycotted boycott", "bankrupted bankrupt bankruptcy", "nationalised nationalized", "blackmailed blackmail",
    "extradited extradite extradition", "deported deport deportation",
))  # fmt: skip
"""What somebody may have done or suffered, so plain that sources would say it in one of these words."""
AMBIGUOUS = frozenset(
    stems("court died dead death killed kill murder charged charge trial sorry hack hackers regret fine raid")
)
"""Those of them that mean other things too, so that a question with one need not speak of the deed."""
WORD = re.compile(r"[A-Za-z][\w’'-]*")
MOTIVE = re.compile(
    r"\b(?:just |simply |merely |only )?(?:for|because (?:of|they|he|she|it|we)|over) "
    r"(?P<why>(?:(?:were|was|are|is|had|just|simply|always|never|the|their|his|her|its|being) )*[a-z]\w+"
    r"(?: [\w’'-]+){0,5})[?.! ]*$",
    re.IGNORECASE,
)
PERSONAL = re.compile(r"(?:being|\w+ing|their|his|her|they|he|she)\b", re.IGNORECASE)
"""How a motive begins that is somebody's own, rather than a word for the offence: `for spam`."""
RULES = frozenset(stems("break broke violate breach rule policy policies term guideline standard"))
"""Offences that every platform names; a question that has them takes no side."""
OPENING = ("being", "their", "his", "her")
DONE_TO = re.compile(r"\b(?P<was>was|were|got|been)\s+(?P<who>(?:[\w@’'.-]+\s){1,4}?)(?P<done>\w+ed)\b", re.IGNORECASE)
ACTS = frozenset(stems(GROUPS[0]))
DONE = ACTS | LOADED | frozenset(stems("lost lose punish target purging purges"))
"""What stands beside those to whom it was done, in a question that says who they are."""
CONCERNED = frozenset(stems("account user page member subreddit channel group forum profile handle"))
NEAR = 5
"""Words between what people are called and what tells that they are those concerned."""
TOLD = 0.5
"""The share of a motive's words in one passage from which on the motive counts as told."""


def unsaid(question: Question, hits: Sequence[Hit], claims: Sequence[Claim]) -> tuple[str, ...]:
    """Say what the question takes for granted and no source says, a sentence each; mostly nothing.

    Args:
        hits: what was found; what is said to be in no source must stand in none of it, nor in the claims.
    """
    motive, deed = _motive(question, hits), _deed(question, hits)
    told = {stem for sentence in motive for stem in stems(sentence)}
    called = [sentence for stem, sentence in _characterised(question, hits, claims) if stem not in told]
    return tuple(dict.fromkeys([*called, *motive, *deed]))


def deed_unsaid(question: Question, hits: Sequence[Hit]) -> bool:
    """Say whether what is asked about is a deed that no passage found speaks of."""
    return bool(_deed(question, hits))


def _characterised(question: Question, hits: Sequence[Hit], claims: Sequence[Claim]) -> list[tuple[str, str]]:
    """Find words that take sides, for people or for what was done, that no source found uses so, by their stems."""
    quoted = {stem for phrase in question.quoted for stem in stems(phrase)}
    words = WORD.findall(question.text)
    found = []
    for place, word in enumerate(words):
        stem = _stem_of(word)
        name = word[0].isupper() and question.text.find(word) > 0
        if name or stem in quoted or stem not in PEOPLE | LOADED:
            continue
        if stem in PEOPLE and word.endswith("s") and _are_concerned(words, place):
            if not _are_called(stem, _texts(hits, claims)) and not any(stem in stem_set(one.text) for one in claims):
                found.append((stem, f"Nothing found here calls those concerned “{word.lower()}”."))
        elif stem in LOADED and not _is_used(stem, _texts(hits, claims)):
            found.append((stem, f"Nothing found here uses the word “{word.lower()}”."))
    return found


def _texts(hits: Sequence[Hit], claims: Sequence[Claim]) -> list[str]:
    found = [f"{hit.passage.header}. {hit.passage.text}" for hit in hits]
    return found + [f"{claim.speaker or ''} {claim.role or ''} {claim.text}" for claim in claims]


def _are_concerned(words: Sequence[str], place: int) -> bool:
    """Say whether what was done stands beside a word of the question for people."""
    return not DONE.isdisjoint(stems(" ".join([*words[max(0, place - 3) : place], *words[place + 1 : place + NEAR]])))


def _are_called(stem: str, texts: Iterable[str]) -> bool:
    """Say whether a word stands close to an account or what was done to it: those concerned are called so."""
    for text in texts:
        if stem not in stem_set(text):
            continue
        words = [_stem_of(word) for word in text.split()]
        for place, word in enumerate(words):
            near = set(words[max(0, place - NEAR) : place + NEAR + 1])
            if word == stem and near & (ACTS | CONCERNED):
                return True
    return False


def _is_used(stem: str, texts: Iterable[str]) -> bool:
    """Say whether texts use a word, or one that begins alike."""
    same = next((group for group in SAME if stem in group), frozenset())
    return any(
        stem == other
        or other in same
        or (min(len(stem), len(other)) >= LIKE and (other.startswith(stem) or stem.startswith(other)))
        for text in texts
        for other in stem_set(text)
    )


def _motive(question: Question, hits: Sequence[Hit]) -> list[str]:
    """Find a motive that the question gives and no passage found has."""
    told = MOTIVE.search(question.text)
    if told is None or question.asks not in (Asks.WHY, Asks.WHETHER) or not PERSONAL.match(told["why"]):
        return []
    first = WORD.findall(told["why"])[0]
    words = set(stems(told["why"])) - RULES - set(stems(first) if first.lower() in OPENING else ())
    if not words or words & ACTS or "no reason" in told["why"].lower():
        return []
    if any(sum(_is_said(stem, held) for stem in words) / len(words) >= TOLD for held in map(_stems_of, hits)):
        return []
    return [f"Nothing found here gives “{told['why'].strip()}” as the reason."]


def _deed(question: Question, hits: Sequence[Hit]) -> list[str]:
    """Find what the question says somebody did or suffered and no passage found speaks of."""
    suffered = DONE_TO.search(question.text)
    for word in WORD.findall(question.text):
        stem = _stem_of(word)
        group = next((group for group in DEEDS if stem in group), frozenset())
        if not group or any(group & _stems_of(hit) for hit in hits):
            continue
        if suffered and suffered["done"] == word:
            was = "were" if suffered["was"].lower() == "were" else "was"
            return [f"Nothing found here says that {suffered['who'].strip()} {was} {word.lower()}."]
        if question.asks is not Asks.WHETHER and stem not in AMBIGUOUS:
            return [f"Nothing found here speaks of “{word.lower()}”."]
    return []


def _stem_of(word: str) -> str:
    """Return a word's stem; empty for a stop word."""
    return next(iter(stems(word)), "")


def _stems_of(hit: Hit) -> frozenset[str]:
    return stem_set(hit.passage.header) | stem_set(hit.passage.text)


def _is_said(stem: str, said: Set[str]) -> bool:
    return stem in said or (stem not in SPEECH and bool(alike(stem) & said))
