"""URL patterns by audience: the pages of each kind of list."""

from dialogue.lists.issues import ISSUES
from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.lists.urls import pages_of

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *pages_of(ISSUES),
]
