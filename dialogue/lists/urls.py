"""URL patterns by audience: the pages of each kind of list, and of what lists say."""

from django.urls import path

from dialogue.lists.activities import ACTIVITIES
from dialogue.lists.decisions import DECISIONS
from dialogue.lists.issues import ISSUES
from dialogue.lists.views import listed, said_of_us
from ostberga.lib.web.url_patterns import UrlPatterns
from surveys.lists.urls import pages_of

staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/enligt-listor/", said_of_us.said_of_us, name="said-of-us"),
    path("mitt/enligt-listor/<str:kind>/<int:pk>/", said_of_us.said_of_us_reply, name="said-of-us-reply"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    *pages_of(ISSUES),
    *pages_of(DECISIONS),
    *pages_of(ACTIVITIES),
    path("enligt-listor/<str:kind>/", listed.listed, name="listed"),
    path("enligt-listor/<str:kind>/<int:pk>/ta-bort/", listed.listed_remove, name="listed-remove"),
]
