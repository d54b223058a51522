"""How days, months and years are written: what all that reads dates has in common."""

import re

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTH = rf"(?:{'|'.join(MONTHS)})"
"""A month's full name, as a part of patterns."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
