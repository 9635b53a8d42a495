"""URL patterns by audience."""

from django.urls import path

from dialogue.worklists.views import desk, week
from ostberga.lib.web.url_patterns import UrlPatterns

staff: UrlPatterns = [  # people who sign in, Swedish only
    path("mitt/", desk.desk, name="desk"),
    path("mitt/last/<int:pk>/", desk.report_read, name="report-read"),
]
coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("", week.home, name="home"),
]
