"""Words and speaker -> whose side of a purge speaks."""

import re
from functools import cache

from corpus.document import Kind, Voice


@cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    """Compile on first use: together they take 20 ms, too long for an import."""
    return re.compile(pattern, re.IGNORECASE)


STAFF = (
    r"\b(?:spokes\w+|representatives?|rep|officials?|executives?|exec|ceo|cto|coo|cfo|chief|head|director"
    r"|president|vice"
    r"|manager|founder|co-founder|cofounder|officer|counsel|lead|team|staff|safety"
    r"|support|policy"
    r"|blog|statement|announcement|post|email|company|account|communications|comms|moderation|trust|security"
    r"|press office"
    r"|lawyers? for|attorneys? for|boss|chairman|owner|newsroom|management|administrators)\b"
)
EMPLOYED = r"\b(?:engineers?|employees?|developers?|programmers?|workers?|moderators?|insiders?)\b"
"""Who works there, but is not said to speak for it."""
NOT_STAFF = (
    r"\b(?:former|ex-|users?|critics?|activists?|followers|investors?|shareholders?|competitors?|rivals?|page|group"
    r"|influencers?|personalit\w+|celebrity|streamers?|creators?|accounts? holder|contractor|rules|ban|purge)\b"
)

THING = (
    r"(?:accounts?|pages?|profiles?|channels?|groups?|followers?|following|handles?|videos?|posts?|tweets?"
    r"|subreddits?"
    r"|blogs?|subscribers?|readers|livelihood|listings?|shop|store|audience|reach|views|communit\w+|servers?"
    r"|likes|fans)"
)
TAKEN = (
    r"(?:suspend\w*|lock\w*|bann?\w*|purg\w+|delet\w+|remov\w+|los[te]\w*|losing|gone|disabl\w+|restrict\w+"
    r"|demoneti[sz]\w+"
    r"|block\w*|limit\w*|terminat\w+|deplatform\w*|shut\w* (?:down|out)|taken (?:down|away|offline)|took"
    r" (?:down|away|it|my"
    r"|our)|kick\w+|wip\w+|vanish\w*|disappear\w*|nuk\w+|zapped|erased|shadow-?bann?\w*|strik\w+|flag\w*"
    r"|dropp\w*|cut\w*"
    r"|pulled|hidden|throttled|silenced|censored|unpublished|deactivat\w+|killed|closed|frozen|froze|stripp\w+"
    r"|down|back)"
)
OWN_LOSS = (
    rf"\b(?:my|our)\b(?:\W+[\w'’.,-]+){{0,5}}?\W+{THING}\b[^.!?]{{0,60}}?\b{TAKEN}\b"
    rf"|\b(?:I|we|I['’]ve|we['’]ve)\b[^.!?]{{0,60}}?\b{TAKEN}\b[^.!?]{{0,40}}\b{THING}"
    rf"|\b{TAKEN}\b[^.!?]{{0,50}}\b(?:my|our)\b(?:\W+\w+){{0,4}}?\W+{THING}"
    rf"|\b{THING}\b (?:that |which )?(?:I|we)(?:['’]ve| have| had| just)? {TAKEN}\b"
    rf"|\b{THING}\b of (?:mine|ours)\b|\bhappened to (?:me|us)\b"
    rf"|\b(?:suspended|banned|locked|blocked|kicked|purged|shadowbanned|shadow banned|silenced|removed"
    rf"|restricted|censored"
    rf"|cut off|dropped|deplatformed|demonetized) (?:me|us)\b"
    r"|\b(?:I|we) (?:was|were|am|are|got|have been|had been|just got|['’]ve been)\b[^.!?]{0,25}\b(?:suspended"
    r"|banned|locked"
    r"|blocked|kicked|purged|shadow-?banned|silenced|removed|restricted|deplatformed|demoneti[sz]ed|wiped"
    r"|terminated|censored)"
    r"|\bI['’]ve been (?:suspended|banned|locked|blocked|purged|shadow-?banned)"
    r"|\b(?:locked|shut|kicked) (?:me |us )?out of (?:my|our)\b|\b(?:down|lost|losing) (?:about |over |around "
    r"|nearly )?[\d,.]+k?"
    r" (?:followers|subscribers)"
)
OTHERS_LOSS = (
    rf"\bwhose (?:[\w'’-]+ ){{0,4}}?{THING}\b|\b(?:their|his|her"
    rf"|its)\b(?:\s+[\w'’-]+){{0,3}}?\s+{THING}\b[^.!?]{{0,60}}?\b{TAKEN}\b"
    rf"|\b(?:who|which|she|he|they)\b(?: had| has| have| also| each)?(?: been)? (?:lost|banned|suspended|locked"
    rf" out)\b"
    rf"|\b(?:lost|losing)\b[^.!?]{{0,40}}\b(?:his|her|their)\b[^.!?]{{0,20}}{THING}"
    r"|\b(?:suspended|banned|removed|purged|deleted|locked)(?:-out)? (?:user|activist|streamer|account holder"
    r"|creator|artist"
    r"|member|owner|group|page|moderator|organi[sz]er)s?\b"
    r"|\bthey (?:were|had been|have been) (?:locked out|banned|suspended|removed|purged)\b|\b(?:had|have|has)"
    r" (?:his|her|their) [^.!?]{0,40}(?:suspended|removed|deleted|locked|banned|disabled)"
)

