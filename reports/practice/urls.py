"""URL patterns by audience."""

from django.urls import path

from ostberga.lib.web.url_patterns import UrlPatterns
from reports.practice import views

coordinator: UrlPatterns = [  # below /samordna/<samverkan>/
    path("ovning/", views.practice, name="practice"),
    path("ovning/fyll/", views.begin, name="practice-begin"),
    path("ovning/tom/", views.empty, name="practice-empty"),
]
