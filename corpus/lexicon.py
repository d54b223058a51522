"""Word lists of `corpus.grammar`, `corpus.phrases`, `corpus.names` and `corpus.speech`."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FINITE = _words(
    "said says say told tells asked asks added adds explained explains wrote writes write tweeted"
    " retweeted posted stated replied replies responded responds continued continues noted argued argues"
    " argue insisted insists claimed claim admitted admits acknowledged acknowledges announced announces"
    " confirmed confirms declared declares warned warns complained complains recalled recalls joked jokes"
    " quipped remarked observed commented concluded concludes suggested suggests suggest urged urges vowed"
    " vows pledged promised predicted shouted yelled exclaimed lamented laments alleged alleges contended"
    " contends countered counters denied denies conceded concedes demanded emphasized emphasised stressed"
    " stresses reiterated testified cautioned cautions reported revealed reveals described describes"
    " called accused accuses blamed blames criticized criticised slammed praised agreed boasted mused"
    " opined answered answers asserted asserts maintained maintains maintain fumed disclosed attributed"
    " dismissed denounced labeled labelled branded characterized characterised referred objected protested"
    " pleaded signalled signaled hinted speculated estimated estimates apologized apologised thanked read"
    " reads notes repeated retorted ranted raged captioned pointed cited tweets posts claims reports"
    " states believes believe hailed defended defends welcomed applauded condemned condemns ridiculed"
    " mocked scoffed wondered thinks hoped shot fired chimed proclaimed likened credited summed informed"
    " assured reminded relayed clarified clarifies reflected enthused gushed beamed sighed snapped barked"
    " blasted grumbled groaned moaned bragged crowed chuckled laughed cried begged bellowed deadpanned"
    " teased hissed muttered murmured advised instructed ordered requested inquired enquired ventured"
    " reasoned theorized surmised posited proposed recommended ruled underlined underscored highlighted"
    " reaffirmed reassured interjected interrupted bemoaned decried lambasted chided scolded taunted"
    " implored bemoans summarized summarised allege contend insist proclaims hints jests testifies"
    " recounted recounts divulged imparted disputes disputed elaborated offered went goes put puts"
    " expressed voiced echoed shared tooted rejected mentioned"
)
"""Finite verbs of speech."""

PARTICIPLES = _words(
    "saying adding arguing claiming noting telling warning asking writing tweeting insisting calling"
    " stating posting explaining announcing declaring describing alleging accusing suggesting promising"
    " stressing emphasizing complaining denying acknowledging admitting citing urging demanding replying"
    " joking responding reading"
)
"""Their participles."""

NOUNS_TOO = _words(
    "claim claims reports states notes posts tweets answers demands charges offers counters replies shot"
    " fired pointed cited shared read reads went goes put puts write suggest estimates hopes thinks"
    " offered repeated mentioned"
)
"""Forms among `FINITE` that are nouns as well, or verbs of other things."""

BASE = _words(
    "describe call announce confirm admit deny insist explain tell reveal acknowledge declare warn claim"
    " ask reply argue accuse blame"
)
"""Plain forms, which speak after "would" and the like only."""

MODAL = _words("would will could might did may")

INVERTED = _words(
    "said says wrote writes added adds explained explains noted notes argued argues warned reported reports"
)
"""Verbs whose subject may follow them where no quotation stands before: "..., said Jane Roe"."""

PASSIVE = _words("is are was were be been being get got getting")

AUXILIARY = _words(
    "has have had also later then now just once again still even already first subsequently further never"
    " always previously recently reportedly repeatedly publicly falsely allegedly himself herself itself"
    " themselves did does do would will could can may might must should not n't quickly immediately today"
    " yesterday monday tuesday wednesday thursday friday saturday sunday all both too simply sarcastically"
)
"""What may stand between a subject and its verb."""

PREPOSITIONS = _words(
    "of for at from with in on by against near to under inside into about over after before during"
    " through via within across since until outside behind among between amid like as than without"
)

BOUNDARY = _words("but while because although though whereas as that if when which where so what how whether why")
"""Words that open a clause."""

RELATIVE = _words("who whose whom which where")

PRONOUNS = _words("he she they it we i you")

DETERMINERS = _words(
    "a an the one another his her its their our my some many several most few two three four five six"
    " seven eight nine ten dozens hundreds thousands both all other others more multiple numerous these"
    " those this that no any each critics supporters anonymous"
)

SOME = _words("some many several others both all one another most two three critics supporters more dozens")
"""Determiners that stand for people by themselves."""

PARTY_MEMBERS = _words("democrat republican independent conservative liberal lawmaker senator native")
ROLE_NOUNS = _words(
    "democrat republican independent lawmaker native"
    " spokesman spokeswoman spokesperson spokespeople representative representatives company firm platform"
    " network site website service user users activist activists organiser organizer organisers organizers"
    " official officials critic critics expert experts researcher researchers analyst analysts lawyer"
    " lawyers attorney attorneys journalist journalists reporter reporters moderator moderators admin"
    " admins administrator administrators founder founders owner owners editor editors director manager"
    " executive executives president chairman chairwoman chief head leader leaders member members group"
    " groups organization organisation union campaign campaigner campaigners supporter supporters source"
    " sources senator congressman congresswoman lawmaker lawmakers minister mayor governor judge"
    " prosecutor prosecutors police officer officers sheriff agency department ministry government court"
    " people person man woman student students teacher professor scholar scientist scientists author"
    " writer blogger bloggers streamer artist artists musician comedian employee employees engineer"
    " engineers worker workers resident residents neighbor parent parents mother father son daughter wife"
    " husband brother sister friend colleague aide aides adviser advisers advisor advisors ally allies"
    " opponent opponents commentator commentators creator creators developer developers volunteer"
    " volunteers player players seller sellers bot statement post tweet letter email memo report lawsuit"
    " complaint indictment filing document notice message petition thread blog paper study newspaper"
    " magazine outlet candidate democrats republicans conservatives liberals conservative liberal"
    " progressives libertarians investigators regulators watchdog nonprofit charity think-tank institute"
    " giant startup team office staff staffer staffers board committee panel commission coalition alliance"
    " party movement club community channel account accounts page podcaster host pastor priest strategist"
    " pollster historian economist nurse doctor veteran coach fan fans reader readers viewer viewers"
    " customer customers subscriber subscribers witness victim victims family families protester"
    " protesters demonstrators insiders insider speaker secretary counsel ceo cto co-founder librarian"
    " archivist"
)
"""Nouns that can speak."""

PARTICLES = _words("de da del della di du la le van von der den bin ibn al el ter dos and")
"""Small words inside names."""

TITLES = _words(
    "mr mrs ms dr sen rep gov gen lt sgt col capt rev hon prof sens reps maj adm cmdr det supt sir dame"
    " lord lady president vice prime minister senator congressman congresswoman representative governor"
    " mayor secretary chief executive ceo cto cfo coo chairman chairwoman chair attorney general director"
    " speaker leader majority minority whip judge justice sheriff sergeant captain lieutenant colonel"
    " reverend professor pope king queen prince princess chancellor ambassador councilman councilwoman"
    " councillor commissioner officer spokesman spokeswoman spokesperson press deputy assistant first mp"
    " msp commander treasurer counsel strategist host author former ex then acting editor reporter"
    " correspondent columnist analyst activist journalist comedian actor actress singer candidate democrat"
    " republican nominee founder co-founder detective inspector constable superintendent father sister"
    " brother pastor bishop archbishop imam rabbi cllr insp amb atty cpl fr rep. sen. lawyer blogger"
    " youtuber streamer businessman entrepreneur billionaire"
)
"""What stands before names and is none."""

LEADS = _words(
    "said says the a an and but or so yet in on at as by for from with to of after before while when where although"
    " though if because since until that this these those there it its he she they we i you his her their"
    " our my your one some many most several all both another other others each every no not now then"
    " still also however meanwhile later earlier yesterday today last next here what who why how which"
    " even just only once like among amid during monday tuesday wednesday thursday friday saturday sunday"
    " january february march april may june july august september october november december despite under"
    " over about against according unlike besides instead asked speaking yes well is are was were do does"
    " did can could will would should has have had let new two three four five six seven eight nine ten"
    " more dear update breaking exclusive"
)
"""Words that are capitalised because they begin a sentence."""

CALENDAR = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july"
    " august september october november december"
)

ORGANISED = _words(
    "party house committee department times post news university inc corp corporation street council"
    " commission act court institute foundation association union agency bureau office ministry police"
    " center centre group press journal magazine herald tribune company network city county state states"
    " kingdom nations congress senate parliament army force forces guard organization organisation"
    " coalition alliance project campaign league society church college school bank fund trust service"
    " services board authority administration government intelligence security safety media movement front"
    " america americans york washington avenue road hill desk team daily weekly guardian standard review"
    " report watch research lab labs observatory initiative caucus district island islands north south"
    " east west republic korea zealand rights matter matters day twitter facebook youtube reddit google"
    " instagram tiktok tumblr parler gab telegram discord twitch meta alphabet bytedance snapchat whatsapp"
    " linkedin pinterest medium substack spotify amazon apple microsoft ltd llc plc co gmbh fbi cia"
)
"""Words that people do not bear as names."""

MALE = _words(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew"
    " anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason"
    " jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel"
    " gregory alexander frank patrick raymond jack dennis jerry tyler aaron jose adam nathan henry douglas"
    " zachary peter kyle ethan walter noah jeremy christian keith roger terry austin sean gerald carl"
    " harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe logan alan juan albert"
    " willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene mike jim bob"
    " bill tom dan ted tim ron rick steve chris matt tony ken jeff greg ben sam barack bernie mitch chuck"
    " lindsey marco rand elon tucker sundar vladimir boris nigel keir rishi ali mohammed muhammad ahmed"
    " omar hassan carlos luis diego pedro miguel antonio ivan sergei dmitry igor oleg anton liam oliver"
    " harry charlie oscar leo max felix hugo simon martin graham stuart neil ian craig duncan angus alex"
    " barry clarence devin doug ed fred glenn hank howard jared jay kirk lance lou marc marcus milo nick"
    " phil piers reince rudy rush sebastian shaun stan todd travis trey wes xi emmanuel francois jean"
    " pierre"
)
"""Common first names."""

FEMALE = _words(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret"
    " sandra ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca"
    " sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha"
    " katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce"
    " virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline"
    " martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia judy sophia"
    " grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte"
    " marie kayla alexis lori hillary nikki kamala ilhan rashida alexandria ivanka melania kellyanne"
    " sheryl susanne vijaya marine jane kate katie jill claire clare fiona nicola priya fatima aisha leila"
    " layla yasmin elena olga irina svetlana natasha nadia sonia lucy ella mia zoe chloe sophie molly lily"
    " ruby rosa carmen lucia ana eva ingrid astrid greta heidi annette becky betsy beth bonnie candace"
    " cindy condoleezza debbie dianne elaine erin gail gretchen hope joanna kirsten kristen laurie loretta"
    " lynn maggie marsha maxine maya monica muriel naomi nina patty paula rita robin rosie sally shannon"
    " sheila stacey susie tammy tara tulsi valerie vanessa wendy yvonne"
)
"""Common first names."""

OFFICES = _words(
    "State Defense Defence Treasury Labor Energy Education Commerce Interior Agriculture Transportation"
    " Veterans Affairs Homeland Security Health Human Services Housing National Intelligence Staff Foreign"
    " Congress Justice Budget House Senate White Home Communications Digital Culture Business Finance"
)
"""What follows "Secretary of", "Minister of" and the like."""

PARTIES = _words(
    "Republican Democratic Democrat Labour Conservative Tory Liberal Green British American French German"
    " Russian Canadian Australian Israeli Indian Chinese Twitter Facebook YouTube Reddit Google Instagram"
    " TikTok"
)
"""Adjectives that stand before titles and names."""

PLATFORM_WORDS = _words("company platform firm network site service giant website startup app")
"""What news calls a platform."""

DOCUMENTS = _words(
    "statement post tweet letter email memo report notice message announcement blog thread document filing policy"
)
"""Nouns of writings, which speak for whoever wrote them."""

ORGANISATIONS = _words(
    "group agency department ministry committee commission union organisation organization police"
    " government court board campaign charity charities institute newspaper magazine outlet paper party"
    " coalition council team watchdog collective camp house report study lawsuit complaint indictment"
    " petition source user network state office administration military army association foundation"
    " university school bank firm company regulator panel news judge jury media public"
)
"""Nouns that are no single person."""

POST_VERBS = _words("tweeted retweeted tweets posted posts tooted captioned posting tweeting")
"""Verbs that say that words were posted."""

WITH_PARTICLE = {
    "shot": {"back"}, "fired": {"back"}, "chimed": {"in"}, "summed": {"up"}, "went": {"on"}, "goes": {"on"},
    "put": {"it"}, "puts": {"it"}, "pointed": {"out"},
}  # fmt: skip
"""Verbs of other things that speak with these words after them only."""

REPORTING = FINITE - {
    "called", "read", "reads", "posted", "posts", "tweets", "continued", "continues", "answered", "referred",
    "thanked", "captioned", "cited", "repeated", "maintained", "maintain", "shot", "fired", "went", "goes", "put",
    "puts", "offered", "shared", "defended", "defends", "rejected", "labeled", "labelled", "branded", "expressed",
    "voiced", "credited", "dismissed", "hailed", "praised", "mentioned", "write", "writes", "urged", "urges",
    "agreed", "vowed", "observed", "joked", "shouted", "yelled", "echoed", "hoped", "hopes", "thinks", "wondered",
    "responded", "responds", "pleaded", "laughed", "cried", "ordered", "teased", "blasted", "ruled", "beamed",
    "sighed", "answers", "highlighted", "underlined", "underscored", "instructed", "begged", "interrupted",
    "requested",
}  # fmt: skip
"""Verbs that make a sentence without quotation marks reported speech."""
