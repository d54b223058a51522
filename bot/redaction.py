"""Text for the log -> the same without what would let somebody act as the bot or a member."""

import re

SECRETS = re.compile(
    r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # a bot's token (Discord, "Authentication")
    r"|(?<=/webhooks/)\d+/[\w-]+|(?<=/interactions/)\d+/[\w-]+"  # that of a webhook or interaction
    r"|aW50ZXJhY3Rpb246[\w-]+"  # an interaction's token by itself: "interaction:" in base64
    r"|(?<=://)[^\s/@:]*:[^\s/@]+(?=@)"  # name and password in the address of a database
)


def redact(text: str) -> str:
    """Take tokens and passwords out of a text that goes to the log."""
    return SECRETS.sub("[secret]", text)