BEREFT = (
    rf"\bwhose (?:[\w'’-]+ ){{0,4}}?{THING}\b|\bwho (?:had |has |also )?(?:lost|was (?:banned|suspended|purged"
    rf"|locked out|removed))\b"
)
CRITICAL = (
    r"\b(?:censor\w*|silenc\w+|bias\w*|unfair\w*|discriminat\w+|free speech|freedom of (?:speech|expression)"
    r"|orwellian"
    r"|tyrann\w+|war on|attack\w* on|crackdown on|outrag\w+|asham\w+|shame\w*|disgrac\w+|hypocri\w+|blatant\w*"
    r"|persecut\w+"
    r"|witch ?hunt|chilling|slippery slope|overreach\w*|draconian|arbitrar\w+|opaque|no explanation|without"
    r" (?:any )?explanation"
    r"|without (?:any )?warning|unaccountable|muzzl\w+|suppress\w+|authoritarian\w*|stalin\w*|fascis\w+"
    r"|targeting (?:of )?"
    r"(?:conservatives|activists|left|right|journalists)|wrong(?:ly|ful\w*)?|innocent|legitimate (?:accounts"
    r"|users|pages"
    r"|groups)|mistake\w*|monopol\w+|big tech|totalitarian\w*|shadow-?bann\w+|conservatives|erod\w+|dangerous"
    r" precedent"
    r"|no due process|due process|apolog(?:y|ise|ize) to|betray\w*|unacceptable|concern(?:ed|ing|s)?|worr(?:y"
    r"|ied|ying|ies)"
    r"|collateral damage|too (?:far|broad|blunt)|blunt instrument|hurt\w*|harm(?:s|ed|ing)? (?:artists|sex"
    r" workers|small"
    r"|users|communit\w+)|erase[sd]?|erasure|unsafe|disproportionate\w*|scandal\w*|cowardly?|absurd|ridiculous"
    r"|unjust\w*"
    r"|double standard\w*|political speech|dissent\w*|no transparency|lack of transparency|less transparen\w+"
    r"|purge of"
    r"|muting|hate conservatives|bogus|heavy-handed|power grab|punish\w*|joke|bann?ing people|political hit|hit"
    r" job|thumb on the scale|without (?:any )?evidence|no evidence|secret(?:ly|ive)?|down the drain|disput\w+"
    r"|breach\w*|(?:should|must|needs? to) (?:publish|explain|answer|release|disclose|say)|election theft"
    r"|stinks|interference by)\b"
)
DEFENDING = (
    r"\b(?:good (?:thing|riddance|move|step|news|first step)|shout-?out|thank(?:s| you|ful)?|welcom\w+|about"
    r" time|long overdue"
    r"|overdue|right (?:decision|call|thing|move)|private compan\w+|own rules|disinformation|misinformation"
    r"|hateful|trolls?"
    r"|bots?|fake (?:accounts|followers|news)|russian (?:bots?|trolls?|accounts|digital)|kremlin|safer"
    r"|healthier|well done|applaud\w*|prais\w+|bravo|kudos|finally"
    r"|broke (?:the|its|their) rules|violat\w+|terms of service|necessary|no right to|not censorship|isn['’]t"
    r" censorship"
    r"|spam\w*|extremis\w+|nazis?|white supremac\w+|racis\w+|harass\w+|abus\w+|propagand\w+|conspiracy theor\w+"
    r"|hate speech|incit\w+|clean(?:ed|ing|s|er)? (?:up)?|glad|relie[fv]\w*|deserv\w+|vindicat\w+|grateful|proud of"
    r"|pushed? back|protect\w*|improv\w+|justified|sensible|overwhelmingly fake|inauthentic|manipulat\w+)\b"
)
DENIED = (
    r"(?:\b(?:not|never|no|n['’]t|isn['’]t|wasn['’]t|weren['’]t|aren['’]t|nothing)\b[^.!?,;]{0,25}|under the guise of"
    r"[^.!?]{0,15}|accus\w+ of[^.!?]{0,20}|alleged(?:ly)? |so-called )$"
)
JUDGEMENT = (
    r"\b(?:in other words|blatant\w*|hysterical\w*|orwellian|draconian|outrageous\w*|disgrace\w*|shameful\w*"
    r"|sinister|thinly"
    r" veiled|transparently|unsubstantiated|so-called|imperialis\w+|establishment|regime-change|censorship"
    r" (?:tools?|measures|by"
    r"|confirms|occurred)|political censorship|latest censorship|tyran\w+|witch ?hunt|cynical\w*|farc\w+|flimsy"
    r"|pretext"
    r"|(?:nobody|no one) should|we (?:say|deserve)|must be (?:opposed|resisted|stopped)|should (?:worry|alarm"
    r"|frighten|concern|be ashamed)|make no mistake|make of that what"
    r"|slippery slope|dangerous precedent|chilling effect|anti-democratic|undemocratic|silenc(?:ed|ing) (?:of"
    r" )?(?:dissent"
    r"|critics|voices|conservatives)|big tech|ruling classe?s?|deplorable|no doubt|power grab|we (?:oppose"
    r"|condemn|demand|deserve)"
    r"|sham|censor(?:s|ed|ing)? (?:us|social media|dissent|dissenting|voices|left|conservative|the)|laughable"
    r"|absurd\w*"
    r"|unforgivable|inexcusable|purge (?:of|continues)|memory hole|thought police)\b"
)
APPROVAL = (
    r"\b(?:good riddance|long overdue|about time|right (?:decision|call)|deserves? (?:credit|praise|applause)"
    r"|rightly|to its credit"
    r"|well done|welcome (?:step|move|change|news)|sensible|bravo|kudos|high time|nobody should (?:mourn|miss)"
    r"|no one should (?:mourn"
    r"|miss)|is not censorship|isn['’]t censorship|calm down|unlikely to be a targeting|overdue)\b"
)


