"""A question that takes something for granted -> what of it no source found says, in one plain sentence each.

Only loaded words are looked at, ways to call people, measures or motives that take sides. That a word stands in no
source found is a fact that can be checked; nothing is said of whoever asks.
"""

import re
from collections.abc import Iterable, Sequence, Set

from index.answer import Claim
from index.lexical import stem_set, stems
from index.question import Asks, Question
from index.retrieve import Hit
from index.synonyms import GROUPS, alike

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
    "innocent honest brave harmless peaceful loyal lawful corrupt evil wicked disgusting crazy insane stupid hateful"
    " bigoted biased unfair unfairly illegal illegally unlawful unlawfully unconstitutional unjust unjustly cruel"
    " shameful shamelessly cowardly tyrannical orwellian draconian woke treasonous"
    " silence silencing censor censorship muzzle gag persecute persecution crush destroy erase punish oppress bully"
    " betray betrayal steal rig spy tyranny conspiracy conspire coup massacre genocide hoax scam propaganda treason"
    " crusade vendetta blacklist whitewash brainwash"
))  # fmt: skip
"""Words for measures and those who take them that take sides, too."""
DEEDS = frozenset(stems(
    "fined sued arrested jailed imprisoned charged convicted prosecuted indicted sentenced hacked bribed raided"
    " boycotted killed murdered bankrupted nationalised nationalized blackmailed compensated extradited deported"
))  # fmt: skip
"""What may have been done to somebody, so plain that sources would say it in these words."""
SAME_DEED = {
    frozenset(stems("fined fine penalty penalties")), frozenset(stems("sued sue lawsuit court")),
    frozenset(stems("arrested arrest jailed jail imprisoned prison detained custody")),
    frozenset(stems("charged charges indicted prosecuted convicted conviction sentenced trial")),
    frozenset(stems("killed kill murdered murder death dead")),
}  # fmt: skip
WORD = re.compile(r"[A-Za-z][\w’'-]*")
MOTIVE = re.compile(
    r"\b(?:just |simply |merely |only )?(?:for|because (?:of|they|he|she|it|we)|over) "
    r"(?P<why>(?:(?:were|was|are|is|had|just|simply|always|never|the|their|his|her|its|being) )*[a-z]\w+"
    r"(?: [\w’'-]+){0,5})[?.! ]*$",
    re.IGNORECASE,
)
DONE_TO = re.compile(r"\b(?P<was>was|were|got|been)\s+(?P<who>(?:[\w@’'.-]+\s){1,4}?)(?P<done>\w+ed)\b", re.IGNORECASE)
ACTS = frozenset(stem for stem in stems(GROUPS[0]))
DONE = ACTS | LOADED | frozenset(stems("lost target purging purges"))
"""What stands beside those to whom it was done, in a question that says who they are."""
CONCERNED = frozenset(stems("account user page member subreddit channel group forum profile handle"))
NEAR = 5
"""Words between what people are called and what tells that they are those concerned."""
SHARE = 0.5
"""The share of a motive's words in one statement from which on the motive counts as told."""


def unsaid(question: Question, hits: Sequence[Hit], claims: Sequence[Claim]) -> tuple[str, ...]:
    """Say what the question takes for granted and no source says, a sentence each; mostly nothing.

    Args:
        hits: what was found; a motive or a deed must stand in none of it.
        claims: what is answered; a word must stand in none of it, and in quotation marks in no question.
    """
    texts = [stem_set(hit.passage.header) | stem_set(hit.passage.text) for hit in hits]
    found = [*_characterised(question, claims), *_motive(question, texts), *_deed(question, set().union(*texts))]
    return tuple(dict.fromkeys(found))


def deed_unsaid(question: Question, hits: Sequence[Hit]) -> bool:
    """Say whether what is asked about is a deed that no passage found speaks of."""
    said = {stem for hit in hits for stem in stem_set(hit.passage.header) | stem_set(hit.passage.text)}
    return bool(list(_deed(question, said)))


def _characterised(question: Question, claims: Sequence[Claim]) -> Iterable[str]:
    told = [f"{claim.speaker or ''} {claim.role or ''} {claim.text}" for claim in claims]
    quoted = {stem for phrase in question.quoted for stem in stems(phrase)}
    said = {stem for text in told for stem in stems(text)} | quoted
    words = WORD.findall(question.text)
    for place, word in enumerate(words):
        stem = next(iter(stems(word)), "")
        if word[0].isupper() and question.text.find(word) > 0:
            continue  # part of a name
        done_to = set(stems(" ".join([*words[max(0, place - 3) : place], *words[place + 1 : place + 3]]))) & DONE
        if stem in PEOPLE and done_to and word.endswith("s") and not (stem in quoted or _is_called(stem, told)):
            yield f"No source here calls those concerned “{word.lower()}”."
        elif stem in LOADED and not _is_said(stem, said):
            yield f"No source here uses the word “{word.lower()}”."


def _is_called(stem: str, texts: Sequence[str]) -> bool:
    """Say whether a word stands close to an account or what was done to it: those concerned are called so."""
    for text in texts:
        words = [next(iter(stems(word)), "") for word in text.split()]
        for place, word in enumerate(words):
            near = set(words[max(0, place - NEAR) : place + NEAR + 1])
            if word == stem and near & (ACTS | CONCERNED):
                return True
    return False


def _motive(question: Question, texts: Sequence[Set[str]]) -> Iterable[str]:
    told = MOTIVE.search(question.text)
    if told is None or question.asks not in (Asks.WHY, Asks.WHETHER):
        return
    first = WORD.findall(told["why"])[0].lower()
    words = set(stems(told["why"])) - set(stems(first) if first in ("being", "their", "his", "her") else ())
    gerund = bool(re.match(r"(?:being|\w+ing|their|his|her|they|he|she)\b", told["why"], re.IGNORECASE))
    if not words or not gerund or words & ACTS or "no reason" in told["why"].lower():
        return
    if not any(len({stem for stem in words if _is_said(stem, held)}) / len(words) > SHARE for held in texts):
        yield f"No source here gives “{told['why'].strip()}” as the reason."


def _deed(question: Question, said: set[str]) -> Iterable[str]:
    told = DONE_TO.search(question.text)
    stem = next(iter(stems(told["done"])), "") if told else ""
    if told is None or stem not in DEEDS:
        return
    same = next((group for group in SAME_DEED if stem in group), frozenset({stem}))
    if not same & said:
        was = "were" if told["was"].lower() == "were" else "was"
        yield f"No source here says that {told['who'].strip()} {was} {told['done'].lower()}."


def _is_said(stem: str, said: Set[str]) -> bool:
    return stem in said or bool(alike(stem) & said)
