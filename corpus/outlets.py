"""A sentence -> the outlet that passed somebody's words on."""

import re

from corpus.speech import Speaker

OUTLET_WORDS = (
    "Times|Post|News|Journal|Magazine|Herald|Tribune|Gazette|Chronicle|Guardian|Telegraph|Independent|Mail"
    "|Mirror|Express"
    "|Observer|Examiner|Beast|Review|Register|Star|Standard|Caller|Daily|Weekly|Press|Radio|Television|TV|Globe"
    "|Sun|Bee"
    "|Dispatch|Inquirer|Sentinel|Record|Ledger|Courier|Argus|Echo|Bulletin|Monitor|Intercept|Atlantic|Hill|Verge|Wire"
)


OUTLET = (
    rf"(?:[Tt]he )?(?:(?:[A-Z][\w.’'-]*[ ]){{0,4}}(?:{OUTLET_WORDS})\b|BBC(?: \w+)?|CNN(?: \w+)?|NBC|CBS|ABC"
    rf"|MSNBC|NPR|PBS|AFP"
    r"|Reuters|AP\b|Associated Press|Bloomberg|Politico|Axios|BuzzFeed(?: News)?|Vox|Vice|Motherboard|Wired(?:"
    r" UK)?|WIRED"
    r"|Gizmodo|Engadget|TechCrunch|Mashable|Ars Technica|CNET|ZDNet|Slate|Salon|Breitbart|HuffPost|Newsweek"
    r"|Time|Forbes"
    r"|Fortune|Recode|Quartz|ProPublica|Mediaite|Rolling Stone|Variety|The Information|The Economist|Kotaku|Polygon"
    r"|Der Spiegel|Le Monde|Haaretz|Al Jazeera|Sky News|ITV(?: News)?|Channel 4(?: News)?|Fox(?: News|"
    r" Business)?|C-SPAN)"
)


VIA = re.compile(
    r"\b(?:told|tells|spoke (?:to|with)|speaking (?:to|with|on)|interview (?:with|on)|(?:first )?reported by"
    r"|remarks? to"
    r"|(?:statement|email|comment|comments|letter) (?:sent |provided )?to|quoted (?:by|in)|interviewed by"
    r"|confirmed to|wrote in"
    rf"|according to (?:a report (?:in|by|from) )|appearance on|an op-ed (?:in|for)) (?:reporters? (?:at|for"
    rf"|from) )?({OUTLET})"
)


def via_outlet(masked: str, speaker: Speaker | None) -> str | None:
    """Name the outlet that passed a speaker's words on, if a sentence says so, quotations blanked."""
    match = VIA.search(masked)
    if not match or (speaker and speaker.name == match[1]):
        return None
    return match[1].rstrip(".")