INDUSTRY = (
    r"^(?:US |American |the |both )*(?:social media|tech|technology|internet) (?:giants?|compan\w+|firms?"
    r"|platforms?|networks?)$"
)


def is_industry(name: str) -> bool:
    """Say whether a speaker is several platforms at once: "the social media giants"."""
    return bool(_compiled(INDUSTRY).search(name))


def is_staff(words: str, platforms: "re.Pattern[str]") -> bool:
    """Say whether a role ("Twitter's head of safety") speaks for a platform."""
    return (
        bool(platforms.search(words))
        and bool(_compiled(STAFF).search(words))
        and not _compiled(NOT_STAFF).search(words)
    )


def is_employee(words: str, platforms: "re.Pattern[str]") -> bool:
    """Say whether a role ("a Twitter engineer") is that of somebody who works for a platform, without its mandate."""
    return (
        bool(platforms.search(words))
        and bool(_compiled(EMPLOYED).search(words))
        and not _compiled(NOT_STAFF).search(words)
    )


def speaks_of_own_loss(words: str) -> bool:
    """Say whether somebody's own words tell of an account, page or followers that he lost."""
    return bool(_compiled(OWN_LOSS).search(words))


def lost_something(words: str) -> bool:
    """Say whether a publisher's words tell of somebody ("whose page ...") who lost what he had on a platform."""
    return bool(_compiled(BEREFT).search(words))


def outsider_voice(words: str, kind: Kind) -> Voice:
    """Tell the voice of somebody who is neither the platform nor the publisher."""
    own = kind.is_quotation
    if speaks_of_own_loss(words) or (not own and _compiled(OTHERS_LOSS).search(words)):
        return Voice.AFFECTED
    return _stance(words)


def _stance(words: str) -> Voice:
    critical, defending = 0, 0
    for match in _compiled(CRITICAL).finditer(words):
        critical += 0 if _compiled(DENIED).search(words, max(0, match.start() - 45), match.start()) else 1
    for match in _compiled(DEFENDING).finditer(words):
        if _compiled(DENIED).search(words[max(0, match.start() - 45) : match.start()]):
            critical += 1
        else:
            defending += 1
    if critical == defending:
        return Voice.REPORTER
    return Voice.CRITIC if critical > defending else Voice.DEFENDER


def publisher_voice(words: str) -> Voice:
    """Tell a publisher's plain judgement from its reporting."""
    critical, approving = len(_compiled(JUDGEMENT).findall(words)), len(_compiled(APPROVAL).findall(words))
    if approving > critical:
        return Voice.DEFENDER
    return Voice.CRITIC if critical else Voice.REPORTER
