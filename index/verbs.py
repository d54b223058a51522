"""Question -> the verb that it asks about, and whether a statement tells of its being done; without a parser."""

import re
from collections.abc import Set
from functools import cache, lru_cache
from itertools import takewhile

from index.lexical import OF_DOCUMENTS, exact_words, stems
from index.synonyms import alike

IRREGULAR = (
    "advise advice, analyse analysis, announce announcement, apply application, approve approval, arrive arrival, "
    "become became, begin began begun, behave behaviour, believe belief, bite bit bitten, blow blew blown, break "
    "broke broken, bring brought, build built, burn burnt, buy bought, catch caught, choose chose chosen choice, come "
    "came, complain complaint, conclude conclusion, deal dealt, decide decision, defend defence defense, deny denial, "
    "destroy destruction, die died death dead, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten, "
    "employ employment employer, explain explanation, extend extension, fail failure, fall fell fallen, feed fed, "
    "feel felt, fight fought, find found founder, flee fled, fly flew flown flight, forbid forbade forbidden, forget "
    "forgot forgotten, forgive forgave forgiven, freeze froze frozen, get got gotten, give gave given, go went gone, "
    "grow grew grown growth, hang hung, hear heard, hide hid hidden, hold held, inquire inquiry enquiry, invest "
    "investment investor, keep kept, know knew known, lay laid, lead led, learn learnt, leave left, lend lent, lie "
    "lay lain, light lit, live life, lose lost loss, make made, marry marriage, mean meant, meet met, offend offence "
    "offense, overcome overcame, own owner ownership, pay paid payment, perceive perception, permit permission, prove "
    "proved proven proof, publish publication, receive receipt, refuse refusal, resign resignation, respond response, "
    "ride rode ridden, ring rang rung, rise rose risen, run ran, say said, see saw seen sight, seek sought, sell sold "
    "sale, send sent, serve service, shake shook shaken, shoot shot, show showed shown, sing sang sung, sink sank "
    "sunk, sit sat, sleep slept, speak spoke spoken speech, spend spent, stand stood, steal stole stolen, stick "
    "stuck, strike struck, succeed success, sue sued lawsuit suit, swear swore sworn, sweep swept, swing swung, take "
    "took taken, teach taught, tear tore torn, tell told, think thought, throw threw thrown, try trial, understand "
    "understood, undo undid undone, vary variety, wake woke woken, wear wore worn, win won, withdraw withdrew "
    "withdrawn, write wrote written"
)
"""Frequent irregular verbs with their forms, and verbs whose noun has another stem; groups are parted by commas."""
REGULAR = (
    "abandon abuse accept access accompany accuse achieve acquire act add address admit adopt advertise affect agree "
    "aim allow alter amend amount answer apologise apologize appeal appear appoint approach argue arrange arrest ask "
    "assault assign assist assume attach attack attempt attend attract avoid award back ban bar base beat belong "
    "benefit blame block boost borrow boycott bribe brief broadcast burgle call campaign cancel carry cause cease "
    "celebrate censor certify challenge change charge cheat check circulate cite claim clash clean clear climb close "
    "collapse collect combine comment commit compare compensate compete compile complete concede concern condemn "
    "conduct confirm connect consider consist contact contain contest continue contribute control convict convince "
    "cooperate coordinate cope copy correct cost count cover crack crash create criticise criticize cross crush cry "
    "curb cut damage dare debate deceive declare decline decrease dedicate defeat delay delete deliver demand "
    "demonstrate demote depend deploy deport deride describe deserve detain detect determine develop differ disable "
    "disagree disappear disband discipline disclose discontinue discover discriminate discuss dismiss displace "
    "display dispute disrupt distribute donate double doubt download drop drown dump earn edit educate elect email "
    "embarrass embed emerge enable encourage end endorse enforce enjoy enter entitle erase escape establish estimate "
    "evacuate evade evict exaggerate examine exceed exchange exclude excuse execute exempt exist expand expect expel "
    "experience expire exploit export expose express extradite fabricate face fake fear feature file fill finance "
    "fine finish fire fit fix flag flood focus fold follow force foresee form frighten fund gain gather grant greet "
    "guarantee guard guess guide hack halt hamper handle happen harass harm hate head help hesitate highlight hire "
    "hit hope host hunt hurt identify ignore imitate impersonate implement imply import impose imprison improve "
    "incite include increase indicate indict infect influence inform initiate injure insist inspect install instruct "
    "insult insure intend interfere interrupt interview introduce invade invent investigate invite involve isolate "
    "issue jail join judge jump justify kick kill label lack laugh launch leak lease let license lift limit "
    "link listen lobby locate lock log look lower maintain manage mark match matter mention merge mislead misuse "
    "mock moderate modify monitor move murder need negotiate nominate note notice notify obey oblige "
    "observe obstruct obtain occupy occur offer open operate oppose order organise organize oust outlaw overrule "
    "oversee overturn pardon participate pass patrol pause perform persecute persuade petition phone pick plan play "
    "plead plot point pollute possess post postpone praise predict prefer prepare present press prevent print probe "
    "proceed produce profile profit prohibit promise promote propose prosecute protect protest provide pull punish "
    "purchase purge pursue push put quarantine question quit raid raise rally ransom ratify reach react read realise "
    "realize reappear reapply rebuild rebuke recognise recognize recommend recover recruit reduce refer reflect "
    "refund regain register regret regulate reinstate reject relate relaunch relax release relent relocate rely "
    "remain remedy remember remind remove rename renew rent reopen repair repay repeat replace reply report represent "
    "request require rescue resell resist resolve restore restrict result resume retire retract retrieve return "
    "reveal reverse review revise revoke reward riot rob rule sabotage sack sanction save scan schedule score scrap "
    "search seize select sentence separate set settle share shelve shift shut sign silence slash smash smuggle solve "
    "spare sponsor spot spread spy stabilise start state stay step stop store stream strengthen strip struggle "
    "study submit subpoena suffer suggest summon supply support suppose surprise surrender survive suspect suspend "
    "swap switch tackle talk tamper target tax terminate test testify thank threaten tolerate topple torture touch "
    "trace track trade trademark train transfer travel treat trick trigger trust turn tweet unblock uncover undergo "
    "undermine unlock unveil update upgrade upload urge use vandalise vanish verify veto view violate visit vote wait "
    "waive walk want warn wash waste watch weaken welcome wipe wish wonder work worry"
)
"""Frequent verbs of English news, by their base."""
LIGHT = frozenset(stems("get got do make have be happen let go come"))
"""Verbs that say too little by themselves."""
AUXILIARY = frozenset(
    "did does do has have had was were is are will would can could should may might been being am".split()
)
NO_VERB_BEHIND = frozenset(
    "the a an this that these those his her their its my our your any some all both each every no another other of in"
    " on at for from by with about into over after before during between against and or who which than as off one two"
    " three four five six seven eight nine ten".split()
)
"""What stands in front of a noun, so that `the report` is no verb."""
NOT_DONE = re.compile(
    r"\b(?:to|would|will|could|may|might|should|if|whether|can|must|not|never|no|without|until|plan\w*|threaten\w*"
    r"|ask\w*|demand\w*|consider\w*|want\w*|hop(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)|request\w*|seek\w*|urg\w+"
    r"|intend\w*|expect\w*|propos\w+|promis\w+|offer\w*|prepar\w+|announced that|pending|petition\w*|appeal\w*)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""In front of a verb: it is only wanted, planned, feared or denied."""
BEFORE = 28
"""How many characters in front of a verb such a word may stand."""
WORD = re.compile(r"[\w’'-]+")


def verb_of(asked: str, names: Set[str]) -> str:
    """Find the stem of the first verb of a question in small letters that is no name; empty where there is none.

    What stands behind "that" is told of, not asked about: `is anyone glad that the group vanished`.
    """
    before = ""
    for word in takewhile(lambda word: word != "that", exact_words(asked)):
        stem = next(iter(stems(word)), "")
        if (
            stem in _verbs()
            and before not in NO_VERB_BEHIND
            and word not in AUXILIARY
            and stem not in LIGHT
            and stem not in names
        ):
            return stem
        before = word
    return ""


@cache
def forms_of(verb: str) -> frozenset[str]:
    """Return the stems of a verb's forms, of its noun, and of words that may stand for it."""
    return frozenset({verb}) | _verbs().get(verb, frozenset()) | alike(verb)


def is_done(forms: Set[str], text: str) -> bool:
    """Say whether a text tells of what one of a verb's forms names as done, rather than wanted, planned or denied."""
    places = [start for start, held in _places(text) if held & forms]
    return not places or any(not NOT_DONE.search(text[max(0, start - BEFORE) : start]) for start in places)


@lru_cache(OF_DOCUMENTS)
def _places(text: str) -> tuple[tuple[int, frozenset[str]], ...]:
    return tuple((match.start(), frozenset(stems(match[0]))) for match in WORD.finditer(text))


@cache
def _verbs() -> dict[str, frozenset[str]]:
    """Map the stem of each verb known to those of its forms."""
    known = {stem: frozenset[str]() for stem in stems(" ".join(REGULAR.split()))}
    for group in IRREGULAR.split(","):
        forms = frozenset(stems(group))
        known.update(dict.fromkeys(forms, forms))
    return known
